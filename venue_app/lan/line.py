"""A device's connection to the laptop: made again and again until it is over for good. For stations and other places."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from enum import StrEnum
from typing import Any

import aiohttp
import msgspec
from msgspec.structs import replace

from venue_app.base.clock import Clock, SystemClock
from venue_app.lan import messages as m
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import http_session
from venue_app.lan.messages import HostAt, Hosts, Message
from venue_app.lan.offset import ClockOffset
from venue_app.lan.pace import Pace
from venue_app.lan.tls import KeyPin

log = logging.getLogger(__name__)


#: How long each of several addresses is tried, in seconds: one that is gone says nothing.
_EACH_S = 3.0


class EarlierHost(Exception):
    """Whoever answered is no longer the host."""


class Link(StrEnum):
    """How the connection is. The last four are final: `run` ends with them.

    `ELSEWHERE`: the laptop runs another event, in which this device has no place. The place is kept, and tried again:
    the first event may be opened once more.
    """

    OFFLINE = "offline"
    CONNECTING = "connecting"
    ONLINE = "online"
    ELSEWHERE = "elsewhere"
    RELEASED = "released"
    REPLACED = "replaced"
    REFUSED = "refused"
    CLOSED = "closed"


FINAL = frozenset({Link.RELEASED, Link.REPLACED, Link.REFUSED, Link.CLOSED})
#: Refusals that end the connection for good.
ENDINGS = {
    "lan.unknown_station": Link.RELEASED,
    "lan.replaced": Link.REPLACED,
    "lan.version": Link.REFUSED,
    "lan.hello_first": Link.REFUSED,
}


class Line(ABC):
    """One device's line. Used in one asyncio loop."""

    #: Where the laptop listens for this kind of place.
    path = "/ws"
    #: No frame from the laptop is longer than this, in bytes.
    longest = 1 << 20

    def __init__(
        self,
        pairing: Pairing,
        http: aiohttp.ClientSession | None = None,
        clock: Clock | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.pairing = pairing
        self.url = pairing.url
        """Where the laptop is; may be set when it moved to another address."""
        self._tried: HostAt | None = None
        self.link = Link.OFFLINE
        self.rtt: int | None = None
        self._http = http
        self._clock = clock or SystemClock()
        self._pace = pace or Pace()
        self._offset = ClockOffset()
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._nudge = asyncio.Event()

    # ---- what the kinds of line differ in ----

    @abstractmethod
    def hello(self) -> m.Hello:
        """Who this is."""

    @abstractmethod
    def ping(self, now: int) -> m.Ping:
        """Still here."""

    @abstractmethod
    def heard(self, frame: str) -> None:
        """A frame came; `msgspec.MsgspecError` when this version does not know it."""

    @abstractmethod
    def linked(self, link: Link) -> None:
        """The connection changed."""

    @abstractmethod
    def moved(self, pairing: Pairing) -> None:
        """Where the laptop and its standby are has changed: to be kept for the next start."""

    def last_words(self) -> list[Message]:
        """Said before this side closes the connection."""
        return []

    def work(self) -> list[Coroutine[Any, Any, None]]:
        """What else runs while there is a connection."""
        return []

    # ---- what the owner asks ----

    def server_mono(self) -> int:
        """The laptop's monotonic clock now, in ms."""
        return self._offset.server(self._clock.mono_ms())

    def retry(self) -> None:
        """Do not wait: try to connect now (somebody pressed «try again», the network is back)."""
        self._nudge.set()

    async def close(self) -> None:
        """Say goodbye and stop; what is kept stays kept."""
        ws = self._ws
        self.set_link(Link.CLOSED)
        self._nudge.set()
        if ws is not None:
            try:
                await self.post(m.Bye())
                await ws.close()
            except (ConnectionError, aiohttp.ClientError):
                pass  # it was gone already

    async def run(self) -> Link:
        """Stay connected until closed, released, replaced or refused; returns which."""
        own = self._http or http_session()
        waits = 0
        try:
            while self.link not in FINAL:
                self.set_link(Link.CONNECTING)
                was_online = await self._try_all(own)
                waits = 0 if was_online else waits + 1
                if self.link not in FINAL:
                    self.set_link(Link.OFFLINE)
                    await self._pause(self._pace.backoff(waits))
        finally:
            if self._http is None:
                await own.close()
        return self.link

    # ---- the connection ----

    async def _pause(self, seconds: float) -> None:
        self._nudge.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._nudge.wait()
        except TimeoutError:
            pass

    async def _try_all(self, http: aiohttp.ClientSession) -> bool:
        """The laptop, then its standby at each of its addresses; whether one of them was there."""
        first = HostAt(url=self.url, pin=self.pairing.pin)
        for at in (first, *self.pairing.standby):
            try:
                if await self._connection(http, at) or self.link in FINAL:
                    return True
            except (aiohttp.ClientError, OSError, TimeoutError) as fault:
                log.debug("no connection: seat=%s fault=%s", self.pairing.seat, type(fault).__name__)
            if self.link not in FINAL:
                self.set_link(Link.CONNECTING)
        return False

    async def _connection(self, http: aiohttp.ClientSession, at: HostAt) -> bool:
        pin = KeyPin(bytes.fromhex(at.pin))
        patience = min(self._pace.connect_s, _EACH_S) if self.pairing.standby else self._pace.connect_s
        async with asyncio.timeout(patience):
            ws = await http.ws_connect(f"{at.url}{self.path}", ssl=pin, max_msg_size=self.longest)
        self._ws, self._tried = ws, at
        helpers: list[asyncio.Task[None]] = []
        try:
            await self.post(self.hello())
            helpers = [asyncio.create_task(work) for work in (self._pings(), *self.work())]
            await self._listen(ws)
            for message in self.last_words():
                await self.post(message)
        finally:
            online, self._ws = self.link is Link.ONLINE, None
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            if not ws.closed:
                await ws.close()
        return online

    async def post(self, message: Any) -> None:
        """Send, when there is a connection."""
        if self._ws is not None:
            await self._ws.send_str(m.encode(message).decode())

    async def _listen(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        while self.link not in FINAL:
            async with asyncio.timeout(self._pace.silence_s):
                raw = await ws.receive()
            if raw.type is not aiohttp.WSMsgType.TEXT:
                return
            try:
                self.heard(raw.data)
            except EarlierHost:
                return
            except msgspec.MsgspecError:
                log.warning("the laptop said what this version does not know: seat=%s", self.pairing.seat)
                self.set_link(Link.REFUSED)

    async def _pings(self) -> None:
        while True:
            await asyncio.sleep(self._pace.ping_s)
            await self.post(self.ping(self._clock.mono_ms()))

    def told_hosts(self, hosts: Hosts) -> None:
        """Which host answered. One of an earlier epoch than we have met is left at once; a later one is followed."""
        at, held = self._tried, self.pairing
        if hosts.epoch < held.epoch or at is None:
            log.warning("an earlier host answers: seat=%s epoch=%s", held.seat, hosts.epoch)
            raise EarlierHost
        if hosts.epoch > held.epoch:
            held = replace(held, url=at.url, pin=at.pin, epoch=hosts.epoch, proof=hosts.proof)
            self.url = at.url
        held = replace(held, standby=hosts.standby)
        if held != self.pairing:
            self.pairing = held
            self.moved(held)

    def met(self, mono: int) -> None:
        """The laptop answered hello and told its monotonic time."""
        self._offset.reset(mono, self._clock.mono_ms())

    def measured(self, pong: m.Pong) -> None:
        """A pong came: how long the way is, and how far the clocks are apart."""
        self.rtt = self._offset.add(pong.t, pong.mono, self._clock.mono_ms())

    def turned_away(self, refused: m.Refused) -> bool:
        """Whether this refusal was of the whole line; then how it is from now on is noted."""
        ending = ENDINGS.get(refused.code)
        if ending is None:
            return False
        self.set_link(Link.ELSEWHERE if self.of_another_event(refused) else ending)
        return True

    def of_another_event(self, refused: m.Refused) -> bool:
        """Whether the laptop does not know this device because it runs another event."""
        event = refused.params.get("event", self.pairing.event)
        return refused.code == "lan.unknown_station" and event != self.pairing.event

    def set_link(self, link: Link) -> None:
        """Note how the connection is; nothing changes it once it is over, and tries change nothing of `ELSEWHERE`."""
        if self.link is Link.ELSEWHERE and link in (Link.CONNECTING, Link.OFFLINE):
            return
        if link is not self.link and self.link not in FINAL:
            self.link = link
            self.linked(link)
