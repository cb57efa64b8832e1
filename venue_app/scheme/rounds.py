"""Rounds: each cut that entries go through, with its gates, ratio, ties, quotas and replacement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.conditions import Condition
from venue_app.scheme.numbers import Limit, Number
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition an entry must meet: `at_least`/`at_most` are inclusive (含), `above`/`below` exclusive.

    A limit is a number or the id of a component (the room's mean). With `out_of` the component is first
    rescaled from its own full marks to `out_of`. The gate stands only where all of `when` hold.
    `code` names the outcome of those who fail, `title` says it in words.
    """

    of: str
    at_least: Limit | None = None
    above: Limit | None = None
    at_most: Limit | None = None
    below: Limit | None = None
    out_of: Annotated[Decimal, Bounds(0, above=True)] | None = None
    when: tuple[Condition, ...] = ()
    code: str = "below_threshold"
    title: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One link of a tie chain. Exactly one of:

    `by` a component (the higher first, or the lower with `direction = "ascending"`), with `places` the same
    component cut to so many decimals instead of its own, `exact` not cut at all; `attribute` in the order of
    `prefer`, or as a number or date by `direction`; `lot` the number drawn in public, the lower first.
    A link that needs facts not there yet leaves the tie open.
    """

    by: str = ""
    places: Annotated[int, Bounds(0, 9)] | None = None
    exact: bool = False
    attribute: str = ""
    prefer: tuple[str, ...] = ()
    direction: Literal["descending", "ascending"] = "descending"
    lot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Among those who go on, `at_least` or `at_most` so many meet all of `when`.

    With `each` instead of `when`: at most `at_most` for each value of that attribute (two from one unit).
    """

    when: tuple[Condition, ...] = ()
    each: str = ""
    at_least: Annotated[int, Bounds(0)] | None = None
    at_most: Annotated[int, Bounds(0)] | None = None
    title: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrants:
    """How many must compete: at least `minimum`, at least `ratio` for each place.

    When there are fewer: `cancel` the post, `reduce` its places to what the ratio allows (none left: cancel),
    `keep` it, or `wait` for a decision.
    """

    minimum: Annotated[int, Bounds(0)] = 0
    ratio: Annotated[Number, Bounds(0)] | None = None
    below: Literal["cancel", "reduce", "keep", "wait"] = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPlaces:
    """Another ratio or count for posts with `places` places, up to `places_to` where given."""

    places: Annotated[int, Bounds(1)]
    places_to: Annotated[int, Bounds(1)] | None = None
    ratio: Annotated[Number, Bounds(0, above=True)] | None = None
    count: Annotated[int, Bounds(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """When several are close or votes scatter, more go forward (差额), at most `count` in all.

    `margin`: those within so much of the last who is in. `leader_below`: applies when the leader has less.
    """

    count: Annotated[int, Bounds(1)]
    margin: Number | None = None
    leader_below: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One cut: rank by component `by` inside each `within`, then take some.

    `within`: `post`, `event`, `room` or an attribute. `field`: who takes part, those who passed the round
    before (default), `all`, or those who passed the round named. How many: `ratio` for each place (a ceiling,
    fractions by `ratio_rounding`), or `count`, or a `share` of those competing, other numbers `by_places`;
    none of them: all who meet the gates.
    `take = "decided"`: a body decides by name among those who meet the gates, at most so many.
    `ties`: a chain. `ties_at_cut`, when the chain leaves a tie at the last place: `all` tied enter, `none` of
    them does, `decide` waits. `rank_style`: `1224` or `1223`. `quotas` bend the order. `one_post`: a person
    within the number for several posts keeps the preferred one and releases the others. `replacement`:
    whoever withdraws after the round is replaced by the `next` in order, `replace_at_most` so many times, or
    by `none`.
    """

    id: str
    title: Text
    by: str
    order: Literal["descending", "ascending"] = "descending"
    within: str = "post"
    field: str = ""
    gates: tuple[Gate, ...] = ()
    entrants: Entrants | None = None
    take: Literal["best", "decided"] = "best"
    ratio: Annotated[Number, Bounds(0, above=True)] | None = None
    count: Annotated[int, Bounds(0)] | None = None
    share: Annotated[Number, Bounds(0, 1)] | None = None
    by_places: tuple[ByPlaces, ...] = ()
    ratio_rounding: Literal["up", "down", "half-up"] = "up"
    ties: tuple[Tie, ...] = ()
    ties_at_cut: Literal["all", "none", "decide"] = "all"
    rank_style: Literal["1224", "1223"] = "1224"
    quotas: tuple[Quota, ...] = ()
    close: Close | None = None
    one_post: bool = False
    replacement: Literal["next", "none"] = "none"
    replace_at_most: Annotated[int, Bounds(1)] | None = None
    passed: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a post needs before it is competed for.

    Fewer than `minimum_entries`, or than `minimum_ratio` for each place, counting all `entries` or only the
    `qualified`: `cancel` the post (its people may `move`), `reduce` its places, or `keep` it.
    """

    minimum_entries: Annotated[int, Bounds(0)] = 0
    minimum_ratio: Annotated[Number, Bounds(0)] | None = None
    counts: Literal["entries", "qualified"] = "entries"
    below: Literal["cancel", "reduce", "keep"] = "cancel"
    move: bool = False
    most_posts: Annotated[int, Bounds(1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOutcome:
    """An outcome that a deciding body may give a post: appointed, under inspection, moved elsewhere."""

    id: str
    title: Text


NO_INTAKE = Intake()
