// A slider with steps, of our own: a touch anywhere on it sets the mark, and a scroll begun on it leaves it as it was.

import { h } from "./dom.js";
import { nearest, text } from "./marks.js";

const STOPS = [1, 2, 5, 10, 20, 50, 100];
const PIXELS_A_STOP = 6;

// onset(units); returns { el, set(units | undefined) }
export function slider(scale, label, hint, onset) {
  const fillEl = h("div", { class: "slider-fill" });
  const thumb = h("div", { class: "slider-thumb" });
  const prompt = h("div", { class: "slider-hint" }, hint);
  const track = h("div", { class: "slider-track" }, fillEl, thumb);
  const el = h(
    "div",
    {
      class: "slider unset",
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-valuemin": scale.shown.low,
      "aria-valuemax": scale.shown.high,
    },
    track,
    prompt,
  );
  let value;
  let before;
  let dragging = false;

  function set(number) {
    value = number;
    el.classList.toggle("unset", number === undefined);
    if (number === undefined) {
      el.removeAttribute("aria-valuenow");
      el.setAttribute("aria-valuetext", hint);
      return;
    }
    const part = ((number - scale.low) / (scale.high - scale.low)) * 100;
    fillEl.style.width = `${part}%`;
    thumb.style.left = `${part}%`;
    el.setAttribute("aria-valuenow", text(number, scale.places));
    el.setAttribute("aria-valuetext", text(number, scale.places));
  }

  function at(event) {
    const box = track.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const steps = (scale.high - scale.low) / scale.step;
    // On a narrow slider a finger moves by half marks, not by tenths: − and + do the rest.
    const every = STOPS.find((stop) => (box.width / steps) * stop >= PIXELS_A_STOP) || 100;
    const number = scale.low + Math.round(part * (scale.high - scale.low));
    return part === 1 ? nearest(scale, scale.high) : nearest(scale, number, every);
  }

  function choose(number) {
    set(number);
    onset(number);
  }

  el.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    before = value;
    dragging = true;
    el.setPointerCapture(event.pointerId);
    choose(at(event));
  });
  el.addEventListener("pointermove", (event) => dragging && choose(at(event)));
  el.addEventListener("pointerup", () => (dragging = false));
  el.addEventListener("pointercancel", () => {
    if (!dragging) return;
    dragging = false;
    choose(before);
  });
  el.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const base = value === undefined ? scale.low : value;
    if (by) choose(nearest(scale, base + by * scale.step));
    else if (event.key === "Home") choose(scale.low);
    else if (event.key === "End") choose(nearest(scale, scale.high));
    else return;
    event.preventDefault();
  });
  return { el, set };
}
