// The way to the laptop that took over: whether it is there, and what goes along to it. What goes along stands behind the #, which
// browsers send to nobody.

const PATIENCE_MS = 3000;
const HEAD = "#move=";

// Where a later host of this event answers, or "". A browser that does not trust its certificate yet hears nothing of it.
export async function later({ event, epoch, standby }) {
  for (const url of standby) {
    try {
      const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : undefined;
      const said = await (await fetch(`${url}/api/host`, { cache: "no-store", credentials: "omit", signal })).json();
      if (said.event === event && said.epoch > epoch) return url;
    } catch {
      // nobody there
    }
  }
  return "";
}

// The page there, with the slip, the paper that is being filled in or sent, and the codes this device keeps.
export function wayTo(url, app, language) {
  if (app.page === "hall") return `${url}/b#hall`;
  const along = { language, shared: app.shared, slip: app.slip, codes: app.shared ? [] : app.kept.codes() };
  if (app.form && app.paper) Object.assign(along, { poll: app.form.poll, paper: app.paper, sending: Boolean(app.sending), anyway: app.anyway });
  return `${url}/b${HEAD}${encodeURIComponent(JSON.stringify(along))}`;
}

// What came along from another laptop; null on a page that was opened here.
export function arrived(hash) {
  if (!hash.startsWith(HEAD)) return null;
  try {
    return JSON.parse(decodeURIComponent(hash.slice(HEAD.length)));
  } catch {
    return {};
  }
}
