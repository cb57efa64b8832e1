"""开场确认单: what stood ready and who was there when the run was opened."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, labelled, people_table, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.models import OpeningReport
from venue_app.reports.parts import SMALL, Cell, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped

_LOW = 7.5 * MM


def compose(form: OpeningReport, language: str) -> tuple[Section, ...]:
    """One section; people, clocks and stations each in their table."""
    if not form.people:
        raise Known("reports.empty", form="opening_report")
    say = sayer(language)
    parts: list[Part] = [_plan(say, form)]
    if form.counts:
        parts.append(_counts(form))
    parts += [Heading(say("reports.opening.people")), people_table(say, form.people)]
    if form.clocks:
        parts += [Heading(say("reports.opening.clocks")), _clocks(say, form)]
    if form.stations:
        parts += [Heading(say("reports.opening.stations")), _stations(say, form)]
    parts.append(Note(say("reports.opening.statement"), gap=4 * MM, keep=True))
    parts.append(signatures(say, "proctor", "supervisor", "notary"))
    return (Section(say("reports.title.opening_report"), tuple(parts)),)


def _plan(say: Say, form: OpeningReport) -> Table:
    digests = (
        (say("reports.opening.scheme_digest"), form.scheme_digest),
        (say("reports.opening.roster_digest"), form.roster_digest),
    )
    rows = [
        Row(labelled((say("reports.opening.opened"), form.opened)), (("opened", form.opened),)),
        Row(
            labelled((say("reports.opening.scheme"), form.scheme)),
            (("scheme", form.scheme, form.scheme_digest),),
        ),
        *(
            Row((Cell(label, shade=True, size=SMALL), Cell(grouped(value), "left", size=8.5)))
            for label, value in digests
        ),
    ]
    rows[-1] = Row(rows[-1].cells, (("roster", form.roster_digest),))
    return Table((34, 144), tuple(rows), height=_LOW)


def _counts(form: OpeningReport) -> Table:
    titles = Row(tuple(Cell(label, shade=True, size=SMALL) for label, _ in form.counts), keep=True)
    values = Row(
        tuple(Cell(value, bold=True, size=13) for _, value in form.counts),
        tuple(("count", label, value) for label, value in form.counts),
    )
    return Table((1.0,) * len(form.counts), (titles, values), gap=3 * MM, height=_LOW)


def _clocks(say: Say, form: OpeningReport) -> Table:
    head = heads(say("reports.column.machine"), say("reports.column.offset"), say("reports.column.remark"))
    rows = tuple(
        Row(
            (Cell(one.name), Cell(one.offset), Cell(one.note, "left")),
            (("clock", one.name, one.offset, one.note),),
        )
        for one in form.clocks
    )
    return Table((60, 40, 78), rows, (head,), height=_LOW)


def _stations(say: Say, form: OpeningReport) -> Table:
    head = heads(
        say("reports.column.room"),
        say("reports.column.seat"),
        say("reports.column.device"),
        say("reports.column.code"),
    )
    rows = tuple(
        Row(
            (Cell(one.room), Cell(one.seat), Cell(one.device), Cell(one.code)),
            (("station", one.room, one.seat, one.device, one.code),),
        )
        for one in form.stations
    )
    return Table((44, 30, 64, 40), rows, (head,), height=_LOW)
