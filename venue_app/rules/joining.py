"""Facts of several venues brought under names that hold for all of them, and put together. Pure.

Inside one event people, entries, posts and rooms are known by short ids (C001, E001, P01, R1) that another event
gives to others. `renamed` puts names in their place that mean the same everywhere; `joined` puts such facts into one
whole, and refuses what two venues say of the same thing; `heard_apart` points out what can be ranked, yet was marked
by panels that nobody made comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from venue_app.base.errors import Known
from venue_app.rules.facts import Declared, EntryFact, Facts
from venue_app.rules.papers import BallotFact, Counted
from venue_app.scheme.components import Panel
from venue_app.scheme.model import Scheme

#: The attribute under which an entry names its venue.
VENUE = "venue"


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of one event are called among several: people, entries, posts, rooms; `venue` is the event's own.

    Whoever has no room is heard in `venue` itself.
    """

    venue: str
    people: Mapping[str, str]
    entries: Mapping[str, str]
    posts: Mapping[str, str]
    rooms: Mapping[str, str]

    def holder(self, name: str) -> str:
        """The name of an entry or a person, whichever it is."""
        return self.entries.get(name) or self.people[name]

    def place(self, name: str) -> str:
        """The name of a set: a post, a room, the whole event (''), or an attribute's own word."""
        return self.posts.get(name) or self.rooms.get(name) or (name or self.venue)


def across(scheme: Scheme) -> Scheme:
    """The plan as it is reckoned over several venues: who marked or voted in a whole event did so in one venue.

    A group that marks in all rooms becomes a panel of each room, a ballot of the whole event one of its venue.
    Nothing else changes, and every number of a single venue stays what it was.
    """
    groups = (replace(g, scope="room") if g.scope == "event" else g for g in scheme.groups)
    ballots = (replace(b, within=VENUE) if b.within == "event" else b for b in scheme.ballots)
    return replace(scheme, groups=tuple(groups), ballots=tuple(ballots))


