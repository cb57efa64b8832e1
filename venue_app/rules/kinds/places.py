"""Marks by place (名次分): each judge's totals become places among those compared, and the places are added."""

from __future__ import annotations

from fractions import Fraction

from venue_app.rules.belong import holder
from venue_app.rules.context import Columns, Context
from venue_app.rules.kinds.base import Inner, Shown, exact_column
from venue_app.rules.kinds.statistics import OTHERS, trimmed
from venue_app.rules.number import Column, Reason, decimal, spoken
from venue_app.rules.panel import panel_result
from venue_app.rules.panel_math import exact_totals
from venue_app.scheme.components import Component
from venue_app.scheme.derived import SeatPlaces


def _by_seat(
    context: Context, component: SeatPlaces, rows: list[int]
) -> dict[int, dict[int, Fraction]] | Reason:
    """Places by row and seat; equal totals share the mean of their places. Waits for every sheet."""
    group = context.scheme.group(component.group)
    totals: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        name = context.ids[row]
        state = panel_result(context.scheme, context.facts, name, group.id).state
        if state == "absent" or (state == "not_yet" and name in context.frame.settled):
            continue
        if state != "ok":
            return Reason(OTHERS, {"component": component.id})
        key = (holder(context.facts.entries[name], group.per), group.id)
        totals[row] = exact_totals(group, context.facts.sheets.get(key, {}))
    places: dict[int, dict[int, Fraction]] = {row: {} for row in totals}
    for seat in sorted({seat for given in totals.values() for seat in given}):
        marks = {row: given[seat] for row, given in totals.items() if seat in given}
        for row, mark in marks.items():
            above = sum(other > mark for other in marks.values())
            level = sum(other == mark for other in marks.values())
            places[row][seat] = above + Fraction(level + 1, 2)
    return places


def _value(component: SeatPlaces, given: dict[int, Fraction]) -> Fraction:
    kept = trimmed(list(given.values()), component.drop_high, component.drop_low)
    whole = sum(kept, Fraction(0))
    return whole if component.take == "sum" else whole / len(kept)


def places_column(context: Context, component: Component, _done: Columns) -> Column:
    """The sum (or mean) of the places a person has with each judge."""
    assert isinstance(component, SeatPlaces)
    cells: list[Fraction | Reason] = [Reason("absent", {"component": component.id})] * len(context.ids)
    for rows in context.frame.sets(component.within).values():
        found = _by_seat(context, component, rows)
        for row in rows:
            if isinstance(found, Reason):
                cells[row] = found
            elif found.get(row):
                cells[row] = _value(component, found[row])
    return exact_column(cells, context.scheme.rounding_of(component))


def places_shown(context: Context, component: Component, _done: Columns, index: int, _inner: Inner) -> Shown:
    """The places, seat by seat."""
    assert isinstance(component, SeatPlaces)
    where = context.where(context.ids[index], component.within)
    rows = context.frame.sets(component.within).get(where, [])
    found = _by_seat(context, component, rows)
    given = {} if isinstance(found, Reason) else found.get(index, {})
    places = ", ".join(spoken(decimal(given[seat])) for seat in sorted(given))
    return Shown(
        {"places": places, "take": component.take, "count": str(len(given)), "people": str(len(rows))}
    )
