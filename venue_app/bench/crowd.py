"""So many stations in one process of their own: open TLS WebSockets that send a frame each and wait for its answer.

    python -m venue_app.bench.crowd

The first line of input says where and how many; each further line asks for a round. They are bare
connections, not whole station programs, so that the crowd takes as little of the machine as it can.
"""

from __future__ import annotations

import asyncio
import gc
from time import monotonic_ns
from typing import Any

import aiohttp

from venue_app.base.ids import new_id
from venue_app.bench import child
from venue_app.bench.hall import MARKS, device_key, seat_id, token
from venue_app.lan import messages as m
from venue_app.lan.tls import KeyPin, small_buffers

_AT_ONCE = 50
_PATIENCE_S = 60.0


class Station:
    """One connection and what it waits for."""

    def __init__(self, number: int, event: str) -> None:
        self.number = number
        self.event = event
        self._key = device_key(number)
        self.awaited = ""
        self.sent_at = 0
        self.answered_at = 0
        self.answered = asyncio.Event()
        self._ws: aiohttp.ClientWebSocketResponse

    async def connect(self, http: aiohttp.ClientSession, url: str, pin: KeyPin) -> None:
        """Open, say hello and wait to be welcomed; an echo has no such manners."""
        self._ws = await http.ws_connect(url, ssl=pin, compress=0)
        if self.event:
            hello = m.Hello(token=token(self.number), version=m.VERSION, client="bench")
            await self._ws.send_str(m.encode(hello).decode())
            while not isinstance(m.read_from_server((await self._ws.receive()).data), m.View):
                pass
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for message in self._ws:
            now = monotonic_ns()
            text = str(message.data)
            if self.awaited and self.awaited in text and '"view"' not in text[:40]:
                self.answered_at = now
                self.awaited = ""
                self.answered.set()

    def frame(self, room: str, lot: int) -> str:
        """A fresh signed sheet, remembered as awaited."""
        self.awaited = new_id()
        self.answered.clear()
        sheet = m.Sheet(
            id=self.awaited,
            event=self.event or "0" * 32,
            seat=seat_id(self.number),
            room=room,
            lot=lot,
            marks=MARKS,
        )
        return m.encode(m.signed(sheet, self._key)).decode()

    async def send(self, frame: str) -> None:
        """Send it; the time runs from here."""
        self.sent_at = monotonic_ns()
        await self._ws.send_str(frame)

    async def close(self) -> None:
        """Go."""
        self.listening.cancel()
        await self._ws.close()


async def connect_all(told: dict[str, Any], http: aiohttp.ClientSession) -> list[Station]:
    """Everybody connected, a few at a time."""
    stations = [Station(n, told["event"]) for n in range(1, told["stations"] + 1)]
    pin = KeyPin(bytes.fromhex(told["pin"]))
    url = f"https://127.0.0.1:{told['port']}/ws"
    door = asyncio.Semaphore(_AT_ONCE)

    async def enter(station: Station) -> None:
        async with door:
            await station.connect(http, url, pin)

    await asyncio.gather(*(enter(station) for station in stations))
    return stations


async def ring(stations: list[Station], room: str, lot: int, spread_ms: int) -> dict[str, Any]:
    """One frame from each, evenly over `spread_ms` (0: all at once); latencies in ns of those answered."""
    frames = [station.frame(room, lot) for station in stations]
    ids = [station.awaited for station in stations]
    start = monotonic_ns()
    for at, (station, frame) in enumerate(zip(stations, frames, strict=True)):
        due = start + at * spread_ms * 1_000_000 // len(stations)
        while (left := due - monotonic_ns()) > 0:
            await asyncio.sleep(left / 1_000_000_000)
        await station.send(frame)
    waiting = [asyncio.create_task(station.answered.wait()) for station in stations]
    await asyncio.wait(waiting, timeout=_PATIENCE_S)
    for task in waiting:
        task.cancel()
    done = [station for station in stations if station.answered.is_set()]
    return {
        "ids": ids,
        "answered": [
            sheet for sheet, station in zip(ids, stations, strict=True) if station.answered.is_set()
        ],
        "latencies": [station.answered_at - station.sent_at for station in done],
        "span": max((station.answered_at for station in done), default=start) - start,
    }


async def run() -> None:
    """Connect as the first line says, then a round for every line."""
    told = await child.listen()
    assert told is not None
    small_buffers()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        stations = await connect_all(told, http)
        gc.collect()
        gc.freeze()
        gc.disable()
        child.say({"connected": len(stations)})
        while (asked := await child.listen()) is not None:
            child.say(await ring(stations, asked["room"], asked["lot"], asked["spread_ms"]))
        await asyncio.gather(*(station.close() for station in stations))


if __name__ == "__main__":
    asyncio.run(run())
