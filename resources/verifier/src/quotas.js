// Quotas: the best in order, as far as the required numbers allow. Going down the order, an entry is taken when the quotas
// can still be met with those who come after it.

import { byCodePoint } from "./bytes.js";
import { Reason } from "./context.js";

const plainQuotas = (rule) => rule.quotas.filter((quota) => !quota.each);
const eachQuota = (rule) => rule.quotas.find((quota) => quota.each);

// What each entry is to the quotas: its value where each value is limited, and which conditions it meets.
export function kindsOf(context, columns, rule, names) {
  const each = eachQuota(rule);
  return new Map(
    names.map((name) => {
      const row = context.row.get(name);
      const value = (each && context.attribute(context.entries[row], each.each)) || "";
      const meets = plainQuotas(rule).map((quota) => context.holds(quota.when, row, columns) === true);
      return [name, { value, meets, key: JSON.stringify([value, meets]) }];
    }),
  );
}

// Whether so many can be taken from a pool with every quota kept. `need`: least and most by quota, `left` by value.
function possible(slots, need, pool) {
  const kinds = [...pool.values()].filter((one) => one.number > 0);
  kinds.sort((a, b) => byCodePoint(a.kind.value, b.kind.value) || byCodePoint(a.kind.key, b.kind.key));
  const known = new Map();
  const fill = (place, left, least, most, ofValue) => {
    if (place === kinds.length) return left === 0 && least.every((n) => n === 0);
    const key = JSON.stringify([place, left, least, most, ofValue]);
    if (!known.has(key)) known.set(key, tryAll(place, left, least, most, ofValue));
    return known.get(key);
  };
  const tryAll = (place, left, least, most, ofValue) => {
    const { kind, number } = kinds[place];
    const following = place + 1 < kinds.length ? kinds[place + 1].kind.value : null;
    for (let n = Math.min(number, left, Math.max(0, ofValue)); n >= 0; n--) {
      const room = most.map((m, i) => (kind.meets[i] && m !== null ? m - n : m));
      if (room.some((m) => m !== null && m < 0)) continue;
      const still = least.map((m, i) => (kind.meets[i] ? Math.max(0, m - n) : m));
      const rest = following === kind.value ? ofValue - n : following === null ? 0 : need.left(following);
      if (fill(place + 1, left - n, still, room, rest)) return true;
    }
    return false;
  };
  return fill(0, slots, need.least, need.most, kinds.length ? need.left(kinds[0].kind.value) : 0);
}

function needOf(least, most, each, used = new Map()) {
  const left = (value) => (each === null ? Infinity : each - (used.get(value) || 0));
  return {
    least,
    most,
    left: (value) => Math.min(left(value), 1e6),
    after(kind) {
      const more = new Map(used).set(kind.value, (used.get(kind.value) || 0) + 1);
      return needOf(
        least.map((n, i) => (kind.meets[i] ? Math.max(0, n - 1) : n)),
        most.map((n, i) => (kind.meets[i] && n !== null ? n - 1 : n)),
        each,
        more,
      );
    },
    broken: (kind) => left(kind.value) < 0 || most.some((n) => n !== null && n < 0),
  };
}

function poolOf(kinds) {
  const found = new Map();
  for (const kind of kinds) {
    if (!found.has(kind.key)) found.set(kind.key, { kind, number: 0 });
    found.get(kind.key).number += 1;
  }
  return found;
}

// What can be asked for at all: places to fill, and required numbers lowered no further than they must be: the greatest
// first, and when all can be met each gets back, in the order of the plan, what it gave up for nothing.
function reachable(rule, kinds, limit) {
  const quotas = plainQuotas(rule);
  const pool = poolOf(kinds.values());
  const each = eachQuota(rule);
  const most = quotas.map((quota) => quota.at_most);
  const make = (least) => needOf(least, most, each ? each.at_most : null);
  const wanted = quotas.map((quota) => quota.at_least || 0);
  const least = [...wanted];
  let size = Math.min(limit, kinds.size);
  while (size && !possible(size, make(quotas.map(() => 0)), pool)) size -= 1;
  while (!possible(size, make(least), pool)) least[least.indexOf(Math.max(...least))] -= 1;
  wanted.forEach((number, place) => {
    const more = () => least.map((n, i) => (i === place ? n + 1 : n));
    while (least[place] < number && possible(size, make(more()), pool)) least[place] += 1;
  });
  return { asked: make([...least]), size, lowered: wanted.some((number, place) => least[place] < number) };
}

// Whether people of these kinds keep the ceilings, and the floors too where those are asked for.
function kept(rule, floors, chosen) {
  const each = eachQuota(rule);
  const values = new Map();
  for (const kind of chosen) values.set(kind.value, (values.get(kind.value) || 0) + 1);
  if (each && [...values.values()].some((number) => number > each.at_most)) return false;
  return plainQuotas(rule).every((quota, place) => {
    const have = chosen.filter((kind) => kind.meets[place]).length;
    return (quota.at_most === null || have <= quota.at_most) && (!floors || have >= floors[place]);
  });
}

// Of equals those in and those out that could change places with every quota kept.
function tornOf(rule, names, inside, kinds, floors) {
  const torn = new Set();
  const open = names.filter((name) => !inside.includes(name));
  for (const one of names.filter((name) => inside.includes(name))) {
    for (const other of open) {
      const exchanged = inside.map((name) => kinds.get(name === one ? other : name));
      if (kept(rule, floors, exchanged)) torn.add(one).add(other);
    }
  }
  return names.filter((name) => torn.has(name));
}

// Equals of whom only some are in, though others could be in their place: all, none, or it waits.
function settleTies(rule, order, inside, warnings, kinds, floors) {
  const ties = order
    .map((tied) => ({ open: tied.open, names: tornOf(rule, tied.names, inside, kinds, floors) }))
    .filter((tie) => tie.names.length);
  const torn = ties.flatMap((tie) => tie.names);
  const rest = inside.filter((name) => !torn.includes(name));
  const decided = (chosen) => ({ inside: chosen, undecided: [], reason: null, warnings });
  if (!ties.length) return decided(inside);
  const open = ties.find((tie) => tie.open);
  if (!open && rule.ties_at_cut === "none") return decided(rest);
  if (!open && rule.ties_at_cut === "all") {
    const all = order.flatMap((tied) => tied.names).filter((name) => inside.includes(name) || torn.includes(name));
    if (kept(rule, null, all.map((name) => kinds.get(name)))) return decided(all);
  }
  const reason = open ? open.open : new Reason("tie_undecided", { limit: String(inside.length) });
  return { inside: rest, undecided: torn, reason, warnings };
}

export function chooseByQuotas(rule, order, limit, kinds) {
  const names = order.flatMap((tied) => tied.names);
  const { asked, size, lowered } = reachable(rule, kinds, limit === null ? names.length : limit);
  let need = asked;
  const after = poolOf(names.map((name) => kinds.get(name)));
  const inside = [];
  for (const name of names) {
    const kind = kinds.get(name);
    after.get(kind.key).number -= 1;
    const then = need.after(kind);
    if (inside.length < size && !then.broken(kind) && possible(size - inside.length - 1, then, after)) {
      inside.push(name);
      need = then;
    }
  }
  const warnings = [];
  plainQuotas(rule).forEach((quota, place) => {
    const have = inside.filter((name) => kinds.get(name).meets[place]).length;
    if (lowered && quota.at_least !== null && have < quota.at_least) {
      warnings.push(new Reason("quota_unmet", { wanted: String(quota.at_least), found: String(have) }));
    }
  });
  return settleTies(rule, order, inside, warnings, kinds, asked.least);
}
