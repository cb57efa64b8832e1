"""抽签结果表: who drew which lot, signed by each, and the transcript from which anyone can recompute it."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, sayer, signatures, transcript_parts
from venue_app.reports.ink import MM
from venue_app.reports.models import DrawRecord, DrawRoom
from venue_app.reports.parts import Cell, Note, Part, Row, Section, Table

# Room for a signature in ink.
_TALL = 10.5 * MM


def compose(form: DrawRecord, language: str) -> tuple[Section, ...]:
    """A section a room (or one for all judges or question sets), then the transcript with the signatures of those who watched."""
    say = sayer(language)
    rooms = _rooms(say, form)
    if not rooms:
        return ()
    closing: tuple[Part, ...] = (
        *(Note(note, gap=2 * MM, facts=(("note", note),)) for note in form.notes),
        *transcript_parts(say, form.transcript),
        Note(_statement(say, form), gap=4 * MM, keep=True),
        signatures(say, "waiting", "supervisor", "notary"),
    )
    if len(rooms) == 1:
        only = rooms[0]
        return (Section(only.title, only.parts + closing, only.facts, only.context),)
    return (*rooms, Section(say("reports.title.draw_transcript"), closing))


def _statement(say: Say, form: DrawRecord) -> str:
    return say("reports.draw.statement_by_hand" if form.transcript.by_hand else "reports.draw.statement")


def _rooms(say: Say, form: DrawRecord) -> tuple[Section, ...]:
    for room in form.rooms:
        lots = [line.lot for line in room.lines]
        if not lots or sorted(set(lots)) != lots:
            raise Known("reports.lots", room=room.title)
    if form.kind == "candidates":
        return tuple(_room(say, form, room) for room in form.rooms)
    return (_whole(say, form),) if form.rooms else ()


def _room(say: Say, form: DrawRecord, room: DrawRoom) -> Section:
    with_id = any(line.id for line in room.lines)
    titles = [say("reports.column.lot"), say("reports.column.name"), say("reports.column.post")]
    titles += [say("reports.column.id")] if with_id else []
    rows = tuple(
        Row(
            (
                Cell(str(line.lot), bold=True, size=12),
                Cell(line.name, size=11, lines=3),
                Cell(line.post, "left", size=9.5),
                *((Cell(line.id, size=8),) if with_id else ()),
                Cell(),
            ),
            (("lot", line.lot, line.name, line.post, line.id),),
        )
        for line in room.lines
    )
    columns = (16, 36, 52, 30, 44) if with_id else (18, 44, 62, 54)
    table = Table(columns, rows, (heads(*titles, say("reports.column.signature")),), height=_TALL, gap=2 * MM)
    said = say("reports.draw.room", room=room.title, count=len(rows))
    lead = Note("　".join(filter(None, (said, form.draw))), gap=0, bold=True, keep=True)
    return Section(
        say("reports.title.draw_record"), (lead, table), (("room", room.title, len(rows)),), room.title
    )


def _whole(say: Say, form: DrawRecord) -> Section:
    """All places of a draw of judges or question sets in one table."""
    judges = form.kind == "judges"
    rows = tuple(
        Row(
            (
                Cell(room.title, size=10),
                Cell(str(line.lot), bold=True, size=11),
                Cell(line.name, size=11, lines=3),
                *((Cell(line.post, "left", size=9.5), Cell(line.id, size=8), Cell()) if judges else ()),
            ),
            (("seat", room.title, line.lot, line.name, line.post, line.id),),
        )
        for room in form.rooms
        for line in room.lines
    )
    titles = [say("reports.column.place"), say("reports.column.number_drawn")]
    titles += [say("reports.column.name"), say("reports.column.unit")] if judges else []
    titles += [say("reports.column.id"), say("reports.column.signature")] if judges else []
    titles += [] if judges else [say("reports.column.question_set")]
    columns = (34, 16, 34, 40, 18, 36) if judges else (70, 24, 84)
    height = _TALL if judges else 8 * MM
    table = Table(columns, rows, (heads(*titles),), height=height, gap=2 * MM)
    lead = Note(form.draw, gap=0, bold=True, keep=True)
    facts = (("drawn", form.draw, len(rows)),)
    return Section(say("reports.title.draw_record"), (lead, table), facts, form.draw)
