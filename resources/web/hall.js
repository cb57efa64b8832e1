// The big screen in a television's browser: follows what the laptop says the hall may see, and the slate for the camera.

import { fill, h, say } from "./dom.js";
import { lotsPage } from "./halllots.js";
import { nowPage } from "./hallnow.js";
import { orderPage } from "./hallorder.js";
import { close, overlay } from "./overlay.js";
import { keepAwake, Place } from "./place.js";
import { LANGUAGES } from "./words.js";

const TICK_MS = 100;
const STILL_MS = 3000;
const WRONG = ["wrong", "version"];

class Hall {
  constructor() {
    this.place = null;
    this.view = null;
    this.head = null;
    this.key = "";
    this.page = null;
    this.told = new Map(); // room → the result it shows, and since when: told once, not after each turn of the page
    this.mode = h("p", { class: "mode" });
    this.body = h("main", { class: "stage" });
    this.line = h("span", { class: "slate-line", role: "status" });
    this.now = { time: h("span", { class: "slate-time" }), lots: h("span", {}), head: h("span", {}) };
    const slate = h("div", { class: "slate" }, this.line, h("div", { class: "slate-now" }, ...Object.values(this.now)));
    this.root = document.getElementById("app");
    fill(this.root, this.mode, this.body, slate);
  }

  // ---- the line ----

  linked(link) {
    if (link === "released") this.place.leave();
    this.render();
  }

  placed() {
    document.title = this.place.say("title");
    this.render();
  }

  heard(message) {
    if (message.type === "hall") this.view = message;
    if (message.type === "head") this.head = message;
    this.render();
  }

  // ---- what is shown ----

  // The rooms on this screen: the proctor's choice, else this television's own, else all.
  rooms() {
    const { rooms, room } = this.view;
    const wanted = room || this.place.prefs.hall_room || "";
    const found = rooms.filter((r) => r.room === wanted);
    return found.length ? found : rooms;
  }

  render() {
    const { place, view } = this;
    if (!place) return;
    const offline = place.link !== "online";
    document.body.classList.toggle("offline", offline);
    say(this.line, !offline ? "" : place.link === "replaced" ? place.say("replaced") : place.say("offline"));
    if (!view) return;
    say(this.mode, view.rehearsal);
    this.mode.hidden = !view.rehearsal;
    const rooms = this.rooms();
    const key = [view.page, place.prefs.language, ...rooms.map((r) => r.room)].join(" ");
    if (key !== this.key) {
      this.key = key;
      this.page = PAGES[view.page](this);
      this.body.className = `stage rooms-${Math.min(rooms.length, 4)}`;
      fill(this.body, this.page.el);
    }
    this.page.show(view, rooms);
    this.tick();
  }

  tick() {
    if (!this.place || !this.view) return;
    if (this.page) this.page.tick();
    say(this.now.time, this.place.timeOfDay());
    const lots = this.rooms().filter((r) => r.lot !== null && r.over < r.total && this.view.page === "now");
    say(this.now.lots, lots.map((r) => `${r.title} ${r.lot}`).join("　"));
    if (this.head) say(this.now.head, `${this.head.size} · ${this.head.short}`);
  }

  // ---- setting it up ----

  menu() {
    const { place, view } = this;
    if (["replaced", ...WRONG].includes(place.link)) {
      place.connect();
      return;
    }
    if (!view) return;
    const choice = (words, pressed, act) =>
      h("button", { type: "button", "aria-pressed": String(pressed), onclick: () => act() }, words);
    const room = async (id) => {
      await place.prefer("hall_room", id);
      close();
      this.render();
    };
    const own = place.prefs.hall_room || "";
    overlay(
      place.say("title"),
      h("h2", {}, place.say("title")),
      h(
        "div",
        { class: "overlay-row" },
        choice(place.say("room_all"), !own, () => room("")),
        ...view.rooms.map((r) => choice(r.title, own === r.room, () => room(r.room))),
      ),
      h(
        "div",
        { class: "overlay-row" },
        ...Object.entries(LANGUAGES).map(([id, name]) => choice(name, id === place.prefs.language, () => place.speak(id))),
      ),
      h(
        "div",
        { class: "overlay-row" },
        choice(place.say("full"), false, () => document.documentElement.requestFullscreen().then(close, close)),
        choice(place.say("close"), false, close),
      ),
    );
  }
}

function welcomePage() {
  const title = h("h1", {});
  const venue = h("p", { class: "venue" });
  const rules = h("ul", {});
  return {
    el: h("div", { class: "page welcome" }, title, venue, rules),
    show(view) {
      say(title, view.title);
      say(venue, view.venue);
      fill(rules, ...view.rules.map((rule) => h("li", {}, rule)));
    },
    tick() {},
  };
}

function drawPage(hall) {
  const count = h("p", { class: "count" });
  const digests = [h("div", { class: "digest" }), h("div", { class: "digest" })];
  const lines = (digest) => {
    const groups = digest.match(/.{1,4}/g) || [];
    return [groups.slice(0, 8), groups.slice(8)].map((part) => h("div", {}, part.join(" ")));
  };
  return {
    el: h(
      "div",
      { class: "page draw" },
      h("h1", {}, hall.place.say("draw")),
      count,
      h("h2", {}, hall.place.say("list")),
      digests[0],
      h("h2", {}, hall.place.say("commitment")),
      digests[1],
    ),
    show({ draw }) {
      say(count, draw.count);
      fill(digests[0], ...lines(draw.list_digest));
      fill(digests[1], ...lines(draw.commitment));
    },
    tick() {},
  };
}

function breakPage(hall) {
  const event = h("p", { class: "venue" });
  const coming = h("ul", {});
  return {
    el: h("div", { class: "page welcome" }, h("h1", {}, hall.place.say("pause")), event, coming),
    show(view, rooms) {
      say(event, view.title);
      const up = rooms.filter((room) => room.lot !== null && room.over < room.total);
      const words = (room) => `${room.title} ${hall.place.say("pause_next", { lot: room.lot })}`;
      fill(coming, ...up.map((room) => h("li", {}, words(room))));
    },
    tick() {},
  };
}

const PAGES = {
  welcome: welcomePage,
  break: breakPage,
  draw: drawPage,
  lots: lotsPage,
  order: orderPage,
  now: (hall) => nowPage(hall, STILL_MS),
};

async function begin() {
  const hall = new Hall();
  const place = await Place.open(hall, ["hall"]);
  if (!place) return;
  hall.place = place;
  hall.render();
  setInterval(() => hall.tick(), TICK_MS);
  let still = 0;
  const moved = () => {
    document.body.classList.remove("still");
    clearTimeout(still);
    still = setTimeout(() => document.body.classList.add("still"), 2000);
  };
  moved();
  document.addEventListener("pointermove", moved);
  hall.root.addEventListener("click", () => hall.menu());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === document.body) hall.menu();
    if (event.key === "Escape") close();
  });
  for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, () => place.wire.nudge());
  keepAwake();
}

begin();
