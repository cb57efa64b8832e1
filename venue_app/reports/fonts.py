"""The bundled faces on paper: which glyph comes from which file, and text that can be copied out again.

Three TrueType files (resources/fonts): a regular face, a bold face cut down to what titles need,
and a fallback of rare ideographs. A text is split into runs by what each face holds; a character
that none holds is a known fault, never a blank: a name with a hole in it is a wrong name.

Parsing all three takes about a quarter of a second, so they are read when the first page needs them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from venue_app.base.errors import Known
from venue_app.base.paths import resources

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
FALLBACK = "VenueFallback"

_register_lock = Lock()

# A letter and the marks that follow it. Only these are composed: composing everything would turn
# compatibility ideographs, which people do have in their names, into other characters.
_MARKED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
# Variation selectors choose between drawings of one character; they have no glyph of their own.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _Face(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be searched and copied, characters beyond the basic plane included.

    ReportLab writes those with five hex digits, which no reader understands: they belong in UTF-16BE.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Add the font to `doc`, then put right what each subset says of its characters."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            tag = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX))
            name = tag.decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, codes)


def _to_unicode(name: str, codes: list[int]) -> str:
    """The ToUnicode map of one subset; position in `codes` is the code on the page, 0 means unused."""
    pairs = [
        f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(codes) if code
    ]
    # A block holds at most 100 pairs (Adobe technical note 5411).
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def _faces() -> dict[str, _Face]:
    faces = {n: _Face(n, str(resources() / "fonts" / f"{n}.ttf")) for n in (REGULAR, BOLD, FALLBACK)}
    for face in faces.values():
        pdfmetrics.registerFont(face)
    return faces


def faces() -> dict[str, _Face]:
    """The three faces, parsed and registered with ReportLab at the first call."""
    with _register_lock:
        return _faces()


@cache
def _holdings(name: str) -> dict[int, float]:
    """Advance in 1/1000 em of every character `name` has a glyph for."""
    face = faces()[name].face
    return {code: face.getCharWidth(code) for code, glyph in face.charToGlyph.items() if glyph}


def printable(text: str) -> str:
    """`text` as it is printed: letters composed with their marks, variation selectors dropped."""
    return _MARKED.sub(lambda m: unicodedata.normalize("NFC", m[0]), _SELECTORS.sub("", text))


def _font_of(char: str, order: tuple[str, ...]) -> str:
    for name in order:
        if ord(char) in _holdings(name):
            return name
    raise Known("reports.no_glyph", char=char, point=f"U+{ord(char):04X}")


@lru_cache(maxsize=20_000)
def runs(text: str, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """Split `text` into (font, text) by which face holds each character.

    Raises `Known("reports.no_glyph", char, point)` when no face holds one.
    """
    order = (BOLD, REGULAR, FALLBACK) if bold else (REGULAR, FALLBACK)
    text = printable(text)
    first = _holdings(order[0])
    if all(ord(char) in first for char in text):
        return ((order[0], text),) if text else ()
    found: list[tuple[str, str]] = []
    for char in text:
        name = _font_of(char, order)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + char)
        else:
            found.append((name, char))
    return tuple(found)


@lru_cache(maxsize=20_000)
def em_width(text: str, bold: bool = False) -> float:
    """Width of `text` in 1/1000 em: multiply by the size in points and divide by 1,000."""
    total = 0.0
    for name, part in runs(text, bold):
        widths = _holdings(name)
        total += sum(widths[ord(char)] for char in part)
    return total


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of `text` in points at `size` points."""
    return em_width(text, bold) * size / 1000
