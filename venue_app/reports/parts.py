"""The parts forms are made of. Each part turns into items: pieces of a page that are never torn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from venue_app.base.palette import PRINT
from venue_app.reports.ink import MM, THICK, THIN, Align, Ink
from venue_app.reports.text import LEADING, block_height, fit, wrap

BODY = 10.5
SMALL = 9.0
_PAD = 1.2 * MM
_STRIP = 5.2 * MM

# A fact printed on a page, as canonical JSON takes it: a tag and its values.
Fact = tuple[object, ...]
Draw = Callable[[Ink, float, float], None]


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a page `height` points high. `draw(ink, x, top)` draws it; `facts` are what it prints.

    `keep` holds it on the page of the next item. `gap` is the space above, left out at a page's top.
    `head` is printed again when a page begins with this item.
    """

    height: float
    draw: Draw
    facts: tuple[Fact, ...] = ()
    keep: bool = False
    gap: float = 0.0
    head: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over `span` columns. `struck` draws a line through its text.

    `sub` are titles for each of the columns spanned, in a strip below the cell's own.
    """

    text: str = ""
    align: Align = "center"
    bold: bool = False
    struck: bool = False
    span: int = 1
    size: float = 0.0
    lines: int = 2
    shade: bool = False
    sub: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and the facts it prints; `keep` holds it together with the row below.

    `under` is printed again, below the table's head, when a page begins with this row.
    """

    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...] = ()
    keep: bool = False
    under: Row | None = None


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell with its place and its lines settled."""

    cell: Cell
    x: float
    width: float
    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `columns` are relative widths, `height` the least height of a body row in points.

    `even`: the numbers of a column (cells of one line) are all as large as its widest allows, not each for itself.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    size: float = BODY
    height: float = 8 * MM
    keep: bool = False
    gap: float = 0.0
    even: bool = False

    def items(self, room: float) -> list[Item]:
        """The rows as items `room` points wide; the head is repeated where a page breaks the table."""
        edges = [0.0]
        for column in self.columns:
            edges.append(edges[-1] + column * room / sum(self.columns))
        head = tuple(_row_item(row, edges, self, keep=True) for row in self.head)
        found = list(head)
        last = len(self.rows) - 1
        rows = _evened(self.rows, edges, self.size) if self.even else self.rows
        for at, row in enumerate(rows):
            keep = row.keep or (self.keep and at == last)
            again = (*head, _row_item(row.under, edges, self, keep=True)) if row.under else head
            found.append(_row_item(row, edges, self, keep=keep, head=again))
        if found:
            found[0] = replace(found[0], gap=self.gap)
        return found


def _evened(rows: tuple[Row, ...], edges: list[float], size: float) -> tuple[Row, ...]:
    """The rows with each column's cells of one line in the size of the one that needs the smallest."""
    whole = len(edges) - 1
    sizes: dict[int, float] = {}
    for row in rows:
        for at, cell in enumerate(row.cells if len(row.cells) == whole else ()):
            if cell.lines == 1:
                wide = edges[at + 1] - edges[at]
                found, _ = fit(cell.text, wide - 2 * _pad(wide), cell.size or size, cell.bold, 1)
                sizes[at] = min(found, sizes.get(at, found))

    def evened(row: Row) -> Row:
        if len(row.cells) != whole:
            return row
        cells = (
            replace(cell, size=sizes[at]) if cell.lines == 1 else cell for at, cell in enumerate(row.cells)
        )
        return replace(row, cells=tuple(cells))

    return tuple(map(evened, rows))


def _pad(width: float) -> float:
    """Space kept free at either side of a cell `width` points wide."""
    return min(_PAD, width * 0.07)


def _row_item(row: Row, edges: list[float], table: Table, *, keep: bool, head: tuple[Item, ...] = ()) -> Item:
    laid: list[_Laid] = []
    column = 0
    height = table.height
    air = 1.6 * MM if table.height >= 6 * MM else 0.5 * MM
    for cell in row.cells:
        x, end = edges[column], edges[column + cell.span]
        size, lines = fit(
            cell.text, end - x - 2 * _pad(end - x), cell.size or table.size, cell.bold, cell.lines
        )
        laid.append(_Laid(cell, x, end - x, size, lines))
        height = max(height, block_height(lines, size) + air + (_STRIP if cell.sub else 0))
        column += cell.span

    def draw(ink: Ink, left: float, top: float) -> None:
        _draw_row(ink, left, top, height, laid)

    return Item(height, draw, row.facts, keep, 0.0, head)


