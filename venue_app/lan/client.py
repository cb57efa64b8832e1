"""A station's side of the connection: keeps sheets, sends them until they are received, comes back by itself.

The same library serves the Qt station, the robots of the rehearsal and the load
tests. It knows nothing of windows; use it in one asyncio loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

from venue_app import __version__
from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.i18n import language as language_in_force
from venue_app.base.ids import new_id
from venue_app.domain.signing import DeviceKey
from venue_app.lan import messages as m
from venue_app.lan.battery import charge
from venue_app.lan.carried import pack
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import http_session, join
from venue_app.lan.line import Line, Link
from venue_app.lan.outbox import MemoryOutbox, Outbox
from venue_app.lan.pace import Pace

__all__ = ["Link", "Refusal", "StationClient", "StationEvents", "http_session", "join"]


_LOOK_S = 60.0
#: So many acknowledged sheets are asked for in one message: it stays under the longest frame.
_KEPT_AT_ONCE = 400


class StationEvents:
    """What a station's owner may want to hear, in the client's loop. Override what you need."""

    def on_link(self, link: Link) -> None:
        """The connection changed."""

    def on_moved(self, pairing: Pairing) -> None:
        """Where the laptop and its standby are has changed: keep the pairing."""

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

    def on_recusal(self, recusal: m.Recusal) -> None:
        """The request to be excused stands, or was looked at; the view says when it was granted."""


class Refusal(Known):
    """A sheet was refused: `refused` is the laptop's answer with its sentence."""

    def __init__(self, refused: m.Refused) -> None:
        super().__init__(refused.code, **refused.params)
        self.refused = refused


