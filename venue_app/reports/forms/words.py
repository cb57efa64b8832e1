"""Words several forms share."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from venue_app.base.i18n import tr_in
from venue_app.reports.models import Attendant, Transcript
from venue_app.reports.papers import Course
from venue_app.reports.parts import SMALL, Cell, Fact, Heading, Note, Part, Row, Signatures, Table
from venue_app.reports.text import grouped


class Say(Protocol):
    """Looks a sentence up in the form's language."""

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence for `key`."""


def sayer(language: str) -> Say:
    """Sentences in `language`."""
    return partial(tr_in, language)


def role_word(say: Say, role: str) -> str:
    """A role's code as people say it; any other word stays as it is."""
    known = {
        "proctor": say("reports.role.proctor"),
        "supervisor": say("reports.role.supervisor"),
        "notary": say("reports.role.notary"),
        "chief": say("reports.role.chief"),
        "judge": say("reports.role.judge"),
        "observer": say("reports.role.observer"),
        "scorekeeper": say("reports.role.scorekeeper"),
        "checker": say("reports.role.checker"),
        "timekeeper": say("reports.role.timekeeper"),
        "candidate": say("reports.role.candidate"),
        "waiting": say("reports.role.waiting"),
        "handing": say("reports.role.handing"),
        "receiving": say("reports.role.receiving"),
        "holder": say("reports.role.holder"),
    }
    return known.get(role, role)


def signatures(say: Say, *roles: str) -> Signatures:
    """Boxes for these roles, in order of signing."""
    return Signatures(tuple(role_word(say, role) for role in roles), say("reports.sign.date"))


def labelled(*pairs: tuple[str, str]) -> tuple[Cell, ...]:
    """Cells of label and value in turn."""
    return tuple(
        cell for label, value in pairs for cell in (Cell(label, shade=True, size=SMALL), Cell(value, "left"))
    )


def heads(*titles: str, lines: int = 2) -> Row:
    """The head row of a table, its titles in at most `lines` lines."""
    return Row(tuple(Cell(title, bold=True, shade=True, size=SMALL, lines=lines) for title in titles))


def people_table(say: Say, people: tuple[Attendant, ...]) -> Table:
    """Who is present."""
    rows = tuple(
        Row(
            (Cell(role_word(say, one.role)), Cell(one.name), Cell(one.note, "left")),
            (("person", one.role, one.name, one.note),),
        )
        for one in people
    )
    head = heads(say("reports.column.role"), say("reports.column.name"), say("reports.column.remark"))
    return Table((40, 60, 78), rows, (head,), height=7.5 * 72 / 25.4)


def course_table(say: Say, steps: tuple[Course, ...], tag: str) -> Table:
    """What happened when; `tag` names the facts."""
    rows = tuple(
        Row((Cell(one.time), Cell(one.what, "left", lines=6)), ((tag, one.time, one.what),)) for one in steps
    )
    head = heads(say("reports.column.time"), say("reports.column.what"))
    return Table((40, 138), rows, (head,), height=7.5 * 72 / 25.4)


def transcript_parts(say: Say, draw: Transcript) -> tuple[Part, ...]:
    """The draw's method, list digest, contributions and seed, all to be copied exactly."""
    head = heads(
        say("reports.column.party"), say("reports.column.commitment"), say("reports.column.revealed")
    )
    rows = tuple(
        Row(
            (
                Cell(one.party),
                Cell(
                    grouped(one.commitment) if one.commitment else say("reports.draw.public"), "left", size=8
                ),
                Cell("\n".join(filter(None, (one.opened, one.revealed))), "left", size=8, lines=4),
            ),
            (("contribution", one.party, one.commitment, one.revealed, one.opened),),
        )
        for one in draw.contributions
    )
    said = (Row(labelled((say("reports.draw.method"), draw.method))), _digest_row(say, draw))
    facts: tuple[Fact, ...] = (("draw", draw.method, draw.list_digest, draw.seed),)
    start = (Heading(say("reports.draw.transcript")), Table((30, 148), said))
    if draw.by_hand:
        return (*start, Note(draw.by_hand, gap=8, facts=(*facts, ("by_hand", draw.by_hand))))
    return (
        *start,
        Table((30, 74, 74), rows, (head,), gap=2 * 72 / 25.4),
        Note(say("reports.draw.seed"), SMALL, keep=True, gap=8),
        Note(draw.seed, SMALL, boxed=True, facts=facts),
    )


def _digest_row(say: Say, draw: Transcript) -> Row:
    return Row(
        (
            Cell(say("reports.draw.list_digest"), shade=True, size=SMALL),
            Cell(grouped(draw.list_digest), "left", size=SMALL),
        )
    )


def starred(number: str, notes: object) -> str:
    """A number with an asterisk where a note below speaks of it."""
    return f"{number}*" if notes else number
