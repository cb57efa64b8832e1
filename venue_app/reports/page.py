"""What stands around every page: mode, event, title, place and date above; seal, counts and digests below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.reports.flow import BOTTOM, LEFT, RIGHT, Page, inner_width
from venue_app.reports.fonts import width
from venue_app.reports.ink import MM, THICK, THIN, Ink
from venue_app.reports.models import PageFrame
from venue_app.reports.text import LEADING, fit, grouped, wrap

# The seal with its quiet zone. 46 mm leave 41.5 mm for a symbol of 73 modules (version 14).
QR_BOX = 46 * MM
QUIET_MODULES = 4

_TITLE = 20.0
_WATERMARK = "#E3E3E3"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(text: str, language: str) -> str:
    """A date YYYY-MM-DD as the language writes it in documents. Raises `Known` for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Known("reports.bad_date", date=text) from error
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def draw_page(
    ink: Ink,
    page: Page,
    number: int,
    pages: int,
    frame: PageFrame,
    digest: bytes,
    seal: Sequence[Sequence[bool]],
) -> None:
    """Draw one page whole."""
    ink.new_page(page.size)
    if frame.mode == "rehearsal":
        _watermark(ink, page, frame)
    _head(ink, page, frame)
    _title(ink, page, frame)
    for item, top in page.placed:
        item.draw(ink, LEFT, top)
    _foot(ink, page, number, pages, frame, digest, seal)


def _watermark(ink: Ink, page: Page, frame: PageFrame) -> None:
    word = tr_in(frame.language, "reports.mode.rehearsal")
    wide, high = page.size
    size = 150.0 if len(word) <= 4 else 82.0
    ink.turned(wide / 2, (high + BOTTOM) / 2, 45 if high > wide else 28, word, size, _WATERMARK)


def _head(ink: Ink, page: Page, frame: PageFrame) -> None:
    say = partial(tr_in, frame.language)
    wide, high = inner_width(page.size), 8 * MM
    base = page.size[1] - 9 * MM - high
    rehearsal = frame.mode == "rehearsal"
    word = say("reports.mode.rehearsal") if rehearsal else say("reports.mode.official")
    mark = 34 * MM if frame.language == "en" else 24 * MM
    if rehearsal:
        ink.shade(LEFT, base, mark, high, PRINT.ink)
        ink.pen(PRINT.on_fill)
    else:
        ink.shade(LEFT, base, mark, high, PRINT.seal)
        ink.shade(LEFT + THICK, base + THICK, mark - 2 * THICK, high - 2 * THICK, PRINT.paper)
        ink.pen(PRINT.seal)
    ink.text(LEFT + mark / 2, base + high / 2, word, 14, bold=True, align="center")
    ink.pen(PRINT.ink)
    right = say("reports.head.serial", serial=f"{frame.serial:04d}")
    if frame.reprint:
        right += say("reports.head.reprint", number=frame.reprint)
    if rehearsal:
        right += say("reports.head.void")
    if frame.reopened:
        right = say("reports.head.reopened", count=frame.reopened) + "\n" + right
    if frame.superseded_by:
        right = say("reports.head.superseded", serial=f"{frame.superseded_by:04d}") + "\n" + right
    room = wide - mark - 8 * MM
    size, lines = fit(right, room * 0.5, 9, False, 3)
    step = size * LEADING
    ink.lines(LEFT + wide, base + high / 2 + len(lines) * step / 2, lines, size, align="right")
    size, lines = fit(frame.event, room * 0.5, 9.5, False, 2)
    ink.lines(LEFT + mark + 3 * MM, base + high / 2 + len(lines) * size * LEADING / 2, lines, size)
    ink.rules([(LEFT, base - 1.6 * MM, LEFT + wide, base - 1.6 * MM)], THICK)


def _title(ink: Ink, page: Page, frame: PageFrame) -> None:
    say = partial(tr_in, frame.language)
    wide = inner_width(page.size)
    top = page.size[1] - 20 * MM
    title = page.title
    if not page.first:
        title = " · ".join(filter(None, (say("reports.head.continued", title=title), page.context)))
    size, lines = fit(title, wide, _TITLE if page.first else 15, True, 1)
    ink.lines(LEFT + wide / 2, top - (13 * MM - size * LEADING) / 2, lines, size, bold=True, align="center")
    middle = top - 17 * MM
    place = say("reports.head.place", place=frame.place)
    when = say("reports.head.date", date=long_date(frame.date, frame.language))
    size, lines = fit(place, wide * 0.66, 10, False, 1)
    ink.text(LEFT, middle, lines[0], size)
    if not frame.place:  # to be written by hand
        start = LEFT + width(lines[0], size, False) + 1 * MM
        ink.rules([(start, middle - 2 * MM, start + 60 * MM, middle - 2 * MM)], THIN)
    ink.text(LEFT + wide, middle, when, 10, align="right")


def _foot(
    ink: Ink,
    page: Page,
    number: int,
    pages: int,
    frame: PageFrame,
    digest: bytes,
    seal: Sequence[Sequence[bool]],
) -> None:
    say = partial(tr_in, frame.language)
    low, high = 8 * MM, 8 * MM + QR_BOX
    wide = inner_width(page.size)
    ink.rules([(LEFT, high + 1.5 * MM, LEFT + wide, high + 1.5 * MM)], THIN)
    ink.shade(LEFT, low, QR_BOX, QR_BOX, PRINT.paper)
    modules = len(seal)
    side = QR_BOX * modules / (modules + 2 * QUIET_MODULES)
    ink.matrix(LEFT + (QR_BOX - side) / 2, low + (QR_BOX - side) / 2, side, seal)
    x, right = LEFT + QR_BOX + 3 * MM, page.size[0] - RIGHT
    ink.text(x, high - 3 * MM, say("reports.foot.page", page=number, pages=pages), 11, bold=True)
    ink.text(right, high - 3 * MM, say("reports.foot.software", software=frame.software), 7.5, align="right")
    rests_on = say("reports.foot.journal", size=f"{frame.journal_size:,}")
    if frame.sources:
        rests_on = say("consolidate.print.foot", count=frame.sources, size=f"{frame.journal_size:,}")
    facts = (
        (rests_on, grouped(frame.journal_head)),
        (say("reports.foot.digest"), grouped(digest.hex())),
        (say("reports.foot.key"), grouped(frame.key)),
    )
    y = high - 8 * MM
    for label, value in facts:
        y = _labelled(ink, x, y, right - x, label, value)
    how = say("consolidate.print.how") if frame.sources else say("reports.foot.how")
    ink.lines(x, y, wrap(how, right - x, 7.5), 7.5)


def _labelled(ink: Ink, x: float, top: float, room: float, label: str, value: str) -> float:
    """A small label with a value to copy below it; the height where the next begins."""
    ink.text(x, top - 5, label, 7.5)
    lines = wrap(value, room, 8)
    ink.lines(x, top - 10, lines, 8)
    return top - 10 - len(lines) * 8 * LEADING - 3
