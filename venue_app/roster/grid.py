"""A spreadsheet as it was sent: cells with their addresses and their own text, nothing mended yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["blank", "text", "number", "date", "truth", "formula", "fault"]
"""`formula`: a formula whose result was never stored; `fault`: #REF! and the like."""


def letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 28 is AB."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `row` and `column` count from 1, `text` is what the sheet says, unmended."""

    row: int
    column: int
    text: str = ""
    kind: CellKind = "blank"

    @property
    def address(self) -> str:
        """As the sheet names it: B17."""
        return f"{letters(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Nothing to read here; a formula without a result is not blank."""
        return self.kind != "formula" and not self.text.strip("\ufeff\u200b \t\r\n\v\f\u3000\xa0")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells; bounds count from 1 and are inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `rows[0]` is row 1; rows are as long as their last cell; trailing blank rows are cut.

    `encoding` and `delimiter` say how a text file was read; both empty for xlsx.
    """

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    encoding: str = ""
    delimiter: str = ""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place counted from 1; blank beyond the sheet's edge."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(row, column)

    def line(self, row: int) -> tuple[Cell, ...]:
        """All cells of a row counted from 1."""
        return self.rows[row - 1] if 1 <= row <= len(self.rows) else ()

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)
