"""纸签: numbered slips for a draw by hand, the slips of each place on pages of their own."""

from __future__ import annotations

from collections.abc import Callable

from venue_app.reports.cards.models import LotSlips
from venue_app.reports.cards.sheet import Cell, cells, centred, cut_lines, kind, line
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, Ink

#: Slips of 52 × 50 mm: folded twice they are alike from outside.
_ACROSS, _DOWN = 4, 6


def draw(ink: Ink, turn: Callable[[tuple[float, float]], None], form: LotSlips, say: Say) -> None:
    """The numbers of each place in order, from a fresh page."""
    each = _ACROSS * _DOWN
    for place, count in form.places:
        for start in range(1, count + 1, each):
            turn(PORTRAIT)
            cut_lines(ink, _ACROSS, _DOWN)
            numbers = range(start, min(start + each, count + 1))
            for number, cell in zip(numbers, cells(_ACROSS, _DOWN), strict=False):
                _slip(ink, cell.within(5 * MM), form, place, number, say)


def _slip(ink: Ink, cell: Cell, form: LotSlips, place: str, number: int, say: Say) -> None:
    top = line(ink, cell, cell.y + cell.high, place, 12, bold=True, lines=2)
    foot = cell.y + 8 * MM
    centred(ink, Cell(cell.x, foot, cell.wide, top - foot), str(number), 52)
    line(ink, cell, foot - 1 * MM, kind(say, form.occasion.event, form.occasion), 6.5, lines=2)
