"""Sheets that are cut: equal cells on A4 with dashed lines to cut along, and text that fits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from venue_app.base.palette import PRINT
from venue_app.reports.cards.models import Occasion
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, Align, Ink
from venue_app.reports.text import LEADING, fit

#: Printers leave this much of the paper's edge white.
EDGE = 6 * MM


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the sheet: its lower left corner, width and height in points."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        """The x of its centre."""
        return self.x + self.wide / 2

    def within(self, margin: float) -> Cell:
        """The cell without a margin all around."""
        return Cell(self.x + margin, self.y + margin, self.wide - 2 * margin, self.high - 2 * margin)


def cells(across: int, down: int, size: tuple[float, float] = PORTRAIT) -> Iterator[Cell]:
    """The cells of a page, row by row from the top."""
    wide, high = size[0] / across, size[1] / down
    for row in range(down):
        for column in range(across):
            yield Cell(column * wide, size[1] - (row + 1) * high, wide, high)


def cut_lines(ink: Ink, across: int, down: int, size: tuple[float, float] = PORTRAIT) -> None:
    """Dashed lines between the cells."""
    wide, high = size
    ink.dashed([(wide * at / across, 0, wide * at / across, high) for at in range(1, across)])
    ink.dashed([(0, high * at / down, wide, high * at / down) for at in range(1, down)])


def line(
    ink: Ink,
    cell: Cell,
    top: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    lines: int = 1,
    align: Align = "center",
) -> float:
    """Text fitted into the cell's width, its top edge at `top`; returns the height where the next begins."""
    if not text:
        return top
    fitted, shown = fit(text, cell.wide, size, bold, lines)
    x = {"left": cell.x, "center": cell.middle, "right": cell.x + cell.wide}[align]
    ink.pen(PRINT.ink)
    ink.lines(x, top, shown, fitted, bold=bold, align=align)
    return top - len(shown) * fitted * LEADING


def centred(ink: Ink, cell: Cell, text: str, size: float, *, lines: int = 1) -> None:
    """One bold text in the middle of a cell, as large as it fits up to `size`."""
    fitted, shown = large(text, cell.wide, cell.high, size, lines)
    line_height = fitted * LEADING
    top = cell.y + cell.high / 2 + len(shown) * line_height / 2
    ink.pen(PRINT.ink)
    ink.lines(cell.middle, top, shown, fitted, bold=True, align="center")


def large(text: str, room: float, high: float, size: float, lines: int) -> tuple[float, Sequence[str]]:
    """Size and lines for a word to be read across a room: smaller steps than `fit`, never torn early, and no
    higher than `high` altogether."""
    now = size
    while now > 12:
        for count in range(1, lines + 1):
            fitted, shown = fit(text, room, now, True, count)
            if len(shown) <= count and fitted >= now * 0.84 and len(shown) * fitted * LEADING <= high:
                return fitted, shown
        now *= 0.94
    return fit(text, room, 12, True, lines)


def kind(say: Say, title: str, occasion: Occasion) -> str:
    """What a card is, and that it is of a rehearsal."""
    return f"{title} · {say('reports.mode.rehearsal')}" if occasion.rehearsal else title
