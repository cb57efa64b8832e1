"""Everything that can have happened: what the journal keeps, one kind a struct.

An entry's `kind` is its tag. Fields are only ever added with defaults, so that
every journal ever written can still be read.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from venue_app.domain import ballot_entries as ballot
from venue_app.domain import draw_entries as draw
from venue_app.domain import floor_entries as floor
from venue_app.domain import hosts, showing
from venue_app.domain.bases import FactBase
from venue_app.domain.nouns import (
    Candidate,
    Entry,
    EntryId,
    Mode,
    Person,
    Post,
    PostId,
    Printing,
    Room,
    RoomId,
    Seat,
    SeatId,
    Source,
)

#: The reason of a pause that the program made itself, finding a clock running at its start.
RESTART = "restart"
#: The reason of a pause that the program made itself, because the laptop had been asleep.
ASLEEP = "asleep"


class EventCreated(FactBase, frozen=True, kw_only=True):
    """First entry of every journal: what this event is and which keys speak for it."""

    event: str
    title: str
    mode: Mode
    place: str
    scheme: str
    keys: dict[str, str]
    software: str


class RosterImported(FactBase, frozen=True, kw_only=True):
    """Candidates, posts, entries, rooms, seats and imported values, with the digests of their files.

    What is the person's and not the entry's (`per = "person"` in the scheme) stands under the first of their entries.
    """

    candidates: tuple[Candidate, ...]
    posts: tuple[Post, ...]
    entries: tuple[Entry, ...]
    rooms: tuple[Room, ...]
    seats: tuple[Seat, ...]
    values: dict[str, dict[EntryId, str]]
    sources: tuple[Source, ...]
    cancelled: tuple[PostId, ...]
    decisions: tuple[str, ...]
    absences: dict[str, tuple[EntryId, ...]] = msgspec.field(default_factory=dict)


class RunOpened(FactBase, frozen=True, kw_only=True):
    """The run is open; `scheme_digest` freezes the plan."""

    people: tuple[Person, ...]
    scheme_digest: str
    roster_digest: str


class StationJoined(FactBase, frozen=True, kw_only=True):
    """A device took a seat, or a place that is no seat (a room's console, a witness's screen, a big screen).

    `person` is who sits there, for places where a person answers for what is done. `public_key` is the
    device's own: its sheets are signed with it.
    """

    seat: SeatId
    device: str
    device_name: str
    person: str = ""
    public_key: str = ""


class StationReleased(FactBase, frozen=True, kw_only=True):
    """A seat was freed from its device."""

    seat: SeatId
    reason: str


class CandidateCalled(FactBase, frozen=True, kw_only=True):
    """A lot was called to the floor."""

    room: RoomId
    lot: int
    entry: EntryId


class CandidateAbsent(FactBase, frozen=True, kw_only=True):
    """A lot was called and nobody came."""

    room: RoomId
    lot: int
    entry: EntryId


class StageStarted(FactBase, frozen=True, kw_only=True):
    """The clock of a stage runs. Times are the record's `mono`; `limit_ms` is frozen here."""

    room: RoomId
    stage: str
    limit_ms: int


class StagePaused(FactBase, frozen=True, kw_only=True):
    """The clock stands; `spent_ms` is what it showed."""

    room: RoomId
    reason: str
    spent_ms: int


class StageResumed(FactBase, frozen=True, kw_only=True):
    """The clock goes on from `spent_ms`."""

    room: RoomId
    spent_ms: int


class StageEnded(FactBase, frozen=True, kw_only=True):
    """The stage is over after `spent_ms`, `over_ms` of them beyond the limit.

    `penalty` is what that costs by the stage's bands, as decimal text; '' where the stage has none.
    """

    room: RoomId
    stage: str
    spent_ms: int
    over_ms: int = 0
    penalty: str = ""


class SheetReceived(FactBase, frozen=True, kw_only=True):
    """One seat's marks for one lot, as decimal text, with the receipt shown to the judge.

    `paper` names the two people who typed a paper sheet in. `signature` is that of the station's key;
    `carried` names who brought the sheet to the laptop in a file.
    """

    room: RoomId
    lot: int
    entry: EntryId
    seat: SeatId
    marks: dict[str, str]
    total: str
    receipt: str
    paper: tuple[str, ...] = ()
    signature: str = ""
    carried: str = ""


class SeatExcused(FactBase, frozen=True, kw_only=True):
    """A seat leaves the arithmetic for this candidate."""

    room: RoomId
    lot: int
    entry: EntryId
    seat: SeatId
    excuse: Literal["recused", "excused"]
    reason: str


class ResultComputed(FactBase, frozen=True, kw_only=True):
    """All that must be in is in: the panel's value for this lot."""

    room: RoomId
    lot: int
    entry: EntryId
    component: str
    value: str


class ResultChecked(FactBase, frozen=True, kw_only=True):
    """A second person compared the result."""

    room: RoomId
    lot: int
    entry: EntryId
    checker: str


class ResultReleased(FactBase, frozen=True, kw_only=True):
    """The hall may know the result."""

    room: RoomId
    lot: int
    entry: EntryId


class AppearanceClosed(FactBase, frozen=True, kw_only=True):
    """The floor is free again."""

    room: RoomId
    lot: int
    entry: EntryId


