"""An event of any number of seats for the bench: one group that marks in two rooms, a candidate on each floor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from venue_app.base.clock import Clock
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Candidate, Entry, Person, Post, Room, Seat
from venue_app.domain.roles import PROGRAM, Actor, Role
from venue_app.domain.signing import DeviceKey
from venue_app.host.session import EventHost
from venue_app.lan.hold import Pairing
from venue_app.lan.pairing import device_id

PROCTOR = Actor(role=Role.PROCTOR, name="bench")
ROOMS = ("R1", "R2")
MARKS = {"content": "24.5", "manner": "8.0"}

_SCHEME = """
format = 1
id = "bench"
title = "bench"
composite = "whole"
[[groups]]
id = "hall"
title = "hall"
scope = "{scope}"
seats = {seats}
[[groups.criteria]]
id = "content"
title = "content"
maximum = 30
step = 0.1
[[groups.criteria]]
id = "manner"
title = "manner"
maximum = 10
step = 0.5
[[stages]]
id = "speech"
title = "speech"
limit_s = {limit_s}
[[components]]
id = "live"
kind = "panel"
title = "live"
group = "hall"
[[components]]
id = "whole"
kind = "sum"
title = "whole"
terms = [{{ of = "live" }}]
[[rounds]]
id = "cut"
title = "cut"
by = "whole"
ratio = 1
"""


def seat_id(number: int) -> str:
    """`S0001`."""
    return f"S{number:04d}"


def token(number: int) -> str:
    """The token of the station in seat `number`; the crowd makes the same."""
    return hashlib.sha256(f"bench station {number}".encode()).hexdigest()


def pairing(number: int, url: str, told: Mapping[str, Any]) -> Pairing:
    """What the station of this seat would have kept of its joining; `told` has the laptop's `pin` and the `event`."""
    return Pairing(
        url=url,
        pin=told["pin"],
        token=token(number),
        event=told["event"],
        title="bench",
        seat=seat_id(number),
        number=number,
        key=token(number),
    )


def device_key(number: int) -> DeviceKey:
    """The key with which that station signs its sheets."""
    return DeviceKey.read(token(number))


def open_hall(
    path: Path,
    seats: int,
    rooms: Sequence[str] = ROOMS,
    *,
    lots: int = 1,
    limit_s: int = 3600,
    panels: bool = False,
    clock: Clock | None = None,
) -> EventHost:
    """An event with `seats` joined stations and `lots` candidates a room; the first on the floor of each, marks open.

    With `panels` the seats are divided among the rooms, else all mark in all.
    """
    each = seats // len(rooms) if panels else seats
    scheme = _SCHEME.format(seats=each, limit_s=limit_s, scope="room" if panels else "event")
    host = EventHost.create(path, title="bench", mode="rehearsal", scheme=scheme, clock=clock)
    person = (Person(role="supervisor", name="bench"), Person(role="notary", name="bench"))
    commands: list[c.Command] = [
        _roster(seats, rooms, lots, each),
        c.OpenRun(people=person),
        dc.FreezeDraw(),
        dc.HoldDraw(public="0"),
    ]
    for room in rooms:
        commands += [c.CallCandidate(room=room, lot=1), c.StartStage(room=room, stage="speech")]
    for command in commands:
        host.venue.ask(command, PROCTOR)
    joined = [
        host.venue.submit(
            c.JoinStation(
                seat=seat_id(n),
                device=device_id(token(n)),
                device_name=f"robot {n}",
                public_key=device_key(n).public,
            ),
            PROGRAM,
        )
        for n in range(1, seats + 1)
    ]
    for future in joined:
        future.result()
    return host


def _roster(seats: int, rooms: Sequence[str], lots: int, each: int) -> c.ImportRoster:
    count = range(1, len(rooms) * lots + 1)
    return c.ImportRoster(
        candidates=tuple(
            Candidate(id=f"C{n}", identity=f"99000019800101{n:03d}0", name=f"{n}") for n in count
        ),
        posts=tuple(Post(id=f"P{n}", title=f"{n}", room=room) for n, room in enumerate(rooms, 1)),
        entries=tuple(Entry(id=f"E{n}", candidate=f"C{n}", post=f"P{(n - 1) // lots + 1}") for n in count),
        rooms=tuple(Room(id=room, title=room) for room in rooms),
        seats=tuple(
            Seat(id=seat_id(n), group="hall", number=(n - 1) % each + 1, room=_room(rooms, n, each, seats))
            for n in range(1, seats + 1)
        ),
        values={},
        sources=(),
    )


def _room(rooms: Sequence[str], number: int, each: int, seats: int) -> str | None:
    return rooms[(number - 1) // each] if each < seats else None
