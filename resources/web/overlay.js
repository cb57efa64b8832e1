// What lies over the page and must be answered first: the keypad, the display settings.

import { h } from "./dom.js";

let open = null;

export function overlay(label, ...children) {
  close();
  const returnTo = document.activeElement;
  const sheet = h("div", { class: "overlay-sheet", role: "dialog", "aria-modal": "true", "aria-label": label }, ...children);
  const shade = h("div", { class: "overlay" }, sheet);
  shade.addEventListener("pointerdown", (event) => event.target === shade && close());
  shade.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") stay(event, sheet);
  });
  document.body.append(shade);
  open = { shade, returnTo };
  return sheet;
}

function stay(event, sheet) {
  const stops = [...sheet.querySelectorAll("button:not([disabled]), input")];
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (event.shiftKey && document.activeElement === first) last.focus();
  else if (!event.shiftKey && document.activeElement === last) first.focus();
  else return;
  event.preventDefault();
}

export function close() {
  if (!open) return;
  const { shade, returnTo } = open;
  open = null;
  shade.remove();
  if (returnTo && returnTo.isConnected) returnTo.focus();
}
