// Scoring one lot: every criterion with its bounds, bands and controls, the sum, and what is still missing.

import { fill, h, say } from "./dom.js";
import { keypad } from "./keypad.js";
import { band, less, nearest, text, total } from "./marks.js";
import { slider } from "./slider.js";
import { phrase, tr } from "./words.js";

const FEW = 12;
const REPEAT_MS = [450, 90];

// The grade bands: a strip under the slider that keeps its scale, and the words that go with it.
function bands(scale) {
  const wide = scale.high - scale.low;
  const parts = scale.bands.map((b) => {
    const part = h("span", { class: "band-part" });
    part.style.left = `${((b.low - scale.low) / wide) * 100}%`;
    part.style.width = `${((b.high - b.low) / wide) * 100}%`;
    return part;
  });
  const names = scale.bands.map((b) => {
    const name = h("span", { class: "band-name" }, h("b", {}, phrase(b.title)), ` ${b.shown.low}–${b.shown.high}`);
    name.style.flexGrow = String((b.high - b.low) / wide);
    return name;
  });
  const all = { "aria-hidden": "true" };
  return {
    strip: h("div", { class: "band-strip", ...all }, parts),
    names: h("div", { class: "band-names", ...all }, names),
    show(now) {
      [parts, names].forEach((row) => row.forEach((el, index) => el.classList.toggle("here", scale.bands[index] === now)));
    },
  };
}

// − and +: one step a press, running on while held.
function stepper(sign, scale, label, step) {
  let timer = null;
  const el = h("button", { class: "step", type: "button", "aria-label": label }, sign);
  const stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  const again = () => {
    step();
    timer = setTimeout(again, REPEAT_MS[1]);
  };
  el.addEventListener("pointerdown", (event) => {
    if (event.button || el.disabled) return;
    step();
    timer = setTimeout(again, REPEAT_MS[0]);
  });
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) el.addEventListener(name, stop);
  el.addEventListener("keydown", (event) => (event.key === " " || event.key === "Enter") && (event.preventDefault(), step()));
  el.addEventListener("contextmenu", (event) => event.preventDefault());
  return el;
}

// A scale of few marks: every mark is a button.
function grades(scale, set) {
  const buttons = new Map();
  for (let mark = scale.low; mark <= scale.high; mark += scale.step) {
    buttons.set(mark, h("button", { type: "button", class: "grade", "aria-pressed": "false", onclick: () => set(mark) }, text(mark, scale.places)));
  }
  return {
    el: h("div", { class: "grades" }, [...buttons.values()]),
    set(number) {
      buttons.forEach((button, mark) => button.setAttribute("aria-pressed", String(mark === number)));
    },
  };
}

function criterion(scale, marks, changed) {
  const title = phrase(scale.title);
  const step = { step: scale.shown.step };
  const few = (scale.high - scale.low) / scale.step < FEW;
  const number = h("span", { class: "value-number" });
  const value = h(
    "button",
    { class: "value", type: "button", "aria-label": tr("score.type_mark", { title }), onclick: () => keypad(scale, marks[scale.id], put) },
    number,
    h("span", { class: "value-of" }, ` / ${scale.shown.high}`),
  );
  const label = tr("score.slider", { title, low: scale.shown.low, high: scale.shown.high });
  const control = few ? grades(scale, put) : slider(scale, label, tr("score.touch"), put);
  const move = (by) => () => marks[scale.id] !== undefined && put(nearest(scale, marks[scale.id] + by * scale.step));
  const minus = few ? null : stepper("−", scale, tr("score.minus", step), move(-1));
  const plus = few ? null : stepper("+", scale, tr("score.plus", step), move(1));
  const grade = scale.bands.length ? bands(scale) : null;

  function put(mark) {
    if (mark === undefined) delete marks[scale.id];
    else marks[scale.id] = mark;
    show();
    changed();
  }

  function show() {
    const mark = marks[scale.id];
    control.set(mark);
    say(number, mark === undefined ? "—" : text(mark, scale.places));
    value.classList.toggle("unset", mark === undefined);
    if (minus) minus.disabled = mark === undefined || mark <= scale.low;
    if (plus) plus.disabled = mark === undefined || mark >= nearest(scale, scale.high);
    if (grade) grade.show(mark === undefined ? null : band(scale, mark));
  }

  const el = h(
    "section",
    { class: few ? "criterion few" : "criterion" },
    h("div", { class: "criterion-name" }, h("h2", {}, title), h("p", { class: "quiet" }, phrase(scale.look_for))),
    minus,
    h("div", { class: "criterion-scale" }, control.el, grade && grade.strip),
    plus,
    value,
    grade && grade.names,
  );
  show();
  return { el };
}

// task: { room, lot }, marks: criterion → units, changed by the hand
export function scorePage(app, task, marks) {
  const sum = h("span", { class: "sum-number" });
  const reason = h("p", { class: "reason", role: "status" });
  const review = h("button", { class: "primary", type: "button", onclick: () => app.review(task) }, tr("score.review"));
  const others = h("nav", { class: "others", "aria-label": tr("score.rooms") });
  const rows = app.scales.map((scale) => criterion(scale, marks, changed));
  const main = h("main", { class: `score count-${app.scales.length}`, tabindex: "-1" }, others, rows.map((row) => row.el));
  const foot = h(
    "footer",
    {},
    h("div", { class: "sum" }, h("span", { class: "sum-word" }, tr("sum")), sum, h("span", { class: "sum-of" }, `/ ${app.welcome.maximum}`)),
    h("div", { class: "foot-act" }, reason, review),
  );

  function changed() {
    app.keepDraft(task, marks);
    show();
  }

  function show() {
    const left = app.scales.filter((scale) => marks[scale.id] === undefined);
    const now = total(app.scales, marks);
    const { total_maximum: most, total_minimum: least } = app.welcome;
    let why = "";
    if (left.length === 1 && app.scales.length > 1) why = tr("score.missing_one", { title: phrase(left[0].title) });
    else if (left.length) why = tr("score.missing", { count: left.length });
    else if (most !== null && less(most, now)) why = tr("score.total_above", { maximum: most });
    else if (least !== null && less(now, least)) why = tr("score.total_below", { minimum: least });
    say(sum, left.length === app.scales.length ? "—" : now);
    say(reason, why);
    review.disabled = why !== "";
  }

  let tabs = "";
  function update() {
    const open = app.openTasks();
    const key = JSON.stringify(open);
    if (key === tabs) return;
    tabs = key;
    others.hidden = open.length < 2;
    const name = (t) => (app.welcome.everywhere ? `${t.room_title} ${tr("lot_number", { lot: t.lot })}` : tr("lot_number", { lot: t.lot }));
    fill(
      others,
      open.map((t) =>
        h(
          "button",
          { type: "button", "aria-pressed": String(t.room === task.room && t.lot === task.lot), onclick: () => app.score(t) },
          t.here ? name(t) : `${tr("score.owed")} ${name(t)}`,
        ),
      ),
    );
  }

  show();
  update();
  return { el: h("div", { class: "page" }, main, foot), update, focus: () => main.focus({ preventScroll: true }) };
}
