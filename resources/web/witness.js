// A witness's screen in a browser: every entry in words as it comes, the head reckoned here, and the held press that signs.

import { fill, h, mark, say } from "./dom.js";
import { held } from "./held.js";
import { keepAwake, Place } from "./place.js";
import { Tree } from "./tree.js";
import { randomHex } from "./wire.js";

const LISTED = 500;
const HEADS = "heads";
const RESEND_MS = 15000;

class Witness {
  constructor() {
    this.place = null;
    this.tree = new Tree();
    this.lines = [];
    this.root = "";
    this.due = [];
    this.signed = 0;
    this.wanted = 0;
    this.chosen = "";
    this.asked = null;
    this.fault = "";
    this.wrong = false;
    this.chain = Promise.resolve();
    this.build();
  }

  build() {
    this.band = h("span", { class: "watch-band" });
    this.title = h("h1", {});
    this.who = h("span", { class: "who" });
    this.time = h("span", { class: "time" });
    this.line = h("span", { class: "watch-line", role: "status" });
    this.journal = h("h2", {});
    this.list = h("ol", { class: "told", tabindex: "0" });
    this.headTitle = h("h2", {});
    this.length = h("p", { class: "length" });
    this.head = h("div", { class: "head" });
    this.check = h("p", { class: "check" });
    this.alone = h("p", { class: "quiet small" });
    this.dueTitle = h("h2", {});
    this.dueList = h("ul", { class: "due" });
    this.nothing = h("p", { class: "quiet" });
    this.sign = h("div", { class: "sign" });
    this.count = h("p", { class: "quiet small" });
    fill(
      document.getElementById("app"),
      h(
        "main",
        { class: "watch" },
        h("div", { class: "watch-top" }, this.title, this.band, this.who, this.line, this.time),
        h("section", { class: "card" }, this.journal, this.list),
        h(
          "div",
          { class: "watch-side" },
          h("section", { class: "card" }, this.headTitle, this.length, this.head, this.check, this.alone),
          h("section", { class: "card due-card" }, this.dueTitle, this.dueList, this.nothing, this.sign, this.count),
        ),
      ),
    );
  }

  // ---- the line ----

  linked(link) {
    if (link === "released") this.place.leave();
    this.render();
  }

  placed(placed) {
    this.wanted = placed.size;
    this.welcome = placed;
    this.fault = "";
    this.chain = this.chain.then(() => this.follow());
    this.render();
  }

  async follow() {
    const root = this.tree.size ? await this.tree.root() : "";
    this.place.wire.post({ type: "follow", size: this.tree.size, root, words: true });
    // What was under way when the line broke goes out again under its own name: it is done once.
    if (this.asked && performance.now() - this.asked.at < RESEND_MS) this.place.wire.post(this.asked.message);
    else this.asked = null;
    this.drawDue();
  }

  heard(message) {
    if (message.type === "entries") this.chain = this.chain.then(() => this.take(message));
    else if (message.type === "due") this.showDue(message);
    else if (message.type === "refused") this.refused(message);
    else if (message.type === "done") this.asked = null;
    this.render();
  }

  refused(message) {
    if (message.code === "lan.other_history") this.wrong = true;
    if (this.asked && message.id === this.asked.message.id) this.asked = null;
    this.fault = message.text;
    this.drawDue();
  }

  // Each entry is hashed here; the root has to come out the same, now and at every size this device has seen before.
  async take(entries) {
    if (this.wrong) return;
    const { event } = this.welcome;
    const kept = await this.place.store.kept(HEADS);
    const seen = kept && kept.event === event ? kept : { size: 0 };
    let fits = entries.first === this.tree.size;
    for (const [at, text] of fits ? entries.entries.entries() : []) {
      await this.tree.add(text);
      this.lines.push({ seq: entries.first + at, ...entries.told[at] });
      if (this.tree.size === seen.size) fits = fits && (await this.tree.root()) === seen.root;
    }
    this.root = await this.tree.root();
    if (!fits || this.root !== entries.root) {
      this.wrong = true;
      this.place.wire.end("wrong");
    } else if (this.tree.size > seen.size) {
      await this.place.store.keep(HEADS, { event, size: this.tree.size, root: this.root });
    }
    this.render();
  }

  // ---- signing ----

  showDue(message) {
    this.due = message.due;
    this.signed = message.signed;
    const ids = this.due.map(idOf);
    if (!ids.includes(this.chosen)) this.chosen = ids[0] || "";
    this.drawDue();
  }

