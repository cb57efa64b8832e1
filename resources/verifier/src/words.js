// Sentences, from the same catalogues as the program's.

/* global WORDS */

export const LANGUAGES = { "zh-CN": "简体中文", "zh-TW": "繁體中文", en: "English" };

let current = "zh-CN";

export function speak(language) {
  current = language in LANGUAGES ? language : "zh-CN";
}

export const language = () => current;

export function tr(key, params = {}) {
  const sentence = WORDS[current][key];
  if (sentence === undefined) return key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

export const has = (key) => key in WORDS[current];
