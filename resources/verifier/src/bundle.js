// A bundle checked from its bytes alone: each thing proved (true), disproved (false), or open (null).

import { fromHex, fromUtf8, hex, inOrder, joined, sameBytes, utf8 } from "./bytes.js";
import { audit } from "./audit.js";
import { unpack } from "./container.js";
import { signedBy } from "./curves.js";
import { hostsOf } from "./hosts.js";
import { checkpointOf, entryOf, leafHash, linesOf, notedHead, originOf, shortHead, sizeOfHead, Tree } from "./journal.js";
import { fromCanonical } from "./json.js";
import { closedPolls, firstDifferent, papersTable, resultsOf } from "./outcome.js";
import { sha256 } from "./sha.js";

const LISTED_NOT = ["manifest.json", "manifest.sig"];
const KEYS = "at,event,journal,key,kind,members,mode,software,v";

export const fingerprint = (bytes) => hex(sha256(bytes)).slice(0, 32).toUpperCase().replace(/(.{4})(?=.)/g, "$1 ");

const text = (bytes) => {
  try {
    return bytes === undefined ? null : fromUtf8(bytes);
  } catch {
    return null;
  }
};

class Verification {
  constructor(bytes, tick) {
    Object.assign(this, { bytes, tick, checks: [], info: {}, event: "", keys: {} });
  }
  say(code, ok, params = {}, entry = null) {
    this.checks.push({ code, ok, params, entry });
  }
  container() {
    const { members, wrong } = unpack(this.bytes);
    this.members = members;
    if (wrong === null) return this.say("container", true, { count: members.size });
    const ended = wrong.at >= this.bytes.length;
    return this.say(ended ? "cut" : "container", false, { at: wrong.at, near: wrong.near, size: wrong.size });
  }
  manifest() {
    const plain = fromCanonical(text(this.members.get("manifest.json")) || "");
    const known =
      plain !== null && Object.keys(plain).join() === KEYS && plain.kind === "venue-app.bundle" &&
      plain.journal !== null && typeof plain.journal === "object" && typeof plain.members === "object" &&
      plain.members !== null; // prettier-ignore
    if (known && plain.v !== 1) return this.say("newer", null, { version: String(plain.v) });
    if (!known) return this.say("manifest_read", false);
    this.list = plain;
    const names = [...this.members.keys()].filter((name) => !LISTED_NOT.includes(name));
    for (const name of inOrder(new Set([...names, ...Object.keys(plain.members)]))) {
      const [data, said] = [this.members.get(name), plain.members[name]];
      if (data === undefined) return this.say("member_missing", false, { name });
      if (!said) return this.say("member_unlisted", false, { name });
      if (said.size !== data.length || said.sha256 !== hex(sha256(data))) return this.say("members", false, { name });
    }
    return this.say("members", true, { count: names.length });
  }
  entries() {
    const { lines, whole } = linesOf(this.members.get("journal.jsonl") || new Uint8Array());
    this.lines = lines;
    this.journal = [];
    for (const [seq, line] of lines.entries()) {
      const entry = entryOf(line);
      if (entry === null) return this.say("entries", false, { seq });
      if (entry.seq !== seq) return this.say("sequence", false, { seq, found: entry.seq }, entry);
      this.journal.push(entry);
    }
    const said = this.list ? this.list.journal.size : lines.length;
    if (!whole || !lines.length || said !== lines.length) {
      return this.say("entries_cut", false, { count: lines.length, size: said });
    }
    return this.say("entries", true, { count: lines.length, seq: 0 });
  }
  announced() {
    const first = this.journal[0];
    const data = first && first.kind === "event.created" ? first.data : {};
    this.event = typeof data.event === "string" ? data.event : "";
    this.mode = data.mode;
    this.keys = data.keys !== null && typeof data.keys === "object" ? data.keys : {};
    const key = typeof this.keys.ed25519 === "string" ? fromHex(this.keys.ed25519) : null;
    this.key = key !== null && key.length === 32 ? key : null;
    this.say("keys", this.key !== null && this.event !== "", { event: this.event });
  }
  // Who bundled it: whoever speaks for the whole journal.
  keysFile() {
    const kept = text(this.members.get("keys.json"));
    const mine = kept === null ? null : fromCanonical(kept.replace(/\n$/, ""));
    this.last = this.hosts.at(this.lines.length);
    if (this.key !== null && (mine === null || mine.ed25519 !== hex(this.last))) this.say("keys_file", false);
  }
  async signature() {
    const said = /^([0-9a-f]{128})\n$/.exec(text(this.members.get("manifest.sig")) || "");
    const raw = this.members.get("manifest.json");
    if (!this.list || this.key === null) return;
    const good =
      said !== null && this.list.key === hex(this.last) &&
      this.list.event === this.event && this.list.mode === this.mode &&
      (await signedBy("ed25519", this.last, joined(utf8("venue-app.bundle.v1\n"), raw), fromHex(said[1]))); // prettier-ignore
    this.say("manifest", good);
  }
  async tree() {
    const leaves = [];
    for (const [i, line] of this.lines.entries()) {
      leaves.push(leafHash(line));
      if (i % 500 === 0) await this.tick("tree", i, this.lines.length);
    }
    this.tree_ = new Tree(leaves);
    const root = this.tree_.root();
    this.info.head = `${leaves.length}/${shortHead(root)}`;
    const same = this.list && this.list.journal.root === hex(root);
    this.rootSaid = this.list ? same : null;
    const taken = this.hosts.check((size) => hex(this.tree_.root(size)));
    if (taken !== null) this.say("takeover", taken.ok, taken.params, taken.entry);
    await this.checkpoints();
    if (this.list) this.say("root", same, { head: this.info.head, size: leaves.length, ...this.between });
  }
  // Signed checkpoints, oldest first: where the journal leaves what was signed is between the last true one and the next.
  async checkpoints() {
    const names = inOrder([...this.members.keys()].filter((name) => name.startsWith("checkpoints/")));
    this.between = { from: 0, to: this.lines.length - 1 };
    if (!names.length || this.key === null) return this.say("checkpoints", null);
    let [newest, wrong] = [0, null];
    for (const [i, name] of names.entries()) {
      const found = await checkpointOf(this.members.get(name), originOf(this.event), (size) => this.hosts.at(size));
      if (found === null) wrong = wrong || { code: "checkpoint_signature", params: { name } };
      else if (found.size > this.lines.length) {
        wrong = wrong || { code: "checkpoint_beyond", params: { name, size: found.size, count: this.lines.length } };
      } else if (sameBytes(this.tree_.root(found.size), found.root)) newest = Math.max(newest, found.size);
      else if (wrong === null || wrong.code !== "checkpoints") {
        this.between = { from: newest, to: found.size - 1 };
        wrong = { code: "checkpoints", params: { name, size: found.size, ...this.between } };
      }
      if (i % 20 === 0) await this.tick("checkpoints", i, names.length);
    }
    if (wrong !== null) return this.say(wrong.code, false, wrong.params);
    this.between = { from: newest, to: this.lines.length - 1 };
    this.say("checkpoints", true, { count: names.length, size: newest });
    const left = this.lines.length - newest;
    return this.say("tail", left === 0 ? true : null, { left });
  }
  head(noted) {
    const said = noted ? notedHead(noted) : null;
    if (noted && said === null) return this.say("head_unreadable", null, { noted });
    if (said === null) return this.say("head", null, { head: this.info.head });
    const size = sizeOfHead(this.tree_, said);
    return this.say("head", size !== null, { noted, size: size === null ? "" : size });
  }
  // Of entries that nobody wrote as they stand anything may be wrong; whatever stops the work is said.
  async guarded(work) {
    try {
      await work();
    } catch (error) {
      this.state = null;
      this.say("meaning", false, { why: error.message });
    }
  }
  async meaning() {
    if (this.journal.length !== this.lines.length || !this.journal.length) return;
    const found = await audit(this.journal, this.tick);
    this.checks.push(...found.checks);
    this.state = found.state;
    if (this.state === null) return;
    const scheme = text(this.members.get("scheme.toml"));
    this.say("scheme", scheme === this.state.text, { digest: this.state.scheme.digest.slice(0, 16) });
    this.results();
    this.reports();
    this.papers();
  }
  // The papers of each closed poll as a table: what the journal holds, and no other.
  papers() {
    const polls = closedPolls(this.state);
    const held = [...this.members.keys()].filter((name) => name.startsWith("ballots/"));
    if (!polls.length && !held.length) return;
    const tables = new Map(polls.map((poll) => [`ballots/${poll.poll}.csv`, papersTable(this.state, poll)]));
    const wrong = inOrder(new Set([...held, ...tables.keys()])).find((name) => {
      const [data, table] = [this.members.get(name), tables.get(name)];
      return data === undefined || table === undefined || text(data) !== `\ufeff${table}`;
    });
    this.say("papers", wrong === undefined, { count: polls.length, name: wrong || "" });
  }
  results() {
    const said = (text(this.members.get("results.json")) || "").replace(/\n$/, "");
    const plain = fromCanonical(said);
    if (plain === null) return this.say("results_read", false);
    const found = resultsOf(this.state);
    const people = Object.keys(found.candidates).length;
    const different = firstDifferent(plain, found);
    this.info.results = found;
    if (different === null) return this.say("results", true, { count: people });
    return this.say("results", false, { ...different, path: different.path.join(" › ") });
  }
  reports() {
    const issued = new Set(this.state.reports.map((report) => report.sha256));
    const names = inOrder([...this.members.keys()].filter((name) => name.startsWith("reports/")));
    const wrong = names.filter((name) => !issued.has(hex(sha256(this.members.get(name)))));
    const stray = names.length && !wrong.length;
    this.say("reports", names.length ? Boolean(stray) : null, { count: names.length, names: wrong.join(", ") });
  }
  async run(noted) {
    this.container();
    this.manifest();
    this.entries();
    this.announced();
    this.hosts = await hostsOf(this.journal, this.event, this.key);
    this.keysFile();
    await this.signature();
    if (this.lines.length) {
      await this.tree();
      this.head(noted);
      await this.guarded(() => this.meaning());
    }
    const { title, place, software } = this.journal[0] ? this.journal[0].data : {};
    const when = this.list ? this.list.at : null;
    Object.assign(this.info, { title, place, software, event: this.event, mode: this.mode, at: when });
    Object.assign(this.info, { size: this.bytes.length, fingerprint: fingerprint(this.bytes) });
    this.info.key = this.key === null ? "" : fingerprint(this.key);
    return this;
  }
}

// `tick(stage, done, total)` is awaited now and then, so that a page can show how far it is and stay alive.
export async function verifyBundle(bytes, { noted = "", tick = async () => {} } = {}) {
  const work = await new Verification(bytes, tick).run(noted);
  const { checks, info, state, journal, key } = work;
  const outcome = checks.some((one) => one.ok === false) ? "wrong" : checks.some((one) => one.ok === null) ? "open" : "proved";
  return { outcome, checks, info, state, journal, key, hosts: work.hosts, tree: work.tree_ || null, members: work.members };
}

