"""民主测评票: the people down the page, what is asked across it, boxes to tick. No name, no number."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.ballots import BallotPaperForm
from venue_app.reports.forms.words import heads, sayer
from venue_app.reports.ink import MM
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table

_NAMES = 56
_ROOM = 178
_WORDY = 15
"""Millimetres a column needs for a whole word; narrower ones have a letter and a legend."""


def compose(form: BallotPaperForm, language: str) -> tuple[Section, ...]:
    """One section: a person a row, a box to tick for each answer to each item."""
    if not form.people:
        raise Known("reports.empty", form="ballot_paper")
    say = sayer(language)
    answers = form.answers or ("",)
    each = (_ROOM - _NAMES) / (len(form.items) * len(answers))
    heads_ = answers if each >= _WORDY else letters(answers)
    rows = tuple(
        Row(
            (
                Cell(str(place)),
                Cell(name, "left"),
                Cell(detail, "left", size=7),
                *(Cell("") for _ in range(len(form.items) * len(answers))),
            ),
            (("person", place, name, detail),),
        )
        for place, (name, detail) in enumerate(form.people, 1)
    )
    titled = tuple(
        Cell(item, bold=True, shade=True, size=SMALL, span=len(answers), sub=heads_ if any(answers) else ())
        for item in form.items
    )
    head = heads(say("ballots.print.place"), say("reports.column.name"), "")
    fact: Fact = ("asked", list(form.items), list(form.answers))
    table = Table(
        (10, 26, 20, *((each,) * (len(form.items) * len(answers)))),
        rows,
        (Row((*head.cells, *titled), (fact,)),),
        height=7.4 * MM,
        gap=2 * MM,
    )
    parts: list[Part] = [Note(say("ballots.print.unnamed"), gap=0, keep=True)]
    if form.rules:
        joined = say("ballots.print.comma").join(form.rules)
        parts.append(Note(joined, SMALL, gap=1 * MM, facts=(("rules", *form.rules),), keep=True))
    if heads_ != answers:
        legend = "    ".join(f"{short} {whole}" for short, whole in zip(heads_, answers, strict=True))
        parts.append(Note(legend, gap=1 * MM, bold=True, keep=True))
    parts.append(table)
    if form.write_in:
        other = Cell(say("ballots.print.other"), shade=True)
        blank = tuple(Row((other, Cell(""))) for _ in range(form.write_in))
        parts.append(Table((_NAMES, _ROOM - _NAMES), blank, height=9 * MM, gap=3 * MM))
    facts: tuple[Fact, ...] = (("ballot", form.title, len(form.people), form.write_in),)
    return (Section(form.title, tuple(parts), facts),)


def letters(answers: tuple[str, ...]) -> tuple[str, ...]:
    """One sign for each answer: its first character where all differ and are ideographs, else A, B, C."""
    first = tuple(answer[:1] for answer in answers)
    if len(set(first)) == len(first) and all("\u4e00" <= sign <= "\u9fff" for sign in first):
        return first
    return tuple(chr(ord("A") + at) for at in range(len(answers)))
