// results.json, written again from the journal; and where two such files differ.

import { canonical } from "./json.js";
import { compute, entryResult, postResult } from "./compute.js";
import { factsOf, Together } from "./known.js";

function candidateOf(state, together, entry, result) {
  const lot = together
    .entriesOf(entry.id)
    .map((id) => state.lots.get(id))
    .find((one) => one !== undefined);
  return {
    name: state.candidates.get(entry.candidate).name,
    post: state.posts.get(entry.post).title,
    room: lot ? state.rooms.get(lot.room).title : null,
    lot: lot ? lot.number : null,
    components: result.values,
    points: Object.fromEntries(result.terms.map((term) => [term.component, term.points])),
    composite: result.composite,
    rank: result.rank,
    outcome: result.outcome.code,
    reason: result.outcome.params || {},
  };
}

const nameOf = (state, id) =>
  (state.candidates.get(id) || state.candidates.get(state.entries.get(id).candidate)).name;

// A closed poll: what was asked, how many papers by class, and the digest of those published.
function pollOf(state, poll) {
  const place = state.posts.get(poll.where) || state.rooms.get(poll.where);
  const count = ({ issued, returned, valid, void: spoilt, blank, void_vote: voidVote, votes, others }) => ({
    issued, returned, valid, void: spoilt, blank, void_vote: voidVote, votes, others,
  }); // prettier-ignore
  return {
    ballot: poll.ballot,
    where: place ? place.title : poll.where,
    attempt: poll.attempt,
    digest: poll.closed.digest,
    names: Object.fromEntries(poll.names.map((id) => [id, nameOf(state, id)])),
    classes: Object.fromEntries([...poll.tallies].map(([voters, tally]) => [voters, count(tally)])),
  };
}

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
const harmless = (text) => (/^[=+@-]/.test(text) ? `'${text}` : text);

// The published papers of a poll as a table: a row a paper, ascending by code.
export function papersTable(state, poll) {
  const items = state.scheme.ballot(poll.ballot).items.map((item) => item.id);
  const columns = poll.names.flatMap((name) => (items.length ? items : [""]).map((item) => [name, item]));
  const heads = columns.map(([name, item]) => `${nameOf(state, name)} ${item}`.trim());
  const rows = poll.papers.map((paper) => [
    paper.code,
    paper.voter_class,
    ...columns.map(([name, item]) => ((paper.marks[name] || {})[item] || []).join("|")),
    paper.others.map(harmless).join("|"),
    paper.void ? "1" : "",
  ]);
  return [["code", "class", ...heads, "others", "void"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join(""); // prettier-ignore
}

export const closedPolls = (state) => [...state.polls.values()].filter((poll) => poll.closed && !poll.abandoned);

export function resultsOf(state) {
  const results = compute(state.scheme, factsOf(state));
  const identity = (id) => state.candidates.get(state.entries.get(id).candidate).identity;
  const drawing = [...results.facts.entries.values()].filter((e) => state.candidates.get(e.candidate).qualified);
  const many = (entry) => drawing.filter((other) => other.candidate === entry.candidate).length > 1;
  const key = (entry) => identity(entry.id) + (many(entry) ? `/${state.posts.get(entry.post).title}` : "");
  const together = new Together(state);
  const out = [...state.candidates.values()].filter((person) => !person.qualified);
  return {
    format: 1,
    event: state.event.event,
    title: state.event.title,
    mode: state.event.mode,
    scheme: { id: state.scheme.id, digest: state.scheme.digest },
    candidates: Object.fromEntries(
      drawing.map((entry) => [key(entry), candidateOf(state, together, entry, entryResult(results, entry))]),
    ),
    left_out: Object.fromEntries(out.map((p) => [p.identity, { name: p.name, reason: p.reason }])),
    ballots: Object.fromEntries(closedPolls(state).map((poll) => [poll.poll, pollOf(state, poll)])),
    posts: Object.fromEntries(
      [...results.facts.posts.values()].map((post) => {
        const found = postResult(results, post);
        const named = { passed: found.passed.map(identity), waiting: found.waiting.map(identity) };
        return [state.posts.get(post.id).title, { outcome: found.outcome.code, ...named }];
      }),
    ),
  };
}

const isTable = (value) => value !== null && typeof value === "object";

// The first place where two plain values differ: `path`, and what stands there in each; null when they are the same.
export function firstDifferent(said, found, path = []) {
  if (isTable(said) && isTable(found) && Array.isArray(said) === Array.isArray(found)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(said)])) {
      const inner = firstDifferent(said[key], found[key], [...path, key]);
      if (inner) return inner;
    }
    return null;
  }
  const [a, b] = [said, found].map((one) => (one === undefined ? "—" : canonical(one)));
  return a === b ? null : { path, said: a, found: b };
}
