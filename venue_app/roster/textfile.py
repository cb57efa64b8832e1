"""Reading .csv and its kin: the encoding and the delimiter are found from the text itself."""

from __future__ import annotations

import codecs
import csv
import io

from venue_app.base.errors import Known
from venue_app.roster.grid import Cell, Grid
from venue_app.roster.source import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, QUIET, Source, Watch
from venue_app.roster.words import known_title

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
"""What the window offers when the guess looks wrong."""
DELIMITERS = (",", "\t", ";", "\uff0c", "|")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE_LINES = 30


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Text and encoding. A byte-order mark decides, then strict UTF-8, then whichever of the Chinese
    encodings shows more known column names. Raises `Known` roster.encoding_unknown, roster.not_a_sheet."""
    if encoding:
        return _strict(data, encoding, name), encoding
    for mark, named in _BOMS:
        if data.startswith(mark):
            return _strict(data, named, name), named
    if b"\0" in data:
        return _utf16_without_mark(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _best_chinese(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise Known("roster.encoding_unknown", file=name, line=1) from None
    except UnicodeError as fault:
        at = fault.start if isinstance(fault, UnicodeDecodeError) else 0
        raise Known("roster.encoding_unknown", file=name, line=data.count(b"\n", 0, at) + 1) from None


def _utf16_without_mark(data: bytes, name: str) -> tuple[str, str]:
    """Whichever byte order shows more known column names, else the one whose ASCII has its zeros in place."""
    best: tuple[int, int, str, str] | None = None
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = (max(_titles(text, mark) for mark in DELIMITERS), zeros.count(0), text, encoding)
        if "\0" not in text and (best is None or found[:2] > best[:2]):
            best = found
    if best is None or (best[0] == 0 and best[1] * 10 < len(data)):
        raise Known("roster.not_a_sheet", file=name)
    return best[2], best[3]


def _best_chinese(data: bytes, name: str) -> tuple[str, str]:
    best: tuple[int, str, str] | None = None
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        known = max(_titles(text, mark) for mark in DELIMITERS)
        if best is None or known > best[0]:
            best = (known, text, encoding)
    if best is None:
        # Say the line at which the most likely encoding broke.
        return _strict(data, "gb18030", name), "gb18030"
    return best[1], best[2]


def _sample(text: str) -> str:
    return "".join(text[: _SAMPLE_LINES * 500].splitlines(keepends=True)[:_SAMPLE_LINES])


def _titles(text: str, delimiter: str) -> int:
    """The most known column names in any one of the first lines."""
    lines = _sample(text).splitlines()
    return max(
        (sum(known_title(part.strip('" ')) for part in line.split(delimiter)) for line in lines), default=0
    )


def _delimiter(text: str) -> str:
    """The one that shows most column names; then the one found most often."""
    sample = _sample(text)
    return max(
        DELIMITERS, key=lambda mark: (_titles(text, mark), sample.count(mark), -DELIMITERS.index(mark))
    )


def read_text(source: Source, encoding: str | None = None, watch: Watch = QUIET) -> Grid:
    """The file as one sheet named after itself.

    Raises `Known`: roster.encoding_unknown, csv_damaged, too_many_rows, too_much, not_a_sheet, stopped.
    """
    text, named = decode(source.data, source.name, encoding)
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "%pdf", "{\\rtf")):
        raise Known("roster.not_a_sheet", file=source.name)
    mark = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[Cell, ...]] = []
    total = text.count("\n") + 1
    try:
        for number, parts in enumerate(reader, start=1):
            if number % 200 == 0:
                watch.tick(number, total)
            _check_size(number, parts, source.name)
            rows.append(
                tuple(
                    Cell(number, i, part, "text" if part else "blank")
                    for i, part in enumerate(parts, start=1)
                )
            )
    except csv.Error:
        raise Known("roster.csv_damaged", file=source.name, line=reader.line_num) from None
    while rows and all(cell.blank for cell in rows[-1]):
        rows.pop()
    return Grid(source.name, "", tuple(rows), encoding=named, delimiter=mark)


def _check_size(number: int, parts: list[str], name: str) -> None:
    if number > MOST_ROWS:
        raise Known("roster.too_many_rows", file=name, limit=MOST_ROWS)
    if len(parts) > MOST_COLUMNS or any(len(part) > LONGEST_CELL for part in parts):
        raise Known("roster.too_much", file=name)
