"""QR codes of links and identifiers: what is scanned to open or to name something, and is not sealed."""

from __future__ import annotations

from functools import lru_cache

import qrcode

#: Modules of white around a code, as its standard asks.
QUIET = 4

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=256)
def modules(text: str) -> Matrix:
    """The code of `text` at level M as rows of modules, True for dark, without the white around it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
