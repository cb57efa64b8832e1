"""The windows' part of the bench.

python -m ui.bench_window start               from the process's start to the first painted page
python -m ui.bench_window bare                the same of an empty window
python -m ui.bench_window event FOLDER        the longest pause while an event's window builds itself
python -m ui.bench_window FOLDER STATIONS     the measured server beside a window that paints 60 times a second
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui import bootstrap, collector, tasks
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.bench import child

if TYPE_CHECKING:
    from ui.program.event_window import EventWindow
    from ui.settings import Settings
    from venue_app.host.session import EventHost

_FRAME_MS = 16
_SEATS, _CALM_MS = 20, 300


class FirstPaint(QObject):
    """Says when the window has been painted and the program listens to its user again, then ends it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: self._stands(watched))
        return False

    @staticmethod
    def _stands(window: QWidget) -> None:
        child.say({"painted": monotonic_ns()})
        window.close()


def start() -> int:
    """The start page as `venue-app` opens it."""
    from venue_app.cli import main as _command_line  # noqa: F401 what the user's start loads too

    bootstrap.application()
    from ui.program.program import Program

    program = Program()
    first = FirstPaint()
    program.window.installEventFilter(first)
    return bootstrap.run(lambda: program.window)


def bare() -> int:
    """An empty window."""
    app = QApplication([])
    window = QWidget()
    first = FirstPaint()
    window.installEventFilter(first)
    window.show()
    return app.exec()


class Pauses(QObject):
    """The longest time in ns that the window's loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0
        self._last = monotonic_ns()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def _tick(self) -> None:
        now = monotonic_ns()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def event(folder: Path) -> int:
    """An event's window, from the moment it is made until all its screens are there."""
    app = bootstrap.application()
    from ui import settings
    from ui.program.event_window import EventWindow
    from venue_app.bench.hall import open_hall

    host = open_hall(folder / "bench.venue", _SEATS)
    for language in LANGUAGES:  # as the program has done long before an event is opened
        catalogue(language)
    QTimer.singleShot(0, collector.calm)
    QTimer.singleShot(_CALM_MS, lambda: _build(EventWindow, host, settings.load(), app))
    return app.exec()


def _build(window: type[EventWindow], host: EventHost, kept: Settings, app: QApplication) -> None:
    collector.keep_loaded()
    pauses = Pauses()
    made = window(host, kept, lambda: host.start_lan("127.0.0.1", 0))

    def stands() -> None:
        child.say({"block_ns": pauses.longest})
        made.finish()

    made.ready.connect(collector.calm)
    made.ready.connect(lambda: QTimer.singleShot(_CALM_MS, stands))
    made.closed.connect(app.quit)
    QTimer.singleShot(0, made.frame.show)


class Canvas(QWidget):
    """Repaints 60 times a second as a running clock would, and remembers the longest pause in ns."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0
        self.counting = False
        self._painted = 0
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.update)
        self._timer.start()
        self.resize(1366, 768)

    def count(self) -> None:
        """Measure from now on; what came before was building up."""
        self.longest = self._painted = 0
        self.counting = True

    def paintEvent(self, event: QPaintEvent) -> None:
        now = monotonic_ns()
        if self._painted:
            self.longest = max(self.longest, now - self._painted)
        self._painted = now
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{now // 1_000_000}")
        painter.end()


def serve(folder: Path, stations: str) -> int:
    """The server in its thread, the window in this one, the measurer's words from a third."""
    from venue_app.bench import serving

    app = bootstrap.application()
    served = serving.serve(folder, stations)
    canvas = Canvas()
    canvas.show()

    def answer(word: str) -> dict[str, int]:
        if word == "spent" and not canvas.counting:
            canvas.count()
        return {"frame_gap_ns": canvas.longest}

    QTimer.singleShot(0, collector.calm)
    task = tasks.run(lambda _progress: serving.converse(served, answer), owner=canvas)
    task.ended.connect(app.quit)
    return app.exec()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1] == "start":
        sys.exit(start())
    if sys.argv[1] == "bare":
        sys.exit(bare())
    if sys.argv[1] == "event":
        sys.exit(event(Path(sys.argv[2])))
    sys.exit(serve(Path(sys.argv[1]), sys.argv[2]))
