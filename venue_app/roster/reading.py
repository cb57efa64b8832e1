"""Reading one line of a table: each value mended, and everything noticed noted at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from venue_app.roster import identity as identity_numbers
from venue_app.roster.book import Book, open_book
from venue_app.roster.findings import Finding, Notes
from venue_app.roster.forms import FORMS, Kind, Titles
from venue_app.roster.grid import Cell
from venue_app.roster.mend import (
    mend_code,
    mend_identity,
    mend_name,
    mend_number,
    mend_text,
    name_doubts,
    unwrapped,
)
from venue_app.roster.rows import Import, Where
from venue_app.roster.source import QUIET, SourceLike, Watch, sources_of
from venue_app.roster.table import Table, data_rows, find_table, note_header, note_missing
from venue_app.roster.words import ABSENT, numeral, squeezed

T = TypeVar("T")

_EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


class Line:
    """One row of a table while it is read."""

    def __init__(self, table: Table, row: int, notes: Notes) -> None:
        self.table = table
        self.row = row
        self.notes = notes

    def where(self) -> Where:
        """The place of this line with the addresses of its known cells."""
        grid = self.table.grid
        cells = tuple((key, grid.cell(self.row, at).address) for key, at in self.table.titles.columns.items())
        return Where(grid.file, grid.sheet, self.row, cells)

    def note(self, code: str, cell: Cell, **extra: object) -> None:
        """Note a finding at a cell of this line."""
        self.notes.add(code, self.table.grid, cell, **extra)

    def raw(self, cell: Cell | None, required: str = "") -> str:
        """The cell's own text; notes formulas without a result, faults, and a required cell left blank."""
        if cell is None:
            return ""
        if cell.kind == "formula":
            self.note("formula_without_result", cell)
            return ""
        if cell.kind == "fault":
            self.note("cell_fault", cell)
            return ""
        if cell.blank:
            if required:
                self.note("cell_missing", cell, columns=required)
            return ""
        return cell.text

    def text(self, key: str, required: bool = False) -> str:
        """A post, unit, room or remark, mended."""
        cell = self.table.get(self.row, key)
        raw = self.raw(cell, key if required else "")
        mended, changed = mend_text(raw)
        if cell is not None:
            for code in sorted(changed):
                self.note(code, cell, mended=mended)
        return mended

    def name(self, required: bool = True) -> str:
        """A person's name, mended, with doubts noted."""
        cell = self.table.get(self.row, "name")
        raw = self.raw(cell, "name" if required else "")
        mended, changed = mend_name(raw)
        if cell is not None:
            for code in sorted(changed):
                self.note(code, cell, mended=mended)
            for code in sorted(name_doubts(raw, mended)):
                self.note(code, cell, mended=mended)
        return mended

    def identity(self) -> str:
        """The identity number, mended, with doubts noted; or the office's own number, where that is all there is."""
        cell = self.table.get(self.row, "identity")
        raw = self.raw(cell, "identity")
        if cell is None or not raw:
            return ""
        if self.table.titles.coded:
            return mend_code(raw)
        mended, changed = mend_identity(raw)
        for code in sorted(changed):
            self.note(code, cell, mended=mended)
        if _EXPONENT.fullmatch(unwrapped(raw)):
            self.note("identity_digits_lost", cell)
            return mended
        doubts = identity_numbers.doubts(mended)
        if cell.kind == "number":
            # A double keeps 15 digits; what is written behind them is made up by the spreadsheet.
            lost = len(mended) > 15 and (bool(doubts) or mended[15:].strip("0") == "")
            self.note("identity_digits_lost" if lost else "identity_as_number", cell)
            if lost:
                return mended
        for code in sorted(doubts):
            self.note(code, cell)
        return mended

    def number(
        self, cell: Cell, maximum: Decimal | None, blank: str = "number_missing"
    ) -> tuple[Decimal | None, bool]:
        """(points, absent). `blank` is the code noted for an empty cell; 0 to `maximum`, both included."""
        raw = self.raw(cell)
        if not raw:
            if cell.blank:
                self.note(blank, cell)
            return None, False
        if squeezed(raw) in ABSENT:
            self.note("absent", cell)
            return None, True
        value, changed = mend_number(raw)
        if value is None:
            self.note("number_unreadable", cell)
            return None, False
        for code in sorted(changed):
            self.note(code, cell, mended=value)
        if value.is_signed() and value != 0:
            self.note("number_negative", cell)
            return None, False
        if maximum is not None and value > maximum:
            self.note("number_above", cell, maximum=maximum)
            return None, False
        return abs(value), False

    def seat(self) -> int | None:
        """The seat's number, which must be there."""
        return self.count("seat", required=True, code="seat_unreadable")

    def count(self, key: str, required: bool = False, code: str = "number_unreadable") -> int | None:
        """A whole number from 1 in any spelling: 3, 3号, ③, 三. `code` is noted when there is none."""
        cell = self.table.get(self.row, key)
        raw = self.raw(cell, key if required else "")
        if cell is None or not raw:
            return None
        found = numeral(raw)
        if found is None or found < 1:
            self.note(code, cell)
            return None
        return found


def read_kind(
    kind: Kind,
    given: SourceLike | Iterable[SourceLike],
    read_table: Callable[[Table, Iterable[int], Notes], list[T]],
    *,
    accepts: Callable[[Titles], bool] = lambda titles: True,
    used: Callable[[Titles], frozenset[int]] = lambda titles: frozenset(),
    encoding: str | None = None,
    watch: Watch = QUIET,
) -> Import[T]:
    """Opens every source, finds the tables of this kind on every sheet, and reads their rows.

    `used` names the columns read besides the known ones. A file without such a table gives an error finding.
    """
    rows: list[T] = []
    notes = Notes()
    books: list[Book] = []
    form = FORMS[kind]
    for source in sources_of(given):
        book = open_book(source, encoding, watch)
        books.append(book)
        notes.take(book.findings)
        tables = [(grid, find_table(grid, form, accepts)) for grid in book.grids if grid.rows]
        if not any(table for _, table in tables):
            largest = max(book.grids, key=lambda grid: len(grid.rows))
            note_missing(largest, form, notes)
            continue
        for grid, table in tables:
            if table is None:
                notes.add("sheet_without_table", grid)
                continue
            note_header(table, used(table.titles), notes)
            rows.extend(read_table(table, data_rows(table, form, notes, watch), notes))
    return Import(kind, tuple(rows), notes.all(), tuple(books))


def with_findings(read: Import[T], more: Iterable[Finding]) -> Import[T]:
    """The same import with further findings."""
    return Import(read.kind, read.rows, (*read.findings, *more), read.books)
