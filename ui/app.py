"""What the command line calls: the proctor's window and the judge's station.

Everything heavier than Qt itself is imported when it is first needed, so that a window stands at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from ui import bootstrap


def run_window(event: Path | None = None, ready: Callable[[], Path] | None = None) -> int:
    """Open the program, on an event file or on the one that `ready` makes; returns the exit status."""
    app = bootstrap.application()
    from ui.program.program import Program

    program = Program()
    if sys.platform == "darwin":
        from ui.opened import OpenedFiles

        opened = OpenedFiles(program)
        opened.asked.connect(program.open_handed)
        app.installEventFilter(opened)
    if event is not None:
        program.open(event)
    elif ready is not None:
        program.open_made(ready)
    return bootstrap.run(lambda: program.window)


def run_standby(url: str | None = None, code: str | None = None) -> int:
    """Open the standby laptop's window; `url` and `code` fill in its joining page. Returns the exit status."""
    bootstrap.application()
    from ui.program.program import Program

    program = Program()
    return bootstrap.run(lambda: program.stand_by(url or "", code or "", back=False).window)


def run_station(url: str | None = None, code: str | None = None) -> int:
    """Open a judge's station; `url` and `code` fill in its joining page. Returns the exit status."""
    bootstrap.application()
    from ui.screens.station.screen import StationScreen

    station = StationScreen(url or "", code or "")
    return bootstrap.run(lambda: station.window)
