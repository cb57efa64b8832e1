"""Conditions: on an attribute of the entry, the person or the post, or on a component."""

from __future__ import annotations

from dataclasses import dataclass

from venue_app.scheme.numbers import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds when `attribute` (words or a number) or component `of` is as stated; `negate` turns it round.

    Several tests in one condition must all hold; several conditions in a list must all hold. An attribute
    that is not there fails every test but `present = false`. Every entry has `post`, `candidate`, `room`, `session`,
    `preference`, `places`, `entries` (all who entered for its post) and `competitors` (those with it in the round,
    or, outside rounds, those ranked for its post).
    """

    attribute: str = ""
    of: str = ""
    equals: str | None = None
    any_of: tuple[str, ...] = ()
    at_least: Limit | None = None
    above: Limit | None = None
    at_most: Limit | None = None
    below: Limit | None = None
    present: bool | None = None
    negate: bool = False

    def components(self) -> tuple[str, ...]:
        """The components this condition looks at."""
        limits = (self.at_least, self.above, self.at_most, self.below)
        return tuple(name for name in (self.of, *(x for x in limits if isinstance(x, str))) if name)
