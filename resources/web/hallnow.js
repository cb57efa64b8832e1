// Who is up, in one room or in several: lot, clock, who has marked, and the result after a moment of stillness.

import { fill, h, say } from "./dom.js";

// 8:00 down to 0:00, then +0:01 upward; a second stands until it has wholly passed.
export function clockText(spent, limit) {
  const left = limit - spent;
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  return `${left < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// What a clock says now: { text, tone, part }; part is how much of the limit is left, 0 to 1.
export function clockNow(clock, warnings, mono) {
  const spent = clock.spent_ms + (clock.running ? Math.max(0, mono - clock.since_mono) : 0);
  const left = clock.limit_ms - spent;
  const soon = warnings.some((w) => left <= w);
  const tone = left < 0 ? "alarm-tone" : soon || !clock.running ? "wait-tone" : "";
  const state = left < 0 ? "overrun" : clock.running ? "left" : "paused";
  return { text: clockText(spent, clock.limit_ms), tone, state, part: Math.max(0, Math.min(1, left / clock.limit_ms)) };
}

function roomPanel(hall, stillMs) {
  const title = h("p", { class: "room-title" });
  const lot = h("h1", { class: "room-lot" });
  const post = h("p", { class: "room-post" });
  const word = h("p", { class: "room-word" });
  const stage = h("span", {});
  const state = h("span", { class: "room-state" });
  const time = h("p", { class: "room-time", role: "timer" });
  const fillBar = h("span", {});
  const clock = h(
    "div",
    {},
    h("p", { class: "room-stage" }, stage, state),
    time,
    h("div", { class: "room-bar" }, fillBar),
  );
  const seats = h("div", { class: "room-seats" });
  const marks = h("div", { class: "room-marks" });
  const name = h("p", { class: "room-name" });
  const value = h("p", { class: "room-value" });
  const result = h("div", {}, marks, name, value);
  const next = h("p", { class: "room-next" });
  const body = h("div", { class: "room-body" }, clock, word, result, seats);
  const el = h("section", { class: "room" }, title, lot, post, body, next);
  let room = null;
  for (const part of [clock, result]) part.className = "room-body";

  function show(found) {
    room = found;
    const done = room.result;
    const { place } = hall;
    say(title, room.title);
    say(lot, done ? numbered(done.lot) : room.lot === null ? "" : numbered(room.lot));
    say(post, done ? done.post : room.post);
    clock.hidden = Boolean(done) || !room.clock;
    word.hidden = Boolean(done) || Boolean(room.clock);
    result.hidden = !done;
    seats.hidden = Boolean(done) || !room.seats.length;
    say(word, room.word);
    say(stage, room.stage);
    fill(seats, ...room.seats.map((s) => h("span", { class: `room-seat ${s.state}` }, String(s.number))));
    const upNext = done && room.lot !== null && done.lot !== room.lot ? room.lot : room.next_lot;
    const nextWords = upNext === null ? "" : place.say("next", { lot: upNext });
    const overWords = place.say("over", { over: room.over, total: room.total });
    say(next, [nextWords, room.total ? overWords : ""].filter(Boolean).join("　"));
    showResult(done);
  }

  function showResult(done) {
    const key = done ? `${done.lot} ${done.value}` : "";
    const told = hall.told.get(room.room);
    if (!told || told.key !== key) hall.told.set(room.room, { key, since: performance.now() });
    if (!done) return;
    const { place } = hall;
    fill(
      marks,
      ...done.marks.map((m) =>
        h(
          "span",
          { class: `room-mark ${m.struck}` },
          h("span", { class: m.struck ? "struck" : "" }, m.text),
          h("small", {}, m.struck ? place.say(m.struck) : ""),
        ),
      ),
    );
    say(name, done.title);
  }

  function numbered(number) {
    return hall.place.say("lot", { lot: number });
  }

  function tick() {
    if (!room) return;
    if (room.result) {
      const { since } = hall.told.get(room.room);
      say(value, performance.now() - since >= stillMs ? room.result.value : "");
    } else if (room.clock) {
      const now = clockNow(room.clock, room.warnings_ms, hall.place.mono());
      say(time, now.text);
      say(state, hall.place.say(now.state));
      fillBar.style.transform = `scaleX(${now.part.toFixed(4)})`;
      clock.className = `room-body ${now.tone}`;
    }
  }

  return { el, show, tick };
}

export function nowPage(hall, stillMs) {
  let panels = [];
  const el = h("div", { class: "page now" });
  return {
    el: [el],
    show(_view, rooms) {
      if (panels.length !== rooms.length) {
        panels = rooms.map(() => roomPanel(hall, stillMs));
        fill(el, ...panels.map((panel) => panel.el));
      }
      rooms.forEach((room, at) => panels[at].show(room));
    },
    tick: () => panels.forEach((panel) => panel.tick()),
  };
}
