"""Slips to vote with, twelve on a page, to be cut apart. Not a report: a slip is a secret, and no record keeps it."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.reports.ballots import Slip, SlipSheet
from venue_app.reports.codes import modules
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.fonts import REGULAR, faces
from venue_app.reports.ink import MM, Ink
from venue_app.reports.text import fit

_ACROSS, _DOWN = 2, 6
_WIDE, _HIGH = 92 * MM, 45 * MM
_LEFT, _LOW = (PORTRAIT[0] - _ACROSS * _WIDE) / 2, (PORTRAIT[1] - _DOWN * _HIGH) / 2
_QR = 33 * MM


def slips_pdf(sheet: SlipSheet, language: str) -> bytes:
    """All slips of a class as a PDF file, in the order given."""
    faces()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PORTRAIT, pageCompression=1, invariant=1, initialFontName=REGULAR)
    ink = Ink(canvas)
    each = _ACROSS * _DOWN
    for start in range(0, len(sheet.slips), each):
        ink.new_page(PORTRAIT)
        for place, slip in enumerate(sheet.slips[start : start + each]):
            row, column = divmod(place, _ACROSS)
            x, y = _LEFT + column * _WIDE, PORTRAIT[1] - _LOW - (row + 1) * _HIGH
            _draw(ink, x, y, sheet, slip, language)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(ink: Ink, x: float, y: float, sheet: SlipSheet, slip: Slip, language: str) -> None:
    ink.box(x, y, _WIDE, _HIGH)
    left = x + 4 * MM
    if slip.link:
        ink.matrix(left, y + (_HIGH - _QR) / 2, _QR, modules(slip.link))
        left += _QR + 4 * MM
    room = x + _WIDE - 3 * MM - left
    top = y + _HIGH - 4 * MM
    kind = f"{sheet.title} · {sheet.voter_class}" if sheet.voter_class else sheet.title
    if sheet.rehearsal:
        kind = f"{kind} · {tr_in(language, 'ballots.print.rehearsal')}"
    for text, size, bold, lines in (
        (sheet.event, 8.0, False, 2),
        (kind, 9.5, True, 2),
        (slip.code, 14.0, True, 1),
        (sheet.link, 8.0, False, 1),
        (tr_in(language, "ballots.print.slip_use"), 7.5, False, 3),
    ):
        fitted, shown = fit(text, room, size, bold, lines)
        ink.pen(PRINT.ink)
        ink.lines(left, top, shown, fitted, bold=bold)
        top -= len(shown) * fitted * 1.35 + 2
