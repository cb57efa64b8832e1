"""Components that look at several entries at once: statistics, room balancing, best of a unit, forced grades."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.components import Component, register
from venue_app.scheme.judging import EXACT, HALF_UP_4, Rounding
from venue_app.scheme.numbers import Number
from venue_app.scheme.text import Text


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Component):
    """One number of everybody in the same `within`: `event`, `post`, `room`, or an attribute.

    `take`: `mean`, `median`, `highest`, `lowest`, `sum`, `count`, `deviation` (of the whole, divided by n) or
    `rank` (the entry's own place, 1 for the highest). `drop_high`/`drop_low` leave extremes out first. The
    absent are left out; while somebody's number is still awaited there is none.
    """

    kind: ClassVar[str] = "statistic"
    alone: ClassVar[bool] = False
    of: str
    take: Literal["mean", "median", "highest", "lowest", "sum", "count", "deviation", "rank"] = "mean"
    within: str = "event"
    drop_high: Annotated[int, Bounds(0)] = 0
    drop_low: Annotated[int, Bounds(0)] = 0

    def made_of(self) -> tuple[str, ...]:
        """The component it is the statistic of."""
        return (self.of,)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Component):
    """Room balancing (修正系数): the mark times (overall mean ÷ the room's own mean).

    `overall`: `room-means` is the mean of the rooms' means, `people` the mean over all persons. With
    `drop_high`/`drop_low` each room's mean leaves extremes out. Rooms are told apart by `within` and
    compared inside one `across`. The coefficient is cut by `coefficient`, the means by `means`.
    """

    kind: ClassVar[str] = "balance"
    alone: ClassVar[bool] = False
    of: str
    within: str = "room"
    across: str = "event"
    overall: Literal["room-means", "people"] = "room-means"
    drop_high: Annotated[int, Bounds(0)] = 0
    drop_low: Annotated[int, Bounds(0)] = 0
    means: Rounding = EXACT
    coefficient: Rounding = HALF_UP_4

    def made_of(self) -> tuple[str, ...]:
        """The mark that is balanced."""
        return (self.of,)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlaces(Component):
    """Marks by place (名次分): with each judge of `group` everybody of the same `within` has a place, 1 for the
    highest total, equal totals sharing the mean of their places. The places' `sum` or `mean`; the lower is the
    better, so a round that ranks by it is `ascending`. `drop_high`/`drop_low` leave extreme places out.
    """

    kind: ClassVar[str] = "places"
    alone: ClassVar[bool] = False
    group: str
    within: str = "post"
    take: Literal["sum", "mean"] = "sum"
    drop_high: Annotated[int, Bounds(0)] = 0
    drop_low: Annotated[int, Bounds(0)] = 0


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Best(Component):
    """The mark divided by the best mark of the same `within`, times `points`."""

    kind: ClassVar[str] = "best"
    alone: ClassVar[bool] = False
    of: str
    within: str = "post"
    points: Annotated[Decimal, Bounds(0)] = Decimal(100)

    def made_of(self) -> tuple[str, ...]:
        """The mark that is compared."""
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """One grade of a forced distribution, from the best down.

    At most `share` of the people (or `count` of them) get it, and only from `at_least` marks up; of the
    lowest grade `at_least_share` must get it. `points` is the component's value for them.
    """

    id: str
    title: Text
    points: Decimal = Decimal(0)
    share: Annotated[Number, Bounds(0, 1)] | None = None
    count: Annotated[int, Bounds(0)] | None = None
    at_least: Decimal | None = None
    at_least_share: Annotated[Number, Bounds(0, 1)] | None = None


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Component):
    """Grades by forced proportions among everybody in the same `within`, by component `of`.

    Shares become whole people by `people` rounding; those tied across a boundary all go `ties` (down or up).
    """

    kind: ClassVar[str] = "grade"
    alone: ClassVar[bool] = False
    of: str
    grades: Annotated[tuple[Grading, ...], Bounds(1)]
    within: str = "event"
    people: Literal["down", "up", "half-up"] = "down"
    ties: Literal["down", "up"] = "down"

    def made_of(self) -> tuple[str, ...]:
        """The component that is graded."""
        return (self.of,)
