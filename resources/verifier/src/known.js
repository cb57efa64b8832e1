// What is known of the event as the facts the rules want.

import { decimalWritten } from "./exact.js";
import { addTo, marksOf, noFacts, pair } from "./facts.js";
import { need } from "./state.js";

// Boxes for the rules: closed polls, but nothing of a ballot that people are still voting on.
function boxesOf(state) {
  const open = [...state.polls.values()].filter((poll) => !poll.closed && !poll.abandoned);
  const awaited = (poll) => open.some((other) => other.ballot === poll.ballot && other.where === poll.where);
  const closed = [...state.polls.values()].filter((poll) => poll.closed && !poll.abandoned && !awaited(poll));
  return closed.flatMap((poll) => [...poll.tallies.values()].map((tally) => boxOf(poll, tally)));
}

function boxOf(poll, tally) {
  const roll = poll.rolls[tally.voter_class];
  const votes = new Map();
  for (const [name, items] of Object.entries(tally.votes)) {
    for (const [item, answers] of Object.entries(items)) addTo(votes, name, item, new Map(Object.entries(answers)));
  }
  return {
    ballot: poll.ballot,
    where: poll.where,
    voters: tally.voter_class,
    attempt: poll.attempt,
    issued: tally.issued,
    returned: tally.returned,
    members: roll ? roll.members : null,
    present: roll ? roll.present : null,
    voidVote: tally.void_vote,
    papers: [],
    counted: { valid: tally.valid, void: tally.void, votes },
  };
}

const ASKED = ["sex", "ethnicity", "education", "politics", "unit"];
const wanted = (entry) => (entry.preference === undefined ? 1 : entry.preference);

// Who appears before a panel: every entry, or every person once where no group marks an entry by itself.
export class Together {
  constructor(state) {
    this.state = state;
    this.once = state.scheme.groups.every((group) => group.per === "person");
    this.own = new Map();
    for (const entry of [...state.entries.values()].sort((a, b) => wanted(a) - wanted(b))) {
      this.own.set(entry.candidate, [...(this.own.get(entry.candidate) || []), entry]);
    }
  }
  // The entries an appearance counts for.
  entriesOf(id) {
    const entry = need(this.state.entries.get(id), id);
    return this.once ? this.own.get(entry.candidate).map((one) => one.id) : [id];
  }
  roomOf(entry) {
    const heard = this.once ? this.own.get(entry.candidate)[0] : entry;
    const lot = this.state.lots.get(heard.id);
    return lot ? lot.room : need(this.state.posts.get(heard.post), heard.post).room || "";
  }
  // The entries that draw a lot.
  appearing() {
    const found = [...this.state.entries.values()].filter((e) => this.state.candidates.get(e.candidate).qualified);
    return this.once ? found.filter((entry) => this.own.get(entry.candidate)[0] === entry) : found;
  }
}

// The name under which a person's or an entry's facts stand.
const named = (state, entry, per) => (per === "person" ? need(state.entries.get(entry), entry).candidate : entry);

function addAppearance(state, facts, appearance) {
  const key = (group) => pair(named(state, appearance.entry, state.scheme.group(group).per), group);
  for (const [seat, { marks }] of appearance.sheets) {
    const { group, number } = state.seats.get(seat);
    addTo(facts.sheets, key(group), number, marksOf(state.scheme.group(group), marks));
  }
  for (const [seat, excuse] of appearance.excused) {
    const { group, number } = need(state.seats.get(seat), seat);
    addTo(facts.out, key(group), number, excuse);
  }
  for (const group of appearance.accepted) facts.accepted.add(key(group));
}

function panelsOf(state) {
  const panels = new Map();
  for (const seat of state.seats.values()) {
    const key = pair(seat.group, seat.room || "");
    panels.set(key, [...(panels.get(key) || []), seat.number]);
  }
  return panels;
}

function entryFact(state, entry, room) {
  const person = need(state.candidates.get(entry.candidate), entry.candidate);
  return {
    id: entry.id,
    candidate: entry.candidate,
    post: entry.post,
    room,
    session: "",
    preference: wanted(entry),
    movedFrom: entry.moved_from || "",
    unqualified: person.qualified ? "" : person.reason || "-",
    attributes: new Map(),
  };
}

