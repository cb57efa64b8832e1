// The code on a page: base45, COSE_Sign1, CBOR in its one spelling.

import { fromBase45, fromUtf8, hex, joined, sameBytes, utf8 } from "./bytes.js";
import { signedBy } from "./curves.js";
import { sha256 } from "./sha.js";

export const PREFIX = "VA1:";
const DOMAIN = utf8("venue-app.page.v1");
const MOST_TEXT = 4296;

class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

// CBOR of the kinds a page needs, deterministic encoding only; throws for anything else.
function readCbor(bytes) {
  let at = 0;
  const fail = () => {
    throw new SyntaxError("CBOR");
  };
  const take = (count) => (at + count <= bytes.length ? bytes.subarray(at, (at += count)) : fail());
  const head = () => {
    const [first] = take(1);
    const [major, low] = [first >> 5, first & 31];
    if (low < 24) return [major, low];
    const size = [1, 2, 4, 8][low - 24] || fail();
    const number = take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    const shortest = size === 1 ? number >= 24 : number >= 256 ** (size / 2);
    return shortest && Number.isSafeInteger(number) ? [major, number] : fail();
  };
  const value = (deep) => {
    const [major, number] = deep < 8 ? head() : fail();
    if (major === 0) return number;
    if (major === 1) return -1 - number;
    if (major === 2) return take(number);
    if (major === 3) return fromUtf8(take(number));
    if (major === 4) return Array.from({ length: Math.min(number, bytes.length) }, () => value(deep + 1));
    if (major === 6) return new Tagged(number, value(deep + 1));
    if (major !== 5) return fail();
    const map = new Map();
    let last = null;
    for (let i = 0; i < number; i++) {
      const start = at;
      const key = value(deep + 1);
      const raw = hex(bytes.subarray(start, at));
      if (last !== null && raw <= last) fail();
      last = raw;
      map.set(key, value(deep + 1));
    }
    return map;
  };
  const whole = value(0);
  return at === bytes.length ? whole : fail();
}

function cborHead(major, number) {
  if (number < 24) return [(major << 5) | number];
  if (number < 256) return [(major << 5) | 24, number];
  return [(major << 5) | 25, number >> 8, number & 255];
}

const cborBytes = (data) => joined(cborHead(2, data.length), data);
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const isText = (value) => typeof value === "string";
const isDigest = (value) => value instanceof Uint8Array && value.length === 32;

function statementOf(payload) {
  const map = readCbor(payload);
  if (!(map instanceof Map) || [...map.keys()].join() !== "1,2,3,4,5,6,7,8,9,10,11,12") return null;
  const [version, event, form, serial, page, pages, digest, numbers, size, root, at, mode] = map.values();
  const id = event instanceof Uint8Array && event.length === 16 ? hex(event) : event;
  const good =
    version === 1 && isText(id) && (event !== id || !/^[0-9a-f]{32}$/.test(id)) &&
    [form, serial].every(isText) && [page, pages, size, at, mode].every(isWhole) && mode <= 1 &&
    [digest, root].every(isDigest) && page >= 1 && page <= pages &&
    Array.isArray(numbers) && numbers.length % 2 === 0 && numbers.every(isText); // prettier-ignore
  if (!good) return null;
  const figures = [];
  for (let i = 0; i < numbers.length; i += 2) figures.push([numbers[i], numbers[i + 1]]);
  return { event: id, form, serial, page, pages, digest, figures, size, root, at, official: mode === 1 };
}

// What a code's text says, and the parts of its signature; null when it is no code of a page.
export function readPage(text) {
  if (text.length > MOST_TEXT || !text.startsWith(PREFIX)) return null;
  const bytes = fromBase45(text.slice(PREFIX.length));
  if (bytes === null) return null;
  try {
    const message = readCbor(bytes);
    if (!(message instanceof Tagged) || message.tag !== 18 || message.value.length !== 4) return null;
    const [protectedBytes, open, payload, signature] = message.value;
    const header = readCbor(protectedBytes);
    const keyId = header.get(4);
    const good =
      header.size === 2 && header.get(1) === -8 && keyId instanceof Uint8Array &&
      open instanceof Map && open.size === 0 && signature.length === 64; // prettier-ignore
    const statement = good && statementOf(payload);
    return statement ? { statement, keyId, protectedBytes, payload, signature } : null;
  } catch {
    return null;
  }
}

// Whether this key signed the page: true, false, or null when the page names another key.
export async function pageSigned(page, key) {
  if (!sameBytes(page.keyId, sha256(key).subarray(0, 8))) return null;
  const name = utf8("Signature1");
  const said = joined(
    [0x84],
    cborHead(3, name.length),
    name,
    cborBytes(page.protectedBytes),
    cborBytes(DOMAIN),
    cborBytes(page.payload),
  );
  return signedBy("ed25519", key, said, page.signature);
}
