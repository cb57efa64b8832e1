"""What all connections share: who is connected, and who must be shown what after a commit."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import Any

from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.domain.entries import SeatExcused, SheetReceived
from venue_app.journal.box_change import BoxChange
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import views
from venue_app.lan.connection import Connection
from venue_app.lan.door import Door
from venue_app.lan.gate import Gate
from venue_app.lan.hall_view import HallBoard, Steered
from venue_app.lan.hosting import HostHere, Hosting, changes_hosts, size_told, told_hosts
from venue_app.lan.limits import Bucket, GuessLimits, Limits
from venue_app.lan.lockstep import Lockstep
from venue_app.lan.mailbox import Mailbox
from venue_app.lan.ports import BoxPort, News, VenuePort
from venue_app.lan.presence import Presences
from venue_app.lan.role_session import RoleSession
from venue_app.lan.session import Session
from venue_app.lan.standby_session import StandbySession
from venue_app.lan.wishes import Approval
from venue_app.state.places import STANDBY

log = logging.getLogger(__name__)

_SLICE = 16


class Hub:
    """The server without its sockets. Everything but `presences` and the door's desk is used in its loop only."""

    def __init__(
        self,
        port: VenuePort,
        limits: Limits,
        guesses: GuessLimits,
        approval: Approval,
        hosting: Hosting | None = None,
        boxes: BoxPort | None = None,
    ) -> None:
        self.port = port
        self._boxes = boxes
        self.hosting = hosting or Hosting()
        self.lockstep = Lockstep(self.hosting.patience_s)
        self.limits = limits
        self.door = Door(port, guesses, approval)
        self.presences = Presences()
        self.sessions: dict[str, Connection] = {}
        self.gate: Gate | None = None
        self._paces: dict[str, Bucket] = {}
        self._readers: list[RoleSession] = []
        self._settled: News = port.now
        self._board = HallBoard(port.state)
        self._pictures: tuple[int, dict[str, r.HallNow]] = (0, {})
        self._dirty: dict[str, int] = {}
        self._viewer = views.Viewer(port.state, limits.sent_shown)
        self._flushing: asyncio.Task[None] | None = None
        self._deaf: tuple[Callable[[], None], ...] = ()
        self._mail: Mailbox[tuple[Connection, str, Future[Any]]]
        self._works: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Start hearing of commits."""
        await self.door.open()
        loop = asyncio.get_running_loop()

        def heard(news: News) -> None:
            # Called in the owner's thread; it must never wait for this one.
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._changed, news)

        self._mail = Mailbox(loop, self._deliver)
        self._works = [loop.create_task(self._mail.run()), loop.create_task(self._look_after())]
        self._deaf = (self.port.listen(heard),)
        if self._boxes is not None:
            self._deaf += (self._boxes.watch(self._from_desk(loop)),)

    async def close(self) -> None:
        """Stop hearing, and let every station go."""
        for deaf in self._deaf:
            deaf()
        self._deaf = ()
        for work in (*self._works, *([self._flushing] if self._flushing else [])):
            work.cancel()
        await asyncio.gather(*(s.dismiss(Known("lan.closing")) for s in list(self.sessions.values())))

    # ---- connections ----

    def holds(self, session: Connection) -> bool:
        """Whether this connection is the one that speaks for its seat."""
        return self.sessions.get(session.seat) is session

    def arrived(self, session: Connection) -> None:
        """A known station is here; an earlier connection of the same device, or of the one before, has to go."""
        before = self.sessions.get(session.seat)
        self.sessions[session.seat] = session
        if isinstance(session, RoleSession):
            self._count_readers()
        if before is not None and before.device == session.device:
            before.background(before.dismiss(Known("lan.replaced")))
        elif before is not None:
            before.background(before.end(m.Released()))

    def left(self, session: Connection) -> None:
        """A connection is over."""
        if session.seat and self.holds(session):
            del self.sessions[session.seat]
            if isinstance(session, RoleSession):  # a thousand stations coming back are no readers
                self._count_readers()
            known = self.presences.get(session.seat)
            if known is not None:
                self.presences.put(replace(known, connected=False))

    def pace(self, device: str) -> Bucket:
        """How fast a device with a place may speak, whatever connection it does it on."""
        if device not in self._paces:
            now = asyncio.get_running_loop().time()
            self._paces[device] = Bucket(self.limits.rate, self.limits.burst, now)
        return self._paces[device]

    def blame(self, address: str) -> None:
        """A stranger from there was turned away: the next ones take longer, unless somebody known is there."""
        if self.gate is not None and all(s.address != address for s in self.sessions.values()):
            self.gate.blame(address)

    def decided(self, session: Connection, sub: str, future: Future[Any]) -> None:
        """The owner of state has answered; any thread."""
        self._mail.put((session, sub, future))

    async def _deliver(self, item: tuple[Connection, str, Future[Any]]) -> None:
        """An answer is told once the standby has what it speaks of, where there is one."""
        session, sub, future = item
        if self.lockstep.waits and (size := size_told(future)) > self.lockstep.status.have:
            release = partial(self._release, session, sub, future)
            self.lockstep.hold(size, asyncio.get_running_loop().time(), release)
        elif not self.superseded:
            await session.decided(sub, future)

    def _release(self, session: Connection, sub: str, future: Future[Any]) -> None:
        if not self.superseded:
            session.background(session.decided(sub, future))

    # ---- boxes of open polls ----

    def _from_desk(self, loop: asyncio.AbstractEventLoop) -> Callable[[BoxChange], None]:
        def heard(change: BoxChange) -> None:  # in the desk's thread
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._box_changed, change)

        return heard

    def _box_changed(self, change: BoxChange) -> None:
        self.lockstep.boxes += 1
        for reader in self._readers:
            if isinstance(reader, StandbySession):
                reader.hear_box(self.lockstep.boxes, change)

    def tell_boxes(self) -> None:
        """Let the standby hear all that is in the boxes, and that this was all."""
        if self._boxes is None:
            self._box_changed(BoxChange())
        else:
            self._boxes.tell_whole()

    async def papers_safe(self) -> None:
        """Until the standby has every paper that is in a box by now; it was told of each before whoever cast it."""
        safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        now = asyncio.get_running_loop().time()
        self.lockstep.hold_papers(now, partial(_settle, safe))
        await safe

    async def all_safe(self) -> None:
        """Until the standby has every entry and every paper that is here by now."""
        safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        now = asyncio.get_running_loop().time()
        self.lockstep.hold(self.port.state.size, now, partial(_settle, safe))
        await safe
        await self.papers_safe()

    # ---- hosts ----

    def hosts(self) -> m.Hosts:
        """Which host this is and who would take over."""
        return told_hosts(self.port.state)

    def host_here(self) -> HostHere:
        """The same for whoever asks: an earlier host that comes back."""
        return HostHere(
            event=self.port.state.event.event, epoch=self.port.state.epoch, proof=self.hosts().proof
        )

    def challenged(self, proof: str) -> bool:
        """A device has met a later host and shows its proof; whether that holds."""
        return self.hosting.challenged(proof)

    @property
    def superseded(self) -> bool:
        """Whether another laptop is known to be the host: from then on nothing that was asked here is told as done."""
        return self.hosting.challenged("")

    def dismiss_all(self) -> None:
        """Another laptop is the host: every device is sent there, and what waits for the standby is not told."""
        for session in list(self.sessions.values()):
            session.background(session.dismiss(Known("standby.superseded")))
        self.lockstep.dismissed()

    def _hosts_changed(self, news: News) -> None:
        if STANDBY not in news.state.stations:
            self.lockstep.dismissed()
        for session in self.sessions.values():
            session.background(session.say(self.hosts()))

    async def _look_after(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(
                min(1.0, self.limits.silence_s / 4, self.limits.send_s / 4, self.hosting.patience_s / 4)
            )
            self.lockstep.look(loop.time())
            for session in list(self.sessions.values()):
                session.look_after(loop.time())
            self.door.wishes.sweep()

    def _count_readers(self) -> None:
        self._readers = [s for s in self.sessions.values() if isinstance(s, RoleSession)]

    # ---- the hall ----

    def hall(self, language: str) -> r.HallNow:
        """What the hall may see now; made once a language for all screens."""
        state = self.told.state
        if self._pictures[0] != state.size:
            self._pictures = (state.size, {})
        made = self._pictures[1]
        if language not in made:
            made[language] = self._board.picture(state, language)
        return made[language]

    def steer(self, steered: Steered) -> None:
        """The proctor chose what the hall is to see."""
        self._board.steered = steered
        self._pictures = (0, {})
        self.touch(reader.seat for reader in self._readers)

    def answer_call(self, seat: str) -> None:
        """The proctor has come: take the call down and tell the station."""
        known = self.presences.get(seat)
        if known is None or known.called is None:
            return
        self.presences.put(replace(known, called=None))
        session = self.sessions.get(seat)
        if session is not None:
            session.background(session.say(m.Called(on=False)))

    def answer_recusal(self, seat: str) -> None:
        """The proctor has decided on a judge's request to be excused: take it down and tell the station."""
        known = self.presences.get(seat)
        if known is None or known.recusal is None:
            return
        asked = known.recusal
        self.presences.put(replace(known, recusal=None))
        session = self.sessions.get(seat)
        if session is not None:
            session.background(session.say(m.Recusal(room=asked.room, lot=asked.lot, on=False)))

    # ---- the feed ----

    @property
    def told(self) -> News:
        """The newest that may be shown: while the standby is in step, what it has too, so that no takeover takes it back."""
        return self._settled if self.lockstep.waits else self.port.now

    def viewer(self) -> views.Viewer:
        """Makes views of the newest state that may be shown; one for all that look at the same state."""
        state = self.told.state
        if self._viewer.state is not state:
            self._viewer = views.Viewer(state, self.limits.sent_shown)
        return self._viewer

    def touch(self, seats: Iterable[str], size: int = sys.maxsize) -> None:
        """These seats' views may have changed: they are sent soon, several changes as one.

        Whoever has seen the journal of `size` entries by then needs nothing.
        """
        self._dirty.update((seat, size) for seat in seats if seat in self.sessions)
        if self._dirty and self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    def _changed(self, news: News) -> None:
        if any(record.kind == "roster.imported" for record in news.records):
            for session in self.sessions.values():
                if isinstance(session, Session) and session.seat in news.state.seats:
                    session.background(session.rewelcome())
        for record in news.records:
            if isinstance(record.data, SeatExcused | SheetReceived):
                self._settle_recusal(news, record.data.seat)
        if any(changes_hosts(record) for record in news.records):
            self._hosts_changed(news)
        for reader in self._readers:
            if isinstance(reader, StandbySession):
                reader.hear(news)
        now = asyncio.get_running_loop().time()
        self.lockstep.hold(news.state.size, now, partial(self._tell, news))

    def _tell(self, news: News) -> None:
        """Show what happened to everybody it concerns; the standby has it, where one is in step."""
        if self.superseded:
            return
        self._settled = news
        self._board.hear(news.records)
        for reader in self._readers:
            if not isinstance(reader, StandbySession):
                reader.hear(news)
        seats = views.touched(news.state, news.records)
        self.touch(list(self.sessions) if seats is None else seats, news.state.size)
        self.touch(reader.seat for reader in self._readers)

    def _settle_recusal(self, news: News, seat: str) -> None:
        known = self.presences.get(seat)
        if known is not None and known.recusal is not None:
            found = news.state.appearances.get((known.recusal.room, known.recusal.lot))
            if found is None or seat in found.excused or seat in found.sheets:
                self.answer_recusal(seat)

    async def _flush(self) -> None:
        try:
            while self._dirty:
                await asyncio.sleep(self.limits.coalesce_s)
                dirty, self._dirty = sorted(self._dirty.items()), {}
                now = self.told
                viewer = self.viewer()
                for number, (seat, size) in enumerate(dirty):
                    if number % _SLICE == _SLICE - 1:
                        await asyncio.sleep(0)  # others have their turn while many are shown
                    self._show(viewer, now, seat, size)
        finally:
            self._flushing = None

    def _show(self, viewer: views.Viewer, now: News, seat: str, size: int) -> None:
        session = self.sessions.get(seat)
        if session is None:
            return
        station = self.port.state.stations.get(seat)  # who holds it now, whatever is shown so far
        if station is None or station.device != session.device or not session.admits(seat):
            self.presences.forget(seat)
            log.info("station released: seat=%s", seat)
            session.background(session.end(m.Released()))
        elif isinstance(session, RoleSession):
            session.refresh(now)
        elif isinstance(session, Session):
            session.show(viewer, size)


def _settle(waited: asyncio.Future[None]) -> None:
    if not waited.done():  # whoever waited may have gone
        waited.set_result(None)
