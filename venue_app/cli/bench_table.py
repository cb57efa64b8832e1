"""The table of `venue-app bench`, for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from unicodedata import east_asian_width

from venue_app.base.i18n import tr
from venue_app.bench.table import Row

_SIGNS = {"most": "≤", "least": "≥", "exactly": "="}


def table(rows: Sequence[Row]) -> list[str]:
    """Lines: what, measured, target, whether it is met, and the share of what the machine does at best."""
    head = (
        "",
        tr("bench.column.measured"),
        tr("bench.column.target"),
        "",
        tr("bench.column.best"),
        tr("bench.column.ratio"),
    )
    body: list[tuple[str, ...]] = []
    part = ""
    for row in rows:
        if row.part != part:
            part = row.part
            body.append((tr(f"bench.title.{part}"), "", "", "", "", ""))
        body.append(_cells(row))
    widths = [max(_width(line[at]) for line in (head, *body)) for at in range(len(head))]
    return [_line(line, widths) for line in (head, *body)]


def written(rows: Sequence[Row], found: Mapping[str, Mapping[str, Any]]) -> str:
    """Everything as JSON."""
    whole = {"rows": [asdict(row) for row in rows], "measured": found}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    met = {None: "—", True: "✓", False: "✗"}[row.met]
    return (
        "  " + tr(f"bench.figure.{row.part}_{row.key}"),
        "—" if row.value is None else _number(row.value, row.unit),
        f"{_SIGNS[row.sense]} {_number(row.target, row.unit)}",
        met,
        "" if row.best is None else _number(row.best, row.unit),
        "" if row.ratio is None else f"{row.ratio:.0%}",
    )


def _number(value: float, unit: str) -> str:
    return f"{value:,.10g} {unit}".rstrip()


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *others = cells
    padded = [name + " " * (widths[0] - _width(name))]
    padded += [" " * (width - _width(cell)) + cell for cell, width in zip(others, widths[1:], strict=True)]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
