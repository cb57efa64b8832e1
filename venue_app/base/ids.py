"""Identifiers and the short codes people write down."""

from __future__ import annotations

import hashlib
import secrets

# Crockford's alphabet: no I, L, O, U, so that a code read aloud or written by hand survives.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Two signs at a time: every sheet that is checked asks for a code.
_PAIRS = tuple(one + other for one in _ALPHABET for other in _ALPHABET)


def new_id() -> str:
    """A fresh identifier: 128 random bits in lower-case hex."""
    return secrets.token_hex(16)


def short_code(data: bytes, length: int = 6) -> str:
    """A code of `length` signs (5 bits each) from the SHA-256 of `data`, grouped by three: K7F-2Q9.

    `length` is a multiple of three, at most 48.
    """
    number = int.from_bytes(hashlib.sha256(data).digest(), "big") >> (256 - 5 * length)
    threes = [number >> shift for shift in range(5 * length - 15, -1, -15)]
    return "-".join([_PAIRS[(three >> 5) & 1023] + _ALPHABET[three & 31] for three in threes])


def random_code(length: int = 6) -> str:
    """A random code in the same alphabet, ungrouped, for pairing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def normal_code(text: str) -> str:
    """What somebody typed, as the alphabet spells it: upper case, no dashes, O as 0, I and L as 1."""
    table = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
    return text.strip().upper().translate(table)
