// Rounds: who may be ranked, in what order, who goes on.

import { byCodePoint, inOrder } from "./bytes.js";
import { columnOf } from "./components.js";
import { asNumber, limitsOf, Reason, withinLimits } from "./context.js";
import { ONE, Q, spokenText, toUnits, ZERO } from "./exact.js";
import { pair } from "./facts.js";
import { chooseByQuotas, kindsOf } from "./quotas.js";

const without = (order, gone) =>
  order
    .map((tied) => ({ names: tied.names.filter((name) => !gone.has(name)), open: tied.open }))
    .filter((tied) => tied.names.length);
const namesOf = (order) => order.flatMap((tied) => tied.names);

// --- Gates -----------------------------------------------------------------------------------------------
const SIGNS = ["≥", ">", "≤", "<"];

// Null when the gate is met; else why not. A missing number gives that number's own reason.
function judge(context, gate, row, columns) {
  const column = columns.get(gate.of);
  if (column.values[row] === null) return column.why[row];
  const scale = context.scheme.scaleOf(gate);
  const value = column.values[row].mul(scale);
  const limits = [];
  for (const limit of limitsOf(gate)) {
    const found = context.limit(limit, row, columns);
    if (found === undefined) return columns.get(limit.name).why[row];
    limits.push(found);
  }
  if (withinLimits(value, limits)) return null;
  const wanted = limits.map((limit, i) => limit && `${SIGNS[i]} ${spokenText(limit)}`).filter(Boolean);
  const low = limits[0] || limits[1];
  const printed = column.printed(row);
  const shown = scale.eq(ONE) && !printed.includes("/") ? printed : spokenText(value);
  const params = { of: gate.of, value: shown, wanted: wanted.join(" "), limit: low ? spokenText(low) : "" };
  return new Reason(gate.code, params);
}

// The first gate failed for certain, and the first that cannot be judged yet.
function failed(context, rule, row, columns, extra) {
  let open = null;
  for (const gate of rule.gates) {
    const applies = context.holds(gate.when, row, columns, extra);
    if (applies === false) continue;
    const verdict = judge(context, gate, row, columns);
    if (verdict === null) continue; // met, whether it stands or not
    if (applies === null) {
      open = open || new Reason("condition_open", { component: gate.of });
      continue;
    }
    if (verdict.code === gate.code || verdict.code === "absent") return [verdict, null];
    open = open || verdict;
  }
  return [null, open];
}

// --- Ties ------------------------------------------------------------------------------------------------
// The chain: what each link needs, and a key by which the smaller comes first, null while it is not known.
function linksOf(context, columns, rule) {
  return rule.ties.map((link) => {
    const up = link.direction === "ascending";
    if (link.lot) return { need: "lot", key: (id) => context.facts.lots.get(pair(rule.id, id)) || null };
    if (link.attribute) {
      const key = (id) => {
        const word = context.attribute(context.facts.entries.get(id), link.attribute);
        if (word === null) return null;
        if (link.prefer.length) {
          const place = link.prefer.indexOf(word);
          return Q.int(place < 0 ? link.prefer.length : place);
        }
        const number = asNumber(word);
        return number === null || up ? number : number.neg();
      };
      return { need: link.attribute, key };
    }
    const name = link.by || rule.by;
    let column = columns.get(name);
    if (link.exact || link.places !== null) {
      const component = context.scheme.component(name);
      const own = context.scheme.roundingOf(component).mode;
      const rounding = link.exact
        ? { places: 0, mode: "exact" }
        : { places: link.places, mode: own === "exact" ? "half-up" : own };
      column = columnOf(context, component, columns, rounding);
    }
    const key = (id) => {
      const value = column.values[context.row.get(id)];
      return value === null || up ? value : value.neg();
    };
    return { need: name, key };
  });
}

// Equal entries told apart by the chain as far as it goes.
function split(names, chain) {
  if (names.length < 2) return names.length ? [{ names, open: null }] : [];
  for (const [place, link] of chain.entries()) {
    const keys = new Map(names.map((name) => [name, link.key(name)]));
    if ([...keys.values()].includes(null)) {
      return [{ names: inOrder(names), open: new Reason("tie_needs", { need: link.need }) }];
    }
    const groups = grouped(names, (name) => keys.get(name));
    if (groups.length > 1) return groups.flatMap((group) => split(group, chain.slice(place + 1)));
  }
  return [{ names: inOrder(names), open: null }];
}