// Enough for the result of one panel for one lot.
export function appearanceFacts(state, appearance) {
  const facts = noFacts();
  const entry = need(state.entries.get(appearance.entry), appearance.entry);
  facts.entries.set(entry.id, entryFact(state, entry, appearance.room));
  facts.panels = panelsOf(state);
  addAppearance(state, facts, appearance);
  return facts;
}

// Whole seconds over, by entry and stage, in each entry an appearance counts in; by person where a component counts a person's.
function addOverruns(state, facts, together) {
  const per = new Map(state.scheme.components.filter((c) => c.kind === "overrun").map((c) => [c.stage, c.per]));
  for (const appearance of state.appearances.values()) {
    const entry = need(state.entries.get(appearance.entry), appearance.entry);
    for (const { stage, limit, spent } of appearance.ended) {
      const over = Math.floor(Math.max(0, spent - limit) / 1000);
      if (!over || !per.has(stage)) continue;
      const names = per.get(stage) === "person" ? [entry.candidate] : together.entriesOf(entry.id);
      for (const key of names.map((name) => pair(name, stage))) {
        facts.overruns.set(key, (facts.overruns.get(key) || 0) + over);
      }
    }
  }
}

// Those who were not there at the draw, and are out by the plan, once all lots are given.
function withoutLot(state, together) {
  const draw = state.draws.get(state.lotsBy);
  if (!draw || draw.held === null) return [];
  return together.appearing().filter((entry) => !state.lots.has(entry.id)).map((entry) => entry.id); // prettier-ignore
}

function addAbsences(state, facts, together) {
  const gone = (status) => [...state.appearances.values()].filter((one) => one.status === status).map((one) => one.entry); // prettier-ignore
  for (const entry of gone("waived").flatMap((first) => together.entriesOf(first))) {
    facts.barred.set(entry, { code: "waived", after: "", note: "" });
  }
  for (const first of [...gone("absent"), ...withoutLot(state, together)]) {
    for (const entry of together.entriesOf(first)) facts.absent.add(pair(entry, ""));
  }
  for (const [component, entries] of state.absences) {
    const { per } = state.scheme.component(component);
    for (const entry of entries) facts.absent.add(pair(named(state, entry, per), component));
  }
}

export function factsOf(state) {
  const facts = noFacts();
  for (const post of state.posts.values()) {
    const cancelled = post.cancelled ? "few" : "";
    const { id, places } = post;
    facts.posts.set(id, { id, places, cancelled, kept: !post.cancelled, outcome: "", attributes: new Map() });
  }
  for (const person of state.candidates.values()) {
    const named = ASKED.filter((name) => person[name]).map((name) => [name, person[name]]);
    facts.candidates.set(person.id, { attributes: new Map(named) });
  }
  const together = new Together(state);
  for (const entry of state.entries.values()) facts.entries.set(entry.id, entryFact(state, entry, together.roomOf(entry)));
  for (const [component, column] of state.values) {
    const { per } = state.scheme.component(component);
    for (const [entry, text] of column) {
      const value = need(decimalWritten(text), text);
      if (state.entries.has(entry)) facts.values.set(pair(named(state, entry, per), component), value);
    }
  }
  for (const appearance of state.appearances.values()) addAppearance(state, facts, appearance);
  addAbsences(state, facts, together);
  addOverruns(state, facts, together);
  facts.ballots = boxesOf(state);
  facts.panels = panelsOf(state);
  return facts;
}

// Whether a sheet's marks may stand: every criterion, within its limits and steps, and its total.
export function marksStand(group, marks) {
  const names = Object.keys(marks);
  if (names.length !== group.criteria.length) return false;
  return group.criteria.every((criterion) => {
    const mark = typeof marks[criterion.id] === "string" ? decimalWritten(marks[criterion.id]) : null;
    if (mark === null) return false;
    const steps = mark.q.sub(criterion.minimum.q).div(criterion.step.q);
    return steps.d === 1n && mark.q.cmp(criterion.minimum.q) >= 0 && mark.q.cmp(criterion.maximum.q) <= 0;
  });
}
