// A button for final acts: it counts only when held until it has filled. Finger, mouse, Space or Enter.

import { h, say } from "./dom.js";
import { tr } from "./words.js";

export const HOLD_MS = 1000;

// `notes` replaces what is said while it is held and when it is let go too early.
export function held(words, act, notes = {}) {
  const label = h("span", { class: "held-words" }, words);
  const note = h("span", { class: "held-note", role: "status" });
  const el = h("button", { class: "primary held", type: "button" }, h("span", { class: "held-fill" }), label);
  let timer = null;

  function start() {
    if (timer !== null || el.disabled) return;
    el.classList.add("holding");
    say(note, notes.holding || tr("review.holding"));
    timer = setTimeout(() => {
      timer = null;
      el.disabled = true;
      say(note, "");
      act();
    }, HOLD_MS);
  }

  function stop() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    el.classList.remove("holding");
    say(note, notes.early || tr("review.early"));
  }

  el.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    el.setPointerCapture(event.pointerId);
    start();
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) el.addEventListener(name, stop);
  el.addEventListener("contextmenu", (event) => event.preventDefault());
  el.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) start();
  });
  el.addEventListener("keyup", (event) => (event.key === " " || event.key === "Enter") && stop());
  return { el, note };
}
