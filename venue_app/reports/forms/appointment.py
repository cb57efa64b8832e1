"""任前公示: who is to be appointed, to be posted for the period written in by hand."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import heads, sayer
from venue_app.reports.ink import MM
from venue_app.reports.papers import Appointment
from venue_app.reports.parts import Cell, Fact, Note, Row, Section, Stamp, Table


def compose(form: Appointment, language: str) -> tuple[Section, ...]:
    """One section."""
    if not form.people:
        raise Known("reports.empty", form="appointment")
    say = sayer(language)
    head = heads(
        say("reports.column.name"),
        say("reports.appointment.sex"),
        say("reports.appointment.born"),
        say("reports.appointment.education"),
        say("reports.appointment.present"),
        say("reports.appointment.intended"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.name, bold=True, lines=3),
                Cell(one.sex),
                Cell(one.born),
                Cell(one.education, lines=3),
                Cell(one.present, "left", lines=4),
                Cell(one.intended, "left", lines=4),
            ),
            (("person", one.name, one.sex, one.born, one.education, one.present, one.intended),),
        )
        for one in form.people
    )
    facts: tuple[Fact, ...] = (("people", len(rows)),)
    parts = (
        Note(say("reports.appointment.lead", count=len(rows)), gap=0),
        Table((28, 12, 22, 24, 46, 46), rows, (head,), height=12 * MM, gap=3 * MM, keep=True),
        Note(say("reports.appointment.period"), gap=5 * MM, keep=True),
        Note(say("reports.appointment.objections"), gap=3 * MM, keep=True),
        Stamp(say("reports.sign.office"), say("reports.sign.date")),
    )
    return (Section(say("reports.title.appointment"), parts, facts),)
