"""A whole event by robots, from spreadsheets to sealed bundle: how long, how much memory, how long the reports."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.bench.child import Child
from venue_app.bench.figures import seconds


def bench_event(folder: Path) -> dict[str, Any]:
    """The demonstration event at full speed. `seconds` is from the start of the program to its last word.

    Raises `Known` bench.ended.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        with Child(
            "venue_app.bench.warm", "venue_app.bench.whole", "venue_app.seal.pdfsign", home=home
        ) as warm:
            warm.hear()
        start = monotonic_ns()
        with Child("venue_app.bench.whole", str(home / "out"), home=home) as run:
            said = run.hear()
        taken = monotonic_ns() - start
    began = said["began"]
    return {
        "seconds": seconds(taken),
        "rooms_s": seconds(began["reports"] - began["rooms"]),
        "reports_s": seconds(began["sealing"] - began["reports"]),
        "peak_mb": said["peak_mb"],
        "candidates": said["candidates"],
        "stations": said["stations"],
        "sheets": said["sheets"],
        "reports": said["reports"],
    }
