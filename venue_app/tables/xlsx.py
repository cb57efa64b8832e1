"""Tables as one workbook: a sheet a table, its head frozen; text stays text and numbers keep their places.

Written here, part by part, as ECMA-376 has it: openpyxl takes ten times as long, and a province has a million cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.base.palette import PRINT
from venue_app.tables.model import SCALE, Cell, Kind, Table

#: What the format holds at most.
MOST_ROWS, MOST_SIGNS = 1_048_575, 32_767
#: A spreadsheet counts with so many digits; a longer number is written as text.
_DIGITS = 15
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What would be read as a sign written by its number.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SAMPLE = 200
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Styles by their place in styles.xml; numbers with so many places follow.
_HEAD, _TIME, _QUOTED, _PLACES = 1, 2, 3, 4
#: 1970-01-01 as a spreadsheet counts days, and a day in ms.
_EPOCH, _DAY_MS = 25_569, 86_400_000


def write(tables: Sequence[Table], path: Path, language: str) -> None:
    """All tables, titled in this language; times in the local time of day. Raises `Known` tables.too_many_rows."""
    long = next((table for table in tables if len(table.rows) > MOST_ROWS), None)
    if long is not None:
        raise Known("tables.too_many_rows", table=_title(long, language), rows=len(long.rows))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as parts:
        for name, text in _frame([_title(table, language)[:31] for table in tables]).items():
            parts.writestr(zipfile.ZipInfo(name), _XML + text, zipfile.ZIP_DEFLATED)
        for number, table in enumerate(tables, 1):
            place = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            place.compress_type = zipfile.ZIP_DEFLATED
            with parts.open(place, "w", force_zip64=True) as sheet:
                for piece in _sheet(table, language):
                    sheet.write(piece.encode())


def _title(table: Table, language: str) -> str:
    return tr_in(language, f"tables.table.{table.name}")


def _frame(titles: Sequence[str]) -> dict[str, str]:
    """Everything but the sheets."""
    numbers = range(1, len(titles) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    styles = f'<Relationship Id="rId{len(titles) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/>'
    whole = f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    rels = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f"{rels}{whole}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{rels}{links}{styles}</Relationships>",
        "xl/styles.xml": _styles(),
    }


def _styles() -> str:
    formats = ["yyyy-mm-dd hh:mm:ss", "0", *("0." + "0" * places for places in range(1, SCALE + 1))]
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(formats, 164))
    numbers = "".join(
        f'<xf numFmtId="{165 + places}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for places in range(SCALE + 1)
    )
    ground = PRINT.surface.lstrip("#")
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{codes}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ground}"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{_PLACES + SCALE + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>{numbers}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(table: Table, language: str) -> Iterator[str]:
    heads = [tr_in(language, f"tables.column.{column.name}") for column in table.columns]
    letters = [get_column_letter(number) for number in range(1, len(heads) + 1)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_widths(table, heads), 1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )
    yield f'<row r="1">{"".join(_text(f"{letters[at]}1", head, _HEAD) for at, head in enumerate(heads))}</row>'
    columns = list(zip(letters, (column.kind for column in table.columns), strict=True))
    for number, row in enumerate(table.rows, 2):
        cells = "".join(
            _cell(f"{letter}{number}", cell, kind)
            for (letter, kind), cell in zip(columns, row, strict=True)
            if cell is not None
        )
        yield f'<row r="{number}">{cells}</row>'
    filtered = f'<autoFilter ref="A1:{letters[-1]}{len(table.rows) + 1}"/>' if table.rows else ""
    yield f"</sheetData>{filtered}</worksheet>"


def _cell(place: str, cell: Cell, kind: Kind) -> str:
    if isinstance(cell, str):
        # Not what it looks like, a formula or the name of an error; nor does it become one when somebody edits it.
        return _text(place, cell, _QUOTED if cell[:1] in ("=", "+", "-", "@", "#") else 0)
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, Decimal):
        return _number(place, cell)
    if kind == "time" and cell is not None:
        days, rest = divmod(cell + zone_minutes(cell) * 60_000, _DAY_MS)
        part = rest * 10**9 // _DAY_MS
        return f'<c r="{place}" s="{_TIME}"><v>{days + _EPOCH}.{part:09d}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _text(place: str, text: str, style: int) -> str:
    kept = _CODED.sub("_x005F_", _CONTROL.sub("\ufffd", text))
    if len(kept) > MOST_SIGNS:
        kept = kept[: MOST_SIGNS - 1] + "…"
    said = escape(kept, {"\r": "&#13;"})
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{said}</t></is></c>'


def _number(place: str, value: Decimal) -> str:
    digits = value.as_tuple()
    plain = format(value, "f")
    places = -digits.exponent if isinstance(digits.exponent, int) and digits.exponent < 0 else 0
    if len(plain.lstrip("-0.").replace(".", "")) > _DIGITS or places > SCALE:
        return _text(place, plain, 0)
    return f'<c r="{place}" s="{_PLACES + places}"><v>{plain}</v></c>'


def _widths(table: Table, heads: Sequence[str]) -> Iterator[int]:
    """Wide enough for the head and the first rows, within reason; a Chinese sign takes two places."""
    for at, head in enumerate(heads):
        texts = [head, *(str(row[at]) for row in table.rows[:_SAMPLE] if row[at] is not None)]
        least = 19 if table.columns[at].kind == "time" else 6
        yield min(60, 2 + max(least, *(sum(2 if ord(c) > 0x2E80 else 1 for c in text) for text in texts)))
