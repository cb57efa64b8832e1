// Whose key speaks for which part of the journal: that of the first entry, and after each takeover the new host's.

import { fromHex, utf8 } from "./bytes.js";
import { signedBy } from "./curves.js";
import { canonical } from "./json.js";

const text = (value) => (typeof value === "string" ? value : "");

async function signed(key, domain, plain, signature) {
  const raw = fromHex(text(signature));
  return key !== null && raw !== null && raw.length === 64 && signedBy("ed25519", key, utf8(`${domain}\n${canonical(plain)}`), raw);
}

const keyOf = (keys) => {
  const raw = keys !== null && typeof keys === "object" ? fromHex(text(keys.ed25519)) : null;
  return raw !== null && raw.length === 32 ? raw : null;
};

const fits = (named, { epoch, keys }) => named !== null && named.epoch === epoch && canonical(named.keys) === canonical(keys);

class Hosts {
  constructor(first) {
    this.speakers = [{ epoch: 1, after: 0, key: first, root: null, entry: null }];
    this.wrong = null;
  }
  // The Ed25519 key for the journal of so many entries.
  at(size) {
    return this.speakers.findLast((one) => size > one.after || one.after === 0).key;
  }
  // Whether every takeover was rightly made; null where there is none. `rootAt` is the tree's.
  check(rootAt) {
    const later = this.speakers.slice(1);
    const moved = later.find((one) => rootAt(one.after) !== one.root);
    const wrong = moved ? moved.entry : this.wrong;
    if (wrong) return { ok: false, params: { seq: wrong.seq }, entry: wrong };
    const last = later.at(-1);
    return last ? { ok: true, params: { epoch: last.epoch, seq: last.after }, entry: null } : null;
  }
}

export async function hostsOf(journal, event, first) {
  const hosts = new Hosts(first);
  let named = null;
  for (const entry of journal) {
    const { kind, seq } = entry;
    const data = { keys: null, root: null, size: null, epoch: null, ...entry.data };
    const now = hosts.speakers.at(-1);
    if (kind === "standby.named") {
      const { epoch, keys, signature } = data;
      const right = epoch === now.epoch + 1 && (await signed(now.key, "venue-standby-1", { epoch, event, keys }, signature));
      named = right ? data : null;
    } else if (kind === "host.promoted") {
      const { epoch, keys, root, size, signature } = data;
      const key = keyOf(keys);
      const said = { epoch, event, key: key === null ? "" : keys.ed25519, root, size };
      const right = fits(named, data) && size === seq && (await signed(key, "venue-host-1", said, signature));
      if (!right) {
        hosts.wrong = entry;
        return hosts;
      }
      hosts.speakers.push({ epoch, after: seq, key, root, entry });
      named = null;
    }
  }
  return hosts;
}
