// The draw, recomputed from its list and its seed.

import { inOrder, utf8 } from "./bytes.js";
import { sha256Hex } from "./sha.js";

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const VALUE = /^[A-Za-z0-9._+/-]{1,4096}$/;
const NONCE = /^[0-9a-f]{32,64}$/;

export const listDigest = (text) => sha256Hex(text);
export const commitmentOf = (party, nonce) => sha256Hex(`venue-draw-commit-1,${party},${nonce}`);

// A frozen list taken apart: the rule, items and places by name; null when it is no list of one spelling.
export function readList(text) {
  if (!text.endsWith("\n") || /[^\x20-\x7e\n]/.test(text)) return null;
  const lines = text.slice(0, -1).split("\n");
  if (inOrder(lines).join() !== lines.join()) return null;
  const found = { draw: new Map(), item: new Map(), place: new Map() };
  for (const line of lines) {
    const [kind, name, ...fields] = line.split(",");
    if (!Object.hasOwn(found, kind) || !NAME.test(name) || found[kind].has(name)) return null;
    const own = new Map();
    for (const field of fields) {
      const at = field.indexOf("=");
      if (at < 1 || !NAME.test(field.slice(0, at)) || !VALUE.test(field.slice(at + 1))) return null;
      own.set(field.slice(0, at), field.slice(at + 1));
    }
    if (own.size !== fields.length || inOrder(own.keys()).join() !== [...own.keys()].join()) return null;
    found[kind].set(name, own);
  }
  if (found.draw.size !== 1 || !found.item.size || !found.place.size) return null;
  if ([...found.place.values()].some((own) => !/^[1-9][0-9]{0,3}$/.test(own.get("seats") || ""))) return null;
  const [[purpose, rule]] = found.draw;
  return { purpose, rule, items: found.item, places: found.place };
}

// Names by ascending ticket, equal tickets by name.
function ranker(seed) {
  const tickets = new Map();
  const ticket = (name) => {
    if (!tickets.has(name)) tickets.set(name, sha256Hex(utf8(`${seed},${name}`)));
    return tickets.get(name);
  };
  const before = (a, b) => (ticket(a) < ticket(b) ? -1 : ticket(a) > ticket(b) ? 1 : a < b ? -1 : 1);
  return (names) => [...names].sort(before);
}

const stratumOf = (list, place) => list.places.get(place).get("in") || place;
const seatsIn = (list, place) => Number(list.places.get(place).get("seats"));

// The part of a row that falls to each place, in order of the places.
function inRows(list, rank, make) {
  const [result, rows] = [new Map(), new Map()];
  const everybody = [...list.items.keys()];
  const stratified = everybody.every((name) => list.items.get(name).has("in"));
  for (const place of list.places.keys()) {
    const home = stratified ? stratumOf(list, place) : "";
    if (!rows.has(home)) {
      rows.set(home, make(rank(everybody.filter((name) => (list.items.get(name).get("in") || "") === home))));
    }
    result.set(place, rows.get(home).splice(0, seatsIn(list, place)).flat());
  }
  return result;
}

function blocksOf(list, rank, names) {
  const key = list.rule.get("adjacent");
  const blocks = new Map();
  for (const name of names) {
    const value = list.items.get(name).get(key);
    const block = value === undefined ? name : `${key}=${value}`;
    blocks.set(block, [...(blocks.get(block) || []), name]);
  }
  return rank(blocks.keys()).map((block) => blocks.get(block));
}

function keptApart(list, names) {
  const key = list.rule.get("apart");
  const kind = (name) => list.items.get(name).get(key) || `=${name}`;
  const row = [];
  let left = [...names];
  while (left.length) {
    const fits = (name) => {
      const rest = new Map();
      for (const other of left) if (other !== name) rest.set(kind(other), (rest.get(kind(other)) || 0) + 1);
      const room = (value) => left.length - (value === kind(name) ? 1 : 0);
      return (
        (!row.length || kind(row[row.length - 1][0]) !== kind(name)) &&
        [...rest].every(([value, number]) => 2 * number <= room(value))
      );
    };
    const next = left.find(fits);
    if (next === undefined) return [];
    row.push([next]);
    left = left.filter((name) => name !== next);
  }
  return row;
}

