// TOML 1.0, as far as a scheme needs it (no dates). Whole numbers and decimals become `Written`.

import { decimalWritten, Q, Written } from "./exact.js";

const BARE = /[A-Za-z0-9_-]+/y;
const NUMBER = /[+-]?(?:0[xob][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9_]+)?)(?![\w.:-])/y;
const ESCAPES = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\" };

class Reader {
  constructor(text) {
    this.text = text.replace(/\r\n/g, "\n");
    this.at = 0;
    this.closed = new Set(); // tables that may not be opened again
    this.lists = new Set(); // lists made by [[…]]
  }
  fail(what) {
    const line = this.text.slice(0, this.at).split("\n").length;
    throw new SyntaxError(`TOML, line ${line}: ${what}`);
  }
  is(sign) {
    return this.text.startsWith(sign, this.at);
  }
  take(sign) {
    if (!this.is(sign)) return false;
    this.at += sign.length;
    return true;
  }
  want(sign) {
    if (!this.take(sign)) this.fail(`no ${sign}`);
  }
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }
  blanks() {
    this.match(/[ \t]*/y);
  }
  // Blanks, comments and line ends.
  gap() {
    this.match(/(?:[ \t\n]|#[^\n]*)*/y);
  }
  lineEnd() {
    this.blanks();
    this.match(/#[^\n]*/y);
    if (this.at < this.text.length) this.want("\n");
  }
  key() {
    const parts = [];
    do {
      this.blanks();
      const quoted = this.is('"') || this.is("'");
      parts.push(quoted ? this.line() : this.match(BARE) || this.fail("no key"));
      this.blanks();
    } while (this.take("."));
    return parts;
  }
  // A string on one line.
  line() {
    if (this.take("'")) {
      const words = this.match(/[^'\n]*/y);
      this.want("'");
      return words;
    }
    this.want('"');
    let words = "";
    while (!this.take('"')) words += this.sign(false);
    return words;
  }
  sign(lines) {
    const plain = this.match(lines ? /[^"\\]+/y : /[^"\\\n]+/y);
    if (plain !== null) return plain;
    if (!this.take("\\")) return this.fail("a string without its end");
    const code = this.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== null) return String.fromCodePoint(parseInt(code.slice(1), 16));
    if (lines && this.match(/[ \t]*\n[ \t\n]*/y) !== null) return "";
    const one = this.text[this.at++];
    return one in ESCAPES ? ESCAPES[one] : this.fail("an unknown escape");
  }
  // A string between three quotes.
  long(mark) {
    this.take("\n");
    let words = "";
    while (!this.take(mark)) {
      if (this.at >= this.text.length) this.fail("a string without its end");
      if (mark === "'''") words += this.text[this.at++];
      else words += this.is('"') ? this.text[this.at++] : this.sign(true);
    }
    for (let i = 0; i < 2 && this.take(mark[0]); i++) words += mark[0];
    return words;
  }
  value() {
    for (const mark of ['"""', "'''"]) if (this.take(mark)) return this.long(mark);
    if (this.is('"') || this.is("'")) return this.line();
    if (this.take("[")) return this.list();
    if (this.take("{")) return this.inline();
    const word = this.match(/(?:true|false)(?![\w-])/y);
    if (word !== null) return word === "true";
    return this.number();
  }
  number() {
    const found = this.match(NUMBER) || this.fail("no value");
    const plain = found.replace(/_/g, "");
    if (/[_.]_|__|_$|_[.eE]/.test(found)) this.fail(found);
    if (/^[+-]?0[xob]/.test(plain)) return new Written(Q.int(plain), BigInt(plain).toString());
    if (/^[+-]?0[0-9]/.test(plain)) this.fail(found);
    const written = decimalWritten(plain);
    return /^-0$/.test(written.text) ? new Written(written.q, "0") : written;
  }
  list() {
    const items = [];
    for (;;) {
      this.gap();
      if (this.take("]")) return items;
      items.push(this.value());
      this.gap();
      if (!this.take(",")) {
        this.want("]");
        return items;
      }
    }
  }
  inline() {
    const table = Object.create(null);
    this.blanks();
    if (!this.take("}")) {
      do {
        this.pair(table);
        this.blanks();
      } while (this.take(","));
      this.want("}");
    }
    this.closed.add(table);
    return table;
  }
  pair(table) {
    const path = this.key();
    this.want("=");
    this.blanks();
    const last = path.pop();
    for (const part of path) {
      if (!(part in table)) table[part] = Object.create(null);
      table = table[part];
      if (!isTable(table) || this.closed.has(table)) this.fail(part);
    }
    if (last in table) this.fail(`${last} twice`);
    table[last] = this.value();
  }
  // The table a heading names; of a list its newest item.
  step(table, part) {
    if (!(part in table)) table[part] = Object.create(null);
    const next = table[part];
    if (this.lists.has(next)) return next[next.length - 1];
    return isTable(next) && !this.closed.has(next) ? next : this.fail(part);
  }
  heading(whole) {
    const many = this.take("[[");
    if (!many) this.want("[");
    const path = this.key();
    this.want(many ? "]]" : "]");
    this.lineEnd();
    const last = path.pop();
    const parent = path.reduce((table, part) => this.step(table, part), whole);
    if (!many) {
      const made = this.step(parent, last);
      if (this.opened.has(made)) this.fail(`${last} twice`);
      this.opened.add(made);
      return made;
    }
    if (!(last in parent)) this.lists.add((parent[last] = []));
    if (!this.lists.has(parent[last])) this.fail(`${last} twice`);
    const made = Object.create(null);
    this.opened.add(made);
    parent[last].push(made);
    return made;
  }
  whole() {
    const whole = Object.create(null);
    this.opened = new Set([whole]);
    let table = whole;
    for (this.gap(); this.at < this.text.length; this.gap()) {
      if (this.is("[")) table = this.heading(whole);
      else {
        this.pair(table);
        this.lineEnd();
      }
    }
    return whole;
  }
}

export const isTable = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Written);

export const parseToml = (text) => new Reader(text).whole();
