// Between two lots: what became of the last sheet, who is awaited (never with what marks), what can be done now.

import { fill, h, mark, say } from "./dom.js";
import { saveButton } from "./asides.js";
import { reading } from "./header.js";
import { tr } from "./words.js";

function received(sent) {
  return h(
    "section",
    { class: "card received" },
    h("h1", { class: "done-text" }, mark("done"), tr("sent.heading", { lot: sent.lot, clock: sent.clock })),
    h("p", { class: "receipt" }, h("span", { class: "quiet" }, tr("sent.code")), h("strong", {}, sent.code)),
    h("p", { class: "quiet" }, `${tr("sent.total", { total: sent.total })} · ${tr("sent.copy_hint")}`),
  );
}

function kept(app, sheet) {
  const online = app.link === "online";
  const words = tr(online ? "sent.sending" : "sent.kept", { lot: sheet.lot });
  return h(
    "section",
    { class: "card kept" },
    h("h1", { class: "wait-text" }, mark(online ? "busy" : "wait"), words),
    h("p", {}, tr(online ? "link.sending" : "link.kept")),
    online ? null : h("p", { class: "quiet small" }, tr("carry.how")),
    online ? null : h("div", { class: "row" }, saveButton(() => app.outbox)),
  );
}

function asked(app) {
  const { lot, reason } = app.recusal;
  return h(
    "section",
    { class: "card kept" },
    h("h1", { class: "wait-text" }, mark("wait"), tr("recuse.stands", { lot })),
    reason ? h("p", { class: "quiet" }, reason) : null,
    h("div", { class: "row" }, h("button", { type: "button", id: "recuse-back", onclick: () => app.recuse(app.recusal, "", false) }, tr("recuse.take_back"))),
  );
}

function refused(app, item) {
  const again = h("button", { type: "button", onclick: () => app.correct(item) }, tr("refused.edit"));
  const open = app.openTasks().some((t) => t.room === item.sheet.room && t.lot === item.sheet.lot);
  return h(
    "section",
    { class: "card refused", role: "alert" },
    h("h1", { class: "alarm-text" }, mark("alarm"), tr("refused.title", { lot: item.sheet.lot })),
    h("p", {}, item.text),
    h("div", { class: "row" }, open ? again : null, h("button", { type: "button", onclick: () => app.dismiss(item) }, tr("refused.drop"))),
  );
}

function floorLine(app, floor, clocks) {
  const where = app.welcome.everywhere ? `${floor.room_title} ` : "";
  const facts = [];
  if (floor.mine === "excused") facts.push(tr("wait.excused"));
  if (floor.mine === "closed") facts.push(tr("wait.not_open"));
  if (floor.mine === "sent" && floor.awaited.length) {
    facts.push(tr("wait.seats", { seats: floor.awaited.join(tr("wait.list_mark")) }));
  }
  if (floor.mine === "sent" && !floor.awaited.length && !app.welcome.everywhere) facts.push(tr("wait.all_in"));
  const clock = floor.clock ? h("span", { class: "line-clock" }) : null;
  if (clock) clocks.push({ el: clock, clock: floor.clock });
  return h(
    "li",
    {},
    h("strong", {}, where + tr("wait.on_floor", { lot: floor.lot })),
    floor.post ? h("span", { class: "quiet" }, floor.post) : null,
    clock,
    facts.map((fact) => h("span", {}, fact)),
  );
}

export function waitPage(app) {
  const main = h("main", { class: "wait", tabindex: "-1" });
  let shown = "";
  let clocks = [];

  function update() {
    const { view, outbox } = app;
    const tasks = app.openTasks();
    const key = JSON.stringify([
      tasks, outbox.map((s) => s.id), app.link, app.recusal, view.sent, app.refusals.length, view.closed, app.prefs.language,
      view.floor,
    ]);
    if (key !== shown) build(key, tasks);
    for (const { el, clock } of clocks) {
      const now = reading(clock, app.welcome.stages, app.wire.mono());
      el.className = `line-clock ${now.tone}`;
      say(el, `${now.stage} · ${now.word} ${now.time}`);
    }
  }

  // Built anew only when something else than the time changed: a finger may be on a button.
  function build(key, tasks) {
    const { view, outbox } = app;
    const last = view.sent[0];
    clocks = [];
    shown = key;
    const focused = main.contains(document.activeElement) && document.activeElement.id;
    const top = outbox.length ? outbox.map((sheet) => kept(app, sheet)) : last ? received(last) : null;
    fill(main, app.refusals.map((item) => refused(app, item)), app.recusal ? asked(app) : null, top, status(tasks), history(last, outbox));
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }

  function status(tasks) {
    const { view } = app;
    const words = view.closed ? tr("wait.closed") : tr(view.sent_count ? "wait.next" : "wait.first");
    return h(
      "section",
      { class: "card status" },
      view.floor.length && !view.closed ? h("ul", { class: "floor" }, view.floor.map((f) => floorLine(app, f, clocks))) : h("h1", {}, words),
      view.floor.length || view.closed ? null : h("p", { class: "quiet" }, tr("wait.ready")),
      tasks.map((t) =>
        h("button", { class: "primary", type: "button", id: `open-${t.room}-${t.lot}`, onclick: () => app.score(t) },
          app.welcome.everywhere ? tr("wait.open_room", { room: t.room_title, lot: t.lot }) : tr("wait.open", { lot: t.lot })),
      ),
    );
  }

  function history(last, outbox) {
    const earlier = app.view.sent.slice(outbox.length || !last ? 0 : 1);
    if (!earlier.length) return null;
    const rows = earlier.map((s) =>
      h("tr", {}, h("th", { scope: "row" }, app.welcome.everywhere ? `${roomTitle(s.room)} ${s.lot}` : tr("lot_number", { lot: s.lot })),
        h("td", { class: "number" }, s.total), h("td", {}, s.clock), h("td", { class: "code-cell" }, s.code)),
    );
    return h("section", { class: "card history" }, h("h2", {}, tr("sent.earlier", { count: app.view.sent_count })), h("table", {}, h("tbody", {}, rows)));
  }

  function roomTitle(room) {
    const found = [...app.view.floor, ...app.view.tasks].find((x) => x.room === room);
    return found ? found.room_title : room;
  }

  update();
  return { el: h("div", { class: "page" }, main), update, focus: () => main.focus({ preventScroll: true }) };
}
