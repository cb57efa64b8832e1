"""Weighted sums: on integers over a common denominator, because most composites are sums."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, cut_column, hold
from venue_app.rules.node import Node
from venue_app.rules.number import Column, Num, Reason, cut, decimal, spoken, text
from venue_app.scheme.components import Component, Sum, Term
from venue_app.scheme.numbers import number_text


def _weighted(term: Term, column: Column) -> tuple[list[Num | None], int]:
    """A term's column times its weight, over its denominator."""
    weight = Fraction(term.weight)
    values, den = column.values, column.den * weight.denominator
    if weight.numerator != 1:
        values = [None if v is None else v * weight.numerator for v in values]
    if term.rounding.mode != "exact":
        values = [None if v is None else cut(v, den, term.rounding)[0] for v in values]
        den = 10**term.rounding.places
    return values, den


def _left(columns: list[Column], index: int) -> Reason | None:
    """Why a row has no sum; None when only terms that the rule leaves out are missing."""
    found: Reason | None = None
    for column in columns:
        if column.values[index] is None:
            reason = column.why[index]
            if reason.code == "left_out":
                continue
            if reason.code == "absent":
                return reason
            found = found or reason
    if found is None and all(column.values[index] is None for column in columns):
        return Reason("absent")
    return found


def sum_column(context: Context, component: Component, done: Columns) -> Column:
    """Terms times weights, added, divided, held within cap and floor, cut."""
    assert isinstance(component, Sum)
    columns = [done[term.of] for term in component.terms]
    parts = [_weighted(term, column) for term, column in zip(component.terms, columns, strict=True)]
    plus = Fraction(component.plus)
    common = lcm(plus.denominator, *(den for _values, den in parts))
    scaled = [
        values if common == den else [None if v is None else v * (common // den) for v in values]
        for values, den in parts
    ]
    base = int(plus * common)
    why: dict[int, Reason] = {}
    totals: list[Num | None] = []
    for index, row in enumerate(zip(*scaled, strict=True)):
        if None not in row:
            totals.append(sum(row, base))
            continue
        reason = _left(columns, index)
        if reason is not None:
            why[index] = reason
            totals.append(None)
        else:
            totals.append(sum((part for part in row if part is not None), base))
    divide = Fraction(component.divide)
    if divide.denominator != 1:
        totals = [None if t is None else t * divide.denominator for t in totals]
    den = common * divide.numerator
    if component.cap is not None or component.floor is not None:
        held = (
            None if t is None else hold(Fraction(t) / den, component.cap, component.floor) for t in totals
        )
        totals, den = list(held), 1
    return cut_column(totals, den, why, context.scheme.rounding_of(component))


def _term_node(term: Term, done: Columns, index: int, inner: Inner) -> Node:
    """One term: the component's value and its weighted points."""
    made = inner(term.of)
    value = value_at(done[term.of], index)
    params = {"weight": number_text(term.weight), "of": made.value or ""}
    points = None if value is None else spoken(decimal(*cut(value * Fraction(term.weight), 1, term.rounding)))
    rounding = term.rounding if term.rounding.mode != "exact" else None
    return Node("term", made.title, points, params, (made,), made.reason, rounding)


def sum_shown(_context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """The terms, what they add up to, and what was done to the sum."""
    assert isinstance(component, Sum)
    children = tuple(_term_node(term, done, index, inner) for term in component.terms)
    exact = Fraction(component.plus)
    for term in component.terms:
        value = value_at(done[term.of], index)
        if value is not None:
            top, den = cut(value * Fraction(term.weight), 1, term.rounding)
            exact += Fraction(top.numerator, top.denominator * den)
    params = {
        "plus": text(component.plus),
        "divide": number_text(component.divide),
        "total": spoken(decimal(exact)),
    }
    exact /= Fraction(component.divide)
    params["exact"] = spoken(decimal(exact))
    if component.cap is not None and exact > Fraction(component.cap):
        params["cap"] = text(component.cap)
    if component.floor is not None and exact < Fraction(component.floor):
        params["floor"] = text(component.floor)
    return Shown(params, children)
