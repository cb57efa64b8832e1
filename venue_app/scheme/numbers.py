"""Numbers as a scheme may write them: decimals, or a ratio in quotes such as "2/3"."""

from __future__ import annotations

import re
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from fractions import Fraction

Number = Decimal | Fraction
Limit = Decimal | Fraction | str
"""A number, or the id of a component whose value is the limit."""


MOST_DIGITS = 30
"""Before the point, and behind it. Nobody's plan needs more; `1e99999999` would need all memory."""

#: More digits than any sum, difference or whole quotient of such numbers has; what did not fit would be a fault.
_WIDE = Context(prec=400, traps=[Inexact, InvalidOperation, DivisionByZero])


def usable(number: Decimal) -> bool:
    """Whether somebody may have meant it: finite, of at most `MOST_DIGITS` digits each side of the point."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return number.adjusted() < MOST_DIGITS and isinstance(exponent, int) and exponent >= -MOST_DIGITS


_WRITTEN = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?")


def written(words: str) -> Decimal | None:
    """A number as people write one, `90` or `-0.5`; None for anything else, `9_0`, `9e1` and `９０` included.

    `Decimal` alone reads those three too, which no other program need do, and `1e-9999999` fills the memory.
    """
    return Decimal(words) if _WRITTEN.fullmatch(words) else None


def on_step(number: Decimal, start: Decimal, step: Decimal) -> bool:
    """Whether `number` lies a whole number of steps from `start`, however many digits they have."""
    return usable(number) and not _WIDE.remainder(_WIDE.subtract(number, start), step)


def parse_ratio(words: str) -> Fraction | None:
    """`"2/3"` as a fraction; None when it is not two whole numbers with a stroke between."""
    top, stroke, bottom = words.partition("/")
    if len(words) > 2 * MOST_DIGITS:
        return None
    if stroke and top.strip().isdecimal() and bottom.strip().isdecimal() and int(bottom):
        return Fraction(int(top), int(bottom))
    return None


def number_text(number: Number) -> str:
    """Plain notation: trailing zeros kept, no exponent (`0.150`); a ratio in lowest terms (`2/3`)."""
    return str(number) if isinstance(number, Fraction) else format(number, "f")


def ending(ratio: Fraction) -> Decimal | None:
    """A ratio as a decimal with no more places than needed; None when it does not end."""
    rest, twos, fives = ratio.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    units = ratio.numerator * (10**places // ratio.denominator)
    return _WIDE.scaleb(Decimal(units), -places) if rest == 1 else None
