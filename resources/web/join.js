// Joining: the code from the seat card, and a name by which the proctor knows the device.

import { h, say } from "./dom.js";
import { randomHex, VERSION } from "./wire.js";
import { saveButton } from "./asides.js";
import { displayMenu } from "./shown.js";
import { language, tr } from "./words.js";

export const CODE_LENGTH = 6;
const ASK_AGAIN_MS = 1000;
// A seat, a big screen, a witness's screen: what a browser can be.
const WANTS = ["", "hall", "supervisor", "notary"];

// As the laptop reads it: upper case, no dashes, O as 0, I and L as 1.
export function normal(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").slice(0, CODE_LENGTH);
}

// The code in a scanned address (#K7F2Q9-<pin>), or ''.
export function scanned(hash) {
  const found = /^#([0-9A-Za-z]{3}-?[0-9A-Za-z]{3})(?:-[0-9a-f]{64})?$/.exec(hash);
  return found ? normal(found[1]) : "";
}

export function joinPage(app) {
  const note = h("p", { class: "form-note", role: "alert" });
  const go = h("button", { class: "primary", type: "submit" }, tr("join.go"));
  const reason = h("span", { class: "reason" });
  const code = h("input", {
    id: "code",
    class: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: "9",
    placeholder: "K7F-2Q9",
    oninput: check,
  });
  const device = h("input", { id: "device", maxlength: "40", autocomplete: "off", oninput: check });
  // Who answers for what is done there: asked for when the code is that of a witness's screen.
  const person = h("input", { id: "person", maxlength: "40", autocomplete: "name", oninput: check });
  const personRow = h("div", { hidden: true }, h("label", { for: "person" }, tr("join.person")), person);
  code.value = app.code;
  device.value = app.deviceName || tr("join.device_default");
  // The same token for every try of this page: if an answer is lost, asking again is harmless.
  const token = randomHex(32);
  let busy = false;
  let waiting = null;

  function check() {
    const missing = CODE_LENGTH - normal(code.value).length;
    go.disabled = busy || missing > 0 || !device.value.trim();
    const held = waiting && waiting.holder;
    const why = !waiting ? tr("join.busy") : held ? tr("join.waiting_held", { device: held }) : tr("join.waiting");
    say(reason, busy ? why : missing > 0 ? tr("join.need_code", { count: missing }) : "");
  }

  async function submit(event) {
    event.preventDefault();
    if (go.disabled) return;
    busy = true;
    say(note, "");
    check();
    try {
      let reply = await ask();
      while (reply.waiting) {
        waiting = reply;
        check();
        await new Promise((again) => setTimeout(again, ASK_AGAIN_MS));
        reply = await ask();
      }
      if (reply.seat) await app.joined(token, reply, device.value.trim());
      else say(note, reply.text || tr("error.no_network"));
      if (reply.code === "venue.person_missing") {
        personRow.hidden = false;
        person.focus();
      }
    } catch {
      say(note, tr("error.no_network"));
    }
    busy = false;
    waiting = null;
    check();
  }

  async function ask() {
    const answer = await fetch("api/join", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        code: code.value.trim(),
        token,
        device_name: device.value.trim(),
        version: VERSION,
        language: language(),
        person: person.value.trim(),
        wants: WANTS,
        public_key: app.deviceKey.shown,
      }),
    });
    return answer.json();
  }

  const kept = app.strangers.length
    ? h("div", { class: "notice" }, h("p", { class: "wait-text" }, tr("join.other_kept", { count: app.strangers.length })), saveButton(() => app.strangers))
    : null;
  const el = h(
    "main",
    { class: "join" },
    h(
      "form",
      { class: "card", onsubmit: submit },
      h("div", { class: "join-head" }, h("h1", {}, tr("join.title")), h("button", { type: "button", onclick: () => displayMenu(app) }, tr("shown.title"))),
      h("p", { class: "quiet" }, tr("join.lead")),
      kept,
      h("label", { for: "code" }, tr("join.code")),
      code,
      h("label", { for: "device" }, tr("join.device")),
      device,
      h("p", { class: "quiet small" }, tr("join.device_hint")),
      personRow,
      note,
      h("div", { class: "form-row" }, reason, go),
    ),
    h("p", { class: "quiet small" }, tr("join.compare")),
  );
  check();
  return { el, update() {}, focus: () => (code.value ? go : code).focus() };
}
