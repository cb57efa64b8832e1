"""Every message between a station and the laptop, as frozen structs. `docs/formats/station-protocol.md` says it in words.

JSON text frames; the field `type` names the kind. Unknown fields, wrong types and
values out of bounds are refused, never guessed at. Marks travel as decimal text,
times as integers of milliseconds. No message to a station has a field for a
candidate's name or identity number.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from venue_app.domain.nouns import Mode
from venue_app.domain.signing import DeviceKey, sheet_text

#: The version of the protocol. A station of another version is refused with `lan.version`.
VERSION = 1

#: No frame from a station is longer than this, in bytes.
MAX_FRAME = 16 * 1024

Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
Token = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
Short = Annotated[str, Meta(max_length=64)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Lot = Annotated[int, Meta(ge=1, le=1_000_000)]
PublicKey = Annotated[str, Meta(pattern=r"^(p256:04[0-9a-f]{128})?$(?!\n)")]
Signature = Annotated[str, Meta(pattern=r"^([0-9a-f]{128})?$(?!\n)")]
Marks = Annotated[dict[Name, Annotated[str, Meta(min_length=1, max_length=16)]], Meta(max_length=64)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Moment = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Proof = Annotated[str, Meta(max_length=2048)]
Epoch = Annotated[int, Meta(ge=1, le=1_000_000)]
Words = dict[str, str]
"""A phrase by language: zh-CN, zh-TW, en."""


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    pass


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


# ---- from the station ----


class Hello(Message, frozen=True, kw_only=True, tag="hello"):
    """The first message of every connection. `client` says what program it is; `pending` how much waits there.

    `epoch` is that of the newest host it has met, `proof` what that one showed (`hosts`).
    """

    token: Token
    version: int
    language: Short = "zh-CN"
    client: Short = ""
    pending: Count = 0
    epoch: Epoch = 1
    proof: Proof = ""


class Sheet(Message, frozen=True, kw_only=True, tag="sheet"):
    """A score sheet. The same `id` again is the same sheet; `event` and `seat` say for which it was filled in.

    `signature` is that of the device's key over all the rest (`domain.signing`).
    """

    id: Id
    event: Name
    seat: Name
    room: Name
    lot: Lot
    marks: Marks
    signature: Signature = ""


class Ping(Message, frozen=True, kw_only=True, tag="ping"):
    """Still here. `t` comes back in the pong; `rtt` is the station's last round trip in ms.

    `wall` is the station's own calendar clock, `battery` its charge in percent, where it knows; `error` is by how
    many ms at most the stage clock it shows is wrong.
    """

    t: Moment
    rtt: Count | None = None
    pending: Count = 0
    wall: Moment | None = None
    battery: Percent | None = None
    error: Count | None = None


class Call(Message, frozen=True, kw_only=True, tag="call"):
    """The judge calls the proctor to the seat, or takes the call back."""

    on: bool = True


class Recuse(Message, frozen=True, kw_only=True, tag="recuse"):
    """The judge asks not to mark this lot (回避), with a reason, or takes that back. The proctor decides."""

    room: Name
    lot: Lot
    reason: Annotated[str, Meta(max_length=200)] = ""
    on: bool = True


class Bye(Message, frozen=True, kw_only=True, tag="bye"):
    """The station closes on purpose."""


class Kept(Message, frozen=True, kw_only=True, tag="kept"):
    """Sheets that an earlier host acknowledged and that are still kept here: which of them does this one lack?"""

    ids: Annotated[tuple[Id, ...], Meta(max_length=400)]


FromStation = Hello | Sheet | Ping | Call | Recuse | Kept | Bye


# ---- to the station ----


class Band(Part, frozen=True, kw_only=True):
    """A named stretch of a criterion's scale, both ends included."""

    title: Words
    low: str
    high: str


class Criterion(Part, frozen=True, kw_only=True):
    """One thing to mark; numbers as decimal text."""

    id: str
    title: Words
    look_for: Words
    minimum: str
    maximum: str
    step: str
    weight: str
    bands: tuple[Band, ...]


class Stage(Part, frozen=True, kw_only=True):
    """A timed part of an appearance."""

    id: str
    title: Words
    limit_ms: int
    warnings_ms: tuple[int, ...]


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """Whose seat this is and how it marks. `places` is the number of decimals that hold every mark exactly;
    `total_minimum` and `total_maximum` bound the sum where the plan does. `calibrate` is after how many of the first
    lots the panel may agree a standard; where it is not 0 a judge sees the own earlier marks."""

    event: str
    title: str
    mode: Mode
    seat: str
    number: int
    chief: bool
    group: str
    group_title: Words
    everywhere: bool
    room: str | None
    room_title: str
    criteria: tuple[Criterion, ...]
    places: int
    maximum: str
    total_minimum: str | None
    total_maximum: str | None
    calibrate: int = 0
    stages: tuple[Stage, ...]
    software: str
    mono: int
    wall: int


class ClockView(Part, frozen=True, kw_only=True):
    """A stage's clock: `spent_ms` when it last stopped and, while running, the server's `since_mono` of its start."""

    stage: str
    limit_ms: int
    spent_ms: int
    running: bool
    since_mono: int


class Task(Part, frozen=True, kw_only=True):
    """A lot this seat can mark now and has not. `here` while the candidate is before the panel."""

    room: str
    room_title: str
    lot: int
    post: str
    here: bool


