"""A seat's connection on the laptop's side: the judge's sheets in, the seat's own view out."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import msgspec
from aiohttp import web

from venue_app.base.errors import Known
from venue_app.domain.commands import SubmitSheet
from venue_app.domain.roles import Actor, Role
from venue_app.lan import messages as m
from venue_app.lan import views
from venue_app.lan.connection import Connection, Shared
from venue_app.state.room import group_of

log = logging.getLogger(__name__)


class Session(Connection):
    """A judge's or observer's station that is connected."""

    def __init__(self, hub: Shared, ws: web.WebSocketResponse, address: str) -> None:
        super().__init__(hub, ws, address)
        self._view = b""

    def read(self, frame: str | bytes) -> m.FromStation:
        """What a station sent."""
        return m.read_from_station(frame)

    def admits(self, seat: str) -> bool:
        """Seats only."""
        return seat in self.hub.port.state.seats

    async def welcome(self, hello: m.Hello) -> None:
        """Whose seat it is, and whether its call stands."""
        await self.send(views.welcome(self.hub.port.state, self.seat, self.hub.port.clock))
        await self.send(m.Called(on=self.presence().called is not None))

    async def serve(self, message: m.FromStation) -> None:
        """A sheet, or a call for the proctor."""
        match message:
            case m.Sheet():
                await self.answer(self._submitted(message))
                self.note()
            case m.Call():
                now = self.hub.port.clock.mono_ms()
                called = (self.presence().called or now) if message.on else None
                await self.send(m.Called(on=message.on))
                self.note(called=called)

    async def _submitted(self, sheet: m.Sheet) -> m.Receipt | m.Refused:
        state = self.hub.port.state
        if sheet.event != state.event.event:
            return self.refusal(Known("lan.other_event"), sheet.id)
        if sheet.seat != self.seat:
            return self.refusal(Known("lan.other_seat"), sheet.id)
        command = SubmitSheet(room=sheet.room, lot=sheet.lot, seat=sheet.seat, marks=sheet.marks)
        try:
            future = self.hub.port.submit(command, self._actor(), sub=sheet.id)
            answer: Any = await asyncio.wrap_future(future)
        except Known as known:
            return self.refusal(known, sheet.id)
        except Exception:
            log.exception("a sheet could not be taken: seat=%s", self.seat)
            return self.refusal(Known("lan.internal"), sheet.id)
        if answer.sheet is None:
            return self.refusal(Known("lan.internal"), sheet.id)
        return views.receipt(sheet.id, answer.sheet, answer.records[0].at)

    def _actor(self) -> Actor:
        """Who speaks: the seat its token stands for, never what the message says."""
        state = self.hub.port.state
        seat = state.seats[self.seat]
        role = Role.OBSERVER if group_of(state, self.seat).scope == "event" else Role.JUDGE
        return Actor(role=role, name=seat.name, seat=seat.id, room=seat.room, device=self.device)

    async def show(self, view: m.View) -> None:
        """Send a view, unless it is what the station already has."""
        same = m.encode(msgspec.structs.replace(view, size=0))
        if same != self._view:
            self._view = same
            await self.say(view)

    async def rewelcome(self) -> None:
        """The roster changed: say again whose seat it is."""
        await self.say(views.welcome(self.hub.port.state, self.seat, self.hub.port.clock))
