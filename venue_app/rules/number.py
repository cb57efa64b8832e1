"""Exact numbers: integers over a common denominator, cut only where a scheme says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from venue_app.scheme.judging import Rounding
from venue_app.scheme.text import Text

Num = int | Fraction
_WIDE = Context(prec=400, traps=[Inexact])


def round_units(number: Num, den: int, rounding: Rounding) -> int:
    """`number/den` cut to `rounding.places` decimals, as an integer of 10^-places. Sign-symmetric."""
    top: int = number.numerator * 10**rounding.places
    bottom: int = number.denominator * den
    sign = -1 if top < 0 else 1
    whole, rest = divmod(abs(top), bottom)
    if rounding.mode == "half-up":
        whole += 2 * rest >= bottom
    elif rounding.mode == "half-even":
        whole += 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1)
    elif rounding.mode == "up":
        whole += rest > 0
    return sign * whole


def cut(number: Num, den: int, rounding: Rounding) -> tuple[Num, int]:
    """A number over `den`, rounded as stated, over its new denominator."""
    if rounding.mode == "exact":
        return number, den
    return round_units(number, den, rounding), 10**rounding.places


def units(number: Decimal, places: int) -> int:
    """A decimal as an integer of 10^-places; `ValueError` when it does not fit."""
    scaled = _WIDE.scaleb(number, places)
    if scaled != scaled.to_integral_value():
        raise ValueError(number)
    return int(scaled)


def decimal(number: Num, den: int = 1) -> Decimal | Fraction:
    """As a decimal where it ends, with no more places than needed; else the fraction itself."""
    value = Fraction(number.numerator, number.denominator * den)
    bottom, twos, fives = value.denominator, 0, 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return value
    places = max(twos, fives)
    return _WIDE.scaleb(Decimal(value.numerator * (10**places // value.denominator)), -places)


def fixed(units_: int, places: int) -> Decimal:
    """An integer of 10^-places as a decimal that keeps its places: 8450, 2 is 84.50."""
    return _WIDE.scaleb(Decimal(units_), -places)


def text(value: Decimal | Fraction) -> str:
    """Plain notation: trailing zeros kept, no exponent; a fraction that does not end as `250/3`."""
    return str(value) if isinstance(value, Fraction) else format(value, "f")


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with parameters; its sentence is `rules.reason.<code>`."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Column:
    """One component over all entries: numerators over `den`; None where there is no number, and why.

    `places` is how many decimals the scheme prints, None for exact values. `labels` name grades.
    """

    values: list[Num | None]
    den: int
    why: dict[int, Reason]
    places: int | None = None
    labels: dict[int, Text] = field(default_factory=dict)

    def decimal(self, index: int) -> Decimal | Fraction | None:
        """The value at `index` as it is printed."""
        number = self.values[index]
        if number is None:
            return None
        if self.places is not None and isinstance(number, int):
            return fixed(number, self.places)
        return decimal(number, self.den)
