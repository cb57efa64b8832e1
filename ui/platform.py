"""Whether Qt can reach the screen. Asked before Qt is: where it cannot, Qt ends the whole program without a sentence."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from venue_app.base.errors import Known
from venue_app.base.libraries import missing


def wanted() -> list[str]:
    """The ways to the screen that Qt will try, by the name of their plugin, first the one it prefers."""
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked:
        return [name.partition(":")[0] for name in asked.split(";")]
    told = (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb"))
    return [name for variable, name in told if os.environ.get(variable)]


def fault(plugins: Path | None = None) -> Known | None:
    """The library that no way to the screen can do without here; None where one of them can be loaded.

    Only on Linux: Windows and macOS have theirs always.
    """
    if not sys.platform.startswith("linux"):
        return None
    folder = plugins or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    found: Known | None = None
    for plugin in filter(Path.exists, (folder / f"libq{name}.so" for name in wanted())):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as complaint:
            words = complaint.__cause__ or complaint  # a built program says it in words of its own
            found = missing(str(words)) or found
        else:
            return None
    return found
