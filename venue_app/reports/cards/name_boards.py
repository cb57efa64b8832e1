"""台签: A4 folded once across the middle, read from both sides."""

from __future__ import annotations

from collections.abc import Callable

from venue_app.reports.cards.models import NameBoard, NameBoards
from venue_app.reports.cards.sheet import Cell, centred, kind, line
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, Ink

_MARGIN = 16 * MM


def draw(ink: Ink, turn: Callable[[tuple[float, float]], None], form: NameBoards, say: Say) -> None:
    """A page a board: one side upright below the fold, the other upside down above it."""
    wide, high = PORTRAIT
    lower = Cell(0, 0, wide, high / 2).within(_MARGIN)
    for board in form.boards:
        turn(PORTRAIT)
        ink.dashed([(0, high / 2, wide, high / 2)])
        _side(ink, lower, form, board, say)
        with ink.upside_down(wide / 2, high / 2):
            _side(ink, lower, form, board, say)


def _side(ink: Ink, cell: Cell, form: NameBoards, board: NameBoard, say: Say) -> None:
    top = cell.y + cell.high
    line(ink, cell, top, board.over, 28, bold=True)
    centred(ink, Cell(cell.x, cell.y + 14 * MM, cell.wide, cell.high - 32 * MM), board.word, 150, lines=2)
    line(ink, cell, cell.y + 9 * MM, kind(say, form.occasion.event, form.occasion), 11, lines=2)
