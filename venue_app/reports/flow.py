"""From parts to pages: which item stands on which page, and which facts each page thereby prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from venue_app.base.canonical import canonical
from venue_app.reports.ink import MM
from venue_app.reports.models import PageFrame
from venue_app.reports.parts import Fact, Item, Section

PORTRAIT = (210 * MM, 297 * MM)
LANDSCAPE = (297 * MM, 210 * MM)
LEFT, RIGHT = 18 * MM, 14 * MM

# Kept free above and below the items for the page's own head, title and foot.
TOP, BOTTOM = 43 * MM, 59 * MM

#: Version of the page facts, see docs/formats/reports.md.
FACTS_VERSION = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A laid-out page: its items with the height of their top edges, and the facts they print."""

    title: str
    context: str
    first: bool
    size: tuple[float, float]
    placed: tuple[tuple[Item, float], ...]
    facts: tuple[Fact, ...]


def inner_width(size: tuple[float, float]) -> float:
    """Width between the margins of a page of `size`, in points."""
    return size[0] - LEFT - RIGHT


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Items that must stay together, in order."""
    group: list[Item] = []
    for item in items:
        group.append(item)
        if not item.keep:
            yield group
            group = []
    if group:
        yield group


def _height(items: Sequence[Item]) -> float:
    return sum(item.height + item.gap for item in items)


class _Sheet:
    """One page being filled."""

    def __init__(self, section: Section, first: bool, top: float, bottom: float) -> None:
        self.size = LANDSCAPE if section.wide else PORTRAIT
        self.section, self.first, self.bottom = section, first, bottom
        self.y = self.size[1] - top
        self.placed: list[tuple[Item, float]] = []

    def room(self) -> float:
        return self.y - self.bottom

    def put(self, item: Item) -> None:
        self.y -= item.gap if self.placed else 0
        self.placed.append((item, self.y))
        self.y -= item.height

    def page(self) -> Page:
        facts = self.section.facts + tuple(fact for item, _ in self.placed for fact in item.facts)
        return Page(
            self.section.title, self.section.context, self.first, self.size, tuple(self.placed), facts
        )


def paginate(sections: Sequence[Section], top: float = TOP, bottom: float = BOTTOM) -> list[Page]:
    """Lay the sections out between the margins. No item is torn; a table's head comes again where a page breaks it."""
    pages: list[Page] = []
    for section in sections:
        sheet = _Sheet(section, True, top, bottom)
        items = [item for part in section.parts for item in part.items(inner_width(sheet.size))]
        for group in _groups(items):
            if sheet.placed and _height(group) > sheet.room():
                pages.append(sheet.page())
                sheet = _Sheet(section, False, top, bottom)
                for item in group[0].head:
                    sheet.put(item)
            for item in group:
                if sheet.placed and item.height + item.gap > sheet.room():
                    # A group taller than a page: keeping together is a wish, not tearing is a rule.
                    pages.append(sheet.page())
                    sheet = _Sheet(section, False, top, bottom)
                sheet.put(item)
        pages.append(sheet.page())
    return pages


def facts_bytes(form: str, page: Page, number: int, pages: int, frame: PageFrame) -> bytes:
    """The canonical JSON whose SHA-256 is the page's facts digest."""
    return canonical(
        {
            "v": FACTS_VERSION,
            "form": form,
            "event": frame.event,
            "mode": frame.mode,
            "place": frame.place,
            "date": frame.date,
            "serial": frame.serial,
            "journal_size": frame.journal_size,
            "journal_head": frame.journal_head,
            "page": number,
            "pages": pages,
            "facts": page.facts,
        }
    )


def facts_digest(facts: bytes) -> bytes:
    """SHA-256 of a page's facts."""
    return hashlib.sha256(facts).digest()
