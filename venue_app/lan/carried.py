"""Sheets on their way by hand: a file, or the text of a QR, when no network will do.

Each sheet bears its device's signature, so the file itself needs no trust: whoever carries it can lose it, and
bring it twice, but change nothing. It is canonical JSON: `{"format":"venue-sheets-1","sheets":[…]}`, each
sheet as it would have gone over the wire.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.lan.messages import Sheet

FORMAT = "venue-sheets-1"
SUFFIX = ".venue-sheets"

#: No file of sheets is longer than this, in bytes.
MAX_FILE = 8 * 1024 * 1024


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["venue-sheets-1"]
    sheets: tuple[Sheet, ...]


def pack(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a file. One alone is short enough for a QR."""
    return canonical({"format": FORMAT, "sheets": [msgspec.to_builtins(sheet) for sheet in sheets]})


def unpack(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file. Raises `Known` (lan.carried_unreadable) when it is none."""
    if len(data) > MAX_FILE:
        raise Known("lan.carried_unreadable")
    try:
        return msgspec.json.decode(data, type=_File).sheets
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Known("lan.carried_unreadable") from error
