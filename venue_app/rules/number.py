"""Exact numbers: integers over a common denominator, cut only where a scheme says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import Literal

import msgspec

from venue_app.scheme.judging import Mode, Rounding
from venue_app.scheme.numbers import ending, number_text
from venue_app.scheme.text import Text

Num = int | Fraction
_FOUR = Rounding(4, "truncate")
_WIDE = Context(prec=400, traps=[Inexact])


def round_units(number: Num, den: int, rounding: Rounding) -> int:
    """`number/den` cut to `rounding.places` decimals, as an integer of 10^-places. Sign-symmetric."""
    top: int = number.numerator * 10**rounding.places
    bottom: int = number.denominator * den
    return -_magnitude(-top, bottom, rounding.mode) if top < 0 else _magnitude(top, bottom, rounding.mode)


def _magnitude(top: int, bottom: int, mode: Mode) -> int:
    """`top/bottom`, not negative, as a whole number."""
    if mode == "half-up":
        return (2 * top + bottom) // (2 * bottom)
    whole, rest = divmod(top, bottom)
    if mode == "half-even":
        whole += 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1)
    elif mode == "up":
        whole += rest > 0
    return whole


def cut(number: Num, den: int, rounding: Rounding) -> tuple[Num, int]:
    """A number over `den`, rounded as stated, over its new denominator."""
    if rounding.mode == "exact":
        return number, den
    return round_units(number, den, rounding), 10**rounding.places


def cut_value(number: Fraction, rounding: Rounding) -> Fraction:
    """A rational, rounded as stated."""
    top, den = cut(number, 1, rounding)
    return Fraction(top.numerator, top.denominator * den)


def people(number: Fraction, mode: Literal["up", "down", "half-up"]) -> int:
    """A number of people made whole."""
    return round_units(number, 1, Rounding(0, "truncate" if mode == "down" else mode))


def units(number: Decimal, places: int) -> int:
    """A decimal as an integer of 10^-places; `ValueError` when it does not fit."""
    scaled = _WIDE.scaleb(number, places)
    if scaled != scaled.to_integral_value():
        raise ValueError(number)
    return int(scaled)


def scaled(number: Decimal, places: int) -> int:
    """A decimal known to have at most `places` decimals, as an integer of 10^-places."""
    return int(_WIDE.scaleb(number, places))


def decimal(number: Num, den: int = 1) -> Decimal | Fraction:
    """As a decimal where it ends, with no more places than needed; else the fraction itself."""
    value = Fraction(number.numerator, number.denominator * den)
    ended = ending(value)
    return value if ended is None else ended


def fixed(units_: int, places: int) -> Decimal:
    """An integer of 10^-places as a decimal that keeps its places: 8450, 2 is 84.50."""
    return _WIDE.scaleb(Decimal(units_), -places)


text = number_text
"""A result is written as a plan's numbers are."""


def spoken(value: Decimal | Fraction) -> str:
    """As `text`, but for people: what does not end is cut after four decimals and says so, `83.3333…`."""
    if isinstance(value, Decimal):
        return text(value)
    return f"{text(fixed(round_units(value, 1, _FOUR), 4))}…"


class Reason(msgspec.Struct, frozen=True):
    """A code with parameters; its sentence is `rules.reason.<code>`."""

    code: str
    params: dict[str, str] = {}


@dataclass(slots=True)
class Column:
    """One component over all entries: numerators over `den`; None where there is no number, and why.

    `places` is how many decimals the scheme prints, None for exact values; `given` are numbers that print as
    they were brought in. `labels` name grades.
    """

    values: list[Num | None]
    den: int
    why: dict[int, Reason]
    places: int | None = None
    labels: dict[int, Text] = field(default_factory=dict)
    given: list[Decimal | None] | None = None

    def decimal(self, index: int) -> Decimal | Fraction | None:
        """The value at `index` as it is printed."""
        number = self.values[index]
        if number is None:
            return None
        if self.given is not None:
            return self.given[index]
        if self.places is not None and isinstance(number, int):
            return fixed(number, self.places)
        return decimal(number, self.den)