// --- Seats with rules ------------------------------------------------------------------------------------
const placeOf = (seat) => seat.slice(0, seat.lastIndexOf("/"));
const numberOf = (seat) => Number(seat.slice(seat.lastIndexOf("/") + 1));

class Board {
  constructor(list) {
    this.list = list;
    const seats = [...list.places.keys()].flatMap((place) =>
      Array.from({ length: seatsIn(list, place) }, (_, i) => `${place}/${i + 1}`),
    );
    this.seats = [...seats.filter((seat) => this.chief(seat)), ...seats.filter((seat) => !this.chief(seat))];
  }
  chief(seat) {
    return numberOf(seat) <= Number(this.list.places.get(placeOf(seat)).get("chiefs") || 0);
  }
  unit(name) {
    const own = this.list.items.get(name);
    return own.get(this.list.rule.get("distinct")) || `=${name}`;
  }
  // Whether an item may take a kind of seat at all, whoever else sits there.
  admits(name, seat) {
    const own = this.list.items.get(name);
    const place = placeOf(seat);
    if (own.has("in") && own.get("in") !== stratumOf(this.list, place)) return false;
    if ((own.get("bar") || "").split("+").includes(place)) return false;
    return this.chief(seat) ? own.has("chief") : own.get("chief") !== "only";
  }
  may(name, seat, taken) {
    if (!this.admits(name, seat)) return false;
    for (const [other, who] of taken) {
      if (who === name || (placeOf(other) === placeOf(seat) && this.unit(who) === this.unit(name))) return false;
    }
    return true;
  }
  // Whether all open seats can be filled: a flow from items through (unit, place) to places.
  possible(taken) {
    const open = this.seats.filter((seat) => !taken.has(seat));
    const kinds = new Map(open.map((seat) => [`${placeOf(seat)}/${this.chief(seat)}`, seat]));
    const flow = new Map();
    const edge = (from, to, add) => {
      if (!flow.has(from)) flow.set(from, new Map());
      flow.get(from).set(to, add ? (flow.get(from).get(to) || 0) + 1 : 1);
    };
    for (const seat of open) edge(`p ${placeOf(seat)}`, "end", true);
    for (const seat of kinds.values()) {
      for (const name of this.list.items.keys()) {
        if (!this.may(name, seat, taken)) continue;
        const gate = `g ${this.unit(name)} ${placeOf(seat)}`;
        edge("start", `i ${name}`);
        edge(`i ${name}`, gate);
        edge(gate, `p ${placeOf(seat)}`);
      }
    }
    const push = (node, seen) => {
      seen.add(node);
      for (const [onward, room] of [...(flow.get(node) || [])]) {
        if (room < 1 || seen.has(onward)) continue;
        if (onward !== "end" && !push(onward, seen)) continue;
        flow.get(node).set(onward, flow.get(node).get(onward) - 1);
        if (!flow.has(onward)) flow.set(onward, new Map());
        flow.get(onward).set(node, (flow.get(onward).get(node) || 0) + 1);
        return true;
      }
      return false;
    };
    return open.every(() => push("start", new Set()));
  }
  search(taken, ranked) {
    const seat = this.seats.find((one) => !taken.has(one));
    if (seat === undefined) return taken;
    for (const name of ranked) {
      if (!this.may(name, seat, taken)) continue;
      const more = new Map(taken).set(seat, name);
      const found = this.possible(more) && this.search(more, ranked);
      if (found) return found;
    }
    return null;
  }
}

function bySeats(list, rank) {
  const board = new Board(list);
  const kept = new Map([...list.items].filter(([, own]) => own.has("keep")).map(([name, own]) => [own.get("keep"), name]));
  const found = board.search(kept, rank(list.items.keys()));
  if (!found) return null;
  const row = (place) => Array.from({ length: seatsIn(list, place) }, (_, i) => found.get(`${place}/${i + 1}`));
  return new Map([...list.places.keys()].map((place) => [place, row(place)]));
}

