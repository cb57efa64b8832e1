"""How this device is fed and how much charge it has left, where its system tells without asking for more than a file."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_POWER = Path("/sys/class/power_supply")
_UNKNOWN = 255
#: What the kernel calls the ways in from outside: a plug of its own, or one of the USB sockets.
_MAINS = ("Mains", "USB")


def charge() -> int | None:
    """Percent, 0 to 100; None for a device without a battery or whose system does not say."""
    if sys.platform == "win32":
        return _windows()
    return linux(_POWER)


def linux(folder: Path) -> int | None:
    """The least charged battery of those the kernel lists in `folder`."""
    found = []
    try:
        for supply in sorted(folder.iterdir()):
            if _word(supply / "type") == "Battery" and _word(supply / "scope") != "Device":
                found.append(int(_word(supply / "capacity")))
    except (OSError, ValueError):
        return None
    return min((n for n in found if 0 <= n <= 100), default=None)


def on_mains(folder: Path = _POWER) -> bool | None:
    """Whether the mains feed this device; None where its system does not say."""
    if sys.platform == "win32":
        status = _windows_status()
        return None if status is None or status.on_line not in (0, 1) else status.on_line == 1
    try:
        lines = [_word(supply / "online") for supply in folder.iterdir() if _word(supply / "type") in _MAINS]
    except OSError:
        return None
    return any(line not in ("", "0") for line in lines) if lines else None


def _word(file: Path) -> str:
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


class _Status(ctypes.Structure):
    """SYSTEM_POWER_STATUS of the Windows API."""

    _fields_ = (
        ("on_line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_ulong),
        ("full_seconds", ctypes.c_ulong),
    )


def _windows() -> int | None:
    status = _windows_status()
    return None if status is None or status.percent == _UNKNOWN else int(status.percent)


def _windows_status() -> _Status | None:
    status = _Status()
    told = ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status))  # type: ignore[attr-defined, unused-ignore]
    return status if told else None
