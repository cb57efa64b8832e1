"""What else can be asked: another plan, and on the day presence, corrections, incidents, witnesses, undo."""

from __future__ import annotations

from typing import Literal

from venue_app.domain.bases import CommandBase
from venue_app.domain.nouns import CandidateId, DisplayClock, Person, PostId, RoomId, SeatId

#: When a checked result is told: at once, once the next candidate has finished, when everybody of the post has been
#: heard in the room, when the half-day is over, or at the end of the room.
Announcing = Literal["at-once", "after-next", "after-post", "after-half-day", "at-end"]
#: What a witness signs for.
Milestone = Literal["opening", "draw", "ballot", "result", "session", "close"]
#: Why the displays' clocks are noted: a room's half-day begins, or one may be further off than is allowed.
ClocksWhy = Literal["session", "beyond"]


class ChangeScheme(CommandBase, frozen=True, kw_only=True, tag="change-scheme"):
    """Take another plan (the text of a scheme file), until the run is open.

    `drop_roster` agrees that the roster has to be imported anew where the plan seats other judges.
    """

    scheme: str
    drop_roster: bool = False


class RecallCandidate(CommandBase, frozen=True, kw_only=True, tag="recall"):
    """Call the lot on the floor once more, because nobody has come yet."""

    room: RoomId
    lot: int


class ConfirmIdentity(CommandBase, frozen=True, kw_only=True, tag="confirm-identity"):
    """Somebody compared the person with the papers. `by` is who did."""

    room: RoomId
    lot: int
    by: str


class WaiveEntry(CommandBase, frozen=True, kw_only=True, tag="waive"):
    """The candidate gives up (弃权) before the first stage; a reason and a second person are recorded."""

    room: RoomId
    lot: int
    reason: str
    second: str


class ExtendStage(CommandBase, frozen=True, kw_only=True, tag="extend-stage"):
    """Give the stage on the clock more time: `add_ms` from 1 second to 1 hour, with a reason."""

    room: RoomId
    add_ms: int
    reason: str


class ReopenSheet(CommandBase, frozen=True, kw_only=True, tag="reopen-sheet"):
    """Give a sheet back to its judge for correction; both versions are kept, the result is withdrawn."""

    room: RoomId
    lot: int
    seat: SeatId
    reason: str
    second: str


class AcceptPanel(CommandBase, frozen=True, kw_only=True, tag="accept-panel"):
    """Two people decide that a panel below its minimum makes its result of the sheets there are.

    `also` are further lots, (room, lot), for which the same is decided of a group that serves the whole event: those
    that were looked at, so that nothing is decided on which came after.
    """

    room: RoomId
    lot: int
    group: str
    people: tuple[str, ...]
    reason: str
    also: tuple[tuple[RoomId, int], ...] = ()


class EnterPaperSheet(CommandBase, frozen=True, kw_only=True, tag="enter-paper-sheet"):
    """A sheet written on paper, typed in by two people who saw the same marks."""

    room: RoomId
    lot: int
    seat: SeatId
    marks: dict[str, str]
    again: dict[str, str]
    first: str
    second: str


class NoteIncident(CommandBase, frozen=True, kw_only=True, tag="note-incident"):
    """Write an incident or a violation into the room's log, with what was decided."""

    room: RoomId
    text: str
    decision: str = ""
    lot: int | None = None
    violation: bool = False


class RecordSignature(CommandBase, frozen=True, kw_only=True, tag="record-signature"):
    """The candidate signed the sheet, or refused to, with the reason given."""

    room: RoomId
    lot: int
    refused: str = ""


class CoSign(CommandBase, frozen=True, kw_only=True, tag="co-sign"):
    """A witness signs for what the journal says now. `room` and `lot` for a result, `room` for a session."""

    milestone: Milestone
    room: RoomId | None = None
    lot: int | None = None


class RecuseFromPost(CommandBase, frozen=True, kw_only=True, tag="recuse-from-post"):
    """A judge does not mark anybody of a post (回避): left out of each of its candidates as they are called."""

    seat: SeatId
    post: PostId
    reason: str


class ChooseAnnouncing(CommandBase, frozen=True, kw_only=True, tag="choose-announcing"):
    """When results are told in a room."""

    room: RoomId
    announcing: Announcing


class ReopenRun(CommandBase, frozen=True, kw_only=True, tag="reopen-run"):
    """Open the record again after its close: two people with their offices, and a reason."""

    people: tuple[Person, ...]
    reason: str


class SealPackage(CommandBase, frozen=True, kw_only=True, tag="seal-package"):
    """Record that files were sealed among several people. `sha256` is that of the age file."""

    label: str
    sha256: str
    threshold: int
    holders: tuple[str, ...]


class OpenPackage(CommandBase, frozen=True, kw_only=True, tag="open-package"):
    """Record that a sealed package was opened, with whose shares."""

    sha256: str
    by: tuple[str, ...]


class UndoStep(CommandBase, frozen=True, kw_only=True, tag="undo-step"):
    """Take the room's last step back, where that is honest: nothing has been marked or told since."""

    room: RoomId


class NoteClocks(CommandBase, frozen=True, kw_only=True, tag="note-clocks"):
    """How the displays of a room (None: of all) stand against the laptop's clock. Sent by the program itself."""

    why: ClocksWhy
    room: RoomId | None
    displays: tuple[DisplayClock, ...]


class AddPhotos(CommandBase, frozen=True, kw_only=True, tag="add-photos"):
    """Photographs of candidates lie beside the event file: candidate → SHA-256 (hex) of the picture's bytes."""

    photos: dict[CandidateId, str]
