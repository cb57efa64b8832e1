"""A form as a PDF: lay it out, take each page's digest, have it sealed, draw it.

The same model and frame give the same bytes, on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from venue_app.base.canonical import canonical
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


@dataclass(frozen=True, slots=True)
class Layout:
    """A form's pages as laid out in one language, before anything stands around them."""

    name: str
    title: str
    language: str
    pages: tuple[Page, ...]

    @property
    def content(self) -> bytes:
        """SHA-256 of what all pages say, whatever stands around them: the same for the same facts."""
        return facts_digest(canonical([self.name, *(page.facts for page in self.pages)]))

    @property
    def photos(self) -> frozenset[str]:
        """The photographs its pages show, by the SHA-256 (hex) of the files on record."""
        return frozenset(str(fact[1]) for page in self.pages for fact in page.facts if fact[0] == "photo")


def lay(form: Form, language: str) -> Layout:
    """Lay a form out. Raises `Known` (`reports.…`) for a form that cannot be printed: no rows, numbers that
    do not match the columns, a character no face holds."""
    if language not in LANGUAGES:
        raise Known("reports.language", language=language)
    faces()
    sections = compose(form, language)
    return Layout(form_name(form), sections[0].title, language, tuple(paginate(sections)))


def facts_of_pages(layout: Layout, frame: PageFrame) -> tuple[PageFacts, ...]:
    """What each page says within this frame."""
    if not re.fullmatch("[0-9a-f]{64}", frame.journal_head):
        raise Known("reports.journal_head")
    count = len(layout.pages)
    facts = []
    for number, page in enumerate(layout.pages, 1):
        raw = facts_bytes(layout.name, page, number, count, frame)
        facts.append(PageFacts(number, count, raw, facts_digest(raw)))
    return tuple(facts)


def page_facts(form: Form, *, frame: PageFrame) -> tuple[PageFacts, ...]:
    """What each page of the form says, for a verifier: nothing is drawn."""
    return facts_of_pages(lay(form, frame.language), frame)


def render(form: Form, *, frame: PageFrame, statement: Statement, qr: Callable[[str], Matrix]) -> bytes:
    """The form as a PDF file; see `lay` and `draw`."""
    return draw(lay(form, frame.language), frame=frame, statement=statement, qr=qr)


def draw(
    layout: Layout,
    *,
    frame: PageFrame,
    statement: Statement,
    qr: Callable[[str], Matrix],
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """A laid-out form as a PDF file; `pictures` are the photographs (JPEG) that `Layout.photos` names.

    `statement(page, pages, facts_digest)` gives the text sealed on that page, `qr` turns it into a
    square of modules (True is dark) without a quiet zone. Raises `Known` (`reports.…`).
    """
    laid, title = layout.pages, layout.title
    facts = facts_of_pages(layout, frame)
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
    ink = Ink(canvas, pictures)
    for page, fact in zip(laid, facts, strict=True):
        seal = qr(statement(fact.page, fact.pages, fact.digest))
        if not seal or any(len(row) != len(seal) for row in seal):
            raise Known("reports.seal")
        draw_page(ink, page, fact.page, fact.pages, frame, fact.digest, seal)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
