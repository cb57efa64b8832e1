"""Everything that can be asked of the venue. A command is accepted whole or refused with a reason."""

from __future__ import annotations

from typing import Literal

import msgspec

from venue_app.domain import ballot_commands as ballot
from venue_app.domain import draw_commands as draw
from venue_app.domain import floor_commands as floor
from venue_app.domain import hosts, showing
from venue_app.domain.bases import CommandBase
from venue_app.domain.nouns import (
    Candidate,
    Entry,
    EntryId,
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


class ImportRoster(CommandBase, frozen=True, kw_only=True, tag="import-roster"):
    """Take a decided roster in, whole. `values` holds imported components: component → entry → decimal text;
    `absences` who was absent from one: component → entries."""

    candidates: tuple[Candidate, ...]
    posts: tuple[Post, ...]
    entries: tuple[Entry, ...]
    rooms: tuple[Room, ...]
    seats: tuple[Seat, ...]
    values: dict[str, dict[EntryId, str]]
    sources: tuple[Source, ...]
    cancelled: tuple[PostId, ...] = ()
    decisions: tuple[str, ...] = ()
    absences: dict[str, tuple[EntryId, ...]] = msgspec.field(default_factory=dict)


class OpenRun(CommandBase, frozen=True, kw_only=True, tag="open-run"):
    """Open the run under the eyes of the people named."""

    people: tuple[Person, ...]


class JoinStation(CommandBase, frozen=True, kw_only=True, tag="join-station"):
    """Bind a device to a seat or another place. Sent by the LAN server after the pairing code was right."""

    seat: SeatId
    device: str
    device_name: str
    person: str = ""
    public_key: str = ""


class ReleaseStation(CommandBase, frozen=True, kw_only=True, tag="release-station"):
    """Free a seat from its device, so that another can join."""

    seat: SeatId
    reason: str


class CallCandidate(CommandBase, frozen=True, kw_only=True, tag="call"):
    """Call the lot to the room's floor. Refused while another candidate is on it."""

    room: RoomId
    lot: int


class MarkAbsent(CommandBase, frozen=True, kw_only=True, tag="absent"):
    """The candidate was called and is not there (缺考)."""

    room: RoomId
    lot: int


class StartStage(CommandBase, frozen=True, kw_only=True, tag="start-stage"):
    """Start the clock of a stage of the candidate on the floor."""

    room: RoomId
    stage: str


class PauseStage(CommandBase, frozen=True, kw_only=True, tag="pause-stage"):
    """Stop the clock for a reason; the time does not count."""

    room: RoomId
    reason: str


class ResumeStage(CommandBase, frozen=True, kw_only=True, tag="resume-stage"):
    """Let the paused clock go on."""

    room: RoomId


class EndStage(CommandBase, frozen=True, kw_only=True, tag="end-stage"):
    """The stage is over; its time is recorded."""

    room: RoomId


class SubmitSheet(CommandBase, frozen=True, kw_only=True, tag="submit-sheet"):
    """A score sheet of one seat for one lot. `marks` maps criterion to decimal text.

    `signature` is that of the station's key (`domain.signing`). `carried` names who brought the sheet to the
    laptop in a file, when the network could not.
    """

    room: RoomId
    lot: int
    seat: SeatId
    marks: dict[str, str]
    signature: str = ""
    carried: str = ""


class ExcuseSeat(CommandBase, frozen=True, kw_only=True, tag="excuse-seat"):
    """A seat does not mark this candidate: recused (回避) or excused; it leaves the arithmetic."""

    room: RoomId
    lot: int
    seat: SeatId
    kind: Literal["recused", "excused"]
    reason: str


class CheckResult(CommandBase, frozen=True, kw_only=True, tag="check-result"):
    """A second person has compared the computed result with the sheets."""

    room: RoomId
    lot: int
    checker: str


class ReleaseResult(CommandBase, frozen=True, kw_only=True, tag="release-result"):
    """Make the result known to the hall."""

    room: RoomId
    lot: int


class CloseAppearance(CommandBase, frozen=True, kw_only=True, tag="close-appearance"):
    """The candidate leaves the floor; the next can be called."""

    room: RoomId
    lot: int


class EnterValue(CommandBase, frozen=True, kw_only=True, tag="enter-value"):
    """Enter a component by hand (考察), typed by one person and confirmed by another. None takes it back."""

    component: str
    entry: EntryId
    value: str | None
    second: str
    reason: str = ""


class IssueReport(CommandBase, frozen=True, kw_only=True, tag="issue-report"):
    """Record that a form was produced: its SHA-256 and what it takes to make it again."""

    form: str
    serial: int
    pages: int
    sha256: str
    printing: Printing | None = None


class CloseRun(CommandBase, frozen=True, kw_only=True, tag="close-run"):
    """Close the event: nothing can be added but reports."""

    people: tuple[Person, ...]


Command = (
    ImportRoster
    | OpenRun
    | JoinStation
    | ReleaseStation
    | CallCandidate
    | MarkAbsent
    | StartStage
    | PauseStage
    | ResumeStage
    | EndStage
    | SubmitSheet
    | ExcuseSeat
    | CheckResult
    | ReleaseResult
    | CloseAppearance
    | EnterValue
    | IssueReport
    | CloseRun
    | floor.ChangeScheme
    | floor.RecallCandidate
    | floor.ConfirmIdentity
    | floor.WaiveEntry
    | floor.ExtendStage
    | floor.ReopenSheet
    | floor.AcceptPanel
    | floor.EnterPaperSheet
    | floor.NoteIncident
    | floor.RecordSignature
    | floor.CoSign
    | floor.RecuseFromPost
    | floor.ChooseAnnouncing
    | floor.NoteClocks
    | floor.AddPhotos
    | floor.UndoStep
    | floor.ReopenRun
    | floor.SealPackage
    | floor.OpenPackage
    | draw.ListJudges
    | draw.FreezeDraw
    | draw.CommitDraw
    | draw.GivePublic
    | draw.RevealDraw
    | draw.HoldDraw
    | draw.TypeDraw
    | draw.ChangeDraw
    | draw.DiscardDraw
    | showing.ChooseShowing
    | showing.ShowLot
    | showing.PassTurn
    | showing.ShowRest
    | ballot.OpenBallot
    | ballot.IssueSlips
    | ballot.CloseBallot
    | ballot.WithdrawPaper
    | ballot.AbandonBallot
    | hosts.NameStandby
)
