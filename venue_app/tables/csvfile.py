"""A table as CSV: RFC 4180, UTF-8 with a mark so that spreadsheets see the Chinese, nothing that could be a formula."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from venue_app.base.clock import iso
from venue_app.tables.model import Cell, Kind, Table

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula: what begins like one gets a ' before it."""
    return f"'{text}" if text[:1] in _FORMULA else text


def field(cell: Cell, kind: Kind) -> str:
    """A cell as it stands in the file; nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, int):
        return iso(cell) if kind == "time" else str(cell)
    return harmless(cell)


def write(table: Table, path: Path) -> None:
    """The table under its columns' names, ended by CR LF as the standard says."""
    kinds = [column.kind for column in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow([column.name for column in table.columns])
        rows.writerows(
            [
                harmless(cell) if type(cell) is str else field(cell, kind)
                for cell, kind in zip(row, kinds, strict=True)
            ]
            for row in table.rows
        )
