"""Tables as one workbook: a sheet a table, its head frozen; text stays text and numbers keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.tables.model import SCALE, Cell, Kind, Row, Table

#: What the format holds at most; a sign beyond U+FFFF counts as two.
MOST_ROWS, MOST_SIGNS = 1_048_575, 32_767
#: A spreadsheet counts with so many digits; a longer number is written as text.
_DIGITS = 15
_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What the library takes for XML of its own, and what readers may take for a sign written by its number.
_TAKEN_AMISS = re.compile(r"<r>.*</r>\Z|.*?_x[0-9A-Fa-f]{4}_", re.DOTALL)
#: What a text begins with that a spreadsheet may take for a formula or the name of an error.
_SPECIAL = ("=", "+", "-", "@", "#")
_SAMPLE = 200
#: So many texts of a table are remembered as they were written.
_KEPT = 4096
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Rows go to disk one by one, times are given in the zone of the venue, and the same rows give the same bytes.
_OPTIONS = {
    "constant_memory": True,
    "remove_timezone": True,
    "use_zip64": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)


def write(tables: Sequence[Table], path: Path, language: str) -> None:
    """All tables, titled in this language; times in the local time of day. Raises `Known` tables.too_many_rows, `OSError`."""
    long = next((table for table in tables if len(table.rows) > MOST_ROWS), None)
    if long is not None:
        raise Known("tables.too_many_rows", table=_title(long, language), rows=len(long.rows))
    # Names on their way go where the workbook goes and nowhere else, and do not stay there.
    with (
        TemporaryDirectory(prefix=".tables-", dir=path.parent, ignore_cleanup_errors=True) as folder,
        path.open("wb") as out,
        ExitStack() as open_rows,  # the library closes them only after success, and Windows removes no open file
    ):
        book = Workbook(out, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": _CREATED})
        looks = _Looks.of(book)
        for table in tables:
            sheet = book.add_worksheet(_title(table, language)[:31])
            open_rows.callback(sheet._opt_close)
            _fill(sheet, table, language, looks)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the fault of the file system, for which there are sentences


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look. `places[n]` is for a number with n places."""

    head: Format
    time: Format
    quoted: Format
    places: tuple[Format, ...]

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        codes = ("0", *("0." + "0" * places for places in range(1, SCALE + 1)))
        return cls(
            book.add_format({"bold": True, "bg_color": PRINT.surface}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            book.add_format({"quote_prefix": True}),
            tuple(book.add_format({"num_format": code}) for code in codes),
        )


def _title(table: Table, language: str) -> str:
    return tr_in(language, f"tables.table.{table.name}")


def _fill(sheet: Worksheet, table: Table, language: str, looks: _Looks) -> None:
    heads = [tr_in(language, f"tables.column.{column.name}") for column in table.columns]
    sheet.freeze_panes(1, 0)
    for at, (head, width) in enumerate(zip(heads, _widths(table, heads), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, looks.head)
    kinds = [column.kind for column in table.columns]
    plain = _PlainRows(kinds, looks)
    for number, row in enumerate(table.rows, 1):
        sheet._write_single_row(number)  # what the library still holds of the row before
        if (said := plain.said(number, row)) is not None:
            if said:
                sheet._check_dimensions(number, 0)
                sheet.row_data_fh.write(said)
            continue
        for at, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            if cell is not None:
                _put(sheet, number, at, cell, kind, looks)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(heads) - 1)


class _PlainRows:
    """Rows in which every cell is a number, yes or no, or a text that XML says as it stands, written as the library writes them.

    Cell by cell through the library the ranking of a province takes longer than all that is computed for it. Whatever
    is not plain is left to the library; a test holds the one against the other byte by byte.
    """

    def __init__(self, kinds: Sequence[Kind], looks: _Looks) -> None:
        self._columns = [(f'<c r="{xl_col_to_name(at)}', kind == "time") for at, kind in enumerate(kinds)]
        self._looks = looks
        self._texts: dict[str, str] = {}

    def said(self, row: int, cells: Row) -> str | None:
        """The row (counted from 0) as it stands in the sheet, '' where it has no cells; None where it is not plain."""
        found = []
        number, texts = row + 1, self._texts
        for cell, (column, time) in zip(cells, self._columns, strict=True):
            if cell is None:
                continue
            said = texts.get(cell) or self._text(cell) if isinstance(cell, str) else self._number(cell, time)
            if said is None:
                return None
            found.append(f'{column}{number}"{said}')
        return f'<row r="{number}">{"".join(found)}</row>' if found else ""

    def _text(self, cell: str) -> str | None:
        """The rest of a cell with this text, kept for the next: most of a ranking's words come again and again."""
        if not _plain(cell):
            return None
        style = _style(self._looks.quoted) if cell[:1] in _SPECIAL else ""
        if len(self._texts) >= _KEPT:
            self._texts.clear()
        self._texts[cell] = said = f'{style} t="inlineStr"><is><t>{cell}</t></is></c>'
        return said

    def _number(self, cell: Cell, time: bool) -> str | None:
        if isinstance(cell, bool):
            return f' t="b"><v>{cell:d}</v></c>'
        if time or not isinstance(cell, int | Decimal) or (places := _places(cell)) is None:
            return None
        style = _style(self._looks.places[places]) if isinstance(cell, Decimal) else ""
        return f"{style}><v>{cell:.16G}</v></c>"


def _plain(text: str) -> bool:
    """Nothing in it has to be escaped, kept from being trimmed, replaced or cut off."""
    return (
        text.isprintable()
        and not ("<" in text or ">" in text or "&" in text or "_x" in text)
        and text[:1] != " "
        and text[-1:] != " "
        and len(text) <= MOST_SIGNS // 2
    )


def _style(look: Format) -> str:
    return f' s="{look._get_xf_index()}"'


def _put(sheet: Worksheet, row: int, at: int, cell: Cell, kind: Kind, looks: _Looks) -> None:
    if isinstance(cell, str):
        # Not what it looks like, a formula or the name of an error; nor does it become one when somebody edits it.
        _text(sheet, row, at, cell, looks.quoted if cell[:1] in _SPECIAL else None)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, int) and kind == "time":
        moment = _EPOCH + timedelta(milliseconds=cell, minutes=zone_minutes(cell))
        sheet.write_datetime(row, at, moment, looks.time)
    elif cell is not None:
        _number(sheet, row, at, cell, looks)


