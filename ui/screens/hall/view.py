"""What the hall sees, as plain frozen data. Nothing here has a field for a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.clock import ClockReading
from ui.widgets.tiles import LotState
from ui.words import Text

Page = Literal["welcome", "draw", "lots", "order", "now", "result", "break", "vote"]


@dataclass(frozen=True, slots=True)
class HallMark:
    """A mark as it is announced."""

    text: str
    struck: Literal["", "high", "low"] = ""


@dataclass(frozen=True, slots=True)
class HallResult:
    """A released result. `value` is shown after a moment of stillness."""

    marks: tuple[HallMark, ...]
    title: Text
    value: str


@dataclass(frozen=True, slots=True)
class HallRoom:
    """One room: who is up by lot, and one of a clock, a word, or a result."""

    room: str
    title: str
    lot: int | None = None
    post: str = ""
    word: Text = ""
    stage: Text = ""
    clock: ClockReading | None = None
    result: HallResult | None = None
    here: bool = False
    """Whether the lot is on the floor, not the next."""


@dataclass(frozen=True, slots=True)
class OrderLot:
    """A lot on the board. `entry` says whose it is until the first is called; from then on the lot is who they are."""

    number: int
    post: str
    state: LotState
    entry: str = ""


@dataclass(frozen=True, slots=True)
class OrderRoom:
    """A room's order, or that of another place of a draw."""

    title: Text
    lots: tuple[OrderLot, ...]


@dataclass(frozen=True, slots=True)
class HallDraw:
    """The draw between commitment and reveal; `parties` beside the program with what each has promised so far."""

    count: int
    list_digest: str
    commitment: str
    title: Text = ""
    parties: tuple[tuple[Text, str], ...] = ()
    public: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to turn over a lot."""

    entry: str
    post: str


@dataclass(frozen=True, slots=True)
class TurnedLot:
    """A lot that was turned over."""

    entry: str
    post: str
    room: str
    lot: int


@dataclass(frozen=True, slots=True)
class LotCell:
    """A lot on the board that fills; `entry` is empty until it is turned over, `last` the newest."""

    number: int
    entry: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class LotRoom:
    """A room's lots in their order."""

    title: str
    cells: tuple[LotCell, ...]


@dataclass(frozen=True, slots=True)
class HallLots:
    """Lots being turned over one by one."""

    turn: Turn | None
    last: TurnedLot | None
    rooms: tuple[LotRoom, ...]
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class HallPoll:
    """A vote that is open: slips and papers handed out, and how many came back (None: nobody knows here)."""

    title: Text
    issued: int
    voted: int | None


@dataclass(frozen=True, slots=True)
class HallView:
    """One picture of the big screen."""

    page: Page
    title: str
    place: str
    rehearsal: bool
    rules: tuple[Text, ...] = ()
    rooms: tuple[HallRoom, ...] = ()
    order: tuple[OrderRoom, ...] = ()
    draw: HallDraw | None = None
    lots: HallLots | None = None
    polls: tuple[HallPoll, ...] = ()
    slate: tuple[Text, ...] = ()
    """For the camera: who is up in each room, and the head of the journal."""
