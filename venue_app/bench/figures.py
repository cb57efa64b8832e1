"""Figures of many measurements."""

from __future__ import annotations

import sys
from collections.abc import Sequence


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
