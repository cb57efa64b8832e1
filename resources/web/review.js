// Before a sheet goes: everything once more, quietly, and a press that must be held.

import { h } from "./dom.js";
import { held } from "./held.js";
import { band, text, total } from "./marks.js";
import { phrase, tr } from "./words.js";

export function reviewPage(app, task, marks) {
  const rows = app.scales.map((scale) => {
    const mark = marks[scale.id];
    const grade = band(scale, mark);
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, phrase(scale.title), grade ? h("span", { class: "grade-word" }, phrase(grade.title)) : null),
      h("td", { class: "number" }, text(mark, scale.places)),
      h("td", { class: "quiet of" }, `/ ${scale.shown.high}`),
    );
  });
  const sum = h(
    "tr",
    { class: "sum-row" },
    h("th", { scope: "row" }, tr("sum")),
    h("td", { class: "number" }, total(app.scales, marks)),
    h("td", { class: "quiet of" }, `/ ${app.welcome.maximum}`),
  );
  const send = held(tr("review.hold"), () => app.submit(task, marks));
  const edit = h("button", { type: "button", onclick: () => app.score(task) }, tr("review.edit"));
  const el = h(
    "div",
    { class: "page" },
    h(
      "main",
      { class: "review" },
      h("div", { class: "card" }, h("h1", {}, tr("review.title")), h("p", { class: "quiet" }, tr("review.lead", { lot: task.lot })), h("table", {}, h("tbody", {}, rows, app.scales.length > 1 ? sum : null))),
    ),
    h("footer", {}, edit, h("div", { class: "foot-act" }, send.note, send.el)),
  );
  return { el, update() {}, focus: () => edit.focus({ preventScroll: true }) };
}
