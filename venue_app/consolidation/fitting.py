"""Whether bundles belong together: one plan, one kind of run, every event, room and person once, everything closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from venue_app.base.errors import Known
from venue_app.consolidation.part import Part
from venue_app.roster.identity import masked
from venue_app.scheme import Scheme, load_scheme
from venue_app.scheme.model import Plan

#: Parts of a plan that say how results come about, or what marks and ballots are; in these nothing may differ.
RULES = frozenset(
    {
        "components", "composite", "rounding", "intake", "groups", "stages", "ballots", "rounds", "post_outcomes",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A plan that says the same rules in another file: `parts` are the keys in which it differs otherwise."""

    files: tuple[str, ...]
    digest: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The plan all are reckoned by, plans that differ from it in nothing that counts, and every fault."""

    scheme: Scheme
    differences: tuple[Difference, ...]
    faults: tuple[Known, ...]


def fit(parts: Sequence[Part]) -> Fit:
    """How at least one bundle fit together. The plan is that of most bundles."""
    by_text: dict[str, list[Part]] = {}
    for part in parts:
        by_text.setdefault(part.scheme, []).append(part)
    plans = {text: load_scheme(text, having[0].file) for text, having in by_text.items()}
    ranked = sorted(plans, key=lambda text: (-len(by_text[text]), plans[text].digest))
    scheme = plans[ranked[0]]
    faults = [
        *_modes(parts),
        *_closed(parts),
        *_events(parts),
        *_rooms(parts),
        *_people(parts),
        *_posts(parts),
    ]
    differences = []
    for text in ranked[1:]:
        other = plans[text]
        differing = tuple(f.name for f in fields(Plan) if getattr(scheme, f.name) != getattr(other, f.name))
        files = tuple(sorted(part.file for part in by_text[text]))
        if RULES & set(differing):
            counted = ", ".join(name for name in differing if name in RULES)
            faults.append(Known("consolidate.scheme_other", file=files[0], count=len(files), parts=counted))
        else:
            differences.append(Difference(files, other.digest, differing))
    return Fit(scheme, tuple(differences), tuple(faults))


def _modes(parts: Sequence[Part]) -> Iterator[Known]:
    if {part.mode for part in parts} != {"rehearsal", "official"}:
        return
    for part in parts:
        if part.mode == "rehearsal":
            yield Known("consolidate.rehearsal_among", file=part.file, venue=part.venue)


def _closed(parts: Sequence[Part]) -> Iterator[Known]:
    for part in parts:
        if part.closed_at is None:
            yield Known("consolidate.not_closed", file=part.file, venue=part.venue)


def _events(parts: Sequence[Part]) -> Iterator[Known]:
    for one, other in _twice((part.event, part) for part in parts):
        yield Known("consolidate.event_twice", venue=one.venue, file=one.file, other=other.file)


def _rooms(parts: Sequence[Part]) -> Iterator[Known]:
    known_events = _firsts(parts)
    for (one, other), room in _twice_named(
        ((part.venue, room), part) for part in known_events for room in part.rooms
    ):
        yield Known("consolidate.room_twice", venue=one.venue, room=room[1], file=one.file, other=other.file)


def _people(parts: Sequence[Part]) -> Iterator[Known]:
    """Nobody stands in two bundles, whatever the post: a person is heard and ranked once."""
    rows = (
        (identity, part)
        for part in _firsts(parts)
        for identity in {who.identity: None for who in part.people.values()}
    )
    for (one, other), identity in _twice_named(rows):
        name = next(who.name for who in one.people.values() if who.identity == identity)
        yield Known(
            "consolidate.person_twice",
            name=name,
            identity=masked(str(identity)),
            file=one.file,
            other=other.file,
        )


def _posts(parts: Sequence[Part]) -> Iterator[Known]:
    """A post heard in several venues has the same number of places and is open, or cancelled, in all of them."""
    first: dict[str, Part] = {}
    for part in _firsts(parts):
        for title, post in part.facts.posts.items():
            one = first.setdefault(title, part)
            if one.facts.posts[title] != post:
                yield Known("consolidate.post_differs", post=title, file=one.file, other=part.file)


def _firsts(parts: Sequence[Part]) -> list[Part]:
    """A bundle of each event: what the same event says twice is one fault, not one for each person."""
    return list({part.event: part for part in reversed(parts)}.values())[::-1]


def _twice(rows: Iterator[tuple[Any, Part]]) -> Iterator[tuple[Part, Part]]:
    for pair, _key in _twice_named(rows):
        yield pair


def _twice_named(rows: Iterator[tuple[Any, Part]]) -> Iterator[tuple[tuple[Part, Part], Any]]:
    first: dict[Any, Part] = {}
    for key, part in rows:
        if key in first:
            yield (first[key], part), key
        else:
            first[key] = part
