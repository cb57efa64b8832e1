// Formulas: read once, worked out exactly.
//
// expression = sum [ (">=" | "<=" | ">" | "<" | "==" | "!=") sum ]
// sum = product { ("+" | "-") product }      product = sign { ("*" | "/") sign }      sign = ["-"] atom
// atom = number | name | name "(" expression { "," expression } ")" | "(" expression ")"

import { cut, decimalWritten, least, meanOf, most, ONE, sumOf, ZERO } from "./exact.js";

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*)|(>=|<=|==|!=|[-+*/(),<>]))/uy;
const COMPARE = {
  ">=": (order) => order >= 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  "<": (order) => order < 0,
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
};
const FUNCTIONS = ["min", "max", "mean", "sum", "abs", "round", "trunc", "roundup", "if", "known"];
const MODES = { round: "half-up", trunc: "truncate", roundup: "up" };

function tokensOf(text) {
  const found = [];
  let at = 0;
  while (text.slice(at).trim()) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(text);
    found.push({ number: match[1], name: match[2], sign: match[3] });
    at = TOKEN.lastIndex;
  }
  return found;
}

export function parseFormula(text) {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = () => {
    throw new SyntaxError(text);
  };
  const take = (...signs) => (tokens[at] && signs.includes(tokens[at].sign) ? tokens[at++].sign : "");
  const chain = (part, ...signs) => {
    let left = part();
    for (let sign = take(...signs); sign; sign = take(...signs)) left = { op: sign, args: [left, part()] };
    return left;
  };
  const call = (op) => {
    const args = [compare()];
    while (take(",")) args.push(compare());
    return take(")") && FUNCTIONS.includes(op) ? { op, args } : fail();
  };
  const atom = () => {
    const token = tokens[at];
    if (token && token.number) {
      at += 1;
      return { op: "number", number: decimalWritten(token.number).q };
    }
    if (token && token.name) {
      at += 1;
      return take("(") ? call(token.name) : { op: "name", name: token.name };
    }
    if (!take("(")) return fail();
    const inner = compare();
    return take(")") ? inner : fail();
  };
  const sign = () => (take("-") ? { op: "neg", args: [sign()] } : atom());
  const product = () => chain(sign, "*", "/");
  const sum = () => chain(product, "+", "-");
  const compare = () => {
    const left = sum();
    const op = take(...Object.keys(COMPARE));
    return op ? { op, args: [left, sum()] } : left;
  };
  const tree = compare();
  return at === tokens.length ? tree : fail();
}

export const namesIn = (tree) => (tree.op === "name" ? [tree.name] : (tree.args || []).flatMap(namesIn));

// The value of a formula's tree, or the reason there is none. `look` gives a component's value, or its reason.
export function evaluate(tree, look, Reason) {
  const { op, args } = tree;
  if (op === "number") return tree.number;
  if (op === "name") return look(tree.name);
  if (op === "known") {
    const first = evaluate(args[0], look, Reason);
    return first instanceof Reason ? evaluate(args[1], look, Reason) : first;
  }
  if (op === "if") {
    const test = evaluate(args[0], look, Reason);
    return test instanceof Reason ? test : evaluate(args[test.zero ? 2 : 1], look, Reason);
  }
  const values = [];
  for (const arg of args) {
    const value = evaluate(arg, look, Reason);
    if (value instanceof Reason) return value;
    values.push(value);
  }
  const [a, b] = values;
  if (op in MODES) return cut(a, { places: Number(b.n / b.d), mode: MODES[op] });
  if (op in COMPARE) return COMPARE[op](a.cmp(b)) ? ONE : ZERO;
  if (op === "/") return b.zero ? new Reason("division_by_zero") : a.div(b);
  const plain = {
    "+": () => a.add(b),
    "-": () => a.sub(b),
    "*": () => a.mul(b),
    neg: () => a.neg(),
    abs: () => a.abs(),
    min: () => values.reduce(least),
    max: () => values.reduce(most),
    sum: () => sumOf(values),
    mean: () => meanOf(values),
  };
  return plain[op]();
}
