"""合并成绩与入围名单: who goes on over all venues, and the bundles it rests on."""

from __future__ import annotations

from venue_app.reports.consolidated import ConsolidatedList, ListedLine, SourceLine
from venue_app.reports.forms.words import Say, heads, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.parts import SMALL, Cell, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped


def compose(form: ConsolidatedList, language: str) -> tuple[Section, ...]:
    """Two sections: the list to be signed, then its sources."""
    say = sayer(language)
    title = say("consolidate.print.title")
    facts = (("consolidated", form.rule, len(form.lines), form.entries, form.provisional),)
    return (
        Section(title, tuple(_list(say, form)), facts),
        Section(
            say("consolidate.print.sources"), tuple(_sources(say, form)), (("results", form.results_sha256),)
        ),
    )


def _list(say: Say, form: ConsolidatedList) -> list[Part]:
    lead = say(
        "consolidate.print.lead",
        venues=len(form.sources),
        entries=form.entries,
        count=len(form.lines),
        rule=form.rule,
    )
    parts: list[Part] = [Note(lead, gap=0)]
    if form.provisional:
        parts.append(Note(form.provisional, boxed=True, bold=True))
    if not form.lines:
        parts.append(Note(say("reports.shortlist.nobody"), 13, boxed=True, bold=True))
    else:
        head = heads(
            say("reports.column.post"),
            say("reports.column.rank"),
            say("reports.column.name"),
            say("consolidate.print.heard"),
            say("reports.column.composite"),
        )
        rows = tuple(map(_line, form.lines))
        parts.append(Table((48, 14, 34, 60, 22), rows, (head,), height=8.5 * MM, keep=True, gap=2 * MM))
    return [*parts, signatures(say, "scorekeeper", "checker", "supervisor", "notary")]


def _line(line: ListedLine) -> Row:
    return Row(
        (
            Cell(line.post, "left"),
            Cell(str(line.rank), bold=True),
            Cell(line.name, lines=3),
            Cell(line.heard, "left", size=9, lines=3),
            Cell(line.composite, bold=True),
        ),
        (("line", line.post, line.rank, line.name, line.heard, line.composite),),
    )


def _sources(say: Say, form: ConsolidatedList) -> list[Part]:
    head = heads(
        say("consolidate.print.venue"),
        say("consolidate.print.entries"),
        say("consolidate.print.journal"),
        say("consolidate.print.bundle"),
    )
    rows = tuple(_source(one) for one in form.sources)
    digest = say("consolidate.print.digest", digest=grouped(form.results_sha256))
    return [
        Note(say("consolidate.print.sources_lead", count=len(rows)), gap=0),
        Table((44, 16, 44, 74), rows, (head,), height=9 * MM, keep=True, gap=2 * MM),
        *(Note(words, SMALL, facts=(("note", words),)) for words in form.notes),
        Note(digest, SMALL, boxed=True, keep=True),
    ]


def _source(one: SourceLine) -> Row:
    venue = f"{one.venue}\n{one.remark}" if one.remark else one.venue
    head = f"{one.journal_size:,}\n{grouped(one.journal_head[:16])}"
    return Row(
        (
            Cell(venue, "left", size=9, lines=3),
            Cell(str(one.entries)),
            Cell(head, "left", size=8, lines=2),
            Cell(grouped(one.sha256[:32]), "left", size=8, lines=2),
        ),
        (("source", one.venue, one.entries, one.journal_size, one.journal_head, one.sha256, one.remark),),
    )
