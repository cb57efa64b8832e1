"""就绪检查表: what was found of each thing the day needs, with how it stands in a word and never by colour alone."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.parts import SMALL, Cell, Note, Row, Section, Table
from venue_app.reports.readying import Readiness, ReadyLine

_SIGNS = {"ok": "√", "attention": "△", "fault": "×"}


def compose(form: Readiness, language: str) -> tuple[Section, ...]:
    """One section: when, how it stands, then a row a thing."""
    if not form.lines:
        raise Known("reports.empty", form="readiness")
    say = sayer(language)
    head = Row(
        labelled((say("readiness.form.at"), form.at), (say("readiness.form.whole"), form.word)),
        (("checked", form.at, form.level),),
    )
    return (
        Section(
            say("readiness.form.title"),
            (
                Table((28, 61, 28, 61), (head,)),
                _lines(say, form.lines),
                Note(say("readiness.form.note"), SMALL, gap=4 * MM, keep=True),
                signatures(say, "proctor", "supervisor"),
            ),
        ),
    )


def _lines(say: Say, lines: tuple[ReadyLine, ...]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(line.title, bold=True),
                Cell(f"{_SIGNS.get(line.level, '')} {line.word}".strip()),
                Cell(line.found, "left", lines=5),
            ),
            (("point", line.title, line.level, line.found),),
        )
        for line in lines
    )
    head = heads(say("readiness.form.what"), say("readiness.form.state"), say("readiness.form.found"))
    return Table((32, 26, 120), rows, (head,), gap=4 * MM, size=SMALL + 0.5)
