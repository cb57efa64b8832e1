"""One device's connection on the laptop's side, whatever place it holds: hello, pings, bounds, and the close."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Iterable
from concurrent.futures import Future
from typing import Any, NoReturn, Protocol

import msgspec
from aiohttp import WSMessage, WSMsgType, web
from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.base.i18n import DEFAULT, LANGUAGES, say
from venue_app.domain.commands import Command
from venue_app.domain.roles import Actor
from venue_app.lan import messages as m
from venue_app.lan.limits import Bucket, Limits
from venue_app.lan.pairing import device_id
from venue_app.lan.ports import Answer, VenuePort
from venue_app.lan.presence import Presence, Presences
from venue_app.lan.views import Viewer

log = logging.getLogger(__name__)

#: Refusals after which the same may succeed; so may all of journal.*: the disk is at fault, not what was sent.
_PASSING = frozenset(
    {
        "venue.program_closing",
        "lan.internal",
        "lan.closing",
        "lan.slow_down",
        "standby.superseded",
        "standby.superseded_at",
    }
)
_POLICY = 1008
_GONE = 1001
#: With so many bytes still unsent a device counts as slow, and nobody waits for it but its own task.
_UNSENT = 32 * 1024


class Shared(Protocol):
    """What a connection needs of the hub that all connections share."""

    port: VenuePort
    limits: Limits
    presences: Presences

    def arrived(self, session: Connection) -> None:
        """The connection has a place now."""

    def holds(self, session: Connection) -> bool:
        """Whether it still speaks for its place."""

    def left(self, session: Connection) -> None:
        """It is over."""

    def touch(self, seats: Iterable[str]) -> None:
        """Show these places what they may see soon."""

    def hosts(self) -> m.Hosts:
        """Which host this is and who would take over."""

    def challenged(self, proof: str) -> bool:
        """A device has met a later host and shows its proof; whether that holds."""

    def viewer(self) -> Viewer:
        """Makes views of the newest state."""

    def pace(self, device: str) -> Bucket:
        """How fast this device may speak, over all its connections."""

    def blame(self, address: str) -> None:
        """Somebody there was turned away before it was known who it is."""

    def decided(self, session: Connection, sub: str, future: Future[Any]) -> None:
        """What became of something a connection sent is known; from any thread."""


class Closing(Exception):
    """The connection ends here; the reason has been said."""


class Connection(ABC):
    """A device that is connected. Lives in the server's loop only. `seat` is the place its token stands for."""

    def __init__(
        self, hub: Shared, ws: web.WebSocketResponse, address: str, transport: asyncio.Transport
    ) -> None:
        self.hub = hub
        self.address = address
        self.seat = ""
        self.device = ""
        self.language = DEFAULT
        self._ws = ws
        self._transport = transport
        transport.set_write_buffer_limits(high=2 * _UNSENT)
        self._heard = asyncio.get_running_loop().time()
        self._slow_since: float | None = None
        self._strikes = 0
        self._works: set[asyncio.Task[None]] = set()
        self._flying = asyncio.Semaphore(hub.limits.in_flight)
        self._bucket = Bucket(hub.limits.rate, hub.limits.burst, asyncio.get_running_loop().time())

    @abstractmethod
    def read(self, frame: str | bytes) -> Any:
        """A frame as a message of this door's protocol; `msgspec.MsgspecError` when it is none."""

    @abstractmethod
    def admits(self, seat: str) -> bool:
        """Whether this door is for that place."""

    @abstractmethod
    async def welcome(self, hello: m.Hello) -> None:
        """The place is known: say what it is."""

    @abstractmethod
    async def serve(self, message: Any) -> None:
        """Anything but hello, ping and bye."""

    async def run(self) -> None:
        """Serve until either side closes."""
        try:
            await self._greet()
            while True:
                await self._serve(await self._next())
        except Closing:
            pass
        except TimeoutError:
            log.info("no hello: address=%s", self.address)
        finally:
            if not self.seat:
                self.hub.blame(self.address)
            self.hub.left(self)
            for work in self._works:
                work.cancel()
            await self._shut(_GONE)

    # ---- reading ----

    async def _next(self) -> Any:
        loop = asyncio.get_running_loop()
        while True:
            raw: WSMessage = await self._ws.receive()
            if raw.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                raise Closing  # closed by the other side, or by aiohttp for a frame beyond the limit
            self._heard = loop.time()
            delay = self._bucket.delay(self._heard)
            if delay > 0:
                await asyncio.sleep(delay)  # not reading on slows the sender; nothing is lost
            try:
                if raw.type is not WSMsgType.TEXT:
                    raise msgspec.ValidationError("frames are text")
                return self.read(raw.data)
            except (msgspec.MsgspecError, RecursionError, UnicodeError) as fault:
                await self._malformed(fault)

    async def _malformed(self, fault: Exception) -> None:
        self._strikes += 1
        self._charge(self.hub.limits.malformed)
        log.warning(
            "malformed frame: seat=%s address=%s fault=%s",
            self.seat or "-",
            self.address,
            type(fault).__name__,
        )
        await self.send(self.refusal(Known("lan.malformed")))
        if self._strikes >= self.hub.limits.strikes:
            await self._shut(_POLICY)
            raise Closing

    def _charge(self, cost: float) -> float:
        """Let the device's next message wait for what it did; how long, in seconds."""
        return self._bucket.delay(asyncio.get_running_loop().time(), cost)

    async def _greet(self) -> None:
        async with asyncio.timeout(self.hub.limits.hello_s):
            hello = await self._next()
        if not isinstance(hello, m.Hello):
            await self._refuse(Known("lan.hello_first"))
        self.language = hello.language if hello.language in LANGUAGES else DEFAULT
        if hello.version != m.VERSION:
            await self._refuse(Known("lan.version", theirs=hello.version, ours=m.VERSION))
        device = device_id(hello.token)
        state = self.hub.port.state
        if self.hub.challenged(hello.proof):
            await self._refuse(Known("standby.superseded"))
        seat = next((s.seat for s in state.stations.values() if s.device == device), None)
        if seat is None or not self.admits(seat):
            log.info("unknown station: address=%s", self.address)
            await self._refuse(Known("lan.unknown_station", event=state.event.event))
        self._bucket = self.hub.pace(device)
        if self._charge(1.0) > self.hub.limits.hello_s:  # it sent much that had to be refused, and came back
            await self._refuse(Known("lan.slow_down"))
        self.seat, self.device = seat, device
        self._note(hello)
        self.hub.arrived(self)
        if hello.epoch != state.epoch or state.epoch > 1 or state.standby is not None:
            await self.send(self.hub.hosts())
        await self.welcome(hello)
        self.hub.touch({seat})

    def _note(self, hello: m.Hello) -> None:
        self.hub.presences.put(
            replace(
                self.presence(),
                connected=True,
                address=self.address,
                client=hello.client,
                heard=self.hub.port.clock.mono_ms(),
                pending=hello.pending,
            )
        )

    def presence(self) -> Presence:
        """This place's row on the health page."""
        station = self.hub.port.state.stations.get(self.seat)
        fresh = Presence(seat=self.seat, device_name=station.device_name if station else "")
        return self.hub.presences.get(self.seat) or fresh

    def note(self, **changes: Any) -> None:
        """It was heard of just now, and what is new about it."""
        if self.hub.holds(self):
            now = self.hub.port.clock.mono_ms()
            self.hub.presences.put(replace(self.presence(), heard=now, **changes))

    def look_after(self, now: float) -> None:
        """Let a device go that has been silent, or has taken nothing, for too long. Called now and then."""
        limits = self.hub.limits
        if not self.slow:
            self._slow_since = None
        elif self._slow_since is None:
            self._slow_since = now
        elif now - self._slow_since > limits.send_s:
            log.info("station takes nothing: seat=%s address=%s", self.seat, self.address)
            self._transport.abort()
            return
        if now - self._heard > limits.silence_s:
            log.info("station silent: seat=%s address=%s", self.seat, self.address)
            self._heard = now
            self.background(self._shut(_GONE))

    async def _serve(self, message: Any) -> None:
        match message:
            case m.Ping():
                clock = self.hub.port.clock
                wall = clock.wall_ms()
                await self.send(m.Pong(t=message.t, mono=clock.mono_ms(), wall=wall))
                self.note(
                    rtt=message.rtt,
                    pending=message.pending,
                    battery=message.battery,
                    error=message.error,
                    ahead=None if message.wall is None else message.wall - wall + (message.rtt or 0) // 2,
                )
            case m.Bye():
                raise Closing
            case m.Hello():
                await self._malformed(msgspec.ValidationError("a second hello"))
            case _:
                await self.serve(message)

    # ---- answers that take their time ----

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` for this connection without waiting for it; it ends with the connection."""
        task = asyncio.get_running_loop().create_task(work)
        self._works.add(task)
        task.add_done_callback(self._works.discard)

    async def ask(self, command: Command, actor: Actor, sub: str) -> None:
        """Ask the owner of state; `decided` hears what became of it. Only so many at once; nobody else waits."""
        await self._flying.acquire()
        future = self.hub.port.submit(command, actor, sub=sub)
        future.add_done_callback(lambda done: self.hub.decided(self, sub, done))

    async def decided(self, sub: str, future: Future[Any]) -> None:
        """The owner of state has decided on what was asked as `sub`."""
        self._flying.release()
        self.push(m.encode(self.said(sub, future)))

    def said(self, sub: str, future: Future[Any]) -> Any:
        """The answer to the device: what `future` holds, in the words of this door's protocol."""
        try:
            return self.done(sub, future.result())
        except Known as known:
            return self.refusal(known, sub)
        except Exception:
            log.exception("what was sent could not be taken: seat=%s", self.seat)
            return self.refusal(Known("lan.internal"), sub)

    @abstractmethod
    def done(self, sub: str, answer: Answer) -> Any:
        """The message that says it is done; raises `Known` when it is not."""

    # ---- writing ----

    def refusal(self, known: Known, answers: str | None = None) -> m.Refused:
        """Why not, in the device's language; `answers` is the id of what it sent, which then costs it its pace."""
        if answers is not None and not _passing(known):
            self._charge(self.hub.limits.refused)
        return m.Refused(
            code=known.code,
            params={name: str(value) for name, value in known.params.items()},
            text=say(known, self.language),
            id=answers,
            final=not _passing(known),
        )

    async def _refuse(self, known: Known) -> NoReturn:
        await self.send(self.refusal(known))
        await self._shut(_POLICY)
        raise Closing

    @property
    def slow(self) -> bool:
        """Whether much of what was sent has not been taken yet."""
        # asked of a connection that was closed twice, asyncio's TLS transport does not answer but fail
        return not self._transport.is_closing() and self._transport.get_write_buffer_size() > _UNSENT

    async def send(self, message: Any) -> None:
        """Send; waits only for a slow device, which is let go in time (`look_after`)."""
        await self.send_frame(m.encode(message))

    async def send_frame(self, frame: bytes) -> None:
        """`send` what is written down already."""
        try:
            await self._ws.send_frame(frame, WSMsgType.TEXT)
        except (ConnectionError, RuntimeError) as gone:
            raise Closing from gone

    def push(self, *frames: bytes) -> None:
        """Send without waiting for a slow device, from a task that serves others too; several as one write."""
        if self.slow or sum(map(len, frames)) > _UNSENT:
            self.background(self._say_frames(frames))
        elif self._ws.closed or self._transport.is_closing():
            self.background(self.leave())
        else:
            self._transport.write(b"".join(map(text_frame, frames)))

    async def say(self, message: Any) -> None:
        """Send from outside the connection's own task; a device that is gone is let go."""
        await self._say_frames((m.encode(message),))

    async def _say_frames(self, frames: Iterable[bytes]) -> None:
        try:
            for frame in frames:
                await self.send_frame(frame)
        except Closing:
            await self.leave()

    async def dismiss(self, why: Known) -> None:
        """Say why this connection has to end, and end it."""
        await self.end(self.refusal(why))

    async def end(self, last: Any) -> None:
        """Say one last thing and close."""
        await self.say(last)
        await self._shut(_POLICY)

    async def leave(self) -> None:
        """Close without a word: nobody listens any more."""
        await self._shut(_GONE)

    async def _shut(self, code: int) -> None:
        if not self._ws.closed:
            await self._ws.close(code=code)


def text_frame(message: bytes) -> bytes:
    """A whole WebSocket text message from a server, as RFC 6455 writes it: final, not masked."""
    size = len(message)
    if size < 126:
        return bytes((0x81, size)) + message
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + message
    return b"\x81\x7f" + size.to_bytes(8, "big") + message


def _passing(known: Known) -> bool:
    """Whether the same may succeed later: the disk, the program, not what was sent, is at fault."""
    return known.code.startswith("journal.") or known.code in _PASSING
