"""Canonical JSON: one value, one sequence of bytes, on every platform.

Keys sorted by code point, no spaces, UTF-8 without escapes beyond what JSON
demands, no floating-point numbers at all. Decimals travel as strings.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


def _plain(value: Any) -> Any:
    if (
        type(value) is str or type(value) is int
    ):  # nearly everything; asked first because every entry passes here
        return value
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, float):
        raise TypeError("a float has no place in canonical JSON")
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON-like value; `Decimal` becomes its plain text.

    Raises `TypeError` for floats and for anything JSON cannot say.
    """
    text = json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def decimal_text(value: Decimal) -> str:
    """A decimal in plain notation, trailing zeros kept as given ('87.50' stays), never an exponent."""
    return format(value, "f")
