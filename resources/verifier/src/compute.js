// From scheme and facts to results.

import { byCodePoint, inOrder } from "./bytes.js";
import { countedBoxes } from "./ballots.js";
import { allColumns } from "./components.js";
import { Context, count, Reason } from "./context.js";
import { cut, plainText, Q, ZERO } from "./exact.js";
import { course, reducedPlaces, roundsOf } from "./rounds.js";

// --- Before the first round ------------------------------------------------------------------------------
function opening(scheme, facts) {
  const rule = scheme.intake;
  const [closed, places, warnings] = [new Map(), new Map(), []];
  const counted = [...facts.entries.values()].filter((e) => rule.counts !== "qualified" || !e.unqualified);
  const counts = count(counted.map((entry) => entry.movedFrom || entry.post));
  if (rule.most_posts !== null) warnings.push(...tooMany(facts, rule.most_posts));
  for (const id of inOrder(facts.posts.keys())) {
    const post = facts.posts.get(id);
    const entered = counts.get(id) || 0;
    places.set(id, post.places);
    if (post.cancelled) {
      closed.set(id, new Reason("post_cancelled", { note: post.cancelled }));
      continue;
    }
    const byRatio = (rule.minimum_ratio ? rule.minimum_ratio.q : ZERO).mul(Q.int(post.places));
    const least = Q.int(rule.minimum_entries);
    const wanted = byRatio.cmp(least) > 0 ? byRatio : least;
    if (Q.int(entered).cmp(wanted) >= 0 || rule.below === "keep" || post.kept) continue;
    const params = { post: id, count: String(entered), minimum: String(wanted.ceil()) };
    if (rule.below === "reduce" && entered >= rule.minimum_entries && rule.minimum_ratio) {
      const left = reducedPlaces(rule.minimum_ratio, entered, post.places);
      places.set(id, left);
      if (left) {
        warnings.push(new Reason("places_reduced", { ...params, places: String(left) }));
        continue;
      }
    }
    closed.set(id, new Reason("post_below_minimum", params));
  }
  return { closed, places, warnings };
}

function tooMany(facts, limit) {
  const posts = new Map();
  for (const entry of facts.entries.values()) {
    posts.set(entry.candidate, (posts.get(entry.candidate) || new Set()).add(entry.post));
  }
  return inOrder(posts.keys())
    .filter((candidate) => posts.get(candidate).size > limit)
    .map((candidate) => {
      const found = String(posts.get(candidate).size);
      return new Reason("too_many_posts", { candidate, found, limit: String(limit) });
    });
}

const OPEN = ["not_yet", "undecided", "tie_undecided", "tie_needs", "too_few_wait"];

// Entries that some round has left behind for certain.
function leftBehind(found) {
  const gone = new Set();
  for (const standings of found.entries.values()) {
    for (const [name, one] of standings) if (!one.passed && !OPEN.includes(one.outcome.code)) gone.add(name);
  }
  return gone;
}

const waitsForOthers = (columns) =>
  [...columns.values()].some((column) => column.why.some((reason) => reason && reason.code === "others_missing"));

export function compute(scheme, facts) {
  const start = opening(scheme, facts);
  const { closed } = start;
  const ranked = [...facts.entries.values()].filter((entry) => !entry.unqualified && !closed.has(entry.post));
  const ids = inOrder(ranked.map((entry) => entry.id));
  const places = new Map([...start.places].filter(([post]) => !closed.has(post)));
  let settled = new Set();
  for (;;) {
    const context = new Context(scheme, facts, ids, settled);
    context.boxes = countedBoxes(context);
    const columns = allColumns(context);
    const found = course(context, columns, places);
    // whoever a round has left behind is not waited for: with them gone, means of a room may be complete
    const gone = leftBehind(found);
    if (!waitsForOthers(columns) || [...gone].every((name) => settled.has(name))) {
      return { scheme, facts, context, columns, course: found, opening: start };
    }
    settled = new Set([...settled, ...gone]);
  }
}

// --- Results by entry ------------------------------------------------------------------------------------
const plain = (reason) =>
  Object.keys(reason.params).length ? { code: reason.code, params: reason.params } : { code: reason.code };

function termsOf(results, row) {
  const composite = results.scheme.component(results.scheme.composite);
  if (composite.kind !== "sum") return [];
  return composite.terms.map((term) => {
    const column = results.columns.get(term.of);
    const value = row === undefined ? null : column.values[row];
    return {
      component: term.of,
      value: value === null ? null : column.printed(row),
      weight: term.weight.text,
      points: value === null ? null : plainText(cut(value.mul(term.weight.q), term.rounding)),
    };
  });
}