// Names by a number of each, in order of the numbers.
function grouped(names, numberOf) {
  const groups = new Map();
  for (const name of names) {
    const number = numberOf(name);
    if (!groups.has(number.key())) groups.set(number.key(), { number, names: [] });
    groups.get(number.key()).names.push(name);
  }
  return [...groups.values()].sort((a, b) => a.number.cmp(b.number)).map((group) => group.names);
}

function ordered(context, columns, rule, names) {
  const column = columns.get(rule.by);
  const number = (name) => {
    const value = column.values[context.row.get(name)];
    return rule.order === "ascending" ? value : value.neg();
  };
  const groups = grouped(names, number);
  const chain = groups.some((group) => group.length > 1) ? linksOf(context, columns, rule) : [];
  return groups.flatMap((group) => split(group, chain));
}

function ranksOf(order, style) {
  const found = new Map();
  order.forEach((tied, place) => {
    const rank = style === "1224" ? found.size + 1 : place + 1;
    for (const name of tied.names) found.set(name, rank);
  });
  return found;
}

// --- One set of entries in a round -----------------------------------------------------------------------
export function reducedPlaces(ratio, count, places) {
  let left = places;
  while (left && ratio.q.mul(Q.int(left)).cmp(Q.int(count)) > 0) left -= 1;
  return left;
}

function sortOut(context, columns, rule, where, names, places) {
  const set = { where, places, out: new Map(), waiting: new Map(), linked: false, tooFew: null };
  const column = columns.get(rule.by);
  const present = [];
  for (const name of names) {
    const row = context.row.get(name);
    const barred = context.facts.barred.get(name);
    const why = column.why[row];
    if (barred && !barred.after) set.out.set(name, new Reason(barred.code, { note: barred.note }));
    else if (column.values[row] !== null) present.push(name);
    else if (why.code === "absent") set.out.set(name, why);
    else set.waiting.set(name, new Reason("not_yet", { ...why.params, missing: why.code }));
  }
  const extra = { competitors: String(present.length + set.waiting.size) };
  for (const name of [...present, ...set.waiting.keys()]) {
    const [gone, open] = failed(context, rule, context.row.get(name), columns, extra);
    if (gone) {
      set.out.set(name, gone);
      set.waiting.delete(name);
    } else if (open && !set.waiting.has(name)) {
      set.waiting.set(name, new Reason("not_yet", { ...open.params, missing: open.code }));
    }
  }
  const order = ordered(context, columns, rule, present);
  set.rank = ranksOf(order, rule.rank_style);
  enoughCompete(rule, set, present.length);
  set.eligible = without(order, new Map([...set.out, ...set.waiting]));
  return set;
}

function enoughCompete(rule, set, competing) {
  const need = rule.entrants;
  if (!need || set.waiting.size || need.below === "keep") return;
  const ratio = need.ratio ? need.ratio.q : ZERO;
  const byRatio = ratio.mul(Q.int(set.places));
  const wanted = byRatio.cmp(Q.int(need.minimum)) > 0 ? byRatio : Q.int(need.minimum);
  if (Q.int(competing).cmp(wanted) >= 0) return;
  if (need.below === "reduce" && need.ratio && competing >= need.minimum) {
    set.places = reducedPlaces(need.ratio, competing, set.places);
    if (set.places) return;
  }
  const params = { count: String(competing), minimum: String(wanted.ceil()) };
  set.tooFew = new Reason(need.below === "wait" ? "too_few_wait" : "post_below_minimum", params);
}

// --- How many, and who -----------------------------------------------------------------------------------
const RATIO = { up: "up", down: "truncate", "half-up": "half-up" };

// How many may go on; null when everybody who meets the gates does.
function limitOf(rule, places, competing) {
  const times = (ratio, number) =>
    Number(toUnits(ratio.q.mul(Q.int(number)), { places: 0, mode: RATIO[rule.ratio_rounding] }));
  for (const row of rule.by_places) {
    if (row.places <= places && places <= (row.places_to === null ? row.places : row.places_to)) {
      return row.count !== null ? row.count : times(row.ratio, places);
    }
  }
  if (rule.count !== null) return rule.count;
  if (rule.share) return times(rule.share, competing);
  return rule.ratio ? times(rule.ratio, places) : null;
}

const taken = (inside, undecided = [], reason = null, warnings = []) => ({ inside, undecided, reason, warnings });

function cutAt(rule, order, limit) {
  const inside = [];
  for (const tied of order) {
    if (limit === null || inside.length + tied.names.length <= limit) {
      inside.push(...tied.names);
      continue;
    }
    if (inside.length >= limit) break;
    if (tied.open) return taken(inside, tied.names, tied.open);
    if (rule.ties_at_cut === "decide") {
      return taken(inside, tied.names, new Reason("tie_undecided", { limit: String(limit) }));
    }
    if (rule.ties_at_cut === "all") inside.push(...tied.names);
    break;
  }
  return taken(inside);
}

