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

// The members as far as they can be read, one after the other from the start; `rest` is where that ends, `beyond` the member
// that goes on behind the end of a file without its end record.
function walk(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [members, places] = [new Map(), []];
  let at = 0;
  let beyond = "";
  while (at + 30 <= bytes.length && view.getUint32(at, true) === LOCAL && members.size < MOST) {
    const [size, length] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)];
    const start = at + 30 + length;
    let name;
    try {
      name = fromUtf8(bytes.subarray(at + 30, start));
    } catch {
      break;
    }
    if (start + size > bytes.length) beyond = name;
    if (beyond || members.has(name)) break;
    members.set(name, bytes.subarray(start, start + size));
    places.push([at, name]);
    at = start + size;
  }
  const ended = bytes.length >= 22 && view.getUint32(bytes.length - 22, true) === END;
  return { members, places, rest: at, beyond: ended ? "" : beyond };
}

// The names in the directory, as far as they can be read.
function listedNames(bytes, at) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = [];
  while (at + 46 <= bytes.length && view.getUint32(at, true) === DIRECTORY && names.length < MOST) {
    const end = at + 46 + view.getUint16(at + 28, true);
    if (end > bytes.length) break;
    names.push(new TextDecoder().decode(bytes.subarray(at + 46, end)));
    at = end;
  }
  return names;
}

// `members` by name, and `wrong`: null, or what is wrong with the container: the first byte `at` which it differs from
// what its members come to, and the member `near` it; where a member has one name of its own and another in the
// directory, that member.
export function unpack(bytes) {
  const { members, places, rest, beyond } = walk(bytes);
  const names = [...members.keys()];
  const spelled = new Set(names.map((name) => name.toLowerCase()));
  const different = firstDifference(bytes, pack(members));
  const bad = !names.every(goodName) || spelled.size < names.length;
  if (different < 0 && members.size && !bad) return { members, wrong: null };
  const size = bytes.length;
  if (beyond) return { members, wrong: { at: size, near: beyond, size } };
  const listed = listedNames(bytes, rest);
  const renamed = places.findIndex(([, name], i) => listed[i] !== undefined && listed[i] !== name);
  if (renamed >= 0) {
    return { members, wrong: { at: places[renamed][0], near: `${places[renamed][1]} / ${listed[renamed]}`, size } };
  }
  const at = Math.max(different, 0);
  const before = places.filter(([start]) => start <= at).map(([, name]) => name);
  return { members, wrong: { at, near: at >= rest ? "" : before[before.length - 1] || "", size } };
}
