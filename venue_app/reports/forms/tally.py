"""计票报告单: papers issued and returned, each person's votes, what the scheme makes of them."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.ballots import TallyLine, TallyPart, TallyReport
from venue_app.reports.forms.words import Say, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.parts import SMALL, Cell, Fact, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped

_ROOM = 178


def compose(form: TallyReport, language: str) -> tuple[Section, ...]:
    """One section: the poll, its papers, a table of votes for each class."""
    if not form.classes:
        raise Known("reports.empty", form="tally")
    say = sayer(language)
    about = Table((36, 142), tuple(Row(labelled(pair), (("about", *pair),)) for pair in form.about))
    parts: list[Part] = [about, _papers(say, form)]
    for part in form.parts:
        parts += _votes(say, form, part)
    if form.written:
        parts += [Heading(say("ballots.print.written")), _written(form)]
    parts.append(Note(say("ballots.print.check"), SMALL, gap=3 * MM, keep=True))
    parts.append(Note(grouped(form.digest), SMALL, boxed=True, facts=(("digest", form.digest),), keep=True))
    roles = (say("ballots.print.teller"), say("ballots.print.tally_supervisor"), "supervisor", "proctor")
    parts.append(signatures(say, *roles))
    facts: tuple[Fact, ...] = (("tally", form.title),)
    return (Section(say("ballots.print.tally"), tuple(parts), facts, form.title),)


def _papers(say: Say, form: TallyReport) -> Table:
    head = heads(
        say("ballots.print.class"),
        say("ballots.print.issued"),
        say("ballots.print.returned"),
        say("ballots.print.valid"),
        say("ballots.print.void"),
        say("ballots.print.blank"),
        say("reports.column.remark"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.title or say("ballots.print.everybody")),
                *(
                    Cell(str(n), bold=True)
                    for n in (one.issued, one.returned, one.valid, one.void, one.blank)
                ),
                Cell(say("ballots.print.void_vote") if one.void_vote else "", "left", size=SMALL),
            ),
            (
                (
                    "papers",
                    one.title,
                    one.issued,
                    one.returned,
                    one.valid,
                    one.void,
                    one.blank,
                    one.void_vote,
                ),
            ),
        )
        for one in form.classes
    )
    return Table((36, 20, 20, 20, 20, 20, 42), rows, (head,), gap=3 * MM)


def _votes(say: Say, form: TallyReport, part: TallyPart) -> list[Part]:
    title = part.title or say("ballots.print.votes")
    legend = "/".join((*form.answers, say("ballots.print.abstained")))
    each = (_ROOM - 10 - 28 - 18 * len(form.components)) / max(1, len(form.items))
    head = heads(say("ballots.print.place"), say("reports.column.name"), *form.items, *form.components)
    fact: Fact = ("answers", list(form.items), list(form.answers), list(form.components))
    rows = tuple(_line(place, line) for place, line in enumerate(part.lines, 1))
    table = Table(
        (10, 28, *((each,) * len(form.items)), *((18,) * len(form.components))),
        rows,
        (Row(head.cells, (fact,)),),
        height=6.4 * MM,
        size=9,
        keep=True,
    )
    return [Heading(title), Note(legend, SMALL, gap=0, keep=True), table]


def _line(place: int, line: TallyLine) -> Row:
    votes = tuple(Cell("/".join(map(str, counts)), lines=1) for counts in line.votes)
    cells = (Cell(str(place)), Cell(line.name), *votes, *(Cell(value, bold=True) for value in line.values))
    return Row(cells, (("votes", line.name, [list(counts) for counts in line.votes], list(line.values)),))


def _written(form: TallyReport) -> Table:
    rows = tuple(
        Row((Cell(name, "left"), Cell(str(votes), bold=True)), (("written", name, votes),))
        for name, votes in form.written
    )
    return Table((100, 78), rows)