// More go forward when the leader is weak or several are close.
function withClose(rule, order, found, valueOf) {
  const { close } = rule;
  if (found.undecided.length || !found.inside.length || found.inside.length >= close.count) return found;
  const [leader, last] = [valueOf(found.inside[0]), valueOf(found.inside[found.inside.length - 1])];
  if (close.leader_below && leader.cmp(close.leader_below.q) >= 0) return found;
  const near = order.filter(
    ({ names: [name] }) =>
      found.inside.includes(name) || !close.margin || last.sub(valueOf(name)).abs().cmp(close.margin.q) <= 0,
  );
  return cutAt(rule, near, close.count);
}

function replacing(context, rule, order, limit) {
  let kept = order;
  if (rule.replace_at_most !== null && limit !== null) {
    const called = new Set(cutAt(rule, order, limit + rule.replace_at_most).inside);
    kept = without(order, new Set(namesOf(order).filter((name) => !called.has(name))));
  }
  const left = [...context.facts.barred].filter(([, barred]) => barred.after === rule.id);
  return without(kept, new Set(left.map(([name]) => name)));
}

// What a body's decision does not keep to: names it was not free to choose, more than there are places for.
function doubts(decided, free, count, limit) {
  const outside = inOrder([...decided].filter((name) => !free.includes(name)));
  const found = outside.map((entry) => new Reason("decided_outside", { entry }));
  if (limit !== null && count > limit) {
    found.push(new Reason("decided_above", { count: String(count), limit: String(limit) }));
  }
  return found;
}

function byDecision(order, limit, decided) {
  const names = namesOf(order);
  if (!decided) return taken([], names, new Reason("undecided"));
  const inside = names.filter((name) => decided.has(name));
  return taken(inside, [], null, doubts(decided, names, inside.length, limit));
}

function take(context, columns, rule, set, gone) {
  const limit = limitOf(rule, set.places, set.rank.size);
  let order = without(set.eligible, gone);
  if (rule.replacement === "next") order = replacing(context, rule, order, limit);
  const decided = context.facts.decided.get(pair(rule.id, set.where));
  if (rule.take === "decided") return { limit, ...byDecision(order, limit, decided) };
  const valueOf = (name) => columns.get(rule.by).values[context.row.get(name)];
  let found;
  if (rule.quotas.length) found = chooseByQuotas(rule, order, limit, kindsOf(context, columns, rule, namesOf(order)));
  else {
    found = cutAt(rule, order, limit);
    if (rule.close) found = withClose(rule, order, found, valueOf);
  }
  if (found.undecided.length && decided) {
    const { undecided, warnings } = found;
    const free = [...found.inside, ...undecided];
    const inside = [...found.inside, ...undecided.filter((name) => decided.has(name))];
    const most = limit === null || !rule.close ? limit : Math.max(limit, rule.close.count);
    found = taken(inside, [], null, [...warnings, ...doubts(decided, free, inside.length, most)]);
  }
  return { limit, ...found };
}

// --- Several posts of one person -------------------------------------------------------------------------
// With one post a person, a set is open while a person in it also stands in an open set.
function link(context, sets) {
  const held = new Map();
  for (const set of sets) {
    for (const name of [...set.waiting.keys(), ...namesOf(set.eligible)]) {
      const who = context.facts.entries.get(name).candidate;
      held.set(who, (held.get(who) || new Set()).add(set));
    }
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const mine of held.values()) {
      if (![...mine].some((set) => set.waiting.size || set.linked)) continue;
      for (const set of mine) {
        if (!set.linked && !set.waiting.size) set.linked = changed = true;
      }
    }
  }
}

// Each person within the number for several posts keeps the preferred one; released places go down the order.
function release(context, columns, rule, sets) {
  const gone = new Map();
  for (;;) {
    const results = new Map(sets.map((set) => [set, take(context, columns, rule, set, gone)]));
    if (!rule.one_post) return { results, gone };
    const held = new Map();
    for (const set of sets) {
      if (set.waiting.size || set.linked || set.tooFew) continue;
      for (const name of results.get(set).inside) {
        const entry = context.facts.entries.get(name);
        held.set(entry.candidate, [...(held.get(entry.candidate) || []), entry]);
      }
    }
    const before = gone.size;
    for (const mine of held.values()) {
      const [kept, ...rest] = mine.sort((a, b) => a.preference - b.preference || byCodePoint(a.id, b.id));
      for (const entry of rest) gone.set(entry.id, kept.post);
    }
    if (gone.size === before) return { results, gone };
  }
}

