"""A table as an Apache Parquet file: flat, PLAIN, one page a column of each row group, GZIP.

Written here because every library that writes Parquet is several times as large as all the rest of the program may
still grow (docs/adr/0014-parquet-written-here.md); the part of the format that flat tables need is small and public: parquet.thrift in Thrift's
compact protocol. What comes out is read back by DuckDB in the tests.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from venue_app import __version__
from venue_app.rules.number import units
from venue_app.tables.model import PRECISION, SCALE, Cell, Column, Kind, Table

#: Rows of one group: bounds what is held in memory while writing.
GROUP = 50_000
_MAGIC = b"PAR1"
_BOOLEAN, _INT64, _BYTE_ARRAY, _FIXED = 0, 2, 6, 7
_UTF8, _DECIMAL, _TIMESTAMP_MILLIS, _JSON = 0, 5, 9, 19
_PLAIN, _RLE = 0, 3
_GZIP = 2
_DATA_PAGE = 0
#: Bytes that hold 28 digits and a sign.
_DECIMAL_BYTES = 12


class _Type(NamedTuple):
    """How a kind is stored: physical type, its older and its newer name of meaning, and values as bytes."""

    physical: int
    converted: int | None
    logical: bytes | None
    plain: Callable[[Sequence[Cell]], bytes]


class _Chunk(NamedTuple):
    column: Column
    offset: int
    values: int
    packed: int
    unpacked: int


def write(table: Table, path: Path) -> None:
    """The table; the same rows give the same bytes."""
    with path.open("wb") as out:
        out.write(_MAGIC)
        groups: list[tuple[int, list[_Chunk]]] = []
        for start in range(0, len(table.rows), GROUP):
            rows = table.rows[start : start + GROUP]
            chunks = [_chunk(out.write, out.tell(), column, [row[at] for row in rows])
                      for at, column in enumerate(table.columns)]  # fmt: skip
            groups.append((len(rows), chunks))
        footer = _footer(table, groups)
        out.write(footer + struct.pack("<I", len(footer)) + _MAGIC)


def _chunk(put: Callable[[bytes], int], offset: int, column: Column, cells: list[Cell]) -> _Chunk:
    """One column of one row group: which cells are there, then their values."""
    levels = _levels([cell is not None for cell in cells])
    body = levels + _TYPES[column.kind].plain([cell for cell in cells if cell is not None])
    packed = gzip.compress(body, 6, mtime=0)
    page = _struct(
        (1, _i32(_DATA_PAGE)),
        (2, _i32(len(body))),
        (3, _i32(len(packed))),
        (5, (_STRUCT, _struct((1, _i32(len(cells))), (2, _i32(_PLAIN)), (3, _i32(_RLE)), (4, _i32(_RLE))))),
    )
    put(page)
    put(packed)
    return _Chunk(column, offset, len(cells), len(page) + len(packed), len(page) + len(body))


def _levels(there: Sequence[bool]) -> bytes:
    """Definition levels as runs: how many in a row are there, how many are not."""
    out = BytesIO()
    at = 0
    while at < len(there):
        end = at
        while end < len(there) and there[end] == there[at]:
            end += 1
        out.write(_varint((end - at) << 1) + bytes([there[at]]))
        at = end
    return struct.pack("<I", out.tell()) + out.getvalue()


# ---- values ----


def _texts(cells: Sequence[Cell]) -> bytes:
    raw = [str(cell).encode("utf-8", "replace") for cell in cells]
    return b"".join(part for text in raw for part in (struct.pack("<I", len(text)), text))


def _integers(cells: Sequence[Cell]) -> bytes:
    return struct.pack(f"<{len(cells)}q", *cells)


def _decimals(cells: Sequence[Cell]) -> bytes:
    whole = (units(cell, SCALE) for cell in cells if isinstance(cell, Decimal))
    return b"".join(number.to_bytes(_DECIMAL_BYTES, "big", signed=True) for number in whole)


def _booleans(cells: Sequence[Cell]) -> bytes:
    bits = sum(1 << at for at, cell in enumerate(cells) if cell)
    return bits.to_bytes((len(cells) + 7) // 8, "little")


# ---- Thrift's compact protocol ----

_TRUE, _FALSE, _BYTE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 2, 3, 5, 6, 8, 9, 12
_Field = tuple[int, bytes]


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _i32(number: int) -> _Field:
    return _I32, _zigzag(number)


def _i64(number: int) -> _Field:
    return _I64, _zigzag(number)


def _text(words: str) -> _Field:
    raw = words.encode()
    return _BINARY, _varint(len(raw)) + raw


def _list(kind: int, items: Sequence[bytes]) -> _Field:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return _LIST, head + b"".join(items)


def _struct(*fields: tuple[int, _Field] | None) -> bytes:
    out, last = bytearray(), 0
    for one in fields:
        if one is None:
            continue
        number, (kind, raw) = one
        out.append((number - last) << 4 | kind)
        out += raw
        last = number
    return bytes(out) + b"\x00"


def _footer(table: Table, groups: Iterable[tuple[int, list[_Chunk]]]) -> bytes:
    schema = [_struct((4, _text(table.name)), (5, _i32(len(table.columns)))), *map(_element, table.columns)]
    return _struct(
        (1, _i32(2)),
        (2, _list(_STRUCT, schema)),
        (3, _i64(len(table.rows))),
        (4, _list(_STRUCT, [_group(count, chunks) for count, chunks in groups])),
        (6, _text(f"venue-app {__version__}")),
    )


def _element(column: Column) -> bytes:
    """A column of the schema; every column may be empty in a row."""
    kind = _TYPES[column.kind]
    of_decimal = column.kind == "decimal"
    return _struct(
        (1, _i32(kind.physical)),
        (2, _i32(_DECIMAL_BYTES)) if of_decimal else None,
        (3, _i32(1)),
        (4, _text(column.name)),
        None if kind.converted is None else (6, _i32(kind.converted)),
        (7, _i32(SCALE)) if of_decimal else None,
        (8, _i32(PRECISION)) if of_decimal else None,
        None if kind.logical is None else (10, (_STRUCT, kind.logical)),
    )


def _group(count: int, chunks: list[_Chunk]) -> bytes:
    return _struct(
        (1, _list(_STRUCT, list(map(_column_chunk, chunks)))),
        (2, _i64(sum(chunk.unpacked for chunk in chunks))),
        (3, _i64(count)),
    )


def _column_chunk(chunk: _Chunk) -> bytes:
    meta = _struct(
        (1, _i32(_TYPES[chunk.column.kind].physical)),
        (2, _list(_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
        (3, _list(_BINARY, [_text(chunk.column.name)[1]])),
        (4, _i32(_GZIP)),
        (5, _i64(chunk.values)),
        (6, _i64(chunk.unpacked)),
        (7, _i64(chunk.packed)),
        (9, _i64(chunk.offset)),
    )
    return _struct((2, _i64(chunk.offset)), (3, (_STRUCT, meta)))


_EMPTY: _Field = (_STRUCT, b"\x00")
#: LogicalType.TIMESTAMP: in UTC, in milliseconds.
_UTC_MILLIS = _struct((8, (_STRUCT, _struct((1, (_TRUE, b"")), (2, (_STRUCT, _struct((1, _EMPTY))))))))
_OF_SCALE = _struct((5, (_STRUCT, _struct((1, _i32(SCALE)), (2, _i32(PRECISION))))))

_TYPES: dict[Kind, _Type] = {
    "text": _Type(_BYTE_ARRAY, _UTF8, _struct((1, _EMPTY)), _texts),
    "json": _Type(_BYTE_ARRAY, _JSON, _struct((12, _EMPTY)), _texts),
    "integer": _Type(_INT64, None, None, _integers),
    "time": _Type(_INT64, _TIMESTAMP_MILLIS, _UTC_MILLIS, _integers),
    "decimal": _Type(_FIXED, _DECIMAL, _OF_SCALE, _decimals),
    "boolean": _Type(_BOOLEAN, None, None, _booleans),
}
