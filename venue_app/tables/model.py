"""A table: named columns of five kinds, and rows of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from venue_app.base.canonical import canonical
from venue_app.rules.number import text

#: `time` is wall ms since 1970-01-01 UTC; `json` is canonical JSON as text.
Kind = Literal["text", "integer", "decimal", "boolean", "time", "json"]
Cell = str | int | Decimal | bool | None
Row = tuple[Cell, ...]

#: Every decimal has this many digits in all and behind the point, in each file that fixes them: a scheme rounds to
#: at most 9 places, so whatever a scheme rounds is held exactly.
PRECISION, SCALE = 28, 9
_MOST = Decimal(10) ** (PRECISION - SCALE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files for machines, and its kind. Its title for people is `tables.column.<name>`."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind of thing. Its title for people is `tables.table.<name>`. Raises `ValueError` for a row too short or long."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row] = field(repr=False)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} does not fit its columns")


def columns(spec: str) -> tuple[Column, ...]:
    """Columns from words: `room lot:integer value:decimal`; a word alone is text."""
    kinds: dict[str, Kind] = {
        "text": "text", "integer": "integer", "decimal": "decimal", "boolean": "boolean", "time": "time",
        "json": "json",
    }  # fmt: skip
    return tuple(
        Column(name, kinds[kind or "text"])
        for name, _, kind in (word.partition(":") for word in spec.split())
    )


def table(name: str, spec: str, rows: Iterable[Row]) -> Table:
    """A table by the words of its columns."""
    return Table(name, columns(spec), tuple(rows))


def exact(value: Decimal | Fraction | str | None) -> Decimal | None:
    """A number as a decimal column holds it; None for what it cannot hold exactly, which `shown` still says."""
    if isinstance(value, str):
        value = Decimal(value)
    if not isinstance(value, Decimal) or abs(value) >= _MOST:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -SCALE:
        exponent = value.normalize().as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= -SCALE else None


def shown(value: Decimal | Fraction | None) -> str | None:
    """A number as it is printed: trailing zeros kept, a fraction that does not end as `250/3`."""
    return None if value is None else text(value)


def json(value: object) -> str:
    """Canonical JSON, for cells that hold several things."""
    return canonical(value).decode()