// Where an entry stands after the furthest round it took part in and that says something of it.
function furthest(results, entry) {
  const closed = results.opening.closed.get(entry.post);
  if (closed) return { rank: null, outcome: closed, provisional: false };
  if (entry.unqualified) {
    return { rank: null, outcome: new Reason("unqualified", { note: entry.unqualified }), provisional: false };
  }
  let found = null;
  for (const standings of results.course.entries.values()) {
    const one = standings.get(entry.id);
    if (!one) continue;
    if (found && ["not_yet", "undecided"].includes(one.outcome.code)) break;
    found = one;
  }
  return found || { rank: null, outcome: new Reason("not_in_round"), provisional: false };
}

export function entryResult(results, entry) {
  const row = results.context.row.get(entry.id);
  const here = row !== undefined;
  const [values, why, labels, rounds] = [{}, {}, {}, {}];
  for (const [id, column] of results.columns) {
    values[id] = here ? column.printed(row) : null;
    if (here && column.why[row]) why[id] = plain(column.why[row]);
    if (here && column.labels.has(row)) labels[id] = column.labels.get(row);
  }
  for (const [id, standings] of results.course.entries) {
    const one = standings.get(entry.id);
    if (one) rounds[id] = { rank: one.rank, outcome: plain(one.outcome), passed: one.passed, provisional: one.provisional };
  }
  const standing = furthest(results, entry);
  return {
    candidate: entry.candidate,
    post: entry.post,
    values,
    why,
    labels,
    terms: termsOf(results, row),
    composite: values[results.scheme.composite],
    rank: standing.rank,
    outcome: plain(standing.outcome),
    provisional: standing.provisional,
    rounds,
  };
}

// --- Results by post -------------------------------------------------------------------------------------
const setResult = (set) => ({
  outcome: plain(set.outcome),
  passed: set.passed,
  waiting: set.waiting,
  limit: set.limit,
});

// A post in a round, also where the round ranks wider sets than posts.
function postInRound(results, rule, post) {
  const sets = results.course.sets.get(rule.id);
  if (rule.within === "post") return sets.get(post) || null;
  const { facts, context } = results;
  const mine = [...results.course.entries.get(rule.id).keys()].filter((id) => facts.entries.get(id).post === post);
  if (!mine.length) return null;
  const names = inOrder(new Set(mine.map((id) => context.where(facts.entries.get(id), rule.within))));
  const those = names.map((where) => sets.get(where));
  const own = (key) => those.flatMap((set) => set[key]).filter((id) => mine.includes(id));
  const passed = own("passed");
  return {
    outcome: together(those.map((set) => set.outcome), passed.length, rule), // prettier-ignore
    passed,
    waiting: own("waiting"),
    limit: those.length === 1 ? those[0].limit : null,
    places: results.opening.places.has(post) ? results.opening.places.get(post) : 1,
  };
}

// What the sets in which a post's entries stand say of the post: first of all what is still open.
function together(outcomes, passed, rule) {
  const open = outcomes.find((outcome) => OPEN.includes(outcome.code));
  if (open) return open;
  const closed = outcomes.find((outcome) => !["passed", "nobody_passed"].includes(outcome.code));
  if (closed && !passed) return closed;
  return new Reason(passed ? "passed" : "nobody_passed", { count: String(passed), round: rule.id });
}

export function postResult(results, post) {
  const entries = [...results.facts.entries.values()].filter((entry) => entry.post === post.id).length;
  const closed = results.opening.closed.get(post.id);
  const rounds = {};
  let now = {
    outcome: closed || new Reason(entries ? "nobody_qualified" : "no_entries"),
    passed: [],
    waiting: [],
    places: results.opening.places.get(post.id),
  };
  const found = closed
    ? []
    : roundsOf(results.scheme)
        .map((rule) => [rule.id, postInRound(results, rule, post.id)])
        .filter(([, set]) => set);
  let stopped = false;
  found.forEach(([id, set], place_) => {
    rounds[id] = setResult(set);
    stopped = stopped || (place_ > 0 && ["not_yet", "undecided"].includes(set.outcome.code));
    if (!stopped) now = set;
  });
  return {
    outcome: plain(now.outcome),
    decided: post.outcome,
    entries,
    places: now.places,
    passed: now.passed,
    waiting: now.waiting,
    rounds,
  };
}

