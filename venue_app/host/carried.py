"""Sheets that were brought to the laptop by hand enter the journal as if they had come over the network."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from venue_app.base.errors import Known
from venue_app.domain.commands import SubmitSheet
from venue_app.domain.roles import Actor, Role
from venue_app.lan.carried import unpack
from venue_app.lan.messages import Sheet
from venue_app.state import State
from venue_app.state.room import group_of
from venue_app.venue import Venue


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one sheet: its receipt and whether it was in already, or why it was not taken."""

    seat: str
    room: str
    lot: int
    receipt: str = ""
    known: bool = False
    fault: Known | None = None


def import_carried(venue: Venue, data: bytes, by: str) -> tuple[Brought, ...]:
    """Take the sheets of a file in, one by one; `by` is who brought it and stands in the journal with each.

    A sheet enters only with the signature of a device that its seat has or had. The same file again changes
    nothing. Raises `Known`: lan.carried_unreadable, venue.people_missing.
    """
    sheets = unpack(data)
    if not by.strip():
        raise Known("venue.people_missing")
    asked = [(sheet, _submit(venue, sheet, by.strip())) for sheet in sheets]
    return tuple(_brought(sheet, future) for sheet, future in asked)


def _submit(venue: Venue, sheet: Sheet, by: str) -> Future[Any] | Known:
    state = venue.state
    if sheet.event != state.event.event:
        return Known("lan.other_event")
    if sheet.seat not in state.seats:
        return Known("venue.unknown_seat", seat=sheet.seat)
    command = SubmitSheet(
        room=sheet.room,
        lot=sheet.lot,
        seat=sheet.seat,
        marks=sheet.marks,
        signature=sheet.signature,
        carried=by,
    )
    return venue.submit(command, _actor(state, sheet.seat), sub=sheet.id)


def _actor(state: State, seat_id: str) -> Actor:
    """The seat speaks: its signature is on the sheet."""
    seat = state.seats[seat_id]
    role = Role.OBSERVER if group_of(state, seat_id).scope == "event" else Role.JUDGE
    return Actor(role=role, name=seat.name, seat=seat.id, room=seat.room)


def _brought(sheet: Sheet, found: Future[Any] | Known) -> Brought:
    seat, room, lot = sheet.seat, sheet.room, sheet.lot
    try:
        if isinstance(found, Known):
            raise found
        reply = found.result()
        if reply.sheet is None:
            raise Known("venue.submission_reused")
    except Known as fault:
        return Brought(seat, room, lot, fault=fault)
    return Brought(seat, room, lot, reply.sheet.receipt, reply.repeated)
