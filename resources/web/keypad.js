// Typing a mark: large keys, the bounds in sight, and what cannot stand is said before it is taken.

import { h, say } from "./dom.js";
import { band, fault, text, units } from "./marks.js";
import { close, overlay } from "./overlay.js";
import { phrase, tr } from "./words.js";

const LONGEST = 8;

export function keypad(scale, value, onset) {
  let typed = "";
  const shown = h("output", { class: "keypad-shown" });
  const note = h("p", { class: "keypad-note", role: "status" });
  const ok = h("button", { class: "primary", type: "button", onclick: accept }, tr("ok"));
  const keys = ["7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0"].map((key) =>
    h("button", { type: "button", disabled: key === "." && scale.places === 0, onclick: () => press(key) }, key),
  );
  const erase = h("button", { type: "button", "aria-label": tr("keypad.erase"), onclick: () => press("Backspace") }, "⌫");

  function press(key) {
    if (key === "Backspace") typed = typed.slice(0, -1);
    else if (typed.length < LONGEST && !(key === "." && typed.includes("."))) typed += key === "." && !typed ? "0." : key;
    show();
  }

  function show() {
    const wrong = typed === "" ? null : fault(scale, typed);
    const now = typed === "" || wrong ? null : band(scale, units(typed, scale.places));
    say(shown, typed || (value === undefined ? "—" : text(value, scale.places)));
    shown.classList.toggle("old", typed === "");
    note.classList.toggle("alarm-text", wrong !== null);
    say(note, wrong ? tr(wrong.key, wrong.params) : now ? phrase(now.title) : "");
    ok.disabled = typed === "" || wrong !== null;
  }

  function accept() {
    if (ok.disabled) return;
    const number = units(typed, scale.places);
    close();
    onset(number);
  }

  const range = tr("keypad.range", { low: scale.shown.low, high: scale.shown.high, step: scale.shown.step });
  const sheet = overlay(
    tr("score.type_mark", { title: phrase(scale.title) }),
    h("h2", {}, phrase(scale.title)),
    h("p", { class: "quiet" }, range),
    shown,
    note,
    h("div", { class: "keypad-keys" }, keys, erase),
    h("div", { class: "overlay-row" }, h("button", { type: "button", onclick: close }, tr("back")), ok),
  );
  sheet.classList.add("keypad");
  sheet.addEventListener("keydown", (event) => {
    if (/^[0-9.]$/.test(event.key) || event.key === "Backspace") press(event.key);
    else if (event.key === "Enter") accept();
    else return;
    event.preventDefault();
  });
  sheet.tabIndex = -1;
  sheet.focus();
  show();
}
