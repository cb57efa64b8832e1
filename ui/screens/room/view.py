"""What the room board shows, as plain frozen data made by `ui.screens.room.build`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.clock import ClockReading
from ui.widgets.tiles import LotView, SeatView
from ui.words import Text
from venue_app.state.room import StepKind


@dataclass(frozen=True, slots=True)
class ActLine:
    """Something that can be done beside the next step, and with which lot (0: with the room)."""

    act: str
    lot: int
    note: Text = ""


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A result of somebody who has left, that still has to be made, checked or told.

    `act` is what can be done about it now: `check`, `tell`, `accept` (decide on it), or '' while it has to wait.
    """

    lot: int
    text: Text
    act: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot of the queue, with what the proctor may know of who it is."""

    lot: LotView
    name: str
    post: str
    can_call: bool = False
    can_be_absent: bool = False
    acts: tuple[ActLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the panel."""

    id: str
    seat: SeatView
    chief: bool = False
    who: str = ""
    can_be_excused: bool = False


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One seat's sheet: each criterion's mark, the total, and whether it is struck.

    `old` is a sheet that was given back; it stands struck below the one that counts.
    """

    seat: int
    marks: tuple[str, ...]
    total: str
    struck: Literal["", "high", "low"] = ""
    note: Text = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class SheetView:
    """All marks one group gave one candidate; made when every sheet is in and never before."""

    criteria: tuple[Text, ...]
    rows: tuple[MarkRow, ...]
    title: Text
    value: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class StageTime:
    """A stage that is over: its name and how long it took, as 7:42."""

    title: Text
    spent: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class FloorView:
    """Who stands before the panel now."""

    lot: int
    post: str
    name: str
    stage: Text
    clock: ClockReading | None
    ended: tuple[StageTime, ...] = ()
    pause_reason: str = ""
    can_pause: bool = False
    can_resume: bool = False
    can_be_absent: bool = False
    calls: Text = ""
    """How often the lot was called."""
    identified: str = ""
    """Who compared the person with the papers."""
    signature: Literal["", "waits", "signed", "refused"] = ""
    refused: str = ""
    """Why the candidate did not sign."""
    awaits: Text = ""
    """What the result still waits for while the stages run."""


@dataclass(frozen=True, slots=True)
class StepView:
    """The one next step. `why` is None when it can be taken now; `note` says what taking it means."""

    kind: StepKind
    text: Text
    why: Text | None = None
    lot: int | None = None
    stage: str | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class ObserversView:
    """The people who mark in every room, as one line."""

    title: Text
    marked: int
    total: int
    online: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """One room: its queue, its floor, its seats, its next step."""

    room: str
    title: str
    over: int
    total: int
    step: StepView
    queue: tuple[LotLine, ...] = ()
    floor: FloorView | None = None
    seats: tuple[SeatLine, ...] = ()
    calling: tuple[int, ...] = ()
    """Seats whose judge asks for the proctor."""
    late: tuple[int, ...] = ()
    """Seats whose clock may be further from the laptop's than is allowed."""
    marked: int = 0
    observers: ObserversView | None = None
    sheets: tuple[SheetView, ...] = ()
    checker: str = ""
    released: bool = False
    checkers: tuple[str, ...] = ()
    """Who has checked before, to be offered again."""
    acts: tuple[ActLine, ...] = ()
    owed: tuple[OwedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardView:
    """All rooms; empty before the lots are drawn."""

    rooms: tuple[RoomView, ...] = ()
    proctor: str = ""
