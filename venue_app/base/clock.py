"""The only place that asks the machine for the time.

Wall time is for the record, monotonic time for durations. A monotonic reading
only means something together with the boot it was taken in.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """A source of time; tests bring their own."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC by the machine's calendar clock."""

    def mono_ms(self) -> int:
        """Milliseconds by a clock that never goes back and stands still while the machine sleeps."""


class SystemClock:
    """The machine's own clocks."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """Monotonic milliseconds; the zero point is arbitrary."""
        return time.monotonic_ns() // 1_000_000


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