def heard_apart(scheme: Scheme, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Posts whose people were marked by panels of several venues, and those venues, where the plan is silent on it.

    A plan speaks of it with a component or a round that looks at anything narrower than a post: balancing of rooms, a
    room's mean, the best of a room. Then, and where no panel marks, there is nothing to point out.
    """
    narrower = {getattr(one, "within", "post") for one in (*scheme.components, *scheme.rounds)}
    if not narrower <= {"post", "event"} or not any(isinstance(c, Panel) for c in scheme.components):
        return {}
    venues: dict[str, set[str]] = {}
    for entry in facts.entries.values():
        if not entry.unqualified and not facts.posts[entry.post].cancelled:
            venues.setdefault(entry.post, set()).add(entry.attributes[VENUE])
    return {post: tuple(sorted(of)) for post, of in sorted(venues.items()) if len(of) > 1}


def renamed(scheme: Scheme, facts: Facts, names: Names) -> Facts:
    """The same facts under other names, as `across(scheme)` reads them. Raises `KeyError` for an id without a name."""
    entries = {e.id: _entry(e, names) for e in facts.entries.values()}
    of = names.holder
    return Facts(
        posts={names.posts[p.id]: replace(p, id=names.posts[p.id]) for p in facts.posts.values()},
        candidates={names.people[c.id]: replace(c, id=names.people[c.id]) for c in facts.candidates.values()},
        entries={e.id: e for e in entries.values()},
        values={(of(who), component): value for (who, component), value in facts.values.items()},
        sheets={(of(who), group): marks for (who, group), marks in facts.sheets.items()},
        out_seats={(of(who), group): seats for (who, group), seats in facts.out_seats.items()},
        panels=_panels(scheme, facts, names, {e.room for e in entries.values()}),
        absent=frozenset((of(who), component) for who, component in facts.absent),
        barred={of(who): barred for who, barred in facts.barred.items()},
        accepted={(of(who), group): decision for (who, group), decision in facts.accepted.items()},
        overruns={(of(who), stage): seconds for (who, stage), seconds in facts.overruns.items()},
        ballots=tuple(_box(box, names) for box in facts.ballots),
        lots={(rule, of(who)): number for (rule, who), number in facts.lots.items()},
        decided={
            (rule, names.place(w)): tuple(map(of, chosen)) for (rule, w), chosen in facts.decided.items()
        },
        declared=tuple(
            replace(d, post=names.posts[d.post]) if d.post else d for d in facts.declared
        ),
    )  # fmt: skip


def _entry(entry: EntryFact, names: Names) -> EntryFact:
    return replace(
        entry,
        id=names.entries[entry.id],
        candidate=names.people[entry.candidate],
        post=names.posts[entry.post],
        room=names.rooms.get(entry.room, names.venue),
        moved_from=names.posts[entry.moved_from] if entry.moved_from else "",
        attributes={**entry.attributes, VENUE: names.venue},
    )


def _panels(
    scheme: Scheme, facts: Facts, names: Names, heard_in: set[str]
) -> dict[tuple[str, str], tuple[int, ...]]:
    """The seats in use; those of a group that marks everywhere stand under each room people are heard in."""
    everywhere = {g.id for g in scheme.groups if g.scope == "event"}
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for (group, where), seats in facts.panels.items():
        rooms = heard_in if group in everywhere else (names.place(where),)
        found |= {(group, room): seats for room in rooms}
    return found


def _box(box: BallotFact, names: Names) -> BallotFact:
    counted = box.counted and Counted(
        valid=box.counted.valid,
        void=box.counted.void,
        votes={names.holder(who): votes for who, votes in box.counted.votes.items()},
    )
    papers = tuple(
        replace(p, marks={names.holder(who): marks for who, marks in p.marks.items()}) for p in box.papers
    )
    return replace(box, where=names.place(box.where), counted=counted, papers=papers)


def joined(parts: Iterable[Facts]) -> Facts:
    """All facts as those of one event; in whatever order the parts come, equal parts give equal facts.

    A post that several parts have must be the same post in all of them. Raises `Known`: joining.post_differs,
    joining.panel_differs, joining.ballot_twice, joining.twice for anything else that two parts say.
    """
    found: dict[str, Any] = {name: {} for name in _TABLES}
    absent: set[tuple[str, str]] = set()
    boxes: dict[tuple[str, str, str], int] = {}
    ballots: list[BallotFact] = []
    declared: list[Declared] = []
    for number, part in enumerate(parts):
        for table in _TABLES:
            _add(found[table], getattr(part, table), table)
        absent |= part.absent
        for box in part.ballots:
            # Their voters saw other people on their papers: added up, the shares would be of nothing.
            if boxes.setdefault((box.ballot, box.where, box.voter_class), number) != number:
                raise Known("joining.ballot_twice", ballot=box.ballot, where=box.where)
        ballots += part.ballots
        declared += part.declared
    return Facts(ballots=tuple(ballots), declared=tuple(declared), absent=frozenset(absent), **found)


_TABLES = (
    "posts", "candidates", "entries", "values", "sheets", "out_seats", "panels", "barred", "overruns", "lots",
    "accepted", "decided",
)  # fmt: skip
#: What may be said by several parts, as long as they agree, and the fault where they do not.
_SHARED = {"posts": "joining.post_differs", "panels": "joining.panel_differs"}


def _add(into: dict[Any, Any], more: Mapping[Any, Any], table: str) -> None:
    both = into.keys() & more.keys()
    wrong = [key for key in both if table not in _SHARED or into[key] != more[key]]
    if wrong:
        first = min(wrong, key=repr)
        name = "/".join(map(str, first)) if isinstance(first, tuple) else str(first)
        raise Known(_SHARED.get(table, "joining.twice"), name=name)
    into.update(more)
