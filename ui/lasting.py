"""A guard against one fault of PySide6 6.12.0 on Python before 3.12: it would end the program without a word.

That release gives back `None` once more than it took with every call that has no result. From Python
3.12 on `None` is immortal and nothing comes of it; before, some thousand calls later the interpreter
stops with «deallocating None». 6.11.3 does not do it. The guard goes when no such release is allowed.
"""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 40
"""More calls than a program makes in years."""


def keep_none() -> None:
    """Lend `None` so many references that they never run out. A second call does nothing."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < _MANY:
        ctypes.c_ssize_t.from_address(id(None)).value += 2 * _MANY
