// Components over all entries, one column at a time, each made of the columns before it.

import { ballotValue } from "./ballots.js";
import { asNumber, holderOf, Reason } from "./context.js";
import { cut, fixedText, least, meanOf, most, plainText, Q, rootOf, sorted, sumOf, toUnits, ZERO } from "./exact.js";
import { pair } from "./facts.js";
import { evaluate } from "./formula.js";
import { panelCell, panelResult, totalOf } from "./panel.js";

// One component over all rows: `values` are numbers or null, `why` the reasons, `printed` the texts.
class Column {
  constructor(cells, rounding, given = null) {
    this.rounding = rounding;
    this.given = given;
    this.why = cells.map((cell) => (cell instanceof Reason ? cell : null));
    this.values = cells.map((cell) => (cell instanceof Reason ? null : cut(cell, rounding)));
    this.labels = new Map();
  }
  printed(row) {
    const value = this.values[row];
    if (value === null) return null;
    if (this.given) return this.given[row];
    if (this.rounding.mode === "exact") return plainText(value);
    return fixedText(toUnits(value, this.rounding), this.rounding.places);
  }
}

const hold = (number, cap, floor) => {
  const below = cap ? least(number, cap.q) : number;
  return floor ? most(below, floor.q) : below;
};

const others = (component) => new Reason("others_missing", { component: component.of || component.id });

// By set: the rows that have a number, and whether somebody's is still awaited.
function gathered(context, column, within) {
  const found = new Map();
  for (const [where, rows] of context.sets(within)) {
    const awaited = rows.some(
      (row) =>
        column.values[row] === null &&
        !["absent", "left_out"].includes(column.why[row].code) &&
        !context.settled.has(context.ids[row]),
    );
    found.set(where, { rows: rows.filter((row) => column.values[row] !== null), awaited });
  }
  return found;
}

// Numbers without their extremes; all of them when dropping would leave none.
function trimmed(numbers, high, low) {
  const order = sorted(numbers);
  return order.length <= high + low ? order : order.slice(low, order.length - high);
}

function brought(context, c) {
  return context.entries.map((entry) => {
    const value = context.facts.values.get(pair(holderOf(entry, c.per), c.id));
    return value === undefined ? new Reason("value_missing", { component: c.id }) : value.q;
  });
}

function attribute(context, c) {
  return context.entries.map((entry) => {
    const number = asNumber(context.attribute(entry, c.attribute));
    if (number !== null) return hold(number.mul(c.times.q), c.cap, null);
    return c.missing === "zero" ? ZERO : new Reason("attribute_missing", { attribute: c.attribute });
  });
}

// Points lost for so many seconds over.
export function penalty(stage, seconds) {
  if (seconds <= 0) return ZERO;
  const bands = stage.penalties
    .filter((band) => band.up_to_s !== null)
    .sort((a, b) => a.up_to_s - b.up_to_s || a.points.q.cmp(b.points.q));
  const band = bands.find((one) => seconds <= one.up_to_s) || bands[bands.length - 1];
  const each = stage.penalties
    .filter((one) => one.every_s !== null)
    .map((one) => one.points.q.mul(Q.int(Math.ceil(seconds / one.every_s))));
  return sumOf([band ? band.points.q : ZERO, ...each]);
}

function overrun(context, c) {
  const stage = context.scheme.stage(c.stage);
  return context.entries.map((entry) =>
    penalty(stage, context.facts.overruns.get(pair(holderOf(entry, c.per), c.stage)) || 0),
  );
}

function sum(context, c, done) {
  return context.entries.map((_entry, row) => {
    const columns = c.terms.map((term) => done.get(term.of));
    const reasons = columns.map((column) => column.why[row]).filter(Boolean);
    const bad = reasons.filter((reason) => reason.code !== "left_out");
    if (bad.length) return bad.find((reason) => reason.code === "absent") || bad[0];
    if (reasons.length === columns.length) return new Reason("absent");
    const parts = c.terms
      .map((term, i) => [term, columns[i].values[row]])
      .filter(([, value]) => value !== null)
      .map(([term, value]) => cut(value.mul(term.weight.q), term.rounding));
    return hold(sumOf([c.plus.q, ...parts]).div(c.divide.q), c.cap, c.floor);
  });
}

const valueOrReason = (column, row) => column.values[row] || column.why[row];

function formula(context, c, done) {
  return context.entries.map((_entry, row) => {
    const found = evaluate(c.tree, (name) => valueOrReason(done.get(name), row), Reason);
    return found instanceof Reason ? found : hold(found, c.cap, c.floor);
  });
}

function choice(context, c, done) {
  return context.entries.map((_entry, row) => {
    for (const one of c.cases) {
      const verdict = context.holds(one.when, row, done);
      if (verdict === null) return new Reason("condition_open", { component: c.id });
      if (verdict) return valueOrReason(done.get(one.of), row);
    }
    return c.otherwise ? valueOrReason(done.get(c.otherwise), row) : new Reason("no_case", { component: c.id });
  });
}

