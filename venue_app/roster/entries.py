"""The registration list: one line a person and post."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from venue_app.roster import identity as identity_numbers
from venue_app.roster.findings import Finding, Notes
from venue_app.roster.grid import Cell
from venue_app.roster.reading import Line, read_kind, with_findings
from venue_app.roster.remarks import wish
from venue_app.roster.repeated import repeated
from venue_app.roster.rows import EntryRow, Import, label_key, name_key
from venue_app.roster.source import QUIET, SourceLike, Watch
from venue_app.roster.table import Table
from venue_app.roster.words import FEMALE, MALE, is_yes_no, squeezed

_YEAR_MONTH = re.compile(r"(\d{4})\D{0,2}(\d{1,2})")


def read_entries(
    given: SourceLike | Iterable[SourceLike], *, watch: Watch = QUIET, encoding: str | None = None
) -> Import[EntryRow]:
    """Reads registration lists. Needs columns for name, identity number and post; all others are optional.

    Raises `Known` when a file cannot be opened at all; everything else is a finding.
    """
    read = read_kind("entries", given, _read_table, encoding=encoding, watch=watch)
    return with_findings(read, [*_twice(read.rows), *_namesakes(read.rows)])


def _read_table(table: Table, rows: Iterable[int], notes: Notes) -> list[EntryRow]:
    if table.column("qualified") is None:
        notes.add("no_qualified_column", table.grid, row=table.last_row)
    if table.titles.coded:
        notes.add("known_by_code", table.grid, table.get(table.last_row, "identity"))
    return [_entry(Line(table, row, notes)) for row in rows]


def _entry(line: Line) -> EntryRow:
    name = line.name()
    number = line.identity()
    qualified, qualified_text = _qualified(line)
    remarks = line.text("remarks")
    wanted = wish(remarks)
    remark_cell = line.table.get(line.row, "remarks")
    if wanted.several and remark_cell is not None:
        line.note("move_several", remark_cell)
    return EntryRow(
        identity=number,
        name=name,
        sex=_sex(line, number),
        birth=_birth(line, number),
        ethnicity=line.text("ethnicity"),
        education=line.text("education"),
        politics=line.text("politics"),
        unit=line.text("unit"),
        post=line.text("post", required=True),
        qualified=qualified,
        qualified_text=qualified_text,
        remarks=remarks,
        move_to=wanted.move_to,
        move_several=wanted.several,
        where=line.where(),
        more=tuple(post for key in ("second", "third") if (post := line.text(key))),
    )


def _qualified(line: Line) -> tuple[bool | None, str]:
    cell = line.table.get(line.row, "qualified")
    if cell is None:
        return True, ""
    text = line.raw(cell)
    found = is_yes_no(text)
    if found is None:
        line.note("qualified_unknown", cell)
    return found, text.strip()


def _trusted(number: str) -> bool:
    return not identity_numbers.doubts(number)


def _sex(line: Line, number: str) -> str:
    cell = line.table.get(line.row, "sex")
    text = squeezed(line.raw(cell))
    if cell is None or not text:
        return ""
    said = "男" if text in MALE else "女" if text in FEMALE else ""
    if not said:
        line.note("sex_unknown", cell)
    elif _trusted(number) and identity_numbers.sex(number) != said:
        line.note("sex_differs", cell, identity_cell=line.where().cell("identity"))
    return said


def _birth(line: Line, number: str) -> str:
    text = line.text("birth")
    cell = line.table.get(line.row, "birth")
    found = _YEAR_MONTH.match(text)
    if cell is None or found is None or not _trusted(number) or _lost_zero(cell):
        return text
    born = identity_numbers.birth(number)
    if born is not None and (int(found[1]), int(found[2])) != (born.year, born.month):
        line.note("birth_differs", cell, identity_cell=line.where().cell("identity"))
    return text


def _lost_zero(cell: Cell) -> bool:
    """1978.10 stored as a number reads 1978.1: January or October cannot be told."""
    return cell.kind == "number" and cell.text.endswith(".1")


def _about(code: str, second: EntryRow, first: EntryRow, key: str) -> Finding:
    original = second.identity if key == "identity" else second.name
    said = {"name": second.name, "first_name": first.name, "post": second.post}
    return repeated(code, second.where, key, first.where, original, **said)


def _pairs(
    rows: Iterable[EntryRow], key: Callable[[EntryRow], tuple[str, ...]]
) -> Iterator[tuple[EntryRow, EntryRow]]:
    """(first, later) for every row whose key was met before; rows with an empty part are left out."""
    first: dict[tuple[str, ...], EntryRow] = {}
    for row in rows:
        found = key(row)
        if all(found) and first.setdefault(found, row) is not row:
            yield first[found], row


def _twice(rows: tuple[EntryRow, ...]) -> Iterator[Finding]:
    for first, second in _pairs(rows, lambda row: (row.identity,)):
        yield _about("identity_twice", second, first, "identity")


def _namesakes(rows: tuple[EntryRow, ...]) -> Iterator[Finding]:
    """Two people of one name in one post: nothing is wrong, but everybody must be warned."""
    for first, second in _pairs(rows, lambda row: (label_key(row.post), name_key(row.name))):
        if first.identity != second.identity:
            yield _about("namesakes", second, first, "name")
