"""One station's connection on the laptop's side, from hello to the close."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any, NoReturn, Protocol

import msgspec
from aiohttp import WSMessage, WSMsgType, web

from venue_app.base.errors import Known
from venue_app.base.i18n import DEFAULT, LANGUAGES, say
from venue_app.domain.commands import SubmitSheet
from venue_app.domain.roles import Actor, Role
from venue_app.lan import messages as m
from venue_app.lan import views
from venue_app.lan.limits import Bucket, Limits
from venue_app.lan.pairing import device_id
from venue_app.lan.ports import VenuePort
from venue_app.lan.presence import Presence, Presences
from venue_app.state.room import group_of

log = logging.getLogger(__name__)

#: Refusals after which the same may succeed; so may all of journal.*: the disk is at fault, not the sheet.
_PASSING = frozenset({"venue.program_closing", "lan.internal", "lan.closing"})
_POLICY = 1008
_GONE = 1001


class Shared(Protocol):
    """What a connection needs of the hub that all connections share."""

    port: VenuePort
    limits: Limits
    presences: Presences

    def arrived(self, session: Session) -> None:
        """The session has a seat now."""

    def holds(self, session: Session) -> bool:
        """Whether it still speaks for its seat."""

    def left(self, session: Session) -> None:
        """It is over."""

    def touch(self, seats: Iterable[str]) -> None:
        """Show these seats their views soon."""


class Closing(Exception):
    """The connection ends here; the reason has been said."""


class Session:
    """A station that is connected. Lives in the server's loop only."""

    def __init__(self, hub: Shared, ws: web.WebSocketResponse, address: str) -> None:
        self.hub = hub
        self.address = address
        self.seat = ""
        self.device = ""
        self.language = DEFAULT
        self._ws = ws
        self._view = b""
        self._strikes = 0
        self._answers: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(hub.limits.in_flight)
        self._bucket = Bucket(hub.limits.rate, hub.limits.burst, asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Serve until either side closes."""
        try:
            await self._greet()
            while True:
                await self._serve(await self._next(self.hub.limits.silence_s))
        except Closing:
            pass
        except TimeoutError:
            log.info("station silent: seat=%s address=%s", self.seat or "-", self.address)
        finally:
            self.hub.left(self)
            for answer in self._answers:
                answer.cancel()
            await self._shut(_GONE)

    # ---- reading ----

    async def _next(self, patience: float) -> m.FromStation:
        while True:
            async with asyncio.timeout(patience):
                raw: WSMessage = await self._ws.receive()
            if raw.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                raise Closing  # closed by the other side, or by aiohttp for a frame beyond the limit
            delay = self._bucket.delay(asyncio.get_running_loop().time())
            if delay > 0:
                await asyncio.sleep(delay)  # not reading on slows the sender; nothing is lost
            try:
                if raw.type is not WSMsgType.TEXT:
                    raise msgspec.ValidationError("frames are text")
                return m.read_from_station(raw.data)
            except (msgspec.MsgspecError, RecursionError, UnicodeError) as fault:
                await self._malformed(fault)

    async def _malformed(self, fault: Exception) -> None:
        self._strikes += 1
        log.warning(
            "malformed frame: seat=%s address=%s fault=%s",
            self.seat or "-",
            self.address,
            type(fault).__name__,
        )
        await self.send(self._refusal(Known("lan.malformed")))
        if self._strikes >= self.hub.limits.strikes:
            await self._shut(_POLICY)
            raise Closing

    async def _greet(self) -> None:
        hello = await self._next(self.hub.limits.hello_s)
        if not isinstance(hello, m.Hello):
            await self._refuse(Known("lan.hello_first"))
        self.language = hello.language if hello.language in LANGUAGES else DEFAULT
        if hello.version != m.VERSION:
            await self._refuse(Known("lan.version", theirs=hello.version, ours=m.VERSION))
        device = device_id(hello.token)
        state = self.hub.port.state
        seat = next((s.seat for s in state.stations.values() if s.device == device), None)
        if seat is None or seat not in state.seats:
            log.info("unknown station: address=%s", self.address)
            await self._refuse(Known("lan.unknown_station"))
        self.seat, self.device = seat, device
        self._note(hello)
        self.hub.arrived(self)
        await self.send(views.welcome(state, seat, self.hub.port.clock))
        await self.send(m.Called(on=self.presence().called is not None))
        self.hub.touch({seat})

    def _note(self, hello: m.Hello) -> None:
        before = self.presence()
        self.hub.presences.put(
            replace(
                before,
                connected=True,
                address=self.address,
                client=hello.client,
                heard=self.hub.port.clock.mono_ms(),
                pending=hello.pending,
            )
        )

    def presence(self) -> Presence:
        """This seat's row on the health page."""
        station = self.hub.port.state.stations.get(self.seat)
        fresh = Presence(seat=self.seat, device_name=station.device_name if station else "")
        return self.hub.presences.get(self.seat) or fresh

    async def _serve(self, message: m.FromStation) -> None:
        now = self.hub.port.clock.mono_ms()
        heard = replace(self.presence(), heard=now)
        match message:
            case m.Sheet():
                await self._room.acquire()
                self.background(self._answer(message))
            case m.Ping():
                heard = replace(heard, rtt=message.rtt, pending=message.pending)
                await self.send(m.Pong(t=message.t, mono=now, wall=self.hub.port.clock.wall_ms()))
            case m.Call():
                heard = replace(heard, called=(heard.called or now) if message.on else None)
                await self.send(m.Called(on=message.on))
            case m.Bye():
                raise Closing
            case m.Hello():
                await self._malformed(msgspec.ValidationError("a second hello"))
        if self.hub.holds(self):
            self.hub.presences.put(heard)

    # ---- sheets ----

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` for this connection without waiting for it; it ends with the connection."""
        task = asyncio.get_running_loop().create_task(work)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, sheet: m.Sheet) -> None:
        try:
            await self.send(await self._submitted(sheet))
        except Closing:
            pass
        finally:
            self._room.release()

    async def _submitted(self, sheet: m.Sheet) -> m.Receipt | m.Refused:
        state = self.hub.port.state
        if sheet.event != state.event.event:
            return self._refusal(Known("lan.other_event"), sheet.id)
        if sheet.seat != self.seat:
            return self._refusal(Known("lan.other_seat"), sheet.id)
        command = SubmitSheet(room=sheet.room, lot=sheet.lot, seat=sheet.seat, marks=sheet.marks)
        try:
            future = self.hub.port.submit(command, self._actor(), sub=sheet.id)
            answer = await asyncio.wrap_future(future)
        except Known as known:
            return self._refusal(known, sheet.id)
        except Exception:
            log.exception("a sheet could not be taken: seat=%s", self.seat)
            return self._refusal(Known("lan.internal"), sheet.id)
        if answer.sheet is None:
            return self._refusal(Known("lan.internal"), sheet.id)
        return views.receipt(sheet.id, answer.sheet, answer.records[0].at)

    def _actor(self) -> Actor:
        """Who speaks: the seat its token stands for, never what the message says."""
        state = self.hub.port.state
        seat = state.seats[self.seat]
        role = Role.OBSERVER if group_of(state, self.seat).scope == "event" else Role.JUDGE
        return Actor(role=role, name=seat.name, seat=seat.id, room=seat.room, device=self.device)

    # ---- writing ----

    def _refusal(self, known: Known, sheet: str | None = None) -> m.Refused:
        return m.Refused(
            code=known.code,
            params={name: str(value) for name, value in known.params.items()},
            text=say(known, self.language),
            id=sheet,
            final=not _passing(known),
        )

    async def _refuse(self, known: Known) -> NoReturn:
        await self.send(self._refusal(known))
        await self._shut(_POLICY)
        raise Closing

    async def send(self, message: m.FromServer) -> None:
        """Send, or end the connection when the device does not take it in time."""
        try:
            async with asyncio.timeout(self.hub.limits.send_s):
                await self._ws.send_frame(m.encode(message), WSMsgType.TEXT)
        except (TimeoutError, ConnectionError, RuntimeError) as gone:
            raise Closing from gone

    async def show(self, view: m.View) -> None:
        """Send a view, unless it is what the station already has."""
        same = m.encode(msgspec.structs.replace(view, size=0))
        if same != self._view:
            self._view = same
            await self.say(view)

    async def rewelcome(self) -> None:
        """The roster changed: say again whose seat it is."""
        await self.say(views.welcome(self.hub.port.state, self.seat, self.hub.port.clock))

    async def say(self, message: m.FromServer) -> None:
        """Send from outside the connection's own task; a device that is gone is let go."""
        try:
            await self.send(message)
        except Closing:
            await self._shut(_GONE)

    async def dismiss(self, why: Known) -> None:
        """Say why this connection has to end, and end it."""
        await self.end(self._refusal(why))

    async def end(self, last: m.FromServer) -> None:
        """Say one last thing and close."""
        await self.say(last)
        await self._shut(_POLICY)

    async def _shut(self, code: int) -> None:
        if not self._ws.closed:
            await self._ws.close(code=code)


def _passing(known: Known) -> bool:
    """Whether the same sheet may succeed later: the disk, the program, not the sheet, is at fault."""
    return known.code.startswith("journal.") or known.code in _PASSING
