"""考生成绩单: every judge's mark, what was dropped, the sum, the mean and the sentence that explains it."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.models import CandidateSheet, CandidateSheets, SeatMarks
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table


def compose(form: CandidateSheets, language: str) -> tuple[Section, ...]:
    """A page a candidate."""
    say = sayer(language)
    return tuple(_sheet(say, sheet) for sheet in form.sheets)


def compose_one(form: CandidateSheet, language: str) -> tuple[Section, ...]:
    """The one candidate's page."""
    return (_sheet(sayer(language), form),)


def _sheet(say: Say, form: CandidateSheet) -> Section:
    _possible(form)
    parts: list[Part] = [_who(say, form)]
    if form.absent or form.waived:
        word = say("reports.sheet.waived") if form.waived else say("reports.sheet.absent")
        fact: Fact = ("waived" if form.waived else "absent", form.lot)
        parts.append(Note(word, 26, boxed=True, bold=True, align="center", gap=8 * MM, facts=(fact,)))
    else:
        parts += [_marks(say, form), _result(say, form)]
    if form.working:
        parts.append(Note(form.working, gap=3 * MM, boxed=True))
    parts += [Note(words, gap=2 * MM, bold=True, facts=(("few", words),)) for words in form.few]
    if form.also:
        parts.append(_also(form))
    parts.append(signatures(say, "scorekeeper", "checker", "chief", "supervisor", "candidate"))
    context = f"{say('reports.column.lot')} {form.lot} {form.name}"
    facts: tuple[Fact, ...] = (("candidate", form.room, form.lot, form.name, form.post),)
    return Section(say("reports.title.candidate_sheet"), tuple(parts), facts, context)


def _possible(form: CandidateSheet) -> None:
    """Refuse a sheet whose numbers cannot stand in one table."""
    if form.absent or form.waived:
        if form.seats or form.mean:
            raise Known("reports.absent_with_marks", lot=form.lot)
        return
    if not form.seats or not form.mean:
        raise Known("reports.no_marks", lot=form.lot)
    width = len(form.criteria)
    for seat in form.seats:
        marked = not seat.excuse
        if marked and (len(seat.marks) != width or not seat.total):
            raise Known("reports.columns", lot=form.lot, seat=seat.seat)
        if any(not 0 <= at < width for at in seat.struck):
            raise Known("reports.columns", lot=form.lot, seat=seat.seat)


def _who(say: Say, form: CandidateSheet) -> Table:
    first = labelled((say("reports.column.lot"), str(form.lot)), (say("reports.column.room"), form.room))
    second = labelled((say("reports.column.name"), form.name), (say("reports.column.post"), form.post))
    lot = Cell(str(form.lot), "left", bold=True, size=15)
    return Table(
        (22, 58, 22, 76), (Row((first[0], lot, *first[2:])), Row(second)), height=8.5 * MM, keep=True
    )


def _row_height(seats: int) -> float:
    """Lower rows for a large panel, so that one candidate stays on one page."""
    if seats <= 9:
        return 8 * MM
    return max(4.3 * MM, 76 * MM / seats)


def _marks(say: Say, form: CandidateSheet) -> Table:
    tight = len(form.seats) > 15
    size = 8.0 if tight else 10.0
    rows = tuple(_seat_row(say, form, seat, size) for seat in form.seats)
    titles = [Cell(say("reports.column.seat"), bold=True, shade=True, size=SMALL)]
    for one in form.criteria:
        text = say("reports.sheet.criterion", title=one.title, maximum=one.maximum)
        titles.append(Cell(text, bold=True, shade=True, size=SMALL, lines=3))
    for word in (say("reports.column.total"), say("reports.column.kept"), say("reports.column.receipt")):
        titles.append(Cell(word, bold=True, shade=True, size=SMALL))
    facts: tuple[Fact, ...] = (("criteria", [[one.title, one.maximum] for one in form.criteria]),)
    each = 92 / len(form.criteria) if form.criteria else 0
    columns = (22, *((each,) * len(form.criteria)), 18, 22, 24)
    return Table(columns, rows, (Row(tuple(titles), facts),), size, _row_height(len(rows)), gap=3 * MM)


def _seat_row(say: Say, form: CandidateSheet, seat: SeatMarks, size: float) -> Row:
    fact: Fact = (
        "seat",
        seat.seat,
        list(seat.marks),
        seat.total,
        seat.dropped,
        list(seat.struck),
        seat.excuse,
        seat.receipt,
    )
    words = {
        "recused": say("reports.excuse.recused"),
        "excused": say("reports.excuse.excused"),
        "missing": say("reports.excuse.missing"),
    }
    if seat.excuse:
        blank = Cell(words[seat.excuse], span=len(form.criteria) + 1, size=size)
        return Row(
            (
                Cell(seat.seat, lines=1),
                blank,
                Cell(say("reports.sheet.left_out"), lines=1),
                Cell(seat.receipt),
            ),
            (fact,),
        )
    kept = {
        "": say("reports.sheet.counted"),
        "high": say("reports.sheet.highest"),
        "low": say("reports.sheet.lowest"),
    }[seat.dropped]
    gone = bool(seat.dropped)
    marks = tuple(Cell(mark, lines=1, struck=gone or at in seat.struck) for at, mark in enumerate(seat.marks))
    cells = (
        Cell(seat.seat, lines=1),
        *marks,
        Cell(seat.total, lines=1, bold=True, struck=gone),
        Cell(kept, size=min(size, SMALL), lines=1),
        Cell(seat.receipt, size=min(size, SMALL), lines=1),
    )
    return Row(cells, (fact,))


def _result(say: Say, form: CandidateSheet) -> Table:
    cells = (
        Cell(say("reports.sheet.kept"), shade=True, size=SMALL),
        Cell(str(form.kept)),
        Cell(say("reports.sheet.sum"), shade=True, size=SMALL),
        Cell(form.sum),
        Cell(say("reports.sheet.mean"), shade=True, bold=True),
        Cell(form.mean, bold=True, size=17),
    )
    facts: tuple[Fact, ...] = (("result", form.kept, form.sum, form.mean),)
    return Table((32, 16, 26, 30, 30, 44), (Row(cells, facts),), height=11 * MM, gap=3 * MM)


def _also(form: CandidateSheet) -> Table:
    rows = tuple(
        Row((Cell(label, shade=True, size=SMALL), Cell(value, "left")), (("also", label, value),))
        for label, value in form.also
    )
    return Table((48, 130), rows, height=7 * MM, gap=3 * MM)
