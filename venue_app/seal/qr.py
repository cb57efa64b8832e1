"""QR codes of alphanumeric text as a matrix for vector drawing: level Q, mask 3.

The frame (finders, timing, format) and the capacity tables come from the
`qrcode` library, once a version; the bits of each code are laid here, five times
faster than the library, which matters when 150 pages are made at once. Any of
the eight masks is a correct code; signed text looks random, so none is better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import qrcode
from qrcode import base, util

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
QUIET = 4
"""Modules of white that the drawing must leave on each side."""

_LEVEL = qrcode.constants.ERROR_CORRECT_Q
_MASK = 3
_VALUE = {char: at for at, char in enumerate(ALPHABET)}

Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A version's empty code: `modules` row by row with every data bit 0, and where each bit goes."""

    side: int
    modules: bytes
    places: tuple[int, ...]


def _blank(version: int, byte: int) -> bytes:
    code = qrcode.QRCode(version=version, error_correction=_LEVEL, mask_pattern=_MASK, border=0)
    code.data_cache = [byte] * sum(block.total_count for block in base.rs_blocks(version, _LEVEL))
    code.makeImpl(False, _MASK)
    return bytes(bool(module) for row in code.modules for module in row)


@cache
def _frame(version: int) -> _Frame:
    side = version * 4 + 17
    zeros, ones = _blank(version, 0x00), _blank(version, 0xFF)
    places = []
    upward = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for row in range(side - 1, -1, -1) if upward else range(side):
            for column in (right, right - 1):
                at = row * side + column
                if zeros[at] != ones[at]:
                    places.append(at)
        upward = not upward
    return _Frame(side, zeros, tuple(places))


@cache
def _field() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers and logarithms of GF(256) with the polynomial of QR codes, 0x11D."""
    powers, logs, value = [], [0] * 256, 1
    for exponent in range(255):
        powers.append(value)
        logs[value] = exponent
        value = (value << 1) ^ (0x11D if value & 0x80 else 0)
    return tuple(powers * 2), tuple(logs)


@cache
def _correction(count: int) -> tuple[int, ...]:
    """For each byte, that byte times the generator of `count` correction bytes, as one integer."""
    powers, logs = _field()
    generator = [1]
    for exponent in range(count):
        grown = [*generator, 0]
        for at, value in enumerate(generator):
            grown[at + 1] ^= powers[logs[value] + exponent]
        generator = grown
    tail = generator[1:]
    table = [0]
    for byte in range(1, 256):
        table.append(int.from_bytes(bytes(powers[logs[value] + logs[byte]] for value in tail), "big"))
    return tuple(table)


def _parity(data: bytes, count: int) -> bytes:
    table, top, rest = _correction(count), 8 * (count - 1), 0
    below = (1 << top) - 1
    for byte in data:
        rest = ((rest & below) << 8) ^ table[byte ^ (rest >> top)]
    return rest.to_bytes(count, "big")


def _bits(text: str, version: int) -> str:
    length = f"{len(text):0{util.length_in_bits(util.MODE_ALPHA_NUM, version)}b}"
    pairs = [f"{_VALUE[a] * 45 + _VALUE[b]:011b}" for a, b in zip(text[::2], text[1::2], strict=False)]
    last = f"{_VALUE[text[-1]]:06b}" if len(text) % 2 else ""
    return "0010" + length + "".join(pairs) + last


def _version(text: str) -> int:
    for version in range(1, 41):
        if len(_bits("", version)) + len(text) // 2 * 11 + len(text) % 2 * 6 <= _capacity(version):
            return version
    raise ValueError(f"{len(text)} characters do not fit a QR code of level Q")


@cache
def _capacity(version: int) -> int:
    return 8 * sum(int(block.data_count) for block in base.rs_blocks(version, _LEVEL))


def _codewords(text: str, version: int) -> bytes:
    """Data and correction bytes of all blocks, interleaved as the code carries them."""
    capacity = _capacity(version)
    bits = _bits(text, version)
    bits += "0" * min(4, capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    data += (b"\xec\x11" * (capacity // 16 + 1))[: capacity // 8 - len(data)]
    blocks, parities, start = [], [], 0
    for block in base.rs_blocks(version, _LEVEL):
        blocks.append(data[start : start + block.data_count])
        parities.append(_parity(blocks[-1], block.total_count - block.data_count))
        start += block.data_count
    return bytes(_interleaved(blocks)) + bytes(_interleaved(parities))


def _interleaved(blocks: list[bytes]) -> Iterator[int]:
    for at in range(max(map(len, blocks))):
        for block in blocks:
            if at < len(block):
                yield block[at]


def matrix(text: str) -> Matrix:
    """The code of `text` as rows of modules, True for dark, without the quiet zone.

    Raises `ValueError` when the text has a character outside `ALPHABET` or is too long.
    """
    if not text or any(char not in _VALUE for char in text):
        raise ValueError("only the alphanumeric characters of QR codes")
    version = _version(text)
    frame = _frame(version)
    words = _codewords(text, version)
    modules = bytearray(frame.modules)
    for place, bit in zip(frame.places, f"{int.from_bytes(words, 'big'):0{8 * len(words)}b}", strict=True):
        if bit == "1":
            modules[place] ^= 1
    flat = tuple(map(bool, modules))
    return tuple(flat[row : row + frame.side] for row in range(0, len(flat), frame.side))


def runs(code: Matrix) -> Iterator[tuple[int, int, int]]:
    """The dark modules as (column, row, width) bars: a drawing needs one rectangle a bar."""
    for row, modules in enumerate(code):
        start = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None
