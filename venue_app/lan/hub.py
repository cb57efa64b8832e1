"""What all connections share: who is connected, and who must be shown what after a commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from venue_app.base.errors import Known
from venue_app.domain.commands import JoinStation
from venue_app.domain.roles import PROGRAM
from venue_app.lan import messages as m
from venue_app.lan import views
from venue_app.lan.limits import GuessLimits, Limits
from venue_app.lan.pairing import PairingDesk, device_id
from venue_app.lan.ports import News, VenuePort
from venue_app.lan.presence import Presences
from venue_app.lan.session import Session

log = logging.getLogger(__name__)

_SLICE = 16


class Hub:
    """The server without its sockets. Everything but `presences` and `desk` is used in its loop only."""

    def __init__(self, port: VenuePort, limits: Limits, guesses: GuessLimits) -> None:
        self.port = port
        self.limits = limits
        self.desk = PairingDesk(port.clock, guesses)
        self.presences = Presences()
        self.sessions: dict[str, Session] = {}
        self._dirty: set[str] = set()
        self._flushing: asyncio.Task[None] | None = None
        self._deaf: Callable[[], None] | None = None

    def open(self) -> None:
        """Start hearing of commits."""
        loop = asyncio.get_running_loop()

        def heard(news: News) -> None:
            # Called in the owner's thread; it must never wait for this one.
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._changed, news)

        self._deaf = self.port.listen(heard)

    async def close(self) -> None:
        """Stop hearing, and let every station go."""
        if self._deaf is not None:
            self._deaf()
            self._deaf = None
        if self._flushing is not None:
            self._flushing.cancel()
        await asyncio.gather(*(s.dismiss(Known("lan.closing")) for s in list(self.sessions.values())))

    # ---- joining ----

    async def join(self, request: m.JoinRequest, address: str) -> m.JoinReply:
        """Give the seat a code stands for to the device that brings it; raises `Known` when not.

        A device that has its seat already hears so again: its first answer may have been lost.
        """
        if request.version != m.VERSION:
            raise Known("lan.version", theirs=request.version, ours=m.VERSION)
        device = device_id(request.token)
        held = next((s.seat for s in self.port.state.stations.values() if s.device == device), None)
        if held is not None:
            return self._joined(held)
        code = self.desk.redeem(request.code, address)
        command = JoinStation(seat=code.seat, device=device, device_name=request.device_name.strip())
        try:
            await asyncio.wrap_future(self.port.submit(command, PROGRAM))
        except BaseException:  # refused, or the device gave up waiting: the code was not used
            self.desk.put_back(code)
            raise
        log.info("station joined: seat=%s address=%s", code.seat, address)
        return self._joined(code.seat)

    def _joined(self, seat_id: str) -> m.JoinReply:
        state = self.port.state
        seat = state.seats[seat_id]
        return m.JoinReply(
            event=state.event.event,
            title=state.event.title,
            mode=state.event.mode,
            seat=seat.id,
            number=seat.number,
            group_title=views.words(state.scheme.group(seat.group).title),
            room_title=views.room_title(state, seat),
        )

    # ---- connections ----

    def holds(self, session: Session) -> bool:
        """Whether this connection is the one that speaks for its seat."""
        return self.sessions.get(session.seat) is session

    def arrived(self, session: Session) -> None:
        """A known station is here; an earlier connection of the same device has to go."""
        before = self.sessions.get(session.seat)
        self.sessions[session.seat] = session
        if before is not None:
            before.background(before.dismiss(Known("lan.replaced")))

    def left(self, session: Session) -> None:
        """A connection is over."""
        if session.seat and self.holds(session):
            del self.sessions[session.seat]
            known = self.presences.get(session.seat)
            if known is not None:
                self.presences.put(replace(known, connected=False))

    def answer_call(self, seat: str) -> None:
        """The proctor has come: take the call down and tell the station."""
        known = self.presences.get(seat)
        if known is None or known.called is None:
            return
        self.presences.put(replace(known, called=None))
        session = self.sessions.get(seat)
        if session is not None:
            session.background(session.say(m.Called(on=False)))

    # ---- the feed ----

    def touch(self, seats: Iterable[str]) -> None:
        """These seats' views may have changed: they are sent soon, several changes as one."""
        self._dirty.update(seat for seat in seats if seat in self.sessions)
        if self._dirty and self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    def _changed(self, news: News) -> None:
        if any(record.kind == "roster.imported" for record in news.records):
            for session in self.sessions.values():
                if session.seat in news.state.seats:
                    session.background(session.rewelcome())
        seats = views.touched(news.state, news.records)
        self.touch(list(self.sessions) if seats is None else seats)

    async def _flush(self) -> None:
        try:
            while self._dirty:
                await asyncio.sleep(self.limits.coalesce_s)
                seats, self._dirty = sorted(self._dirty), set()
                viewer = views.Viewer(self.port.state, self.limits.sent_shown)
                for number, seat in enumerate(seats):
                    if number % _SLICE == _SLICE - 1:
                        await asyncio.sleep(0)  # others have their turn while many are shown
                    self._show(viewer, seat)
        finally:
            self._flushing = None

    def _show(self, viewer: views.Viewer, seat: str) -> None:
        session = self.sessions.get(seat)
        if session is None:
            return
        station = viewer.state.stations.get(seat)
        if seat not in viewer.state.seats or station is None or station.device != session.device:
            self.presences.forget(seat)
            log.info("station released: seat=%s", seat)
            session.background(session.end(m.Released()))
        else:
            session.background(session.show(viewer.of(seat)))
