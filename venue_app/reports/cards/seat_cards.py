"""席卡: four on a page. What a judge needs to take a seat with a device, and to know that it is the right laptop."""

from __future__ import annotations

from collections.abc import Callable

from venue_app.base.palette import PRINT
from venue_app.reports.cards.models import SeatCard, SeatCards
from venue_app.reports.cards.sheet import EDGE, Cell, cells, cut_lines, kind, line
from venue_app.reports.codes import QUIET, modules
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, Ink

_ACROSS, _DOWN = 2, 2
_QR = 46 * MM


def draw(ink: Ink, turn: Callable[[tuple[float, float]], None], form: SeatCards, say: Say) -> None:
    """All cards in the order given."""
    each = _ACROSS * _DOWN
    for start in range(0, len(form.cards), each):
        turn(PORTRAIT)
        cut_lines(ink, _ACROSS, _DOWN)
        for card, cell in zip(form.cards[start : start + each], cells(_ACROSS, _DOWN), strict=False):
            _card(ink, cell.within(EDGE + 3 * MM), form, card, say)


def _card(ink: Ink, cell: Cell, form: SeatCards, card: SeatCard, say: Say) -> None:
    top = cell.y + cell.high
    top = line(ink, cell, top, kind(say, say("cards.title.seat"), form.occasion), 10)
    top = line(ink, cell, top, form.occasion.event, 9, lines=2)
    where = " · ".join(filter(None, (card.room, card.group)))
    top = line(ink, cell, top - 1.5 * MM, where, 13, bold=True)
    top = line(ink, cell, top, card.seat, 30, bold=True) - 1 * MM
    _code(ink, cell.middle - _QR / 2, top - _QR, card.link)
    top = line(ink, cell, top - _QR - 0.5 * MM, card.code, 22, bold=True)
    top = line(ink, cell, top, form.url, 10)
    steps = (say("cards.seat.scan"), say("cards.seat.type", url=form.url), say("cards.seat.compare"))
    top -= 1 * MM
    for text in steps:
        top = line(ink, cell, top, text, 9, lines=4, align="left")
    line(ink, cell, top - 0.5 * MM, form.key, 9.5, bold=True)


def _code(ink: Ink, x: float, y: float, text: str) -> None:
    """The link's code within its white margin."""
    rows = modules(text)
    side = _QR * len(rows) / (len(rows) + 2 * QUIET)
    ink.shade(x, y, _QR, _QR, PRINT.paper)
    ink.matrix(x + (_QR - side) / 2, y + (_QR - side) / 2, side, rows)
