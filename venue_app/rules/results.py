"""Results by entry and by post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from venue_app.rules.course import OPEN, rounds_of
from venue_app.rules.number import Reason, cut, decimal
from venue_app.rules.standing import PostStanding, Standing
from venue_app.scheme.components import Sum
from venue_app.scheme.numbers import Number
from venue_app.scheme.rounds import Round
from venue_app.scheme.text import Text

if TYPE_CHECKING:
    from venue_app.rules.compute import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class TermValue:
    """A printed column of the composite: the component's value and its exact weighted points."""

    component: str
    value: Decimal | Fraction | None
    weight: Number
    points: Decimal | Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    """What came of one entry: all component values, the composite with its terms, rank, outcome.

    `labels` name grades by component. `rounds` by round id; `rank` and `outcome` are those of the furthest
    round reached; `provisional` while others of the same post are open.
    """

    entry: str
    candidate: str
    post: str
    values: Mapping[str, Decimal | Fraction | None]
    why: Mapping[str, Reason]
    labels: Mapping[str, Text]
    terms: tuple[TermValue, ...]
    composite: Decimal | Fraction | None
    rank: int | None
    outcome: Reason
    provisional: bool
    rounds: Mapping[str, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostResult:
    """What came of one post; `passed` are those who go on after its last decided round.

    `places` after any reduction; `decided` is the outcome a body gave it (an id of `post_outcomes`), or ''.
    """

    post: str
    outcome: Reason
    entries: int
    places: int
    passed: tuple[str, ...]
    waiting: tuple[str, ...]
    rounds: Mapping[str, PostStanding]
    decided: str = ""


def _terms(results: Results, entry: str) -> tuple[TermValue, ...]:
    composite = results.scheme.component(results.scheme.composite)
    if not isinstance(composite, Sum):
        return ()
    found = []
    for term in composite.terms:
        value = results.value(entry, term.of) if entry in results.position else None
        points: Decimal | Fraction | None = None
        if value is not None:
            points = decimal(*cut(Fraction(value) * Fraction(term.weight), 1, term.rounding))
        found.append(TermValue(component=term.of, value=value, weight=term.weight, points=points))
    return tuple(found)


def _standing(results: Results, entry: str) -> Standing:
    """Where an entry stands after the furthest round it took part in and that says something of it."""
    fact = results.facts.entries[entry]
    if fact.post in results.closed:
        return Standing(rank=None, outcome=results.closed[fact.post])
    if fact.unqualified:
        return Standing(rank=None, outcome=Reason("unqualified", {"note": fact.unqualified}))
    furthest: Standing | None = None
    for of_round in results.standings.values():
        standing = of_round.get(entry)
        if standing is None:
            continue
        if furthest is not None and standing.outcome.code in {"not_yet", "undecided"}:
            break
        furthest = standing
    return furthest or Standing(rank=None, outcome=Reason("not_in_round"))


def entry_result(results: Results, entry: str) -> EntryResult:
    """The result of one entry."""
    fact = results.facts.entries[entry]
    index = results.position.get(entry, -1)
    columns = results.columns if index >= 0 else {}
    standing = _standing(results, entry)
    values = {c: columns[c].decimal(index) if columns else None for c in results.columns}
    return EntryResult(
        entry=entry,
        candidate=fact.candidate,
        post=fact.post,
        values=values,
        why={c: col.why[index] for c, col in columns.items() if index in col.why},
        labels={c: col.labels[index] for c, col in columns.items() if index in col.labels},
        terms=_terms(results, entry),
        composite=values[results.scheme.composite],
        rank=standing.rank,
        outcome=standing.outcome,
        provisional=standing.provisional,
        rounds={r: table[entry] for r, table in results.standings.items() if entry in table},
    )


def _of_post(results: Results, rule: Round, post: str) -> PostStanding | None:
    """A post in a round, also where the round ranks wider sets than posts."""
    table = results.post_standings[rule.id]
    if rule.within == "post":
        return table.get(post)
    mine = [n for n in results.standings[rule.id] if results.facts.entries[n].post == post]
    if not mine:
        return None
    own = set(mine)
    sets = [table[w] for w in sorted({results.context.where(n, rule.within) for n in mine})]
    passed = tuple(n for one in sets for n in one.passed if n in own)
    return PostStanding(
        post=post,
        outcome=_together([one.outcome for one in sets], len(passed), rule),
        passed=passed,
        waiting=tuple(n for one in sets for n in one.waiting if n in own),
        limit=sets[0].limit if len(sets) == 1 else None,
        places=results.opening.places.get(post, 1),
    )


def _together(outcomes: list[Reason], passed: int, rule: Round) -> Reason:
    """What the sets in which a post's entries stand say of the post: first of all what is still open."""
    for outcome in outcomes:
        if outcome.code in OPEN:
            return outcome
    closed = [outcome for outcome in outcomes if outcome.code not in {"passed", "nobody_passed"}]
    if closed and not passed:
        return closed[0]
    return Reason("passed" if passed else "nobody_passed", {"count": str(passed), "round": rule.id})


def post_result(results: Results, post: str) -> PostResult:
    """The result of one post."""
    fact = results.facts.posts[post]
    count = results.context.frame.entered.get(post, 0)
    rounds = {
        rule.id: standing
        for rule in rounds_of(results.scheme)
        if (standing := _of_post(results, rule, post)) is not None
    }
    outcome, places = (
        Reason("nobody_qualified" if count else "no_entries"),
        results.opening.places.get(post, fact.places),
    )
    passed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    if post in results.closed:
        outcome, rounds = results.closed[post], {}
    for place, standing in enumerate(rounds.values()):
        if place and standing.outcome.code in {"not_yet", "undecided"}:
            break
        outcome, passed, waiting, places = (
            standing.outcome,
            standing.passed,
            standing.waiting,
            standing.places,
        )
    return PostResult(
        post=post,
        outcome=outcome,
        entries=count,
        places=places,
        passed=passed,
        waiting=waiting,
        rounds=rounds,
        decided=fact.outcome,
    )
