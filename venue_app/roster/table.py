"""Finding the table in a sheet: the header by its names, the rows of data, and what lies around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from venue_app.roster.findings import Notes
from venue_app.roster.forms import Form, Kind, Titles, titles_of
from venue_app.roster.grid import Cell, Grid, Merge
from venue_app.roster.source import Watch
from venue_app.roster.words import NOTE, TOTAL, column_key, normal_title, squeezed

HEADER_WITHIN = 60
"""Rows from the top in which a header is looked for."""

Accepts = Callable[[Titles], bool]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and where it ends; `row()` reads below it."""

    grid: Grid
    first_row: int
    last_row: int
    titles: Titles
    filled: dict[tuple[int, int], Merge] = field(default_factory=dict)
    """Cells of data covered by a merge that runs downwards."""

    def column(self, key: str) -> int | None:
        """The column that holds `key`, None when there is none."""
        return self.titles.columns.get(key)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, or for a part of a merged block below the header the text of its first cell."""
        cell = self.grid.cell(row, column)
        merge = self.filled.get((row, column))
        if merge is None or not cell.blank:
            return cell
        top = self.grid.cell(merge.top, merge.left)
        return Cell(row, column, top.text, top.kind)

    def get(self, row: int, key: str) -> Cell | None:
        """The cell of a row by meaning; None when the table has no such column."""
        column = self.column(key)
        return None if column is None else self.cell(row, column)


def _header_rows(grid: Grid) -> Iterator[int]:
    return iter(range(1, min(HEADER_WITHIN, len(grid.rows)) + 1))


def _two_lines(grid: Grid, row: int) -> tuple[Cell, ...]:
    """Two rows read as one header: the lower name where it is known or the upper says nothing."""
    upper, lower = grid.line(row), grid.line(row + 1)
    joined = []
    for column in range(1, max(len(upper), len(lower)) + 1):
        above, below = grid.cell(row, column), grid.cell(row + 1, column)
        take_below = not below.blank and (above.blank or column_key(below.text) or not column_key(above.text))
        joined.append(below if take_below else above)
    return tuple(joined)


def find_table(grid: Grid, form: Form, accepts: Accepts) -> Table | None:
    """The first row that names all required columns and is accepted; else two rows read together."""
    for row in _header_rows(grid):
        titles = titles_of(grid.line(row))
        if _fits(titles, form, accepts):
            return _table(grid, row, row, titles)
    for row in _header_rows(grid):
        if row < len(grid.rows) and _known(grid, row) and _known(grid, row + 1):
            titles = titles_of(_two_lines(grid, row))
            if _fits(titles, form, accepts):
                return _table(grid, row, row + 1, titles)
    return None


def _known(grid: Grid, row: int) -> bool:
    titles = titles_of(grid.line(row))
    return bool(titles.columns)


def _fits(titles: Titles, form: Form, accepts: Accepts) -> bool:
    return all(key in titles.columns for key in form.required) and accepts(titles)


def _table(grid: Grid, first: int, last: int, titles: Titles) -> Table:
    filled: dict[tuple[int, int], Merge] = {}
    for merge in grid.merges:
        if merge.top > last and merge.left == merge.right and merge.bottom <= len(grid.rows):
            for row in range(merge.top + 1, merge.bottom + 1):
                filled[row, merge.left] = merge
    return Table(grid, first, last, titles, filled)


_LACKING: Mapping[Kind, str] = {"component": "scores_missing", "observers": "votes_missing"}


def note_missing(grid: Grid, form: Form, notes: Notes) -> None:
    """Say why no table was found: columns missing in the likeliest row, or no header at all."""
    best, known = 0, 0
    for row in _header_rows(grid):
        count = len(titles_of(grid.line(row)).columns)
        if count > known:
            best, known = row, count
    missing = [key for key in form.required if key not in titles_of(grid.line(best)).columns]
    if known == 0 or (missing and known < 2):
        notes.add("no_header", grid, kind=form.kind)
        return
    cell = next(cell for cell in grid.line(best) if not cell.blank)
    if missing:
        notes.add("columns_missing", grid, cell, columns=",".join(missing), kind=form.kind)
    else:
        notes.add(_LACKING.get(form.kind, "no_header"), grid, cell, kind=form.kind)


def note_header(table: Table, used: frozenset[int], notes: Notes) -> None:
    """Title rows above the header, columns named twice, columns nobody reads."""
    grid = table.grid
    for row in range(1, table.first_row):
        cell = next((cell for cell in grid.line(row) if not cell.blank), None)
        if cell is not None:
            notes.add("title_row", grid, cell)
    for key, column in table.titles.twice:
        first = grid.cell(table.last_row, table.titles.columns[key])
        notes.add("column_twice", grid, grid.cell(table.last_row, column), first=first.address)
    unread = [normal_title(title) for column, title in table.titles.others if column not in used]
    if unread:
        notes.add("columns_unread", grid, row=table.last_row, titles="、".join(unread))
    for merge in sorted(set(table.filled.values()), key=lambda merge: (merge.top, merge.left)):
        cell = grid.cell(merge.top, merge.left)
        if not cell.blank and any(merge.left == column for column in table.titles.columns.values()):
            notes.add("merged_fill", grid, cell, rows=merge.bottom - merge.top)


def data_rows(table: Table, form: Form, notes: Notes, watch: Watch) -> Iterator[int]:
    """The rows that hold data; all others below the header are noted with the reason."""
    grid = table.grid
    total = len(grid.rows)
    read = 0
    for row in range(table.last_row + 1, total + 1):
        if row % 50 == 0:
            watch.tick(row, total)
        line = grid.line(row)
        filled = [cell for cell in line if not cell.blank]
        if not filled or _only_number(filled, table):
            notes.add("blank_row", grid, filled[0] if filled else None, row=row)
        elif _is_header(line, table, form):
            _note_second_header(line, table, notes)
        elif _is_total(filled, table, row):
            _note_total(filled, grid, read, notes)
        elif _is_note(filled, table, form, row):
            notes.add("note_row", grid, filled[0])
        else:
            read += 1
            if row in grid.hidden_rows:
                notes.add("hidden_row", grid, filled[0])
            yield row
    watch.tick(total, total)
    if read == 0:
        notes.add("no_rows", grid, row=table.last_row)


def _only_number(filled: list[Cell], table: Table) -> bool:
    """A line prepared for a person who never came: nothing but its number."""
    numbers = (table.column("number"), table.column("code"))
    return len(filled) == 1 and filled[0].column in numbers and len(filled[0].text) < 8


def _is_header(line: tuple[Cell, ...], table: Table, form: Form) -> bool:
    found = titles_of(line)
    same = [key for key in table.titles.columns if key in found.columns]
    return all(key in found.columns for key in form.required) and len(same) * 2 > len(table.titles.columns)


def _note_second_header(line: tuple[Cell, ...], table: Table, notes: Notes) -> None:
    found = titles_of(line)
    cell = next(cell for cell in line if not cell.blank)
    first = next(cell for cell in table.grid.line(table.first_row) if not cell.blank)
    moved = any(table.titles.columns.get(key) != column for key, column in found.columns.items())
    notes.add("second_header" if moved else "header_again", table.grid, cell, first=first.address)


def _identity_blank(table: Table, row: int) -> bool:
    cell = table.get(row, "identity")
    return cell is None or cell.blank


def _is_total(filled: list[Cell], table: Table, row: int) -> bool:
    return _identity_blank(table, row) and any(TOTAL.match(squeezed(cell.text)) for cell in filled[:2])


def _note_total(filled: list[Cell], grid: Grid, read: int, notes: Notes) -> None:
    notes.add("total_row", grid, filled[0])
    for cell in filled:
        digits = "".join(char for char in squeezed(cell.text) if char.isdecimal())
        said_people = cell.text.strip().endswith(("人", "名"))
        if said_people and 0 < len(digits) < 7 and int(digits) != read:
            notes.add("total_differs", grid, cell, said=digits, read=read)


def _is_note(filled: list[Cell], table: Table, form: Form, row: int) -> bool:
    core = [table.get(row, key) for key in form.core]
    present = sum(1 for cell in core if cell is not None and not cell.blank)
    if present == 0:
        return True
    return len(filled) <= 3 and _identity_blank(table, row) and bool(NOTE.match(squeezed(filled[0].text)))
