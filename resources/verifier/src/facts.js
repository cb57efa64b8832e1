// Facts: what happened, as far as the rules need it. From a facts file here, from a journal in state.js.

import { decimalWritten, fixedText, Q } from "./exact.js";
import { Literal, parseJson } from "./json.js";

export const pair = (a, b) => `${a}\u0000${b}`;

export const noFacts = () => ({
  posts: new Map(),
  candidates: new Map(),
  entries: new Map(),
  values: new Map(), // entry, component
  sheets: new Map(), // entry, group → seat → marks in the order of the criteria
  out: new Map(), // entry, group → seat → why
  panels: new Map(), // group, where → seats
  absent: new Set(), // entry, component
  barred: new Map(),
  accepted: new Set(), // entry, group
  overruns: new Map(), // entry, stage
  ballots: [],
  lots: new Map(), // round, entry
  decided: new Map(), // round, where
  declared: [],
});

export function addTo(map, key, inner, value) {
  if (!map.has(key)) map.set(key, new Map());
  map.get(key).set(inner, value);
}

const wordsOf = (value) => (value instanceof Literal ? value.text : value);

function written(value) {
  const found = decimalWritten(wordsOf(value));
  if (found === null) throw new SyntaxError(`number ${wordsOf(value)}`);
  return found.text === "-0" && value instanceof Literal ? { q: found.q, text: fixedText(0n, 0) } : found;
}

const whole = (value, standard = null) => (value === undefined || value === null ? standard : Number(value.text));
const words = (value) => value || "";
const attributes = (row) => new Map(Object.entries(row.attributes || {}));

// The marks of a sheet in the order of the criteria.
export const marksOf = (group, marks) => group.criteria.map((criterion) => written(marks[criterion.id]).q);

function answersOf(value) {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => (one instanceof Literal ? numberWord(one.text) : one));
}

// A number on a paper as words: a whole one as it stands, any other in plain notation.
const numberWord = (text) => (/^-?\d+$/.test(text) ? BigInt(text).toString() : decimalWritten(text).text);

const isTable = (value) => value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Literal);

// What stands by item; a ballot without items may leave that level out.
function byItem(ballot, given, leafIsTable) {
  const nameless = ballot.items.length === 0 && !(isTable(given) && (!leafIsTable || "" in given));
  return nameless ? { "": given } : given;
}

function paperOf(ballot, row) {
  const marks = new Map();
  for (const [entry, given] of Object.entries(row.marks || {})) {
    for (const [item, answers] of Object.entries(byItem(ballot, given, false))) {
      addTo(marks, entry, item, answersOf(answers));
    }
  }
  for (const entry of row.choices || []) addTo(marks, entry, "", ["for"]);
  return { marks, others: row.others || [], void: Boolean(row.void) };
}

function countedOf(ballot, row) {
  const votes = new Map();
  for (const [entry, given] of Object.entries(row.votes || {})) {
    for (const [item, answers] of Object.entries(byItem(ballot, given, true))) {
      const numbers = Object.entries(answers).map(([answer, number]) => [answer, whole(number)]);
      addTo(votes, entry, item, new Map(numbers));
    }
  }
  return { valid: whole(row.valid), void: whole(row.void, 0), votes };
}

function boxOf(scheme, row) {
  const ballot = scheme.ballot(row.ballot);
  return {
    ballot: row.ballot,
    where: words(row.where),
    voters: words(row.class),
    attempt: whole(row.attempt, 1),
    issued: whole(row.issued),
    returned: whole(row.returned),
    members: whole(row.members),
    present: whole(row.present),
    voidVote: Boolean(row.void_vote),
    papers: (row.papers || []).map((paper) => paperOf(ballot, paper)),
    counted: row.counted ? countedOf(ballot, row.counted) : null,
  };
}

function people(plain, facts) {
  for (const row of plain.posts || []) {
    facts.posts.set(row.id, {
      id: row.id,
      places: whole(row.places, 1),
      cancelled: words(row.cancelled),
      kept: false,
      outcome: words(row.outcome),
      attributes: attributes(row),
    });
  }
  for (const row of plain.candidates || []) facts.candidates.set(row.id, { attributes: attributes(row) });
  for (const row of plain.entries || []) {
    facts.entries.set(row.id, {
      id: row.id,
      candidate: row.candidate || row.id,
      post: row.post,
      room: words(row.room),
      session: words(row.session),
      preference: whole(row.preference, 1),
      movedFrom: words(row.moved_from),
      unqualified: words(row.unqualified),
      attributes: attributes(row),
    });
  }
}

// The facts of a file as docs/formats/facts.md has it. That they do not contradict the scheme is taken for granted.
export function readFacts(scheme, text) {
  const plain = parseJson(text);
  const facts = noFacts();
  people(plain, facts);
  for (const row of plain.values || []) facts.values.set(pair(row.entry, row.component), written(row.value));
  for (const row of plain.sheets || []) {
    addTo(facts.sheets, pair(row.entry, row.group), whole(row.seat), marksOf(scheme.group(row.group), row.marks));
  }
  for (const row of plain.out_seats || []) addTo(facts.out, pair(row.entry, row.group), whole(row.seat), row.state);
  for (const row of plain.panels || []) {
    facts.panels.set(pair(row.group, words(row.where)), row.seats.map((seat) => whole(seat)));
  }
  for (const row of plain.absent || []) facts.absent.add(pair(row.entry, words(row.component)));
  for (const row of plain.barred || []) {
    facts.barred.set(row.entry, { code: row.code, after: words(row.after), note: words(row.note) });
  }
  for (const row of plain.accepted || []) facts.accepted.add(pair(row.entry, row.group));
  for (const row of plain.overruns || []) facts.overruns.set(pair(row.entry, row.stage), whole(row.seconds));
  for (const row of plain.lots || []) facts.lots.set(pair(row.round, row.entry), Q.int(row.number.text));
  for (const row of plain.decided || []) facts.decided.set(pair(row.round, words(row.where)), new Set(row.entries));
  facts.ballots = (plain.ballots || []).map((row) => boxOf(scheme, row));
  facts.declared = (plain.declared || []).map((row) => ({
    what: row.what,
    count: whole(row.count),
    post: words(row.post),
  }));
  return facts;
}
