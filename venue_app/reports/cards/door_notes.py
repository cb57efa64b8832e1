"""考场门贴: what is heard behind this door. Numbers only: who comes is nobody's business before the draw."""

from __future__ import annotations

from collections.abc import Callable

from venue_app.reports.cards.models import DoorNote, DoorNotes
from venue_app.reports.cards.sheet import Cell, centred, kind, line
from venue_app.reports.flow import LANDSCAPE
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, THICK, THIN, Ink

_MARGIN = 15 * MM
#: More posts than this stand in two columns.
_ONE_COLUMN = 6


def draw(ink: Ink, turn: Callable[[tuple[float, float]], None], form: DoorNotes, say: Say) -> None:
    """A page a room."""
    page = Cell(0, 0, *LANDSCAPE).within(_MARGIN)
    for note in form.notes:
        turn(LANDSCAPE)
        _note(ink, page, form, note, say)


def _note(ink: Ink, page: Cell, form: DoorNotes, note: DoorNote, say: Say) -> None:
    top = page.y + page.high
    ink.box(page.x - 5 * MM, page.y - 5 * MM, page.wide + 10 * MM, page.high + 10 * MM, THICK)
    top = line(ink, page, top, kind(say, form.occasion.event, form.occasion), 18, lines=2)
    title = Cell(page.x, top - 46 * MM, page.wide, 44 * MM)
    centred(ink, title, note.room, 96, lines=2)
    top = title.y - 4 * MM
    ink.rules([(page.x, top, page.x + page.wide, top)], THIN)
    foot = page.y + 30 * MM
    _posts(ink, Cell(page.x, foot, page.wide, top - 3 * MM - foot), note, say)
    ink.rules([(page.x, foot - 2 * MM, page.x + page.wide, foot - 2 * MM)], THIN)
    said = [say("cards.door.people", count=note.people)]
    said += [say("cards.door.session", session=name, count=count) for name, count in note.sessions]
    low = line(ink, page, foot - 4 * MM, "   ".join(said), 15, bold=True, lines=2)
    line(ink, page, min(low - 2 * MM, page.y + 12 * MM), say("cards.door.quiet"), 20, bold=True, lines=2)


def _posts(ink: Ink, cell: Cell, note: DoorNote, say: Say) -> None:
    columns = 1 if len(note.posts) <= _ONE_COLUMN else 2
    down = -(-len(note.posts) // columns) or 1
    gap = 8 * MM
    wide = (cell.wide - gap * (columns - 1)) / columns
    step = min(14 * MM, cell.high / down)
    size, lines = (min(22.0, step * 0.6), 1) if columns == 1 else (min(12.0, step * 0.36), 2)
    for at, (post, count) in enumerate(note.posts):
        column, row = divmod(at, down)
        x = cell.x + column * (wide + gap)
        top = cell.y + cell.high - row * step
        line(ink, Cell(x, cell.y, wide - 24 * MM, cell.high), top, post, size, lines=lines, align="left")
        number = Cell(x + wide - 22 * MM, cell.y, 22 * MM, cell.high)
        line(ink, number, top, say("cards.door.count", count=count), size, align="right")
