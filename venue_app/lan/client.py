"""A station's side of the connection: keeps sheets, sends them until they are received, comes back by itself.

The same library serves the Qt station, the robots of the rehearsal and the load
tests. It knows nothing of windows; use it in one asyncio loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from enum import StrEnum

import aiohttp
import msgspec

from venue_app import __version__
from venue_app.base.clock import Clock, SystemClock
from venue_app.base.errors import Known
from venue_app.base.i18n import language as language_in_force
from venue_app.base.ids import new_id
from venue_app.lan import messages as m
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import http_session, join
from venue_app.lan.offset import ClockOffset
from venue_app.lan.outbox import MemoryOutbox, Outbox
from venue_app.lan.pace import Pace
from venue_app.lan.tls import KeyPin

__all__ = ["Link", "Refusal", "StationClient", "StationEvents", "http_session", "join"]

log = logging.getLogger(__name__)


class Link(StrEnum):
    """How the connection is. The last four are final: `run` ends with them."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    ONLINE = "online"
    RELEASED = "released"
    REPLACED = "replaced"
    REFUSED = "refused"
    CLOSED = "closed"


_FINAL = frozenset({Link.RELEASED, Link.REPLACED, Link.REFUSED, Link.CLOSED})
_ENDINGS = {
    "lan.unknown_station": Link.RELEASED,
    "lan.replaced": Link.REPLACED,
    "lan.version": Link.REFUSED,
    "lan.hello_first": Link.REFUSED,
}


class StationEvents:
    """What a station's owner may want to hear, in the client's loop. Override what you need."""

    def on_link(self, link: Link) -> None:
        """The connection changed."""

    def on_welcome(self, welcome: m.Welcome) -> None:
        """Whose seat this is; again after every reconnection."""

    def on_view(self, view: m.View) -> None:
        """What this seat may see now."""

    def on_receipt(self, receipt: m.Receipt) -> None:
        """A sheet is durable on the laptop."""

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        """A sheet can never be taken; it is out of the outbox, `sheet` is what stood on it."""

    def on_called(self, on: bool) -> None:
        """The call for the proctor stands, or was answered."""


class Refusal(Known):
    """A sheet was refused: `refused` is the laptop's answer with its sentence."""

    def __init__(self, refused: m.Refused) -> None:
        super().__init__(refused.code, **refused.params)
        self.refused = refused


