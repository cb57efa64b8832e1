// What the pages of places that are no seats share: the pairing this browser keeps, the line, and the words.
// The protocol is in docs/formats/role-protocol.md.

import { Store } from "./store.js";
import { Wire } from "./wire.js";
import { load } from "./words.js";

export const PLACE = "place";
export const PAGES = { hall: "hall.html", supervisor: "witness.html", notary: "witness.html" };
// Refusals after which nothing here may go on.
const WRONG = ["lan.other_history"];

export class Place {
  // page: { heard(message), linked(link), placed(message) }; roles: which places this page is for
  static async open(page, roles) {
    const store = await Store.open();
    const pairing = await store.kept(PLACE);
    if (!pairing || !roles.includes(pairing.role)) {
      location.replace(`./${location.hash}`); // the one page where codes are typed
      return null;
    }
    const prefs = { language: "zh-CN", ...(await store.kept("prefs")) };
    await load(prefs.language);
    return new Place(page, store, pairing, prefs);
  }

  constructor(page, store, pairing, prefs) {
    this.page = page;
    this.store = store;
    this.pairing = pairing;
    this.prefs = prefs;
    this.labels = {};
    this.link = "offline";
    this.wall = 0;
    this.zone = 0;
    this.connect();
  }

  connect() {
    this.wire = new Wire(this.pairing.token, this, "/ws/place");
  }

  // ---- what the wire asks ----

  sheets() {
    return [];
  }

  event() {
    return this.pairing.event;
  }

  language() {
    return this.prefs.language;
  }

  linked(link) {
    this.link = link;
    this.page.linked(link);
  }

  heard(message) {
    if (message.type === "placed") {
      this.labels = message.labels;
      this.wall = message.wall - message.mono;
      this.zone = message.zone;
      this.page.placed(message);
    } else if (message.type === "pong") {
      this.wall = message.wall - message.mono;
    } else if (message.type === "refused" && WRONG.includes(message.code)) {
      this.wire.end("wrong");
      this.page.heard(message);
    } else {
      this.page.heard(message);
    }
  }

  // ---- what the page asks ----

  say(key, params = {}) {
    const text = this.labels[key] || "";
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
  }

  // The laptop's clocks, in ms.
  mono() {
    return this.wire.mono();
  }

  // The venue's time of day, wherever this device thinks it is.
  timeOfDay() {
    return new Date(this.wall + this.mono() + this.zone * 60000).toISOString().slice(11, 19);
  }

  async prefer(name, value) {
    this.prefs = { ...this.prefs, [name]: value };
    await this.store.keep("prefs", this.prefs);
  }

  async speak(language) {
    await this.prefer("language", language);
    location.reload(); // the laptop speaks the language of hello
  }

  async leave() {
    await this.store.forget(PLACE);
    location.replace("./");
  }
}

export function keepAwake() {
  const ask = () => {
    // Where the browser allows it; otherwise the device's own settings decide.
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
