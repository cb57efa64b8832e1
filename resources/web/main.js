// The browser station: keeps what matters on the device first, then tells the laptop; shows one task at a time.

import { fill, h } from "./dom.js";
import { header } from "./header.js";
import { joinPage, scanned } from "./join.js";
import { scale, text } from "./marks.js";
import { overPage } from "./over.js";
import { close } from "./overlay.js";
import { PAGES, PLACE } from "./place.js";
import { reviewPage } from "./review.js";
import { scorePage } from "./score.js";
import { apply } from "./shown.js";
import { DeviceKey } from "./sign.js";
import { Store } from "./store.js";
import { waitPage } from "./wait.js";
import { randomHex, Wire } from "./wire.js";
import { language, load, tr } from "./words.js";

const STILL_MS = 4000;
const TICK_MS = 250;
// A connection that has ended for good, or leads to another event.
const OVER = ["released", "replaced", "version", "elsewhere"];

class App {
  constructor(store, prefs, pairing, kept, key) {
    this.store = store;
    this.deviceKey = key;
    this.prefs = prefs;
    this.pairing = pairing;
    this.kept = kept;
    this.deviceName = pairing ? pairing.device_name : "";
    this.code = "";
    this.link = "offline";
    this.welcome = null;
    this.view = null;
    this.scales = [];
    this.refusals = [];
    this.called = false;
    this.recusal = null;
    this.task = null;
    this.stillUntil = 0;
    this.key = "";
    this.page = null;
    this.root = document.getElementById("app");
  }

  // ---- what is kept here ----

  mine(sheet) {
    return Boolean(this.pairing) && sheet.event === this.pairing.event && sheet.seat === this.pairing.seat;
  }

  get outbox() {
    return this.kept.filter((sheet) => this.mine(sheet));
  }

  get strangers() {
    return this.kept.filter((sheet) => !this.mine(sheet));
  }

  sheets() {
    return this.outbox;
  }

  draftKey(task) {
    return [this.pairing.event, this.pairing.seat, task.room, task.lot].join("|");
  }

  keepDraft(task, marks) {
    this.store.putDraft(this.draftKey(task), { ...marks }).catch(() => {}); // a draft is a convenience; the sheet is not
  }

  // ---- the connection ----

  connect() {
    this.wire = new Wire(this.pairing.token, this);
    this.render();
  }

  event() {
    return this.pairing.event;
  }

  language() {
    return language();
  }

  linked(link) {
    this.link = link;
    this.render();
  }

  heard(message) {
    const act = { welcome: "onWelcome", view: "onView", receipt: "onReceipt", refused: "onRefused", called: "onCalled", recusal: "onRecusal" };
    if (message.type in act) this[act[message.type]](message);
    this.render();
  }

  onWelcome(welcome) {
    if (JSON.stringify(welcome.criteria) !== JSON.stringify(this.welcome && this.welcome.criteria)) this.key = "";
    if (this.recusal) this.wire.post({ type: "recuse", ...this.recusal, on: true });
    this.welcome = welcome;
    this.scales = welcome.criteria.map((criterion) => scale(criterion, welcome.places));
  }

  onView(view) {
    this.view = view;
  }

  onCalled(called) {
    this.called = called.on;
  }

  onRecusal(recusal) {
    const { room, lot, on } = recusal;
    if (on) this.recusal = { reason: "", ...this.recusal, room, lot };
    else if (this.recusal && this.asked(recusal)) this.recusal = null;
  }

  onReceipt(receipt) {
    const { view } = this;
    if (view && !view.sent.some((s) => s.id === receipt.id)) {
      const tasks = view.tasks.filter((t) => t.room !== receipt.room || t.lot !== receipt.lot);
      this.view = { ...view, tasks, sent: [receipt, ...view.sent], sent_count: view.sent_count + 1 };
    }
    this.stillUntil = Date.now() + STILL_MS;
    this.settle(receipt.id);
  }

  onRefused(refused) {
    if (!refused.id || !refused.final) return;
    const sheet = this.kept.find((s) => s.id === refused.id);
    if (!sheet) return;
    this.refusals.push({ sheet, text: refused.text });
    this.settle(refused.id);
  }

  settle(id) {
    this.kept = this.kept.filter((sheet) => sheet.id !== id);
    this.store.dropSheet(id).catch(() => {}); // if it stays it is sent again, which changes nothing
  }

  // ---- what the judge does ----

  async joined(token, reply, deviceName) {
    if (reply.role) {
      await this.store.keep(PLACE, { token, event: reply.event, seat: reply.seat, role: reply.role });
      location.replace(PAGES[reply.role]);
      return;
    }
    this.pairing = { token, event: reply.event, seat: reply.seat, device_name: deviceName };
    this.deviceName = deviceName;
    await this.store.keep("pairing", this.pairing);
    this.connect();
  }

  async leave() {
    await this.store.forget("pairing");
    this.pairing = this.welcome = this.view = this.task = null;
    this.link = "offline";
    this.render();
  }

  call() {
    this.wire.post({ type: "call", on: !this.called });
  }

  // Whether the proctor has been asked to excuse this seat from the lot.
  asked({ room, lot }) {
    return this.recusal !== null && this.recusal.room === room && this.recusal.lot === lot;
  }

  recuse({ room, lot }, reason, on = true) {
    this.recusal = on ? { room, lot, reason } : null;
    this.wire.post({ type: "recuse", room, lot, reason, on });
    this.task = null;
    this.render();
  }

  openTasks() {
    const done = new Set(this.outbox.map((sheet) => `${sheet.room}|${sheet.lot}`));
    return this.view.tasks.filter((task) => !done.has(`${task.room}|${task.lot}`));
  }

