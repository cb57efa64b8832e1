"""The laptop's LAN server: TLS only, one loop, every station's connection."""

from __future__ import annotations

import asyncio
import errno
import os
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress

from aiohttp import web

from venue_app.base.errors import Known
from venue_app.lan.ballot_routes import BallotRoutes, PollPort
from venue_app.lan.discovery import Announcement
from venue_app.lan.gate import Gate
from venue_app.lan.hall_view import Choice, Steered
from venue_app.lan.hosting import Hosting
from venue_app.lan.http import Routes
from venue_app.lan.hub import Hub
from venue_app.lan.limits import GuessLimits, Limits
from venue_app.lan.link import DEFAULT_PORT
from venue_app.lan.lockstep import StandbyStatus
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.ports import VenuePort
from venue_app.lan.presence import Presence
from venue_app.lan.tls import small_buffers
from venue_app.lan.wishes import Approval, Wish
from venue_app.state.places import place_of

#: How often whoever waits for the standby looks whether the server still runs, in seconds.
_LOOK_S = 1.0


class LanServer:
    """Serves an event to its stations.

        keys = load_or_create(); me = keys.tls(addresses())
        server = LanServer(venue, server_context(me.chain, me.key))
        await server.start()                      # or LoopThread("lan").run(server.start())
        code = server.issue_code("seat-id")       # JoiningCode; .shown is K7F-2Q9
        server.presence()                         # {seat: Presence}, from any thread
        await server.stop()

    `start`, `stop` belong in one loop; everything else may be called from any thread.
    """

    def __init__(
        self,
        port: VenuePort,
        tls: ssl.SSLContext,
        *,
        limits: Limits | None = None,
        guesses: GuessLimits | None = None,
        names: Iterable[str] = ("localhost",),
        approval: Approval = "never",
        key: bytes = b"",
        announced: Sequence[str] = (),
        polls: PollPort | None = None,
        hosting: Hosting | None = None,
    ) -> None:
        """`key` is the SHA-256 of the public key in `tls`, for proving it; `announced` are addresses told by mDNS.
        Voters are let in where there are `polls`; a standby is named and a later host believed by `hosting`."""
        small_buffers()
        self._venue = port
        self._tls = tls
        self._hub = Hub(port, limits or Limits(), guesses or GuessLimits(), approval, hosting, polls)
        hub = self._hub
        ballots = (
            None if polls is None else BallotRoutes(port, polls, lambda: hub.superseded, hub.papers_safe)
        )
        self._routes = Routes(self._hub, frozenset(name.lower() for name in names), key, ballots)
        self._announced = tuple(announced)
        self._announcement: Announcement
        self._announcing: asyncio.Task[None]
        self._runner: web.AppRunner | None = None
        self._gate: Gate | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.port = 0
        """The TCP port it listens on, once started."""

    async def start(self, host: str = "0.0.0.0", port: int = DEFAULT_PORT) -> int:
        """Listen; `port` 0 takes any free one. Returns the port. Raises `Known` (lan.port_taken)."""
        loop = self._loop = asyncio.get_running_loop()
        limits = self._hub.limits
        runner = web.AppRunner(
            self._routes.application(), access_log=None, keepalive_timeout=limits.idle_s, shutdown_timeout=1.0
        )
        await runner.setup()
        server = runner.server
        assert server is not None
        await self._hub.open()
        gate = Gate(self._tls, limits, server, lambda: len(server.connections))
        try:
            self.port = await gate.open(host, port)
        except OSError as error:
            await self._hub.close()
            await runner.cleanup()
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise Known("lan.port_taken", port=port) from error
            raise Known("lan.no_network", host=host, reason=os.strerror(error.errno or 0)) from error
        self._runner, self._gate = runner, gate
        self._hub.gate = gate
        self._announcement = Announcement(self._venue.state.event.title, self.port, self._announced)
        self._announcing = loop.create_task(self._announcement.start())
        return self.port

    async def stop(self) -> None:
        """Tell every station, close every connection. Codes are worthless then, but for those on printed cards."""
        if self._runner is None or self._gate is None:
            return
        self._gate.close()
        self._announcing.cancel()
        await asyncio.gather(self._announcing, return_exceptions=True)
        await self._announcement.stop()
        await self._hub.close()
        await self._runner.cleanup()
        self._runner = self._gate = None

    # ---- from any thread ----

    def issue_code(self, seat: str, life_ms: int | None = None) -> JoiningCode:
        """A joining code for a seat or another place; `Known` (venue.unknown_seat) when there is no such seat."""
        state = self._venue.state
        if seat not in state.seats and place_of(state, seat) is None:
            raise Known("venue.unknown_seat", seat=seat)
        return self._hub.door.desk.issue(seat, life_ms)

    def issue_codes(self, life_ms: int | None = None) -> list[JoiningCode]:
        """A code for every seat that no device holds yet: for the seat cards, or for the rehearsal."""
        state = self._venue.state
        return self._hub.door.desk.issue_all([s for s in state.seats if s not in state.stations], life_ms)

    def issue_cards(self) -> list[JoiningCode]:
        """Codes to print on seat cards: for every seat no device holds; good for days and after a restart."""
        state = self._venue.state
        free = [s for s in state.seats if s not in state.stations]
        return self._hub.door.desk.issue_all(free, printed=True)

    def cards(self) -> dict[str, int]:
        """Seats whose printed card is still good, with the monotonic ms until which it is."""
        return self._hub.door.desk.cards()

    def codes(self) -> list[JoiningCode]:
        """Codes issued and still good."""
        return self._hub.door.desk.waiting()

    def pardon(self) -> None:
        """Listen to joining codes again after too many wrong ones."""
        self._hub.door.desk.pardon()

    # ---- who is let in ----

    @property
    def approval(self) -> Approval:
        """When the proctor is asked before a device gets its seat."""
        return self._hub.door.approval

    @approval.setter
    def approval(self, when: Approval) -> None:
        self._hub.door.approval = when

    def wishes(self) -> tuple[Wish, ...]:
        """Devices that brought a right code and wait for the proctor, the longest first."""
        return self._hub.door.wishes.waiting(self._venue.state)

    def on_wishes(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that `wishes` changed, in the server's thread; returns how to stop."""
        return self._hub.door.wishes.listen(listener)

    def decide(self, wish: str, granted: bool) -> None:
        """Let a device in, or not. Whoever holds the seat loses it to the one let in, and is told."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hub.door.decide, wish, granted)

    def standby(self) -> StandbyStatus:
        """How the standby laptop is."""
        return self._hub.lockstep.status

    def until_safe(self) -> None:
        """Wait until the standby has all that is here by now, where one is in step; as long as its patience, at most.

        A server that is stopped meanwhile waits for nobody. Not to be called in the server's own loop.
        """
        loop = self._loop
        if self._runner is None or loop is None:
            return
        work = self._hub.all_safe()
        try:
            waited = asyncio.run_coroutine_threadsafe(work, loop)
        except RuntimeError:  # closed since
            work.close()
            return
        while self._runner is not None and not waited.done():
            with suppress(TimeoutError, CancelledError):
                waited.result(_LOOK_S)

    def dismiss_all(self) -> None:
        """Another laptop is the host now: say so to every device and let it go there."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hub.dismiss_all)

    def presence(self) -> dict[str, Presence]:
        """Every joined seat and how its device is."""
        return self._hub.presences.snapshot(self._venue.state)

    def on_presence(self, listener: Callable[[Presence], None]) -> Callable[[], None]:
        """Hear who comes, goes, calls, or holds unsent sheets, in the server's thread; returns how to stop."""
        return self._hub.presences.listen(listener)

    def steer_hall(self, choice: Choice, room: str = "") -> None:
        """What the big screens in browsers show: auto follows the event; `room` '' is all of them."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hub.steer, Steered(choice, room))

    def answer_recusal(self, seat: str) -> None:
        """The judge's request to be excused was looked at; to grant it, `ExcuseSeat` is enough."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hub.answer_recusal, seat)

    def answer_call(self, seat: str) -> None:
        """The proctor went to the judge who called."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hub.answer_call, seat)
