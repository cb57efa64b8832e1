"""Messages of the standby laptop. `docs/formats/role-protocol.md`, The standby, says it in words.

It follows the journal as any reader does (`role_messages`); besides, it says who it is and how much it has durably.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan.messages import Count, Message

#: `$` alone would let a line's end through, which no header of an answer may hold.
Address = Annotated[
    str, Meta(pattern=r"^https://([0-9A-Za-z.-]{1,64}|\[[0-9A-Fa-f:.]{2,64}\])(:[0-9]{1,5})?$(?!\n)")
]
KeyName = Annotated[str, Meta(pattern=r"^[a-z0-9]{1,16}$(?!\n)")]
KeyText = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]


class Offer(Message, frozen=True, kw_only=True, tag="offer"):
    """Who would take over: the keys it announces (hex) and where it would answer. The host signs and journals it."""

    keys: Annotated[dict[KeyName, KeyText], Meta(min_length=1, max_length=8)]
    urls: Annotated[tuple[Address, ...], Meta(min_length=1, max_length=8)]


class Have(Message, frozen=True, kw_only=True, tag="have"):
    """So many entries are durable there, under this root."""

    size: Count
    root: r.Root


class Notes(Message, frozen=True, kw_only=True, tag="notes"):
    """Signed checkpoints of the journal, as they are (`docs/formats/journal.md`)."""

    notes: tuple[str, ...]


class Standing(Message, frozen=True, kw_only=True, tag="standing"):
    """How long the journal is, and whether the host's answers wait for the standby: it is in step."""

    size: Count
    waits: bool


class Secrets(Message, frozen=True, kw_only=True, tag="secrets"):
    """The program's own secrets by name (a draw's number before it is revealed), before the entries that rest on them."""

    secrets: dict[str, str]


class Papers(Message, frozen=True, kw_only=True, tag="papers"):
    """A change of an open poll's box, the `number`th; which paper goes with which slip is not said, nor known.

    `whole`: this is all that is in it. `more`: the rest of the same change follows. Papers are as the box holds them, filled
    up with spaces to one length. Without a poll: every open poll's box was told whole.
    """

    number: Count
    poll: str
    whole: bool = False
    more: bool = False
    put: tuple[bytes, ...] = ()
    removed: tuple[bytes, ...] = ()
    used: tuple[int, ...] = ()
    exchanged: tuple[int, ...] = ()


class Safe(Message, frozen=True, kw_only=True, tag="safe"):
    """All changes up to this number are durable there."""

    number: Count


class Trouble(Message, frozen=True, kw_only=True, tag="trouble"):
    """Its disk takes nothing any more; the line ends, and it comes back once there is room."""

    disk: Literal["full", "fault"]


class Want(Message, frozen=True, kw_only=True, tag="want"):
    """Send the photograph with this SHA-256; one at a time."""

    digest: KeyText


class Picture(Message, frozen=True, kw_only=True, tag="picture"):
    """The next bytes of the photograph that was asked for; `more` follow. None at all: the host has it no more."""

    digest: KeyText
    data: bytes
    more: bool = False


FromStandby = m.Hello | Offer | r.Follow | Have | Safe | Want | Trouble | m.Ping | m.Bye
ToStandby = (
    r.Placed
    | r.Entries
    | Secrets
    | Papers
    | Picture
    | Notes
    | Standing
    | m.Hosts
    | m.Refused
    | m.Pong
    | m.Released
)

_from_standby: msgspec.json.Decoder[FromStandby] = msgspec.json.Decoder(FromStandby)
_to_standby: msgspec.json.Decoder[ToStandby] = msgspec.json.Decoder(ToStandby)


def read_from_standby(frame: str | bytes) -> FromStandby:
    """What a standby sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _from_standby.decode(frame)


def read_to_standby(frame: str | bytes) -> ToStandby:
    """What the host sent; `msgspec.MsgspecError` when it is no message of this protocol."""
    return _to_standby.decode(frame)
