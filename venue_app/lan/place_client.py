"""The far side of a place that is no seat: follows the journal, sends commands, comes back by itself.

Knows nothing of windows or of what the journal means; use it in one asyncio loop. What follows from
the entries is `venue_app.host.remote`.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from venue_app import __version__
from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.i18n import language as language_in_force
from venue_app.base.ids import new_id
from venue_app.domain.commands import Command
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan.hold import Pairing
from venue_app.lan.line import ENDINGS, FINAL, Line, Link
from venue_app.lan.messages import Message
from venue_app.lan.pace import Pace

#: A command under way when the line broke is sent again for so long, in ms; later nobody expects it to happen.
RESEND_MS = 15_000


class PlaceEvents:
    """What the owner may want to hear, in the client's loop. Override what you need."""

    def on_link(self, link: Link) -> None:
        """The connection changed."""

    def on_moved(self, pairing: Pairing) -> None:
        """Where the laptop and its standby are has changed: keep the pairing."""

    def on_placed(self, placed: r.Placed) -> None:
        """What place this is; again after every reconnection."""

    def on_entries(self, entries: r.Entries) -> None:
        """More of the journal. Raise `Known` when it does not fit: the line ends with that fault."""

    def on_devices(self, devices: r.Devices) -> None:
        """The devices of the room."""

    def on_hall(self, hall: r.HallNow) -> None:
        """What the hall may see."""

    def on_head(self, head: r.Head) -> None:
        """How long the journal is."""

    def on_due(self, due: r.DueNow) -> None:
        """What waits for a signature."""

    def on_clock(self, mono: int, wall: int) -> None:
        """How far the laptop's monotonic and wall clocks are ahead of ours, in ms."""


@dataclass(slots=True)
class _Asked:
    ask: r.Ask
    at: int
    future: asyncio.Future[r.Done]


