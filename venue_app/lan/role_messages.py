"""Messages of places that are no seats: consoles, witnesses, big screens. `docs/formats/role-protocol.md` in words.

Hello, ping, bye, pong, refused and released are those of the stations (`messages`). The journal
travels as the exact text of its entries, so that whoever follows it folds and checks it alone.
Nothing that goes to a big screen has a field for a person.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from venue_app.domain.commands import Command
from venue_app.domain.nouns import Mode
from venue_app.lan import messages as m
from venue_app.lan.messages import Count, Id, Message, Part

Root = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")]
"""A root of the journal's tree (hex); empty before the first entry."""


# ---- from the place ----


class Follow(Message, frozen=True, kw_only=True, tag="follow"):
    """Send the journal from entry `size` on. `root` is that of the entries already there; `words`: with sentences."""

    size: Count = 0
    root: Root = ""
    words: bool = False


class Ask(Message, frozen=True, kw_only=True, tag="ask"):
    """A command. The same `id` again is the same command: it is done once and answered again."""

    id: Id
    command: Command


FromPlace = m.Hello | Follow | Ask | m.Ping | m.Bye


# ---- to the place ----


class Placed(Message, frozen=True, kw_only=True, tag="placed"):
    """What place this is and who acts there. `size` is how long the journal is; `labels` are words of its page.

    `zone` is how far the venue's time of day is ahead of UTC, in minutes.
    """

    event: str
    title: str
    venue: str
    mode: Mode
    place: str
    role: str
    room: str | None
    room_title: str
    name: str
    size: int
    labels: dict[str, str]
    software: str
    mono: int
    wall: int
    zone: int


class Told(Part, frozen=True, kw_only=True):
    """An entry as a sentence. `weight`: '', strong for milestones, caution for what is out of the ordinary."""

    clock: str
    text: str
    weight: Literal["", "strong", "caution"] = ""


class Entries(Message, frozen=True, kw_only=True, tag="entries"):
    """Entries `first`, `first + 1`, … as their exact text, and the root once they are in. `told`: one a entry, or none."""

    first: int
    entries: tuple[str, ...]
    root: Root
    told: tuple[Told, ...] = ()


class Done(Message, frozen=True, kw_only=True, tag="done"):
    """The command `id` is durable as these entries; `repeated` when it had been before."""

    id: str
    seqs: tuple[int, ...]
    repeated: bool = False


class Device(Part, frozen=True, kw_only=True):
    """One seat's device as the laptop knows it; times are the laptop's monotonic ms."""

    seat: str
    device_name: str
    connected: bool
    heard: int | None
    rtt: int | None
    pending: int
    called: int | None
    error: int | None = None


class Devices(Message, frozen=True, kw_only=True, tag="devices"):
    """The devices of a console's room."""

    devices: tuple[Device, ...]


class DueLine(Part, frozen=True, kw_only=True):
    """Something that waits for this witness's signature."""

    milestone: Literal["opening", "draw", "ballot", "result", "session", "close"]
    room: str | None
    lot: int | None
    text: str


class DueNow(Message, frozen=True, kw_only=True, tag="due"):
    """What waits for this witness's signature, and how often the witness has signed."""

    due: tuple[DueLine, ...]
    signed: int


class Head(Message, frozen=True, kw_only=True, tag="head"):
    """How long the journal is, and the beginning of its root as it is read aloud."""

    size: int
    short: str


class HallSeat(Part, frozen=True, kw_only=True):
    """A judge's seat as the hall sees it: by number, and only whether it has marked."""

    number: int
    state: Literal["open", "given", "out"]


class HallMark(Part, frozen=True, kw_only=True):
    """A mark as announced."""

    text: str
    struck: Literal["", "high", "low"]


class HallResult(Part, frozen=True, kw_only=True):
    """A released result; `value` appears after a moment of stillness."""

    lot: int
    post: str
    title: str
    marks: tuple[HallMark, ...]
    value: str


class HallRoom(Part, frozen=True, kw_only=True):
    """A room: who is up by lot, and what there is to be seen of it. `next_lot` is who comes after."""

    room: str
    title: str
    lot: int | None
    post: str
    word: str
    stage: str
    clock: m.ClockView | None
    warnings_ms: tuple[int, ...]
    seats: tuple[HallSeat, ...]
    result: HallResult | None
    next_lot: int | None
    next_post: str
    over: int
    total: int


class HallLot(Part, frozen=True, kw_only=True):
    """A lot on the board; `post` is empty for one that is not turned over yet."""

    number: int
    post: str
    state: Literal["waiting", "next", "hall", "done", "absent", "waived"]


class HallOrder(Part, frozen=True, kw_only=True):
    """A room's order."""

    room: str
    title: str
    lots: tuple[HallLot, ...]


class HallDraw(Part, frozen=True, kw_only=True):
    """What was laid down before the draw: how many draw, the list's digest, the program's commitment."""

    count: str
    list_digest: str
    commitment: str


class HallTurn(Part, frozen=True, kw_only=True):
    """A turn to draw: whose it is now, by post, or the one before, then with `room` and `lot`.

    Nobody's number is here: a device in the hall cannot be stopped from remembering whose lot is which.
    """

    post: str
    room: str = ""
    lot: int | None = None


class HallLots(Part, frozen=True, kw_only=True):
    """Lots turned over one by one: whose turn it is, the newest lot, and in words how far it is."""

    turn: HallTurn | None
    last: HallTurn | None
    count: str


class HallNow(Message, frozen=True, kw_only=True, tag="hall"):
    """Everything a big screen may show. `page` is what the proctor or the course of the day chose."""

    page: Literal["welcome", "draw", "lots", "order", "now", "break"]
    room: str
    title: str
    venue: str
    rehearsal: str
    rules: tuple[str, ...]
    rooms: tuple[HallRoom, ...]
    order: tuple[HallOrder, ...]
    draw: HallDraw | None
    lots: HallLots | None = None


FromLaptop = (
    Placed | Entries | Done | Devices | DueNow | Head | HallNow | m.Refused | m.Pong | m.Released | m.Hosts
)

_from_place: msgspec.json.Decoder[FromPlace] = msgspec.json.Decoder(FromPlace)
_from_laptop: msgspec.json.Decoder[FromLaptop] = msgspec.json.Decoder(FromLaptop)


def read_from_place(frame: str | bytes) -> FromPlace:
    """What a place sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _from_place.decode(frame)


def read_from_laptop(frame: str | bytes) -> FromLaptop:
    """What the laptop sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _from_laptop.decode(frame)
