"""成绩汇总表: all lots of a room, every seat's total, what was dropped, the final."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, sayer, signatures, starred
from venue_app.reports.ink import MM
from venue_app.reports.models import RoomLine, RoomSummary
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table

# More seats than this and the page is turned.
_UPRIGHT = 11


def compose(form: RoomSummary, language: str) -> tuple[Section, ...]:
    """One section, on a turned page for a large panel."""
    if not form.lines or not form.seats:
        raise Known("reports.empty", form="room_summary")
    say = sayer(language)
    wide = len(form.seats) > _UPRIGHT
    left, side, final = (12, 19, 20) if wide else (14, 22, 24)
    each = ((265 if wide else 178) - left - 2 * side - final) / len(form.seats)
    head = heads(
        say("reports.column.lot"),
        *form.seats,
        say("reports.column.highest"),
        say("reports.column.lowest"),
        say("reports.column.final"),
        lines=1 if wide else 2,
    )
    rows = tuple(_line(say, form, line) for line in form.lines)
    table = Table(
        (left, *((each,) * len(form.seats)), side, side, final),
        rows,
        (Row(head.cells, (("seats", list(form.seats)),)),),
        height=7.2 * MM,
        size=10 if each > 9 else 8,
        keep=True,
        gap=2 * MM,
    )
    absent = sum(line.absent for line in form.lines)
    waived = sum(line.waived for line in form.lines)
    lead = say(
        "reports.summary.lead_waived" if waived else "reports.summary.lead",
        room=form.room,
        chief=form.chief or "________",  # to be written by hand
        count=len(form.lines),
        present=len(form.lines) - absent - waived,
        absent=absent,
        waived=waived,
    )
    parts: tuple[Part, ...] = (
        Note(lead, gap=0, keep=True),
        table,
        *(_few(say, line) for line in form.lines if line.few),
        signatures(say, "scorekeeper", "checker", "chief", "supervisor"),
    )
    facts: tuple[Fact, ...] = (("room", form.room, form.chief, len(form.lines)),)
    return (Section(say("reports.title.room_summary"), parts, facts, form.room, wide),)


def _line(say: Say, form: RoomSummary, line: RoomLine) -> Row:
    seats = len(form.seats)
    fact: Fact = ("waived" if line.waived else "absent", line.lot)
    lot = Cell(str(line.lot), bold=True)
    if line.absent or line.waived:
        if line.totals or line.final:
            raise Known("reports.absent_with_marks", lot=line.lot)
        word = say("reports.waived") if line.waived else say("reports.absent")
        return Row((lot, *(Cell("—") for _ in range(seats + 2)), Cell(word, bold=True)), (fact,))
    if len(line.totals) != seats or not line.final or any(not 0 <= at < seats for at in line.struck):
        raise Known("reports.columns", lot=line.lot, seat=form.room)
    fact = ("line", line.lot, list(line.totals), list(line.struck), line.highest, line.lowest, line.final)
    totals = (
        Cell(total or "—", lines=1, struck=at in line.struck and bool(total))
        for at, total in enumerate(line.totals)
    )
    cells = (
        lot,
        *totals,
        Cell(line.highest, lines=1),
        Cell(line.lowest, lines=1),
        Cell(starred(line.final, line.few), bold=True),
    )
    return Row(cells, (fact,))


def _few(say: Say, line: RoomLine) -> Note:
    """Below the table, why a final has an asterisk."""
    words = say("reports.summary.few", lot=line.lot, text=line.few)
    return Note(words, SMALL, gap=1 * MM, facts=(("few", line.lot, line.few),))
