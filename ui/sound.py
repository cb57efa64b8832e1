"""The bells at a warning and at the end: played by what the system has, never needed.

    SOUND.ring("end")
    SOUND.listen(told)       told(False) when nothing on this machine could play

Qt's own player is in a package this program does without. Windows plays by itself; elsewhere the system's player is
started. With none of them, or no device, the window's beep is asked for and the alarm on the screen stands alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Literal

from PySide6.QtCore import QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication

from venue_app.base.paths import resources

BellName = Literal["warning", "end"]
_PLAYERS = (
    (["afplay"],) if sys.platform == "darwin" else (["pw-play"], ["paplay"], ["aplay", "-q"], ["play", "-q"])
)
_END_MS = 1_000


class Sound:
    """One for the whole program. `on` is what this user chose."""

    def __init__(self) -> None:
        self.on = True
        self._told: list[Callable[[bool], None]] = []
        self._running: set[QProcess] = set()

    def listen(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """Hear after each bell whether it could be played; returns how to stop."""
        self._told.append(told)
        return lambda: self._told.remove(told)

    def ring(self, bell: BellName) -> None:
        """Play without waiting, if this user wants it."""
        if not self.on:
            return
        path = str(resources() / "sounds" / f"{bell}.wav")
        if sys.platform == "win32":
            import winsound

            try:
                winsound.PlaySound(path, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            except RuntimeError:
                self._tell(False)
            else:
                self._tell(True)
        else:
            self._next(_found(), path)

    def _tell(self, played: bool) -> None:
        if not played:
            QApplication.beep()
        for told in list(self._told):
            told(played)

    def _next(self, players: Iterator[list[str]], path: str) -> None:
        command = next(players, None)
        if command is None:
            self._tell(False)
            return
        process = QProcess()
        self._running.add(process)

        def over(failed: bool) -> None:
            if process not in self._running:
                return  # it was told already, or the program ends
            self._running.discard(process)
            process.deleteLater()
            if failed:
                self._next(players, path)
            else:
                self._tell(True)

        process.finished.connect(lambda code, how: over(code != 0 or how != QProcess.ExitStatus.NormalExit))
        process.errorOccurred.connect(lambda _: over(True))
        process.start(command[0], [*command[1:], path])

    def close(self) -> None:
        """End what still plays."""
        for process in list(self._running):
            self._running.discard(process)
            process.kill()
            process.waitForFinished(_END_MS)


def _found() -> Iterator[list[str]]:
    for name, *options in _PLAYERS:
        program = QStandardPaths.findExecutable(name)
        if program:
            yield [program, *options]


SOUND = Sound()
