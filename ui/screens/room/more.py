"""The «more» menu: what can be done beside the next step, each with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.screens.room.acts import GROUPS, KEYS, LABELS
from ui.screens.room.view import ActLine
from ui.widgets.buttons import Button
from ui.words import Say, follow


class MoreButton(Button):
    """Opens the menu; `chosen` carries the act and the lot it concerns."""

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Say("room.act.more"), parent=parent)
        self.menu_shown = QMenu(self)
        self._lines: tuple[ActLine, ...] = ()
        self._here = 0
        self.clicked.connect(self._open)
        follow(self, self.retranslate, "menu")

    def show_acts(self, lines: tuple[ActLine, ...], here: int) -> None:
        """What is offered; a lot other than `here` is named."""
        if (lines, here) != (self._lines, self._here):
            self._lines, self._here = lines, here
            self.retranslate()
        self.setVisible(bool(lines))

    def lot_of(self, act: str) -> int | None:
        """The lot an act is offered for, None when it is not."""
        return next((line.lot for line in self._lines if line.act == act), None)

    def retranslate(self) -> None:
        """The menu in the language in force."""
        self.menu_shown.clear()
        offered = {line.act: line for line in self._lines}
        for group in GROUPS:
            lines = [offered[act] for act in group if act in offered]
            if lines and self.menu_shown.actions():
                self.menu_shown.addSeparator()
            for line in lines:
                self._add(line)

    def _add(self, line: ActLine) -> None:
        words = str(LABELS[line.act])
        if line.note:
            words = str(Say("room.act.which", act=words, what=str(line.note)))
        elif line.lot not in (0, self._here):
            words = str(Say("room.act.which", act=words, what=str(Say("room.floor.lot_is", lot=line.lot))))
        keys = QKeySequence(KEYS[line.act]).toString(QKeySequence.SequenceFormat.NativeText)
        action = self.menu_shown.addAction(f"{words}\t{keys}")
        action.triggered.connect(lambda: self.chosen.emit(line.act, line.lot))

    def _open(self) -> None:
        self.menu_shown.popup(self.mapToGlobal(self.rect().bottomLeft()))