class StationClient:
    """One station.

        client = StationClient(await join(read_link(text), "tablet 3"), outbox=FileOutbox(folder))
        task = asyncio.create_task(client.run())
        view = await client.until(lambda view: bool(view.tasks))
        receipt = await client.send(view.tasks[0].room, view.tasks[0].lot, {"content": "27.5"})
        await client.close()

    `submit` keeps a sheet and returns at once (a judge goes on without a network); `send` also waits.
    """

    def __init__(
        self,
        pairing: Pairing,
        *,
        outbox: Outbox | None = None,
        events: StationEvents | None = None,
        http: aiohttp.ClientSession | None = None,
        clock: Clock | None = None,
        pace: Pace | None = None,
        name: str = f"venue-app {__version__}",
    ) -> None:
        self.pairing = pairing
        self.url = pairing.url
        """Where the laptop is; may be set when it moved to another address."""
        self.link = Link.OFFLINE
        self.welcome: m.Welcome | None = None
        self.view: m.View | None = None
        self.rtt: int | None = None
        self._outbox: Outbox = outbox if outbox is not None else MemoryOutbox()
        self._events = events or StationEvents()
        self._http = http
        self._clock = clock or SystemClock()
        self._pace = pace or Pace()
        self._name = name
        self._offset = ClockOffset()
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._sent: dict[str, int] = {}
        self._waiting: dict[str, asyncio.Future[m.Receipt]] = {}
        self._news = asyncio.Event()
        self._wake = asyncio.Event()
        self._nudge = asyncio.Event()

    # ---- what the owner asks ----

    def submit(self, room: str, lot: int, marks: dict[str, str]) -> str:
        """Keep a sheet durably and send it as soon as it can be; returns its id.

        Raises `Known` (lan.outbox_unwritable) when it could not be kept: then it was not sent either.
        """
        seat, event = self.pairing.seat, self.pairing.event
        sheet = m.Sheet(id=new_id(), event=event, seat=seat, room=room, lot=lot, marks=marks)
        self._outbox.add(sheet)
        self._wake.set()
        return sheet.id

    async def send(self, room: str, lot: int, marks: dict[str, str]) -> m.Receipt:
        """`submit` and wait for the receipt. Raises `Refusal` when the sheet can never be taken."""
        sheet = self.submit(room, lot, marks)
        future: asyncio.Future[m.Receipt] = asyncio.get_running_loop().create_future()
        self._waiting[sheet] = future
        try:
            return await future
        finally:
            self._waiting.pop(sheet, None)

    async def until(self, wanted: Callable[[m.View], bool]) -> m.View:
        """The first view that is as wanted, perhaps the one at hand."""
        while self.view is None or not wanted(self.view):
            self._news.clear()
            await self._news.wait()
        return self.view

    def pending(self) -> list[m.Sheet]:
        """Own sheets of this event that wait for their receipt."""
        return [s for s in self._outbox.pending() if self._is_mine(s)]

    def strangers(self) -> list[m.Sheet]:
        """Kept sheets of another seat or event, which are not sent: a person has to look at them."""
        return [s for s in self._outbox.pending() if not self._is_mine(s)]

    def server_mono(self) -> int:
        """The laptop's monotonic clock now, in ms: what `ClockView.since_mono` is measured on."""
        return self._offset.server(self._clock.mono_ms())

    def spent_ms(self, clock: m.ClockView) -> int:
        """How much of a stage is used up now."""
        return clock.spent_ms + (max(0, self.server_mono() - clock.since_mono) if clock.running else 0)

    async def call(self, on: bool = True) -> None:
        """Call the proctor, or take the call back. Nothing happens while there is no connection."""
        if self._ws is not None and self.link is Link.ONLINE:
            await self._post(m.Call(on=on))

    def retry(self) -> None:
        """Do not wait: try to connect now (the judge pressed «try again», the network is back)."""
        self._nudge.set()

    async def close(self) -> None:
        """Say goodbye and stop; sheets that are kept stay kept."""
        ws = self._ws
        self._set_link(Link.CLOSED)
        self._nudge.set()
        if ws is not None:
            try:
                await self._post(m.Bye())
                await ws.close()
            except (ConnectionError, aiohttp.ClientError):
                pass  # it was gone already

    # ---- the connection ----

    async def run(self) -> Link:
        """Stay connected until closed, released, replaced or refused; returns which."""
        own = self._http or http_session()
        waits = 0
        try:
            while self.link not in _FINAL:
                self._set_link(Link.CONNECTING)
                try:
                    was_online = await self._connection(own)
                    waits = 0 if was_online else waits + 1
                except (aiohttp.ClientError, OSError, TimeoutError) as fault:
                    log.debug("no connection: seat=%s fault=%s", self.pairing.seat, type(fault).__name__)
                    waits += 1
                if self.link not in _FINAL:
                    self._set_link(Link.OFFLINE)
                    await self._pause(self._pace.backoff(waits))
        finally:
            if self._http is None:
                await own.close()
        return self.link

    async def _pause(self, seconds: float) -> None:
        self._nudge.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._nudge.wait()
        except TimeoutError:
            pass

    async def _connection(self, http: aiohttp.ClientSession) -> bool:
        pin = KeyPin(bytes.fromhex(self.pairing.pin))
        async with asyncio.timeout(self._pace.connect_s):
            ws = await http.ws_connect(f"{self.url}/ws", ssl=pin, max_msg_size=1 << 20)
        self._ws = ws
        self._sent.clear()
        helpers: list[asyncio.Task[None]] = []
        try:
            await self._post(self._hello())
            helpers = [asyncio.create_task(self._ping()), asyncio.create_task(self._pump())]
            await self._listen(ws)
        finally:
            online, self._ws = self.link is not Link.CONNECTING, None
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            if not ws.closed:
                await ws.close()
        return online

    def _hello(self) -> m.Hello:
        return m.Hello(
            token=self.pairing.token,
            version=m.VERSION,
            language=language_in_force(),
            client=self._name[:64],
            pending=len(self.pending()),
        )

    async def _post(self, message: m.FromStation) -> None:
        if self._ws is not None:
            await self._ws.send_str(m.encode(message).decode())

    async def _listen(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        while self.link not in _FINAL:
            async with asyncio.timeout(self._pace.silence_s):
                raw = await ws.receive()
            if raw.type is not aiohttp.WSMsgType.TEXT:
                return
            try:
                self._take(m.read_from_server(raw.data))
            except msgspec.MsgspecError:
                log.warning("the laptop said what this version does not know: seat=%s", self.pairing.seat)
                self._set_link(Link.REFUSED)

    def _take(self, message: m.FromServer) -> None:
        match message:
            case m.Welcome():
                self._welcomed(message)
            case m.View():
                self.view = message
                self._news.set()
                self._events.on_view(message)
            case m.Receipt():
                self._received(message)
            case m.Refused():
                self._refused(message)
            case m.Pong():
                self.rtt = self._offset.add(message.t, message.mono, self._clock.mono_ms())
            case m.Called():
                self._events.on_called(message.on)
            case m.Released():
                self._set_link(Link.RELEASED)

    def _welcomed(self, welcome: m.Welcome) -> None:
        self.welcome = welcome
        self._offset.reset(welcome.mono, self._clock.mono_ms())
        self._events.on_welcome(welcome)
        self._set_link(Link.ONLINE)
        self._wake.set()

    def _received(self, receipt: m.Receipt) -> None:
        self._settle(receipt.id)
        self._events.on_receipt(receipt)
        future = self._waiting.get(receipt.id)
        if future is not None and not future.done():
            future.set_result(receipt)

    def _refused(self, refused: m.Refused) -> None:
        if refused.id is None:
            if refused.code in _ENDINGS:
                self._set_link(_ENDINGS[refused.code])
            return
        if not refused.final:
            return  # stays in the outbox; sent again when its time has run out
        sheet = next((s for s in self._outbox.pending() if s.id == refused.id), None)
        self._settle(refused.id)
        if sheet is not None:
            self._events.on_refused(sheet, refused)
        future = self._waiting.get(refused.id)
        if future is not None and not future.done():
            future.set_exception(Refusal(refused))

    def _settle(self, sheet_id: str) -> None:
        self._outbox.remove(sheet_id)
        self._sent.pop(sheet_id, None)
        self._wake.set()

    async def _pump(self) -> None:
        """Send what is kept: a few at a time, and again what stayed without an answer for too long."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self.link is not Link.ONLINE:
                continue
            now = self._clock.mono_ms()
            for sheet in self.pending():
                sent = self._sent.get(sheet.id)
                if sent is not None and now - sent < self._pace.resend_s * 1000:
                    continue
                if sent is None and len(self._sent) >= self._pace.window:
                    break
                self._sent[sheet.id] = now
                await self._post(sheet)

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._pace.ping_s)
            now = self._clock.mono_ms()
            await self._post(m.Ping(t=now, rtt=self.rtt, pending=len(self.pending())))
            self._wake.set()

    def _is_mine(self, sheet: m.Sheet) -> bool:
        return sheet.seat == self.pairing.seat and sheet.event == self.pairing.event

    def _set_link(self, link: Link) -> None:
        if link is not self.link and self.link not in _FINAL:
            self.link = link
            self._events.on_link(link)
