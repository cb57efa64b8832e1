"""A seat's connection on the laptop's side: the judge's sheets in, the seat's own view out."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any

from aiohttp import web

from venue_app.base.errors import Known
from venue_app.domain.commands import SubmitSheet
from venue_app.domain.roles import Actor, Role
from venue_app.lan import messages as m
from venue_app.lan import views
from venue_app.lan.connection import Connection, Shared
from venue_app.lan.ports import Answer
from venue_app.lan.presence import RecusalAsked
from venue_app.state import State
from venue_app.state.room import group_of, marks_in


class Session(Connection):
    """A judge's or observer's station that is connected."""

    def __init__(
        self, hub: Shared, ws: web.WebSocketResponse, address: str, transport: asyncio.Transport
    ) -> None:
        super().__init__(hub, ws, address, transport)
        self._view = b""
        self._seen = 0

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
        asked = self.presence().recusal
        if asked is not None:
            await self.send(m.Recusal(room=asked.room, lot=asked.lot, on=True))

    async def serve(self, message: m.FromStation) -> None:
        """A sheet, a call for the proctor, or a request to be excused."""
        match message:
            case m.Sheet():
                self.note()
                await self._take(message)
            case m.Call():
                now = self.hub.port.clock.mono_ms()
                called = (self.presence().called or now) if message.on else None
                await self.send(m.Called(on=message.on))
                self.note(called=called)
            case m.Kept():
                known = sheets_of(self.hub.port.state, self.seat)
                await self.send(m.Missing(ids=tuple(x for x in message.ids if x not in known)))
            case m.Recuse():
                stands = message.on and self._may_recuse(message.room, message.lot)
                now = self.hub.port.clock.mono_ms()
                asked = RecusalAsked(message.room, message.lot, message.reason.strip(), now)
                await self.send(m.Recusal(room=message.room, lot=message.lot, on=stands))
                self.note(recusal=asked if stands else None)

    def _may_recuse(self, room: str, lot: int) -> bool:
        """Whether there is anything to be excused from: a lot of an own room, not marked and not left out yet."""
        state = self.hub.port.state
        found = state.appearances.get((room, lot))
        if found is None or not marks_in(state, state.seats[self.seat], room):
            return False
        return self.seat not in found.sheets and self.seat not in found.excused

    async def _take(self, sheet: m.Sheet) -> None:
        state = self.hub.port.state
        if sheet.event != state.event.event:
            await self.send(self.refusal(Known("lan.other_event"), sheet.id))
        elif sheet.seat != self.seat:
            await self.send(self.refusal(Known("lan.other_seat"), sheet.id))
        else:
            command = SubmitSheet(
                room=sheet.room,
                lot=sheet.lot,
                seat=sheet.seat,
                marks=sheet.marks,
                signature=sheet.signature,
            )
            await self.ask(command, self._actor(), sheet.id)

    def done(self, sub: str, answer: Answer) -> m.Receipt:
        """The receipt of a sheet that is durable."""
        if answer.sheet is None:
            raise Known("lan.internal")
        return views.receipt(sub, answer.sheet, answer.records[0].at)

    def _actor(self) -> Actor:
        """Who speaks: the seat its token stands for, never what the message says."""
        state = self.hub.port.state
        seat = state.seats[self.seat]
        role = Role.OBSERVER if group_of(state, self.seat).scope == "event" else Role.JUDGE
        return Actor(role=role, name=seat.name, seat=seat.id, room=seat.room, device=self.device)

    async def decided(self, sub: str, future: Future[Any]) -> None:
        """The answer, and in the same write what the seat sees now: it saves a turn for each of a thousand."""
        self._flying.release()
        answer = m.encode(self.said(sub, future))
        viewer = self.hub.viewer()
        station = viewer.state.stations.get(self.seat)
        mine = station is not None and station.device == self.device and self.seat in viewer.state.seats
        news = mine and self._seen < viewer.state.size  # nothing happened: a refusal costs no view
        self.push(answer, *(self._news(viewer) if news else ()))

    def show(self, viewer: views.Viewer, size: int) -> None:
        """Send the view, unless the station has seen the journal of `size` entries or nothing differs but that."""
        if self._seen < size:
            for frame in self._news(viewer):
                self.push(frame)

    def _news(self, viewer: views.Viewer) -> list[bytes]:
        """The frame of what the seat may see, if the station does not know it yet."""
        self._seen = viewer.state.size
        frame = m.encode(viewer.of(self.seat))
        seen = frame[frame.index(b',"closed":') :]
        if seen == self._view:
            return []
        self._view = seen
        return [frame]

    async def rewelcome(self) -> None:
        """The roster changed: say again whose seat it is."""
        await self.say(views.welcome(self.hub.port.state, self.seat, self.hub.port.clock))


def sheets_of(state: State, seat: str) -> set[str]:
    """The ids of all sheets of a seat, those given back for correction too."""
    found: set[str] = set()
    for appearance in state.appearances.values():
        mine = [one for one in appearance.superseded if one.seat == seat]
        if seat in appearance.sheets:
            mine.append(appearance.sheets[seat])
        found.update(one.sub for one in mine if one.sub is not None)
    return found
