// The journal: the tree of RFC 6962, checkpoints as C2SP signed notes, entries as canonical JSON.

import { fromBase64, fromUtf8, hex, joined, sameBytes, utf8 } from "./bytes.js";
import { signedBy } from "./curves.js";
import { fromCanonical } from "./json.js";
import { sha256 } from "./sha.js";

export const leafHash = (entry) => sha256(joined([0], entry));
const nodeHash = (left, right) => sha256(joined([1], left, right));

// The tree's roots at every size, by keeping the roots of the full subtrees.
export class Tree {
  constructor(leaves) {
    this.leaves = leaves;
    this.known = new Map();
  }
  root(size = this.leaves.length) {
    return this.part(0, size);
  }
  part(start, size) {
    if (size === 0) return sha256(new Uint8Array());
    if (size === 1) return this.leaves[start];
    const name = `${start}+${size}`;
    if (!this.known.has(name)) {
      let left = 1;
      while (left * 2 < size) left *= 2;
      this.known.set(name, nodeHash(this.part(start, left), this.part(start + left, size - left)));
    }
    return this.known.get(name);
  }
}

export const shortHead = (root) => hex(root).slice(0, 8).toUpperCase().replace(/^(.{4})/, "$1 ");
export const originOf = (event) => `venue-app.journal.v1/${event}`;

const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;

// A checkpoint's size and root when whoever speaks for that size (`keyAt`) signed it for this origin; null otherwise.
export async function checkpointOf(note, origin, keyAt) {
  let text;
  try {
    text = fromUtf8(note);
  } catch {
    return null;
  }
  const end = text.indexOf("\n\n");
  if (end < 0 || !text.endsWith("\n")) return null;
  const said = text.slice(0, end + 1);
  const lines = said.split("\n");
  const signatures = text.slice(end + 2, -1).split("\n");
  if (lines.length !== 4 || lines[0] !== origin || !NUMBER.test(lines[1])) return null;
  const root = fromBase64(lines[2]);
  if (root === null || root.length !== 32) return null;
  const key = keyAt(Number(lines[1]));
  const id = sha256(joined(utf8(`${origin}\n`), [1], key)).subarray(0, 4);
  for (const line of signatures) {
    const found = /^— (\S+) (\S+)$/.exec(line);
    const raw = found && fromBase64(found[2]);
    if (!raw) return null;
    if (found[1] !== origin || !sameBytes(raw.subarray(0, 4), id)) continue;
    const good = raw.length === 68 && (await signedBy("ed25519", key, utf8(said), raw.subarray(4)));
    return good ? { size: Number(lines[1]), root } : null;
  }
  return null;
}

const ENVELOPE = "actor,at,boot,data,kind,mono,seq,sub,v";
const whole = (value) => Number.isSafeInteger(value);
const table = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// An entry's envelope from its exact bytes; null when it is no canonical line with the nine keys.
export function entryOf(bytes) {
  let plain;
  try {
    plain = fromCanonical(fromUtf8(bytes));
  } catch {
    return null;
  }
  if (!plain || Object.keys(plain).join() !== ENVELOPE) return null;
  const { v, seq, at, mono, boot, kind, actor, data, sub } = plain;
  const good =
    v === 1 && [seq, at, mono].every(whole) && typeof boot === "string" && typeof kind === "string" &&
    table(actor) && typeof actor.role === "string" && typeof actor.name === "string" && table(data) &&
    (sub === null || typeof sub === "string"); // prettier-ignore
  return good ? plain : null;
}

export function linesOf(bytes) {
  const found = [];
  let start = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
    found.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return { lines: found, whole: start === bytes.length };
}

// `1234/AB12 CD34`, or the digits alone; null when it is neither.
export function notedHead(words) {
  const found = /^(?:(\d{1,12})[/:·])?((?:[0-9a-f]{4}){2,16})$/.exec(words.replace(/[\s-]/g, "").toLowerCase());
  return found && { size: found[1] === undefined ? null : Number(found[1]), digits: found[2] };
}

// The size at which the journal had the head that somebody noted; null when it never had.
export function sizeOfHead(tree, noted) {
  const sizes =
    noted.size === null ? Array.from(tree.leaves, (_, i) => tree.leaves.length - i) : [noted.size];
  for (const size of sizes) {
    if (size <= tree.leaves.length && hex(tree.root(size)).startsWith(noted.digits)) return size;
  }
  return null;
}
