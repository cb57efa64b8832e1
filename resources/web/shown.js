// How the page is shown: size of type, light, language. Kept on this device.

import { h } from "./dom.js";
import { close, overlay } from "./overlay.js";
import { LANGUAGES, tr } from "./words.js";

export function apply(prefs) {
  const root = document.documentElement;
  root.dataset.size = prefs.size;
  root.dataset.light = prefs.light;
}

function choice(title, options, chosen, choose) {
  const buttons = Object.entries(options).map(([value, words]) =>
    h("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => choose(value) }, words),
  );
  return h("fieldset", { class: "choice" }, h("legend", {}, title), h("div", { class: "choice-row" }, buttons));
}

// `again` shows the same anew, in the new size or language.
export function displayChoices(app, again) {
  const set = (name) => async (value) => {
    await app.prefer(name, value);
    again();
  };
  return h(
    "div",
    { class: "choices" },
    choice(tr("shown.size"), { normal: tr("shown.normal"), large: tr("shown.large") }, app.prefs.size, set("size")),
    choice(tr("shown.light"), { day: tr("shown.day"), dark: tr("shown.night") }, app.prefs.light, set("light")),
    choice(tr("shown.language"), LANGUAGES, app.prefs.language, set("language")),
  );
}

export function displayMenu(app) {
  const sheet = overlay(
    tr("shown.title"),
    h("h2", {}, tr("shown.title")),
    displayChoices(app, () => displayMenu(app)),
    h("div", { class: "overlay-row" }, h("button", { class: "primary", type: "button", onclick: close }, tr("close"))),
  );
  sheet.querySelector("button").focus();
}
