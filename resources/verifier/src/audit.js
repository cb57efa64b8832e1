// What the entries of an event must mean together: draws, sheets, receipts, signatures, results.

import { classesOf, countBox } from "./ballots.js";
import { byCodePoint, fromHex, utf8 } from "./bytes.js";
import { penalty } from "./components.js";
import { signedBy } from "./curves.js";
import { contributionFits, drawn, listDigest, readList, seedOf, standing, typedFits } from "./draw.js";
import { decimalWritten, fixedText, plainText, sumOf, toUnits } from "./exact.js";
import { canonical } from "./json.js";
import { panelResult } from "./panel.js";
import { NotUnderstood } from "./scheme.js";
import { sha256, sha256Hex } from "./sha.js";
import { appearanceFacts, marksStand, Together } from "./known.js";
import { KINDS, onFloor, pollOf, State, timeOver } from "./state.js";

// One thing checked many times: how often, and the first entry that does not fit.
class Tally {
  constructor(code) {
    Object.assign(this, { code, count: 0, wrong: null, why: "" });
  }
  note(fits, entry, why = "") {
    this.count += 1;
    if (!fits && this.wrong === null) [this.wrong, this.why] = [entry, why];
  }
  check() {
    if (this.wrong === null) return { code: this.code, ok: true, params: { count: this.count } };
    return { code: this.code, ok: false, params: { why: this.why }, entry: this.wrong };
  }
}

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Six signs from the beginning of a SHA-256.
function shortCode(text) {
  const bytes = sha256(utf8(text));
  const bits = bytes.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0) / 4;
  const signs = Array.from({ length: 6 }, (_, i) => SIGNS[Math.floor(bits / 32 ** (5 - i)) % 32]).join("");
  return `${signs.slice(0, 3)}-${signs.slice(3)}`;
}

export const receiptOf = (event, { room, lot, seat, marks }, sub) =>
  shortCode(`venue-receipt-1\n${canonical({ event, lot, marks, room, seat, sub })}`);

// A decimal text without needless zeros.
export function plainMark(mark) {
  const found = /^([0-9]+)(?:\.([0-9]+))?$/.exec(mark);
  if (found === null) return mark;
  const part = (found[2] || "").replace(/0+$/, "");
  return found[1].replace(/^0+(?=.)/, "") + (part ? `.${part}` : "");
}

function signedText(event, { seat, room, lot, marks }, sheet) {
  const plain = Object.fromEntries(Object.entries(marks).map(([name, mark]) => [name, plainMark(mark)]));
  return utf8(`venue-sheet-1\n${canonical({ event, lot, marks: plain, room, seat, sheet })}`);
}

const ascending = (names) => names.every((name, i) => i === 0 || byCodePoint(names[i - 1], name) < 0);
const numberBy = (list, key) => list.reduce((sum, one) => sum.set(key(one), (sum.get(key(one)) || 0) + 1), new Map());

// As many papers of each class as slips of it were used and paper ballots typed in; every slip one that exists.
function closedFits(poll, data) {
  const spent = [...data.used, ...data.exchanged];
  if (new Set(spent).size !== spent.length || !spent.every((digest) => poll.slips.has(digest))) return false;
  const expected = numberBy(data.used, (digest) => poll.slips.get(digest));
  for (const [voters, n] of Object.entries(data.entered)) expected.set(voters, (expected.get(voters) || 0) + n);
  const found = numberBy(poll.papers, (paper) => paper.voter_class);
  const same = [...expected].filter(([, n]) => n).every(([voters, n]) => found.get(voters) === n);
  const lines = ["venue-papers-1", ...poll.papers.map(canonical)].map((line) => `${line}\n`);
  return (
    same && [...found.keys()].every((voters) => expected.get(voters)) &&
    data.papers === poll.papers.length && data.digest === sha256Hex(lines.join(""))
  ); // prettier-ignore
}

