// Beside the marking: asking to be excused, looking back at one's own marks, saving what could not be sent, display.

import { h } from "./dom.js";
import { text, units } from "./marks.js";
import { close, overlay } from "./overlay.js";
import { displayChoices } from "./shown.js";
import { phrase, tr } from "./words.js";

const FORMAT = "venue-sheets-1";
const REASON_LENGTH = 200;

// Sheets as a file to carry to the laptop by hand. They stay here, and are still sent when that becomes possible.
export function save(sheets) {
  const body = JSON.stringify({ format: FORMAT, sheets });
  const url = URL.createObjectURL(new Blob([body], { type: "application/json" }));
  const name = `${sheets[0].seat}-${sheets.length}.venue-sheets`;
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

export function saveButton(sheets) {
  return h("button", { type: "button", onclick: () => save(sheets()) }, tr("carry.save"));
}

// The lot a judge may ask to be excused from: the one being marked, or who is before the panel.
function excusable(app) {
  if (app.task) return app.task;
  const floor = app.view.floor.find((f) => f.mine === "closed" || f.mine === "open");
  return floor || app.openTasks()[0] || null;
}

export function moreMenu(app) {
  const lot = app.view.closed ? null : excusable(app);
  const acts = [
    lot && !app.asked(lot) ? h("button", { type: "button", onclick: () => askToRecuse(app, lot) }, tr("recuse.ask", { lot: lot.lot })) : null,
    app.welcome.calibrate && app.view.sent.length ? h("button", { type: "button", onclick: () => earlier(app) }, tr("earlier.show")) : null,
    app.outbox.length ? saveButton(() => app.outbox) : null,
  ].filter(Boolean);
  const sheet = overlay(
    tr("more.title"),
    h("h2", {}, tr("more.title")),
    acts.length ? h("div", { class: "acts" }, acts) : null,
    displayChoices(app, () => moreMenu(app)),
    h("div", { class: "overlay-row" }, h("button", { class: "primary", type: "button", onclick: close }, tr("close"))),
  );
  sheet.querySelector("button").focus();
}

function askToRecuse(app, lot) {
  const reason = h("input", { id: "recuse-reason", maxlength: REASON_LENGTH, autocomplete: "off", oninput: check });
  const send = h("button", { class: "primary", type: "button", onclick: go }, tr("recuse.send"));

  function check() {
    send.disabled = !reason.value.trim() || app.link !== "online";
  }

  function go() {
    close();
    app.recuse(lot, reason.value.trim());
  }

  check();
  overlay(
    tr("recuse.ask", { lot: lot.lot }),
    h("h2", {}, tr("recuse.ask", { lot: lot.lot })),
    h("p", {}, tr("recuse.lead")),
    h("label", { for: "recuse-reason" }, tr("recuse.reason")),
    reason,
    app.link === "online" ? null : h("p", { class: "wait-text" }, tr("call.offline")),
    h("div", { class: "overlay-row" }, h("button", { type: "button", onclick: close }, tr("back")), send),
  );
  reason.focus();
}

function earlier(app) {
  const { criteria, places } = app.welcome;
  const shown = (mark) => (mark === undefined ? "—" : text(units(mark, places), places));
  const head = h("tr", {}, h("th", { scope: "col" }, tr("lot")), criteria.map((c) => h("th", { scope: "col" }, phrase(c.title))), h("th", { scope: "col" }, tr("sum")));
  const rows = app.view.sent.map((s) =>
    h("tr", {}, h("th", { scope: "row" }, String(s.lot)), criteria.map((c) => h("td", {}, shown(s.marks[c.id]))), h("td", { class: "total" }, s.total)),
  );
  const sheet = overlay(
    tr("earlier.title"),
    h("h2", {}, tr("earlier.title")),
    h("p", { class: "quiet" }, tr("earlier.lead")),
    h("div", { class: "scroll", tabindex: "0" }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows))),
    h("div", { class: "overlay-row" }, h("button", { class: "primary", type: "button", onclick: close }, tr("close"))),
  );
  sheet.classList.add("earlier");
  sheet.querySelector("button").focus();
}
