"""封存确认单: the sums that must come out at the end, each with a tick or with what is lacking."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, course_table, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import Closing, Sum
from venue_app.reports.parts import Cell, Heading, Note, Part, Row, Section, Table


def compose(form: Closing, language: str) -> tuple[Section, ...]:
    """One section."""
    if not form.sums:
        raise Known("reports.empty", form="closing")
    say = sayer(language)
    closed = form.closed or say("reports.closing.not_yet")
    times = Row(
        labelled((say("reports.opening.opened"), form.opened), (say("reports.closing.closed"), closed)),
        (("times", form.opened, form.closed),),
    )
    off = [one for one in form.sums if one.off]
    whole = say("reports.closing.off", count=len(off)) if off else say("reports.closing.whole")
    parts: list[Part] = [Table((30, 59, 30, 59), (times,), height=8 * MM), _sums(say, form.sums)]
    parts.append(Note(whole, 13, boxed=True, bold=True, gap=3 * MM))
    if form.reopened:
        parts += [Heading(say("reports.closing.reopened")), course_table(say, form.reopened, "reopened")]
    parts.append(Note(say("reports.closing.statement"), gap=4 * MM, keep=True))
    parts.append(signatures(say, "proctor", "supervisor", "notary"))
    return (Section(say("reports.title.closing"), tuple(parts)),)


def _sums(say: Say, sums: tuple[Sum, ...]) -> Table:
    head = heads(
        say("reports.closing.what"), say("reports.closing.numbers"), say("reports.closing.comes_out")
    )
    rows = tuple(
        Row(
            (
                Cell(one.title, "left", bold=True),
                Cell(one.numbers, "left", lines=4),
                Cell(_tick(say, one), bold=True),
            ),
            (("sum", one.title, one.numbers, one.off),),
        )
        for one in sums
    )
    return Table((46, 106, 26), rows, (head,), height=9 * MM, gap=3 * MM)


def _tick(say: Say, one: Sum) -> str:
    return say("reports.closing.lacking", count=one.off) if one.off else say("reports.closing.tick")
