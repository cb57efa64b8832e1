"""Figures of many measurements."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: the smallest value that at least `percent` per cent do not exceed; 0 of nothing."""
    ranked = sorted(values)
    place = -(-len(ranked) * percent // 100)
    return ranked[max(place, 1) - 1] if ranked else 0.0


def milliseconds(nanoseconds: float) -> float:
    """Milliseconds to a tenth."""
    return round(nanoseconds / 1_000_000, 1)


def ratio(ours: float, bare: float) -> float:
    """What share of the bare rate is reached, to three places."""
    return round(ours / bare, 3) if bare else 0.0


def seconds(nanoseconds: float) -> float:
    """Seconds to a hundredth."""
    return round(nanoseconds / 1_000_000_000, 2)


def peak_mb() -> int | None:
    """The most memory this process has held, in MB of 2^20 bytes; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def rss_mb() -> float | None:
    """The memory this process holds now, in MB of 2^20 bytes; None where the system does not tell without a library."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 2)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """By how much the second number grows with each whole of the first: least squares; 0 of fewer than two."""
    if len(points) < 2:
        return 0.0
    x = sum(at for at, _ in points) / len(points)
    y = sum(value for _, value in points) / len(points)
    spread = sum((at - x) ** 2 for at, _ in points)
    return sum((at - x) * (value - y) for at, value in points) / spread if spread else 0.0
