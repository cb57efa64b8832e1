"""The standby's door: strangers there change nothing, only the one that follows is waited for, and nothing is shown before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest_asyncio

from tests import world
from tests.lan.conftest import Laptop, heard, soon
from tests.lan.roles import say, taken
from tests.waits import WAIT_S
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.hosting import Hosting
from venue_app.lan.lockstep import Step
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context
from venue_app.state.places import STANDBY
from venue_app.venue import Venue

NEVER_S = 60.0


class Spare:
    """A standby by hand: it acknowledges only when told to."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.placed: r.Placed
        self.size = 0
        self.root = ""
        self.boxes = 0

    async def hear(self, kind: type[Any]) -> Any:
        async with asyncio.timeout(WAIT_S):
            while True:
                raw = await self.ws.receive()
                assert raw.type is aiohttp.WSMsgType.TEXT, f"closed before {kind.__name__}"
                message = s.read_to_standby(raw.data)
                if isinstance(message, r.Entries):
                    self.size, self.root = message.first + len(message.entries), message.root
                if isinstance(message, s.Papers):
                    self.boxes = message.number
                if isinstance(message, kind):
                    return message

    async def follow(self, wanted: int) -> None:
        while self.size < wanted:
            await self.hear(r.Entries)

    async def keep(self, wanted: int = 1) -> None:
        """Say that all changes of boxes are here, once there were so many."""
        while self.boxes < wanted:
            await self.hear(s.Papers)
        await say(self.ws, s.Safe(number=self.boxes))

    async def have(self, **lie: Any) -> None:
        await say(self.ws, s.Have(**{"size": self.size, "root": self.root, **lie}))


async def door(laptop: Laptop, token: str) -> aiohttp.ClientWebSocketResponse:
    ws = await laptop.http.ws_connect(f"{laptop.url}/ws/standby", ssl=laptop.pin, max_msg_size=1 << 26)
    laptop.on_end(ws.close)
    await say(ws, m.Hello(token=token, version=m.VERSION))
    return ws


async def arrived(laptop: Laptop, token: str, size: int = 0, root: str = "") -> Spare:
    spare = Spare(await door(laptop, token))
    spare.placed = await spare.hear(r.Placed)
    spare.size, spare.root = size, root
    await say(spare.ws, r.Follow(size=size, root=root))
    return spare


async def ended(ws: aiohttp.ClientWebSocketResponse) -> None:
    async with asyncio.timeout(WAIT_S):
        while (await ws.receive()).type is aiohttp.WSMsgType.TEXT:
            pass


def step(laptop: Laptop) -> Step:
    return laptop.server.standby().step


@pytest_asyncio.fixture(loop_scope="module")
async def token(laptop: Laptop, venue: Venue) -> AsyncIterator[str]:
    """A server with patience, and a device that was let in as its standby."""
    await laptop.server.stop()
    context = server_context(laptop.identity.chain, laptop.identity.key)
    laptop.server = LanServer(
        venue, context, key=laptop.identity.key_sha256, hosting=Hosting(patience_s=NEVER_S)
    )
    laptop.port = await laptop.server.start("127.0.0.1", laptop.port)
    asked = asyncio.create_task(taken(laptop, STANDBY, person=""))
    await soon(lambda: bool(laptop.server.wishes()))
    laptop.server.decide(laptop.server.wishes()[0].id, True)
    yield (await asked).token


async def in_step(laptop: Laptop, venue: Venue, token: str) -> Spare:
    spare = await arrived(laptop, token)
    await spare.follow(venue.state.size)
    await spare.keep()
    await spare.have()
    await soon(lambda: step(laptop) is Step.IN_STEP)
    return spare


async def test_a_stranger_at_the_standbys_door_takes_nobody_away(
    laptop: Laptop, venue: Venue, token: str
) -> None:
    await in_step(laptop, venue, token)
    lockstep = laptop.server._hub.lockstep
    stranger = await door(laptop, "ab" * 32)
    assert (await heard(stranger, m.Refused)).code == "lan.unknown_station"
    await ended(stranger)
    judge = await laptop.seat("R1-1")
    await ended(await door(laptop, judge.pairing.token))
    assert lockstep._gone is None and step(laptop) is Step.IN_STEP


async def test_a_standby_that_came_back_before_its_old_line_ended_is_there(
    laptop: Laptop, venue: Venue, token: str
) -> None:
    before = await in_step(laptop, venue, token)
    after = await arrived(laptop, token, before.size, before.root)
    await ended(before.ws)
    await after.have()
    hub = laptop.server._hub
    await soon(lambda: hub.lockstep._follower is hub.sessions[STANDBY])
    assert hub.lockstep._gone is None and step(laptop) is Step.IN_STEP


async def test_what_the_standby_lacks_is_shown_to_nobody(laptop: Laptop, venue: Venue, token: str) -> None:
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    view = await judge.until(lambda view: bool(view.tasks))
    spare = await in_step(laptop, venue, token)
    before = venue.state.size
    sheet = judge.submit("R1", 1, dict(world.MARKS))
    await spare.follow(before + 1)
    await asyncio.sleep(0.2)
    assert judge.view is not None
    assert judge.view.sent == view.sent == () and judge.pending(), (
        "neither a receipt nor its code in the view"
    )
    assert laptop.server._hub.told.state.size == before
    await spare.have()
    seen = await judge.until(lambda view: bool(view.sent))
    assert seen.sent[0].id == sheet
    await soon(lambda: not judge.pending())


async def test_an_acknowledgement_of_what_was_never_sent_is_none(
    laptop: Laptop, venue: Venue, token: str
) -> None:
    for lie in ({"size": 900_000}, {"root": "0" * 64}):
        spare = await arrived(laptop, token)
        await spare.follow(venue.state.size)
        await spare.have(**lie)
        assert (await spare.hear(m.Refused)).code == "lan.other_history"
        assert step(laptop) is not Step.IN_STEP
