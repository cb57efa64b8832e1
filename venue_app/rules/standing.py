"""What a round says of an entry and of a set of entries."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from venue_app.rules.number import Reason


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in a round: its rank, its outcome, whether it goes on; `provisional` while others are open."""

    rank: int | None
    outcome: Reason
    passed: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStanding:
    """A post (or another set of entries) in a round.

    `passed` are those who go on, in order; `waiting` those still awaited; `limit` how many may go on;
    `places` the places after any reduction.
    """

    post: str
    outcome: Reason
    passed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    limit: int | None = None
    places: int = 1
    warnings: tuple[Reason, ...] = ()
