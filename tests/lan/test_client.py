"""A station through bad weather: nothing lost, nothing twice, nobody trusted who should not be."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from tests import world
from tests.lan.conftest import Laptop, Recorder, soon
from tests.ports import free_port
from tests.waits import BRISK, WAIT_S
from venue_app.base.errors import Known
from venue_app.lan import messages as m
from venue_app.lan.client import Link, Refusal, StationClient, join
from venue_app.lan.link import JoiningLink, addresses, base_url, read_link
from venue_app.lan.outbox import FileOutbox
from venue_app.lan.thread import LoopThread
from venue_app.lan.tls import laptop_key
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue


async def test_a_sheet_made_without_a_network_arrives_when_it_is_back(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    events = Recorder()
    judge = await laptop.seat("R1-1", events, FileOutbox(tmp_path / "box"))
    await asyncio.to_thread(world.on_floor, venue)
    await judge.until(lambda v: bool(v.tasks))
    await laptop.server.stop()
    await soon(lambda: judge.link is not Link.ONLINE)
    sheet = judge.submit("R1", 1, world.MARKS)
    assert [s.id for s in FileOutbox(tmp_path / "box").pending()] == [sheet]
    assert venue.state.appearances[("R1", 1)].sheets == {}
    await laptop.start()
    await soon(lambda: bool(events.receipts))
    assert [r.id for r in events.receipts] == [sheet]
    assert venue.state.appearances[("R1", 1)].sheets["R1-1"].sub == sheet
    assert judge.pending() == []
    assert FileOutbox(tmp_path / "box").pending() == []


async def test_a_station_that_died_sends_what_it_kept(laptop: Laptop, venue: Venue, tmp_path: Path) -> None:
    judge = await laptop.seat("R1-1", outbox=FileOutbox(tmp_path / "box"))
    await asyncio.to_thread(world.on_floor, venue)
    await judge.close()  # from here on nothing of it is sent, as if it had been killed
    sheet = judge.submit("R1", 1, world.MARKS)
    events = Recorder()
    again = StationClient(
        judge.pairing, outbox=FileOutbox(tmp_path / "box"), events=events, http=laptop.http, pace=BRISK
    )
    laptop.run(again)
    await soon(lambda: bool(events.receipts))
    assert events.receipts[0].id == sheet


async def test_a_receipt_lost_on_the_way_comes_again_for_the_same_sheet(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    """The laptop had the sheet, the station never heard so: it sends again and the journal has it once."""
    box = FileOutbox(tmp_path / "box")
    judge = await laptop.seat("R1-1", outbox=box)
    await asyncio.to_thread(world.on_floor, venue)
    first = await judge.send("R1", 1, world.MARKS)
    await judge.close()
    size = venue.state.size
    event, seat = judge.pairing.event, judge.pairing.seat
    box.add(m.Sheet(id=first.id, event=event, seat=seat, room="R1", lot=1, marks=world.MARKS))
    events = Recorder()
    again = StationClient(judge.pairing, outbox=box, events=events, http=laptop.http, pace=BRISK)
    laptop.run(again)
    await soon(lambda: bool(events.receipts))
    assert events.receipts == [first]
    assert venue.state.size == size


async def test_a_full_disk_refuses_for_now_and_the_sheet_stays(laptop: Laptop, venue: Venue) -> None:
    """Nothing is confirmed, nothing is thrown away; when there is room again it arrives by itself."""
    events = Recorder()
    judge = await laptop.seat("R1-1", events)
    await asyncio.to_thread(world.on_floor, venue)
    await judge.until(lambda v: bool(v.tasks))
    refused = asyncio.Event()
    honest = venue.submit

    def full(command: object, actor: object, sub: str | None = None) -> object:
        future: Future[object] = Future()
        future.set_exception(Known("journal.disk_full", file="event.venue"))
        refused.set()
        return future

    venue.submit = full  # type: ignore[method-assign,assignment]
    judge.submit("R1", 1, world.MARKS)
    async with asyncio.timeout(WAIT_S):
        await refused.wait()
    assert len(judge.pending()) == 1
    venue.submit = honest  # type: ignore[method-assign]
    await soon(lambda: bool(events.receipts))
    assert judge.pending() == []
    assert events.refusals == []


async def test_a_refusal_for_good_gives_the_marks_back(laptop: Laptop, venue: Venue) -> None:
    events = Recorder()
    judge = await laptop.seat("R1-1", events)
    await asyncio.to_thread(world.on_floor, venue)
    with pytest.raises(Refusal) as error:
        await judge.send("R1", 1, {**world.MARKS, "content": "31.0"})
    assert error.value.code == "rules.mark_above"
    sheet, refused = events.refusals[0]
    assert sheet.marks["content"] == "31.0"
    assert "31" in refused.text
    assert judge.pending() == []


async def test_sheets_of_another_event_or_seat_stay_where_they_are(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    box = FileOutbox(tmp_path / "box")
    foreign = m.Sheet(id="0" * 32, event="f" * 32, seat="R1-1", room="R1", lot=1, marks=world.MARKS)
    other = m.Sheet(id="1" * 32, event="e" * 32, seat="R1-2", room="R1", lot=1, marks=world.MARKS)
    box.add(foreign)
    box.add(other)
    judge = await laptop.seat("R1-1", outbox=box)
    await asyncio.to_thread(world.on_floor, venue)
    await judge.send("R1", 1, world.MARKS)
    assert judge.strangers() == [foreign, other]
    assert list(venue.state.appearances[("R1", 1)].sheets) == ["R1-1"]


async def test_a_laptop_with_another_key_gets_nothing(laptop: Laptop, tmp_path: Path) -> None:
    """Somebody else answers at the address: neither the code nor the token leaves the device."""
    code = laptop.server.issue_code("R1-1").code
    with pytest.raises(Known) as error:
        await join(JoiningLink(laptop.url, code, b"\x07" * 32), "tablet", http=laptop.http)
    assert error.value.code == "lan.wrong_laptop"
    assert [x.code for x in laptop.server.codes()] == [code]
    judge = await laptop.seat("R1-2")
    await judge.close()
    await laptop.server.stop()
    laptop.identity = load_or_create(tmp_path / "other-keys").tls(["127.0.0.1"])
    await laptop.start()
    events = Recorder()
    again = StationClient(judge.pairing, events=events, http=laptop.http, pace=BRISK)
    laptop.run(again)
    await soon(lambda: events.links.count("offline") >= 2)
    assert "online" not in events.links
    assert laptop.server.presence()["R1-2"].heard is None


async def test_a_new_certificate_of_the_same_laptop_is_trusted(
    laptop: Laptop, tmp_path: Path, identity: TlsIdentity
) -> None:
    keys = load_or_create(tmp_path / "keys")
    laptop.identity = keys.tls(["127.0.0.1"])
    await laptop.server.stop()
    await laptop.start()
    judge = await laptop.seat("R1-1")
    moved = keys.tls(["127.0.0.1", "10.1.2.3"])
    assert moved.leaf_sha256 != laptop.identity.leaf_sha256
    await laptop.server.stop()
    await soon(lambda: judge.link is not Link.ONLINE)
    laptop.identity = moved
    await laptop.start()
    await soon(lambda: judge.link is Link.ONLINE)


async def test_a_laptop_that_moved_is_found_at_its_new_address(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-1")
    await laptop.server.stop()
    await soon(lambda: judge.link is not Link.ONLINE)
    laptop.port = free_port()
    await laptop.start()
    judge.url = laptop.url
    judge.retry()
    await soon(lambda: judge.link is Link.ONLINE)


async def test_the_key_of_a_laptop_can_be_seen_before_trusting_it(laptop: Laptop) -> None:
    assert await laptop_key("127.0.0.1", laptop.port) == laptop.identity.key_sha256
    with pytest.raises(Known) as error:
        await join(JoiningLink(laptop.url, "ABCDEF"), "tablet", http=laptop.http)
    assert error.value.code == "lan.pin_missing"
    await laptop.server.stop()
    with pytest.raises(Known) as error:
        await laptop_key("127.0.0.1", laptop.port)
    assert error.value.code == "lan.no_answer"


async def test_nobody_there_is_said_so(laptop: Laptop) -> None:
    await laptop.server.stop()
    with pytest.raises(Known) as error:
        await join(laptop.link("ABCDEF"), "tablet", http=laptop.http)
    assert error.value.code == "lan.no_answer_url"


async def test_a_replaced_station_does_not_fight_back(laptop: Laptop) -> None:
    first = await laptop.seat("R1-1")
    second = StationClient(first.pairing, http=laptop.http, pace=BRISK)
    laptop.run(second)
    await soon(lambda: first.link is Link.REPLACED and second.link is Link.ONLINE)


async def test_many_reconnect_at_once_and_nothing_is_lost_or_twice(laptop: Laptop, venue: Venue) -> None:
    """27 stations lose the laptop in the middle of sending, three times over."""
    recorders = {s: Recorder() for s in venue.state.seats if not s.startswith("R2")}
    stations = {s: await laptop.seat(s, events) for s, events in recorders.items()}
    await asyncio.to_thread(world.on_floor, venue)
    for station in stations.values():
        await station.until(lambda v: bool(v.tasks))
    sheets = {
        seat: station.submit("R1", 1, {"overall": "8"} if seat.startswith("OBS") else world.MARKS)
        for seat, station in stations.items()
    }
    for _ in range(3):
        await asyncio.sleep(0)
        await laptop.server.stop()
        await laptop.start()
    await soon(lambda: all(r.receipts for r in recorders.values()))
    kept = venue.state.appearances[("R1", 1)].sheets
    assert {seat: kept[seat].sub for seat in sheets} == sheets
    assert len(kept) == len(sheets) == 27
    assert all({x.id for x in r.receipts} == {sheets[s]} for s, r in recorders.items())


async def test_the_laptops_clock_is_known_to_the_station(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    view = await judge.until(lambda v: bool(v.floor) and v.floor[0].clock is not None)
    clock = view.floor[0].clock
    assert clock is not None
    await soon(lambda: judge._offset.error is not None)
    error = judge._offset.error
    assert error is not None
    low = venue.clock.mono_ms()
    spent = judge.spent_ms(clock)
    high = venue.clock.mono_ms()
    # One machine, one monotonic clock: the offset is nought but for what a ping could not measure.
    assert low - clock.since_mono - error <= spent <= high - clock.since_mono + error
    stopped = m.ClockView(stage="speech", limit_ms=9, spent_ms=4711, running=False, since_mono=0)
    assert judge.spent_ms(stopped) == 4711


async def test_logs_hold_no_secret(laptop: Laptop, venue: Venue, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    await judge.send("R1", 1, world.MARKS)
    code = laptop.server.issue_code("R1-2").code
    await laptop.post_join(f'{{"code":"{code}","token":"{judge.pairing.token}"}}'.encode())
    ws = await laptop.raw(judge.pairing.token)
    await ws.send_str('{"type":"sheet","id":"24.0"')
    await judge.close()
    assert "station joined" in caplog.text
    assert judge.pairing.token not in caplog.text
    assert code not in caplog.text
    assert "24.0" not in caplog.text


def test_a_server_and_a_station_in_threads_of_their_own(venue: Venue, identity: TlsIdentity) -> None:
    """As the window runs them: the loop lives beside the thread that asks."""
    from venue_app.lan.server import LanServer
    from venue_app.lan.tls import server_context

    async def station(link: JoiningLink) -> m.Receipt:
        client = StationClient(await join(link, "threaded"), pace=BRISK)
        task = asyncio.create_task(client.run())
        view = await client.until(lambda v: bool(v.tasks))
        receipt = await client.send(view.tasks[0].room, view.tasks[0].lot, world.MARKS)
        await client.close()
        assert await task is Link.CLOSED
        return receipt

    server = LanServer(venue, server_context(identity.chain, identity.key))
    with LoopThread("lan") as lan, LoopThread("station") as other:
        port = lan.run(server.start("127.0.0.1", 0), timeout=WAIT_S)
        world.on_floor(venue)
        link = JoiningLink(base_url("127.0.0.1", port), server.issue_code("R1-4").code, identity.key_sha256)
        receipt = other.run(station(link), timeout=WAIT_S)
        assert receipt.total == "80.0"
        assert server.presence()["R1-4"].device_name == "threaded"
        lan.run(server.stop(), timeout=WAIT_S)
    assert venue.state.appearances[("R1", 1)].sheets["R1-4"].receipt == receipt.code


@pytest.mark.parametrize(
    ("text", "url", "code", "pin"),
    [
        ("192.168.1.5", "https://192.168.1.5:8443", "", None),
        ("192.168.1.5:9000", "https://192.168.1.5:9000", "", None),
        ("https://192.168.1.5:8443/#K7F2Q9", "https://192.168.1.5:8443", "K7F2Q9", None),
        ("https://[fe80::1]:8443/#k7f2q9-" + "0a" * 32, "https://[fe80::1]:8443", "K7F2Q9", b"\x0a" * 32),
        ("https://laptop.local/#K7F2O9", "https://laptop.local:8443", "K7F209", None),
    ],
)
def test_links_are_read(text: str, url: str, code: str, pin: bytes | None) -> None:
    link = read_link(text)
    assert (link.url, link.code, link.pin) == (url, code, pin)
    if code:
        assert read_link(str(link)) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://10.0.0.1",
        "https://10.0.0.1/page",
        "10.0.0.1:99999",
        "https://a/#K7F",
        "https://a/#K7F2Q9-12",
    ],
)
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(Known) as error:
        read_link(text)
    assert error.value.code == "lan.not_a_link"


def test_this_machine_has_an_address() -> None:
    found = addresses()
    assert found
    assert len(set(found)) == len(found)


def test_backoff_grows_and_stays_within_bounds() -> None:
    pace = replace(BRISK, first_wait_s=0.25, longest_wait_s=5.0)
    for failures, low, high in ((0, 0.125, 0.25), (1, 0.25, 0.5), (3, 1.0, 2.0), (50, 2.5, 5.0)):
        assert all(low <= pace.backoff(failures) <= high for _ in range(50))