function plainly(list, rank) {
  const [result, used] = [new Map(), new Set()];
  for (const place of list.places.keys()) {
    const home = stratumOf(list, place);
    const may = [...list.items].filter(([, own]) => (own.get("in") || home) === home).map(([name]) => name);
    const row = rank(may).filter((name) => !used.has(name)).slice(0, seatsIn(list, place)); // prettier-ignore
    result.set(place, row);
    for (const name of row) used.add(name);
  }
  return result;
}

// What a seed gives: place → items in order of seats, and the reserve; null when the list cannot be filled.
export function drawn(list, seed) {
  const rank = ranker(seed);
  const { rule, items } = list;
  const own = [...items.values()];
  const strata = own.filter((one) => one.has("in")).length;
  const special = ["bar", "keep", "chief"].some((key) => own.some((one) => one.has(key)));
  let result;
  if (rule.has("adjacent")) result = inRows(list, rank, (names) => blocksOf(list, rank, names));
  else if (rule.has("apart")) result = inRows(list, rank, (names) => keptApart(list, names));
  else if (special || rule.has("distinct") || (strata > 0 && strata < own.length)) result = bySeats(list, rank);
  else result = plainly(list, rank);
  if (!result) return null;
  const used = new Set([...result.values()].flat());
  return { result, reserve: rank([...items.keys()].filter((name) => !used.has(name))) };
}

// Whether a contribution is what its commitment promised.
export function contributionFits({ party, commitment, nonce, opened }) {
  if (opened === "void") return nonce === "" && /^[0-9a-f]{64}$/.test(commitment);
  return ["revealed", "envelope"].includes(opened) && NONCE.test(nonce) && commitmentOf(party, nonce) === commitment;
}

export function seedOf(event, digest, shown, parts) {
  const texts = inOrder(parts.map((part) => `${part.party}=${part.nonce || "void"}`));
  return ["venue-draw-2", event, digest, shown, ...texts].join(",");
}

// A typed result: everybody of the list once, in a place that may be theirs, as many as there are seats.
export function typedFits(list, result, reserve) {
  const names = [...Object.values(result).flat(), ...reserve];
  if (inOrder(names).join() !== [...list.items.keys()].join()) return false;
  const places = Object.keys(result);
  if (inOrder(places).join() !== [...list.places.keys()].join()) return false;
  return places.every((place) =>
    result[place].every((name) => (list.items.get(name).get("in") || stratumOf(list, place)) === stratumOf(list, place)),
  );
}

// What stands after the changes, one after the other; null when one of them is not allowed.
export function standing(list, result, reserve, changes) {
  const now = new Map([...result].map(([place, names]) => [place, [...names]]));
  let left = [...reserve];
  const board = new Board(list);
  for (const change of changes) {
    const place = [...now.keys()].find((one) => now.get(one).includes(change.id));
    const at = place === undefined ? -1 : now.get(place).indexOf(change.id);
    if (change.change === "late") {
      const known = place !== undefined || list.items.has(change.id);
      if (list.rule.get("late") !== "last" || known || !now.has(change.place)) return null;
      now.get(change.place).push(change.id);
    } else if (change.change === "replace") {
      if (at < 0) return null;
      const others = now.get(place).filter((name, i) => name !== null && i !== at && list.items.has(name));
      const taken = new Map(others.map((name, i) => [`${place}/other${i}`, name]));
      const next = left.find((name) => board.may(name, `${place}/${at + 1}`, taken));
      if (next === undefined) return null;
      now.get(place)[at] = next;
      left = left.filter((name) => name !== next);
    } else if (change.change === "withdrawn" || list.rule.get("absent") === "out") {
      if (at >= 0) now.get(place)[at] = null;
      else if (left.includes(change.id)) left = left.filter((name) => name !== change.id);
      else return null;
    } else return null;
  }
  return { result: now, reserve: left };
}
