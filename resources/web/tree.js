// The journal's hash tree (RFC 6962), kept here by its right edge alone: leaf SHA-256(00 ‖ entry), node SHA-256(01 ‖ left ‖ right).

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function joined(prefix, ...parts) {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const node = (left, right) => sha256(joined(1, left, right));

export class Tree {
  constructor() {
    this.size = 0;
    this.peaks = [];
  }

  async add(text) {
    let hash = await sha256(joined(0, new TextEncoder().encode(text)));
    for (let count = this.size; count % 2; count = (count - 1) / 2) hash = await node(this.peaks.pop(), hash);
    this.peaks.push(hash);
    this.size += 1;
  }

  async root() {
    const peaks = [...this.peaks];
    let hash = peaks.pop() || (await sha256(new Uint8Array()));
    while (peaks.length) hash = await node(peaks.pop(), hash);
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
