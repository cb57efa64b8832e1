// The connection has ended for good, or leads to another event: why, and what can be done.

import { h, mark } from "./dom.js";
import { saveButton } from "./asides.js";
import { tr } from "./words.js";

export function overPage(app, why) {
  const act = {
    released: () => h("button", { class: "primary", type: "button", onclick: () => app.leave() }, tr("over.join_again")),
    elsewhere: () => h("button", { class: "primary", type: "button", onclick: () => app.leave() }, tr("over.join_other")),
    replaced: () => h("button", { class: "primary", type: "button", onclick: () => app.connect() }, tr("over.use_here")),
    version: () => h("button", { class: "primary", type: "button", onclick: () => location.reload() }, tr("over.reload")),
  }[why];
  const waiting = app.outbox.length;
  const el = h(
    "main",
    { class: "join" },
    h(
      "section",
      { class: "card" },
      h("h1", { class: "wait-text" }, mark("wait"), tr(`over.${why}`)),
      h("p", {}, tr(`over.${why}_text`)),
      waiting ? h("p", { class: "alarm-text" }, tr("over.leave", { count: waiting })) : null,
      h("div", { class: "form-row" }, waiting ? saveButton(() => app.outbox) : null, act()),
    ),
  );
  return { el, update() {}, focus: () => el.querySelector(".primary").focus() };
}
