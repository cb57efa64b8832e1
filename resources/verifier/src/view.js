// What a verification says, as elements.

import { el, mark } from "./dom.js";
import { has, language, tr } from "./words.js";

const STATES = { true: "yes", false: "no", null: "open" };
const name = (kind) => kind.replace(".", "_");

export const clock = (ms) => new Date(ms).toLocaleString(language(), { hour12: false });

// Where an entry stands, for people: its number, what happened, and whom it concerns.
function place(entry, state) {
  const kind = name(entry.kind);
  const said = tr("place.entry", { seq: entry.seq, kind: has(`kind.${kind}`) ? tr(`kind.${kind}`) : entry.kind });
  const { room, lot, seat } = entry.data;
  const title = state && state.rooms.get(room) ? state.rooms.get(room).title : room;
  const parts = [
    typeof room === "string" && tr("place.room", { room: title }),
    Number.isInteger(lot) && tr("place.lot", { lot }),
    typeof seat === "string" && tr("place.seat", { seat }),
  ].filter(Boolean);
  return parts.length ? said + tr("place.with", { parts: parts.join(tr("place.join")) }) : said;
}

export function sentence(check, state) {
  const said = tr(`check.${check.code}.${STATES[String(check.ok)]}`, {
    ...check.params,
    ...(check.params.purpose ? { purpose: tr(`purpose.${check.params.purpose}`) } : {}),
    ...("near" in check.params ? { near: check.params.near || tr("place.directory") } : {}),
  });
  return check.entry && check.ok !== true ? `${said} ${tr("place.at", { place: place(check.entry, state) })}` : said;
}

function list(checks, ok, state) {
  const some = checks.filter((check) => check.ok === ok);
  if (!some.length) return null;
  return el(
    "section",
    {},
    el("h2", {}, tr(`list.${STATES[String(ok)]}`)),
    el(
      "ul",
      { class: "checks" },
      some.map((check) => el("li", { class: `is-${ok}` }, mark(ok), el("span", {}, sentence(check, state)))),
    ),
  );
}

export function limits(keys) {
  return el(
    "section",
    {},
    el("h2", {}, tr("limits.title")),
    el("ul", { class: "limits" }, keys.map((key) => el("li", {}, tr(`limits.${key}`)))),
  );
}

export function verdict(outcome, checks, state) {
  const open = checks.filter((check) => check.ok === null).length;
  const ok = { proved: true, wrong: false, open: null }[outcome];
  const band = el(
    "section",
    { class: `verdict ${outcome}`, role: "status" },
    mark(ok),
    el("div", {}, el("h2", {}, tr(`outcome.${outcome}`)), el("p", {}, tr(`outcome.${outcome}_more`, { open }))),
  );
  const wrong = checks.filter((check) => check.ok === false);
  if (!wrong.length) return [band];
  const named = wrong.filter((check) => check.entry).sort((a, b) => a.entry.seq - b.entry.seq);
  const shown = new Set([wrong[0], ...named.slice(0, 1)]); // and the first entry that does not fit, where one is known
  const words = [...shown].map((check) => el("p", {}, sentence(check, state)));
  return [band, el("section", { class: "first" }, el("h2", {}, tr("outcome.first")), words)];
}

function about(file, info) {
  const rows = [
    [tr("about.file"), file],
    [tr("about.event"), info.title || info.event || "—"],
    [
      tr("about.mode"),
      info.mode === "rehearsal" ? el("span", { class: "rehearsal" }, tr("about.rehearsal")) : tr("about.official"),
    ],
    [tr("about.head"), el("span", { class: "digits" }, info.head || "—")],
    [tr("about.fingerprint"), el("span", { class: "digits" }, info.fingerprint)],
    [tr("about.key"), el("span", { class: "digits" }, info.key || "—")],
    [tr("about.written"), info.at ? tr("about.by_laptop", { at: clock(info.at) }) : "—"],
    [tr("about.checked"), tr("about.by_browser", { at: clock(Date.now()) })],
  ];
  return el(
    "section",
    {},
    el("h2", {}, tr("about.title")),
    el("dl", {}, rows.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
    el("p", { class: "quiet" }, tr("about.compare")),
  );
}

const outcomeWords = (code) => (has(`result.${code}`) ? tr(`result.${code}`) : code);

function postTable(title, people, outcome) {
  const rows = people.map(([identity, one]) =>
    el(
      "tr",
      {},
      el("td", { class: "number" }, one.rank === null ? "—" : String(one.rank)),
      el("td", {}, one.name),
      el("td", {}, identity.split("/")[0]),
      el("td", {}, one.lot === null ? "—" : tr("result.place", { room: one.room, lot: one.lot })),
      el("td", { class: "number" }, one.composite === null ? "—" : one.composite),
      el("td", {}, outcomeWords(one.outcome)),
    ),
  );
  const heads = ["rank", "name", "identity", "lot", "composite", "outcome"];
  const right = ["rank", "composite"];
  return el(
    "table",
    {},
    el("caption", {}, tr("result.post", { post: title, outcome: outcomeWords(outcome) })),
    el("thead", {}, el("tr", {}, heads.map((one) => el("th", { class: right.includes(one) ? "number" : null }, tr(`result.head_${one}`))))),
    el("tbody", {}, rows),
  );
}

function results(found) {
  if (!found) return null;
  const order = ([, a], [, b]) => (a.rank === null) - (b.rank === null) || a.rank - b.rank;
  const tables = Object.entries(found.posts).map(([title, post]) => {
    const people = Object.entries(found.candidates).filter(([, one]) => one.post === title);
    return people.length ? postTable(title, people.sort(order), post.outcome) : null;
  });
  return el(
    "section",
    {},
    el("details", {}, el("summary", {}, tr("result.title")), el("p", { class: "quiet" }, tr("result.note")), tables),
  );
}

export function bundleView(file, found) {
  const { checks, info, state, outcome } = found;
  return [
    ...verdict(outcome, checks, state),
    about(file, info),
    list(checks, false, state),
    list(checks, null, state),
    list(checks, true, state),
    results(info.results),
    limits(["time", "outside", "person", "copy", "ink", "laptop"]),
  ];
}

export function checkedView(title, found, keys) {
  return [
    ...verdict(found.outcome, found.checks, null),
    found.rows.length
      ? el(
          "section",
          {},
          el("h2", {}, title),
          el("dl", {}, found.rows.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
        )
      : null,
    list(found.checks, false, null),
    list(found.checks, null, null),
    list(found.checks, true, null),
    limits(keys),
  ];
}
