"""What a station shows, as plain frozen data made by `ui.screens.station.desk`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ui.widgets.clock import ClockReading
from ui.widgets.marks import MarkSpec
from ui.widgets.state import Link
from ui.words import Text
from venue_app.domain.nouns import Mode


@dataclass(frozen=True, slots=True)
class HeadView:
    """The top of every page: whose seat, which lot, how much time, how the line is."""

    mode: Mode
    seat: Text
    link: Link
    pending: int
    called: bool
    lot: int | None = None
    where: str = ""
    post: str = ""
    stage: Text = ""
    clock: ClockReading | None = None


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A lot that can be marked now; `here` while the candidate is before the panel."""

    room: str
    lot: int
    text: Text
    here: bool


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One lot's sheet while it is filled in. `marks` are whole steps in the order of `specs`."""

    room: str
    lot: int
    ids: tuple[str, ...]
    specs: tuple[MarkSpec, ...]
    marks: tuple[int | None, ...]
    total: Decimal | None
    maximum: Decimal
    missing: int
    why: Text | None = None
    others: tuple[OpenTask, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One criterion before the sheet goes."""

    title: Text
    band: Text
    mark: str
    maximum: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything once more."""

    room: str
    lot: int
    rows: tuple[ReviewRow, ...]
    total: str
    maximum: str


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """The newest receipt."""

    lot: int
    clock: str
    code: str
    total: str


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A sheet the laptop will never take, and why."""

    id: str
    lot: int
    text: str
    can_edit: bool


@dataclass(frozen=True, slots=True)
class FloorLine:
    """Who is before a panel, and what that means for this seat."""

    title: Text
    post: str
    fact: Text


@dataclass(frozen=True, slots=True)
class SentRow:
    """An earlier sheet with its receipt."""

    lot: Text
    total: str
    clock: str
    code: str


@dataclass(frozen=True, slots=True)
class WaitView:
    """Between two lots."""

    title: Text
    received: ReceivedView | None = None
    kept: tuple[int, ...] = ()
    online: bool = True
    refusals: tuple[RefusedView, ...] = ()
    floor: tuple[FloorLine, ...] = ()
    tasks: tuple[OpenTask, ...] = ()
    sent: tuple[SentRow, ...] = ()
    sent_count: int = 0


@dataclass(frozen=True, slots=True)
class OverView:
    """The line has ended for good, or leads to another event."""

    kind: Literal["released", "replaced", "version", "elsewhere"]
    waiting: int


@dataclass(frozen=True, slots=True)
class ConnectingView:
    """Paired, and the laptop has not answered yet."""

    waiting: int
    offline: bool


Body = ScoreView | ReviewView | WaitView | OverView | ConnectingView


@dataclass(frozen=True, slots=True)
class StationView:
    """One picture of the station; `head` None before the laptop was heard."""

    body: Body
    head: HeadView | None = None
