// This device's own key: made once, kept where no script can take it out, and what it signs.
// docs/formats/station-protocol.md, Signatures.

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const DOMAIN = "venue-sheet-1\n";

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, "0")).join("");
}

function byCodePoint(a, b) {
  const [x, y] = [Array.from(a), Array.from(b)];
  const at = x.findIndex((sign, i) => sign !== y[i]);
  if (at < 0) return x.length - y.length;
  return at < y.length ? x[at].codePointAt(0) - y[at].codePointAt(0) : 1;
}

// A decimal text without needless zeros: 027.50 is 27.5 and 16.0 is 16.
export function plainMark(text) {
  const [whole, part] = text.split(".");
  const short = (part || "").replace(/0+$/, "");
  return (whole.replace(/^0+/, "") || "0") + (short ? `.${short}` : "");
}

export function sheetText(sheet) {
  const marks = {};
  for (const name of Object.keys(sheet.marks).sort(byCodePoint)) marks[name] = plainMark(sheet.marks[name]);
  const { event, lot, room, seat, id } = sheet;
  return DOMAIN + JSON.stringify({ event, lot, marks, room, seat, sheet: id });
}

export class DeviceKey {
  // The key of this browser, made at the first call.
  static async of(store) {
    let pair = await store.kept("key");
    if (!pair) {
      pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
      await store.keep("key", pair);
    }
    return new DeviceKey(pair, `p256:${hex(await crypto.subtle.exportKey("raw", pair.publicKey))}`);
  }

  constructor(pair, shown) {
    this.pair = pair;
    this.shown = shown;
  }

  async sign(sheet) {
    const bytes = new TextEncoder().encode(sheetText(sheet));
    return hex(await crypto.subtle.sign(SIGNING, this.pair.privateKey, bytes));
  }
}
