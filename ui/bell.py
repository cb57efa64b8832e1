"""Rings at each warning and at the end of the clocks it watches, once.

bell = Bell(clock.mono_ms)
bell.watch({"R1/17/speech": reading})        whatever runs now, by a name of its own
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from ui.sound import SOUND, BellName
from ui.widgets.clock import ClockReading

_LOOK_MS = 100
_FRESH_MS = 2_000
"""A moment missed by more than this (the window was opened late) is not rung."""
_CUT_MS = 500
"""A clock that goes so shortly before its end was cut by the plan."""


class Bell(QObject):
    """See the module."""

    def __init__(
        self,
        now_ms: Callable[[], int],
        ring: Callable[[BellName], None] = SOUND.ring,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now, self._ring = now_ms, ring
        self._clocks: dict[str, ClockReading] = {}
        self._rung: dict[str, set[int]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, clocks: Mapping[str, ClockReading]) -> None:
        """These clocks and no others; one that runs over is counted from here too."""
        for name in self._clocks.keys() - clocks.keys():
            gone = self._clocks.pop(name)
            rung = self._rung.pop(name, set())
            left = gone.limit_ms - gone.elapsed_at(self._now())
            if gone.state == "running" and abs(left) <= _CUT_MS and 0 not in rung:
                self._ring("end")
        self._clocks = dict(clocks)
        if any(c.state == "running" and c.limit_ms for c in clocks.values()):
            self._timer.start()
        else:
            self._timer.stop()
        self.look()

    def look(self) -> None:
        """Ring what has come due; time given anew makes a bell ring again."""
        now = self._now()
        for name, clock in self._clocks.items():
            if clock.state != "running" or not clock.limit_ms:
                continue
            left = clock.limit_ms - clock.elapsed_at(now)
            rung = self._rung.setdefault(name, set())
            rung -= {moment for moment in rung if left > moment}
            due = {moment for moment in (*clock.warnings_ms, 0) if left <= moment} - rung
            rung |= due
            fresh = [moment for moment in due if left > moment - _FRESH_MS]
            if fresh:
                self._ring("end" if 0 in fresh else "warning")