// --- What does not add up --------------------------------------------------------------------------------
function ballotWarnings(context) {
  const found = [];
  const boxes = [...context.boxes].map(([key, box]) => [JSON.parse(key), box]);
  const byParts = (a, b) => a.map((part, i) => byCodePoint(part, b[i])).find((order) => order) || 0;
  for (const [[ballot, where, voters], box] of boxes.sort(([a], [b]) => byParts(a, b))) {
    const params = { ballot, where, class: voters };
    const [issued, returned] = [String(box.issued), String(box.returned)];
    if (box.voidVote) found.push(new Reason("ballot_void", { ...params, issued, returned }));
    if (box.short) found.push(new Reason("papers_differ", { ...params, returned, found: String(box.valid + box.void) }));
    for (const name of inOrder(box.others.keys())) {
      found.push(new Reason("written_in", { ...params, name, votes: String(box.others.get(name)) }));
    }
    const votes = [...box.votes].map(([key, answers]) => [key.split("\u0000"), answers]);
    for (const [[entry, item], answers] of votes.sort(([a], [b]) => byParts(a, b))) {
      const total = [...answers.values()].reduce((sum, n) => sum + n, 0);
      if (total > box.valid) {
        const more = { entry, item, found: String(total), valid: String(box.valid) };
        found.push(new Reason("votes_above_valid", { ...params, ...more }));
      }
    }
  }
  return found;
}

// What the facts give for a number that the report declares; null for a thing nobody counts.
function actual(results, one) {
  const { facts } = results;
  const entries = [...facts.entries.values()].filter((entry) => !one.post || entry.post === one.post);
  const posts = [...facts.posts.values()].filter((post) => !one.post || post.id === one.post);
  const [kind, ...rest] = one.what.split(":");
  const standings = results.course.entries.get(rest.join(":"));
  if (kind === "passed" && standings) {
    return entries.filter((entry) => standings.has(entry.id) && standings.get(entry.id).passed).length;
  }
  if (kind === "outcome") return posts.filter((post) => post.outcome === rest.join(":")).length;
  const simple = {
    posts: () => posts.length,
    entries: () => entries.length,
    candidates: () => new Set(entries.map((entry) => entry.candidate)).size,
    qualified: () => entries.filter((entry) => !entry.unqualified).length,
    cancelled: () => posts.filter((post) => results.opening.closed.has(post.id)).length,
    places: () => posts.reduce((sum, post) => sum + post.places, 0),
  };
  return Object.hasOwn(simple, one.what) ? simple[one.what]() : null;
}

function declaredWarnings(results) {
  const order = (a, b) => byCodePoint(a.what, b.what) || byCodePoint(a.post, b.post) || a.count - b.count;
  return [...results.facts.declared].sort(order).flatMap((one) => {
    const params = { what: one.what, post: one.post, declared: String(one.count) };
    const found = actual(results, one);
    if (found === null) return [new Reason("declared_unknown", params)];
    return found === one.count ? [] : [new Reason("declared_differs", { ...params, found: String(found) })];
  });
}

function roundWarnings(results) {
  return [...results.course.sets].flatMap(([round, sets]) =>
    [...sets].flatMap(([post, set]) =>
      set.warnings.map((warning) => new Reason(warning.code, { ...warning.params, round, post })),
    ),
  );
}

function twice(results) {
  const seen = count([...results.facts.entries.values()].map((e) => JSON.stringify([e.candidate, e.post])));
  return [...seen]
    .filter(([, number]) => number > 1)
    .map(([key]) => JSON.parse(key))
    .sort(([a, p], [b, q]) => byCodePoint(a, b) || byCodePoint(p, q))
    .map(([candidate, post]) => new Reason("entered_twice", { candidate, post }));
}

// Everything, as `venue-app compute` writes it.
export function resultsPlain(results) {
  const { scheme, facts } = results;
  const named = (ids, make) => Object.fromEntries(inOrder(ids).map((id) => [id, make(id)]));
  const warnings = [
    ...results.opening.warnings,
    ...twice(results),
    ...ballotWarnings(results.context),
    ...roundWarnings(results),
    ...declaredWarnings(results),
  ];
  const wider = scheme.rounds.filter((rule) => rule.within !== "post");
  return {
    format: 1,
    scheme: { id: scheme.id, digest: scheme.digest },
    entries: named(facts.entries.keys(), (id) => entryResult(results, facts.entries.get(id))),
    posts: named(facts.posts.keys(), (id) => postResult(results, facts.posts.get(id))),
    sets: Object.fromEntries(
      wider.map((rule) => [
        rule.id,
        Object.fromEntries([...results.course.sets.get(rule.id)].map(([where, set]) => [where, setResult(set)])),
      ]),
    ),
    people: new Set([...facts.entries.values()].map((entry) => entry.candidate)).size,
    warnings: warnings.map(plain),
  };
}

