"""A disk that fills in mid-room, and stations that want what they may not have."""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack

import aiohttp
import pytest

from tests import world
from tests.faults.hall import Laptop, Seat, lay_out, receipts_in, recorded, soon, state_of
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.signing import DeviceKey
from venue_app.host.audit import audit
from venue_app.host.session import EventHost
from venue_app.lan import messages as m
from venue_app.lan.client import Link, http_session, join
from venue_app.lan.tls import KeyPin

CALL = c.CallCandidate(room="R1", lot=1)
FORMS = ["draw-record", "opening-report"]
START = c.StartStage(room="R1", stage="speech")


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files is limited by POSIX means")
async def test_a_full_disk_refuses_clearly_and_goes_on_when_there_is_room(tmp_path):
    event = lay_out(tmp_path / "e.venue")
    laptop = Laptop(event)
    await laptop.start()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(http_session())
        first, second = Seat("R1-1", frozenset()), Seat("R1-2", frozenset())
        for seat in (first, second):
            await seat.sit(laptop.links[seat.seat], http)
            stack.push_async_callback(seat.leave)
        assert await laptop.ask(CALL) == await laptop.ask(START) == ""
        await soon(lambda: first.online and second.online, "both connected")
        first.give("R1", 1)
        await soon(lambda: bool(first.receipts), "the first sheet")

        assert await laptop.do("limit", bytes=1) == {}
        for command in (
            c.EndStage(room="R1"),
            c.PauseStage(room="R1", reason="停电"),
            c.CallCandidate(room="R2", lot=1),
        ):
            assert await laptop.ask(command) in ("journal.disk_full", "journal.disk_fault")
        sheet = second.give("R1", 1)
        folder = tmp_path / "reports"
        assert (await laptop.do("reports", folder=str(folder), forms=FORMS))["known"] == "reporting.folder"
        assert list(folder.iterdir()) == [], "no half-made report"
        stored = await laptop.do("state")
        assert (stored["sheets"], stored["ended"]) == ([["R1-1", "R1", 1]], {"R1": 0})
        assert [s.id for s in second.client.pending()] == [sheet] and not second.receipts and second.online

        assert await laptop.do("limit", bytes=0) == {}
        await soon(lambda: bool(second.receipts), "the kept sheet, by itself")
        assert await laptop.ask(c.PauseStage(room="R1", reason="停电")) == ""
        made = await laptop.do("reports", folder=str(folder), forms=FORMS)
        assert set(made.get("files", ())) == {"draw-record.pdf", "opening-report.pdf"}, made
        shown = {key: r.code for seat in (first, second) for key, r in seat.receipts.items()}
        assert first.refused == second.refused == []
    assert laptop.close() == 0
    final = state_of(event)
    assert receipts_in(final) == shown
    assert final.size == stored["size"] + 1 + 1 + len(list(folder.glob("*.pdf")))
    assert [check.code for check in audit(recorded(event)) if check.ok is False] == []


@pytest.fixture
def host(tmp_path):
    found = EventHost.open(lay_out(tmp_path / "e.venue"))
    found.start_lan("127.0.0.1", 0)
    found.venue.ask(CALL, world.PROCTOR)
    found.venue.ask(START, world.PROCTOR)
    yield found
    found.close()


def link_of(host: EventHost, seat: str) -> str:
    assert host.server is not None
    return str(host.joining_link(host.server.issue_code(seat), "127.0.0.1"))


async def heard(ws: aiohttp.ClientWebSocketResponse, kind: type[m.FromServer]) -> m.FromServer:
    """The next message of a kind; views and the like are passed over."""
    while True:
        message = m.read_from_server((await ws.receive()).data)
        if isinstance(message, kind):
            return message


async def test_one_sheet_sent_twice_over_the_wire_is_one_sheet(host):
    async with http_session() as http:
        seat = Seat("R1-1", frozenset())
        await seat.sit(link_of(host, "R1-1"), http)
        await seat.leave()
        pairing = seat.client.pairing
        key = DeviceKey.read(pairing.key)
        sheet = m.Sheet(id="a" * 32, event=pairing.event, seat="R1-1", room="R1", lot=1, marks=world.MARKS)
        async with http.ws_connect(f"{pairing.url}/ws", ssl=KeyPin(bytes.fromhex(pairing.pin))) as ws:
            await ws.send_str(m.encode(m.Hello(token=pairing.token, version=m.VERSION)).decode())
            frame = m.encode(m.signed(sheet, key)).decode()
            await ws.send_str(frame)
            await ws.send_str(frame)
            receipts = [await heard(ws, m.Receipt) for _ in range(2)]
            size = host.venue.state.size
            await ws.send_str(frame)
            receipts.append(await heard(ws, m.Receipt))
            other = m.Sheet(
                id="a" * 32,
                event=pairing.event,
                seat="R1-1",
                room="R1",
                lot=1,
                marks={**world.MARKS, "content": "30.0"},
            )
            await ws.send_str(m.encode(m.signed(other, key)).decode())
            reused = await heard(ws, m.Refused)
            again = m.Sheet(
                id="b" * 32, event=pairing.event, seat="R1-1", room="R1", lot=1, marks=world.MARKS
            )
            await ws.send_str(m.encode(m.signed(again, key)).decode())
            second = await heard(ws, m.Refused)
    assert len(set(receipts)) == 1
    assert isinstance(reused, m.Refused) and (reused.code, reused.final) == ("venue.submission_reused", True)
    assert isinstance(second, m.Refused) and (second.code, second.final) == ("venue.sheet_already_in", True)
    assert host.venue.state.size == size
    kept = host.venue.state.appearances["R1", 1].sheets
    assert {s: dict(sheet.marks) for s, sheet in kept.items()} == {"R1-1": world.MARKS}


async def test_a_taken_seat_stays_with_who_has_it(host):
    async with http_session() as http:
        first = Seat("R1-1", frozenset())
        await first.sit(link_of(host, "R1-1"), http)
        await soon(lambda: first.online, "the first is connected")
        second = Seat("R1-1", frozenset())
        link = link_of(host, "R1-1")
        with pytest.raises(Known) as caught:
            await second.sit(link, http)
        assert caught.value.code == "venue.seat_taken"
        assert first.online
        host.venue.ask(c.ReleaseStation(seat="R1-1", reason="设备更换"), world.PROCTOR)
        await soon(lambda: first.client.link is Link.RELEASED, "the first hears that it is released")
        await second.sit(link, http)  # the same code: it was not used up by the refusal
        second.give("R1", 1)
        await soon(lambda: bool(second.receipts), "the second can mark")
        for seat in (first, second):
            await seat.leave()
    assert len(host.venue.state.stations) == 1


async def test_a_code_of_another_event_opens_nothing(host, tmp_path):
    other = EventHost.open(lay_out(tmp_path / "other.venue"))
    try:
        other.start_lan("127.0.0.1", 0)
        async with http_session() as http:
            link = other.joining_link(other.server.issue_code("R1-1"), "127.0.0.1")  # type: ignore[union-attr]
            wrong = type(link)(host.url("127.0.0.1"), link.code, link.pin)
            with pytest.raises(Known) as caught:
                await join(wrong, "robot", http=http)
        assert caught.value.code == "lan.code_wrong"
        assert not host.venue.state.stations and not other.venue.state.stations
    finally:
        other.close()
