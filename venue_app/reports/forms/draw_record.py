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
    """A section a room, then the transcript with the signatures of those who watched."""
    say = sayer(language)
    rooms = tuple(_room(say, room) for room in form.rooms)
    if not rooms:
        return ()
    closing: tuple[Part, ...] = (
        *transcript_parts(say, form.transcript),
        Note(say("reports.draw.statement"), gap=4 * MM, keep=True),
        signatures(say, "waiting", "supervisor", "notary"),
    )
    if len(rooms) == 1:
        only = rooms[0]
        return (Section(only.title, only.parts + closing, only.facts, only.context),)
    return (*rooms, Section(say("reports.title.draw_transcript"), closing))


def _room(say: Say, room: DrawRoom) -> Section:
    lots = [line.lot for line in room.lines]
    if not lots or sorted(set(lots)) != lots:
        raise Known("reports.lots", room=room.title)
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
    lead = Note(say("reports.draw.room", room=room.title, count=len(rows)), gap=0, bold=True, keep=True)
    return Section(
        say("reports.title.draw_record"), (lead, table), (("room", room.title, len(rows)),), room.title
    )
