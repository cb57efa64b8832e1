"""A small made-up event for tests: two posts in two rooms, three judges each, four observers, six people."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from venue_app.base.clock import Clock
from venue_app.base.ids import new_id
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.entries import EventCreated
from venue_app.domain.nouns import Candidate, Entry, Mode, Person, Post, Room, Seat
from venue_app.domain.roles import Actor, Role
from venue_app.domain.signing import DeviceKey, sheet_text
from venue_app.host.history import asked
from venue_app.scheme import preset_text
from venue_app.state import Appearance
from venue_app.venue import Venue

PROCTOR = Actor(role=Role.PROCTOR, name="考务")
PEOPLE = (Person(role="supervisor", name="监督员甲"), Person(role="notary", name="公证员乙"))
#: The key of every device that joins in a test.
KEY = DeviceKey()
#: A full sheet of the county preset adding up to 80.0.
MARKS = {"content": "24.0", "language": "16.0", "post": "16.0", "response": "16.0", "manner": "8.0"}


class FakeClock:
    """Time that moves only when told."""

    def __init__(self, wall: int = 1_777_600_000_000, mono: int = 50_000) -> None:
        self.wall = wall
        self.mono = mono
        self.slept = 0

    def wall_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def slept_ms(self) -> int:
        return self.slept

    def sleep_ms(self, ms: int, *, counted: bool) -> None:
        """The machine sleeps; `counted`: its monotonic clock goes on meanwhile."""
        self.wall += ms
        self.slept += ms
        if counted:
            self.mono += ms

    def pass_ms(self, ms: int) -> None:
        self.wall += ms
        self.mono += ms


def created(mode: Mode = "rehearsal") -> EventCreated:
    return EventCreated(
        event="e" * 32,
        title="测试活动",
        mode=mode,
        place="礼堂",
        scheme=preset_text("s0-county-self-nomination"),
        keys={},
        software="test",
    )


def roster(people: int = 6, judges: int = 7, observers: int = 20) -> c.ImportRoster:
    rooms = (Room(id="R1", title="第1组"), Room(id="R2", title="第2组"))
    posts = (Post(id="P1", title="文化局副局长", room="R1"), Post(id="P2", title="水利局副局长", room="R2"))
    candidates = tuple(
        Candidate(id=f"C{i:03d}", identity=f"99000019800101{i:03d}0", name=f"张某{i}", sex="女")
        for i in range(1, people + 1)
    )
    entries = tuple(
        Entry(id=f"E{i:03d}", candidate=f"C{i:03d}", post="P1" if i % 2 else "P2")
        for i in range(1, people + 1)
    )
    seats = tuple(
        Seat(id=f"{r}-{n}", group="panel", number=n, room=r, name=f"评委{r}{n}", chief=n == 1)
        for r in ("R1", "R2")
        for n in range(1, judges + 1)
    ) + tuple(Seat(id=f"OBS-{n:02d}", group="observers", number=n) for n in range(1, observers + 1))
    return c.ImportRoster(
        candidates=candidates,
        posts=posts,
        entries=entries,
        rooms=rooms,
        seats=seats,
        values={"draft": {e.id: "80" for e in entries}},
        sources=(),
    )


def judge(seat: str) -> Actor:
    """The actor a station in this seat is."""
    if seat.startswith("OBS"):
        return Actor(role=Role.OBSERVER, seat=seat)
    return Actor(role=Role.JUDGE, seat=seat, room=seat.split("-")[0])


def prepared(
    path: Path,
    clock: Clock | None = None,
    event: EventCreated | None = None,
    taken: c.ImportRoster | None = None,
) -> Venue:
    """An event with its roster in, open, lots drawn."""
    venue = Venue.create(path, event or created(), clock)
    venue.ask(taken or roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="31415926535"), PROCTOR)
    return venue


def copied(venue: Venue, path: Path) -> None:
    """The event file as it stands now, at `path`: what a laptop that follows in step would have."""
    with closing(sqlite3.connect(path, check_same_thread=False)) as other:
        asked(venue, lambda journal: journal._db.conn.backup(other))


def held_back(venue: Venue, room: str = "R1") -> list[Appearance]:
    """Results that are checked and not told yet, by lot."""
    return [a for a in venue.state.queue(room) if a.checker is not None and not a.released]


def on_floor(venue: Venue, room: str = "R1", lot: int = 1) -> None:
    """Call a lot and start its first clock."""
    venue.ask(c.CallCandidate(room=room, lot=lot), PROCTOR)
    venue.ask(c.StartStage(room=room, stage="speech"), PROCTOR)


def send(venue: Venue, seat: str, lot: int = 1, room: str = "R1", sub: str | None = None, **marks: str):
    """A sheet from a seat; `marks` replace those of `MARKS`."""
    full = {"overall": "8"} if seat.startswith("OBS") else {**MARKS, **marks}
    sub = sub or new_id()
    signature = KEY.sign(sheet_text("e" * 32, seat, room, lot, full, sub)) if seat in venue.state.keys else ""
    command = c.SubmitSheet(room=room, lot=lot, seat=seat, marks=full, signature=signature)
    return venue.ask(command, judge(seat), sub)


def stages_over(venue: Venue, room: str = "R1") -> None:
    """End the stage that runs and hold the others: everything said, as after the questions."""
    venue.ask(c.EndStage(room=room), PROCTOR)
    venue.ask(c.StartStage(room=room, stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room=room), PROCTOR)
