// Sentences of the station, from the same catalogues as the program's windows.

export const LANGUAGES = { "zh-CN": "简体中文", "zh-TW": "繁體中文", en: "English" };

let current = "zh-CN";
let table = {};

export async function load(language) {
  const wanted = language in LANGUAGES ? language : "zh-CN";
  const answer = await fetch(`strings.${wanted}.json`);
  if (!answer.ok) throw new Error(`strings ${answer.status}`);
  table = await answer.json();
  current = wanted;
  document.documentElement.lang = wanted;
}

export function language() {
  return current;
}

export function tr(key, params = {}) {
  const text = table[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

// A phrase of the scheme: it comes in every language.
export function phrase(words) {
  return words[current] || "";
}
