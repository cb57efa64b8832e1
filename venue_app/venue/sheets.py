"""Decisions on score sheets: taken once, whole, from the right seat, for a lot that can be marked. Pure."""

from __future__ import annotations

import re

import msgspec

from venue_app.base.canonical import canonical_plain, decimal_text
from venue_app.base.errors import Known
from venue_app.base.ids import short_code
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain.signing import sheet_text, signed_by
from venue_app.rules.number import fixed
from venue_app.rules.sheets import sheet_total
from venue_app.state import Appearance, State
from venue_app.state.facts import held_marks
from venue_app.state.room import group_of, marks_in
from venue_app.venue.context import Context, Decision
from venue_app.venue.results import computed_if_complete
from venue_app.venue.room import appearance

_PLAIN = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


def receipt_of(event: str, sheet: e.SheetReceived, sub: str | None) -> str:
    """The code the judge writes down: six signs from the SHA-256 of event, room, lot, seat, marks and sheet id.

    Whoever has the entry can work it out again (docs/formats/journal.md).
    """
    content = {
        "event": event,
        "room": sheet.room,
        "lot": sheet.lot,
        "seat": sheet.seat,
        "marks": sheet.marks,
        "sub": sub,
    }
    return short_code(b"venue-receipt-1\n" + canonical_plain(content))


def submit_sheet(state: State, command: c.SubmitSheet, context: Context) -> Decision:
    """Take a sheet from its station. A second one for the same seat and lot is refused: a change is a correction."""
    found, sheet = accepted_sheet(state, command.room, command.lot, command.seat, command.marks, context.sub)
    then, now = found.sat.get(command.seat), state.seats[command.seat].name
    if then is not None and then != now:  # whoever sits there since has not heard this candidate
        raise Known("venue.another_judge", lot=command.lot, then=then or "-", now=now or "-")
    station = state.stations.get(command.seat)
    if command.signature or command.carried or (station is not None and station.public_key):
        sheet = msgspec.structs.replace(sheet, signature=command.signature, carried=command.carried)
        if not rightly_signed(state, sheet, context.sub):
            raise Known("venue.signature_wrong", lot=command.lot)
    return computed_if_complete(state, found, sheet, context)


def rightly_signed(state: State, sheet: e.SheetReceived, sub: str | None) -> bool:
    """Whether a device that this seat has or had signed exactly this sheet."""
    said = sheet_text(state.event.event, sheet.seat, sheet.room, sheet.lot, sheet.marks, sub or "")
    return signed_by(reversed(state.keys.get(sheet.seat, ())), said, sheet.signature)


def accepted_sheet(
    state: State, room: str, lot: int, seat_id: str, sent: dict[str, str], sub: str | None
) -> tuple[Appearance, e.SheetReceived]:
    """The sheet as the journal will keep it, with its receipt, and the appearance it is for.

    Raises `Known` for a seat that may not mark this lot now, and for marks that cannot stand.
    """
    found = appearance(state, room, lot)
    seat = state.seats.get(seat_id)
    if seat is None or not marks_in(state, seat, room):
        raise Known("venue.unknown_seat", seat=seat_id)
    if seat_id in found.sheets:
        raise Known("venue.sheet_already_in", seat=seat_id, lot=lot)
    if seat_id in found.excused:
        raise Known("venue.seat_is_excused", seat=seat_id, lot=lot)
    if not found.judging_open:
        raise Known("venue.not_open_for_marks", lot=lot)
    group = group_of(state, seat_id)
    held = held_marks(group, _numbers(sent))
    marks = {
        criterion.id: decimal_text(fixed(mark, group.places))
        for criterion, mark in zip(group.criteria, held, strict=True)
    }
    sheet = e.SheetReceived(
        room=room,
        lot=lot,
        entry=found.entry,
        seat=seat_id,
        marks=marks,
        total=decimal_text(sheet_total(group, held)),
        receipt="",
    )
    return found, msgspec.structs.replace(sheet, receipt=receipt_of(state.event.event, sheet, sub))


def _numbers(marks: dict[str, str]) -> dict[str, str]:
    """The marks as sent, refusing what is no plain decimal before it reaches the rules."""
    for name, mark in marks.items():
        if not _PLAIN.fullmatch(mark):
            raise Known("venue.mark_not_a_number", criterion=name, mark=mark[:20])
    return marks