// --- What a round says -----------------------------------------------------------------------------------
// Why an eligible entry is neither simply in nor simply out; null when it is.
function special(context, rule, set, found, name, gone) {
  if (set.waiting.size || set.linked) {
    return new Reason("not_yet", { missing: set.linked ? "linked" : "others", count: String(set.waiting.size) });
  }
  if (set.tooFew) return set.tooFew;
  const barred = context.facts.barred.get(name);
  if (barred && barred.after === rule.id) return new Reason(barred.code, { note: barred.note });
  if (gone.has(name)) return new Reason("released", { post: gone.get(name) });
  if (!found.undecided.includes(name)) return null;
  const limit = found.limit === null ? "" : String(found.limit);
  return new Reason(found.reason.code, { rank: String(set.rank.get(name)), limit, ...found.reason.params });
}

function wholeOutcome(rule, set, found, passed, open) {
  if (open) {
    const missing = set.linked && !set.waiting.size ? "linked" : "entries";
    return new Reason("not_yet", { missing, count: String(set.waiting.size) });
  }
  if (set.tooFew) return set.tooFew;
  if (found.undecided.length) {
    return new Reason(found.reason.code, { ...found.reason.params, count: String(found.undecided.length) });
  }
  return new Reason(passed.length ? "passed" : "nobody_passed", { count: String(passed.length), round: rule.id });
}

function stand(context, rule, set, found, gone, standings) {
  const open = set.waiting.size > 0 || set.linked;
  const limit = found.limit === null ? "" : String(found.limit);
  const say = (name, outcome, provisional, passed = false) => {
    const rank = set.rank.has(name) ? set.rank.get(name) : null;
    standings.set(name, { rank, outcome, passed, provisional });
  };
  for (const [name, reason] of set.out) say(name, reason, open);
  for (const [name, reason] of set.waiting) say(name, reason, true);
  const inside = new Set(found.inside);
  const passed = [];
  for (const name of namesOf(set.eligible)) {
    const reason = special(context, rule, set, found, name, gone);
    const rank = String(set.rank.get(name));
    if (reason) say(name, reason, open);
    else if (inside.has(name)) {
      say(name, new Reason("passed", { rank, limit, round: rule.id }), false, true);
      passed.push(name);
    } else say(name, new Reason(rule.take === "decided" ? "not_chosen" : "not_in_ratio", { rank, limit }), false);
  }
  return {
    outcome: wholeOutcome(rule, set, found, passed, open),
    passed,
    waiting: [...set.waiting.keys()],
    limit: found.limit,
    places: set.places,
    warnings: open ? [] : found.warnings,
  };
}

function placesOf(context, rule, where, rows, places) {
  const of = (post) => (places.has(post) ? places.get(post) : 1);
  if (rule.within === "post") return of(where);
  const posts = rule.within === "event" ? places.keys() : new Set(rows.map((row) => context.entries[row].post));
  return [...posts].reduce((sum, post) => sum + of(post), 0);
}

// A scheme without rounds only ranks, by the composite.
export function roundsOf(scheme) {
  if (scheme.rounds.length) return scheme.rounds;
  const none = { gates: [], entrants: null, by_places: [], ties: [], quotas: [], close: null, replace_at_most: null };
  const many = { ratio: null, count: null, share: null, one_post: false, replacement: "none" };
  const how = { order: "descending", within: "post", field: "", take: "best", ties_at_cut: "all", rank_style: "1224" };
  return [{ id: "ranking", by: scheme.composite, ...none, ...many, ...how }];
}

// All rounds in order: standings by round and entry, and by round and set.
export function course(context, columns, places) {
  const [entries, sets] = [new Map(), new Map()];
  let before = null;
  for (const rule of roundsOf(context.scheme)) {
    const from = rule.field && rule.field !== "all" ? entries.get(rule.field) : rule.field ? null : before;
    const takesPart = (name) => from === null || (from.has(name) && from.get(name).passed);
    const fields = [];
    for (const [where, rows] of context.rows(rule.within)) {
      const names = rows.map((row) => context.ids[row]).filter(takesPart);
      if (names.length) {
        fields.push(sortOut(context, columns, rule, where, names, placesOf(context, rule, where, rows, places)));
      }
    }
    if (rule.one_post) link(context, fields);
    const { results, gone } = release(context, columns, rule, fields);
    const standings = new Map();
    const whole = fields.map((set) => [set.where, stand(context, rule, set, results.get(set), gone, standings)]);
    entries.set(rule.id, standings);
    sets.set(rule.id, new Map(whole));
    before = standings;
  }
  return { entries, sets };
}

