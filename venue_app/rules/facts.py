"""Facts: what happened, as far as rules need it. Frozen, complete in itself, order-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Marks = tuple[int, ...]
"""A judge's marks in the order of the group's criteria, as integers of 10^-group.places."""

SeatState = Literal["recused", "excused", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFact:
    """A post: how many `places`, and `cancelled` with the reason when somebody decided so."""

    id: str
    title: str = ""
    places: int = 1
    cancelled: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """A candidate's attributes (sex, party, degree …), as words."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact:
    """One candidate for one post, heard in `room`. `moved_from` names the cancelled post they came from.

    `unqualified` is the reason of the qualification review, empty when qualified.
    """

    id: str
    candidate: str
    post: str
    room: str = ""
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
class Facts:
    """Everything `compute` may look at.

    `sheets[(entry, group)][seat]` are marks; `out_seats[(entry, group)][seat]` says why a seat gives none.
    `panels[(group, where)]` lists the seats in use, `where` being the room, the post or '' by the group's
    scope; not given means 1 to the scheme's seats. `absent` holds (entry, component), component '' meaning
    all. `accepted` holds (entry, group) whose result stands, by decision, though below the panel minimum.
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
    accepted: frozenset[tuple[str, str]] = frozenset()

    def with_sheet(self, entry: str, group: str, seat: int, marks: Marks) -> Facts:
        """The same facts with one sheet more, or that seat's sheet replaced."""
        key = (entry, group)
        return replace(self, sheets={**self.sheets, key: {**self.sheets.get(key, {}), seat: marks}})
