"""Tables as one workbook: a sheet a table, its head frozen; text stays text and numbers keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.tables.model import Cell, Kind, Table

#: What the format holds at most.
MOST_ROWS, MOST_SIGNS = 1_048_575, 32_767
#: A spreadsheet counts with so many digits; a longer number is written as text.
_DIGITS = 15
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SAMPLE = 200


def write(tables: Sequence[Table], path: Path, language: str) -> None:
    """All tables, titled in this language; times in the local time of day. Raises `Known` tables.too_many_rows."""
    long = next((table for table in tables if len(table.rows) > MOST_ROWS), None)
    if long is not None:
        raise Known("tables.too_many_rows", table=_title(long, language), rows=len(long.rows))
    book = Workbook(write_only=True)
    for table in tables:
        _sheet(book.create_sheet(_title(table, language)[:31]), table, language)
    book.save(path)


def _title(table: Table, language: str) -> str:
    return tr_in(language, f"tables.table.{table.name}")


def _sheet(sheet: Any, table: Table, language: str) -> None:
    heads = [tr_in(language, f"tables.column.{column.name}") for column in table.columns]
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table, heads), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(table.rows) + 1}"
    sheet.append([_head(sheet, head) for head in heads])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        sheet.append([_cell(sheet, cell, kind) for cell, kind in zip(row, kinds, strict=True)])


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=PRINT.surface.lstrip("#"))
    return cell


def _cell(sheet: Any, cell: Cell, kind: Kind) -> Any:
    """Only what needs a format of its own becomes a cell object: these cost most of the time."""
    if isinstance(cell, str):
        return _text(sheet, cell)
    if kind == "time" and isinstance(cell, int):
        return _time(sheet, cell)
    if isinstance(cell, Decimal):
        return _number(sheet, cell)
    return cell


def _text(sheet: Any, text: str) -> Any:
    kept = _CONTROL.sub("\ufffd", text)
    if len(kept) > MOST_SIGNS:
        kept = kept[: MOST_SIGNS - 1] + "…"
    if kept[:1] not in ("=", "+", "-", "@", "#"):
        return kept
    cell = WriteOnlyCell(sheet, kept)
    cell.data_type = "s"  # not what it looks like: a formula, or the name of an error
    cell.quotePrefix = True  # nor does it become one when somebody edits it
    return cell


def _time(sheet: Any, wall_ms: int) -> Any:
    moment = datetime.fromtimestamp(wall_ms // 1000, UTC) + timedelta(minutes=zone_minutes(wall_ms))
    cell = WriteOnlyCell(sheet, moment.replace(tzinfo=None))
    cell.number_format = "yyyy-mm-dd hh:mm:ss"
    return cell


def _number(sheet: Any, value: Decimal) -> Any:
    digits = value.as_tuple()
    if len(digits.digits) > _DIGITS:
        return format(value, "f")
    places = -digits.exponent if isinstance(digits.exponent, int) and digits.exponent < 0 else 0
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "0" if not places else "0." + "0" * places
    return cell


def _widths(table: Table, heads: Sequence[str]) -> Iterator[float]:
    """Wide enough for the head and the first rows, within reason; a Chinese sign takes two places."""
    for at, head in enumerate(heads):
        texts = [head, *(str(row[at]) for row in table.rows[:_SAMPLE] if row[at] is not None)]
        least = 19 if table.columns[at].kind == "time" else 6
        yield float(
            min(60, 2 + max(least, *(sum(2 if ord(c) > 0x2E80 else 1 for c in text) for text in texts)))
        )
