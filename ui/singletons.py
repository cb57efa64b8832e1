"""Keeps None, True and False alive on Python 3.11 beside a Qt binding that forgets to count them.

From Python 3.12 on these objects are immortal and need no counting. The binding's wheels are built
with that in mind: on 3.11 every call that returns None takes one reference too many, and after some
thousand calls the interpreter dies («deallocating None»). Raising their counts once, beyond anything a
running program can use up, gives them on 3.11 what 3.12 gives them anyway.
"""

from __future__ import annotations

import ctypes
import sys

_BEYOND = 1 << 60
_LIGHT = 1 << 40


def pin() -> None:
    """Give the singletons a count that cannot be used up; a second call changes nothing.

    Only where they are still counted (CPython before 3.12).
    """
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for thing in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(thing))
        if count.value < _LIGHT:
            count.value += _BEYOND
