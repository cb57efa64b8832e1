"""Decisions that correct the record or add to it: reopened and paper sheets, incidents, signatures, undo. Pure."""

from __future__ import annotations

import re

import msgspec

from venue_app.base.canonical import decimal_text
from venue_app.base.errors import Known
from venue_app.base.names import different
from venue_app.domain import floor_commands as c
from venue_app.domain import floor_entries as f
from venue_app.domain.roles import PROGRAM
from venue_app.rules.number import fixed
from venue_app.rules.sheets import sheet_total
from venue_app.state import State
from venue_app.state.facts import held_marks
from venue_app.state.room import group_of
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.results import computed_if_complete
from venue_app.venue.room import another_person, appearance
from venue_app.venue.sheets import accepted_sheet

_DIGEST = re.compile(r"[0-9a-f]{64}")


def reopen_sheet(state: State, command: c.ReopenSheet, context: Context) -> Decision:
    """Give a sheet back to its seat. The result that rested on it has to be made, checked and told anew."""
    found = appearance(state, command.room, command.lot)
    sheet = found.sheets.get(command.seat)
    if sheet is None:
        raise Known("venue.no_sheet_yet", seat=command.seat, lot=command.lot)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    second = another_person(command.second, context)
    return facts(
        f.SheetReopened(
            room=command.room,
            lot=command.lot,
            entry=found.entry,
            seat=command.seat,
            replaces=sheet.seq,
            reason=command.reason.strip(),
            second=second,
        )
    )


def enter_paper_sheet(state: State, command: c.EnterPaperSheet, context: Context) -> Decision:
    """Take a sheet written on paper, when two people typed the same marks."""
    people = (command.first.strip(), command.second.strip())
    if not different(people):
        raise Known("venue.second_person")
    found, sheet = accepted_sheet(state, command.room, command.lot, command.seat, command.marks, context.sub)
    if _numbers(state, command.seat, command.again) != _numbers(state, command.seat, command.marks):
        raise Known("venue.typed_differently", seat=command.seat)
    return computed_if_complete(state, found, msgspec.structs.replace(sheet, paper=people), context)


def _numbers(state: State, seat: str, marks: dict[str, str]) -> tuple[str, ...]:
    group = group_of(state, seat)
    held = held_marks(group, marks)
    return (*(decimal_text(fixed(mark, group.places)) for mark in held), str(sheet_total(group, held)))


def note_incident(state: State, command: c.NoteIncident, _: Context) -> Decision:
    """Write something into the room's log."""
    if command.room not in state.rooms:
        raise Known("venue.unknown_room", room=command.room)
    if command.lot is not None:
        appearance(state, command.room, command.lot)
    if not command.text.strip():
        raise Known("venue.reason_missing")
    return facts(
        f.IncidentNoted(
            room=command.room,
            text=command.text.strip(),
            decision=command.decision.strip(),
            lot=command.lot,
            violation=command.violation,
        )
    )


def record_signature(state: State, command: c.RecordSignature, _: Context) -> Decision:
    """The candidate signed the sheet, or refused to; only once there is a result to sign."""
    found = appearance(state, command.room, command.lot)
    if found.checker is None:
        raise Known("venue.not_checked", lot=command.lot)
    return facts(
        f.SignatureRecorded(
            room=command.room, lot=command.lot, entry=found.entry, refused=command.refused.strip()
        )
    )


def undo_step(state: State, command: c.UndoStep, context: Context) -> Decision:
    """Take the room's last step back, where nothing rests on it yet."""
    step = state.undoable.get(command.room)
    if step is None:
        raise Known("venue.nothing_to_undo")
    clock = step.before.clock
    if clock is not None and clock.phase == "running" and step.boot != context.boot:
        raise Known("venue.undo_after_restart")
    floor = state.floor.get(command.room)
    if floor is not None and floor != step.before.lot:
        raise Known("venue.floor_taken", lot=floor)
    return facts(f.StepUndone(room=command.room, undoes=step.seq))


def co_sign(state: State, command: c.CoSign, context: Context) -> Decision:
    """A witness signs for the journal as it stands, by name."""
    if not context.actor.name.strip():
        raise Known("venue.person_missing")
    if command.milestone == "result":
        if command.room is None or command.lot is None:
            raise Known("venue.unknown_lot", lot="")
        if appearance(state, command.room, command.lot).checker is None:
            raise Known("venue.not_checked", lot=command.lot)
    if command.milestone == "opening" and state.opened_at is None:
        raise Known("venue.not_open")
    if command.milestone == "draw" and not any(draw.held_seq for draw in state.draws.values()):
        raise Known("draw.not_prepared")
    if command.milestone == "ballot" and not any(poll.closed_seq for poll in state.polls.values()):
        raise Known("ballots.none_closed")
    if command.milestone == "session" and command.room not in state.rooms:
        raise Known("venue.unknown_room", room=command.room or "")
    if command.milestone == "close" and state.closed_at is None:
        raise Known("venue.not_closed")
    return facts(
        f.WitnessSigned(milestone=command.milestone, room=command.room, lot=command.lot, size=state.size)
    )


def note_clocks(_: State, command: c.NoteClocks, context: Context) -> Decision:
    """Put on record how the displays' clocks stand: only the program knows."""
    if context.actor != PROGRAM:
        raise Known("venue.not_allowed", role=context.actor.role.value)
    return facts(f.ClocksNoted(why=command.why, room=command.room, displays=command.displays))


def add_photos(state: State, command: c.AddPhotos, _: Context) -> Decision:
    """Put on record which photograph belongs to whom; the pictures themselves never enter the journal."""
    for candidate, digest in command.photos.items():
        if candidate not in state.candidates or not _DIGEST.fullmatch(digest):
            raise Known("venue.photo_unknown", candidate=candidate)
    if not command.photos:
        raise Known("venue.photos_none")
    return facts(f.PhotosAdded(photos=command.photos))
