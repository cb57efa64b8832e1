"""The nouns: frozen, plain, and spelt as people at the venue say them."""

from __future__ import annotations

from typing import Literal

import msgspec

Mode = Literal["rehearsal", "official"]
CandidateId = str
EntryId = str
PostId = str
RoomId = str
SeatId = str
JudgeId = str
#: order: people within rooms; sessions: within half-days; places: one lot for room and order; seats: judges;
#: questions: question sets to half-days; pool: some out of a larger body.
Purpose = Literal["order", "sessions", "places", "seats", "questions", "pool"]
#: How a contribution came to light; `void` when even the envelope did not hold what had been promised.
Opened = Literal["revealed", "envelope", "void"]
#: What can happen to somebody's place after a draw.
ChangeKind = Literal["withdrawn", "absent", "late", "replace"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A person who competes. `identity` is the number as imported; names are shown by role only.

    Whoever is not `qualified` draws no lot; `reason` says why (review, withdrawal).
    """

    id: CandidateId
    identity: str
    name: str
    sex: str = ""
    ethnicity: str = ""
    education: str = ""
    politics: str = ""
    unit: str = ""
    remarks: str = ""
    qualified: bool = True
    reason: str = ""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post competed for, with its number of places and the room it is heard in."""

    id: PostId
    title: str
    places: int = 1
    room: RoomId | None = None
    cancelled: bool = False


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate competing for one post. `moved_from` names the cancelled post they came from.

    `preference` is 1 for the post the candidate wants most, 2 for the next.
    """

    id: EntryId
    candidate: CandidateId
    post: PostId
    moved_from: PostId | None = None
    preference: int = 1


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A room in which a panel hears candidates."""

    id: RoomId
    title: str


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A judge's or observer's seat. `room` is None for a group that marks in every room."""

    id: SeatId
    group: str
    number: int
    room: RoomId | None = None
    name: str = ""
    unit: str = ""
    chief: bool = False


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom a draw may name to a panel or give a seat.

    `chief` "yes" may take a chief's seat, "only" no other. `recuses` are posts whose candidates they do not mark.
    `seat` is the one held when the list was made, if any.
    """

    id: JudgeId
    name: str
    group: str
    unit: str = ""
    chief: Literal["", "yes", "only"] = ""
    recuses: tuple[PostId, ...] = ()
    seat: SeatId = ""


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """What the draw gave: a room and a number from 1 in it. From then on this is who they are."""

    room: RoomId
    number: int


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was imported, by name, kind and SHA-256 (hex)."""

    name: str
    kind: str
    sha256: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is present with an office: proctor, supervisor, notary."""

    role: str
    name: str


class Reopening(msgspec.Struct, frozen=True, kw_only=True):
    """The record was opened again after a close: when (wall ms), why, and by whom."""

    at: int
    reason: str
    people: tuple[Person, ...]


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to make a report again from the journal alone.

    It speaks of the journal's first `size` entries. `date` is the local date on the page, `zone` how many
    minutes its times are ahead of UTC, `content` the SHA-256 (hex) of what all its pages say whatever stands
    around them. `reprint` counts from 0; `superseded_by` is the report that corrects it, printed on it, and
    `reopened` how often the record had been opened again after a close when it was printed.
    """

    size: int
    date: str
    zone: int
    language: str
    software: str
    content: str
    reprint: int = 0
    superseded_by: int = 0
    reopened: int = 0


class DisplayClock(msgspec.Struct, frozen=True, kw_only=True):
    """How a display's clocks stood against the laptop's.

    `error` is by how many ms at most the stage clock it shows is wrong, `ahead` how many ms its calendar clock is
    ahead of the laptop's, `rtt` its last round trip in ms; None where it has not been measured.
    """

    seat: SeatId
    device_name: str
    error: int | None
    ahead: int | None
    rtt: int | None