  drawDue() {
    const { place } = this;
    fill(
      this.dueList,
      ...this.due.map((one) =>
        h(
          "li",
          {},
          h("button", { type: "button", "aria-pressed": String(idOf(one) === this.chosen), onclick: () => this.choose(one) }, one.text),
        ),
      ),
    );
    const one = this.due.find((d) => idOf(d) === this.chosen);
    if (!one) {
      fill(this.sign);
      return;
    }
    const button = held(place.say("sign", { what: one.text }), () => this.send(one), {
      holding: place.say("holding"),
      early: place.say("early"),
    });
    fill(this.sign, button.note, button.el);
  }

  choose(one) {
    this.chosen = idOf(one);
    this.drawDue();
  }

  send(one) {
    const { milestone, room, lot } = one;
    const message = { type: "ask", id: randomHex(16), command: { command: "co-sign", milestone, room, lot } };
    this.asked = { message, at: performance.now() };
    this.fault = "";
    this.place.wire.post(message);
    this.render();
  }

  // ---- what is shown ----

  render() {
    const { place, welcome } = this;
    if (!place || !welcome) return;
    document.title = place.say("title");
    say(this.title, place.say("title"));
    say(this.who, [welcome.name, welcome.title].filter(Boolean).join("　"));
    this.band.className = `watch-band ${welcome.mode}`;
    say(this.band, place.say(welcome.mode));
    say(this.journal, place.say("journal"));
    say(this.headTitle, place.say("head"));
    say(this.dueTitle, place.say("due"));
    say(this.alone, place.say("alone"));
    say(this.count, place.say("signed", { count: this.signed }));
    say(this.nothing, place.say("nothing_due"));
    this.nothing.hidden = this.due.length > 0;
    this.showLine();
    this.showHead();
    this.showList();
    for (const button of this.sign.querySelectorAll("button")) button.disabled = Boolean(this.asked) || place.link !== "online";
    this.tick();
  }

  showLine() {
    const { place } = this;
    if (this.wrong) say(this.line, this.fault || place.say("differs"));
    else if (place.link !== "online") say(this.line, place.say("offline"));
    else say(this.line, this.fault || (this.asked ? place.say("signing") : ""));
  }

  showHead() {
    const { place } = this;
    const reading = this.tree.size < this.wanted && !this.wrong;
    say(this.length, reading ? place.say("catching_up", { size: this.tree.size }) : place.say("size", { size: this.tree.size }));
    const groups = this.root.match(/.{4}/g) || [];
    const lines = [0, 4, 8, 12].map((at) => h("div", {}, ...groups.slice(at, at + 4).map((g) => h("span", {}, g))));
    if (this.head.dataset.root !== this.root) {
      this.head.dataset.root = this.root;
      fill(this.head, ...lines);
    }
    this.check.className = `check ${this.wrong ? "alarm-text" : "done-text"}`;
    this.check.hidden = reading || !this.root;
    const word = place.say(this.wrong ? "differs" : "checked");
    if (this.check.textContent !== word) fill(this.check, mark(this.wrong ? "alarm" : "done"), document.createTextNode(word));
  }

  showList() {
    const newest = this.lines.slice(-LISTED).reverse();
    const first = newest.length ? newest[0].seq : -1;
    if (this.shown === first) return;
    this.shown = first;
    const more = this.lines.length - newest.length;
    fill(
      this.list,
      ...newest.map((line) =>
        h(
          "li",
          {},
          h("span", { class: "seq" }, String(line.seq)),
          h("span", { class: "at" }, line.clock),
          h("span", { class: line.weight }, line.text),
        ),
      ),
      more ? h("li", { class: "earlier" }, this.place.say("earlier", { count: more })) : null,
    );
  }

  tick() {
    if (this.place && this.welcome) say(this.time, this.place.timeOfDay());
  }
}

function idOf(one) {
  return [one.milestone, one.room || "", one.lot || ""].join("/");
}

async function begin() {
  const witness = new Witness();
  const place = await Place.open(witness, ["supervisor", "notary"]);
  if (!place) return;
  witness.place = place;
  document.documentElement.dataset.light = place.prefs.light || "day";
  document.documentElement.dataset.size = place.prefs.size || "normal";
  setInterval(() => witness.tick(), 250);
  for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, () => place.wire.nudge());
  keepAwake();
}

begin();
