// A scheme read from its text. What this page does not know stops it: a rule is never silently left out.

import { utf8 } from "./bytes.js";
import { decimalWritten, ends, least, most, ONE, Q, ratioWritten, sumOf, Written, ZERO } from "./exact.js";
import { namesIn, parseFormula } from "./formula.js";
import { COMPONENTS, SCHEME } from "./grammar.js";
import { sha256Hex } from "./sha.js";
import { isTable, parseToml } from "./toml.js";

const LANGUAGES = ["zh-CN", "zh-TW", "en"];

export class NotUnderstood extends Error {}

function fail(path) {
  throw new NotUnderstood(path);
}

function phrase(value, path) {
  if (typeof value === "string") {
    return value ? Object.fromEntries(LANGUAGES.map((name) => [name, value])) : {};
  }
  if (!isTable(value) || Object.values(value).some((words) => typeof words !== "string")) fail(path);
  if (Object.keys(value).some((name) => !LANGUAGES.includes(name))) fail(path);
  return { ...value };
}

function whole(value, path) {
  if (typeof value === "number") return value;
  return value instanceof Written && /^-?\d+$/.test(value.text) ? Number(value.text) : fail(path);
}

function ratio(value, path, orName) {
  if (value instanceof Written) return value;
  if (typeof value !== "string") return fail(path);
  return ratioWritten(value) || (orName ? { name: value } : decimalWritten(value) || fail(path));
}

const KINDS = {
  int: whole,
  ints: (value, path) => (Array.isArray(value) ? value.map((one) => whole(one, path)) : fail(path)),
  number: (value, path) => (typeof value === "string" ? decimalWritten(value) : ratio(value, path)),
  ratio: (value, path) => ratio(value, path, false),
  limit: (value, path) => ratio(value, path, true),
  bool: (value, path) => (typeof value === "boolean" ? value : fail(path)),
  word: (value, path) => (typeof value === "string" ? value : fail(path)),
  words: (value, path) =>
    Array.isArray(value) && value.every((one) => typeof one === "string") ? value : fail(path),
  text: phrase,
  texts: (value, path) => (Array.isArray(value) ? value.map((one) => phrase(one, path)) : fail(path)),
  component: (value, path) =>
    isTable(value) && Object.hasOwn(COMPONENTS, value.kind) ? table(COMPONENTS[value.kind], value, path) : fail(path),
};

function read(kind, value, path) {
  if (typeof kind === "string") return KINDS[kind](value, path);
  if (!Array.isArray(kind)) return table(kind, value, path);
  if (isTable(value)) value = [value]; // one table where a list of one is meant
  if (!Array.isArray(value)) fail(path);
  return value.map((one, place) => read(kind[0], one, `${path}[${place}]`));
}

function table(keys, value, path) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) fail(path);
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(keys, key));
  if (unknown !== undefined) fail(`${path}.${unknown}`);
  const found = {};
  for (const [key, [kind, ...standard]] of Object.entries(keys)) {
    const here = path ? `${path}.${key}` : key;
    if (key in value) found[key] = read(kind, value[key], here);
    else if (!standard.length) fail(here);
    else found[key] = standard[0] === null ? null : read(kind, standard[0], here);
  }
  return found;
}

const BROUGHT_IN = ["imported", "entered", "panel"];
const named = (conditions) =>
  conditions.flatMap((c) => [c.of, ...[c.at_least, c.above, c.at_most, c.below].map((l) => l && l.name)]).filter(Boolean);

// The components that one is made of.
function madeOf(c) {
  if (c.kind === "sum") return c.terms.map((term) => term.of);
  if (c.kind === "formula") return namesIn(c.tree);
  if (c.kind === "case") {
    return [...c.cases.map((one) => one.of), c.otherwise, ...c.cases.flatMap((one) => named(one.when))].filter(Boolean);
  }
  if (c.kind === "bonus") return c.awards.flatMap((award) => named(award.when));
  return "of" in c ? [c.of] : [];
}

