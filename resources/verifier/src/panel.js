// A panel's result: who counts, who is dropped, the mean.

import { holderOf, Reason } from "./context.js";
import { cut, meanOf, ONE, Q, sorted, sumOf } from "./exact.js";
import { pair } from "./facts.js";
import { dropped, trimFor } from "./scheme.js";

export const EXACT = { places: 0, mode: "exact" };
const NONE = new Map();

export function seatsOf(facts, group, entry) {
  const where = { room: entry.room, post: entry.post, event: "" }[group.scope];
  const seats = facts.panels.get(pair(group.id, where));
  return seats && seats.length ? seats : Array.from({ length: group.seats }, (_, i) => i + 1);
}

const weighted = (group, marks) => sumOf(group.criteria.map((c, i) => marks[i].mul(c.weight.q)));

// A sheet's total, cut as the group states.
export const totalOf = (group, marks) => cut(weighted(group, marks), group.total_rounding);

function middle(take, kept) {
  if (take === "sum") return sumOf(kept);
  if (take === "mean") return meanOf(kept);
  const half = kept.length >> 1;
  return kept.length % 2 ? kept[half] : meanOf([kept[half - 1], kept[half]]);
}

// Seats whose total lies too far from the middle of all.
function voided(group, sheets) {
  const rule = group.discard;
  if (!rule || !sheets.size) return new Set();
  const totals = new Map([...sheets].map(([seat, marks]) => [seat, totalOf(group, marks)]));
  const centre = middle(rule.of === "mean" ? "mean" : "median", sorted(totals.values()));
  const allowed = rule.beyond.q.mul(rule.percent ? centre.div(Q.int(100)) : ONE);
  return new Set([...totals].filter(([, total]) => total.sub(centre).abs().cmp(allowed) > 0).map(([seat]) => seat));
}

function outcome(group, sheets, rounding) {
  const trim = trimFor(group.trim, sheets.length);
  const [high, low] = dropped(trim, sheets.length);
  const kept = (numbers) => middle(group.take, sorted(numbers).slice(low, sheets.length - high));
  if (trim === null || trim.on === "totals") {
    return cut(kept(sheets.map((marks) => totalOf(group, marks))), rounding);
  }
  const parts = group.criteria.map((criterion, i) =>
    cut(kept(sheets.map((marks) => marks[i])), group.criterion_rounding).mul(criterion.weight.q),
  );
  return cut(sumOf(parts), rounding);
}

// `state`: ok, not_yet, below_minimum; with the value where there is one.
export function panelResult(facts, group, entry, rounding) {
  const key = pair(holderOf(entry, group.per), group.id);
  const [sheets, out] = [facts.sheets.get(key) || NONE, facts.out.get(key) || NONE];
  const missing = seatsOf(facts, group, entry).filter((seat) => !sheets.has(seat) && !out.has(seat)).length;
  if (missing) return { state: "not_yet", sheets, missing };
  const void_ = voided(group, sheets);
  const counted = [...sheets].filter(([seat]) => !void_.has(seat)).map(([, marks]) => marks);
  const [high, low] = dropped(trimFor(group.trim, counted.length), counted.length);
  const enough = counted.length >= group.minimum || facts.accepted.has(key);
  if (!enough || counted.length <= high + low) return { state: "below_minimum", sheets, counted: counted.length };
  return { state: "ok", sheets, value: outcome(group, counted, rounding) };
}

export function panelCell(context, component, entry, rounding) {
  const group = context.scheme.group(component.group);
  const found = panelResult(context.facts, group, entry, rounding);
  const params = { group: group.id };
  if (found.state === "not_yet") return new Reason("sheets_missing", { ...params, count: String(found.missing) });
  if (found.state === "ok") return found.value;
  return new Reason("below_minimum", { ...params, count: String(found.counted), minimum: String(group.minimum) });
}