// What the scheme makes of the papers of one class.
function countOf(ballot, poll, voters) {
  const { closed } = poll;
  const own = poll.papers.filter((paper) => paper.voter_class === voters);
  const slips = [...poll.slips.values()].filter((one) => one === voters).length - (closed.unissued[voters] || 0);
  const printed = poll.printed.get(voters) || 0;
  const exchanged = closed.exchanged.filter((digest) => poll.slips.get(digest) === voters).length;
  const entered = closed.entered[voters] || 0;
  const inUrn = closed.returned[voters] === undefined ? entered : closed.returned[voters];
  const papers = own.map(({ marks, others, void: spoilt }) => ({
    marks: new Map(Object.entries(marks).map(([name, items]) => [name, new Map(Object.entries(items))])),
    others,
    void: spoilt,
  }));
  const box = {
    issued: slips + printed,
    returned: own.length - entered + inUrn,
    members: null,
    present: null,
    voidVote: Math.max(inUrn, entered) > printed + exchanged,
    papers,
    counted: null,
  };
  const found = countBox(ballot, box, poll.names);
  const votes = {};
  for (const [key, answers] of found.votes) {
    const [name, item] = key.split("\u0000");
    votes[name] = { ...votes[name], [item]: Object.fromEntries(answers) };
  }
  const { issued, returned, valid, blank, others } = found;
  const rest = { blank, void_vote: found.voidVote, votes, others: Object.fromEntries(others) };
  return { poll: poll.poll, voter_class: voters, issued, returned, valid, void: found.void, ...rest };
}

// Whether an entry about a ballot follows from those before it.
function ballotFits(state, { kind, data }) {
  if (kind === "ballot.opened") return !state.polls.has(data.poll);
  const poll = pollOf(state, data);
  if (kind === "ballot.issued") return ascending(data.digests) && !data.digests.some((one) => poll.slips.has(one));
  if (kind === "ballot.papers") {
    const known = data.papers.every((paper) => Object.hasOwn(poll.rolls, paper.voter_class));
    return !poll.closed && !poll.abandoned && known && ascending([...poll.papers, ...data.papers].map((one) => one.code));
  }
  if (kind === "ballot.closed") return !poll.closed && !poll.abandoned && closedFits(poll, data);
  if (kind !== "ballot.counted") return true;
  const ballot = state.scheme.ballot(poll.ballot);
  const known = poll.closed !== null && classesOf(ballot).includes(data.voter_class);
  return known && canonical(countOf(ballot, poll, data.voter_class)) === canonical(data);
}

