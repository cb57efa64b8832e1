"""What the tests of consoles, witnesses and big screens share: places taken over real sockets, journals followed."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from tests.lan.conftest import Laptop
from tests.waits import BRISK, WAIT_S
from venue_app.host.remote import RemoteVenue
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan.client import join
from venue_app.lan.hold import Pairing

PERSON = "罗静宜"


async def taken(laptop: Laptop, place: str, person: str = PERSON) -> Pairing:
    """A place taken with a code."""
    link = laptop.link(laptop.server.issue_code(place).code)
    return await join(link, f"laptop {place}", http=laptop.http, person=person, wants=())


async def remote(laptop: Laptop, place: str, person: str = PERSON) -> RemoteVenue:
    """A console or witness's screen whose journal is here. Close it."""
    return await asyncio.to_thread(RemoteVenue.open, await taken(laptop, place, person), BRISK)


async def raw_place(laptop: Laptop, token: str, **hello: Any) -> aiohttp.ClientWebSocketResponse:
    """A bare connection at the door of places."""
    ws = await laptop.http.ws_connect(f"{laptop.url}/ws/place", ssl=laptop.pin, max_msg_size=1 << 26)
    laptop.on_end(ws.close)
    await say(ws, m.Hello(token=token, version=m.VERSION, **hello))
    return ws


async def say(ws: aiohttp.ClientWebSocketResponse, message: Any) -> None:
    await ws.send_str(m.encode(message).decode())


async def heard(ws: aiohttp.ClientWebSocketResponse, kind: type[Any]) -> Any:
    """The next message of this kind; AssertionError when the connection ends first."""
    async with asyncio.timeout(WAIT_S):
        while True:
            raw = await ws.receive()
            assert raw.type is aiohttp.WSMsgType.TEXT, f"closed with {ws.close_code} before {kind.__name__}"
            message = r.read_from_laptop(raw.data)
            if isinstance(message, kind):
                return message


async def ask(venue: RemoteVenue, command: Any, sub: str | None = None) -> Any:
    """Send a command as this place and wait."""
    return await asyncio.wrap_future(venue.submit(command, None, sub))
