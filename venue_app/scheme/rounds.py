"""Rounds: each cut that entries go through, with its gates, ratio and ties."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition an entry must meet: `at_least` is inclusive (含), `above` exclusive.

    With `out_of` the component is first rescaled from its own full marks to `out_of`.
    `code` names the outcome of those who fail.
    """

    of: str
    at_least: Decimal | None = None
    above: Decimal | None = None
    out_of: Annotated[Decimal, Bounds(0, above=True)] | None = None
    code: str = "below_threshold"
    title: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One cut: rank by component `by` among those of one post, then take `ratio` for each place.

    `ratio` is a ceiling (2 means at most two for a place), fractions cut by `ratio_rounding`.
    `ties_at_cut`: `all` tied at the last place enter, `none` of them does, `decide` waits for a decision.
    `rank_style`: `1224` or `1223`.
    """

    id: str
    title: Text
    by: str
    gates: tuple[Gate, ...] = ()
    ratio: Annotated[Decimal, Bounds(0, above=True)] | None = None
    ratio_rounding: Literal["up", "down", "half-up"] = "up"
    ties_at_cut: Literal["all", "none", "decide"] = "all"
    rank_style: Literal["1224", "1223"] = "1224"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a post needs before it is competed for.

    Fewer than `minimum_entries` entries: `cancel` the post (its people may move, `move`), or `keep` it.
    """

    minimum_entries: Annotated[int, Bounds(0)] = 0
    below: Literal["cancel", "keep"] = "cancel"
    move: bool = False


NO_INTAKE = Intake()
