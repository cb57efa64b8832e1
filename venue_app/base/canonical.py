"""Canonical JSON: one value, one sequence of bytes, on every platform.

Keys sorted by code point, no spaces, UTF-8 without escapes beyond what JSON
demands, no floating-point numbers at all. Decimals travel as strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")
#: What is written as it is; asked first because every sheet passes here twice.
_AS_IS = frozenset({str, int, bool, type(None)})
_NAMES = frozenset({str})


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IS:
        return value
    if isinstance(value, dict):
        if _NAMES.issuperset(map(type, value)) and _AS_IS.issuperset(map(type, value.values())):
            return value
        return {str(k): v if type(v) in _AS_IS else _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [v if type(v) in _AS_IS else _plain(v) for v in value]
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, str):
        return str.__str__(value)  # a name out of an enumeration is its text
    raise TypeError(f"{kind.__name__} has no place in canonical JSON")


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON-like value; `Decimal` becomes its plain text.

    Raises `TypeError` for floats and for anything JSON cannot say.
    """
    return _encoder.encode(_plain(value))


def canonical_plain(value: Mapping[str, object]) -> bytes:
    """What `canonical` gives, without looking for a `Decimal`, a float or a key that is no text: there is none."""
    return _encoder.encode(value)


def decimal_text(value: Decimal) -> str:
    """A decimal in plain notation, trailing zeros kept as given ('87.50' stays), never an exponent."""
    return format(value, "f")
