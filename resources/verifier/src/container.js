// The ZIP file of a bundle, of which every byte is decided: taken apart, and written again to compare.

import { byCodePoint, firstDifference, fromUtf8, joined, utf8 } from "./bytes.js";
import { crc32 } from "./sha.js";

const [LOCAL, DIRECTORY, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const MOST = 60000;

function fields(...parts) {
  const out = new DataView(new ArrayBuffer(parts.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, number] of parts) {
    if (size === 2) out.setUint16(at, number, true);
    else out.setUint32(at, number, true);
    at += size;
  }
  return new Uint8Array(out.buffer);
}

const shared = (data, name) => [
  [2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x0021],
  [4, crc32(data)], [4, data.length], [4, data.length], [2, name.length], [2, 0],
]; // prettier-ignore

// The container's bytes, for members by name.
function pack(members) {
  const [parts, directory] = [[], []];
  let at = 0;
  for (const name of [...members.keys()].sort(byCodePoint)) {
    const [data, raw] = [members.get(name), utf8(name)];
    const common = shared(data, raw);
    const where = [[2, 0], [2, 0], [2, 0], [4, 0x81a40000], [4, at]]; // prettier-ignore
    directory.push(fields([4, DIRECTORY], [2, 0x0314], ...common, ...where), raw);
    parts.push(fields([4, LOCAL], ...common), raw, data);
    at += 30 + raw.length + data.length;
  }
  const listed = joined(...directory);
  const count = members.size;
  const end = [[2, 0], [2, 0], [2, count], [2, count], [4, listed.length], [4, at], [2, 0]]; // prettier-ignore
  return joined(...parts, listed, fields([4, END], ...end));
}

export function goodName(name) {
  return (
    utf8(name).length <= 240 &&
    name.normalize("NFC") === name &&
    name.split("/").every((part) => part && !/^[ .]|[ .]$/.test(part)) &&
    // eslint-disable-next-line no-control-regex
    !/[\\:*?"<>|\u0000-\u001f\u007f]/.test(name)
  );
}

// The members as far as they can be read, one after the other from the start; `rest` is where that ends.
function walk(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [members, places] = [new Map(), []];
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === LOCAL && members.size < MOST) {
    const [size, length] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)];
    const start = at + 30 + length;
    let name;
    try {
      name = fromUtf8(bytes.subarray(at + 30, start));
    } catch {
      break;
    }
    if (start + size > bytes.length || members.has(name)) break;
    members.set(name, bytes.subarray(start, start + size));
    places.push([at, name]);
    at = start + size;
  }
  return { members, places, rest: at };
}

// `members` by name, and `wrong`: null, or what is wrong with the container: the first byte `at` which it differs from
// what its members come to, and the member `near` it.
export function unpack(bytes) {
  const { members, places, rest } = walk(bytes);
  const names = [...members.keys()];
  const spelled = new Set(names.map((name) => name.toLowerCase()));
  const bad = names.find((name) => !goodName(name));
  const different = firstDifference(bytes, pack(members));
  const named = places.find(([, name]) => name === bad);
  const unlike = different < 0 && spelled.size < names.length ? 0 : different;
  const at = named === undefined ? unlike : named[0];
  if (at < 0 && members.size) return { members, wrong: null };
  const before = places.filter(([start]) => start <= at).map(([, name]) => name);
  const near = bad || (at >= rest ? "" : before[before.length - 1] || "");
  return { members, wrong: { at, near, size: bytes.length } };
}