function bonus(context, c, done) {
  return context.entries.map((_entry, row) => {
    const points = [ZERO];
    for (const award of c.awards) {
      const verdict = context.holds(award.when, row, done);
      if (verdict === null) return new Reason("condition_open", { component: c.id });
      if (verdict) points.push(award.points.q);
    }
    return hold(c.take === "sum" ? sumOf(points) : points.reduce(most), c.cap, null);
  });
}

function stepOf(c, value) {
  const reached = c.steps.filter((step) => value.cmp(step.at_least.q) >= 0);
  return reached.length ? reached.reduce((a, b) => (b.at_least.q.cmp(a.at_least.q) > 0 ? b : a)) : null;
}

function steps(context, c, done, labels) {
  return context.entries.map((_entry, row) => {
    const found = valueOrReason(done.get(c.of), row);
    if (found instanceof Reason) return found;
    const step = stepOf(c, found);
    if (step && step.title && Object.keys(step.title).length) labels.set(row, step.title);
    return (step ? step.value : c.otherwise).q;
  });
}

function taken(c, numbers, rounding) {
  const kept = trimmed(numbers, c.drop_high, c.drop_low);
  if (c.take === "mean") return meanOf(kept);
  if (c.take === "highest") return kept[kept.length - 1];
  if (c.take === "lowest") return kept[0];
  if (c.take === "sum") return sumOf(kept);
  if (c.take === "count") return Q.int(kept.length);
  if (c.take === "median") {
    const half = kept.length >> 1;
    return kept.length % 2 ? kept[half] : meanOf([kept[half - 1], kept[half]]);
  }
  const centre = meanOf(kept);
  return rootOf(meanOf(kept.map((one) => one.sub(centre).mul(one.sub(centre)))), rounding);
}

function statistic(context, c, done, _labels, rounding) {
  const source = done.get(c.of);
  const cells = context.ids.map(() => others(c));
  const sets = context.sets(c.within);
  for (const [where, { rows, awaited }] of gathered(context, source, c.within)) {
    if (awaited || !rows.length) continue;
    const numbers = rows.map((row) => source.values[row]);
    if (c.take === "rank") {
      for (const row of rows) {
        cells[row] = Q.int(1 + numbers.filter((other) => other.cmp(source.values[row]) > 0).length);
      }
    } else {
      const result = taken(c, numbers, rounding);
      for (const row of sets.get(where)) cells[row] = result;
    }
  }
  return c.take === "rank" ? cells.map((cell, row) => source.why[row] || cell) : cells;
}

function best(context, c, done) {
  const source = done.get(c.of);
  const cells = context.ids.map(() => others(c));
  for (const { rows, awaited } of gathered(context, source, c.within).values()) {
    if (awaited || !rows.length) continue;
    // an empty set has no best; a best of nought divides nothing
    const top = rows.map((row) => source.values[row]).reduce(most);
    for (const row of rows) {
      cells[row] = top.zero ? new Reason("division_by_zero") : source.values[row].div(top).mul(c.points.q);
    }
  }
  return cells.map((cell, row) => source.why[row] || cell);
}

function coefficients(context, c, source) {
  const found = new Map();
  for (const [across, { rows, awaited }] of gathered(context, source, c.across)) {
    if (awaited || !rows.length) continue;
    const rooms = new Map();
    for (const row of rows) {
      const room = context.where(context.entries[row], c.within);
      rooms.set(room, [...(rooms.get(room) || []), source.values[row]]);
    }
    const kept = new Map([...rooms].map(([room, marks]) => [room, trimmed(marks, c.drop_high, c.drop_low)]));
    const means = new Map([...kept].map(([room, marks]) => [room, cut(meanOf(marks), c.means)]));
    const whole = c.overall === "room-means" ? [...means.values()] : [...kept.values()].flat();
    const overall = cut(meanOf(whole), c.means);
    for (const [room, mean] of means) {
      found.set(pair(across, room), mean.zero ? null : cut(overall.div(mean), c.coefficient));
    }
  }
  return found;
}

function balance(context, c, done) {
  const source = done.get(c.of);
  const by = coefficients(context, c, source);
  return context.entries.map((entry, row) => {
    if (source.why[row]) return source.why[row];
    const one = by.get(pair(context.where(entry, c.across), context.where(entry, c.within)));
    if (one === undefined) return others(c);
    return one === null ? new Reason("division_by_zero") : source.values[row].mul(one);
  });
}

// The places with each judge, by row and seat; null while somebody's sheets are awaited.
function seatPlaces(context, c, rows) {
  const group = context.scheme.group(c.group);
  const totals = new Map();
  for (const row of rows) {
    const entry = context.entries[row];
    const found = panelResult(context.facts, group, entry, { places: 0, mode: "exact" });
    const gone = [entry.id, entry.candidate].some((name) => context.facts.absent.has(pair(name, "")));
    if (found.state === "not_yet" && (gone || context.settled.has(entry.id))) continue;
    if (found.state !== "ok") return null;
    totals.set(row, new Map([...found.sheets].map(([seat, marks]) => [seat, totalOf(group, marks)])));
  }
  const places = new Map([...totals.keys()].map((row) => [row, []]));
  for (const [row, given] of totals) {
    for (const [seat, mark] of given) {
      const all = [...totals.values()].filter((other) => other.has(seat)).map((other) => other.get(seat));
      const above = all.filter((other) => other.cmp(mark) > 0).length;
      const level = all.filter((other) => other.eq(mark)).length;
      places.get(row).push(new Q(BigInt(2 * above + level + 1), 2n));
    }
  }
  return places;
}