const FULL = {
  imported: (_s, c) => c.maximum.q,
  entered: (_s, c) => c.maximum.q,
  attribute: (_s, c) => c.cap && c.cap.q,
  formula: (_s, c) => c.maximum && c.maximum.q,
  best: (_s, c) => c.points.q,
  steps: (_s, c) => c.steps.map((step) => step.value.q).reduce(most),
  grade: (_s, c) => c.grades.map((grade) => grade.points.q).reduce(most),
  sum(scheme, c) {
    const parts = c.terms
      .filter((term) => term.weight.q.cmp(ZERO) >= 0)
      .map((term) => [scheme.full(term.of), term.weight.q]);
    if (parts.some(([full]) => full === null)) return c.cap && c.cap.q;
    const total = sumOf([c.plus.q, ...parts.map(([full, weight]) => full.mul(weight))]).div(c.divide.q);
    return c.cap ? least(total, c.cap.q) : total;
  },
  bonus(_scheme, c) {
    const points = c.awards.map((award) => award.points.q).filter((one) => one.cmp(ZERO) > 0);
    const whole = c.take === "sum" ? sumOf(points) : points.reduce(most, ZERO);
    return c.cap ? least(whole, c.cap.q) : whole;
  },
  case(scheme, c) {
    const parts = [...c.cases.map((one) => one.of), c.otherwise].filter(Boolean).map((name) => scheme.full(name));
    return parts.includes(null) ? null : parts.reduce(most);
  },
  panel(scheme, c) {
    const group = scheme.group(c.group);
    const sheet = sumOf(group.criteria.map((one) => one.maximum.q.mul(one.weight.q)));
    if (group.take !== "sum") return sheet;
    const [high, low] = dropped(trimFor(group.trim, group.seats), group.seats);
    return sheet.mul(Q.int(group.seats - high - low));
  },
  overrun(scheme, c) {
    const bands = scheme.stage(c.stage).penalties;
    return bands.some((band) => band.every_s !== null) ? null : bands.map((band) => band.points.q).reduce(most, ZERO);
  },
  ballot(scheme, c) {
    const ballot = scheme.ballot(c.ballot);
    if (c.measure === "share") return c.points.q;
    if (c.measure === "points") {
      return ballot.grades.length ? ballot.grades.map((grade) => grade.points.q).reduce(most) : null;
    }
    return c.measure === "mean" && ballot.kind === "points" ? ballot.maximum.q : null;
  },
};

// The trim that stands for so many sheets; and how many of the highest and the lowest it drops.
export function trimFor(trims, count) {
  const fit = trims.filter((rule) => count > rule.when_more_than);
  return fit.length ? fit.reduce((a, b) => (b.when_more_than > a.when_more_than ? b : a)) : null;
}

export function dropped(trim, count) {
  if (trim === null || count <= trim.when_more_than) return [0, 0];
  const share = (percent) => Number(Q.int(count).mul(percent.q).div(Q.int(100)).floor());
  return [trim.high + share(trim.high_percent), trim.low + share(trim.low_percent)];
}

class Scheme {
  constructor(text, plain) {
    Object.assign(this, plain);
    this.digest = sha256Hex(utf8(text));
    for (const component of this.components) {
      if (component.kind === "formula") component.tree = parseFormula(component.formula);
      component.madeOf = [...new Set(madeOf(component))];
    }
    this.order = this.sortedOut();
  }
  find(list, id) {
    return this[list].find((one) => one.id === id) || fail(`${list}: ${id}`);
  }
  group(id) {
    return this.find("groups", id);
  }
  component(id) {
    return this.find("components", id);
  }
  stage(id) {
    return this.find("stages", id);
  }
  ballot(id) {
    return this.find("ballots", id);
  }
  // Components so that each comes after those it is made of.
  sortedOut() {
    const [done, under] = [new Set(), new Set()];
    const visit = (component) => {
      if (done.has(component)) return;
      if (under.has(component)) fail(`components: ${component.id}`);
      under.add(component);
      for (const parent of component.madeOf) visit(this.component(parent));
      done.add(component);
    };
    this.components.forEach(visit);
    return [...done];
  }
  roundingOf(component) {
    if (component.rounding) return component.rounding;
    if (component.kind === "panel") return this.group(component.group).rounding || this.rounding;
    return BROUGHT_IN.includes(component.kind) ? { places: 0, mode: "exact" } : this.rounding;
  }
  // Full marks of a component, where they follow from the scheme; else null.
  full(id) {
    const component = this.component(id);
    const make = FULL[component.kind];
    const found = make ? make(this, component) : null;
    return found !== null && ends(found) ? found : null;
  }
  // What a gate's number is multiplied by.
  scaleOf(gate) {
    const full = gate.out_of ? this.full(gate.of) : null;
    return full === null || full.zero ? ONE : gate.out_of.q.div(full);
  }
}

export function readScheme(text) {
  const plain = table(SCHEME, parseToml(text), "");
  if (plain.format !== 1) fail("format");
  return new Scheme(text, plain);
}