class PlaceClient(Line):
    """One console, witness's screen or big screen.

    client = PlaceClient(await join(link, "laptop 2", person="罗静宜"), events)
    task = asyncio.create_task(client.run())
    done = await client.ask(CallCandidate(room="R1", lot=3))
    await client.close()
    """

    path = "/ws/place"
    longest = 1 << 26

    def __init__(
        self,
        pairing: Pairing,
        events: PlaceEvents | None = None,
        *,
        follow: bool = True,
        http: aiohttp.ClientSession | None = None,
        clock: Clock | None = None,
        pace: Pace | None = None,
        name: str = f"venue-app {__version__}",
    ) -> None:
        super().__init__(pairing, http, clock, pace)
        self.events = events or PlaceEvents()
        self.placed: r.Placed | None = None
        self.fault: Known | None = None
        """Why the line is over, when the laptop or the journal is at fault."""
        self.size = 0
        self.root = ""
        self._follow = follow
        self._name = name
        self._asked: dict[str, _Asked] = {}
        self._posting: set[asyncio.Task[None]] = set()
        self._caught_up = False

    async def ask(self, command: Command, ident: str | None = None) -> r.Done:
        """Send a command and wait until it is durable.

        Raises `Known`: the laptop's refusal; lan.offline when there is no connection (nothing was sent);
        lan.not_taken when the line broke and the laptop never took it.
        """
        if self.link is not Link.ONLINE or not self._caught_up:
            raise Known("lan.offline")
        ask = r.Ask(id=ident or new_id(), command=command)
        asked = _Asked(ask, self._clock.mono_ms(), asyncio.get_running_loop().create_future())
        self._asked[ask.id] = asked
        try:
            await self._try(ask)
            return await asked.future
        finally:
            self._asked.pop(ask.id, None)

    async def _try(self, message: Message) -> None:
        with suppress(ConnectionError, aiohttp.ClientError):  # just broken: settled once it is back
            await self.post(message)

    def _soon(self, message: Message) -> None:
        task = asyncio.get_running_loop().create_task(self._try(message))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    def settled(self, ident: str, seq: int) -> None:
        """The journal itself says that a command was done."""
        asked = self._asked.get(ident)
        if asked is not None and not asked.future.done():
            asked.future.set_result(r.Done(id=ident, seqs=(seq,)))

    # ---- the line ----

    def hello(self) -> m.Hello:
        """Who this is."""
        return m.Hello(
            token=self.pairing.token,
            version=m.VERSION,
            language=language_in_force(),
            client=self._name[:64],
            epoch=self.pairing.epoch,
            proof=self.pairing.proof,
        )

    def ping(self, now: int) -> m.Ping:
        """Still here."""
        return m.Ping(t=now, rtt=self.rtt, wall=self._clock.wall_ms(), error=self._offset.error)

    def linked(self, link: Link) -> None:
        """Tell the owner; once it is over nobody waits any longer."""
        self._caught_up = self._caught_up and link is Link.ONLINE
        if link in FINAL:
            for asked in self._asked.values():
                if not asked.future.done():
                    asked.future.set_exception(Known("lan.not_taken"))
        self.events.on_link(link)

    def moved(self, pairing: Pairing) -> None:
        """Tell the owner."""
        self.events.on_moved(pairing)

    def heard(self, frame: str) -> None:
        """What the laptop said."""
        try:
            self._take(r.read_from_laptop(frame))
        except Known as fault:
            self._end(fault)

    def _take(self, message: r.FromLaptop) -> None:
        match message:
            case r.Placed():
                self._placed(message)
            case r.Entries():
                self.events.on_entries(message)
                self.size, self.root = message.first + len(message.entries), message.root
                self._look_whether_caught_up()
            case r.Done():
                asked = self._asked.get(message.id)
                if asked is not None and not asked.future.done():
                    asked.future.set_result(message)
            case m.Refused():
                self._refused(message)
            case m.Pong():
                self.measured(message)
                self._tell_clock(message.wall, message.mono)
            case m.Released():
                self.set_link(Link.RELEASED)
            case m.Hosts():
                self.told_hosts(message)
            case _:
                self._show(message)

    def _show(self, message: Any) -> None:
        match message:
            case r.Devices():
                self.events.on_devices(message)
            case r.HallNow():
                self.events.on_hall(message)
            case r.Head():
                self.events.on_head(message)
            case r.DueNow():
                self.events.on_due(message)

    def _placed(self, placed: r.Placed) -> None:
        self.placed, self.fault = placed, None
        self.met(placed.mono)
        self._tell_clock(placed.wall, placed.mono)
        self.events.on_placed(placed)
        self.set_link(Link.ONLINE)
        if self._follow:
            self._soon(r.Follow(size=self.size, root=self.root))
        self._look_whether_caught_up()

    def _look_whether_caught_up(self) -> None:
        """The journal is here as far as it went when the line was made: settle what was under way."""
        if self._caught_up or self.placed is None or (self._follow and self.size < self.placed.size):
            return
        self._caught_up = True
        now = self._clock.mono_ms()
        for asked in self._asked.values():
            if asked.future.done():
                continue
            if now - asked.at <= RESEND_MS:
                self._soon(asked.ask)
            else:
                asked.future.set_exception(Known("lan.not_taken"))

    def _refused(self, refused: m.Refused) -> None:
        known = Known(refused.code, **refused.params)
        if refused.id is not None:
            asked = self._asked.get(refused.id)
            if asked is not None and not asked.future.done():
                asked.future.set_exception(known)
        elif refused.code in ENDINGS:
            other = self.of_another_event(refused)
            self.fault = Known("lan.place_elsewhere", title=self.pairing.title) if other else known
            self.turned_away(refused)
        elif refused.code == "lan.other_history":
            self._end(known)

    def _end(self, fault: Known) -> None:
        self.fault = fault
        self.set_link(Link.REFUSED)

    def _tell_clock(self, wall: int, mono: int) -> None:
        ours = self._clock.mono_ms()
        ahead = self._offset.server(ours) - ours
        self.events.on_clock(ahead, wall - mono + ahead + ours - self._clock.wall_ms())
