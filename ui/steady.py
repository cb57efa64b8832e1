"""Keep `None` alive on Python 3.11 under bindings built for later Pythons.

PySide6 6.12 returns `None` without taking a reference, as is right from Python 3.12 on, where `None`
is immortal. On 3.11 every call without a result takes one reference away, and after some thousands of
them the interpreter stops with «deallocating None». A count no program can use up ends that.
`ui/__init__.py` calls `steady` before any Qt is imported.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40
_NEAR = 64


def steady() -> None:
    """Give `None` and `NotImplemented` references to spare; nothing on Pythons that need no help."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or sys.maxsize < _PLENTY:
        return
    for thing in (None, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(thing))
        # Only where the count really is the object's first field (not so in tracing builds).
        if abs(count.value - sys.getrefcount(thing)) < _NEAR and count.value < _PLENTY:
            count.value += _PLENTY
