"""The course of an event: round after round, and persons who lead several posts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from venue_app.rules.context import Columns, Context
from venue_app.rules.gates import gatekeepers
from venue_app.rules.rounds import FieldOf, sort_out, stand, take
from venue_app.rules.standing import PostStanding, Standing
from venue_app.rules.taking import Taken
from venue_app.scheme.model import Scheme
from venue_app.scheme.rounds import Round
from venue_app.scheme.text import EMPTY

Standings = dict[str, dict[str, Standing]]
PostStandings = dict[str, dict[str, PostStanding]]


@dataclass(frozen=True, slots=True)
class Course:
    """Standings by round, then by entry; and by round, then by post (or other set)."""

    entries: Standings
    posts: PostStandings


def rounds_of(scheme: Scheme) -> tuple[Round, ...]:
    """The scheme's rounds; one that only ranks by the composite when it states none."""
    return scheme.rounds or (Round(id="ranking", title=EMPTY, by=scheme.composite),)


def _takes_part(
    rule: Round, number: int, rounds: tuple[Round, ...], so_far: Standings
) -> Callable[[str], bool]:
    """Who takes part in a round."""
    if rule.field == "all" or (number == 0 and not rule.field):
        return lambda _name: True
    before = so_far[rule.field or rounds[number - 1].id]

    def passed(name: str) -> bool:
        standing = before.get(name)
        return standing is not None and standing.passed

    return passed


def _places(context: Context, rule: Round, w: str, places: Mapping[str, int]) -> int:
    """Places of one set of a round: those of all the posts that somebody in the set stands for."""
    if rule.within == "post":
        return places.get(w, 1)
    if rule.within == "event":
        return sum(places.values())
    posts = {context.facts.entries[context.ids[row]].post for row in context.frame.rows(rule.within)[w]}
    return sum(places.get(post, 1) for post in posts)


def _link(context: Context, fields: dict[str, FieldOf]) -> None:
    """With one post a person, a set is open while a person in it also stands in an open set."""
    sets_of: dict[str, set[str]] = {}
    for w, found in fields.items():
        for name in (*found.waiting, *(n for tied in found.eligible for n in tied.names)):
            sets_of.setdefault(context.facts.entries[name].candidate, set()).add(w)
    changed = True
    while changed:
        changed = False
        for linked in sets_of.values():
            if any(fields[w].waiting or fields[w].linked for w in linked):
                for w in linked:
                    if not fields[w].linked and not fields[w].waiting:
                        fields[w].linked = changed = True


def _release(
    context: Context, columns: Columns, rule: Round, fields: dict[str, FieldOf]
) -> tuple[dict[str, tuple[Taken, int | None]], dict[str, str]]:
    """Each person within the number for several posts keeps the preferred one; released places go down the order.

    A released post is always less wanted than the one kept, so nothing ever has to be taken back.
    """
    gone: dict[str, str] = {}
    while True:
        taken = {w: take(context, columns, rule, found, gone) for w, found in fields.items()}
        if not rule.one_post:
            return taken, gone
        held: dict[str, list[str]] = {}
        for w, (result, _limit) in taken.items():
            if not fields[w].waiting and not fields[w].linked and fields[w].too_few is None:
                for name in result.inside:
                    held.setdefault(context.facts.entries[name].candidate, []).append(name)
        before = len(gone)
        for names in held.values():
            wanted = sorted(names, key=lambda n: (context.facts.entries[n].preference, n))
            for name in wanted[1:]:
                gone[name] = context.facts.entries[wanted[0]].post
        if len(gone) == before:
            return taken, gone


def run_round(
    context: Context,
    columns: Columns,
    rule: Round,
    part: Callable[[str], bool],
    places: Mapping[str, int],
    only: set[str] | None = None,
) -> tuple[dict[str, Standing], dict[str, PostStanding]]:
    """One round among those who take `part`; with `only`, just the sets of those names."""
    rows = context.frame.rows(rule.within)
    fields: dict[str, FieldOf] = {}
    keepers = gatekeepers(context, rule, columns)
    for w in sorted(rows if only is None else only):
        names = [name for row in rows[w] if part(name := context.ids[row])]
        if names:
            fields[w] = sort_out(context, columns, rule, keepers, w, names, _places(context, rule, w, places))
    if rule.one_post:
        _link(context, fields)
    taken, gone = _release(context, columns, rule, fields)
    entries: dict[str, Standing] = {}
    posts: dict[str, PostStanding] = {}
    for w, found in fields.items():
        result, limit = taken[w]
        standings, posts[w] = stand(context, rule, found, result, limit, gone)
        entries.update(standings)
    return entries, posts


def run(context: Context, columns: Columns, places: Mapping[str, int]) -> Course:
    """All rounds in order."""
    rounds = rounds_of(context.scheme)
    entries: Standings = {}
    posts: PostStandings = {}
    for number, rule in enumerate(rounds):
        part = _takes_part(rule, number, rounds, entries)
        entries[rule.id], posts[rule.id] = run_round(context, columns, rule, part, places)
    return Course(entries, posts)


#: Outcomes that more facts can still change.
OPEN = {"not_yet", "undecided", "tie_undecided", "tie_needs", "too_few_wait"}


def left_behind(course: Course) -> frozenset[str]:
    """Entries that some round has left behind for certain."""
    return frozenset(
        name
        for standings in course.entries.values()
        for name, standing in standings.items()
        if not standing.passed and standing.outcome.code not in OPEN
    )


def rerun(
    context: Context, columns: Columns, places: Mapping[str, int], old: Course, touched: set[str]
) -> Course:
    """All rounds again, only for the sets that entries `touched` belong to; the rest is taken from `old`."""
    rounds = rounds_of(context.scheme)
    entries: Standings = {}
    posts: PostStandings = {}
    for number, rule in enumerate(rounds):
        part = _takes_part(rule, number, rounds, entries)
        only = None if rule.one_post else {context.where(name, rule.within) for name in touched}
        found, found_posts = run_round(context, columns, rule, part, places, only)
        before, before_posts = old.entries[rule.id], old.posts[rule.id]
        if only is None:
            entries[rule.id], posts[rule.id] = found, found_posts
            touched |= {n for n in {*found, *before} if found.get(n) != before.get(n)}
            continue
        again = {context.ids[row] for w in only for row in context.frame.rows(rule.within)[w]}
        touched |= {n for n in again if found.get(n) != before.get(n)}
        entries[rule.id] = {n: s for n, s in before.items() if n not in again} | found
        posts[rule.id] = {w: s for w, s in before_posts.items() if w not in only} | found_posts
    return Course(entries, posts)
