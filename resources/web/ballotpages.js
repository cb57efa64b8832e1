// The pages around a paper: the slip, which paper, review, counted, found again, turnout.

import { grouped, plain } from "./ballotkept.js";
import { blanks, chosen, given, items, pointsFault, title, tooMany, wrongPoints } from "./ballotmarks.js";
import { h, mark } from "./dom.js";
import { language, tr } from "./words.js";

function fault(app) {
  return app.fault ? h("p", { class: "vote-fault", role: "alert" }, mark("alarm"), app.fault) : null;
}

// Where to go on by hand when the laptop does not answer.
function elsewhere(app) {
  const ways = app.ways();
  return ways.length ? h("p", { class: "vote-elsewhere" }, tr("vote.elsewhere"), ways.map(({ host, href }) => [" ", h("a", { href, onclick: app.shared ? () => app.goes() : null }, host)]).flat()) : null;
}

function codeForm(typed, id, label, hint, word, act) {
  const input = h("input", { id, type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20, placeholder: "XXXX-XXXX-XXXX", "aria-describedby": `${id}-hint`, value: grouped(plain(typed)) });
  const send = (event) => {
    event.preventDefault();
    if (plain(input.value).length === 12) act(plain(input.value));
    else input.focus();
  };
  return h("form", { class: "vote-code", onsubmit: send }, h("label", { for: id }, label), input, h("p", { class: "quiet small", id: `${id}-hint` }, hint), h("button", { class: "primary" }, word));
}

export function slipPage(app) {
  const code = codeForm(app.typed, "slip", tr("vote.slip"), tr("vote.slip_hint"), tr("vote.begin"), (typed) => app.start(typed));
  return h("main", { class: "page vote-card" }, h("div", { class: "card" }, fault(app), elsewhere(app), code), h("p", { class: "vote-why" }, tr("vote.anonymous")), app.shared ? null : h("button", { type: "button", class: "vote-link", onclick: () => app.turn("find") }, tr("vote.find")));
}

export function choosePage(app) {
  const words = { open: tr("vote.open"), used: tr("vote.used"), paper: tr("vote.paper") };
  const forms = app.forms.forms.map((form) =>
    h("button", { type: "button", class: "vote-tick", disabled: form.state !== "open", onclick: () => app.take(form) }, h("strong", {}, [form.title, form.place].filter(Boolean).join(" · ")), h("span", { class: "quiet" }, words[form.state])),
  );
  return h("main", { class: "page vote-card" }, h("h1", {}, tr("vote.choose")), fault(app), elsewhere(app), forms, h("button", { type: "button", class: "vote-link", onclick: () => app.leave() }, tr("vote.leave")));
}

// A slip that votes no more: that nothing was sent now, what to do, and on with the next slip.
export function spentPage(app) {
  const { why, lost } = app.spent;
  const [heading, told, how] = {
    used: () => [tr("vote.none"), tr("vote.spent_used"), tr("vote.spent_used_how")],
    paper: () => [tr("vote.none_paper"), tr("vote.spent_paper"), tr("vote.spent_paper_how")],
    over: () => [tr("vote.none_over"), "", tr("vote.spent_over_how")],
  }[why]();
  const alarm = h("div", {}, told ? h("strong", {}, told) : null, lost ? h("p", {}, tr("vote.spent_lost")) : null);
  const next = h("button", { type: "button", id: "leave", class: "primary", onclick: () => app.leave() }, app.shared ? tr("vote.next_slip") : tr("vote.leave"));
  return h(
    "main",
    { class: "page vote-card vote-spent" },
    h("div", { class: "card" }, h("h1", {}, heading), h("div", { class: "vote-fault", role: "alert" }, mark("alarm"), alarm), h("p", {}, how)),
    next,
  );
}

// ---- review ----

function answersOf(form, paper, name) {
  if (form.kind === "choose") return given(paper, name.id, "") ? "✓" : "";
  const found = items(form).map((item) => [item.title, title(form, given(paper, name.id, item.id)) || tr("vote.blank")]);
  const words = new Set(found.map(([, word]) => word));
  if (words.size === 1) return found[0][1];
  return found.map(([item, word]) => `${item} ${word}`).join(" · ");
}

function reviewRows(form, paper, jump) {
  return form.names.map((name, at) => {
    const words = answersOf(form, paper, name);
    const marks = items(form).map((item) => given(paper, name.id, item.id));
    const missing = form.kind !== "choose" && marks.includes("");
    const wrong = form.kind === "points" && marks.some((typed) => pointsFault(form, typed));
    const row = [h("strong", {}, name.name), h("span", { class: wrong ? "alarm-text" : missing ? "wait-text" : null }, words)];
    return h("li", {}, jump ? h("button", { type: "button", onclick: () => jump(at) }, row) : h("div", {}, row));
  });
}

