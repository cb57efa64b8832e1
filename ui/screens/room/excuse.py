"""Taking a seat out of the arithmetic for one candidate: why, and held until it counts."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QRadioButton, QWidget

from ui.screens.room.view import SeatLine
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, bind, bind_name, bind_text

Kind = Literal["recused", "excused"]
_REASONS: dict[Kind, tuple[str, ...]] = {
    "recused": ("room.excuse.relative", "room.excuse.unit", "room.excuse.interest"),
    "excused": ("room.excuse.away",),
}


class ExcuseDialog(QDialog):
    """One seat, one lot: recused or excused, the reason, and a held press."""

    given = Signal(int, str, str, str)
    """The lot that was asked about, whoever is on the floor by now; seat, kind, reason."""

    def __init__(self, line: SeatLine, lot: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat, self._lot = line.id, lot
        title = Say("room.excuse.title", number=line.seat.number, lot=lot)
        bind(self, "setWindowTitle", title)
        self.recused = self._choice("room.excuse.recused", "room.excuse.recused_how")
        self.excused = self._choice("room.excuse.excused", "room.excuse.excused_how")
        group = QButtonGroup(self)
        for choice in (self.recused, self.excused):
            group.addButton(choice)
            choice.toggled.connect(self._offer_reasons)
        self.reason = QLineEdit()
        bind(self.reason, "setPlaceholderText", Say("room.excuse.hint"))
        bind_name(self.reason, Say("room.excuse.reason"))
        self.reason.textChanged.connect(self._judge)
        self.ready: list[Button] = []
        self._ready_row = row(gap=2)
        self.send = HeldButton(Say("room.excuse.send"), tone="alarm")
        self.send.held.connect(self._send)
        cancel = Button(Say("ui.cancel"), kind="quiet")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                Words(title, Type.TITLE, strong=True),
                Words(line.who, tone="quiet"),
                self.recused,
                self.excused,
                Words(Say("room.excuse.reason"), Type.CAPTION, strong=True, tone="quiet"),
                self._ready_row,
                self.reason,
                Words(Say("room.excuse.effect"), tone="quiet"),
                row(cancel, STRETCH, self.send),
                gap=3,
                margin=6,
            )
        )
        self.setMinimumWidth(space(130))
        self.recused.setChecked(True)
        self._judge()

    @property
    def kind(self) -> Kind:
        """Which of the two was chosen."""
        return "recused" if self.recused.isChecked() else "excused"

    @staticmethod
    def _choice(word: str, how: str) -> QRadioButton:
        button = QRadioButton()
        bind_text(button, Say(word))
        bind(button, "setToolTip", Say(how))
        return button

    def _offer_reasons(self) -> None:
        for button in self.ready:
            button.setParent(None)
            button.deleteLater()
        self.ready = []
        for key in _REASONS[self.kind]:
            button = Button(Say(key))
            button.clicked.connect(lambda _=False, key=key: self.reason.setText(str(Say(key))))
            self.ready.append(button)
            self._ready_row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _judge(self) -> None:
        self.send.setEnabled(bool(self.reason.text().strip()))

    def _send(self) -> None:
        self.given.emit(self._lot, self._seat, self.kind, self.reason.text().strip())
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.adjustSize()
