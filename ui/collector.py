"""Python's garbage collector runs in the windows' thread alone.

Python looks for unreachable cycles in whatever thread happens to make the object that is one too many. A
window that is part of such a cycle would then be destroyed in the venue's thread or the LAN's, with its
timers still listed in the thread that paints: the next tick of such a timer ends the program. So, as
long as there are windows, collecting by itself is switched off and done here, between two events.

    take_over(app)      once, when the application is made
    calm()              once the windows are built: what lives now need not be looked through again
"""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtCore import QObject, QTimer

_TICK_MS = 100
_YOUNG = 20_000
"""So many objects made and not yet given back are worth a look; fewer are left until there are as many."""
_YOUNG_LOOKS = 50
_MIDDLE_LOOKS = 100


class Collector(QObject):
    """Looks now and then whether there is enough to collect; lives in the windows' thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._last: list[object] = []
        self._held: list[object] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def hold(self, thing: object) -> None:
        """Keep `thing` for at least one tick more, so that another thread lets go of it first."""
        self._held.append(thing)

    def look(self) -> None:
        """Collect the generation that is due, if one is."""
        self._last, self._held = self._held, []
        generation = due(*gc.get_count())
        if generation is not None:
            gc.collect(generation)


def due(young: int, looks: int, middle: int) -> int | None:
    """The generation to collect with these counts of the collector's; None while it is not worth a look."""
    if young < _YOUNG:
        return None
    if looks < _YOUNG_LOOKS:
        return 0
    return 1 if middle < _MIDDLE_LOOKS else 2


_taken: list[Collector] = []


def take_over(app: QObject) -> None:
    """From now on this thread collects, and no other; `app` lives as long as there are windows.

    A second call changes nothing.
    """
    if not any(shiboken6.isValid(collector) for collector in _taken):
        _taken[:] = [Collector(app)]


def hold(thing: object) -> None:
    """Keep `thing` a moment longer than the other thread that uses it; nothing to do before `take_over`."""
    for collector in _taken:
        collector.hold(thing)


def calm() -> None:
    """What lives now lives as long as the program, and is not looked through again: for when the windows are built."""
    gc.collect()
    gc.freeze()


def keep_loaded() -> None:
    """What was loaded just now stays, so that the collector need not look through it: nothing is looked through here."""
    gc.freeze()
