"""Runs first in a built program on Linux: a machine without a desktop lacks the doors to graphics and the screen.

The machine's own `libGL`, `libEGL` and `libxcb` belong to its driver and come first; ours (in the folder
`when-missing`) stand in only where there are none, so that a window opens on a bare system too.
"""

import ctypes
import sys
from pathlib import Path

_NAMES = ("libxcb.so.1", "libGLdispatch.so.0", "libGLX.so.0", "libGL.so.1", "libEGL.so.1")


def _stand_in() -> None:
    for name in _NAMES:
        try:
            ctypes.CDLL(name)
        except OSError:
            ours = Path(sys._MEIPASS) / "when-missing" / name
            if ours.exists():
                ctypes.CDLL(str(ours), mode=ctypes.RTLD_GLOBAL)


_stand_in()
