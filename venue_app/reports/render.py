"""A form as a PDF: lay it out, take each page's digest, have it sealed, draw it.

The same model and frame give the same bytes, on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES
from venue_app.reports.flow import PORTRAIT, Page, facts_bytes, facts_digest, paginate
from venue_app.reports.fonts import REGULAR, faces
from venue_app.reports.forms import compose, form_name
from venue_app.reports.ink import Ink
from venue_app.reports.models import Form, PageFrame
from venue_app.reports.page import draw_page

# Text encoding of binary streams would cost a quarter of the file and half the time.
rl_config.useA85 = 0

Statement = Callable[[int, int, bytes], str]
Matrix = Sequence[Sequence[bool]]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of page `page` of `pages`, as the exact bytes that are hashed, and their SHA-256."""

    page: int
    pages: int
    facts: bytes
    digest: bytes


def _layout(form: Form, frame: PageFrame) -> tuple[list[Page], list[PageFacts], str]:
    if frame.language not in LANGUAGES:
        raise Known("reports.language", language=frame.language)
    if not re.fullmatch("[0-9a-f]{64}", frame.journal_head):
        raise Known("reports.journal_head")
    faces()
    sections = compose(form, frame.language)
    laid = paginate(sections)
    name = form_name(form)
    facts = []
    for number, page in enumerate(laid, 1):
        raw = facts_bytes(name, page, number, len(laid), frame)
        facts.append(PageFacts(number, len(laid), raw, facts_digest(raw)))
    return laid, facts, sections[0].title


def page_facts(form: Form, *, frame: PageFrame) -> tuple[PageFacts, ...]:
    """What each page of the form says, for a verifier: nothing is drawn."""
    return tuple(_layout(form, frame)[1])


def render(form: Form, *, frame: PageFrame, statement: Statement, qr: Callable[[str], Matrix]) -> bytes:
    """The form as a PDF file.

    `statement(page, pages, facts_digest)` gives the text sealed on that page, `qr` turns it into a
    square of modules (True is dark) without a quiet zone. Raises `Known` (`reports.…`) for a form that
    cannot be printed: no rows, numbers that do not match the columns, a character no face holds.
    """
    laid, facts, title = _layout(form, frame)
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=PORTRAIT,
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
        lang=frame.language,
    )
    canvas.setTitle(f"{title} · {frame.event}")
    canvas.setAuthor(frame.software)
    canvas.setSubject(f"{frame.mode} · {frame.serial}")
    ink = Ink(canvas)
    for page, fact in zip(laid, facts, strict=True):
        seal = qr(statement(fact.page, fact.pages, fact.digest))
        if not seal or any(len(row) != len(seal) for row in seal):
            raise Known("reports.seal")
        draw_page(ink, page, fact.page, fact.pages, frame, fact.digest, seal)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
