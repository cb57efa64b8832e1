"""Facts: what happened, as far as rules need it. Frozen, complete in itself, order-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from venue_app.rules.papers import BallotFact

Marks = tuple[int, ...]
"""A judge's marks in the order of the group's criteria, as integers of 10^-group.places."""

SeatState = Literal["recused", "excused", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFact:
    """A post: how many `places`; `kept` by decision however few entered; `cancelled` with the reason, and `outcome` (an id of the scheme's
    `post_outcomes`), when somebody decided so."""

    id: str
    title: str = ""
    places: int = 1
    cancelled: str = ""
    kept: bool = False
    outcome: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """A candidate's attributes (sex, party, degree …), as words. One person, one id, over all entries."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact:
    """One candidate for one post, heard in `room` at `session`; `preference` 1 is the post wanted most.

    `moved_from` names the cancelled post they came from; `unqualified` is the reason of the qualification
    review, empty when qualified.
    """

    id: str
    candidate: str
    post: str
    room: str = ""
    session: str = ""
    preference: int = 1
    moved_from: str = ""
    unqualified: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """An entry taken out: `code` waived | disqualified | vetoed; `after` a round's id, or '' for at once."""

    code: Literal["waived", "disqualified", "vetoed"]
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The decision that a panel's result stands though fewer sheets than the minimum are there: by whom, and why."""

    by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A number that the official report itself states, to be compared with what the facts give.

    `what`: `posts`, `entries`, `candidates`, `qualified`, `cancelled`, `passed:<round>` or
    `outcome:<post outcome>`; `post` narrows it to one post.
    """

    what: str
    count: int
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything `compute` may look at.

    `values[(entry, component)]` are numbers brought in. `sheets[(entry, group)][seat]` are marks;
    `out_seats[(entry, group)][seat]` says why a seat gives none. `panels[(group, where)]` lists the seats in
    use, `where` being the room, the post or '' by the group's scope; not given means 1 to the scheme's seats.
    `absent` holds (entry, component), component '' meaning all that has no value. `accepted[(entry, group)]` is
    the decision by which a result stands though below the panel minimum. `overruns[(entry, stage)]`
    are seconds. `lots[(round, entry)]` are numbers drawn to break a tie. `decided[(round, where)]` are the
    entries a body named. `declared` are numbers the official report states.
    """

    posts: Mapping[str, PostFact] = field(default_factory=dict)
    candidates: Mapping[str, PersonFact] = field(default_factory=dict)
    entries: Mapping[str, EntryFact] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str], Mapping[int, Marks]] = field(default_factory=dict)
    out_seats: Mapping[tuple[str, str], Mapping[int, SeatState]] = field(default_factory=dict)
    panels: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    absent: frozenset[tuple[str, str]] = frozenset()
    barred: Mapping[str, Barred] = field(default_factory=dict)
    accepted: Mapping[tuple[str, str], Accepted] = field(default_factory=dict)
    overruns: Mapping[tuple[str, str], int] = field(default_factory=dict)
    ballots: tuple[BallotFact, ...] = ()
    lots: Mapping[tuple[str, str], int] = field(default_factory=dict)
    decided: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    declared: tuple[Declared, ...] = ()

    def with_sheet(self, entry: str, group: str, seat: int, marks: Marks) -> Facts:
        """The same facts with one sheet more, or that seat's sheet replaced."""
        key = (entry, group)
        return replace(self, sheets={**self.sheets, key: {**self.sheets.get(key, {}), seat: marks}})
