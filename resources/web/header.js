// The top of every page after joining: what run this is, which lot, how much time, and how the connection is.

import { fill, h, mark, say } from "./dom.js";
import { phrase, tr } from "./words.js";
import { moreMenu } from "./asides.js";

export function minutes(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// How a stage's clock reads now: { word, time, tone }
export function reading(clock, stages, mono) {
  if (!clock) return { stage: "", word: tr("clock.none"), time: "–:––", tone: "" };
  const stage = stages.find((s) => s.id === clock.stage);
  const spent = clock.spent_ms + (clock.running ? Math.max(0, mono - clock.since_mono) : 0);
  const left = clock.limit_ms - spent;
  const title = stage ? phrase(stage.title) : "";
  if (left <= 0) return { stage: title, word: tr("clock.over"), time: minutes(-left), tone: "alarm" };
  if (!clock.running) return { stage: title, word: tr("clock.paused"), time: minutes(left), tone: "wait" };
  const soon = stage && stage.warnings_ms.some((w) => left <= w);
  return { stage: title, word: tr(soon ? "clock.soon" : "clock.left"), time: minutes(left), tone: soon ? "wait" : "" };
}

export function header(app) {
  const bandWord = h("strong", {});
  const bandNote = h("span", { class: "band-note" });
  const bandSeat = h("span", { class: "band-seat" });
  const bandEl = h("div", { class: "band" }, bandWord, bandNote, bandSeat);
  const lotWord = h("span", { class: "lot-word" });
  const lotNumber = h("span", { class: "lot-number" });
  const post = h("span", { class: "lot-post" });
  const lotEl = h("div", { class: "lot" }, h("div", { class: "lot-line" }, lotWord, lotNumber), post);
  const clockTime = h("span", { class: "clock-time" });
  const clockWord = h("span", { class: "clock-word" });
  const clockEl = h("div", { class: "clock", role: "timer" }, clockTime, clockWord);
  const linkEl = h("div", { class: "link", role: "status" });
  const call = h("button", { class: "call", type: "button", onclick: () => app.call() });
  const menu = h("button", { class: "menu", type: "button", onclick: () => moreMenu(app) });
  const el = h(
    "header",
    {},
    bandEl,
    h("div", { class: "bar" }, lotEl, clockEl, h("div", { class: "side" }, linkEl, h("div", { class: "side-row" }, call, menu))),
  );
  let linkShown = "";

  // `floor`: the appearance whose lot and clock stand here, or null
  function update(floor) {
    const welcome = app.welcome;
    document.title = floor ? `${tr("lot_number", { lot: floor.lot })} · ${tr("name")}` : tr("name");
    bandEl.className = `band ${welcome.mode}`;
    say(bandWord, tr(`mode.${welcome.mode}`));
    say(bandNote, tr(`mode.${welcome.mode}_note`));
    const seat = tr("seat", { number: welcome.number });
    say(bandSeat, [phrase(welcome.group_title), welcome.room_title, seat].filter(Boolean).join(" · "));
    lotEl.hidden = clockEl.hidden = !floor;
    if (floor) {
      say(lotWord, app.welcome.everywhere ? `${floor.room_title} ${tr("lot")}` : tr("lot"));
      say(lotNumber, String(floor.lot));
      say(post, floor.post);
      const now = reading(floor.clock, welcome.stages, app.wire.mono());
      clockEl.className = `clock ${now.tone}`;
      say(clockTime, now.time);
      say(clockWord, [now.stage, now.word].filter(Boolean).join(" · "));
    }
    updateLink();
    call.disabled = app.link !== "online";
    call.classList.toggle("on", app.called);
    say(call, app.called ? tr("call.called") : tr("call.proctor"));
    call.title = app.link === "online" ? (app.called ? tr("call.take_back") : "") : tr("call.offline");
    say(menu, tr("more.title"));
  }

  function updateLink() {
    const waiting = app.outbox.length;
    const link = app.link === "online" ? "online" : app.link === "connecting" ? "connecting" : "offline";
    const words = [tr(`link.${link}`)];
    if (waiting && link === "online") words.push(tr("link.sending_count", { count: waiting }));
    else if (waiting) words.push(tr("link.kept_count", { count: waiting }));
    const shown = words.join(" · ");
    // A browser that does not trust the standby's certificate yet is asked once, in a page of its own.
    const elsewhere = link === "online" || !app.wire ? [] : app.wire.hosts.slice(1);
    if (shown + elsewhere.join() === linkShown) return;
    linkShown = shown + elsewhere.join();
    linkEl.className = `link ${link}`;
    const doors = elsewhere.map((host) => h("a", { href: `https://${host}/`, target: "_blank", rel: "noopener" }, tr("link.elsewhere", { host })));
    fill(linkEl, mark(link === "online" ? "online" : link === "connecting" ? "busy" : "offline"), h("span", {}, shown), ...doors);
  }

  return { el, update };
}