def _draw_row(ink: Ink, left: float, top: float, height: float, laid: list[_Laid]) -> None:
    low = top - height
    for part in laid:
        if part.cell.shade:
            ink.shade(left + part.x, low, part.width, height, PRINT.surface)
    rules = [(left + part.x, top, left + part.x, low) for part in laid]
    right = left + laid[-1].x + laid[-1].width
    rules += [(right, top, right, low), (left, low, right, low), (left, top, right, top)]
    ink.rules(rules)
    for part in laid:
        _draw_cell(ink, left, top, height, part)


def _draw_cell(ink: Ink, left: float, top: float, height: float, part: _Laid) -> None:
    cell = part.cell
    if cell.sub:
        _draw_strip(ink, left + part.x, top - height, part)
        height -= _STRIP
    x = left + part.x + {"left": _PAD, "center": part.width / 2, "right": part.width - _PAD}[cell.align]
    start = top - (height - block_height(part.lines, part.size)) / 2
    ink.lines(x, start, part.lines, part.size, bold=cell.bold, align=cell.align)
    if cell.struck and cell.text:
        middle = top - height / 2
        reach = min(part.width / 2 - 1, len(cell.text) * part.size * 0.36)
        centre = left + part.x + part.width / 2
        ink.rules([(centre - reach, middle, centre + reach, middle)], THICK)


def _draw_strip(ink: Ink, x: float, low: float, part: _Laid) -> None:
    """The titles below a cell that spans several columns."""
    each = part.width / len(part.cell.sub)
    rules = [(x, low + _STRIP, x + part.width, low + _STRIP)]
    rules += [(x + each * at, low, x + each * at, low + _STRIP) for at in range(1, len(part.cell.sub))]
    ink.rules(rules)
    for at, title in enumerate(part.cell.sub):
        size, lines = fit(title, each - _PAD, part.size, False, 1)
        ink.text(x + each * (at + 0.5), low + _STRIP / 2, lines[0], size, align="center")