class ValueEntered(FactBase, frozen=True, kw_only=True):
    """A component typed in by hand with a second person; None takes it back."""

    component: str
    entry: EntryId
    value: str | None
    second: str
    reason: str


class ReportIssued(FactBase, frozen=True, kw_only=True):
    """A form was produced; its SHA-256 lets the paper be matched to the journal.

    `printing` is what it takes to make it again; a reprint has the serial of what it repeats.
    """

    form: str
    serial: int
    pages: int
    sha256: str
    printing: Printing | None = None


class RunClosed(FactBase, frozen=True, kw_only=True):
    """The event is over."""

    people: tuple[Person, ...]


Fact = (
    EventCreated
    | RosterImported
    | RunOpened
    | StationJoined
    | StationReleased
    | CandidateCalled
    | CandidateAbsent
    | StageStarted
    | StagePaused
    | StageResumed
    | StageEnded
    | SheetReceived
    | SeatExcused
    | ResultComputed
    | ResultChecked
    | ResultReleased
    | AppearanceClosed
    | ValueEntered
    | ReportIssued
    | RunClosed
    | floor.SchemeChanged
    | floor.CandidateRecalled
    | floor.IdentityConfirmed
    | floor.EntryWaived
    | floor.StageExtended
    | floor.SheetReopened
    | floor.PanelAccepted
    | floor.IncidentNoted
    | floor.SignatureRecorded
    | floor.WitnessSigned
    | floor.SeatRecused
    | floor.AnnouncingChosen
    | floor.ClocksNoted
    | floor.PhotosAdded
    | floor.StepUndone
    | floor.RunReopened
    | floor.PackageSealed
    | floor.PackageOpened
    | draw.JudgesListed
    | draw.DrawFrozen
    | draw.DrawCommitted
    | draw.DrawPublic
    | draw.DrawRevealed
    | draw.DrawDrawn
    | draw.DrawTyped
    | draw.DrawChanged
    | draw.DrawDiscarded
    | showing.ShowingChosen
    | showing.LotShown
    | showing.TurnPassed
    | ballot.BallotOpened
    | ballot.BallotIssued
    | ballot.BallotPapers
    | ballot.BallotClosed
    | ballot.BallotCounted
    | ballot.BallotWithdrawn
    | ballot.BallotAbandoned
    | hosts.StandbyNamed
    | hosts.HostPromoted
)

#: Every kind of entry by the name the journal gives it.
KINDS: dict[str, type[Fact]] = {
    "event.created": EventCreated,
    "roster.imported": RosterImported,
    "run.opened": RunOpened,
    "station.joined": StationJoined,
    "station.released": StationReleased,
    "candidate.called": CandidateCalled,
    "candidate.absent": CandidateAbsent,
    "stage.started": StageStarted,
    "stage.paused": StagePaused,
    "stage.resumed": StageResumed,
    "stage.ended": StageEnded,
    "sheet.received": SheetReceived,
    "seat.excused": SeatExcused,
    "result.computed": ResultComputed,
    "result.checked": ResultChecked,
    "result.released": ResultReleased,
    "appearance.closed": AppearanceClosed,
    "value.entered": ValueEntered,
    "report.issued": ReportIssued,
    "run.closed": RunClosed,
    "scheme.changed": floor.SchemeChanged,
    "candidate.recalled": floor.CandidateRecalled,
    "identity.confirmed": floor.IdentityConfirmed,
    "entry.waived": floor.EntryWaived,
    "stage.extended": floor.StageExtended,
    "sheet.reopened": floor.SheetReopened,
    "panel.accepted": floor.PanelAccepted,
    "incident.noted": floor.IncidentNoted,
    "signature.recorded": floor.SignatureRecorded,
    "witness.signed": floor.WitnessSigned,
    "seat.recused": floor.SeatRecused,
    "announcing.chosen": floor.AnnouncingChosen,
    "clocks.noted": floor.ClocksNoted,
    "photos.added": floor.PhotosAdded,
    "step.undone": floor.StepUndone,
    "run.reopened": floor.RunReopened,
    "package.sealed": floor.PackageSealed,
    "package.opened": floor.PackageOpened,
    "judges.listed": draw.JudgesListed,
    "draw.frozen": draw.DrawFrozen,
    "draw.committed": draw.DrawCommitted,
    "draw.public": draw.DrawPublic,
    "draw.revealed": draw.DrawRevealed,
    "draw.drawn": draw.DrawDrawn,
    "draw.typed": draw.DrawTyped,
    "draw.changed": draw.DrawChanged,
    "draw.discarded": draw.DrawDiscarded,
    "showing.chosen": showing.ShowingChosen,
    "lot.shown": showing.LotShown,
    "turn.passed": showing.TurnPassed,
    "ballot.opened": ballot.BallotOpened,
    "ballot.issued": ballot.BallotIssued,
    "ballot.papers": ballot.BallotPapers,
    "ballot.closed": ballot.BallotClosed,
    "ballot.counted": ballot.BallotCounted,
    "ballot.withdrawn": ballot.BallotWithdrawn,
    "ballot.abandoned": ballot.BallotAbandoned,
    "standby.named": hosts.StandbyNamed,
    "host.promoted": hosts.HostPromoted,
}
NAMES: dict[type, str] = {cls: name for name, cls in KINDS.items()}
