"""Components over all entries, one column at a time, each made of the columns before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from venue_app.rules import panel
from venue_app.rules.facts import Facts
from venue_app.rules.number import Column, Num, Reason, cut, units
from venue_app.scheme.components import Component, Entered, Imported, Panel, Sum, parents
from venue_app.scheme.judging import Rounding
from venue_app.scheme.model import Scheme

Columns = Mapping[str, Column]


def order(scheme: Scheme) -> tuple[Component, ...]:
    """Components so that each comes after those it is made of."""
    done: dict[str, Component] = {}

    def visit(component: Component) -> None:
        if component.id not in done:
            for parent in parents(component):
                visit(scheme.component(parent))
            done[component.id] = component

    for component in scheme.components:
        visit(component)
    return tuple(done.values())


def _brought(
    scheme: Scheme, facts: Facts, component: Component, ids: tuple[str, ...], _done: Columns
) -> Column:
    """Numbers from outside, as they were given, or cut when the scheme says so."""
    rounding = scheme.rounding_of(component)
    given = [facts.values.get((name, component.id)) for name in ids]
    places = max((max(0, -_exponent(v)) for v in given if v is not None), default=0)
    values: list[Num | None] = [None if v is None else units(v, places) for v in given]
    why = {i: Reason("value_missing", {"component": component.id}) for i, v in enumerate(given) if v is None}
    return _cut_column(values, 10**places, why, rounding, places)


def _exponent(value: Any) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _cut_column(
    values: list[Num | None], den: int, why: dict[int, Reason], rounding: Rounding, places: int | None
) -> Column:
    if rounding.mode == "exact":
        return Column(values, den, why, places)
    rounded: list[Num | None] = [None if v is None else cut(v, den, rounding)[0] for v in values]
    return Column(rounded, 10**rounding.places, why, rounding.places)


def _panel(
    scheme: Scheme, facts: Facts, component: Component, ids: tuple[str, ...], _done: Columns
) -> Column:
    assert isinstance(component, Panel)
    return panel.column(scheme, facts, scheme.group(component.group), ids)


def _sum(scheme: Scheme, _facts: Facts, component: Component, ids: tuple[str, ...], done: Columns) -> Column:
    assert isinstance(component, Sum)
    parts: list[tuple[list[Num | None], int, int]] = []
    columns = [done[term.of] for term in component.terms]
    for term, col in zip(component.terms, columns, strict=True):
        weight = Fraction(term.weight)
        values, den = col.values, col.den * weight.denominator
        if weight.numerator != 1:
            values = [None if v is None else v * weight.numerator for v in values]
        if term.rounding.mode != "exact":
            values = [None if v is None else cut(v, den, term.rounding)[0] for v in values]
            den = 10**term.rounding.places
        parts.append((values, den, 1))
    plus = Fraction(component.plus)
    common = lcm(plus.denominator, *(den for _, den, _ in parts))
    scaled = [
        values if common == den else [None if v is None else v * (common // den) for v in values]
        for values, den, _ in parts
    ]
    base = int(plus * common)
    why: dict[int, Reason] = {}
    totals: list[Num | None] = []
    for index, row in enumerate(zip(*scaled, strict=True)):
        total: Num = base
        for part in row:
            if part is None:
                break
            total += part
        else:
            totals.append(total)
            continue
        reason, rest = _missing(columns, index)
        if reason is None:
            totals.append(sum((part for part in row if part is not None), base) if rest else None)
            if not rest:
                why[index] = Reason("absent", {"component": component.id})
        else:
            totals.append(None)
            why[index] = reason
    divide = Fraction(component.divide)
    if divide.denominator != 1:
        totals = [None if t is None else t * divide.denominator for t in totals]
    den = common * divide.numerator
    totals = [None if t is None else _hold(t, den, component) for t in totals]
    return _cut_column(totals, den, why, scheme.rounding_of(component), None)


def _hold(total: Num, den: int, component: Sum) -> Num:
    if component.cap is not None:
        total = min(total, Fraction(component.cap) * den)
    if component.floor is not None:
        total = max(total, Fraction(component.floor) * den)
    return total


def _missing(columns: list[Column], index: int) -> tuple[Reason | None, bool]:
    """Why a row has no sum (None: only terms left out by rule), and whether any term is left."""
    rest = False
    found: Reason | None = None
    for col in columns:
        if col.values[index] is not None:
            rest = True
            continue
        reason = col.why[index]
        if reason.code == "left_out":
            continue
        if found is None or reason.code == "absent":
            found = reason
    return found, rest


_MAKE: dict[type[Component], Callable[[Scheme, Facts, Component, tuple[str, ...], Columns], Column]] = {
    Imported: _brought,
    Entered: _brought,
    Panel: _panel,
    Sum: _sum,
}


def _absences(facts: Facts, component: Component, col: Column, ids: tuple[str, ...]) -> None:
    """缺考: by the component's own rule nothing, zero, or left out of sums."""
    if not facts.absent:
        return
    for index, name in enumerate(ids):
        if (name, component.id) not in facts.absent and (name, "") not in facts.absent:
            continue
        if component.absent == "zero":
            col.values[index] = 0
            col.why.pop(index, None)
        else:
            col.values[index] = None
            code = "left_out" if component.absent == "omit" else "absent"
            col.why[index] = Reason(code, {"component": component.id})


def column_of(
    scheme: Scheme, facts: Facts, component: Component, ids: tuple[str, ...], done: Columns
) -> Column:
    """One component for every entry of `ids`, its parents being in `done`."""
    col = _MAKE[type(component)](scheme, facts, component, ids, done)
    if not parents(component):
        _absences(facts, component, col, ids)
    return col


def all_columns(scheme: Scheme, facts: Facts, ids: tuple[str, ...]) -> dict[str, Column]:
    """Every component for every entry of `ids`."""
    done: dict[str, Column] = {}
    for component in order(scheme):
        done[component.id] = column_of(scheme, facts, component, ids, done)
    return done
