"""How soon a window stands: fresh processes, from their start to the first painted page that answers; and an event's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.bench.child import Child
from venue_app.bench.figures import milliseconds, percentile, seconds


def bench_window(folder: Path, times: int) -> dict[str, Any]:
    """Median and worst of `times` starts in seconds; the first start of all, which compiles, is not counted.

    `event_block_ms`: the median, over as many events opened, of the longest time an event's window did not answer
    while it built itself.
    `bare_s`: the same of an empty window of the same library. Raises `Known` bench.ended.
    """
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) and os.name == "posix":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        starts = [_start(home) for _ in range(times + 1)][1:]
        bare = [_start(home, "bare") for _ in range(times + 1)][1:]
        blocks = [_block(home, at) for at in range(times + 1)][1:]
    return {
        "starts": times,
        "window_s": seconds(percentile(starts, 50)),
        "bare_s": seconds(percentile(bare, 50)),
        "worst_s": seconds(max(starts)),
        "event_block_ms": milliseconds(percentile(blocks, 50)),
        "platform": os.environ.get("QT_QPA_PLATFORM", ""),
    }


def _start(home: Path, what: str = "start") -> int:
    began = monotonic_ns()
    with Child("ui.bench_window", what, home=home) as window:
        return int(window.hear()["painted"]) - began


def _block(home: Path, at: int) -> int:
    folder = home / f"event{at}"
    folder.mkdir()
    with Child("ui.bench_window", "event", str(folder), home=home) as window:
        return int(window.hear()["block_ns"])
