"""What each seat sees through a whole appearance: nobody's name, nobody else's mark, and no change missed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests import world
from tests.lan.conftest import Laptop, heard, soon
from venue_app.domain import commands as c
from venue_app.lan import messages as m
from venue_app.lan.client import join
from venue_app.lan.views import Viewer, touched
from venue_app.venue import Change, Venue

SEATS = ("R1-1", "R1-7", "R2-1", "OBS-01", "OBS-20")


def play(venue: Venue) -> None:
    """Everything that can happen to a lot, in both rooms, and the end of the event."""
    ask = lambda command: venue.ask(command, world.PROCTOR)  # noqa: E731
    for room, lot in (("R1", 1), ("R2", 1)):
        ask(c.CallCandidate(room=room, lot=lot))
        ask(c.StartStage(room=room, stage="speech"))
        ask(c.PauseStage(room=room, reason="停电"))
        ask(c.ResumeStage(room=room))
        ask(c.EndStage(room=room))
        ask(c.StartStage(room=room, stage="questions"))
        ask(c.EndStage(room=room))
        ask(c.ExcuseSeat(room=room, lot=lot, seat=f"{room}-7", kind="recused", reason="亲属"))
        for n in range(1, 7):
            world.send(venue, f"{room}-{n}", lot, room, content=f"2{n}.7")
        world.send(venue, "OBS-01", lot, room)
        ask(c.CheckResult(room=room, lot=lot, checker="核分员丙"))
        ask(c.ReleaseResult(room=room, lot=lot))
        ask(c.CloseAppearance(room=room, lot=lot))
    for room, lots in (("R1", (2, 3)), ("R2", (2, 3))):
        for lot in lots:
            ask(c.CallCandidate(room=room, lot=lot))
            ask(c.MarkAbsent(room=room, lot=lot))
    ask(c.CloseRun(people=world.PEOPLE))


def test_every_seat_whose_view_changes_is_touched(venue: Venue) -> None:
    """By comparing all views before and after every commit: none that changed may be left out."""
    changes: list[Change] = []
    before = venue.state
    venue.listen(changes.append)
    play(venue)
    left_out, seen = [], 0
    for change in changes:
        told = touched(change.state, change.records)
        old, new = Viewer(before, 12), Viewer(change.state, 12)
        for seat in change.state.seats:
            a, b = old.of(seat), new.of(seat)
            if (a.tasks, a.floor, a.sent, a.closed) != (b.tasks, b.floor, b.sent, b.closed):
                seen += 1
                if told is not None and seat not in told:
                    left_out.append((change.records[0].kind, seat))
        before = change.state
    assert left_out == []
    assert seen > 200  # it did compare views that change


def test_most_commits_touch_few(venue: Venue) -> None:
    changes: list[Change] = []
    world.on_floor(venue)
    venue.listen(changes.append)
    world.send(venue, "OBS-03")
    world.send(venue, "R1-2")
    venue.ask(c.JoinStation(seat="R2-1", device="d", device_name="n"), world.PROCTOR)
    told = [touched(x.state, x.records) for x in changes]
    assert told == [{"OBS-03"}, {f"R1-{n}" for n in range(1, 8)}, set()]


def test_owed_marks_stand_behind_the_lot_on_the_floor(venue: Venue) -> None:
    world.on_floor(venue, lot=1)
    for n in range(2, 8):
        world.send(venue, f"R1-{n}")
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-1", kind="excused", reason="离席"), world.PROCTOR)
    world.stages_over(venue)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核"), world.PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), world.PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), world.PROCTOR)
    world.on_floor(venue, lot=2)
    view = Viewer(venue.state, 12).of("OBS-09")
    assert [(t.lot, t.here) for t in view.tasks] == [(2, True), (1, False)]
    assert [t.lot for t in Viewer(venue.state, 12).of("R1-1").tasks] == [2]


async def test_no_byte_to_any_station_names_anybody(laptop: Laptop, venue: Venue) -> None:
    """Every frame, and the answer to joining, through everything that happens to a lot."""
    frames: list[bytes] = []

    async def listen(ws: aiohttp.ClientWebSocketResponse) -> None:
        async for raw in ws:
            frames.append(raw.data.encode())

    readers, sockets = [], []
    for seat in SEATS:
        link = laptop.link(laptop.server.issue_code(seat).code)
        pairing = await join(link, f"t {seat}", http=laptop.http, key=world.KEY)
        frames.append(repr(pairing).encode() + pairing.title.encode())
        ws = await laptop.raw(pairing.token)
        frames.append(m.encode(await heard(ws, m.Welcome)))
        readers.append(asyncio.create_task(listen(ws)))
        sockets.append(ws)
    await asyncio.to_thread(play, venue)
    await soon(lambda: sum(b'"closed":true' in f for f in frames) == len(SEATS))
    for ws in sockets:
        await ws.close()
    await asyncio.gather(*readers)
    everything = b"\n".join(frames)
    state = venue.state
    words = [x for p in state.candidates.values() for x in (p.name, p.identity)]
    words += [s.name for s in state.seats.values() if s.name]
    assert len(words) == 6 + 6 + 14
    assert [w for w in words if w.encode() in everything] == []
    assert "文化局副局长".encode() in everything  # the search does find what is there
    others = [
        s.total for a in state.appearances.values() for seat, s in a.sheets.items() if seat not in SEATS
    ]
    values = [a.value for a in state.appearances.values() if a.value]
    assert others
    assert values
    mine = {s.total for a in state.appearances.values() for seat, s in a.sheets.items() if seat in SEATS}
    for number in {*others, *values} - mine:
        assert f'"{number}"'.encode() not in everything


@pytest.mark.parametrize("seat", SEATS)
def test_a_welcome_fits_the_seat(tmp_path: Path, venue: Venue, seat: str) -> None:
    from venue_app.lan.views import welcome

    said = welcome(venue.state, seat, venue.clock)
    assert (said.everywhere, said.room) == ((True, None) if seat.startswith("OBS") else (False, seat[:2]))
    assert said.maximum == ("10" if said.everywhere else "100")
    assert [x.limit_ms for x in said.stages] == [480_000, 300_000]
