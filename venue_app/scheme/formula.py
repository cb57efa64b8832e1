"""Formulas: `0.6 * written + 0.4 * max(first, second)`, read once, worked out exactly.

expression  = compare
compare     = sum [ (">=" | "<=" | ">" | "<" | "==" | "!=") sum ]
sum         = product { ("+" | "-") product }
product     = sign { ("*" | "/") sign }
sign        = ["-"] atom
atom        = number | name | name "(" expression { "," expression } ")" | "(" expression ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

FUNCTIONS: dict[str, tuple[int, int]] = {
    "min": (1, 99),
    "max": (1, 99),
    "mean": (1, 99),
    "sum": (1, 99),
    "abs": (1, 1),
    "round": (2, 2),
    "trunc": (2, 2),
    "roundup": (2, 2),
    "if": (3, 3),
    "known": (2, 2),
}
"""Functions with the fewest and most arguments. `round(x, 2)` is half-up, `trunc(x, 2)` cuts,
`roundup(x, 2)` goes up; `if(test, then, else)`; `known(x, y)` is x, or y when x has no value."""

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([^\W\d]\w*)|(>=|<=|==|!=|[-+*/(),<>]))")
_COMPARE = (">=", "<=", "==", "!=", ">", "<")


@dataclass(frozen=True, slots=True)
class Expr:
    """A node: `op` is `number` (with `number`), `name` (with `name`), a function, an operator, or `neg`."""

    op: str
    args: tuple[Expr, ...] = ()
    name: str = ""
    number: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, its tree, and the components it names in order of first use."""

    text: str
    expr: Expr
    names: tuple[str, ...]


class FormulaError(ValueError):
    """The formula cannot be read: `at` is the character (from 0), `found` what stands there."""

    def __init__(self, at: int, found: str) -> None:
        super().__init__(at, found)
        self.at = at
        self.found = found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[int, str, str]] = []
        pos = 0
        while text[pos:].strip():
            match = _TOKEN.match(text, pos)
            if match is None:
                start = len(text) - len(text[pos:].lstrip())
                raise FormulaError(start, text[start : start + 10])
            kind = ("number", "name", "sign")[(match.lastindex or 1) - 1]
            self.tokens.append((match.start(match.lastindex or 1), kind, match.group(match.lastindex or 1)))
            pos = match.end()
        self.tokens.append((len(text), "end", ""))
        self.index = 0
        self.names: dict[str, None] = {}

    def take(self, *signs: str) -> str:
        _at, kind, word = self.tokens[self.index]
        if kind == "sign" and word in signs:
            self.index += 1
            return word
        return ""

    def fail(self) -> FormulaError:
        at, _kind, word = self.tokens[self.index]
        return FormulaError(at, word)

    def whole(self) -> Expr:
        expr = self.compare()
        if self.tokens[self.index][1] != "end":
            raise self.fail()
        return expr

    def compare(self) -> Expr:
        left = self.add()
        sign = self.take(*_COMPARE)
        return Expr(sign, (left, self.add())) if sign else left

    def add(self) -> Expr:
        left = self.multiply()
        while sign := self.take("+", "-"):
            left = Expr(sign, (left, self.multiply()))
        return left

    def multiply(self) -> Expr:
        left = self.sign()
        while sign := self.take("*", "/"):
            left = Expr(sign, (left, self.sign()))
        return left

    def sign(self) -> Expr:
        return Expr("neg", (self.sign(),)) if self.take("-") else self.atom()

    def atom(self) -> Expr:
        _at, kind, word = self.tokens[self.index]
        if kind == "number":
            self.index += 1
            return Expr("number", number=Fraction(word))
        if kind == "name":
            self.index += 1
            return self.call(word) if self.take("(") else self.named(word)
        if self.take("("):
            inner = self.compare()
            if not self.take(")"):
                raise self.fail()
            return inner
        raise self.fail()

    def named(self, word: str) -> Expr:
        self.names[word] = None
        return Expr("name", name=word)

    def call(self, word: str) -> Expr:
        if word not in FUNCTIONS:
            self.index -= 2
            raise self.fail()
        args = [self.compare()]
        while self.take(","):
            args.append(self.compare())
        if not self.take(")"):
            raise self.fail()
        low, high = FUNCTIONS[word]
        if not low <= len(args) <= high:
            raise FormulaError(self.tokens[self.index - 1][0], word)
        return Expr(word, tuple(args))


def parse(text: str) -> Formula:
    """The formula in `text`; raises `FormulaError` with the place of the first thing that does not fit."""
    parser = _Parser(text)
    expr = parser.whole()
    return Formula(text, expr, tuple(parser.names))
