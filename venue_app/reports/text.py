"""Breaking text into lines the way Chinese and Latin print does, and making it fit a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from venue_app.reports.fonts import printable, width

# No line begins with these (避头) and none ends with those (避尾).
_NOT_FIRST = frozenset(
    "!%),.:;?]}·、。〉》」』】〕〗\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d…—’”"
)
_NOT_LAST = frozenset("([{〈《「『【〔〖\uff08\uff3b\uff5b‘“")

# What stands between blanks in Latin print, with the blanks after it; blanks; or any one character.
_PIECES = re.compile("[!-~\u00a1-\u00b6\u00b8-\u024f\u1e00-\u1eff]+[ ]*|[ ]+|.", re.DOTALL)

LEADING = 1.32
SMALLEST = 6.5
TINIEST = 4.5


def _pieces(line: str) -> list[str]:
    """The parts of `line` that may stand at a line's end, forbidden breaks already closed."""
    found: list[str] = []
    for piece in _PIECES.findall(line):
        if found and (piece[0] in _NOT_FIRST or found[-1].rstrip()[-1:] in _NOT_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _cut(piece: str, room: float, size: float, bold: bool) -> list[str]:
    """A piece wider than a line, cut anywhere: better an ugly break than ink outside the box."""
    parts: list[str] = []
    start = 0
    while start < len(piece):
        end = start + 1
        while end < len(piece) and width(piece[start : end + 1], size, bold) <= room:
            end += 1
        parts.append(piece[start:end])
        start = end
    return parts


@lru_cache(maxsize=20_000)
def wrap(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Lines of `text` no wider than `room` points at `size` points; line breaks in it are kept."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        if width(paragraph, size, bold) <= room:
            lines.append(paragraph)
            continue
        line = ""
        for piece in _pieces(paragraph):
            if width((line + piece).rstrip(), size, bold) <= room:
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            if width(piece.rstrip(), size, bold) <= room:
                line = piece.lstrip()
                continue
            *full, line = _cut(piece, room, size, bold)
            lines.extend(full)
        lines.append(line.rstrip())
    return tuple(lines)


@lru_cache(maxsize=20_000)
def fit(
    text: str, room: float, size: float, bold: bool = False, lines: int = 2
) -> tuple[float, tuple[str, ...]]:
    """Size and lines for `text` in a cell `room` points wide.

    First one line, down to 85 % of `size`; then up to `lines` lines, smaller by steps down to
    `SMALLEST` points; at the last as many lines as it takes, for nothing may be cut off. A cell of
    one line goes down to `TINIEST` before it breaks: a number in two lines reads as two numbers.
    """
    for part in (1.0, 0.92, 0.85):
        if "\n" not in text and width(text, size * part, bold) <= room:
            return size * part, (printable(text),)
    now = size if lines > 1 else size * 0.85
    least = SMALLEST if lines > 1 else TINIEST
    while now > least:
        found = wrap(text, room, now, bold)
        if len(found) <= lines:
            return now, found
        now -= 0.5 if lines > 1 else 0.25
    return least, wrap(text, room, least, bold)


def grouped(code: str, size: int = 4) -> str:
    """A digest in groups, so that two people can read it to each other: `1a2b 3c4d …`."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))


def block_height(lines: Sequence[str], size: float) -> float:
    """Height in points of `lines` set at `size` points."""
    return len(lines) * size * LEADING
