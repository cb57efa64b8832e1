"""Leaving while a candidate is on the floor: possible, safe, but never by accident."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, bind


class LeavingDialog(QDialog):
    """Says what closing means now; `leave` after a held press."""

    leave = Signal()

    def __init__(self, floors: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Say("app.leaving.title", count=floors)
        bind(self, "setWindowTitle", title)
        self.stay = Button(Say("app.leaving.stay"), kind="primary")
        self.stay.clicked.connect(self.reject)
        self.hold = HeldButton(Say("app.leaving.leave"), tone="alarm", size=Type.BODY)
        self.hold.held.connect(self._go)
        self.setLayout(
            column(
                Words(title, Type.TITLE, strong=True),
                Words(Say("app.leaving.what")),
                row(self.stay, STRETCH, self.hold),
                gap=4,
                margin=6,
            )
        )
        self.setMinimumWidth(space(120))

    def _go(self) -> None:
        self.leave.emit()
        self.accept()
