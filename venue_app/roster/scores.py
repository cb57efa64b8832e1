"""Points in spreadsheets: a component brought along, and the marks that rehearsal robots give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from venue_app.roster.findings import Finding, Notes
from venue_app.roster.forms import Titles
from venue_app.roster.reading import Line, read_kind, with_findings
from venue_app.roster.repeated import repeated
from venue_app.roster.rows import ComponentRow, Import, MarkRow, ObserverRow, Where
from venue_app.roster.source import QUIET, SourceLike, Watch
from venue_app.roster.table import Table
from venue_app.roster.words import normal_title


def read_component(
    given: SourceLike | Iterable[SourceLike],
    *,
    maximum: Decimal = Decimal(100),
    title: str | None = None,
    watch: Watch = QUIET,
    encoding: str | None = None,
) -> Import[ComponentRow]:
    """Reads points by identity number. `maximum` is the best possible value (points, included);
    `title` names the column when a sheet has several that speak of points."""

    def columns(titles: Titles) -> list[tuple[int, str]]:
        if title is None:
            return list(titles.scores)
        return [(column, name) for column, name in titles.others if normal_title(name) == normal_title(title)]

    def read_table(table: Table, rows: Iterable[int], notes: Notes) -> list[ComponentRow]:
        found = columns(table.titles)
        if len(found) > 1:
            first = table.grid.cell(table.last_row, found[0][0])
            named = "、".join(normal_title(name) for _, name in found)
            notes.add("scores_several", table.grid, first, titles=named)
            return []
        column, name = found[0]
        return [_component(Line(table, row, notes), column, normal_title(name), maximum) for row in rows]

    read = read_kind(
        "component",
        given,
        read_table,
        accepts=lambda titles: bool(columns(titles)),
        used=lambda titles: frozenset(column for column, _ in columns(titles)),
        encoding=encoding,
        watch=watch,
    )
    keyed = [((row.title, row.identity), row.where, row.name) for row in read.rows if row.identity]
    return with_findings(read, _repeated("score_twice", keyed))


def _component(line: Line, column: int, title: str, maximum: Decimal) -> ComponentRow:
    value, absent = line.number(line.table.cell(line.row, column), maximum)
    return ComponentRow(line.identity(), line.name(required=False), title, value, absent, line.where())


def read_marks(
    given: SourceLike | Iterable[SourceLike],
    *,
    criteria: Sequence[str] | None = None,
    maxima: Mapping[str, Decimal] | None = None,
    watch: Watch = QUIET,
    encoding: str | None = None,
) -> Import[MarkRow]:
    """Reads the marks of each seat for each person. `criteria` are the titles wanted, in the order of the
    result; without them every column that is not known counts. `maxima` are the best marks by criterion."""
    limits = {normal_title(name): value for name, value in (maxima or {}).items()}

    def columns(titles: Titles) -> list[tuple[str, int]]:
        by_title = {normal_title(name): column for column, name in titles.others}
        if criteria is None:
            return [(name, by_title[normal_title(name)]) for _, name in titles.others]
        return [(name, by_title[normal_title(name)]) for name in criteria if normal_title(name) in by_title]

    def read_table(table: Table, rows: Iterable[int], notes: Notes) -> list[MarkRow]:
        found = columns(table.titles)
        missing = [name for name in criteria or () if name not in dict(found)]
        if missing:
            notes.add("criteria_missing", table.grid, row=table.last_row, titles="、".join(missing))
            return []
        named = [(name if criteria else normal_title(name), column) for name, column in found]
        return [_marks(Line(table, row, notes), named, limits) for row in rows]

    read = read_kind(
        "marks",
        given,
        read_table,
        accepts=lambda titles: bool(titles.others),
        used=lambda titles: frozenset(column for _, column in columns(titles)),
        encoding=encoding,
        watch=watch,
    )
    keyed = [
        ((row.identity, str(row.seat)), row.where, row.name) for row in read.rows if row.identity and row.seat
    ]
    return with_findings(read, _repeated("mark_twice", keyed))


def _marks(line: Line, columns: list[tuple[str, int]], limits: Mapping[str, Decimal]) -> MarkRow:
    marks = tuple(
        (name, line.number(line.table.cell(line.row, column), limits.get(normal_title(name)))[0])
        for name, column in columns
    )
    _check_sum(line, [value for _, value in marks])
    return MarkRow(line.identity(), line.name(required=False), line.seat(), marks, line.where())


def _check_sum(line: Line, marks: list[Decimal | None]) -> None:
    cell = line.table.get(line.row, "sum")
    known = [mark for mark in marks if mark is not None]
    if cell is None or cell.blank or len(known) < len(marks):
        return
    said, _ = line.number(cell, None)
    if said is not None and said != sum(known, Decimal(0)):
        line.note("sum_differs", cell, sum=sum(known, Decimal(0)))


def read_observers(
    given: SourceLike | Iterable[SourceLike],
    *,
    maximum: Decimal = Decimal(10),
    watch: Watch = QUIET,
    encoding: str | None = None,
) -> Import[ObserverRow]:
    """Reads the observers' papers (票1 to 票n) by person; an empty paper is None, never nought."""

    def read_table(table: Table, rows: Iterable[int], notes: Notes) -> list[ObserverRow]:
        columns = [column for _, column in table.titles.votes]
        return [_observers(Line(table, row, notes), columns, maximum) for row in rows]

    read = read_kind(
        "observers",
        given,
        read_table,
        accepts=lambda titles: len(titles.votes) >= 2,
        used=lambda titles: frozenset(column for _, column in titles.votes),
        encoding=encoding,
        watch=watch,
    )
    keyed = [((row.identity,), row.where, row.name) for row in read.rows if row.identity]
    return with_findings(read, _repeated("vote_row_twice", keyed))


def _observers(line: Line, columns: list[int], maximum: Decimal) -> ObserverRow:
    votes = tuple(line.number(line.table.cell(line.row, column), maximum, "absent")[0] for column in columns)
    return ObserverRow(line.identity(), line.name(required=False), votes, line.where())


def _repeated(code: str, keyed: Sequence[tuple[tuple[str, ...], Where, str]]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Where] = {}
    for key, where, name in keyed:
        known = first.setdefault(key, where)
        if known is where:
            continue
        yield repeated(code, where, "identity", known, name=name)
