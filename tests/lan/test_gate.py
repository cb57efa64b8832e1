"""Cheap refusal first: silence costs nothing, handshakes take turns, liars wait for what they did, judges for nobody."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

import aiohttp
import pytest

from tests import world
from tests.lan.conftest import Laptop, heard, soon
from tests.waits import WAIT_S
from venue_app.base.ids import new_id
from venue_app.lan import messages as m
from venue_app.lan.client import join
from venue_app.lan.gate import Gate
from venue_app.lan.limits import Bucket, Limits
from venue_app.venue import Venue

NEVER = 1e-9


async def started(laptop: Laptop, limits: Limits) -> None:
    await laptop.server.stop()
    await laptop.start(limits)


def gate_of(laptop: Laptop) -> Gate:
    gate = laptop.server._gate
    assert gate is not None
    return gate


async def silent(laptop: Laptop, source: str = "127.0.0.1") -> asyncio.StreamReader:
    reader, _ = await asyncio.open_connection("127.0.0.1", laptop.port, local_addr=(source, 0))
    return reader


async def time_asked(laptop: Laptop, source: str) -> int:
    """The status of one request on a connection of its own from `source`."""
    connector = aiohttp.TCPConnector(local_addr=(source, 0), force_close=True)
    async with (
        aiohttp.ClientSession(connector=connector) as http,
        http.get(f"{laptop.url}/api/time", ssl=laptop.pin) as answer,
    ):
        return answer.status


async def test_the_oldest_that_say_nothing_give_way_and_a_judge_gets_in(laptop: Laptop, venue: Venue) -> None:
    await started(laptop, Limits(silent=5, handshake_s=60.0))
    readers = [await silent(laptop) for _ in range(12)]
    await soon(lambda: sum(r.at_eof() for r in readers) >= 7)
    assert not readers[-1].at_eof()
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    assert (await judge.send("R1", 1, world.MARKS)).total == "80.0"


async def test_handshakes_that_are_begun_and_not_ended_count_among_what_is_open(laptop: Laptop) -> None:
    await started(laptop, Limits(sockets=4, handshake_s=60.0))
    readers: list[asyncio.StreamReader] = []
    writers: list[asyncio.StreamWriter] = []
    for number in range(7):
        reader, writer = await asyncio.open_connection("127.0.0.1", laptop.port)
        writer.write(b"\x16\x03\x01\x02\x00")  # the head of a first message, and never the rest
        readers.append(reader)
        writers.append(writer)
        if number == 3:
            await soon(lambda: len(gate_of(laptop)._securing) == 4)
    await soon(lambda: sum(r.at_eof() for r in readers) == 3)
    assert not any(r.at_eof() for r in readers[:4])
    for writer in writers:
        writer.close()


async def test_who_says_nothing_is_hung_up_on_in_time(laptop: Laptop) -> None:
    await started(laptop, Limits(handshake_s=0.1))
    reader = await silent(laptop)
    async with asyncio.timeout(WAIT_S):
        assert await reader.read() == b""
    await soon(lambda: not gate_of(laptop)._silent and not gate_of(laptop)._by_address)
    assert await time_asked(laptop, "127.0.0.1") == 200


async def test_noise_instead_of_a_handshake_ends_the_connection_only(laptop: Laptop) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", laptop.port)
    writer.write(b"GET / HTTP/1.1\r\n" * 20)
    async with asyncio.timeout(WAIT_S):
        with suppress(ConnectionError):
            while await reader.read(100):
                pass
    writer.close()
    assert await time_asked(laptop, "127.0.0.1") == 200


@pytest.mark.skipif(sys.platform != "linux", reason="other addresses of the loopback are there on Linux only")
async def test_an_address_that_asks_too_often_waits_and_no_other_does(laptop: Laptop) -> None:
    await started(laptop, Limits(handshakes=NEVER, handshake_burst=2.0))
    assert [await time_asked(laptop, "127.0.0.2") for _ in range(2)] == [200, 200]
    third = asyncio.create_task(time_asked(laptop, "127.0.0.2"))
    await soon(lambda: "127.0.0.2" in gate_of(laptop)._ready)
    assert [await time_asked(laptop, "127.0.0.3") for _ in range(2)] == [200, 200]
    assert not third.done()
    third.cancel()
    await asyncio.gather(third, return_exceptions=True)


async def test_strangers_turned_away_make_their_address_wait_but_not_a_judges(laptop: Laptop) -> None:
    await started(laptop, Limits(handshakes=NEVER, handshake_burst=50.0, blame=20.0))
    pace = gate_of(laptop)._pace("127.0.0.1")

    async def turned_away() -> None:
        ws = await laptop.raw("ab" * 32)
        assert (await heard(ws, m.Refused)).code == "lan.unknown_station"
        async with asyncio.timeout(WAIT_S):
            await ws.receive()

    await turned_away()
    await soon(lambda: pace._level < 30)
    assert pace._level > 20
    await laptop.seat("R1-1")
    before = pace._level
    await turned_away()
    assert before - pace._level < 5  # its own handshakes, no blame


async def test_what_had_to_be_refused_is_waited_for_also_on_a_new_connection(
    laptop: Laptop, venue: Venue
) -> None:
    await started(laptop, Limits(rate=0.1, burst=100.0, refused=30.0))
    link = laptop.link(laptop.server.issue_code("R1-1").code)
    liar = await join(link, "tablet", http=laptop.http, key=world.KEY)
    judge = await laptop.seat("R1-2")
    await asyncio.to_thread(world.on_floor, venue)
    ws = await laptop.raw(liar.token)
    lie = m.Sheet(id=new_id(), event=liar.event, seat="R1-2", room="R1", lot=1, marks=world.MARKS)
    for _ in range(3):
        await ws.send_str(m.encode(lie).decode())
        assert (await heard(ws, m.Refused)).code == "lan.other_seat"
    await ws.send_str(m.encode(lie).decode())
    await heard(ws, m.Refused)
    again = await laptop.raw(liar.token)
    refused = await heard(again, m.Refused)
    assert (refused.code, refused.final) == ("lan.slow_down", False)
    assert (await judge.send("R1", 1, world.MARKS)).total == "80.0"


async def test_requests_on_one_connection_are_paced(laptop: Laptop) -> None:
    await started(laptop, Limits(requests=NEVER, request_burst=2.0, request_s=60.0))

    async def asked(http: aiohttp.ClientSession) -> int:
        async with http.get(f"{laptop.url}/api/time", ssl=laptop.pin) as answer:
            return answer.status

    one = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=one) as hasty:
        assert [await asked(hasty) for _ in range(2)] == [200, 200]
        third = asyncio.create_task(asked(hasty))
        assert await time_asked(laptop, "127.0.0.1") == 200
        assert not third.done()
        third.cancel()
        await asyncio.gather(third, return_exceptions=True)


def test_a_bucket_waits_for_what_it_cost_and_never_longer_than_said() -> None:
    bucket = Bucket(rate=10.0, burst=20.0, now=0.0, longest=5.0)
    assert bucket.delay(0.0, 20.0) == 0.0
    assert not bucket.covered(0.0)
    assert bucket.delay(0.0, 10.0) == pytest.approx(1.0)
    assert bucket.delay(0.0, 1000.0) == pytest.approx(5.0)
    assert not bucket.covered(5.0)
    assert bucket.covered(5.2)
    assert bucket.delay(1000.0, 20.0) == 0.0
