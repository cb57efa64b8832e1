// results.json, written again from the journal; and where two such files differ.

import { canonical } from "./json.js";
import { compute, entryResult, postResult } from "./compute.js";
import { factsOf } from "./state.js";

function candidateOf(state, entry, result) {
  const lot = state.lots.get(entry.id);
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

export function resultsOf(state) {
  const results = compute(state.scheme, factsOf(state));
  const identity = (id) => state.candidates.get(state.entries.get(id).candidate).identity;
  const drawing = [...results.facts.entries.values()].filter((e) => state.candidates.get(e.candidate).qualified);
  const many = (entry) => drawing.filter((other) => other.candidate === entry.candidate).length > 1;
  const key = (entry) => identity(entry.id) + (many(entry) ? `/${state.posts.get(entry.post).title}` : "");
  const out = [...state.candidates.values()].filter((person) => !person.qualified);
  return {
    format: 1,
    event: state.event.event,
    title: state.event.title,
    mode: state.event.mode,
    scheme: { id: state.scheme.id, digest: state.scheme.digest },
    candidates: Object.fromEntries(
      drawing.map((entry) => [key(entry), candidateOf(state, entry, entryResult(results, entry))]),
    ),
    left_out: Object.fromEntries(out.map((p) => [p.identity, { name: p.name, reason: p.reason }])),
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
