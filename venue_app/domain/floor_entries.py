"""What else can have happened on the day. Kinds and their names are listed in `entries`."""

from __future__ import annotations

from venue_app.domain.bases import FactBase
from venue_app.domain.floor_commands import Announcing, ClocksWhy, Milestone
from venue_app.domain.nouns import CandidateId, DisplayClock, EntryId, Person, PostId, RoomId, SeatId


class SchemeChanged(FactBase, frozen=True, kw_only=True):
    """Another plan is in force; `roster_kept` says whether the roster fits it and stays."""

    scheme: str
    roster_kept: bool


class CandidateRecalled(FactBase, frozen=True, kw_only=True):
    """The lot on the floor was called once more."""

    room: RoomId
    lot: int
    entry: EntryId


class IdentityConfirmed(FactBase, frozen=True, kw_only=True):
    """The person was compared with the papers."""

    room: RoomId
    lot: int
    entry: EntryId
    by: str


class EntryWaived(FactBase, frozen=True, kw_only=True):
    """The candidate gave up before the first stage."""

    room: RoomId
    lot: int
    entry: EntryId
    reason: str
    second: str


class StageExtended(FactBase, frozen=True, kw_only=True):
    """The stage got more time: its limit is now `limit_ms`."""

    room: RoomId
    limit_ms: int
    add_ms: int
    reason: str


class SheetReopened(FactBase, frozen=True, kw_only=True):
    """The sheet of entry number `replaces` was given back; the result that rested on it is withdrawn."""

    room: RoomId
    lot: int
    entry: EntryId
    seat: SeatId
    replaces: int
    reason: str
    second: str


class PanelAccepted(FactBase, frozen=True, kw_only=True):
    """`people` decided that the result of a panel below its minimum is made of the `count` sheets there are.

    `minimum` is what the plan asks for. It holds until one of these sheets is given back.
    """

    room: RoomId
    lot: int
    entry: EntryId
    group: str
    count: int
    minimum: int
    people: tuple[str, ...]
    reason: str


class IncidentNoted(FactBase, frozen=True, kw_only=True):
    """Something happened in a room, and what was decided."""

    room: RoomId
    text: str
    decision: str
    lot: int | None
    violation: bool


class SignatureRecorded(FactBase, frozen=True, kw_only=True):
    """The candidate signed the sheet, or refused with a reason."""

    room: RoomId
    lot: int
    entry: EntryId
    refused: str


class WitnessSigned(FactBase, frozen=True, kw_only=True):
    """A witness signed for the journal as it stood: `size` entries."""

    milestone: Milestone
    room: RoomId | None
    lot: int | None
    size: int


class SeatRecused(FactBase, frozen=True, kw_only=True):
    """A seat marks nobody of a post from now on."""

    seat: SeatId
    post: PostId
    reason: str


class AnnouncingChosen(FactBase, frozen=True, kw_only=True):
    """When results are told in a room from now on."""

    room: RoomId
    announcing: Announcing


class RunReopened(FactBase, frozen=True, kw_only=True):
    """The record was opened again after its close, by two people, for a reason."""

    people: tuple[Person, ...]
    reason: str


class PackageSealed(FactBase, frozen=True, kw_only=True):
    """Files were sealed: the age file has this SHA-256 (hex), and `threshold` of `holders` open it together."""

    label: str
    sha256: str
    threshold: int
    holders: tuple[str, ...]


class PackageOpened(FactBase, frozen=True, kw_only=True):
    """The package with this SHA-256 was opened with the shares of `by`."""

    sha256: str
    by: tuple[str, ...]


class StepUndone(FactBase, frozen=True, kw_only=True):
    """Entry number `undoes` no longer counts; it stays in the journal."""

    room: RoomId
    undoes: int


class ClocksNoted(FactBase, frozen=True, kw_only=True):
    """How the displays stood against the laptop's clock, as a room's half-day began or when one was too far off."""

    why: ClocksWhy
    room: RoomId | None
    displays: tuple[DisplayClock, ...]


class PhotosAdded(FactBase, frozen=True, kw_only=True):
    """Photographs were laid beside the event file for the identity check: candidate → SHA-256 (hex) of its bytes."""

    photos: dict[CandidateId, str]
