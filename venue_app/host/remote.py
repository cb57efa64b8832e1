"""The event as another machine has it: the journal followed over the LAN, checked, folded, and commanded by right.

`RemoteVenue` has the face of `Venue` as far as screens need it, so that the same screens run on a
second laptop. Its state is worked out here from the entries themselves, under a hash tree kept here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from urllib.parse import urlsplit

from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.domain.commands import Command
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor, Role
from venue_app.host.incoming import checked, folded
from venue_app.journal import Tree
from venue_app.lan import role_messages as r
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import join
from venue_app.lan.line import Link
from venue_app.lan.link import DEFAULT_PORT, JoiningLink
from venue_app.lan.pace import Pace
from venue_app.lan.place_client import PlaceClient, PlaceEvents
from venue_app.lan.presence import Presence
from venue_app.lan.thread import LoopThread
from venue_app.lan.tls import laptop_key
from venue_app.state import State
from venue_app.venue import Change, Reply

log = logging.getLogger(__name__)


#: What a console plays: a room's proctor, or a witness.
WANTS = (Role.PROCTOR.value, Role.SUPERVISOR.value, Role.NOTARY.value)


def key_at(link: JoiningLink) -> bytes:
    """The SHA-256 of the public key that answers there, for a person to compare. Raises `Known` (lan.no_answer)."""
    parts = urlsplit(link.url)
    return asyncio.run(laptop_key(parts.hostname or "", parts.port or DEFAULT_PORT))


def take_place(
    link: JoiningLink,
    device_name: str,
    person: str,
    key: bytes | None = None,
    waiting: Callable[[str], None] = lambda _: None,
) -> Pairing:
    """Take a room's console or a witness's screen with its code; `key` when the link has none. Waits.

    `waiting` hears, with the name of the device that holds the place now or '', that the proctor is asked.
    Raises `Known` as `lan.joining.join` does.
    """
    asked = join(
        link, device_name, key, person=person, wants=WANTS, waiting=lambda reply: waiting(reply.holder)
    )
    return asyncio.run(asked)


class RemoteClock:
    """The laptop's clocks as they are reckoned here; the own ones until something was heard."""

    def __init__(self) -> None:
        self._own = SystemClock()
        self._mono_ahead = 0
        self._wall_ahead = 0

    def set_ahead(self, mono: int, wall: int) -> None:
        """How far the laptop's clocks are ahead of ours, in ms."""
        self._mono_ahead, self._wall_ahead = mono, wall

    def wall_ms(self) -> int:
        """The laptop's calendar clock."""
        return self._own.wall_ms() + self._wall_ahead

    def mono_ms(self) -> int:
        """The laptop's monotonic clock."""
        return self._own.mono_ms() + self._mono_ahead

    def slept_ms(self) -> int:
        """How long this machine has slept."""
        return self._own.slept_ms()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the line is, for the window: `fault` says why it is over, `since` when it was lost (laptop's wall ms)."""

    link: Link
    caught_up: bool
    since: int | None = None
    fault: Known | None = None

    @property
    def online(self) -> bool:
        """Whether commands can be sent."""
        return self.link is Link.ONLINE and self.caught_up


class RemoteVenue:
    """One event on another machine. `open` waits until the journal is here.

    venue = RemoteVenue.open(pairing)
    venue.state, venue.now, venue.clock, venue.submit(...), venue.listen(...)     as of `Venue`
    venue.standing, venue.on_standing(...)                                         how the line is
    venue.close()
    """

    def __init__(
        self, pairing: Pairing, pace: Pace | None = None, moved: Callable[[Pairing], None] | None = None
    ) -> None:
        self.pairing = pairing
        self._moved = moved
        self.clock = RemoteClock()
        self.placed: r.Placed | None = None
        self.lines: dict[str, Presence] = {}
        """Devices of the room, by seat."""
        self.standing = Standing(Link.OFFLINE, caught_up=False)
        self._tree = Tree()
        self._state: State | None = None
        self._now: Change | None = None
        self._records: list[Record] = []
        self._listeners: list[Callable[[Change], None]] = []
        self._watchers: list[Callable[[Standing], None]] = []
        self._ready: Future[None] = Future()
        self._waiting: list[tuple[int, Future[Reply], r.Done]] = []
        self._loop = LoopThread("place")
        self._client = self._loop.run(self._made(pairing, pace))
        self._running = self._loop.start(self._client.run())

    async def _made(self, pairing: Pairing, pace: Pace | None) -> PlaceClient:
        return PlaceClient(pairing, _Ears(self), pace=pace)

    @classmethod
    def open(
        cls,
        pairing: Pairing,
        pace: Pace | None = None,
        patience_s: float = 20.0,
        moved: Callable[[Pairing], None] | None = None,
    ) -> RemoteVenue:
        """Connect and fetch the journal. `moved` hears, in the line's thread, where the event is run from now on.

        Raises `Known`: lan.no_answer_url when nobody answers in time, lan.unknown_station, lan.place_elsewhere, lan.version,
        console.journal_differs, entry.*.
        """
        venue = cls(pairing, pace, moved)
        try:
            venue._ready.result(patience_s)
        except TimeoutError:
            venue.close()
            raise Known("lan.no_answer_url", url=pairing.url) from None
        except BaseException:
            venue.close()
            raise
        return venue

    # ---- the face of a venue ----

    @property
    def state(self) -> State:
        """The newest state."""
        return self.now.state

    @property
    def now(self) -> Change:
        """The newest state with the root that was checked here."""
        assert self._now is not None, "nothing has arrived yet"
        return self._now

    @property
    def actor(self) -> Actor:
        """As whom commands are decided; the laptop holds to this whatever is sent."""
        placed = self.placed
        assert placed is not None
        return Actor(role=Role(placed.role), name=placed.name, seat=placed.place, room=placed.room)

    def records(self) -> tuple[Record, ...]:
        """Every entry so far."""
        return tuple(self._records)

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after every arrival, in the line's thread; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def submit(self, command: Command, actor: Actor | None = None, sub: str | None = None) -> Future[Reply]:
        """Send a command. The future holds the reply once its entries are here, or the `Known` refusal.

        Refused at once with lan.offline while there is no line: nothing waits to be sent later. `actor`
        is not sent: the laptop knows who speaks.
        """
        future: Future[Reply] = Future()
        if self._loop.loop.is_closed():
            future.set_exception(Known("lan.offline"))
        else:
            self._loop.start(self._ask(command, sub, future))
        return future

    def close(self) -> None:
        """Say goodbye and end the thread. A second call does nothing."""
        if self._loop.loop.is_closed():
            return
        try:
            self._loop.run(self._client.close(), timeout=1.0)
        except TimeoutError:
            log.info("the laptop did not take the goodbye in time")
        self._loop.stop()
        for _, future, _done in self._waiting:
            future.cancel()

    # ---- the line ----

    def on_standing(self, watcher: Callable[[Standing], None]) -> Callable[[], None]:
        """Hear how the line is, in its thread; returns how to stop."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def retry(self) -> None:
        """Try to connect now."""
        self._loop.loop.call_soon_threadsafe(self._client.retry)

    async def _ask(self, command: Command, sub: str | None, future: Future[Reply]) -> None:
        try:
            done = await self._client.ask(command, sub)
        except Known as refusal:
            future.set_exception(refusal)
        except asyncio.CancelledError:
            future.set_exception(Known("lan.not_taken"))
            raise
        except Exception as mistake:  # noqa: BLE001 whoever asked must hear of it
            future.set_exception(mistake)
        else:
            self._waiting.append((max(done.seqs, default=-1), future, done))
            self._answer()

    def _answer(self) -> None:
        """Whoever hears «done» already sees what was done."""
        here = self._client.size if self._state is None else self._state.size
        for waiting in [w for w in self._waiting if w[0] < here]:
            self._waiting.remove(waiting)
            _, future, done = waiting
            records = tuple(self._records[seq] for seq in done.seqs)
            future.set_result(Reply(records, repeated=done.repeated))

    # ---- called by the ears, in the line's thread ----

    def take_placed(self, placed: r.Placed) -> None:
        """What place this is."""
        self.placed = placed

    def take_entries(self, entries: r.Entries) -> None:
        """Check and fold. Raises `Known` (console.journal_differs, entry.*) when they are not what they should be."""
        _, records = checked(self._tree, entries)
        state = folded(self._state, records)
        assert state is not None
        self._state = state
        self._records.extend(records)
        self._now = change = Change(state, tuple(records), self._tree.root())
        for record in records:
            if record.sub is not None:
                self._client.settled(record.sub, record.seq)
        self._answer()
        if self._ready.done():
            for listener in list(self._listeners):
                _guarded(listener, change)
        self._stand()

    def take_moved(self, pairing: Pairing) -> None:
        """Where the laptop and its standby are has changed."""
        self.pairing = pairing
        if self._moved is not None:
            _guarded(self._moved, pairing)

    def take_devices(self, devices: r.Devices) -> None:
        """The devices of the room."""
        self.lines = {
            d.seat: Presence(
                seat=d.seat,
                device_name=d.device_name,
                connected=d.connected,
                heard=d.heard,
                rtt=d.rtt,
                pending=d.pending,
                called=d.called,
                error=d.error,
            )
            for d in devices.devices
        }

    def take_link(self, link: Link) -> None:
        """The connection changed."""
        self._stand()

    def _stand(self) -> None:
        link, before = self._client.link, self.standing
        placed = self.placed
        here = placed is not None and self._state is not None and self._state.size >= placed.size
        fault = self._client.fault
        lost = link is not Link.ONLINE
        since = (before.since or self.clock.wall_ms()) if lost else None
        self.standing = Standing(link, here and not lost, since, fault)
        if not self._ready.done():
            if self.standing.online:
                self._ready.set_result(None)
            elif link in (Link.REFUSED, Link.RELEASED, Link.REPLACED, Link.ELSEWHERE):
                self._ready.set_exception(fault or Known("lan.unknown_station"))
        if self.standing != before:
            for watcher in list(self._watchers):
                _guarded(watcher, self.standing)


class _Ears(PlaceEvents):
    """Hears in the line's thread and passes on."""

    def __init__(self, venue: RemoteVenue) -> None:
        self._venue = venue

    def on_link(self, link: Link) -> None:
        self._venue.take_link(link)

    def on_moved(self, pairing: Pairing) -> None:
        self._venue.take_moved(pairing)

    def on_placed(self, placed: r.Placed) -> None:
        self._venue.take_placed(placed)

    def on_entries(self, entries: r.Entries) -> None:
        self._venue.take_entries(entries)

    def on_devices(self, devices: r.Devices) -> None:
        self._venue.take_devices(devices)

    def on_clock(self, mono: int, wall: int) -> None:
        self._venue.clock.set_ahead(mono, wall)


def _guarded(listener: Callable[..., None], *told: object) -> None:
    """A listener's mistake must not end the line."""
    try:
        listener(*told)
    except Exception:
        log.exception("a listener failed")
