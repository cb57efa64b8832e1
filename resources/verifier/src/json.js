// JSON: read without losing a digit, and written canonically.

import { byCodePoint } from "./bytes.js";

// A number as it stands in the text.
export class Literal {
  constructor(text) {
    this.text = text;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const MOST_DEEP = 200;

// Numbers become `Literal`, objects have no prototype; a key twice is an error.
export function parseJson(text) {
  let at = 0;
  const fail = () => {
    throw new SyntaxError(`JSON, ${at}`);
  };
  const token = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) fail();
    at = pattern.lastIndex;
    return found[0];
  };
  const take = (sign) => {
    token(SPACE);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const word = (name, value) => {
    if (text.startsWith(name, at)) at += name.length;
    else fail();
    return value;
  };
  const value = (deep) => {
    if (deep > MOST_DEEP) fail();
    token(SPACE);
    const sign = text[at];
    if (sign === '"') return JSON.parse(token(STRING));
    if (sign === "t") return word("true", true);
    if (sign === "f") return word("false", false);
    if (sign === "n") return word("null", null);
    if (take("[")) {
      const items = [];
      if (take("]")) return items;
      do items.push(value(deep + 1));
      while (take(","));
      return take("]") ? items : fail();
    }
    if (take("{")) {
      const table = Object.create(null);
      if (take("}")) return table;
      do {
        token(SPACE);
        const key = JSON.parse(token(STRING));
        if (key in table || !take(":")) fail();
        table[key] = value(deep + 1);
      } while (take(","));
      return take("}") ? table : fail();
    }
    return new Literal(token(NUMBER));
  };
  const whole = value(0);
  token(SPACE);
  return at === text.length ? whole : fail();
}

const SHORT = { "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

const quoted = (text) =>
  // eslint-disable-next-line no-control-regex
  `"${text.replace(/["\\\u0000-\u001f]/g, (c) => SHORT[c] || `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

// Keys by code point, no spaces, only the escapes that JSON demands, no number but whole ones.
export function canonical(value) {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" || typeof value === "bigint") {
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`number ${value}`);
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${quoted(key)}:${canonical(value[key])}`).join(",")}}`;
}

// The value of a text that is canonical JSON; null when it is not.
export function fromCanonical(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && canonical(value) === text ? value : null;
  } catch {
    return null;
  }
}
