// The text of a page's code, and a report file, against the bundle that lies open.

import { hex, sameBytes } from "./bytes.js";
import { fingerprint } from "./bundle.js";
import { shortHead } from "./journal.js";
import { pageSigned, readPage } from "./page.js";
import { sha256 } from "./sha.js";
import { clock } from "./view.js";
import { tr } from "./words.js";

const outcomeOf = (checks) =>
  checks.some((one) => one.ok === false) ? "wrong" : checks.some((one) => one.ok === null) ? "open" : "proved";

const point = (code, ok, params = {}) => ({ code, ok, params, entry: null });

function rowsOf({ event, form, serial, page, pages, digest, figures, size, root, at, official }) {
  return [
    [tr("page.form"), form],
    [tr("page.serial"), serial],
    [tr("page.number"), tr("page.of", { page, pages })],
    [tr("about.mode"), official ? tr("about.official") : tr("about.rehearsal")],
    ...figures,
    [tr("page.event"), event],
    [tr("about.head"), `${size}/${shortHead(root)}`],
    [tr("page.at"), tr("about.by_laptop", { at: clock(at) })],
    [tr("page.digest"), hex(digest)],
  ];
}

// `open`: the bundle checked before, or null.
export async function checkPage(words, open) {
  const page = readPage(words.replace(/[\r\n]+$/, ""));
  if (page === null) return { outcome: "wrong", checks: [point("code", false)], rows: [] };
  const said = page.statement;
  const checks = [point("code", true)];
  if (open === null || open.key === null) checks.push(point("code_signature", null));
  else {
    const good = await pageSigned(page, open.hosts.at(said.size));
    checks.push(point("code_signature", good === true));
    const { mode, event } = open.info;
    checks.push(point("code_event", said.event === event && said.official === (mode === "official")));
    const known = open.tree !== null && said.size <= open.tree.leaves.length;
    checks.push(point("code_history", known && sameBytes(open.tree.root(said.size), said.root), { size: said.size }));
    const mark = open.state && open.state.reports.find((one) => String(one.serial) === said.serial);
    if (open.state) checks.push(point("code_report", Boolean(mark) && mark.pages === said.pages, { serial: said.serial }));
  }
  return { outcome: outcomeOf(checks), checks, rows: rowsOf(said) };
}

// A report file's bytes: the very file that the journal knows, or not.
export function checkReport(name, bytes, open) {
  const digest = hex(sha256(bytes));
  const rows = [
    [tr("about.file"), name],
    [tr("about.fingerprint"), fingerprint(bytes)],
  ];
  if (open === null || open.state === null) return { outcome: "open", checks: [point("report_file", null)], rows };
  const mark = open.state.reports.find((one) => one.sha256 === digest);
  const checks = [point("report_file", mark !== undefined, mark ? { form: mark.form, serial: mark.serial } : {})];
  const bad = open.outcome === "wrong";
  if (bad) checks.push(point("report_bundle", false));
  return { outcome: outcomeOf(checks), checks, rows };
}
