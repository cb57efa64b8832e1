// Exact numbers: rationals on BigInt. No floating-point number is ever made of a mark.

const gcd = (a, b) => {
  while (b) [a, b] = [b, a % b];
  return a;
};

export class Q {
  constructor(n, d = 1n) {
    if (d === 0n) throw new RangeError("division by zero");
    if (d < 0n) [n, d] = [-n, -d];
    if (d !== 1n) {
      const common = gcd(n < 0n ? -n : n, d);
      if (common > 1n) [n, d] = [n / common, d / common];
    }
    this.n = n;
    this.d = d;
  }
  static int(number) {
    return new Q(BigInt(number));
  }
  add(o) {
    return this.d === o.d ? new Q(this.n + o.n, this.d) : new Q(this.n * o.d + o.n * this.d, this.d * o.d);
  }
  sub(o) {
    return this.add(o.neg());
  }
  mul(o) {
    return new Q(this.n * o.n, this.d * o.d);
  }
  div(o) {
    return new Q(this.n * o.d, this.d * o.n);
  }
  neg() {
    return new Q(-this.n, this.d);
  }
  abs() {
    return this.n < 0n ? this.neg() : this;
  }
  cmp(o) {
    const a = this.n * o.d;
    const b = o.n * this.d;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  eq(o) {
    return this.n === o.n && this.d === o.d;
  }
  get zero() {
    return this.n === 0n;
  }
  floor() {
    const whole = this.n / this.d;
    return this.n < 0n && whole * this.d !== this.n ? whole - 1n : whole;
  }
  ceil() {
    return -this.neg().floor();
  }
  key() {
    return `${this.n}/${this.d}`;
  }
}

export const ZERO = new Q(0n);
export const ONE = new Q(1n);
export const sumOf = (numbers) => numbers.reduce((a, b) => a.add(b), ZERO);
export const meanOf = (numbers) => sumOf(numbers).div(Q.int(numbers.length));
export const sorted = (numbers) => [...numbers].sort((a, b) => a.cmp(b));
export const least = (a, b) => (b.cmp(a) < 0 ? b : a);
export const most = (a, b) => (b.cmp(a) > 0 ? b : a);

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;

// A number as somebody wrote it: its value, and its text in plain notation with the zeros that were written.
export class Written {
  constructor(q, text) {
    this.q = q;
    this.text = text;
  }
}

// Decimal notation (`12`, `-3.50`, `1e3`); null for anything else.
export function decimalWritten(words) {
  const found = DECIMAL.exec(words.trim());
  if (found === null || !(found[2] || found[3])) return null;
  const part = found[3] || "";
  const digits = BigInt(found[2] + part);
  const power = Number(found[4] || 0) - part.length;
  const sign = found[1] === "-" ? "-" : "";
  const q = power < 0 ? new Q(digits, 10n ** BigInt(-power)) : new Q(digits * 10n ** BigInt(power));
  const text = power < 0 ? pointed(digits.toString(), -power) : (digits * 10n ** BigInt(power)).toString();
  return new Written(sign ? q.neg() : q, sign + text);
}

// `2/3`, two whole numbers with a stroke between; null for anything else.
export function ratioWritten(words) {
  const found = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(words);
  if (found === null || /^0+$/.test(found[2])) return null;
  const q = new Q(BigInt(found[1]), BigInt(found[2]));
  return new Written(q, fractionText(q));
}

const pointed = (digits, places) => {
  const padded = digits.padStart(places + 1, "0");
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
};

const fractionText = (q) => (q.d === 1n ? `${q.n}` : `${q.n}/${q.d}`);

// A whole number of 10^-places, with its places kept: 8450, 2 is 84.50.
export function fixedText(units, places) {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString();
  return sign + (places ? pointed(digits, places) : digits);
}

// How many decimals hold a number exactly; null when it does not end.
function placesOf(q) {
  let [rest, twos, fives] = [q.d, 0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  return rest === 1n ? Math.max(twos, fives) : null;
}

export const ends = (q) => placesOf(q) !== null;

// With no more decimals than needed; as a fraction when it does not end.
export function plainText(q) {
  const places = placesOf(q);
  return places === null ? fractionText(q) : fixedText((q.n * 10n ** BigInt(places)) / q.d, places);
}

// For people: what does not end is cut after four decimals, and says so.
export function spokenText(q) {
  return ends(q) ? plainText(q) : `${fixedText(toUnits(q, { places: 4, mode: "truncate" }), 4)}…`;
}

// A number cut to `places` decimals, as a whole number of 10^-places. The same for both signs.
export function toUnits(q, { places, mode }) {
  const negative = q.n < 0n;
  const top = (negative ? -q.n : q.n) * 10n ** BigInt(places);
  let whole = top / q.d;
  const rest = top - whole * q.d;
  const half = 2n * rest - q.d;
  if (
    (mode === "half-up" && half >= 0n) ||
    (mode === "half-even" && (half > 0n || (half === 0n && whole % 2n === 1n))) ||
    (mode === "up" && rest > 0n)
  ) {
    whole += 1n;
  }
  return negative ? -whole : whole;
}

export function cut(q, rounding) {
  return rounding.mode === "exact" ? q : new Q(toUnits(q, rounding), 10n ** BigInt(rounding.places));
}

export function wholeRoot(number) {
  if (number < 2n) return number;
  let guess = 1n << BigInt((number.toString(2).length + 1) >> 1);
  for (;;) {
    const better = (guess + number / guess) >> 1n;
    if (better >= guess) return guess;
    guess = better;
  }
}

// The square root, cut at once from the exact number.
export function rootOf(q, rounding) {
  const scale = 10n ** BigInt(rounding.places);
  const top = q.n * scale * scale;
  let root = wholeRoot(top / q.d);
  const twice = (2n * root + 1n) ** 2n * q.d;
  const half = 4n * top - twice;
  if (
    (rounding.mode === "half-up" && half >= 0n) ||
    (rounding.mode === "half-even" && (half > 0n || (half === 0n && root % 2n === 1n))) ||
    (rounding.mode === "up" && root * root * q.d < top)
  ) {
    root += 1n;
  }
  return new Q(root, scale);
}