export function reviewPage(app) {
  const { form, paper } = app;
  const left = blanks(form, paper);
  const others = paper.others.filter((name) => name.trim());
  const jump = (at) => {
    paper.at = at;
    app.keep();
    app.turn("fill");
  };
  const spoilt = app.page === "void";
  const wrong = wrongPoints(form, paper);
  const doubtful = spoilt || wrong > 0 || tooMany(form, paper);
  const said = form.kind === "choose" ? tr("vote.picked", { count: chosen(form, paper) }) : left ? tr("vote.blanks", { count: left }) : tr("vote.complete");
  const note = spoilt
    ? h("div", { class: "vote-fault", role: "alert" }, mark("alarm"), h("div", {}, h("strong", {}, tr("vote.void_title")), h("p", {}, tr("vote.void_text"))))
    : h("p", { class: left || doubtful ? "wait-text" : "done-text" }, said);
  const mistaken = wrong ? h("div", { class: "vote-fault", role: "alert" }, mark("alarm"), h("p", {}, tr("vote.wrong_points", { count: wrong }))) : null;
  const busy = app.sending ? h("p", { role: "status", class: app.sending === "retry" ? "wait-text" : "quiet" }, mark("busy"), app.sending === "retry" ? tr("vote.retry") : tr("vote.sending")) : null;
  const send = h("button", { type: "button", id: "send", class: doubtful ? null : "primary", disabled: Boolean(app.sending), onclick: () => app.send(spoilt) }, spoilt ? tr("vote.void_send") : tr("vote.send"));
  const change = h("button", { type: "button", class: doubtful ? "primary" : null, disabled: Boolean(app.sending), onclick: () => app.turn("fill") }, tr("vote.change"));
  return h(
    "div",
    { class: "page vote" },
    h("main", { class: "vote-review" }, h("h1", {}, form.title), fault(app), mistaken, note, h("p", { class: "quiet small" }, tr("vote.look")), h("ul", {}, reviewRows(form, paper, app.sending ? null : jump), others.map((name) => h("li", {}, h("div", {}, h("strong", {}, name), h("span", {}, "✓"))))), busy, elsewhere(app)),
    h("footer", { class: "vote-foot" }, change, send),
  );
}

// ---- afterwards ----

export function countedPage(app) {
  const { counted, forms } = app;
  const more = forms && forms.forms.some((form) => form.state === "open");
  const go = more ? h("button", { type: "button", class: "primary", onclick: () => app.more() }, tr("vote.next_poll")) : h("button", { type: "button", id: "leave", class: "primary", onclick: () => app.leave() }, app.shared ? tr("vote.next_slip") : tr("vote.finish"));
  return h(
    "main",
    { class: "page vote-card vote-counted" },
    h("div", { class: "card" }, h("h1", { class: "done-text", role: "status" }, mark("done"), tr("vote.counted")), counted.repeated ? h("p", {}, tr("vote.repeated")) : null, h("p", {}, tr("vote.keep")), h("p", { class: "vote-own", id: "own-code" }, grouped(counted.counted)), h("p", { class: "quiet small" }, tr("vote.keep_why"))),
    h("p", { class: "vote-why" }, tr("vote.anonymous")),
    go,
  );
}

export function findPage(app) {
  const kept = app.kept.codes();
  const known = kept.length
    ? h("div", { class: "card" }, h("p", { class: "quiet" }, tr("vote.kept")), kept.map((one) => h("button", { type: "button", class: "vote-tick", onclick: () => app.find(one.code) }, h("strong", {}, grouped(one.code)), h("span", { class: "quiet" }, one.title))))
    : null;
  const code = codeForm(app.typed, "own", tr("vote.code"), tr("vote.code_hint"), tr("vote.find"), (typed) => app.find(typed));
  return h("main", { class: "page vote-card" }, h("div", { class: "card" }, fault(app), elsewhere(app), code), known, h("button", { type: "button", class: "vote-link", onclick: () => app.leave() }, tr("vote.leave")));
}

export function foundPage(app) {
  const { form, marks, others } = app.found;
  const rows = reviewRows(form, { marks, others }, null);
  return h(
    "main",
    { class: "page vote-card" },
    h("div", { class: "card vote-review" }, h("h1", {}, form.title), h("p", {}, tr("vote.published")), h("ul", {}, rows, others.map((name) => h("li", {}, h("div", {}, h("strong", {}, name), h("span", {}, "✓"))))), h("p", { class: "quiet small" }, tr("vote.wrong")), h("a", { href: `/b/papers/${form.poll}.csv`, download: `${form.poll}.csv` }, tr("vote.list"))),
    h("button", { type: "button", class: "vote-link", onclick: () => app.turn("find") }, tr("vote.find")),
  );
}

// «Rehearsal», or nothing in an official run.
export function rehearsalMark(app) {
  return [app.forms, app.hall].some((said) => said && said.rehearsal) ? h("strong", { class: "vote-rehearsal" }, tr("vote.rehearsal")) : null;
}

// ---- the hall ----

export function hallPage(app) {
  const hall = app.hall;
  if (!hall) return h("main", { class: "vote-hall" });
  const polls = hall.polls.map((poll) =>
    h("section", {}, h("h1", {}, [poll.title, poll.place].filter(Boolean).join(" · ")), h("p", { class: "vote-turnout" }, tr("vote.voted", { voted: poll.voted, issued: poll.issued })), h("progress", { max: Math.max(1, poll.issued), value: Math.min(poll.voted, poll.issued) })),
  );
  return h("main", { class: "vote-hall", lang: language() }, rehearsalMark(app), h("p", { class: "quiet" }, hall.title), h("p", {}, polls.length ? tr("vote.hall") : tr("vote.hall_none")), polls);
}
