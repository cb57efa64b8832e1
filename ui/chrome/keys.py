"""F1: the keys of this screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QWidget

from ui.shortcuts import Shortcut
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.words import Say, Text, bind


class KeysDialog(QDialog):
    """Keys of the screen first, then those that work everywhere."""

    def __init__(
        self,
        title: Text,
        screen: Sequence[Shortcut],
        everywhere: Sequence[Shortcut],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self, "setWindowTitle", Say("ui.keys.title"))
        parts: list[QWidget | QLayout] = []
        if screen:
            parts += [Words(title, Type.LEAD, strong=True), _table(screen)]
        parts += [Words(Say("ui.keys.everywhere"), Type.LEAD, strong=True), _table(everywhere)]
        area = scrolled(holder(column(*parts, STRETCH, gap=3)))
        close = Button(Say("ui.close"), kind="primary")
        close.clicked.connect(self.accept)
        self.setLayout(column(area, row(STRETCH, close), gap=3, margin=6))
        self.resize(space(130), space(130))
        close.setFocus()


def _table(shortcuts: Sequence[Shortcut]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(6))
    grid.setVerticalSpacing(space(2))
    grid.setColumnStretch(1, 1)
    for at, shortcut in enumerate(shortcuts):
        grid.addWidget(Words(shortcut.shown, strong=True, wrap=False), at, 0)
        grid.addWidget(Words(shortcut.text), at, 1)
    return grid
