"""入围考察名单: who goes on, and on what basis."""

from __future__ import annotations

from venue_app.reports.forms.words import heads, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.models import Shortlist
from venue_app.reports.parts import Cell, Fact, Note, Part, Row, Section, Table


def compose(form: Shortlist, language: str) -> tuple[Section, ...]:
    """One section; nobody on the list is said in words, so that an empty table is never taken for a fault."""
    say = sayer(language)
    head = heads(
        say("reports.column.post"),
        say("reports.column.name"),
        say("reports.column.composite"),
        say("reports.column.rank"),
        say("reports.column.basis"),
    )
    rows = tuple(
        Row(
            (
                Cell(line.post, "left"),
                Cell(line.name, lines=3),
                Cell(line.composite, bold=True),
                Cell(str(line.rank)),
                Cell(line.basis, "left", size=9, lines=3),
            ),
            (("line", line.post, line.name, line.composite, line.rank, line.basis),),
        )
        for line in form.lines
    )
    lead = say("reports.shortlist.lead", count=len(rows), rule=form.rule)
    body: Part = (
        Table((48, 34, 22, 14, 60), rows, (head,), height=8.5 * MM, keep=True, gap=2 * MM)
        if rows
        else Note(say("reports.shortlist.nobody"), 13, boxed=True, bold=True)
    )
    facts: tuple[Fact, ...] = (("shortlist", form.rule, len(rows)),)
    parts = (Note(lead, gap=0), body, signatures(say, "proctor", "supervisor", "notary"))
    return (Section(say("reports.title.shortlist"), parts, facts),)
