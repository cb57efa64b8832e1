"""A manual on A4: title, running foot with page numbers, and text large enough for who reads it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from venue_app import __version__
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.base.palette import PRINT
from venue_app.base.paths import resources
from venue_app.reports.flow import LEFT, PORTRAIT, RIGHT, Page, inner_width, paginate
from venue_app.reports.fonts import REGULAR, faces
from venue_app.reports.ink import MM, THICK, Ink
from venue_app.reports.manual.figures import figure
from venue_app.reports.manual.text import Block, read_manual
from venue_app.reports.parts import Cell, Heading, Item, Note, Part, Row, Section, Table
from venue_app.reports.text import block_height, fit, wrap

#: Manual → size of its text in points: judges are often sixty and read by the light of a hall.
MANUALS = {"proctor": 12.0, "judge": 14.0, "witness": 11.5}

_TOP, _BOTTOM = 20 * MM, 17 * MM
_TITLE = 24.0
#: The faces' curly quotes are as wide as an ideograph: between Latin words straight ones read better.
_STRAIGHT = str.maketrans("“”’", '""\'')


@dataclass(frozen=True, slots=True)
class Hanging:
    """A step or a point: its mark stands out, further lines stand below the text."""

    mark: str
    text: str
    size: float
    gap: float

    def items(self, room: float) -> list[Item]:
        """One item."""
        inset = self.size * 1.9
        lines = wrap(self.text, room - inset, self.size)

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.lines(x + inset * 0.25, top, (self.mark,), self.size, bold=True)
            ink.lines(x + inset, top, lines, self.size)

        return [Item(block_height(lines, self.size), draw, gap=self.gap)]


@dataclass(frozen=True, slots=True)
class Title:
    """The manual's name above its first page."""

    text: str

    def items(self, room: float) -> list[Item]:
        """One item."""
        size, lines = fit(self.text, room, _TITLE, True, 2)

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.lines(x, top, lines, size, bold=True)
            low = top - block_height(lines, size) - 2 * MM
            ink.rules([(x, low, x + room, low)], THICK)

        return [Item(block_height(lines, size) + 5 * MM, draw, keep=True)]


def manual_pdf(name: str, language: str) -> bytes:
    """The manual of this name as a PDF file. Raises `Known`: manual.unknown, manual.language."""
    if name not in MANUALS:
        raise Known("manual.unknown", name=name, names=", ".join(MANUALS))
    if language not in LANGUAGES:
        raise Known("manual.language", language=language)
    faces()
    source = (resources() / "manuals" / language / f"{name}.md").read_text(encoding="utf-8")
    if language == "en":
        source = source.translate(_STRAIGHT)
    blocks = list(read_manual(source))
    size = MANUALS[name]
    parts = tuple(_part(block, size, language) for block in blocks)
    title = blocks[0].text
    pages = paginate([Section(title, parts)], top=_TOP, bottom=_BOTTOM)
    out = io.BytesIO()
    canvas: Any = Canvas(
        out, pagesize=PORTRAIT, pageCompression=1, invariant=1, initialFontName=REGULAR, lang=language
    )
    canvas.setTitle(title)
    ink = Ink(canvas)
    for number, page in enumerate(pages, 1):
        ink.new_page(page.size)
        _draw(ink, page, number, len(pages), language)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(ink: Ink, page: Page, number: int, pages: int, language: str) -> None:
    say = partial(tr_in, language)
    for item, top in page.placed:
        item.draw(ink, LEFT, top)
    wide = inner_width(page.size)
    ink.rules([(LEFT, 13 * MM, LEFT + wide, 13 * MM)])
    ink.pen(PRINT.quiet)
    ink.text(LEFT, 9.5 * MM, f"{page.title} · venue-app {__version__}", 8.5)
    counted = say("reports.foot.page", page=number, pages=pages)
    ink.text(page.size[0] - RIGHT, 9.5 * MM, counted, 8.5, align="right")
    ink.pen(PRINT.ink)


def _part(block: Block, size: float, language: str) -> Part:
    if block.kind == "title":
        return Title(block.text)
    if block.kind == "heading":
        return Heading(block.text, gap=size * 0.5 * MM, size=size + 2.5)
    if block.kind == "step":
        mark, _, text = block.text.partition(" ")
        return Hanging(mark, text, size, size * 0.35)
    if block.kind == "point":
        return Hanging("·", block.text, size, size * 0.3)
    if block.kind == "note":
        return Note(block.text, size, boxed=True, gap=size * 0.6)
    if block.kind == "figure":
        return figure(block.text, language)
    if block.kind == "table":
        return _table(block.rows, size)
    return Note(block.text, size, gap=size * 0.4)


def _table(rows: tuple[tuple[str, ...], ...], size: float) -> Table:
    """Columns as wide as their longest text asks for, the first no less than a fifth."""
    longest = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    most = sum(longest)
    columns = tuple(max(0.2, length / most) for length in longest)
    head, *body = rows
    small = size - 0.5

    def cells(row: tuple[str, ...], *, bold: bool) -> Row:
        return Row(tuple(Cell(text, "left", bold=bold, shade=bold, size=small, lines=9) for text in row))

    return Table(
        columns,
        tuple(cells(row, bold=False) for row in body),
        (cells(head, bold=True),),
        height=size * 1.9,
        gap=size * 0.6,
    )
