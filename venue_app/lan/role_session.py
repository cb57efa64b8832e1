"""The laptop's side of places that are no seats: a console's commands in, the journal or the hall's picture out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol

from aiohttp import web

from venue_app import __version__
from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.domain.roles import Role
from venue_app.journal import short_head
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan.connection import Closing, Connection, Shared
from venue_app.lan.feed import Feed
from venue_app.lan.ports import Answer, News
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.state.places import Place, actor_at, place_of
from venue_app.state.room import marks_in
from venue_app.state.telling import milestone
from venue_app.state.witness import due

log = logging.getLogger(__name__)

_SOON_S = 0.2
#: Words that stand on the pages themselves, whatever happens.
_HALL_WORDS = (
    "title", "offline", "next", "over", "paused", "overrun", "left", "list", "commitment", "draw", "result", "high",
    "low", "lot", "lots_turn", "lots_fixed", "lots_all", "pause", "pause_next", "room_all", "full", "close", "replaced",
)  # fmt: skip
_WITNESS_WORDS = (
    "title", "head", "size", "checked", "differs", "due", "nothing_due", "sign", "signing", "signed", "journal",
    "offline", "catching_up", "earlier", "alone", "holding", "early", "official", "rehearsal",
)  # fmt: skip


class RoleShared(Shared, Protocol):
    """What the hub shares with these connections besides."""

    def hall(self, language: str) -> r.HallNow:
        """What the hall may see now."""


class RoleSession(Connection):
    """A console, a witness's screen or a big screen that is connected."""

    def __init__(
        self, hub: RoleShared, ws: web.WebSocketResponse, address: str, transport: asyncio.Transport
    ) -> None:
        super().__init__(hub, ws, address, transport)
        self._shared = hub
        self._feed: Feed | None = None
        self._words = False
        self._shown: dict[str, bytes] = {}
        self._deaf: Callable[[], None] | None = None
        self._telling: asyncio.Task[None] | None = None

    @property
    def place(self) -> Place:
        """Where it stands; the place may go with its room."""
        return place_of(self.hub.port.state, self.seat) or Place(self.seat, Role.HALL)

    def read(self, frame: str | bytes) -> r.FromPlace:
        """What a place sent."""
        return r.read_from_place(frame)

    def admits(self, seat: str) -> bool:
        """Places that are no seats, but for the standby's."""
        place = place_of(self.hub.port.state, seat)
        return place is not None and place.role is not Role.STANDBY

    async def run(self) -> None:
        """Serve until either side closes."""
        try:
            await super().run()
        finally:
            if self._deaf is not None:
                self._deaf()
            self.over()

    def over(self) -> None:
        """The connection is over."""

    async def welcome(self, hello: m.Hello) -> None:
        """What place this is."""
        await self.send(placed(self.hub.port.state, self.place, self.language, self.hub.port.clock))
        if self.place.role is Role.PROCTOR:
            self._deaf = self.hub.presences.listen(self._presence_changed)
            await self._tell_devices()

    async def serve(self, message: r.FromPlace) -> None:
        """The journal is wanted, or something is to be done."""
        match message:
            case r.Follow():
                if not self.place.trusted or self._feed is not None:
                    await self.send(self.refusal(Known("venue.not_allowed", role=self.place.role.value)))
                    return
                self._words = message.words
                self.follow(message)
            case r.Ask():
                self.note()
                await self.ask(message.command, actor_at(self.hub.port.state, self.place), message.id)

    def follow(self, message: r.Follow) -> None:
        """Send the journal from where this reader is."""
        self._feed = Feed(self.hub.port, self.send, self.language if message.words else None)
        self.background(self._follow(self._feed, message))
        self.hub.touch({self.seat})

    async def _follow(self, feed: Feed, message: r.Follow) -> None:
        try:
            feed.begin(message.size, bytes.fromhex(message.root))
            await feed.run()
        except Closing:
            await self.leave()
        except Known as known:
            await self.dismiss(known)

    def done(self, sub: str, answer: Answer) -> r.Done:
        """What a command came to."""
        return r.Done(id=sub, seqs=tuple(x.seq for x in answer.records), repeated=answer.repeated)

    # ---- what the place sees ----

    def hear(self, news: News) -> None:
        """A commit, in order."""
        if self._feed is not None:
            self._feed.hear(news)

    def refresh(self, now: News) -> None:
        """Show what this place may see of the newest state."""
        if self.place.role is Role.HALL:
            self._show("hall", self._shared.hall(self.language))
            self._show("head", r.Head(size=now.state.size, short=short_head(now.root)))
        elif self._words:
            self._show("due", due_now(now.state, self.place.role.value, self.language))

    def _show(self, what: str, message: r.HallNow | r.Head | r.DueNow) -> None:
        raw = m.encode(message)
        if self._shown.get(what) != raw:
            self._shown[what] = raw
            self.background(self.say(message))

    def _presence_changed(self, _presence: Presence) -> None:
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._devices_soon())

    async def _devices_soon(self) -> None:
        await asyncio.sleep(_SOON_S)
        try:
            await self._tell_devices()
        except Closing:
            await self.leave()

    async def _tell_devices(self) -> None:
        await self.send(devices(self.hub.port.state, self.place.room or "", self.hub.presences.snapshot))

    async def _serve(self, message: Any) -> None:
        await super()._serve(message)
        if isinstance(message, m.Ping) and self.place.role is Role.PROCTOR:
            await self._tell_devices()


def placed(state: State, place: Place, lang: str, clock: Any) -> r.Placed:
    """What place it is, and the words of its page."""
    room = state.rooms.get(place.room or "")
    return r.Placed(
        event=state.event.event,
        title=state.event.title,
        venue=state.event.place,
        mode=state.event.mode,
        place=place.id,
        role=place.role.value,
        room=place.room,
        room_title=room.title if room else "",
        name="" if place.role is Role.HALL else actor_at(state, place).name,
        size=state.size,
        labels=labels(place, lang),
        software=__version__,
        mono=clock.mono_ms(),
        wall=clock.wall_ms(),
        zone=zone_minutes(clock.wall_ms()),
    )


def labels(place: Place, lang: str) -> dict[str, str]:
    """The words of a place's page; a console brings its own."""
    if place.role is Role.HALL:
        return {name: tr_in(lang, f"console.hall.{name}") for name in _HALL_WORDS}
    if place.role in (Role.PROCTOR, Role.STANDBY):
        return {}
    return {name: tr_in(lang, f"witness.page.{name}") for name in _WITNESS_WORDS}


def due_now(state: State, role: str, lang: str) -> r.DueNow:
    """What waits for a witness, in words."""
    lines = tuple(
        r.DueLine(
            milestone=d.milestone,
            room=d.room,
            lot=d.lot,
            text=milestone(state, d.milestone, d.room, d.lot, lang),
        )
        for d in due(state, role)
    )
    return r.DueNow(due=lines, signed=sum(w.role == role for w in state.witnessed))


def devices(state: State, room: str, snapshot: Callable[[State], dict[str, Presence]]) -> r.Devices:
    """The devices of the seats that mark in a room."""
    seats = {s.id for s in state.seats.values() if marks_in(state, s, room)}
    return r.Devices(
        devices=tuple(
            r.Device(
                seat=p.seat,
                device_name=p.device_name,
                connected=p.connected,
                heard=p.heard,
                rtt=p.rtt,
                pending=p.pending,
                called=p.called,
                error=p.error,
            )
            for p in snapshot(state).values()
            if p.seat in seats
        )
    )
