"""The measured rehearsal: the demonstration event in a process of its own.

python -m venue_app.bench.whole FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic_ns

from venue_app.base.paths import resources
from venue_app.bench import child
from venue_app.bench.figures import peak_mb
from venue_app.rehearsal.run import rehearse
from venue_app.scheme import preset_text

PRESET = "s0-county-self-nomination"


def main(folder: str) -> None:
    """Run it and say when each stage began, how it ended and how much memory it took at most."""
    began: dict[str, int] = {}

    def note(stage: str, _done: int, _of: int) -> None:
        began.setdefault(stage, monotonic_ns())

    summary = rehearse(
        preset_text(PRESET),
        resources() / "demo" / "county",
        Path(folder),
        title="bench",
        speed=None,
        progress=note,
    )
    child.say(
        {
            "began": began,
            "ended": monotonic_ns(),
            "peak_mb": peak_mb(),
            "candidates": summary.candidates,
            "stations": summary.stations,
            "sheets": summary.sheets,
            "reports": len(summary.reports),
        }
    )


if __name__ == "__main__":
    main(sys.argv[1])
