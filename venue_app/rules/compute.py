"""From scheme and facts to results: pure, order-free, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from venue_app.rules.columns import all_columns
from venue_app.rules.facts import EntryFact, Facts, PostFact
from venue_app.rules.number import Column, Reason
from venue_app.rules.rounds import PostStanding, Standing, run_post
from venue_app.scheme.model import Scheme
from venue_app.scheme.rounds import Round
from venue_app.scheme.text import EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class TermValue:
    """A printed column of the composite: the component's value and its exact weighted points."""

    component: str
    value: Decimal | Fraction | None
    weight: Decimal
    points: Decimal | Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    """What came of one entry: all component values, the composite with its terms, rank, outcome.

    `rounds` by round id; `rank` and `outcome` are those of the furthest round reached.
    """

    entry: str
    candidate: str
    post: str
    values: Mapping[str, Decimal | Fraction | None]
    why: Mapping[str, Reason]
    terms: tuple[TermValue, ...]
    composite: Decimal | Fraction | None
    rank: int | None
    outcome: Reason
    provisional: bool
    rounds: Mapping[str, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostResult:
    """What came of one post; `passed` are those who go on after its last decided round."""

    post: str
    outcome: Reason
    entries: int
    passed: tuple[str, ...]
    waiting: tuple[str, ...]
    rounds: Mapping[str, PostStanding]


@dataclass(frozen=True)
class Results:
    """Everything computed; `entries` and `posts` are made on first use."""

    scheme: Scheme
    facts: Facts
    ids: tuple[str, ...]
    columns: Mapping[str, Column]
    standings: Mapping[str, Mapping[str, Standing]]
    post_standings: Mapping[str, Mapping[str, PostStanding]]
    closed: Mapping[str, Reason]
    warnings: tuple[Reason, ...] = field(default=())

    @cached_property
    def position(self) -> dict[str, int]:
        """The row of each entry that is ranked, in every column."""
        return {name: index for index, name in enumerate(self.ids)}

    def value(self, entry: str, component: str) -> Decimal | Fraction | None:
        """A component's value after rounding; None when there is none (see `EntryResult.why`)."""
        return self.columns[component].decimal(self.position[entry])

    @cached_property
    def entries(self) -> Mapping[str, EntryResult]:
        """Every entry's result by its id."""
        from venue_app.rules.results import entry_result

        return {name: entry_result(self, name) for name in sorted(self.facts.entries)}

    @cached_property
    def posts(self) -> Mapping[str, PostResult]:
        """Every post's result by its id."""
        from venue_app.rules.results import post_result

        return {name: post_result(self, name) for name in sorted(self.facts.posts)}


def rounds_of(scheme: Scheme) -> tuple[Round, ...]:
    """The scheme's rounds; one that only ranks by the composite when it states none."""
    return scheme.rounds or (Round(id="ranking", title=EMPTY, by=scheme.composite),)


def _closed_posts(scheme: Scheme, facts: Facts, by_post: Mapping[str, list[EntryFact]]) -> dict[str, Reason]:
    """Posts that are not competed for: cancelled by decision, or below the minimum of entries."""
    closed: dict[str, Reason] = {}
    for post in facts.posts.values():
        count = len(by_post.get(post.id, []))  # those who moved away still count where they entered
        if post.cancelled:
            closed[post.id] = Reason("post_cancelled", {"note": post.cancelled})
        elif count < scheme.intake.minimum_entries and scheme.intake.below == "cancel":
            params = {"count": str(count), "minimum": str(scheme.intake.minimum_entries)}
            closed[post.id] = Reason("post_below_minimum", params)
    return closed


def compute(scheme: Scheme, facts: Facts) -> Results:
    """All results of `facts` under `scheme`; the order in which facts are held changes nothing."""
    by_post: dict[str, list[EntryFact]] = {}
    for entry in facts.entries.values():
        by_post.setdefault(entry.moved_from or entry.post, []).append(entry)
    closed = _closed_posts(scheme, facts, by_post)
    ids = tuple(sorted(e.id for e in facts.entries.values() if not e.unqualified and e.post not in closed))
    columns = all_columns(scheme, facts, ids)
    standings: dict[str, dict[str, Standing]] = {}
    post_standings: dict[str, dict[str, PostStanding]] = {}
    alive: dict[str, list[tuple[int, str]]] = {}
    for index, name in enumerate(ids):
        alive.setdefault(facts.entries[name].post, []).append((index, name))
    for rule in rounds_of(scheme):
        standings[rule.id] = {}
        post_standings[rule.id] = {}
        going_on: dict[str, list[tuple[int, str]]] = {}
        for post_id in sorted(alive):
            post = facts.posts.get(post_id) or PostFact(id=post_id)
            found, of_post = run_post(scheme, facts, rule, post, alive[post_id], columns)
            standings[rule.id].update(found)
            post_standings[rule.id][post_id] = of_post
            on = [pair for pair in alive[post_id] if found[pair[1]].passed]
            if on:
                going_on[post_id] = on
        alive = going_on
    return Results(scheme, facts, ids, columns, standings, post_standings, closed)