  async score(task) {
    const draft = (await this.store.draft(this.draftKey(task)).catch(() => null)) || {};
    this.task = { room: task.room, lot: task.lot, post: task.post, room_title: task.room_title, step: "score", marks: draft };
    this.render();
  }

  review(task) {
    this.task = { ...this.task, ...task, step: "review" };
    this.render();
  }

  async submit(task, marks) {
    const places = this.welcome.places;
    const sheet = {
      type: "sheet",
      id: randomHex(16),
      event: this.pairing.event,
      seat: this.pairing.seat,
      room: task.room,
      lot: task.lot,
      marks: Object.fromEntries(this.scales.map((s) => [s.id, text(marks[s.id], places)])),
    };
    try {
      sheet.signature = await this.deviceKey.sign(sheet);
      await this.store.addSheet(sheet); // on the device before the first byte leaves it
    } catch {
      this.refusals.push({ sheet, text: tr("error.keep_failed") });
      this.task = null;
      this.render();
      return;
    }
    this.kept.push(sheet);
    this.store.dropDraft(this.draftKey(task)).catch(() => {});
    this.task = null;
    this.stillUntil = Date.now() + STILL_MS;
    this.wire.pump();
    this.render();
  }

  async correct(item) {
    const marks = {};
    const fits = (s) => item.sheet.marks[s.id] !== undefined;
    this.scales.filter(fits).forEach((s) => (marks[s.id] = Number(item.sheet.marks[s.id].replace(".", ""))));
    await this.store.putDraft(this.draftKey(item.sheet), marks).catch(() => {});
    this.dismiss(item);
    await this.score(this.openTasks().find((t) => t.room === item.sheet.room && t.lot === item.sheet.lot));
  }

  dismiss(item) {
    this.refusals = this.refusals.filter((other) => other !== item);
    this.render();
  }

  async prefer(name, value) {
    this.prefs = { ...this.prefs, [name]: value };
    await this.store.keep("prefs", this.prefs);
    apply(this.prefs);
    if (name === "language") {
      await load(value);
      this.key = "";
    }
    this.render();
  }

  // ---- what is shown ----

  choose() {
    if (!this.pairing) return;
    if (!this.view || !this.welcome) return;
    const open = this.openTasks();
    if (this.task && !open.some((t) => t.room === this.task.room && t.lot === this.task.lot)) {
      this.task = null;
      close();
    }
    const here = open.find((task) => task.here && !this.asked(task));
    if (!this.task && here && !this.refusals.length && Date.now() >= this.stillUntil && !this.opening) {
      this.opening = true;
      this.score(here).finally(() => (this.opening = false));
    }
  }

  render() {
    this.choose();
    const over = OVER.find((link) => link === this.link);
    let make;
    let key;
    if (!this.pairing) [key, make] = ["join", () => joinPage(this)];
    else if (over) [key, make] = [over, () => overPage(this, over)];
    else if (!this.view || !this.welcome) [key, make] = ["connecting", () => connecting(this)];
    else if (!this.task) [key, make] = ["wait", () => waitPage(this)];
    else {
      const { room, lot, step, marks } = this.task;
      key = [step, room, lot].join(" ");
      make = () => (step === "score" ? scorePage : reviewPage)(this, this.task, marks);
    }
    if (key !== this.key) this.turn(key, make());
    this.tick();
  }

  turn(key, page) {
    this.key = key;
    this.page = page;
    this.head = this.pairing && this.welcome && this.view ? header(this) : null;
    if (this.head) this.head.el.classList.toggle("ended", OVER.includes(key)); // no clock runs for who is not there
    fill(this.root, this.head && this.head.el, page.el);
    window.scrollTo(0, 0);
    page.focus();
  }

  tick() {
    if (this.head && this.view && this.welcome) this.head.update(this.floor());
    if (this.page) this.page.update();
  }

  // The lot that the top of the page speaks of.
  floor() {
    const { task, view } = this;
    if (!task) return this.welcome.everywhere ? null : view.floor[0] || null;
    const found = view.floor.find((f) => f.room === task.room && f.lot === task.lot);
    return found || { ...task, clock: null };
  }
}

function connecting(app) {
  const words = h("p", { class: "quiet", role: "status" });
  const el = h("main", { class: "join" }, h("section", { class: "card" }, h("h1", {}, tr("link.connecting")), words));
  const update = () => {
    const count = app.outbox.length;
    words.textContent = count ? tr("link.kept_count", { count }) : app.link === "offline" ? tr("error.no_network") : "";
  };
  return { el, update, focus() {} };
}

function keepAwake() {
  // Where the browser allows it; otherwise the tablet's own settings decide.
  if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
}

async function begin() {
  let store;
  let key;
  try {
    store = await Store.open();
    key = await DeviceKey.of(store);
  } catch {
    await load(navigator.language);
    document.getElementById("app").append(h("main", { class: "join" }, h("p", { class: "card alarm-text" }, tr("join.no_store"))));
    return;
  }
  const prefs = { size: "normal", light: "day", language: "zh-CN", ...(await store.kept("prefs")) };
  apply(prefs);
  await load(prefs.language);
  const app = new App(store, prefs, (await store.kept("pairing")) || null, await store.sheets(), key);
  app.code = scanned(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname); // the code stays in no history
  if (app.pairing) app.connect();
  else app.render();
  setInterval(() => app.render(), TICK_MS);
  for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, () => app.wire && app.wire.nudge());
  document.addEventListener("visibilitychange", () => {
    keepAwake();
    if (app.wire && document.visibilityState === "visible") app.wire.nudge();
  });
  window.addEventListener("beforeunload", (event) => app.outbox.length && event.preventDefault());
  keepAwake();
}

begin();
