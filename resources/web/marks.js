// Exact marks: whole numbers of 10^-places, never fractions of a binary kind.

const PLAIN = /^(\d+)(?:\.(\d*))?$/;

// "27.5" with 1 place is 275; null when it is no plain number or does not fit into the places.
export function units(text, places) {
  const found = PLAIN.exec(text);
  if (!found) return null;
  const rest = (found[2] || "").replace(/0+$/, "");
  if (rest.length > places || found[1].length > 9) return null;
  return Number(found[1] + rest.padEnd(places, "0"));
}

// 275 with 1 place is "27.5"; all places are kept.
export function text(number, places) {
  if (places === 0) return String(number);
  const digits = String(number).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function decimals(number) {
  const found = PLAIN.exec(number);
  return found ? (found[2] || "").length : 0;
}

// A criterion of the welcome message with its numbers as units.
export function scale(criterion, places) {
  return {
    id: criterion.id,
    title: criterion.title,
    look_for: criterion.look_for,
    low: units(criterion.minimum, places),
    high: units(criterion.maximum, places),
    step: units(criterion.step, places),
    places,
    weight: criterion.weight,
    shown: { low: criterion.minimum, high: criterion.maximum, step: criterion.step },
    bands: criterion.bands
      .map((band) => ({
        title: band.title,
        low: units(band.low, places),
        high: units(band.high, places),
        shown: { low: band.low, high: band.high },
      }))
      .sort((a, b) => a.low - b.low),
  };
}

// The nearest mark that may be given.
export function nearest(scale, number, every = 1) {
  const step = scale.step * every;
  const up = Math.round((number - scale.low) / step) * step + scale.low;
  const top = scale.low + Math.floor((scale.high - scale.low) / scale.step) * scale.step;
  return Math.min(top, Math.max(scale.low, up));
}

// Why a typed mark cannot stand: null, or the key and parameters of the sentence.
export function fault(scale, typed) {
  const number = units(typed, 6);
  if (typed === "" || number === null) return { key: "keypad.empty", params: {} };
  const wide = 10 ** (6 - scale.places);
  if (number > scale.high * wide) return { key: "keypad.above", params: { high: scale.shown.high } };
  if (number < scale.low * wide) return { key: "keypad.below", params: { low: scale.shown.low } };
  if ((number - scale.low * wide) % (scale.step * wide)) {
    return { key: "keypad.step", params: { step: scale.shown.step, mark: typed } };
  }
  return null;
}

export function band(scale, number) {
  return scale.bands.find((b) => number >= b.low && number <= b.high) || null;
}

// The sum of marks times weights as exact text. `marks` maps criterion to units; what is not marked counts nothing.
export function total(scales, marks) {
  const places = scales.length ? scales[0].places : 0;
  const more = Math.max(0, ...scales.map((s) => decimals(s.weight)));
  const sum = scales.reduce((all, s) => all + (marks[s.id] ?? 0) * units(s.weight, more), 0);
  return text(sum, places + more);
}

// Whether exact text `a` is less than `b`.
export function less(a, b) {
  const places = Math.max(decimals(a), decimals(b));
  return units(a, places) < units(b, places);
}
