"""Cards as a PDF file: the same cards give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from venue_app.base.errors import Known
from venue_app.reports.cards import door_notes, lot_slips, name_boards, seat_cards, signposts
from venue_app.reports.cards.models import Cards, DoorNotes, LotSlips, NameBoards, SeatCards, Signposts
from venue_app.reports.flow import PORTRAIT
from venue_app.reports.fonts import REGULAR, faces
from venue_app.reports.forms.words import Say, sayer
from venue_app.reports.ink import Ink

#: Begins a page of a size; called before each.
Turn = Callable[[tuple[float, float]], None]

_DRAW: dict[type, Callable[[Ink, Turn, Any, Say], None]] = {
    SeatCards: seat_cards.draw,
    NameBoards: name_boards.draw,
    DoorNotes: door_notes.draw,
    Signposts: signposts.draw,
    LotSlips: lot_slips.draw,
}


def cards_pdf(form: Cards, language: str) -> bytes:
    """The cards as a PDF file. Raises `Known`: reports.no_glyph, cards.empty."""
    faces()
    out = io.BytesIO()
    canvas: Any = Canvas(
        out, pagesize=PORTRAIT, pageCompression=1, invariant=1, initialFontName=REGULAR, lang=language
    )
    canvas.setTitle(form.occasion.event)
    ink = Ink(canvas)
    pages = 0

    def turn(size: tuple[float, float]) -> None:
        nonlocal pages
        if pages:
            canvas.showPage()
        pages += 1
        ink.new_page(size)

    _DRAW[type(form)](ink, turn, form, sayer(language))
    if not pages:
        raise Known("cards.empty")
    canvas.showPage()
    canvas.save()
    return out.getvalue()
