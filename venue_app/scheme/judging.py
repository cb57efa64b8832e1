"""Judging as a scheme states it: rounding, criteria, judge groups, trims, stages of the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.text import EMPTY, Text

Per = Literal["entry", "person"]
"""Whose mark it is: an entry's own, or a person's, which then counts in all the entries of that person."""

Mode = Literal["half-up", "truncate", "half-even", "up", "exact"]


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a number is cut to `places` decimals; `exact` leaves it as it is.

    `half-up` is what Chinese notices mean by 四舍五入; `half-even` is GB/T 8170 on the exact value;
    `truncate` drops the rest; `up` goes away from zero whenever anything is left.
    """

    places: Annotated[int, Bounds(0, 9)] = 2
    mode: Mode = "half-up"


EXACT = Rounding(0, "exact")
HALF_UP_2 = Rounding()
HALF_UP_4 = Rounding(4)


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a scale, both ends included: 好 24 to 30."""

    title: Text
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a judge marks, from `minimum` to `maximum` in steps of `step`.

    Nothing below zero: no station has a key for it. Points taken away are a term of negative weight. `weight` multiplies the mark in the sheet's total (1 for marks that simply add up).
    """

    id: str
    title: Text
    maximum: Annotated[Decimal, Bounds(0)]
    minimum: Annotated[Decimal, Bounds(0)] = Decimal(0)
    step: Annotated[Decimal, Bounds(0, above=True)] = Decimal("0.1")
    weight: Annotated[Decimal, Bounds(0)] = Decimal(1)
    look_for: Text = EMPTY
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Trim:
    """How many extremes are dropped, of the totals or of each criterion apart.

    Applies only when more than `when_more_than` sheets count. Shares (per cent of the sheets,
    rounded down) add to the counts. Of equal extremes only as many as stated are dropped.
    """

    high: Annotated[int, Bounds(0)] = 1
    low: Annotated[int, Bounds(0)] = 1
    on: Literal["totals", "criteria"] = "totals"
    when_more_than: Annotated[int, Bounds(0)] = 0
    high_percent: Annotated[Decimal, Bounds(0, 50)] = Decimal(0)
    low_percent: Annotated[Decimal, Bounds(0, 50)] = Decimal(0)

    def cut(self, count: int) -> tuple[int, int]:
        """How many of the highest and of the lowest are dropped among `count` sheets."""
        if count <= self.when_more_than:
            return 0, 0
        return (
            self.high + int(count * self.high_percent // 100),
            self.low + int(count * self.low_percent // 100),
        )


NO_TRIM = Trim(0, 0)


@dataclass(frozen=True, slots=True)
class Discard:
    """Sheets whose total lies further than `beyond` from the `mean` (or `median`) of all are void.

    With `percent`, `beyond` is per cent of that middle. They leave before the trim.
    """

    beyond: Annotated[Decimal, Bounds(0, above=True)]
    of: Literal["mean", "median"] = "mean"
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A body of judges whose sheets make one number for each entry.

    `scope`: `room` when each room has its own panel, `post` when each post has, `event` when one body
    marks in all rooms. Below `minimum` counted sheets the result waits for a decision. Several `trim`
    rules may stand for different sizes: the one with the largest `when_more_than` that applies is used.
    `discard` voids outlying sheets. `take`: the kept totals' `mean`, `sum` or `median`, cut by `rounding`;
    `total_rounding` cuts each sheet's total first, `criterion_rounding` each criterion's mean when the trim
    is by criterion.
    `total_minimum`/`total_maximum` bound the sum of a sheet where the plan says so. `calibrate` is the
    number of first candidates after which the panel may agree a standard before marks are released.
    `per = "person"`: a person is marked once, for all the posts entered for.
    """

    id: str
    title: Text
    seats: Annotated[int, Bounds(1)]
    criteria: Annotated[tuple[Criterion, ...], Bounds(1)]
    minimum: Annotated[int, Bounds(1)] = 1
    scope: Literal["room", "post", "event"] = "room"
    chief: Annotated[int, Bounds(0)] = 1
    trim: tuple[Trim, ...] = (Trim(),)
    discard: Discard | None = None
    take: Literal["mean", "sum", "median"] = "mean"
    rounding: Rounding | None = None
    total_rounding: Rounding = EXACT
    criterion_rounding: Rounding = EXACT
    total_minimum: Decimal | None = None
    total_maximum: Decimal | None = None
    calibrate: Annotated[int, Bounds(0)] = 0
    per: Per = "entry"
    maximum: Decimal = field(init=False, repr=False, compare=False)
    """The full marks of one sheet."""
    places: int = field(init=False, repr=False, compare=False)
    """Decimals that hold every mark of this group exactly; marks are kept as integers of 10^-places."""

    def __post_init__(self) -> None:
        # Every sheet asks for these several times: worked out once.
        full = sum((c.maximum * c.weight for c in self.criteria), Decimal(0))
        numbers = (number for c in self.criteria for number in (c.step, c.minimum, c.maximum))
        object.__setattr__(self, "maximum", full)
        object.__setattr__(self, "places", max(map(_places, numbers), default=0))

    def __hash__(self) -> int:
        # Every field would take longer than what is looked up by it.
        return hash((self.id, self.seats, self.places))

    def trim_for(self, count: int) -> Trim:
        """The rule that applies to `count` counted sheets."""
        fit = [rule for rule in self.trim if count > rule.when_more_than]
        return max(fit, key=lambda rule: rule.when_more_than, default=NO_TRIM)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points lost when a stage runs over by at most `up_to_s` seconds; or for each `every_s` begun."""

    points: Annotated[Decimal, Bounds(0)]
    up_to_s: Annotated[int, Bounds(1)] | None = None
    every_s: Annotated[int, Bounds(1)] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A timed part of an appearance.

    `at_end`: `bell` rings and the speaker finishes the sentence, `cut` ends the stage, `overrun` lets it
    run and counts, `penalty` takes points by `penalties`. `reading` marks reading time, counted apart.
    """

    id: str
    title: Text
    limit_s: Annotated[int, Bounds(1, 86400)]
    warnings_s: tuple[int, ...] = (60,)
    at_end: Literal["bell", "cut", "overrun", "penalty"] = "bell"
    penalties: tuple[Penalty, ...] = ()
    reading: bool = False
