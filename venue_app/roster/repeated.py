"""What stands twice in the lists: the later place is told, and where the first one is."""

from __future__ import annotations

from venue_app.roster.findings import CODES, Finding
from venue_app.roster.rows import Where


def repeated(
    code: str, where: Where, key: str, first: Where, original: str = "", **params: object
) -> Finding:
    """A finding at the cell of `where` that holds `key`; `first` is said as an address, beside `params`."""
    said = (("first", place(first, key, where)), *((name, str(value)) for name, value in params.items()))
    return Finding(
        CODES[code], code, where.file, where.sheet, where.cell(key), where.row, original, None, said
    )


def place(where: Where, key: str, seen_from: Where) -> str:
    """An address as seen from another line: B17, or with sheet and file where these differ."""
    address = where.cell(key) or str(where.row)
    if where.sheet != seen_from.sheet:
        address = f"{where.sheet}!{address}"
    return address if where.file == seen_from.file else f"[{where.file}]{address}"
