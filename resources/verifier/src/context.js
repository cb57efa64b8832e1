// What every rule may ask: who is ranked, where an entry belongs, its attributes, whether conditions hold.

import { inOrder } from "./bytes.js";
import { decimalWritten } from "./exact.js";

// Why there is no number, or what came of somebody: a code with parameters, all of them texts.
export class Reason {
  constructor(code, params = {}) {
    this.code = code;
    this.params = params;
  }
}

// A word as a number, where it is one: `12`, `-3.5`; a date 1985-03-02 as 19850302.
export function asNumber(word) {
  if (word === null) return null;
  if (/^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$/.test(word)) return decimalWritten(word.replace(/-/g, "").padEnd(8, "0")).q;
  return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(word) ? decimalWritten(word).q : null;
}

export const holderOf = (entry, per) => (per === "person" ? entry.candidate : entry.id);

export function withinLimits(number, [least, above, most, below]) {
  return !(
    (least && number.cmp(least) < 0) ||
    (above && number.cmp(above) <= 0) ||
    (most && number.cmp(most) > 0) ||
    (below && number.cmp(below) >= 0)
  );
}

export const limitsOf = (test) => [test.at_least, test.above, test.at_most, test.below];

export class Context {
  // `settled`: entries that a round has left behind for certain; nobody waits for their numbers.
  constructor(scheme, facts, ids, settled) {
    Object.assign(this, { scheme, facts, ids, settled });
    this.row = new Map(ids.map((id, index) => [id, index]));
    this.entries = ids.map((id) => facts.entries.get(id));
    this.entered = count([...facts.entries.values()].map((entry) => entry.post));
    this.competing = count(this.entries.filter((entry) => !this.outAtOnce(entry.id)).map((entry) => entry.post));
    this.made = new Map();
    this.boxes = new Map(); // counted, by ballot, set and class
  }
  outAtOnce(id) {
    const barred = this.facts.barred.get(id);
    return barred !== undefined && !barred.after;
  }
  // The name of the set an entry belongs to.
  where(entry, within) {
    if (within === "event") return "";
    return this.own(entry, within) || "";
  }
  // An attribute that does not depend on other entries; null when nobody states it.
  own(entry, key) {
    const post = this.facts.posts.get(entry.post);
    const built = { post: entry.post, candidate: entry.candidate, room: entry.room, session: entry.session };
    if (Object.hasOwn(built, key)) return built[key];
    if (key === "preference") return String(entry.preference);
    if (key === "places") return String(post ? post.places : 1);
    for (const source of [entry, this.facts.candidates.get(entry.candidate), post]) {
      if (source && source.attributes.has(key)) return source.attributes.get(key);
    }
    return null;
  }
  attribute(entry, key) {
    if (key === "entries") return String(this.entered.get(entry.post) || 0);
    if (key === "competitors") return String(this.competing.get(entry.post) || 0);
    return this.own(entry, key);
  }
  // Rows by set, everybody.
  rows(within) {
    if (!this.made.has(within)) {
      const found = new Map();
      this.entries.forEach((entry, index) => {
        const where = this.where(entry, within);
        if (!found.has(where)) found.set(where, []);
        found.get(where).push(index);
      });
      this.made.set(within, new Map(inOrder(found.keys()).map((where) => [where, found.get(where)])));
    }
    return this.made.get(within);
  }
  // Rows by set, without those taken out at once.
  sets(within) {
    const found = new Map();
    for (const [where, rows] of this.rows(within)) {
      const kept = rows.filter((row) => !this.outAtOnce(this.ids[row]));
      if (kept.length) found.set(where, kept);
    }
    return found;
  }
  // A limit as a number: the number itself, or what a component comes to for this row. Null: no limit; undefined: no value yet.
  limit(limit, row, done) {
    if (limit === null) return null;
    return limit.name === undefined ? limit.q : done.get(limit.name).values[row] || undefined;
  }
  // Whether all conditions hold for a row; null while a component they need has no value.
  holds(conditions, row, done, extra = {}) {
    let verdict = true;
    for (const condition of conditions) {
      const one = this.holdsOne(condition, row, done, extra);
      if (one === false) return false;
      if (one === null) verdict = null;
    }
    return verdict;
  }
  holdsOne(condition, row, done, extra) {
    let [word, number] = [null, null];
    if (condition.of) {
      number = done.get(condition.of).values[row];
      if (condition.present !== null) return (number !== null) === (condition.present !== condition.negate);
      if (number === null) return null;
    } else {
      const key = condition.attribute;
      word = key in extra ? extra[key] : this.attribute(this.entries[row], key);
      number = asNumber(word);
    }
    const limits = limitsOf(condition).map((limit) => this.limit(limit, row, done));
    if (limits.includes(undefined)) return null;
    return meets(condition, word, number, limits) !== condition.negate;
  }
}

function meets(condition, word, number, limits) {
  if (condition.present !== null && (word !== null) !== condition.present) return false;
  if (condition.equals !== null && word !== condition.equals) return false;
  if (condition.any_of.length && !condition.any_of.includes(word)) return false;
  if (limits.every((limit) => limit === null)) return true;
  return number !== null && withinLimits(number, limits);
}

export function count(names) {
  const found = new Map();
  for (const name of names) found.set(name, (found.get(name) || 0) + 1);
  return found;
}
