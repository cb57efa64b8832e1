"""Putting text, rules and boxes on a page: a thin pen over ReportLab's canvas.

Everything is measured in points from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from venue_app.base.palette import PRINT
from venue_app.reports.fonts import BOLD, runs, width
from venue_app.reports.text import LEADING

Align = Literal["left", "center", "right"]

MM = 72 / 25.4
THIN = 0.5
THICK = 1.2

# Half the height of an ideograph above the baseline, in em: what looks like the middle of a line.
_MIDDLE = 0.38
# Stroke around a glyph of a face that has no bold cut, in em, so that a rare character is no lighter.
_EMBOLDEN = 0.028


class Ink:
    """A pen over one canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas: Any = canvas
        self._colour = ""
        self._width = 0.0

    def new_page(self, size: tuple[float, float]) -> None:
        """Begin a page of `size` points."""
        self._canvas.setPageSize(size)
        self._colour, self._width = "", 0.0
        self.pen(PRINT.ink, THIN)

    def pen(self, colour: str, line: float = THIN) -> None:
        """Colour of everything that follows, and the thickness of rules in points."""
        if colour != self._colour:
            paint = HexColor(colour)
            self._canvas.setFillColor(paint)
            self._canvas.setStrokeColor(paint)
            self._colour = colour
        if line != self._width:
            self._canvas.setLineWidth(line)
            self._width = line

    def text(
        self, x: float, middle: float, text: str, size: float, *, bold: bool = False, align: Align = "left"
    ) -> None:
        """One line of text at `x` (its left end, centre or right end), centred on the height `middle`."""
        if align != "left":
            x -= width(text, size, bold) * (0.5 if align == "center" else 1)
        base = middle - _MIDDLE * size
        for font, part in runs(text, bold):
            thicken = bold and font != BOLD
            pen = self._canvas.beginText(x, base)
            pen.setFont(font, size)
            if thicken:
                self._canvas.setLineWidth(_EMBOLDEN * size)
                self._width = _EMBOLDEN * size
                pen.setTextRenderMode(2)
            pen.textOut(part)
            if thicken:
                pen.setTextRenderMode(0)
            self._canvas.drawText(pen)
            x += width(part, size, bold)

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float,
        *,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """Several lines of text, the first one's top edge at `top`."""
        step = size * LEADING
        for number, line in enumerate(lines):
            self.text(x, top - step * (number + 0.5), line, size, bold=bold, align=align)

    def rules(self, rules: Sequence[tuple[float, float, float, float]], thickness: float = THIN) -> None:
        """Straight rules (x1, y1, x2, y2) in the ink's colour."""
        self.pen(PRINT.line, thickness)
        self._canvas.lines(rules)

    def box(self, x: float, y: float, w: float, h: float, thickness: float = THIN) -> None:
        """An empty box with its lower left corner at (x, y)."""
        self.pen(PRINT.line, thickness)
        self._canvas.rect(x, y, w, h, stroke=1, fill=0)

    def shade(self, x: float, y: float, w: float, h: float, colour: str) -> None:
        """A filled box without an outline."""
        self.pen(colour)
        self._canvas.rect(x, y, w, h, stroke=0, fill=1)
        self.pen(PRINT.ink)

    def turned(self, x: float, y: float, degrees: float, text: str, size: float, colour: str) -> None:
        """Bold text turned about its own centre, which stands at (x, y): the watermark."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(degrees)
        before = self._colour, self._width
        self.pen(colour)
        self.text(0, 0, text, size, bold=True, align="center")
        self._canvas.restoreState()
        self._colour, self._width = before

    def matrix(self, x: float, y: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        """A square pattern of dark modules, `side` points wide: one path, a rectangle a run of modules."""
        count = len(rows)
        scale = side / count
        path = [f"q {scale:.6f} 0 0 {scale:.6f} {x:.3f} {y:.3f} cm 0 g"]
        for number, row in enumerate(rows):
            height = count - 1 - number
            start = None
            for at, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = at
                elif not dark and start is not None:
                    path.append(f"{start} {height} {at - start} 1 re")
                    start = None
        path.append("f Q")
        self._canvas.addLiteral("\n".join(path))
