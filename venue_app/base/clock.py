"""The only place that asks the machine for the time.

Wall time is for the record, monotonic time for durations. A monotonic reading
only means something together with the boot it was taken in.
"""

from __future__ import annotations

import ctypes
import sys
import time
import uuid
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

if sys.platform == "win32":

    def _awake_ms() -> int:
        # time.monotonic counts sleep here.
        value = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(value))
        return value.value // 10_000

    def _with_sleep_ms() -> int:
        return time.monotonic_ns() // 1_000_000

else:
    # Linux counts sleep in CLOCK_BOOTTIME, macOS in CLOCK_MONOTONIC; time.monotonic does on neither.
    _WITH_SLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def _awake_ms() -> int:
        return time.monotonic_ns() // 1_000_000

    def _with_sleep_ms() -> int:
        return time.clock_gettime_ns(_WITH_SLEEP) // 1_000_000


class Clock(Protocol):
    """A source of time; tests bring their own."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC by the machine's calendar clock."""

    def mono_ms(self) -> int:
        """Milliseconds by a clock that never goes back and stands still while the machine sleeps."""

    def slept_ms(self) -> int:
        """How long the machine has slept in all, as far as it tells; only differences mean something."""


class SystemClock:
    """The machine's own clocks."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """Monotonic milliseconds; the zero point is arbitrary."""
        return _awake_ms()

    def slept_ms(self) -> int:
        """Milliseconds since the start of the machine that the other clock left out."""
        return _with_sleep_ms() - _awake_ms()


@cache
def boot_id() -> str:
    """Names this boot of the machine where the system tells it, else this run of the program."""
    source = Path("/proc/sys/kernel/random/boot_id")
    try:
        return source.read_text(encoding="ascii").strip()
    except OSError:
        return uuid.uuid4().hex


def iso(wall_ms: int) -> str:
    """UTC time as 2026-05-01T01:02:03.456Z."""
    moment = datetime.fromtimestamp(wall_ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{wall_ms % 1000:03d}Z"


def zone_minutes(wall_ms: int) -> int:
    """How far the venue's time of day is ahead of UTC at that moment, in minutes."""
    ahead = datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone().utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds()) // 60


def local_hms(wall_ms: int) -> str:
    """Time of day in the venue's own time zone, as 09:14:03."""
    return f"{datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone():%H:%M:%S}"
