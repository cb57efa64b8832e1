"""Who may act, and as whom a command was sent."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from venue_app.domain.nouns import RoomId, SeatId


class Role(StrEnum):
    """The parts people play at the venue; the server checks them for every command."""

    PROCTOR = "proctor"
    JUDGE = "judge"
    OBSERVER = "observer"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    NOTARY = "notary"
    HALL = "hall"
    STANDBY = "standby"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends a command: role, name as signed in, and for stations the seat or the room they are bound to."""

    role: Role
    name: str = ""
    seat: SeatId | None = None
    room: RoomId | None = None
    device: str = ""


#: The program itself, acting on its own (recovery after a restart, automatic computation).
PROGRAM = Actor(role=Role.PROCTOR, name="program")