class Audit {
  constructor(entries, tick) {
    Object.assign(this, { entries, tick, points: [], waiting: [], unsigned: 0, back: 0 });
    for (const name of ["receipts", "marks", "signatures", "panels", "accepted", "steps", "ballots", "clocks"]) this[name] = new Tally(name);
  }
  point(code, ok, params = {}, entry = null) {
    this.points.push({ code, ok, params, entry });
  }
  async run() {
    const [first, ...rest] = this.entries;
    if (first.kind !== "event.created") return this.point("meaning", false, { why: "event.created" }, first);
    try {
      this.state = new State(first);
    } catch (error) {
      return this.notUnderstood(error, first);
    }
    let last = first.at;
    for (const entry of rest) {
      if (!KINDS.includes(entry.kind)) return this.point("kinds", null, { kind: entry.kind }, entry);
      this.back += entry.at < last ? 1 : 0;
      last = entry.at;
      try {
        this.one(entry);
        this.state.apply(entry);
      } catch (error) {
        return this.notUnderstood(error, entry);
      }
      if (entry.seq % 200 === 0) await this.tick("entries", entry.seq, this.entries.length);
    }
    await this.signed();
    this.point("meaning", true, { count: this.entries.length });
    this.ended = true;
    return undefined;
  }
  notUnderstood(error, entry) {
    if (error instanceof NotUnderstood) this.point("scheme_read", null, { where: error.message }, entry);
    else this.point("meaning", false, { why: error.message }, entry);
  }
  one(entry) {
    if (entry.kind === "sheet.received") this.sheet(entry);
    else if (entry.kind === "result.computed") this.result(entry);
    else if (entry.kind === "panel.accepted") this.accepted.note(this.acceptedFits(entry.data), entry);
    else if (entry.kind.startsWith("ballot.")) this.ballots.note(ballotFits(this.state, entry), entry);
    else if (entry.kind === "stage.ended") this.clocks.note(this.clockFits(entry.data), entry);
    else if (entry.kind.startsWith("draw.")) this.steps.note(this.inTurn(entry), entry);
    else if (entry.kind === "run.opened" && entry.data.scheme_digest !== sha256Hex(this.state.text)) {
      this.point("opened", false, {}, entry);
    }
  }
  sheet(entry) {
    const { data } = entry;
    const { state } = this;
    const typed = Boolean(data.paper && data.paper.length);
    const appearance = state.appearance(data.room, data.lot);
    const group = state.groupOf(data.seat);
    const seat = state.seats.get(data.seat);
    this.receipts.note(data.receipt === receiptOf(state.event.event, data, entry.sub), entry);
    const stands = marksStand(group, data.marks);
    const total = stands && sumOf(group.criteria.map((c) => decimalWritten(data.marks[c.id]).q.mul(c.weight.q)));
    const added = stands && decimalWritten(data.total);
    this.marks.note(
      stands && added !== null && added.q.eq(total) &&
        appearance.entry === data.entry && !appearance.sheets.has(data.seat) &&
        !appearance.excused.has(data.seat) && (seat.room === null || seat.room === data.room) &&
        (typed || entry.actor.seat === data.seat),
      entry,
    ); // prettier-ignore
    const station = state.stations.get(data.seat);
    if (typed) this.unsigned += 1;
    else if (data.signature || data.carried || (station && station.public_key)) this.sign(entry);
    else this.unsigned += 1;
  }
  sign(entry) {
    const keys = [...(this.state.keys.get(entry.data.seat) || [])].reverse();
    this.waiting.push({ entry, keys, said: signedText(this.state.event.event, entry.data, entry.sub || "") });
  }
  // Signatures last, many at a time: they take longest.
  async signed() {
    for (let at = 0; at < this.waiting.length; at += 64) {
      const some = this.waiting.slice(at, at + 64);
      const good = await Promise.all(some.map((one) => this.signedByOne(one)));
      some.forEach((one, i) => this.signatures.note(good[i], one.entry));
      await this.tick("signatures", at, this.waiting.length);
    }
  }
  async signedByOne({ entry, keys, said }) {
    const signature = fromHex(entry.data.signature || "");
    if (signature === null || signature.length !== 64) return false;
    for (const key of keys) {
      const raw = key.startsWith("p256:") ? fromHex(key.slice(5)) : null;
      if (raw !== null && (await signedBy("p256", raw, said, signature))) return true;
    }
    return false;
  }
  result(entry) {
    const { data } = entry;
    const { state } = this;
    const appearance = state.appearance(data.room, data.lot);
    const component = state.scheme.component(data.component);
    const group = component.kind === "panel" ? state.scheme.group(component.group) : null;
    if (group === null || appearance.entry !== data.entry) return this.panels.note(false, entry);
    const facts = appearanceFacts(state, appearance);
    const rounding = group.rounding || state.scheme.rounding;
    const found = panelResult(facts, group, facts.entries.get(data.entry), rounding);
    const exact = rounding.mode === "exact";
    const text = found.state !== "ok" ? "—" : exact ? plainText(found.value) : fixedText(toUnits(found.value, rounding), rounding.places);
    return this.panels.note(text === data.value, entry, text);
  }
  // Whether a panel that was decided on was heard to the end, complete, below its minimum with so many sheets, and able to count them.
  acceptedFits({ room, lot, entry, group: name, count, minimum, people, reason }) {
    const { state } = this;
    const appearance = state.appearance(room, lot);
    const group = state.scheme.group(name);
    if (appearance.entry !== entry || appearance.accepted.includes(name) || !timeOver(state, appearance)) return false;
    if (people.length !== 2 || people[0] === people[1] || !people.every(Boolean) || !reason) return false;
    const result = (one) => {
      const facts = appearanceFacts(state, one);
      return panelResult(facts, group, facts.entries.get(entry), group.rounding || state.scheme.rounding);
    };
    const before = result(appearance);
    if (before.state !== "below_minimum" || before.counted !== count || group.minimum !== minimum) return false;
    return result({ ...appearance, accepted: [...appearance.accepted, name] }).state === "ok";
  }
  // Whether what a stage says of running over, and what that costs, follows from its limit.
  clockFits({ room, spent_ms: spent, over_ms: over, penalty: said, stage: name }) {
    if (over === undefined) return true; // written before this was kept
    const { clock } = onFloor(this.state, room);
    const stage = this.state.scheme.stage(name);
    if (!clock || clock.stage !== name || over !== Math.max(0, spent - clock.limit)) return false;
    if (!stage.penalties.length) return said === "";
    const cost = decimalWritten(said);
    return cost !== null && cost.q.eq(penalty(stage, Math.floor(over / 1000)));
  }
  // Whether an entry of a draw may stand where it stands.
  inTurn({ kind, data }) {
    if (kind === "draw.frozen") return this.listFits(data);
    const draw = this.state.draws.get(data.purpose);
    if (draw === undefined) return false;
    const parties = ["program", ...draw.parties];
    const isParty = parties.includes(data.party);
    const all = (map) => parties.every((party) => map.has(party));
    if (kind === "draw.changed") return draw.held !== null;
    const dead = all(draw.revealed) && [...draw.revealed.values()].every((part) => part.nonce === "");
    if (kind === "draw.discarded") return draw.held !== null || !draw.shown || dead;
    if (draw.held !== null) return false;
    if (kind === "draw.committed") return !draw.shown && isParty && !draw.commitments.has(data.party);
    if (kind === "draw.public") return !draw.shown && all(draw.commitments);
    if (kind === "draw.revealed") return Boolean(draw.shown) && isParty && !draw.revealed.has(data.party);
    return kind === "draw.typed" ? !draw.shown : all(draw.revealed);
  }
  // A frozen list: its digest, its purpose, and for candidates that it names all who are qualified and nobody else.
  listFits(data) {
    const list = readList(data.list);
    if (list === null || list.purpose !== data.purpose || listDigest(data.list) !== data.list_digest) return false;
    if (!["order", "sessions", "places"].includes(data.purpose)) return true;
    const out = list.rule.get("absent") === "out" ? data.missing : [];
    const wanted = new Together(this.state)
      .appearing()
      .map((entry) => entry.id)
      .filter((id) => !out.includes(id));
    return wanted.length === list.items.size && wanted.every((id) => list.items.has(id));
  }
  draws() {
    for (const draw of [...this.state.pastDraws, ...this.state.draws.values()]) {
      if (draw.held === null) continue;
      const list = readList(draw.list);
      const entry = this.entries[draw.held.seq];
      const changes = list && standing(list, Object.entries(draw.held.result), draw.held.reserve, draw.changes);
      const params = { count: list ? list.items.size : 0, purpose: draw.purpose };
      if (draw.held.typed) {
        const fits = list !== null && changes !== null && typedFits(list, draw.held.result, draw.held.reserve);
        params.witnesses = draw.held.witnesses.join("、");
        this.point("typed_draw", fits ? null : false, params, fits ? null : entry);
      } else this.point("draw", list !== null && changes !== null && this.drawFits(draw, list), params, entry);
    }
  }
  drawFits(draw, list) {
    const parts = [...draw.revealed.values()].map((part) => ({
      ...part,
      commitment: draw.commitments.get(part.party) || "",
    }));
    const known = parts.some((part) => part.opened !== "void");
    const shown = draw.shown.normalize("NFKC").replace(/\s/gu, "");
    if (!known || !parts.every(contributionFits) || shown !== draw.shown || /,/.test(shown)) return false;
    const seed = seedOf(this.state.event.event, draw.list_digest, draw.shown, parts);
    if (seed !== draw.held.seed || draw.held.method !== "sha256-ticket-2") return false;
    const found = drawn(list, seed);
    if (found === null) return false;
    const [result, reserve] = [Object.fromEntries(found.result), found.reserve];
    return canonical({ result, reserve }) === canonical({ result: draw.held.result, reserve: draw.held.reserve });
  }
  checks() {
    if (this.state) {
      const { panels, steps } = this;
      for (const tally of [this.receipts, this.marks, this.signatures]) {
        if (tally.count) this.points.push(tally.check());
      }
      if (this.unsigned) this.point("unsigned", null, { count: this.unsigned });
      if (panels.count) this.points.push(panels.check());
      for (const tally of [this.accepted, this.ballots, this.clocks]) if (tally.count) this.points.push(tally.check());
      if (steps.wrong) this.points.push(steps.check());
      this.draws();
    }
    if (this.back) this.point("wall_clock", null, { count: this.back });
    return this.points;
  }
}

// The checks of all entries (their envelopes, in order), and the state at the end where they could be followed so far.
export async function audit(entries, tick) {
  const work = new Audit(entries, tick);
  await work.run();
  return { checks: work.checks(), state: work.ended ? work.state : null, signed: work.signatures.count };
}
