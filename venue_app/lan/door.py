"""Joining, on the laptop's side: a code for a seat, a person who lets the device in, and one device a seat."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.domain.commands import Command, JoinStation, ReleaseStation
from venue_app.domain.roles import PROGRAM
from venue_app.journal import Journal
from venue_app.lan import messages as m
from venue_app.lan import views
from venue_app.lan.limits import GuessLimits
from venue_app.lan.pairing import JoiningCode, PairingDesk, device_id
from venue_app.lan.ports import VenuePort
from venue_app.lan.wishes import Approval, Wishes
from venue_app.state.places import STANDBY, place_of, place_word

log = logging.getLogger(__name__)

_CARDS = "lan.cards"


class Door:
    """Lets devices in. `approval` says when the proctor is asked; it may be changed at any time."""

    def __init__(self, port: VenuePort, guesses: GuessLimits, approval: Approval) -> None:
        self.port = port
        self.approval: Approval = approval
        self.desk = PairingDesk(port.clock, guesses, self._keep)
        self.wishes = Wishes(port.clock, self.desk.put_back)

    def _keep(self, cards: bytes) -> None:
        self.port.with_journal(lambda journal: journal.set_meta(_CARDS, cards))

    async def open(self) -> None:
        """Know again the seat cards that an earlier run of the program printed."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[bytes | None] = loop.create_future()

        def read(journal: Journal) -> None:
            loop.call_soon_threadsafe(found.set_result, journal.meta().get(_CARDS))

        self.port.with_journal(read)
        joined = {seat: station.at for seat, station in self.port.state.stations.items()}
        self.desk.restore(await found, joined)

    async def join(self, request: m.JoinRequest, address: str) -> m.JoinReply | m.JoinWaiting:
        """Give the place a code stands for to the device that brings it, or let it wait; raises `Known` when not.

        A device that has its place already hears so again: its first answer may have been lost.
        """
        if request.version != m.VERSION:
            raise Known("lan.version", theirs=request.version, ours=m.VERSION)
        device = device_id(request.token)
        held = next((s.seat for s in self.port.state.stations.values() if s.device == device), None)
        if held is not None:
            return self._joined(held)
        found = self.wishes.of(device)
        if found is None:
            code = self._redeem(request, address)
            if not self._must_ask(code.seat):
                return await self._admit(code, device, request, address, "")
            self.wishes.add(device, code, request.device_name.strip(), address)
            return self._waiting(code.seat)
        if found.granted is None:
            return self._waiting(found.code.seat)
        self.wishes.drop(device)
        if not found.granted:
            raise Known("lan.not_let_in")
        return await self._admit(found.code, device, request, address, found.instead_of)

    def decide(self, wish: str, granted: bool) -> None:
        """The proctor has said yes or no. Only the device that holds the seat at this moment gives way."""
        for found in self.wishes.all():
            if found.wish.id == wish and found.granted is None:
                holder = self.port.state.stations.get(found.wish.seat)
                self.wishes.settle(found, granted, holder.device if holder else "")

    def _redeem(self, request: m.JoinRequest, address: str) -> JoiningCode:
        code = self.desk.redeem(request.code, address)
        place = place_of(self.port.state, code.seat)
        if place is None and not request.public_key:
            self.desk.put_back(code)
            raise Known("lan.key_missing")
        if request.wants and (place.role.value if place else "") not in request.wants:
            self.desk.put_back(code)
            raise Known("lan.code_elsewhere")
        return code

    def _must_ask(self, seat: str) -> bool:
        """A standby gets the whole journal and may run the event one day: never without a person's word."""
        return (
            seat == STANDBY
            or self.approval == "always"
            or (self.approval == "replacements" and seat in self.port.state.stations)
        )

    async def _admit(
        self, code: JoiningCode, device: str, request: m.JoinRequest, address: str, instead_of: str
    ) -> m.JoinReply:
        name = request.device_name.strip()
        holder = self.port.state.stations.get(code.seat)
        try:
            if holder is not None and holder.device == instead_of:
                reason = tr_in(self.port.state.scheme.language, "lan.reason.replaced", device=name)
                await self._done(ReleaseStation(seat=code.seat, reason=reason))
            await self._done(
                JoinStation(
                    seat=code.seat,
                    device=device,
                    device_name=name,
                    person=request.person.strip(),
                    public_key=request.public_key,
                )
            )
        except BaseException:  # refused, or the device gave up waiting: the code was not used
            self.desk.put_back(code)
            raise
        log.info("station joined: seat=%s address=%s", code.seat, address)
        return self._joined(code.seat)

    async def _done(self, command: Command) -> Any:
        return await asyncio.wrap_future(self.port.submit(command, PROGRAM))

    def _waiting(self, seat: str) -> m.JoinWaiting:
        holder = self.port.state.stations.get(seat)
        return m.JoinWaiting(waiting=True, seat=seat, holder=holder.device_name if holder else "")

    def _joined(self, seat_id: str) -> m.JoinReply:
        state = self.port.state
        place = place_of(state, seat_id)
        if place is not None:
            room = state.rooms.get(place.room or "")
            return m.JoinReply(
                event=state.event.event,
                title=state.event.title,
                mode=state.event.mode,
                seat=place.id,
                number=place.number,
                group_title={language: place_word(place, language) for language in LANGUAGES},
                room_title=room.title if room else "",
                role=place.role.value,
            )
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
