// Ed25519 (RFC 8032) and ECDSA on P-256 (FIPS 186-5): verification, by the browser where it can, else here.

import { hex, fromHex, joined } from "./bytes.js";
import { sha256, sha512 } from "./sha.js";

const mod = (a, m) => {
  const rest = a % m;
  return rest < 0n ? rest + m : rest;
};

function inverse(a, m) {
  let [x, y, u, v] = [mod(a, m), m, 1n, 0n];
  while (x) {
    const times = y / x;
    [x, y, u, v] = [y - times * x, x, v - times * u, u];
  }
  return mod(v, m);
}

function power(base, exponent, m) {
  let [result, square] = [1n, mod(base, m)];
  for (; exponent; exponent >>= 1n) {
    if (exponent & 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
}

const big = (bytes) => (bytes.length ? BigInt(`0x${hex(bytes)}`) : 0n);
const little = (bytes) => big([...bytes].reverse());

// All j·16^i of a point, so that a multiple of it is 64 additions. A station's key is asked about many times.
const tables = new Map();

function table(name, add, none, point) {
  if (!tables.has(name)) {
    const rows = [];
    for (let i = 0; i < 64; i++) {
      const row = [none];
      for (let j = 1; j < 16; j++) row.push(add(row[j - 1], point));
      rows.push(row);
      point = add(row[15], point);
    }
    tables.set(name, rows);
  }
  return tables.get(name);
}

function multiple(add, start, number, rows) {
  const digits = number.toString(16);
  let total = start;
  for (let i = 0; i < digits.length; i++) {
    const digit = parseInt(digits[digits.length - 1 - i], 16);
    if (digit) total = add(total, rows[i][digit]);
  }
  return total;
}

// --- Ed25519 ---------------------------------------------------------------------------------------------
const P = (1n << 255n) - 19n;
const L = (1n << 252n) + 27742317777372353535851937790883648493n;
const D = mod(-121665n * inverse(121666n, P), P);
const I = power(2n, (P - 1n) / 4n, P);

function addEdwards([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2), P);
  const b = mod((y1 + x1) * (y2 + x2), P);
  const c = mod(2n * t1 * D * t2, P);
  const d = mod(2n * z1 * z2, P);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f, P), mod(g * h, P), mod(f * g, P), mod(e * h, P)];
}

function edwardsPoint(bytes) {
  const whole = little(bytes);
  const [y, odd] = [whole & ((1n << 255n) - 1n), whole >> 255n];
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n, P), mod(D * y * y + 1n, P)];
  let x = mod(u * power(v, 3n, P) * power(u * power(v, 7n, P), (P - 5n) / 8n, P), P);
  if (mod(v * x * x - u, P)) x = (x * I) % P;
  if (mod(v * x * x - u, P) || (!x && odd)) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, (x * y) % P];
}

const edwardsBytes = ([x, y, z]) => {
  const scale = inverse(z, P);
  const whole = mod(y * scale, P) | ((mod(x * scale, P) & 1n) << 255n);
  return fromHex(whole.toString(16).padStart(64, "0")).reverse();
};

const BASE = edwardsPoint(fromHex(`58${"66".repeat(31)}`));

export function ed25519Here(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const [A, s] = [edwardsPoint(key), little(signature.subarray(32))];
  if (A === null || s >= L) return false;
  const k = little(sha512(joined(signature.subarray(0, 32), key, message))) % L;
  const minus = [mod(-A[0], P), A[1], 1n, mod(-A[3], P)];
  const none = [0n, 1n, 1n, 0n];
  const left = multiple(addEdwards, none, s, table("base", addEdwards, none, BASE));
  const R = multiple(addEdwards, left, k, table(hex(key), addEdwards, none, minus));
  return hex(edwardsBytes(R)) === hex(signature.subarray(0, 32));
}

// --- P-256 -----------------------------------------------------------------------------------------------
const F = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const G = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  1n,
];

// Jacobian coordinates; z = 0 is the point at infinity.
function addP256(p, q) {
  if (!p[2]) return q;
  if (!q[2]) return p;
  const [z1, z2] = [(p[2] * p[2]) % F, (q[2] * q[2]) % F];
  const [u1, u2] = [(p[0] * z2) % F, (q[0] * z1) % F];
  const [s1, s2] = [(p[1] * z2 * q[2]) % F, (q[1] * z1 * p[2]) % F];
  if (u1 === u2) return s1 === s2 ? doubleP256(p) : [0n, 1n, 0n];
  const [h, r] = [mod(u2 - u1, F), mod(s2 - s1, F)];
  const h2 = (h * h) % F;
  const h3 = (h2 * h) % F;
  const u = (u1 * h2) % F;
  const x = mod(r * r - h3 - 2n * u, F);
  return [x, mod(r * (u - x) - s1 * h3, F), (h * p[2] * q[2]) % F];
}

function doubleP256([x, y, z]) {
  if (!y) return [0n, 1n, 0n];
  const y2 = (y * y) % F;
  const s = (4n * x * y2) % F;
  const z2 = (z * z) % F;
  const m = mod(3n * (x - z2) * (x + z2), F);
  const nx = mod(m * m - 2n * s, F);
  return [nx, mod(m * (s - nx) - 8n * y2 * y2, F), (2n * y * z) % F];
}

// The uncompressed point, checked to be on the curve; null otherwise.
export function p256Point(bytes) {
  if (bytes.length !== 65 || bytes[0] !== 4) return null;
  const [x, y] = [big(bytes.subarray(1, 33)), big(bytes.subarray(33))];
  return x < F && y < F && mod(y * y - x * x * x + 3n * x - B, F) === 0n ? [x, y, 1n] : null;
}

export function p256Here(key, message, signature) {
  const [point, r, s] = [p256Point(key), big(signature.subarray(0, 32)), big(signature.subarray(32))];
  if (point === null || signature.length !== 64 || !r || !s || r >= N || s >= N) return false;
  const w = inverse(s, N);
  const [u1, u2] = [(big(sha256(message)) * w) % N, (r * w) % N];
  const none = [0n, 1n, 0n];
  const left = multiple(addP256, none, u1, table("G", addP256, none, G));
  const [x, , z] = multiple(addP256, left, u2, table(hex(key), addP256, none, point));
  return z !== 0n && mod(x * inverse(z * z, F), F) % N === r;
}

// --- By the browser --------------------------------------------------------------------------------------
const KINDS = {
  ed25519: { name: "Ed25519", use: { name: "Ed25519" }, here: ed25519Here },
  p256: {
    name: { name: "ECDSA", namedCurve: "P-256" },
    use: { name: "ECDSA", hash: "SHA-256" },
    here: p256Here,
  },
};
const imported = new Map();
let own = false;

// For tests: whether everything is worked out here, as in a browser that lacks the algorithms.
export function alone(on) {
  own = on;
  imported.clear();
}

async function browserKey(kind, key) {
  const subtle = own ? null : globalThis.crypto && globalThis.crypto.subtle;
  if (!subtle) return null;
  try {
    return await subtle.importKey("raw", key, KINDS[kind].name, false, ["verify"]);
  } catch {
    return null;
  }
}

// Whether `key` (raw bytes) signed `message`. Keys that the browser refuses are tried here.
export async function signedBy(kind, key, message, signature) {
  const name = kind + hex(key);
  if (!imported.has(name)) imported.set(name, browserKey(kind, key));
  const ready = await imported.get(name);
  if (ready === null) return KINDS[kind].here(key, message, signature);
  return globalThis.crypto.subtle.verify(KINDS[kind].use, ready, signature, message);
}
