// The way to the laptop that took over: whether it is there, and what goes along to it. What goes along stands behind the #, which
// browsers send to nobody; but they may list it among the pages visited, so that a shared tablet takes no paper along.

import { isCode, plain } from "./ballotkept.js";

const PATIENCE_MS = 3000;
const HEAD = "#move=";

// Where a later host of this event answers, or "". A browser that does not trust its certificate yet hears nothing of it. All are
// asked together: an address that swallows what is sent to it must not keep a voter waiting.
export async function later({ event, epoch, standby }) {
  return (await Promise.all(standby.map((url) => laterAt(url, event, epoch)))).find(Boolean) || "";
}

async function laterAt(url, event, epoch) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const asked = { cache: "no-store", credentials: "omit", redirect: "error", signal: stop.signal };
    const said = await (await fetch(`${url}/api/host`, asked)).json();
    return said.event === event && said.epoch > epoch ? url : "";
  } catch {
    return ""; // nobody there
  } finally {
    clearTimeout(timer);
  }
}

// The page there, with the slip, the paper that is being filled in or sent, and where it is certain whose page that is (`sure`) the
// codes this device keeps. A paper's own code goes along only where the paper may be in the box already.
export function wayTo(url, app, language, sure = false) {
  if (app.page === "hall") return `${url}/b#hall`;
  const along = { language, shared: app.shared, slip: app.slip, codes: sure && !app.shared ? app.kept.codes() : [] };
  if (app.form && app.paper && !app.shared) {
    const sending = Boolean(app.sending);
    const paper = { ...app.paper, code: sending ? app.paper.code : "" };
    Object.assign(along, { poll: app.form.poll, paper, sending, anyway: app.anyway });
  }
  return `${url}/b${HEAD}${encodeURIComponent(JSON.stringify(along))}`;
}

// The same by a link for each address that is one.
export function waysTo(standby, app, language) {
  return standby.flatMap((url) => {
    try {
      return [{ host: new URL(url).host, href: wayTo(url, app, language) }];
    } catch {
      return [];
    }
  });
}

// ---- what came along ----

const text = (value) => typeof value === "string";
const object = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const texts = (value) => Array.isArray(value) && value.every(text);

function paperOf(told, sending) {
  if (!object(told) || !object(told.marks) || !texts(told.others)) return null;
  if (!Object.values(told.marks).every((items) => object(items) && Object.values(items).every(texts))) return null;
  // A code chosen by whoever made the link would find the paper for them, too: it counts only for one that was sent with it.
  const code = sending && isCode(told.code) ? told.code : "";
  return { code, marks: told.marks, others: told.others, mode: told.mode === "grid" ? "grid" : "one", at: Number.isInteger(told.at) && told.at > 0 ? told.at : 0 };
}

// What came along from another laptop, or from anybody who made such a link; null on a page that was opened here.
export function arrived(hash) {
  if (!hash.startsWith(HEAD)) return null;
  let told = null;
  try {
    told = JSON.parse(decodeURIComponent(hash.slice(HEAD.length)));
  } catch {
    // nothing came along
  }
  if (!object(told)) told = {};
  const sending = told.sending === true;
  const codes = (Array.isArray(told.codes) ? told.codes : []).filter((one) => object(one) && isCode(one.code) && text(one.title));
  const slip = text(told.slip) && isCode(plain(told.slip)) ? plain(told.slip) : "";
  const paper = slip && text(told.poll) ? paperOf(told.paper, sending) : null;
  return { language: told.language, shared: told.shared === true, slip, poll: told.poll, paper, sending: sending && Boolean(paper && paper.code), anyway: told.anyway === true, codes };
}
