// Reading and changing the marks of a paper: { name: { item: [answers] } }, as the laptop takes them.

import { fault, units } from "./marks.js";

const FOR = "for";

export function items(form) {
  return form.items.length ? form.items : [{ id: "", title: "" }];
}

export function given(paper, name, item) {
  const answers = (paper.marks[name] || {})[item];
  return answers && answers.length ? answers[0] : "";
}

export function give(paper, name, item, answer) {
  const marks = { ...(paper.marks[name] || {}) };
  if (answer) marks[item] = [answer];
  else delete marks[item];
  if (Object.keys(marks).length) paper.marks[name] = marks;
  else delete paper.marks[name];
}

// How many of a name's items are answered.
export function answered(form, paper, name) {
  return items(form).filter((item) => given(paper, name, item.id)).length;
}

export function whole(form, paper, name) {
  return answered(form, paper, name) === items(form).length;
}

// Items left blank, over the whole paper; choosing and ranking leave nobody blank.
export function blanks(form, paper) {
  if (form.kind === "choose") return 0;
  return form.names.reduce((sum, name) => sum + items(form).length - answered(form, paper, name.id), 0);
}

export function title(form, answer) {
  const found = form.answers.find((one) => one.id === answer);
  return found ? found.title : answer;
}

// ---- points ----

const PLACES = 6;

// Why a typed number would not count: null, or the key and parameters of the sentence.
export function pointsFault(form, typed) {
  if (typed === "") return null;
  const [low, high, step] = [form.minimum, form.maximum, form.step].map((number) => units(number, PLACES));
  return fault({ low, high, step, places: PLACES, shown: { low: form.minimum, high: form.maximum, step: form.step } }, typed);
}

// How many typed numbers would not count, over the whole paper.
export function wrongPoints(form, paper) {
  if (form.kind !== "points") return 0;
  const of = (name) => items(form).filter((item) => pointsFault(form, given(paper, name.id, item.id))).length;
  return form.names.reduce((sum, name) => sum + of(name), 0);
}

// ---- choosing ----

export function chosen(form, paper) {
  return form.names.filter((name) => given(paper, name.id, "")).length + paper.others.filter((o) => o.trim()).length;
}

export function toggle(paper, name) {
  give(paper, name, "", given(paper, name, "") ? "" : FOR);
}

export function tooMany(form, paper) {
  if (form.kind !== "choose") return false;
  const most = form.exactly !== null ? form.exactly : form.at_most;
  return most !== null && chosen(form, paper) > most;
}

export function choiceFits(form, paper) {
  const count = chosen(form, paper);
  if (form.exactly !== null && count !== form.exactly) return false;
  if (form.at_most !== null && count > form.at_most) return false;
  return form.at_least === null || count >= form.at_least;
}

// ---- ranking: tapped in order ----

export function tapRank(form, paper, name) {
  const before = Number(given(paper, name, ""));
  if (before) {
    for (const other of form.names) {
      const rank = Number(given(paper, other.id, ""));
      if (rank > before) give(paper, other.id, "", String(rank - 1));
    }
    give(paper, name, "", "");
    return;
  }
  const last = Math.max(0, ...form.names.map((other) => Number(given(paper, other.id, ""))));
  give(paper, name, "", String(last + 1));
}
