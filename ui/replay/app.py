"""The replay as a program of its own, and as a window beside an open one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from ui import bootstrap, tasks
from ui.replay.window import ReplayWindow
from venue_app.base.errors import Known
from venue_app.host.replay import Replay, Told


def run_replay(replay: Replay, *, playing: bool = False) -> int:
    """Show it until the window is closed; returns the exit status."""
    bootstrap.application()
    window = ReplayWindow(replay)
    if playing:
        replay.play()
    return bootstrap.run(lambda: window)


class Replays(QObject):
    """Replay windows opened from another window; they live until they are closed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.windows: list[ReplayWindow] = []
        self._opening: list[tasks.Task] = []

    def open(
        self,
        wind: Callable[[Told], Replay],
        shown: Callable[[], None],
        failed: Callable[[Known], None],
    ) -> None:
        """Wind a journal up beside the window, then show it; `shown` or `failed` hears what became of it."""

        def done(replay: Replay) -> None:
            self._show(replay)
            shown()

        task = tasks.run(lambda progress: wind(progress.report), owner=self, done=done, failed=failed)
        self._opening = [*(one for one in self._opening if not one.over), task]

    def _show(self, replay: Replay) -> None:
        window = ReplayWindow(replay)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.closed.connect(lambda: self.windows.remove(window))
        self.windows.append(window)
        window.show()

    def close(self) -> None:
        """Close them all, and show none that is still being wound up."""
        for task in self._opening:
            task.drop()
        for window in list(self.windows):
            window.close()
