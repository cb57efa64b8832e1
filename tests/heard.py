"""An event file whose candidates have been heard, on real keys: for reports, bundles and checks."""

from __future__ import annotations

from pathlib import Path

from tests.faults.hall import lay_out
from tests.world import PROCTOR, FakeClock, on_floor, send
from venue_app.domain import commands as c
from venue_app.host.session import EventHost


def opened(path: Path, people: int = 6, observers: int = 4, clock: FakeClock | None = None) -> EventHost:
    """Lots drawn, nobody called yet."""
    return EventHost.open(lay_out(path, people=people, observers=observers), clock=clock or FakeClock())


def hear(host: EventHost, room: str, lot: int, **marks: str) -> None:
    """One lot from the call to the release; every judge marks alike, 80.0 unless `marks` say otherwise."""
    venue = host.venue
    on_floor(venue, room, lot)
    for stage in venue.state.scheme.stages:
        if stage.id != "speech":
            venue.ask(c.StartStage(room=room, stage=stage.id), PROCTOR)
        venue.ask(c.EndStage(room=room), PROCTOR)
    for seat in venue.state.seats.values():
        if seat.room == room:
            send(venue, seat.id, lot, room, **marks)
        elif seat.room is None:
            send(venue, seat.id, lot, room)
    venue.ask(c.CheckResult(room=room, lot=lot, checker="核分员丁"), PROCTOR)
    venue.ask(c.ReleaseResult(room=room, lot=lot), PROCTOR)
    venue.ask(c.CloseAppearance(room=room, lot=lot), PROCTOR)


def hear_all(host: EventHost) -> None:
    """Everybody in every room; the last lot of the last room does not come."""
    rooms = sorted(host.venue.state.rooms)
    for room in rooms:
        lots = [a.lot for a in host.venue.state.queue(room)]
        for lot in lots:
            if room == rooms[-1] and lot == lots[-1]:
                host.venue.ask(c.CallCandidate(room=room, lot=lot), PROCTOR)
                host.venue.ask(c.MarkAbsent(room=room, lot=lot), PROCTOR)
            else:
                hear(host, room, lot, content=str(20 + lot % 9))
