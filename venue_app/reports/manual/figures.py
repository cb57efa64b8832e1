"""The few figures of the manuals, drawn here so that they speak every language and weigh nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.reports.forms.words import Say
from venue_app.reports.ink import MM, THICK, THIN, Ink
from venue_app.reports.parts import Item
from venue_app.reports.text import block_height, fit, wrap

_Draw = Callable[[Ink, float, float, float, Say], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing `height` points high over the whole width."""

    height: float
    draw: _Draw
    say: Say
    gap: float = 4 * MM

    def items(self, room: float) -> list[Item]:
        """One item."""
        return [Item(self.height, lambda ink, x, top: self.draw(ink, x, top, room, self.say), gap=self.gap)]


def figure(name: str, language: str) -> Figure:
    """The figure of this name; `KeyError` when there is none."""
    height, draw = _FIGURES[name]
    return Figure(height, draw, partial(tr_in, language))


def _box(
    ink: Ink, x: float, top: float, w: float, h: float, text: str, size: float = 10, *, strong: bool = False
) -> None:
    """A box with a text in its middle; a strong one has a thick edge."""
    ink.box(x, top - h, w, h, THICK if strong else THIN)
    ink.pen(PRINT.ink)
    fitted, lines = fit(text, w - 2 * MM, size, strong, 3)
    start = top - (h - block_height(lines, fitted)) / 2
    ink.lines(x + w / 2, start, lines, fitted, bold=strong, align="center")


def _network(ink: Ink, x: float, top: float, room: float, say: Say) -> None:
    """The laptop, its network, and everything that joins it."""
    wide, high = 42 * MM, 15 * MM
    middle = x + room / 2
    _box(ink, middle - wide / 2, top, wide, high, say("manual.figure.laptop"), strong=True)
    _box(ink, x + room - wide, top, wide, high, say("manual.figure.hall"))
    _box(ink, x, top, wide, high, say("manual.figure.stick"))
    low = top - high
    ink.rules([(x + wide, top - high / 2, middle - wide / 2, top - high / 2)])
    ink.rules([(middle + wide / 2, top - high / 2, x + room - wide, top - high / 2)])
    bar = low - 7 * MM
    ink.rules([(middle, low, middle, bar)])
    _box(ink, middle - wide, bar, wide * 2, 10 * MM, say("manual.figure.network"))
    words = (
        say("manual.figure.judges"),
        say("manual.figure.observers"),
        say("manual.figure.witness"),
        say("manual.figure.printer"),
    )
    gap = 4 * MM
    each = (room - gap * (len(words) - 1)) / len(words)
    row = bar - 10 * MM - 8 * MM
    for at, word in enumerate(words):
        left = x + at * (each + gap)
        ink.rules([(middle, bar - 10 * MM, left + each / 2, row)])
        _box(ink, left, row, each, high, word, 9.5)


def _station(ink: Ink, x: float, top: float, room: float, say: Say) -> None:
    """What a judge sees: lot, clock, a row a criterion, the one large button."""
    wide, high = 120 * MM, 66 * MM
    left = x + (room - wide) / 2
    ink.box(left, top - high, wide, high, THICK)
    inner, edge = left + 5 * MM, wide - 10 * MM
    ink.text(inner, top - 8 * MM, say("station.lot_number", lot=7), 17, bold=True)
    ink.text(inner + edge, top - 8 * MM, f"{say('station.clock.left')} 07:42", 13, align="right")
    for row, mark in enumerate(("26.5", "")):
        y = top - 16 * MM - row * 14 * MM
        ink.text(inner, y - 5 * MM, say("manual.figure.criterion", number=row + 1), 12)
        _box(ink, inner + 50 * MM, y, 13 * MM, 10 * MM, "−", 15)
        word = mark or say("station.score.touch")
        _box(ink, inner + 65 * MM, y, 30 * MM, 10 * MM, word, 15 if mark else 10, strong=bool(mark))
        _box(ink, inner + 97 * MM, y, 13 * MM, 10 * MM, "+", 15)
    button = top - 48 * MM
    ink.shade(inner, button - 13 * MM, edge, 13 * MM, PRINT.ink)
    ink.pen(PRINT.on_fill)
    ink.text(inner + edge / 2, button - 6.5 * MM, say("station.score.review"), 15, bold=True, align="center")
    ink.pen(PRINT.ink)


def _receipt(ink: Ink, x: float, top: float, room: float, say: Say) -> None:
    """The same code on the judge's screen and on the paper."""
    wide, high = 62 * MM, 26 * MM
    _box(ink, x + 8 * MM, top, wide, high, "")
    ink.text(x + 8 * MM + wide / 2, top - 8 * MM, say("manual.figure.on_screen"), 9.5, align="center")
    shown = say("station.sent.line", lot=7, clock="10:42", code="K7F-2Q9")
    for at, line in enumerate(wrap(shown, wide - 4 * MM, 11)):
        ink.text(x + 8 * MM + wide / 2, top - 15 * MM - at * 5 * MM, line, 11, bold=True, align="center")
    right = x + room - wide - 8 * MM
    _box(ink, right, top, wide, high, "")
    ink.text(right + wide / 2, top - 8 * MM, say("manual.figure.on_paper"), 9.5, align="center")
    ink.text(right + wide / 2, top - 17 * MM, "K7F-2Q9", 13, bold=True, align="center")
    middle = x + room / 2
    ink.text(middle, top - high / 2, "=", 26, bold=True, align="center")


_FIGURES: dict[str, tuple[float, _Draw]] = {
    "network": (57 * MM, _network),
    "station": (67 * MM, _station),
    "receipt": (27 * MM, _receipt),
}
