"""路标: half a page each way, cut apart and put up where people must turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from venue_app.reports.cards.models import Signposts
from venue_app.reports.cards.sheet import Cell, cells, centred, cut_lines, kind, line
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, Ink

_ARROW = 62 * MM


def draw(ink: Ink, turn: Callable[[tuple[float, float]], None], form: Signposts, say: Say) -> None:
    """A page a place: to the left above, to the right below."""
    for place in form.places:
        turn(PORTRAIT)
        cut_lines(ink, 1, 2)
        upper, lower = cells(1, 2)
        _sign(ink, upper.within(14 * MM), form, place, "left", say)
        _sign(ink, lower.within(14 * MM), form, place, "right", say)


def _sign(ink: Ink, cell: Cell, form: Signposts, place: str, way: Literal["left", "right"], say: Say) -> None:
    centred(ink, Cell(cell.x, cell.y + 52 * MM, cell.wide, cell.high - 52 * MM), place, 110, lines=2)
    middle = cell.y + 30 * MM
    left, right = cell.middle - _ARROW / 2, cell.middle + _ARROW / 2
    tip, tail, turned = (left, right, 1) if way == "left" else (right, left, -1)
    shaft = tip + turned * 24 * MM
    ink.polygon(
        [
            (tip, middle),
            (shaft, middle + 17 * MM),
            (shaft, middle + 7 * MM),
            (tail, middle + 7 * MM),
            (tail, middle - 7 * MM),
            (shaft, middle - 7 * MM),
            (shaft, middle - 17 * MM),
        ]
    )
    line(ink, cell, cell.y + 7 * MM, kind(say, form.occasion.event, form.occasion), 11, lines=2)
