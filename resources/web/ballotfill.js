// Filling a paper in: one candidate at a time with large grades, or everybody at once.

import { answered, choiceFits, chosen, give, given, items, pointsFault, tapRank, title, toggle, tooMany, whole } from "./ballotmarks.js";
import { h, say } from "./dom.js";
import { tr } from "./words.js";

export function fillPage(app) {
  const { form, paper } = app;
  const graded = form.kind === "grades" || form.kind === "decide";
  const change = (act) => (...given_) => {
    act(...given_);
    app.keep();
    app.render();
  };
  const body = !graded ? listed(app, change) : paper.mode === "one" ? single(app, change) : grid(app, change);
  return h("div", { class: "page vote" }, heading(app, graded, change), body, foot(app, graded, change));
}

function heading(app, graded, change) {
  const { form, paper } = app;
  const mode = (id, word) =>
    h("button", { type: "button", id: `mode-${id}`, "aria-pressed": paper.mode === id ? "true" : "false", onclick: change(() => (paper.mode = id)) }, word);
  const modes = graded && form.names.length > 1 ? h("div", { class: "vote-modes" }, mode("one", tr("vote.one")), mode("grid", tr("vote.grid"))) : null;
  const about = [form.place, form.voter_class].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "vote-heading" },
    h("div", { class: "vote-titles" }, h("h1", {}, form.title), about ? h("p", { class: "quiet small" }, about) : null, form.note ? h("p", { class: "small" }, form.note) : null),
    modes,
    app.fault ? h("p", { class: "alarm-text", role: "alert" }, app.fault) : null,
  );
}

// ---- one candidate at a time ----

function single(app, change) {
  const { form, paper } = app;
  const at = Math.min(paper.at, form.names.length - 1);
  const name = form.names[at];
  const rows = items(form).map((item) => gradeRow(form, `${name.id}-${item.id}`, item.title, given(paper, name.id, item.id), (answer) => change(() => give(paper, name.id, item.id, answer))()));
  const all = items(form).length > 1 ? [allRow(form, paper, name, change)] : [];
  const done = form.names.filter((one) => whole(form, paper, one.id)).length;
  return h(
    "main",
    { class: "vote-one" },
    h("progress", { max: form.names.length, value: done, "aria-label": tr("vote.filled", { done, all: form.names.length }) }),
    h("div", { class: "vote-name" }, h("p", { class: "quiet" }, tr("vote.progress", { at: at + 1, all: form.names.length })), h("h2", {}, name.name), name.detail ? h("p", { class: "quiet" }, name.detail) : null),
    ...all,
    ...rows,
  );
}

// `id` keeps the keyboard's place when the page is drawn anew.
function gradeRow(form, id, word, now, choose) {
  const buttons = form.answers.map((answer) =>
    h("button", { type: "button", id: `g-${id}-${answer.id}`, class: "vote-grade", "aria-pressed": now === answer.id ? "true" : "false", onclick: () => choose(now === answer.id ? "" : answer.id) }, answer.title),
  );
  return h("div", { class: "vote-row", role: "group", "aria-label": word || null }, word ? h("span", { class: "vote-item" }, word) : null, h("div", { class: `vote-grades of-${form.answers.length}` }, buttons));
}

function allRow(form, paper, name, change) {
  const answers = new Set(items(form).map((item) => given(paper, name.id, item.id)));
  const now = answers.size === 1 ? [...answers][0] : "";
  const row = gradeRow(form, `${name.id}-all-items`, tr("vote.all_items"), now, (answer) => change(() => items(form).forEach((item) => give(paper, name.id, item.id, answer)))());
  row.classList.add("vote-all");
  return row;
}

// ---- everybody at once ----

function grid(app, change) {
  const { form, paper } = app;
  const columns = items(form);
  if (columns.length === 1) {
    return h("main", { class: "vote-list" }, form.names.map((name) => h("section", { class: "vote-person" }, nameCell(name), gradeRow(form, `${name.id}-`, "", given(paper, name.id, columns[0].id), (answer) => change(() => give(paper, name.id, columns[0].id, answer))()))));
  }
  const next = (now) => {
    const ids = ["", ...form.answers.map((answer) => answer.id)];
    return ids[(ids.indexOf(now) + 1) % ids.length];
  };
  const cell = (name, item) => {
    const now = given(paper, name.id, item.id);
    const word = now ? title(form, now) : "";
    const place = form.answers.findIndex((answer) => answer.id === now);
    return h("td", { "data-item": item.title }, h("button", { type: "button", id: `c-${name.id}-${item.id}`, class: `vote-cell grade-${place}`, "aria-label": `${name.name} ${item.title} ${word || tr("vote.blank")}`, onclick: change(() => give(paper, name.id, item.id, next(now))) }, word || "·"));
  };
  return h(
    "main",
    { class: "vote-grid" },
    h("p", { class: "quiet small" }, tr("vote.cycle")),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", {}), columns.map((item) => h("th", { scope: "col" }, item.title)))), h("tbody", {}, form.names.map((name) => h("tr", {}, h("th", { scope: "row" }, nameCell(name)), columns.map((item) => cell(name, item)))))),
  );
}