@dataclass(frozen=True, slots=True)
class Heading:
    """A short bold line that stays with what follows."""

    text: str
    gap: float = 5 * MM
    size: float = 12.0

    def items(self, room: float) -> list[Item]:
        """One item."""
        lines = wrap(self.text, room, self.size, True)

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.lines(x, top, lines, self.size, bold=True)

        return [Item(block_height(lines, self.size) + 1.2 * MM, draw, keep=True, gap=self.gap)]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph, optionally in a box; a paragraph is never torn."""

    text: str
    size: float = BODY
    boxed: bool = False
    bold: bool = False
    align: Align = "left"
    gap: float = 2 * MM
    facts: tuple[Fact, ...] = ()
    keep: bool = False

    def items(self, room: float) -> list[Item]:
        """One item."""
        inset = 2.5 * MM if self.boxed else 0.0
        lines = wrap(self.text, room - 2 * inset, self.size, self.bold)
        height = block_height(lines, self.size) + 2 * (inset * 0.7)

        def draw(ink: Ink, x: float, top: float) -> None:
            if self.boxed:
                ink.box(x, top - height, room, height)
            start = x + (room / 2 if self.align == "center" else inset)
            ink.lines(start, top - inset * 0.7, lines, self.size, bold=self.bold, align=self.align)

        return [Item(height, draw, self.facts, self.keep, self.gap)]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A row of boxes to sign in: the office above, room for ink, a line for the date below."""

    roles: tuple[str, ...]
    dated: str
    gap: float = 5 * MM
    height: float = 32 * MM

    def items(self, room: float) -> list[Item]:
        """One item, at most five boxes a row."""
        per_row = min(5, len(self.roles))
        rows = [self.roles[at : at + per_row] for at in range(0, len(self.roles), per_row)]
        wide = room / per_row

        def draw(ink: Ink, x: float, top: float) -> None:
            for number, row in enumerate(rows):
                for at, role in enumerate(row):
                    self._box(ink, x + at * wide, top - (number + 1) * self.height, wide, role)

        return [Item(self.height * len(rows), draw, gap=self.gap)]

    def _box(self, ink: Ink, x: float, y: float, wide: float, role: str) -> None:
        label, date = 7 * MM, 6 * MM
        ink.shade(x, y + self.height - label, wide, label, PRINT.surface)
        ink.box(x, y, wide, self.height, THIN)
        ink.rules([(x, y + self.height - label, x + wide, y + self.height - label)])
        size, lines = fit(role, wide - 2 * _PAD, SMALL, False, 1)
        start = y + self.height - label / 2 + block_height(lines, size) / 2
        ink.lines(x + wide / 2, start, lines, size, align="center")
        size, lines = fit(self.dated, wide - 2 * _PAD, 8, False, 1)
        ink.lines(x + wide - _PAD, y + date / 2 + size * LEADING / 2, lines, size, align="right")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Room at the right for an office's seal, with its name and the date below."""

    office: str
    dated: str
    gap: float = 6 * MM

    def items(self, room: float) -> list[Item]:
        """One item."""
        side, line = 45 * MM, 7 * MM

        def draw(ink: Ink, x: float, top: float) -> None:
            left = x + room - 70 * MM
            ink.box(left + 12.5 * MM, top - side, side, side, THIN)
            ink.text(left + 35 * MM, top - side / 2, self.office, 11, align="center")
            ink.text(left + 35 * MM, top - side - line / 2, self.dated, 11, align="center")

        return [Item(side + line, draw, gap=self.gap)]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone, in the middle of the line."""

    rows: tuple[tuple[bool, ...], ...]
    side: float = 52 * MM
    gap: float = 0.0

    def items(self, room: float) -> list[Item]:
        """One item."""
        inner = self.side * len(self.rows) / (len(self.rows) + 8)  # four modules of quiet on each side

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.shade(x + (room - self.side) / 2, top - self.side, self.side, self.side, PRINT.paper)
            left, low = x + (room - inner) / 2, top - self.side + (self.side - inner) / 2
            ink.matrix(left, low, inner, self.rows)

        return [Item(self.side, draw, gap=self.gap)]


@dataclass(frozen=True, slots=True)
class BesidePhoto:
    """A table, a code with a line below it, and a frame for a photograph of 35 × 45 mm; `digest` names the picture, if any."""

    table: Table
    code: tuple[tuple[bool, ...], ...]
    below: str
    words: str
    digest: str = ""

    def items(self, room: float) -> list[Item]:
        """One item: such a table is short."""
        wide, high, side = 35 * MM, 45 * MM, 30 * MM
        inner = self.table.items(room - wide - side - 3 * MM)
        height = max(high, sum(item.height for item in inner))
        facts = tuple(fact for item in inner for fact in item.facts)
        if self.digest:
            facts += (("photo", self.digest),)

        def draw(ink: Ink, x: float, top: float) -> None:
            y = top
            for item in inner:
                item.draw(ink, x, y)
                y -= item.height
            left = x + room - wide
            self._code(ink, left - 1.5 * MM - side, top - 4 * MM, side)
            if self.digest:
                ink.picture(left, top - high, wide, high, self.digest)
            else:
                lines = wrap(self.words, wide - 2 * _PAD, SMALL)
                start = top - (high - block_height(lines, SMALL)) / 2
                ink.lines(left + wide / 2, start, lines, SMALL, align="center")
            ink.box(left, top - high, wide, high)

        return [Item(height, draw, facts)]

    def _code(self, ink: Ink, x: float, top: float, side: float) -> None:
        inner = side * len(self.code) / (len(self.code) + 8)  # four modules of quiet on each side
        ink.shade(x, top - side, side, side, PRINT.paper)
        ink.matrix(x + (side - inner) / 2, top - (side + inner) / 2, inner, self.code)
        size, lines = fit(self.below, side, 8, False, 2)
        ink.lines(x + side / 2, top - side, lines, size, align="center")


class Part(Protocol):
    """Whatever turns into items for a page with `room` points between its margins."""

    def items(self, room: float) -> list[Item]:
        """The items in order."""


@dataclass(frozen=True, slots=True)
class Section:
    """What begins on a fresh page under one title.

    `context` (a room, a candidate) joins the title on the section's further pages, so that a loose
    page still says what it belongs to; `facts` are therefore facts of each of its pages.
    """

    title: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...] = ()
    context: str = ""
    wide: bool = False
