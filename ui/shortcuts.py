"""Keys of the frame in one list, and how a screen states its own.

    Shortcut("next", "F5", Say("room.keys.next"), self.call_next)

A screen's keys work while it is shown; F1 lists them. The frame refuses a screen whose keys clash with its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from ui.words import Say, Text


def _nothing() -> None:
    """The act of keys that are only shown."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` in Qt's portable spelling: `Ctrl+K`, `F1`, `Alt+Up`."""

    id: str
    keys: str
    text: Text
    act: Callable[[], None] = _nothing

    @property
    def shown(self) -> str:
        """The keys as this machine's keyboard names them."""
        return QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText)


HELP = Shortcut("help", "F1", Say("ui.keys.help"))
FIND = Shortcut("find", "Ctrl+K", Say("ui.keys.find"))
UNDO = Shortcut("undo", "Ctrl+Z", Say("ui.keys.undo"))
FULL = Shortcut("full", "F11", Say("ui.keys.full"))
SCREENS = tuple(Shortcut(f"screen{n}", f"Ctrl+{n}", Say("ui.keys.screen", number=n)) for n in range(1, 10))
FRAME = (HELP, FIND, UNDO, FULL, *SCREENS)


def clashes(shortcuts: Iterable[Shortcut]) -> list[str]:
    """Keys that are given more than once, portable spelling."""
    spelt = Counter(
        QKeySequence(s.keys).toString(QKeySequence.SequenceFormat.PortableText) for s in shortcuts
    )
    return sorted(keys for keys, count in spelt.items() if count > 1)
