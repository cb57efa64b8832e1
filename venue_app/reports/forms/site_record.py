"""现场监督记录: what the notary saw, from the opening to the head of the journal."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import course_table, labelled, people_table, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import SiteRecord
from venue_app.reports.parts import SMALL, Cell, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped


def compose(form: SiteRecord, language: str) -> tuple[Section, ...]:
    """One section."""
    if not form.people or not form.course:
        raise Known("reports.empty", form="site_record")
    say = sayer(language)
    closed = form.closed or say("reports.closing.not_yet")
    top = (
        Row(
            labelled((say("reports.opening.opened"), form.opened), (say("reports.closing.closed"), closed)),
            (("times", form.opened, form.closed),),
        ),
        Row(
            (Cell(say("reports.opening.scheme"), shade=True, size=SMALL), Cell(form.scheme, "left", span=3)),
            (("scheme", form.scheme),),
        ),
    )
    parts: list[Part] = [
        Table((30, 59, 30, 59), top, height=8 * MM),
        Heading(say("reports.opening.people")),
        people_table(say, form.people),
        Heading(say("reports.site.rules")),
        _pairs(form.digests, "digest", digest=True),
        Heading(say("reports.site.equipment")),
        _pairs(form.equipment, "equipment"),
        Heading(say("reports.site.course")),
        course_table(say, form.course, "course"),
        Heading(say("reports.site.result")),
        _pairs(form.result, "result"),
        Note(say("reports.site.statement"), gap=4 * MM, keep=True),
        signatures(say, "notary", "notary", "supervisor"),
    ]
    return (Section(say("reports.title.site_record"), tuple(parts)),)


def _pairs(pairs: tuple[tuple[str, str], ...], tag: str, *, digest: bool = False) -> Table:
    rows = tuple(
        Row(
            (
                Cell(label, shade=True, size=SMALL),
                Cell(grouped(value) if digest else value, "left", size=8.5 if digest else 10.5, lines=6),
            ),
            ((tag, label, value),),
        )
        for label, value in pairs
    )
    return Table((44, 134), rows, height=7.5 * MM)
