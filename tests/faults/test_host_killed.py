"""kill -9 of the laptop's program in mid-room, several times over, while sheets arrive from real stations."""

from __future__ import annotations

import secrets
from contextlib import AsyncExitStack

from tests.faults.hall import Laptop, Seat, lay_out, receipts_in, recorded, soon, state_of
from venue_app.domain import commands as c
from venue_app.host.audit import audit
from venue_app.lan import messages as m
from venue_app.lan.client import http_session

PEOPLE, OBSERVERS, JUDGES, KILLS = 40, 8, 7, 4
#: The clock's position is made durable every second: as much may be lost, and what a busy machine comes late with it.
LOST_MS = 5_000
#: How far the clocks of two processes, compared over the line, may lie apart.
APART_MS = 400


async def seats_of(laptop: Laptop, stack: AsyncExitStack) -> list[Seat]:
    """Everybody in their seats: room 1 and the observers mark what is open in room 1, room 2 when told."""
    http = await stack.enter_async_context(http_session())
    seats = []
    for name, link in laptop.links.items():
        seat = Seat(name, frozenset() if name.startswith("R2") else frozenset({"R1"}))
        await seat.sit(link, http)
        stack.push_async_callback(seat.leave)
        seats.append(seat)
    await soon(lambda: all(seat.online for seat in seats), "all stations connected")
    return seats


def acknowledged(seats: list[Seat]) -> dict[tuple[str, str, int], str]:
    return {key: receipt.code for seat in seats for key, receipt in seat.receipts.items()}


async def test_nothing_acknowledged_is_lost_and_everything_is_where_it_was(tmp_path):
    event = lay_out(tmp_path / "e.venue", PEOPLE, OBSERVERS)
    before = state_of(event)
    laptop = Laptop(event)
    await laptop.start()
    async with AsyncExitStack() as stack:
        seats = await seats_of(laptop, stack)
        assert len(seats) == 2 * JUDGES + OBSERVERS
        watcher = next(seat for seat in seats if seat.seat == "R2-7")
        assert await laptop.ask(c.CallCandidate(room="R2", lot=1)) == ""
        assert await laptop.ask(c.StartStage(room="R2", stage="speech")) == ""
        await soon(lambda: watcher.clock("R2") is not None, "the clock of room 2 is shown")

        stood = 0
        for turn in range(1, KILLS + 1):
            # a number of sheets, not a time: a fast machine would be through with the room before the last kill
            enough = len(acknowledged(seats)) + 20 + secrets.randbelow(20)
            await laptop.do("run", room="R1")
            await soon(lambda at=enough: len(acknowledged(seats)) > at, "sheets arrive")  # type: ignore[misc]
            clock = watcher.clock("R2")
            assert clock is not None and clock.running
            spent = watcher.client.spent_ms(clock)
            laptop.kill()
            dead = watcher.client.spent_ms(clock)
            await soon(lambda: not any(seat.online for seat in seats), "the stations notice")

            stored = state_of(event)
            told = acknowledged(seats)
            assert told.items() <= receipts_in(stored).items(), "an acknowledged sheet is missing"
            assert (stored.lots, stored.draw) == (before.lots, before.draw)
            mine = next(seat for seat in seats if seat.seat == f"R2-{turn}")
            mine.give("R2", 1)  # a judge goes on while nobody listens
            assert len(mine.client.pending()) == 1

            await laptop.start()
            assert laptop.links == {}, "every seat is still held by its device"
            await soon(lambda: all(seat.online for seat in seats), "the stations come back by themselves")
            await soon(lambda: not watcher.clock("R2").running, "the clock stands")  # type: ignore[union-attr]
            found = watcher.clock("R2")
            assert found is not None and found.stage == "speech"
            assert spent - LOST_MS <= found.spent_ms <= dead + APART_MS
            assert found.spent_ms >= stood, "a clock never goes back behind where it stood before"
            stood = found.spent_ms
            key = (mine.seat, "R2", 1)
            await soon(lambda at=key, by=mine: at in by.receipts, "the kept sheet arrives")  # type: ignore[misc]
            assert await laptop.ask(c.ResumeStage(room="R2")) == ""

        await laptop.do("run", room="R1")
        whole = PEOPLE // 2 * (JUDGES + OBSERVERS) + KILLS
        await soon(lambda: len(acknowledged(seats)) == whole, "room 1 ends", 120)
        await resent(seats)
        assert [seat.refused for seat in seats if seat.refused] == []
        shown = acknowledged(seats)
    assert laptop.close() == 0
    final = state_of(event)
    assert receipts_in(final) == shown
    assert [i.kind for i in final.incidents].count("restart") >= KILLS
    assert {a.status for a in final.queue("R1")} <= {"done", "floor"}
    assert [check.code for check in audit(recorded(event)) if check.ok is False] == []


async def resent(seats: list[Seat]) -> None:
    """A sheet from before the first kill, sent again after the last, gets the receipt it had."""
    seat = next(s for s in seats if s.seat == "R1-1")
    (key, first) = next(iter(seat.receipts.items()))
    pairing = seat.client.pairing
    del seat.receipts[key]
    seat.box.add(
        m.Sheet(
            id=first.id,
            event=pairing.event,
            seat=seat.seat,
            room=key[1],
            lot=key[2],
            marks=dict(seat.marks()),
        )
    )
    await soon(lambda: key in seat.receipts, "the receipt comes again")
    assert seat.receipts[key] == first


async def test_a_killed_program_leaves_an_event_that_another_program_refuses_only_while_it_is_open(tmp_path):
    """The lock goes with the process: no file is left behind that somebody would have to delete."""
    event = lay_out(tmp_path / "e.venue")
    laptop = Laptop(event)
    await laptop.start()
    laptop.kill()
    assert {p.name for p in tmp_path.iterdir()} <= {"e.venue", "e.venue-wal", "e.venue-shm"}
    again = Laptop(event)
    await again.start()
    assert again.close() == 0
    assert [p.name for p in tmp_path.iterdir()] == ["e.venue"]
