"""Marks for a rehearsal that has no sheet of marks: simulated judges, the same marks for the same roster."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from venue_app.base.canonical import decimal_text
from venue_app.domain.commands import ImportRoster
from venue_app.scheme import Criterion, Group, Scheme

#: Marks of one sheet, decimal texts by criterion.
Marks = Mapping[str, str]

#: Simulated judges give between these shares of the full marks.
LOW, HIGH = Decimal("0.60"), Decimal("0.95")


def invented_marks(scheme: Scheme, command: ImportRoster) -> dict[str, dict[tuple[str, int], Marks]]:
    """Marks for every qualified person from every seat, by identity number, then (group, seat number).

    They depend on nothing but the roster and the scheme, so a rehearsal can be held again with the same
    numbers. They keep each criterion's step and the group's bounds of a sheet's sum.
    """
    seats = sorted({(seat.group, seat.number) for seat in command.seats})
    groups = {group.id: group for group in scheme.groups}
    return {
        person.identity: {
            (group, number): _sheet(groups[group], f"{person.identity},{group},{number}")
            for group, number in seats
        }
        for person in command.candidates
        if person.qualified
    }


def invented_value(key: str, minimum: Decimal, maximum: Decimal) -> str:
    """A whole number of points between the shares `LOW` and `HIGH` of `maximum`, the same for the same key."""
    parts = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6]) % 1001
    value = (maximum * (LOW + (HIGH - LOW) * parts / 1000)).quantize(Decimal(1))
    return decimal_text(max(minimum, min(value, maximum)))


def _sheet(group: Group, key: str) -> Marks:
    low = max(LOW, group.total_minimum / group.maximum if group.total_minimum is not None else LOW)
    high = min(HIGH, group.total_maximum / group.maximum if group.total_maximum is not None else HIGH)
    return {c.id: decimal_text(_mark(c, low, max(low, high), f"{key},{c.id}")) for c in group.criteria}


def _mark(criterion: Criterion, low: Decimal, high: Decimal, key: str) -> Decimal:
    """A mark between two shares of the scale, on a step; nothing here is a draw, so a remainder may be taken."""
    span = criterion.maximum - criterion.minimum
    steps = int(span / criterion.step)
    first = -int(-(low * criterion.maximum - criterion.minimum) // criterion.step)
    last = int((high * criterion.maximum - criterion.minimum) // criterion.step)
    first, last = max(0, min(first, steps)), max(0, min(last, steps))
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6])
    return criterion.minimum + criterion.step * (first + number % (max(first, last) - first + 1))
