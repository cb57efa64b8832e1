"""Reading .xlsx without trusting it: size limits, no entities, numbers without float artefacts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from venue_app.base.canonical import decimal_text
from venue_app.base.errors import Known
from venue_app.roster.findings import Finding, finding
from venue_app.roster.grid import Cell, CellKind, Grid, Merge
from venue_app.roster.source import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, QUIET, Source, Watch

LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all parts together; more is a bomb, not a roster."""
MOST_VISITED = 2_000_000
"""Cells looked at, blank ones included: a sheet formatted to its last column ends here."""
SHEETS_READ = 60

_EXCEL_DIGITS = Context(prec=15)


def number_text(value: float | int) -> str:
    """A number cell as Excel shows it: the stored double to 15 significant digits, never an exponent."""
    if isinstance(value, int):
        return str(value)
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return "#NUM!"
    shown = _EXCEL_DIGITS.plus(exact)
    if shown == shown.to_integral_value():
        shown = shown.quantize(Decimal(1), context=Context(prec=400))
    return decimal_text(shown)


def read_xlsx(source: Source, watch: Watch = QUIET) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """All visible sheets. Raises `Known`: roster.damaged, too_much, too_many_rows, no_sheet, stopped."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _check_parts(archive, source.name)
            return _read_book(archive, source, watch)
    except Known:
        raise
    except Exception as fault:
        # openpyxl names no set of errors for damaged files; inside this block nothing but the
        # file can be at fault, and the user can only ask for it again.
        raise Known("roster.damaged", file=source.name) from fault


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Known("roster.encrypted", file=name)
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Known("roster.not_a_sheet", file=name)
    if len(parts) > 2_000 or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Known("roster.too_much", file=name)


@dataclass(slots=True)
class _Layout:
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)


def _read_book(
    archive: zipfile.ZipFile, source: Source, watch: Watch
) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
    notes: list[Finding] = []
    grids: list[Grid] = []
    if "xl/vbaProject.bin" in archive.namelist():
        notes.append(finding("macros", Grid(source.name, "", ())))
    for sheet in book.worksheets[:SHEETS_READ]:
        empty = Grid(source.name, sheet.title, ())
        if sheet.sheet_state != "visible":
            notes.append(finding("hidden_sheet", empty))
            continue
        # openpyxl's streaming reader knows neither merges nor hidden rows: a second pass finds them.
        layout = _read_layout(archive, sheet._worksheet_path, watch)
        rows = _read_rows(sheet, layout, source.name, watch)
        grids.append(Grid(source.name, sheet.title, rows, tuple(layout.merges), frozenset(layout.hidden)))
    if not grids:
        raise Known("roster.no_sheet", file=source.name)
    return tuple(grids), tuple(notes)


def _read_layout(archive: zipfile.ZipFile, path: str, watch: Watch) -> _Layout:
    layout = _Layout()
    row = 0
    with archive.open(path) as part:
        for _, element in iterparse(part, events=("end",)):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell" and len(layout.merges) < MOST_ROWS:
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                layout.merges.append(Merge(top, left, bottom, right))
            elif tag == "c":
                _note_formula(element, layout)
            elif tag == "row":
                row = int(element.get("r") or row + 1)
                if row % 500 == 0:
                    watch.tick(row, row)
                if element.get("hidden") in ("1", "true"):
                    layout.hidden.add(row)
                element.clear()
    return layout


def _note_formula(element: Any, layout: _Layout) -> None:
    tags = {child.tag.rpartition("}")[2]: child.text for child in element}
    if (
        "f" in tags
        and not tags.get("v")
        and "is" not in tags
        and element.get("r")
        and element.get("t") != "str"
    ):
        layout.uncomputed.add(coordinate_to_tuple(element.get("r")))


def _read_rows(sheet: Any, layout: _Layout, file: str, watch: Watch) -> tuple[tuple[Cell, ...], ...]:
    sheet.reset_dimensions()  # WPS often claims A1:XFD1048576
    kept: list[tuple[Cell, ...]] = []
    visited = 0
    for number, line in enumerate(sheet.iter_rows(), start=1):
        if number % 200 == 0:
            watch.tick(number, max(number, len(kept)))
        visited += len(line)
        if visited > MOST_VISITED:
            raise Known("roster.too_much", file=file)
        cells = _cells(line, number, layout, file)
        if not cells:
            continue
        if number > MOST_ROWS:
            raise Known("roster.too_many_rows", file=file, limit=MOST_ROWS)
        kept.extend(() for _ in range(number - 1 - len(kept)))
        kept.append(cells)
    return tuple(kept)


def _cells(line: tuple[Any, ...], row: int, layout: _Layout, file: str) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for column, raw in enumerate(line, start=1):
        text, kind = _value(raw)
        if kind == "blank" and (row, column) in layout.uncomputed:
            kind = "formula"
        if kind == "blank":
            continue
        if column > MOST_COLUMNS or len(text) > LONGEST_CELL:
            raise Known("roster.too_much", file=file)
        found.extend(Cell(row, gap) for gap in range(len(found) + 1, column))
        found.append(Cell(row, column, text, kind))
    return tuple(found)


def _value(raw: Any) -> tuple[str, CellKind]:
    value = raw.value
    if value is None:
        return "", "blank"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "truth"
    if isinstance(value, int | float):
        return _shown_number(value, raw.number_format), "number"
    if isinstance(value, datetime):
        plain = value.time() == time(0)
        return value.date().isoformat() if plain else value.isoformat(" ", "seconds"), "date"
    if isinstance(value, date | time | timedelta):
        return str(value), "date"
    text = str(value)
    if raw.data_type == "e":
        return text, "fault"
    return (text, "text") if text else ("", "blank")


def _shown_number(value: float | int, style: str) -> str:
    if style and "%" in style:
        # 0.85 shown as 85% must not be taken for 0.85 points.
        return number_text(float(value * 100)) + "%"
    return number_text(value)
