"""评分表: one judge's marks for one lot, or the same sheet empty, to be filled in by hand."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import Asked, ScoreSheet, ScoreSheets
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table

_COLUMNS = (30, 14, 56, 34, 22, 22)


def compose(form: ScoreSheets, language: str) -> tuple[Section, ...]:
    """A page a sheet."""
    say = sayer(language)
    return tuple(_sheet(say, sheet) for sheet in form.sheets)


def _sheet(say: Say, form: ScoreSheet) -> Section:
    if not form.criteria or bool(form.total) != all(one.mark for one in form.criteria):
        raise Known("reports.no_marks", lot=form.lot)
    blank = not form.total
    parts: list[Part] = [_who(say, form), _table(say, form)]
    if blank:
        parts.append(Note(say("reports.judge.by_hand"), SMALL))
    elif any(one.before for one in form.criteria):
        parts.append(Note(say("reports.judge.struck"), SMALL))
    if form.paper:
        parts.append(Note(say("reports.judge.paper"), SMALL, gap=1 * MM))
    parts.append(signatures(say, "judge", "chief", "supervisor"))
    facts: tuple[Fact, ...] = (("sheet", form.room, form.group, form.post, form.lot, form.seat),)
    context = f"{form.room} {form.seat}"
    return Section(say("reports.title.score_sheet"), tuple(parts), facts, context)


def _who(say: Say, form: ScoreSheet) -> Table:
    lot = Cell(str(form.lot) if form.lot else "", "left", bold=True, size=15)
    first = labelled((say("reports.column.room"), form.room), (say("reports.column.lot"), ""))
    second = labelled((say("reports.column.post"), form.post), (say("reports.column.seat"), form.seat))
    group = labelled((say("reports.judge.group"), form.group), (say("reports.column.receipt"), form.receipt))
    return Table(
        (22, 76, 22, 58), (Row((*first[:3], lot)), Row(second), Row(group)), height=9 * MM, keep=True
    )


def _table(say: Say, form: ScoreSheet) -> Table:
    head = heads(
        say("reports.judge.criterion"),
        say("reports.judge.maximum"),
        say("reports.judge.look_for"),
        say("reports.judge.bands"),
        say("reports.judge.mark"),
        say("reports.judge.corrected"),
    )
    rows = [_criterion(one) for one in form.criteria]
    before = [one.before for one in form.criteria if one.before]
    rows.append(
        Row(
            (
                Cell(say("reports.column.total"), bold=True, shade=True),
                Cell(form.maximum, bold=True),
                Cell("", span=2),
                Cell(form.total, bold=True, size=15),
                Cell(""),
            ),
            (("total", form.total, form.maximum, form.receipt, len(before)),),
        )
    )
    high = 12 if len(rows) <= 8 else 8.5
    return Table(_COLUMNS, tuple(rows), (head,), height=high * MM, gap=3 * MM, keep=True)


def _criterion(one: Asked) -> Row:
    fact: Fact = ("mark", one.title, one.maximum, one.mark, list(one.before))
    return Row(
        (
            Cell(one.title, bold=True, lines=3),
            Cell(one.maximum),
            Cell(one.look_for, "left", size=SMALL, lines=6),
            Cell(one.bands, "left", size=8.5, lines=6),
            Cell(one.mark, bold=True, size=13, lines=1),
            Cell(" ".join(one.before), struck=bool(one.before), lines=1),
        ),
        (fact,),
    )
