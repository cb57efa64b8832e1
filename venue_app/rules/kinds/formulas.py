"""Formulas, worked out exactly on rationals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, exact_column, hold
from venue_app.rules.number import Column, Reason, cut_value, decimal, spoken, text
from venue_app.scheme.components import Calculated, Component
from venue_app.scheme.formula import Expr
from venue_app.scheme.judging import Rounding

Lookup = Callable[[str], Fraction]


class Missing(Exception):
    """A name in the formula has no value, or a division by zero was asked for."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


_MODES = {"round": "half-up", "trunc": "truncate", "roundup": "up"}
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _cut(mode: str, number: Fraction, places: Fraction) -> Fraction:
    rounding = Rounding(int(places), _MODES[mode])  # type: ignore[arg-type]
    return cut_value(number, rounding)


def _divide(a: Fraction, b: Fraction) -> Fraction:
    if not b:
        raise Missing(Reason("division_by_zero"))
    return a / b


_PLAIN: dict[str, Callable[..., Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "neg": lambda a: -a,
    "abs": abs,
    "min": lambda *xs: min(xs),
    "max": lambda *xs: max(xs),
    "sum": lambda *xs: sum(xs, Fraction(0)),
    "mean": lambda *xs: sum(xs, Fraction(0)) / len(xs),
}


def evaluate(expr: Expr, lookup: Lookup) -> Fraction:
    """The exact value of a formula's tree; raises `Missing`. A comparison is 1 or 0."""
    if expr.op == "number":
        return expr.number
    if expr.op == "name":
        return lookup(expr.name)
    if expr.op == "if":
        return evaluate(expr.args[1 if evaluate(expr.args[0], lookup) else 2], lookup)
    if expr.op == "known":
        try:
            return evaluate(expr.args[0], lookup)
        except Missing:
            return evaluate(expr.args[1], lookup)
    args = [evaluate(arg, lookup) for arg in expr.args]
    if expr.op in _MODES:
        return _cut(expr.op, args[0], args[1])
    if expr.op in _COMPARE:
        return Fraction(_COMPARE[expr.op](args[0], args[1]))
    return _PLAIN[expr.op](*args)


def _lookup(done: Columns, index: int) -> Lookup:
    def find(name: str) -> Fraction:
        value = value_at(done[name], index)
        if value is None:
            raise Missing(done[name].why[index])
        return value

    return find


def formula_column(context: Context, component: Component, done: Columns) -> Column:
    """The formula for every row."""
    assert isinstance(component, Calculated)

    def cell(index: int) -> Fraction | Reason:
        try:
            number = evaluate(component.formula.expr, _lookup(done, index))
        except Missing as missing:
            return missing.reason
        return hold(number, component.cap, component.floor)

    return exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def _written(expr: Expr, name: Callable[[str], str], outer: int = 0) -> str:
    """The formula in words, with `name` in place of each component."""
    if expr.op == "number":
        return spoken(decimal(expr.number))
    if expr.op == "name":
        return name(expr.name)
    if expr.op in _RANK or expr.op in _COMPARE:
        rank = _RANK.get(expr.op, 0)
        sign = {"*": "×", "/": "÷", "-": "−"}.get(expr.op, expr.op)
        left, right = (_written(arg, name, rank + place) for place, arg in enumerate(expr.args))
        whole = f"{left} {sign} {right}"
        return f"({whole})" if rank < outer else whole
    if expr.op == "neg":
        return "−" + _written(expr.args[0], name, 3)
    return f"{expr.op}({', '.join(_written(arg, name) for arg in expr.args)})"


def formula_shown(_context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """The formula with names, with numbers, and its exact value."""
    assert isinstance(component, Calculated)
    children = tuple(inner(name) for name in component.formula.names)
    values = dict(zip(component.formula.names, children, strict=True))
    params = {
        "formula": component.formula.text,
        "numbers": _written(component.formula.expr, lambda name: values[name].value or "—"),
        "exact": "",
    }
    try:
        exact = evaluate(component.formula.expr, _lookup(done, index))
    except Missing:
        return Shown(params, children)
    params["exact"] = spoken(decimal(exact))
    if component.cap is not None and exact > component.cap:
        params["cap"] = text(component.cap)
    if component.floor is not None and exact < component.floor:
        params["floor"] = text(component.floor)
    return Shown(params, children)