def _text(sheet: Worksheet, row: int, at: int, text: str, look: Format | None) -> None:
    kept = _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text))
    if len(kept) > MOST_SIGNS // 2 and len(units := kept.encode("utf-16-le")) > 2 * MOST_SIGNS:
        kept = units[: 2 * (MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"
    if _TAKEN_AMISS.match(kept):
        pieces = [piece for piece in re.split(r"([<_])", kept) if piece]
        sheet.write_rich_string(row, at, *pieces, *([look] if look else ()))
    else:
        sheet.write_string(row, at, kept, look)


def _number(sheet: Worksheet, row: int, at: int, value: Decimal | int, looks: _Looks) -> None:
    places = _places(value)
    if places is None:
        _text(sheet, row, at, _written(value), None)
    else:
        sheet.write_number(row, at, value, looks.places[places] if isinstance(value, Decimal) else None)


def _written(value: Decimal | int) -> str:
    """As it stands, never through a binary fraction."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _places(value: Decimal | int) -> int | None:
    """The places of a number; None for one that a spreadsheet would round: it is written as text."""
    plain = _written(value)
    places = len(plain.partition(".")[2])
    if len(plain) <= _DIGITS and places <= SCALE:
        return places
    long = len(plain.lstrip("-0.").replace(".", "")) > _DIGITS or places > SCALE
    return None if long else places


def _widths(table: Table, heads: Sequence[str]) -> Iterator[int]:
    """Wide enough for the head and the first rows, within reason; a Chinese sign takes two places."""
    for at, head in enumerate(heads):
        texts = [head, *(str(row[at]) for row in table.rows[:_SAMPLE] if row[at] is not None)]
        least = 19 if table.columns[at].kind == "time" else 6
        yield min(60, 2 + max(least, *(sum(2 if ord(c) > 0x2E80 else 1 for c in text) for text in texts)))