function places(context, c) {
  const cells = context.ids.map(() => new Reason("absent", { component: c.id }));
  for (const rows of context.sets(c.within).values()) {
    const found = seatPlaces(context, c, rows);
    for (const row of rows) {
      const given = found === null ? null : found.get(row);
      if (found === null) cells[row] = others(c);
      else if (given && given.length) {
        const kept = trimmed(given, c.drop_high, c.drop_low);
        cells[row] = c.take === "sum" ? sumOf(kept) : meanOf(kept);
      }
    }
  }
  return cells;
}

// --- Grades by forced proportions ------------------------------------------------------------------------
const PEOPLE = { down: "truncate", up: "up", "half-up": "half-up" };
const peopleOf = (c, share, count) => Number(toUnits(share.q.mul(Q.int(count)), { places: 0, mode: PEOPLE[c.people] }));

function distribute(c, rows, values) {
  const groups = [];
  for (const row of [...rows].sort((a, b) => values[b].cmp(values[a]))) {
    const last = groups[groups.length - 1];
    if (last && values[last[0]].eq(values[row])) last.push(row);
    else groups.push([row]);
  }
  const lowest = c.grades[c.grades.length - 1];
  const forced = lowest.at_least_share ? peopleOf(c, lowest.at_least_share, rows.length) : 0;
  const bottom = [];
  for (let people = 0; groups.length && people < forced; ) {
    const size = groups[groups.length - 1].length;
    if (c.ties === "up" && people + size > forced) break;
    people += size;
    bottom.push(...groups.pop());
  }
  const room = (grade) =>
    Math.min(
      rows.length,
      grade.share ? peopleOf(c, grade.share, rows.length) : rows.length,
      grade.count === null ? rows.length : grade.count,
    );
  const fits = (grade, used, group) =>
    (!grade.at_least || values[group[0]].cmp(grade.at_least.q) >= 0) &&
    (used + group.length <= room(grade) || (c.ties === "up" && used < room(grade)));
  const found = new Map(bottom.map((row) => [row, lowest]));
  let [place, used] = [0, 0];
  for (const group of groups) {
    while (place < c.grades.length - 1 && !fits(c.grades[place], used, group)) [place, used] = [place + 1, 0];
    used += group.length;
    for (const row of group) found.set(row, c.grades[place]);
  }
  return found;
}

function grade(context, c, done, labels) {
  const source = done.get(c.of);
  const cells = source.why.map((reason) => reason || others(c));
  for (const { rows, awaited } of gathered(context, source, c.within).values()) {
    if (awaited || !rows.length) continue;
    for (const [row, one] of distribute(c, rows, source.values)) {
      cells[row] = one.points.q;
      labels.set(row, one.title);
    }
  }
  return cells;
}

const CELLS = {
  imported: brought, entered: brought, attribute, overrun, sum, formula, case: choice, bonus, steps,
  statistic, best, balance, places, grade,
  panel: (context, c, _done, _labels, rounding) =>
    context.entries.map((entry) => panelCell(context, c, entry, rounding)),
  ballot: (context, c) => context.entries.map((entry) => ballotValue(context, c, entry)),
}; // prettier-ignore

// 缺考, by the component's own rule: nothing, zero, or left out of sums.
function absences(context, c, column) {
  const { absent } = context.facts;
  if (!absent.size || c.madeOf.length) return;
  context.entries.forEach((entry, row) => {
    const names = [entry.id, entry.candidate];
    const here = names.some((name) => absent.has(pair(name, c.id)));
    const altogether = column.values[row] === null && names.some((name) => absent.has(pair(name, "")));
    if (!here && !altogether) return;
    const zero = c.absent === "zero";
    column.values[row] = zero ? ZERO : null;
    column.why[row] = zero ? null : new Reason(c.absent === "omit" ? "left_out" : "absent", { component: c.id });
    if (column.given) column.given[row] = zero ? "0" : null;
  });
}

// One component for every row; with `rounding` instead of its own, for ties.
export function columnOf(context, c, done, rounding = context.scheme.roundingOf(c)) {
  const labels = new Map();
  const cells = CELLS[c.kind](context, c, done, labels, rounding);
  const isGiven = ["imported", "entered"].includes(c.kind) && rounding.mode === "exact";
  const given = !isGiven
    ? null
    : context.entries.map((entry) => {
        const value = context.facts.values.get(pair(holderOf(entry, c.per), c.id));
        return value === undefined ? null : value.text;
      });
  const column = new Column(cells, rounding, given);
  column.labels = labels;
  absences(context, c, column);
  return column;
}

export function allColumns(context) {
  const done = new Map();
  for (const component of context.scheme.order) done.set(component.id, columnOf(context, component, done));
  return done;
}

