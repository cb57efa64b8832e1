"""Putting text, rules and boxes on a page: a thin pen over ReportLab's canvas.

Everything is measured in points from the page's lower left corner.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfbase.pdfmetrics import getFont
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


@cache
def _paint(colour: str) -> str:
    """The operators that set both fill and stroke to #RRGGBB."""
    parts = " ".join(f"{int(colour[at : at + 2], 16) / 255:.4f}" for at in (1, 3, 5))
    return f"{parts} rg {parts} RG"


@cache
def _white() -> bytes:
    """A picture of one white point."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1), PRINT.paper).save(out, "JPEG")
    return out.getvalue()


class Ink:
    """A pen over one canvas."""

    def __init__(self, canvas: Canvas, pictures: Mapping[str, bytes] | None = None) -> None:
        """`pictures` are JPEG files by the names that `picture` draws them under."""
        self._canvas: Any = canvas
        self._pictures = pictures or {}
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
            self._canvas.addLiteral(_paint(colour))
            self._colour = colour
        if line != self._width:
            self._canvas.addLiteral(f"{line:.3f} w")
            self._width = line

    def text(
        self, x: float, middle: float, text: str, size: float, *, bold: bool = False, align: Align = "left"
    ) -> None:
        """One line of text at `x` (its left end, centre or right end), centred on the height `middle`."""
        if align != "left":
            x -= width(text, size, bold) * (0.5 if align == "center" else 1)
        base = middle - _MIDDLE * size
        for font, part in runs(text, bold):
            self._show(x, base, font, part, size, thicken=bold and font != BOLD)
            x += width(part, size, bold)

    def _show(self, x: float, y: float, font: str, text: str, size: float, *, thicken: bool) -> None:
        """Write the operators for one run: a third of the time ReportLab's text objects take."""
        document = self._canvas._doc
        face = getFont(font)
        mode, off = (f"2 Tr {_EMBOLDEN * size:.3f} w ", f" 0 Tr {self._width:.3f} w") if thicken else ("", "")
        shown = " ".join(
            f"{face.getSubsetInternalName(subset, document)} {size:.2f} Tf <{codes.hex()}> Tj"
            for subset, codes in face.splitString(text, document)
        )
        self._canvas.addLiteral(f"BT {x:.2f} {y:.2f} Td {mode}{shown}{off} ET")

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
        path = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in rules)
        self._canvas.addLiteral(f"{path} S")

    def box(self, x: float, y: float, w: float, h: float, thickness: float = THIN) -> None:
        """An empty box with its lower left corner at (x, y)."""
        self.pen(PRINT.line, thickness)
        self._canvas.addLiteral(f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re S")

    def shade(self, x: float, y: float, w: float, h: float, colour: str) -> None:
        """A filled box without an outline."""
        self.pen(colour)
        self._canvas.addLiteral(f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re f")
        self.pen(PRINT.ink)

    def turned(self, x: float, y: float, degrees: float, text: str, size: float, colour: str) -> None:
        """Bold text turned about its own centre, which stands at (x, y): the watermark."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        before = self._colour, self._width
        self._canvas.addLiteral(f"q {cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} cm")
        self.pen(colour)
        self.text(0, 0, text, size, bold=True, align="center")
        self._canvas.addLiteral("Q")
        self._colour, self._width = before

    def dashed(self, rules: Sequence[tuple[float, float, float, float]]) -> None:
        """Grey dashed rules (x1, y1, x2, y2): where to cut or to fold."""
        self.pen(PRINT.quiet, THIN)
        path = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in rules)
        self._canvas.addLiteral(f"[4 4] 0 d {path} S [] 0 d")
        self.pen(PRINT.ink)

    def polygon(self, points: Sequence[tuple[float, float]]) -> None:
        """A filled shape in black."""
        self.pen(PRINT.ink)
        (x, y), *rest = points
        path = " ".join(f"{px:.2f} {py:.2f} l" for px, py in rest)
        self._canvas.addLiteral(f"{x:.2f} {y:.2f} m {path} h f")

    @contextmanager
    def upside_down(self, x: float, y: float) -> Iterator[None]:
        """What is drawn within is turned by half about the point (x, y)."""
        before = self._colour, self._width
        self._canvas.addLiteral(f"q -1 0 0 -1 {2 * x:.2f} {2 * y:.2f} cm")
        yield
        self._canvas.addLiteral("Q")
        self._colour, self._width = before

    def picture(self, x: float, y: float, w: float, h: float, name: str) -> None:
        """A picture filling a box; one that is not at hand stays white.

        The page's drawing is the same either way, so that it can be compared where the pictures are not.
        """
        document, own = self._canvas._doc, f"Picture{name}"
        inside = document.getXObjectName(own)
        if inside not in document.idToObject:
            image = PDFImageXObject(own, ImageReader(io.BytesIO(self._pictures.get(name) or _white())))
            image.name = own
            document.Reference(image, inside)
            document.addForm(own, image)
        self._canvas._formsinuse.append(own)
        self._canvas.addLiteral(f"q {w:.2f} 0 0 {h:.2f} {x:.2f} {y:.2f} cm /{inside} Do Q")

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
