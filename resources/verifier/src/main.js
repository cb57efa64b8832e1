// The page: a file comes in, an answer goes out. Nothing leaves it, and it asks nobody.

import { fromUtf8 } from "./bytes.js";
import { verifyBundle } from "./bundle.js";
import { compute, resultsPlain } from "./compute.js";
import { alone } from "./curves.js";
import { el } from "./dom.js";
import { drawn, readList } from "./draw.js";
import { readFacts } from "./facts.js";
import { COMPONENTS, everyTable } from "./grammar.js";
import { canonical } from "./json.js";
import { PREFIX } from "./page.js";
import { checkPage, checkReport } from "./paper.js";
import { readScheme } from "./scheme.js";
import { KINDS } from "./state.js";
import { bundleView, checkedView, sentence } from "./view.js";
import { LANGUAGES, language, speak, tr } from "./words.js";

const now = { file: "", bytes: null, open: null, asked: null, noted: "", words: "", busy: null, unknown: false };

const pause = () => new Promise((resolve) => setTimeout(resolve));

async function tick(stage, done, total) {
  const bar = document.querySelector("progress");
  if (bar === null) return;
  bar.max = Math.max(1, total);
  bar.value = done;
  document.getElementById("stage").textContent = tr(`stage.${stage}`, { done, total });
  await pause();
}

async function checkBundle() {
  now.busy = "tree";
  now.open = now.asked = null;
  render();
  await pause();
  now.open = await verifyBundle(now.bytes, { noted: now.noted, tick });
  now.busy = null;
  render();
  document.getElementById("answer").focus();
}

async function checkWords() {
  const words = now.words;
  if (!words.trim()) return;
  now.asked = { what: "page", title: "page.title", make: () => checkPage(words, now.open) };
  now.asked.found = await now.asked.make();
  render();
  document.getElementById("answer").focus();
}

async function take(file) {
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const starts = (text) => text.split("").every((sign, i) => bytes[i] === sign.charCodeAt(0));
  now.unknown = false;
  if (starts("%PDF")) {
    now.asked = { what: "report", title: "about.file", make: async () => checkReport(file.name, bytes, now.open) };
    now.asked.found = await now.asked.make();
    render();
  } else if (starts("PK") || /\.bundle$/i.test(file.name)) {
    Object.assign(now, { file: file.name, bytes });
    await checkBundle();
  } else if (starts(PREFIX)) {
    now.words = fromUtf8(bytes);
    await checkWords();
  } else {
    Object.assign(now, { unknown: file.name, asked: null });
    render();
  }
}

async function change(to) {
  speak(to);
  if (now.asked) now.asked.found = await now.asked.make();
  render();
}

function header() {
  const buttons = Object.entries(LANGUAGES).map(([code, words]) =>
    el("button", { type: "button", lang: code, "aria-pressed": String(code === language()), onclick: () => change(code) }, words),
  );
  return el("header", {}, el("h1", {}, tr("title")), el("div", { class: "languages", role: "group" }, buttons));
}

function dropPart() {
  const input = el("input", { type: "file", id: "file", tabindex: "-1", accept: ".bundle,.pdf,.txt", onchange: (e) => take(e.target.files[0]) });
  const part = el(
    "section",
    { class: "drop no-print" },
    el("p", {}, tr("drop.words")),
    input,
    el("button", { type: "button", class: "main", onclick: () => input.click() }, tr("drop.choose")),
    el("p", { class: "quiet" }, tr("drop.kinds")),
  );
  return part;
}

function headPart() {
  const input = el("input", { id: "noted", value: now.noted, autocomplete: "off", spellcheck: "false", placeholder: "1234/AB12 CD34" });
  const submit = (event) => {
    event.preventDefault();
    now.noted = input.value.trim();
    if (now.bytes) checkBundle();
  };
  return el(
    "section",
    { class: "no-print" },
    el("form", { class: "row", onsubmit: submit }, el("label", { for: "noted" }, tr("noted.label")), input, el("button", {}, tr("noted.check"))),
    el("p", { class: "quiet" }, tr("noted.why")),
  );
}

function codePart() {
  const area = el("textarea", { id: "code", spellcheck: "false", placeholder: "VA1:…", oninput: () => (now.words = area.value) });
  area.value = now.words;
  const submit = (event) => {
    event.preventDefault();
    checkWords();
  };
  return el(
    "section",
    { class: "no-print" },
    el("form", { onsubmit: submit }, el("label", { for: "code" }, tr("page.label")), area, el("div", { class: "row" }, el("button", {}, tr("page.check")))),
    el("p", { class: "quiet" }, tr("page.why")),
  );
}

function answer() {
  if (now.busy) {
    return [el("section", {}, el("p", { id: "stage" }, tr("stage.reading")), el("progress", { value: "0", max: "1" }))];
  }
  if (now.unknown) return [el("section", { class: "first" }, el("p", {}, tr("drop.unknown", { file: now.unknown })))];
  if (now.asked) return checkedView(tr(now.asked.title), now.asked.found, ["copy", "ink", "time"]);
  return now.open ? bundleView(now.file, now.open) : [];
}

function render() {
  document.documentElement.lang = language();
  document.title = tr("title");
  const back = now.asked && now.open;
  const shown = now.open || now.asked;
  document.getElementById("page").replaceChildren(
    ...[
      header(),
      el("p", { class: "quiet" }, tr("intro")),
      dropPart(),
      el("div", { id: "answer", tabindex: "-1" }, answer()),
      shown && !now.busy
        ? el(
            "div",
            { class: "row no-print" },
            el("button", { type: "button", class: "main", onclick: () => print() }, tr("print")),
            back ? el("button", { type: "button", onclick: () => ((now.asked = null), render()) }, tr("back")) : "",
          )
        : "",
      headPart(),
      codePart(),
      el("p", { class: "quiet" }, tr("offline")),
    ],
  );
}

function listen() {
  const over = (on) => {
    const part = document.querySelector(".drop");
    if (part) part.classList.toggle("over", on);
  };
  addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", () => over(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(event.dataTransfer.files[0]);
  });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
}

// For other programs, and for the tests: the same code without the page.
globalThis.Verifier = {
  alone,
  kinds: KINDS,
  tables: () => Object.values(COMPONENTS).reduce((found, one) => everyTable(one, found), everyTable()),
  verify: verifyBundle,
  sentence,
  speak,
  compute(scheme, facts) {
    const plan = readScheme(scheme);
    return canonical(resultsPlain(compute(plan, readFacts(plan, facts))));
  },
  draw(list, seed) {
    const found = drawn(readList(list), seed);
    return canonical({ result: Object.fromEntries(found.result), reserve: found.reserve });
  },
  page: checkPage,
};

if (globalThis.document) {
  const wanted = (navigator.languages || []).find((one) => /^(?:zh|en)/i.test(one)) || "";
  speak(/^en/i.test(wanted) ? "en" : /hant|tw|hk|mo/i.test(wanted) ? "zh-TW" : "zh-CN");
  listen();
  render();
}
