"""What does not add up in the facts: reported, never guessed at."""

from __future__ import annotations

from collections.abc import Mapping

from venue_app.rules.context import Context
from venue_app.rules.course import Course
from venue_app.rules.facts import Declared
from venue_app.rules.intake import Opening
from venue_app.rules.number import Reason


def _ballots(context: Context) -> list[Reason]:
    found = []
    for (ballot, where, voters), count in sorted(context.frame.ballots.items()):
        params = {"ballot": ballot, "where": where, "class": voters}
        if count.void_vote:
            found.append(
                Reason(
                    "ballot_void", {**params, "issued": str(count.issued), "returned": str(count.returned)}
                )
            )
        if count.short:
            have = str(count.valid + count.void)
            found.append(Reason("papers_differ", {**params, "returned": str(count.returned), "found": have}))
        for name, votes in sorted(count.others.items()):
            found.append(Reason("written_in", {**params, "name": name, "votes": str(votes)}))
        found += _above_valid(count.valid, count.votes, params)
    return found


def _above_valid(
    valid: int,
    votes: Mapping[tuple[str, str], Mapping[str, int]],
    params: dict[str, str],
) -> list[Reason]:
    """More marks for one entry than there are valid papers."""
    found = []
    for (entry, item), answers in sorted(votes.items()):
        total = sum(answers.values())
        if total > valid:
            found.append(
                Reason(
                    "votes_above_valid",
                    {**params, "entry": entry, "item": item, "found": str(total), "valid": str(valid)},
                )
            )
    return found


def _actual(context: Context, course: Course, opening: Opening, one: Declared) -> int | None:
    """What the facts give for a number that the report declares; None for a thing nobody counts."""
    facts = context.facts
    entries = [e for e in facts.entries.values() if one.post in {"", e.post}]
    posts = [p for p in facts.posts.values() if one.post in {"", p.id}]
    kind, _, name = one.what.partition(":")
    if kind == "passed" and name in course.entries:
        passed = {n for n, s in course.entries[name].items() if s.passed}
        return sum(e.id in passed for e in entries)
    if kind == "outcome":
        return sum(p.outcome == name for p in posts)
    simple = {
        "posts": len(posts),
        "entries": len(entries),
        "candidates": len({e.candidate for e in entries}),
        "qualified": sum(not e.unqualified for e in entries),
        "cancelled": sum(p.id in opening.closed for p in posts),
        "places": sum(p.places for p in posts),
    }
    return simple.get(one.what)


def _declared(context: Context, course: Course, opening: Opening) -> list[Reason]:
    found = []
    for one in sorted(context.facts.declared, key=lambda d: (d.what, d.post, d.count)):
        actual = _actual(context, course, opening, one)
        params = {"what": one.what, "post": one.post, "declared": str(one.count)}
        if actual is None:
            found.append(Reason("declared_unknown", params))
        elif actual != one.count:
            found.append(Reason("declared_differs", {**params, "found": str(actual)}))
    return found


def _rounds(course: Course) -> list[Reason]:
    return [
        Reason(warning.code, {**warning.params, "round": round_id, "post": post})
        for round_id, posts in course.posts.items()
        for post, standing in posts.items()
        for warning in standing.warnings
    ]


def _people(context: Context) -> list[Reason]:
    """One person entered twice for one post."""
    seen: dict[tuple[str, str], int] = {}
    for entry in context.facts.entries.values():
        key = (entry.candidate, entry.post)
        seen[key] = seen.get(key, 0) + 1
    return [
        Reason("entered_twice", {"candidate": who, "post": post})
        for (who, post), number in sorted(seen.items())
        if number > 1
    ]


def warnings(context: Context, course: Course, opening: Opening) -> tuple[Reason, ...]:
    """Everything worth a word to the proctor, in a fixed order."""
    return (
        *opening.warnings,
        *_people(context),
        *_ballots(context),
        *_rounds(course),
        *_declared(context, course, opening),
    )