class StationClient(Line):
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
        super().__init__(pairing, http, clock, pace)
        self.welcome: m.Welcome | None = None
        self.view: m.View | None = None
        self._outbox: Outbox = outbox if outbox is not None else MemoryOutbox()
        self._events = events or StationEvents()
        self._name = name
        self._battery: int | None = None
        self._recusal: m.Recuse | None = None
        self._recusal_said: m.Welcome | None = None
        self._key = DeviceKey.read(pairing.key) if pairing.key else None
        self._sent: dict[str, int] = {}
        self._lacking: set[str] = set()
        self._asking: list[str] = []
        self._asked: tuple[str, ...] = ()
        self._waiting: dict[str, asyncio.Future[m.Receipt]] = {}
        self._news = asyncio.Event()
        self._wake = asyncio.Event()

    # ---- what the owner asks ----

    def submit(self, room: str, lot: int, marks: dict[str, str]) -> str:
        """Keep a sheet durably and send it as soon as it can be; returns its id.

        Raises `Known` (lan.outbox_unwritable) when it could not be kept: then it was not sent either.
        """
        seat, event = self.pairing.seat, self.pairing.event
        sheet = m.Sheet(id=new_id(), event=event, seat=seat, room=room, lot=lot, marks=marks)
        if self._key is not None:
            sheet = m.signed(sheet, self._key)
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

    def spent_ms(self, clock: m.ClockView) -> int:
        """How much of a stage is used up now."""
        return clock.spent_ms + (max(0, self.server_mono() - clock.since_mono) if clock.running else 0)

    async def call(self, on: bool = True) -> None:
        """Call the proctor, or take the call back. Nothing happens while there is no connection."""
        if self._ws is not None and self.link is Link.ONLINE:
            await self.post(m.Call(on=on))

    def recuse(self, room: str, lot: int, reason: str = "", on: bool = True) -> None:
        """Ask the proctor to be excused from a lot (回避), or take that back. Said again after a reconnection."""
        self._recusal = m.Recuse(room=room, lot=lot, reason=reason.strip()[:200], on=on)
        self._recusal_said = None
        self._wake.set()

    def carry(self) -> bytes:
        """All kept sheets as a file to bring to the laptop by hand (`carried`); own ones and others', nothing settled."""
        return pack(self._outbox.pending())

    # ---- the connection ----

    def work(self) -> list[Coroutine[Any, Any, None]]:
        """Sheets are sent."""
        self._sent.clear()
        self._asked = ()
        return [self._pump(), self._watch_battery()]

    def hello(self) -> m.Hello:
        """Who this is, and how much it keeps."""
        return m.Hello(
            token=self.pairing.token,
            version=m.VERSION,
            language=language_in_force(),
            client=self._name[:64],
            pending=len(self.pending()) + len(self._lacking),
            epoch=self.pairing.epoch,
            proof=self.pairing.proof,
        )

    def ping(self, now: int) -> m.Ping:
        """Still here; what stayed without an answer is looked at again."""
        self._wake.set()
        return m.Ping(
            t=now,
            rtt=self.rtt,
            pending=len(self.pending()) + len(self._lacking),
            wall=self._clock.wall_ms(),
            battery=self._battery,
            error=self._offset.error,
        )

    def linked(self, link: Link) -> None:
        """Tell the owner."""
        self._events.on_link(link)

    def moved(self, pairing: Pairing) -> None:
        """Tell the owner."""
        self._events.on_moved(pairing)

    def heard(self, frame: str) -> None:
        """What the laptop said."""
        self._take(m.read_from_server(frame))

    def _take(self, message: m.FromServer) -> None:
        match message:
            case m.Welcome():
                self._welcomed(message)
            case m.Missing():
                self._missing(message)
            case m.View():
                self.view = message
                self._take_down(message)
                self._news.set()
                self._events.on_view(message)
            case m.Receipt():
                self._received(message)
            case m.Refused():
                self._refused(message)
            case m.Pong():
                self.measured(message)
            case m.Called():
                self._events.on_called(message.on)
            case m.Recusal():
                if not message.on:
                    self._recusal = None
                self._events.on_recusal(message)
            case m.Released():
                self.set_link(Link.RELEASED)
            case m.Hosts():
                self.told_hosts(message)

    def _welcomed(self, welcome: m.Welcome) -> None:
        self.welcome = welcome
        self.met(welcome.mono)
        self._events.on_welcome(welcome)
        self.set_link(Link.ONLINE)
        self._asking = self._of_earlier()
        self._wake.set()

    def _of_earlier(self) -> list[str]:
        """Sheets that an earlier host acknowledged."""
        epoch = self.pairing.epoch
        return [k.sheet.id for k in self._outbox.shelf() if k.epoch < epoch and self._is_mine(k.sheet)]

    def _missing(self, missing: m.Missing) -> None:
        """What the host has is its own affair from now on; what it lacks waits for its lot."""
        asked, self._asked = self._asked, ()
        self._lacking.update(set(missing.ids) & set(asked))
        for sheet in set(asked) - set(missing.ids):
            self._outbox.shelve(sheet, self.pairing.epoch)
        self._wake.set()

    def _take_down(self, view: m.View) -> None:
        """A lot can be marked of which an earlier host had the sheet: it is sent again as it was."""
        if view.closed:
            self._outbox.clear_shelf()
            self._lacking.clear()
        if not self._lacking:
            return
        tasks = {(task.room, task.lot) for task in view.tasks}
        for kept in self._outbox.shelf():
            if kept.sheet.id in self._lacking and (kept.sheet.room, kept.sheet.lot) in tasks:
                self._lacking.discard(kept.sheet.id)
                self._outbox.take_down(kept.sheet.id)
                self._wake.set()

    def _received(self, receipt: m.Receipt) -> None:
        if self.pairing.standby or self.pairing.epoch > 1:
            self._outbox.shelve(receipt.id, self.pairing.epoch)
        self._settle(receipt.id)
        self._events.on_receipt(receipt)
        future = self._waiting.get(receipt.id)
        if future is not None and not future.done():
            future.set_result(receipt)

    def _refused(self, refused: m.Refused) -> None:
        if refused.id is None:
            self.turned_away(refused)
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

    async def _watch_battery(self) -> None:
        while True:
            self._battery = await asyncio.to_thread(charge)
            await asyncio.sleep(_LOOK_S)

    async def _pump(self) -> None:
        """Send what is kept: a few at a time, and again what stayed without an answer for too long."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self.link is not Link.ONLINE:
                continue
            now = self._clock.mono_ms()
            if self._recusal is not None and self._recusal_said is not self.welcome:
                self._recusal_said = self.welcome
                await self.post(self._recusal)
            if self._asking and not self._asked:
                some, self._asking = self._asking[:_KEPT_AT_ONCE], self._asking[_KEPT_AT_ONCE:]
                self._asked = tuple(some)
                await self.post(m.Kept(ids=self._asked))
            for sheet in self.pending():
                sent = self._sent.get(sheet.id)
                if sent is not None and now - sent < self._pace.resend_s * 1000:
                    continue
                if sent is None and len(self._sent) >= self._pace.window:
                    break
                self._sent[sheet.id] = now
                await self.post(sheet)

    def _is_mine(self, sheet: m.Sheet) -> bool:
        return sheet.seat == self.pairing.seat and sheet.event == self.pairing.event