function nameCell(name) {
  return h("div", { class: "vote-who" }, h("strong", {}, name.name), name.detail ? h("span", { class: "quiet small" }, name.detail) : null);
}

// ---- choosing, ranking, points ----

function listed(app, change) {
  const { form, paper } = app;
  const rows = { choose: chooseRow, rank: rankRow, points: pointsRow }[form.kind];
  const hint = { choose: choiceHint(app), rank: tr("vote.rank_hint"), points: tr("vote.points_hint", { low: form.minimum, high: form.maximum, step: form.step }) }[form.kind];
  return h("main", { class: "vote-list" }, h("p", { class: tooMany(form, paper) ? "alarm-text" : "quiet" }, hint), form.names.map((name) => rows(app, name, change)), form.write_in ? writeIns(app, change) : null);
}

function choiceHint({ form, paper }) {
  const limits = [
    form.exactly !== null ? tr("vote.exactly", { count: form.exactly }) : "",
    form.at_most !== null ? tr("vote.at_most", { count: form.at_most }) : "",
    form.at_least !== null ? tr("vote.at_least", { count: form.at_least }) : "",
  ];
  return [tr("vote.picked", { count: chosen(form, paper) }), ...limits].filter(Boolean).join(" · ");
}

function chooseRow({ paper }, name, change) {
  const on = Boolean(given(paper, name.id, ""));
  return h("button", { type: "button", id: `n-${name.id}`, class: "vote-tick", role: "checkbox", "aria-checked": on ? "true" : "false", onclick: change(() => toggle(paper, name.id)) }, h("span", { class: "vote-box", "aria-hidden": "true" }, on ? "✓" : ""), nameCell(name));
}

function rankRow({ form, paper }, name, change) {
  const rank = given(paper, name.id, "");
  return h("button", { type: "button", id: `n-${name.id}`, class: "vote-tick", "aria-pressed": rank ? "true" : "false", onclick: change(() => tapRank(form, paper, name.id)) }, h("span", { class: "vote-box" }, rank), nameCell(name), rank ? h("span", { class: "quiet" }, tr("vote.rank_of", { rank })) : null);
}

// The items of a ballot by points, each with a number; typing does not draw the page anew.
function pointsRow(app, name) {
  const { form, paper } = app;
  const inputs = items(form).map((item) => {
    const note = h("span", { class: "alarm-text small", role: "status" });
    const input = h("input", {
      type: "number", inputmode: "decimal", min: form.minimum, max: form.maximum, step: form.step, id: `p-${name.id}-${item.id}`,
      value: given(paper, name.id, item.id), "aria-label": `${name.name} ${item.title}`,
      oninput: () => {
        give(paper, name.id, item.id, input.value);
        app.keep();
        judge();
      },
    });
    const judge = () => {
      const wrong = pointsFault(form, input.value);
      say(note, wrong ? tr(wrong.key, wrong.params) : "");
      input.setAttribute("aria-invalid", String(Boolean(wrong)));
    };
    judge();
    return h("label", { class: "vote-points" }, item.title, input, note);
  });
  return h("section", { class: "vote-person" }, nameCell(name), inputs);
}

function writeIns(app, change) {
  const { paper } = app;
  const shown = paper.others.length ? paper.others : [""];
  const inputs = shown.map((name, at) =>
    h("input", {
      type: "text", maxlength: 30, value: name, id: `w-${at}`, "aria-label": tr("vote.write_in"),
      oninput: (event) => {
        paper.others[at] = event.target.value;
        app.keep();
      },
    }),
  );
  return h("section", { class: "vote-person" }, h("strong", {}, tr("vote.write_in")), inputs, h("button", { type: "button", onclick: change(() => paper.others.push("")) }, tr("vote.write_more")));
}

// ---- the foot ----

function foot(app, graded, change) {
  const { form, paper } = app;
  const review = (main) => h("button", { type: "button", id: "go-review", class: main ? "primary" : null, onclick: () => app.turn("review") }, tr("vote.review"));
  if (!graded || paper.mode === "grid" || form.names.length === 1) {
    return h("footer", { class: "vote-foot" }, graded || form.kind === "rank" ? filled(form, paper) : h("span", {}), review(form.kind !== "choose" || choiceFits(form, paper)));
  }
  const at = Math.min(paper.at, form.names.length - 1);
  const go = (to) => change(() => {
    paper.at = to;
    window.scrollTo(0, 0);
  });
  const last = at === form.names.length - 1;
  const ready = whole(form, paper, form.names[at].id);
  const all = form.names.every((name) => whole(form, paper, name.id));
  return h(
    "footer",
    { class: "vote-foot" },
    h("button", { type: "button", id: "go-back", disabled: at === 0, onclick: go(at - 1) }, tr("vote.back")),
    all && !last ? review(false) : filled(form, paper),
    last ? review(true) : h("button", { type: "button", id: "go-next", class: ready ? "primary" : null, onclick: go(at + 1) }, tr("vote.next")),
  );
}

function filled(form, paper) {
  const done = form.names.filter((name) => (form.kind === "rank" ? answered(form, paper, name.id) : whole(form, paper, name.id))).length;
  return h("span", { class: "quiet" }, tr("vote.filled", { done, all: form.names.length }));
}
