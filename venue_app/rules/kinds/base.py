"""What the kinds share: building columns, cutting them, saying why a number is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from venue_app.rules.context import Columns, Context
from venue_app.rules.node import Node
from venue_app.rules.number import Column, Num, Reason, round_units
from venue_app.scheme.components import Component
from venue_app.scheme.judging import Rounding
from venue_app.scheme.text import Text

Make = Callable[[Context, Component, Columns], Column]


@dataclass(frozen=True, slots=True)
class Shown:
    """The particulars of one value's working: numbers and phrases for its sentence, and its parts."""

    params: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    words: dict[str, Text] = field(default_factory=dict)


Inner = Callable[[str], Node]
"""The working of another component of the same entry."""

Explain = Callable[[Context, Component, Columns, int, Inner], Shown]


def cut_column(values: list[Num | None], den: int, why: dict[int, Reason], rounding: Rounding) -> Column:
    """A column whose values are cut as stated."""
    if rounding.mode == "exact":
        return Column(values, den, why)
    rounded: list[Num | None] = [None if v is None else round_units(v, den, rounding) for v in values]
    return Column(rounded, 10**rounding.places, why, rounding.places)


def exact_column(cells: Iterable[Fraction | Reason], rounding: Rounding) -> Column:
    """A column from one exact number, or the reason there is none, for each row."""
    values: list[Num | None] = []
    why: dict[int, Reason] = {}
    for index, cell in enumerate(cells):
        if isinstance(cell, Reason):
            values.append(None)
            why[index] = cell
        else:
            values.append(cell)
    return cut_column(values, 1, why, rounding)


def hold(number: Fraction, cap: Decimal | None, floor: Decimal | None) -> Fraction:
    """A number held at most at `cap` and at least at `floor`."""
    if cap is not None:
        number = min(number, Fraction(cap))
    if floor is not None:
        number = max(number, Fraction(floor))
    return number


def gather(context: Context, column: Column, within: str) -> Mapping[str, tuple[list[int], bool]]:
    """By set: the rows that have a number, and whether somebody's is still awaited.

    The absent are left out, and so are those whom an earlier round left behind without a number.
    """
    gone = context.frame.settled
    found: dict[str, tuple[list[int], bool]] = {}
    for name, rows in context.frame.sets(within).items():
        have = [row for row in rows if column.values[row] is not None]
        settled = {"absent", "left_out"}
        awaited = any(
            column.values[row] is None
            and column.why[row].code not in settled
            and context.ids[row] not in gone
            for row in rows
        )
        found[name] = (have, awaited)
    return found