class Floor(Part, frozen=True, kw_only=True):
    """Who is before a panel: by lot, with the clock, and the numbers of the seats of the own group still awaited."""

    room: str
    room_title: str
    lot: int
    post: str
    clock: ClockView | None
    mine: Literal["closed", "open", "sent", "excused"]
    awaited: tuple[int, ...]


class Sent(Part, frozen=True, kw_only=True):
    """One of the own sheets that the laptop has, with its receipt. `clock` is `at` in the venue's time of day.

    `marks` are the own marks by criterion where the plan lets a judge look back at them, else {}.
    """

    id: str
    room: str
    lot: int
    total: str
    code: str
    at: int
    clock: str
    marks: dict[str, str] = {}


class View(Message, frozen=True, kw_only=True, tag="view"):
    """All that this seat may see, at one size of the journal. `sent` are the newest, newest first."""

    size: int
    closed: bool
    tasks: tuple[Task, ...]
    floor: tuple[Floor, ...]
    sent: tuple[Sent, ...]
    sent_count: int


class Receipt(Message, frozen=True, kw_only=True, tag="receipt"):
    """The sheet is durable in the journal. `clock` is `at` (wall ms) in the venue's time of day, 09:14:03."""

    id: str
    room: str
    lot: int
    total: str
    code: str
    at: int
    clock: str


class Refused(Message, frozen=True, kw_only=True, tag="refused"):
    """Why not, as a code and as a sentence. `id` is the sheet's, or None for the connection.

    `final`: sending the same again can never succeed.
    """

    code: str
    params: dict[str, str]
    text: str
    id: str | None = None
    final: bool = True


class Pong(Message, frozen=True, kw_only=True, tag="pong"):
    """The answer to a ping, with the server's monotonic and wall clock in ms."""

    t: int
    mono: int
    wall: int


class Called(Message, frozen=True, kw_only=True, tag="called"):
    """Whether this seat's call stands (`on`) or was answered or taken back."""

    on: bool


class Recusal(Message, frozen=True, kw_only=True, tag="recusal"):
    """Whether this seat's request not to mark the lot stands (`on`); when it was granted the view says so."""

    room: str
    lot: int
    on: bool


class Released(Message, frozen=True, kw_only=True, tag="released"):
    """The seat was taken from this device; its token is worth nothing any more."""


class HostAt(Part, frozen=True, kw_only=True):
    """Where a laptop answers, and the SHA-256 (hex) of the public key that must answer there."""

    url: str
    pin: str


class Hosts(Message, frozen=True, kw_only=True, tag="hosts"):
    """Which host this is and who would take over from it: before `welcome`, where there is anything to say.

    A device that has met a later epoch goes away again. `proof` is what a host that took over shows of itself, ''
    for the first; `standby` are the addresses to try when this host is gone.
    """

    epoch: Epoch
    proof: Proof = ""
    standby: tuple[HostAt, ...] = ()


class Missing(Message, frozen=True, kw_only=True, tag="missing"):
    """Of the sheets named in `kept` the host has not these: to be sent again once their lot can be marked."""

    ids: tuple[Id, ...]


FromServer = Missing | Welcome | View | Receipt | Refused | Pong | Called | Recusal | Released | Hosts


# ---- joining, over HTTP ----


class JoinRequest(Part, frozen=True, kw_only=True):
    """`POST /api/join`. The device makes its own `token`, so that asking again after a lost answer is harmless.

    `person` is who answers for what is done at a console or a witness's screen; a seat needs none. `wants`
    are the roles this program can play ('' for a seat); with none given it takes whatever the code is for.
    """

    code: Annotated[str, Meta(min_length=1, max_length=32)]
    token: Token
    device_name: Name
    version: int
    language: Short = "zh-CN"
    person: Short = ""
    wants: Annotated[tuple[Short, ...], Meta(max_length=8)] = ()
    public_key: PublicKey = ""


class JoinReply(Part, frozen=True, kw_only=True):
    """The seat or other place the code stood for. `role` is '' for a seat, else what the place is for."""

    event: str
    title: str
    mode: Mode
    seat: str
    number: int
    group_title: Words
    room_title: str
    role: Short = ""


class JoinWaiting(Part, frozen=True, kw_only=True):
    """The code is right; the proctor is asked. Ask again with the same token, about once a second.

    `holder` is the name of the device that has the seat now, '' when it is free.
    """

    waiting: Literal[True]
    seat: str
    holder: str


class Fault(Part, frozen=True, kw_only=True):
    """The body of a refused HTTP request."""

    code: str
    params: dict[str, str]
    text: str


_encoder = msgspec.json.Encoder()
_from_station: msgspec.json.Decoder[FromStation] = msgspec.json.Decoder(FromStation)
_from_server: msgspec.json.Decoder[FromServer] = msgspec.json.Decoder(FromServer)


def signed(sheet: Sheet, key: DeviceKey) -> Sheet:
    """The sheet with the device's signature on it."""
    said = sheet_text(sheet.event, sheet.seat, sheet.room, sheet.lot, sheet.marks, sheet.id)
    return msgspec.structs.replace(sheet, signature=key.sign(said))


def encode(message: Any) -> bytes:
    """A message as the bytes of its frame."""
    return _encoder.encode(message)


def read_from_station(frame: str | bytes) -> FromStation:
    """What a station sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _from_station.decode(frame)


def read_from_server(frame: str | bytes) -> FromServer:
    """What the laptop sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _from_server.decode(frame)
