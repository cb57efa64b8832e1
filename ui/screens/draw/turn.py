"""The proctor's side of the ceremony: whose turn it is by name, a line for codes, and what to do when nobody comes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.screens.draw.steps import Turn
from ui.theme import Type, mark
from ui.widgets.buttons import Button
from ui.widgets.flow import flow
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, OneLine, Words, column
from ui.words import Say, bind, bind_name, bind_tip

_PRESS = (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space)


class TurnField(QLineEdit):
    """Takes codes; empty, it takes a presenter's button, Space or Enter as a press."""

    pressed_now = Signal()
    coded = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A press, a code, or ordinary typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        typed = self.text().strip()
        if enter and typed:
            self.clear()
            self.coded.emit(typed)
        elif enter or (event.key() in _PRESS and not typed):
            if not event.isAutoRepeat():
                self.pressed_now.emit()
        else:
            super().keyPressEvent(event)


class TurnPanel(QFrame):
    """Shown while lots are hidden."""

    passed = Signal()
    rest = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="primary_soft")
        self.who = OneLine("", Type.TITLE, strong=True)
        self.left = Words("", Type.CAPTION, tone="quiet")
        self.field = TurnField()
        bind_name(self.field, Say("draw_screen.turn.field"))
        bind(self.field, "setPlaceholderText", Say("draw_screen.turn.hint"))
        bind_tip(self.field, Say("draw_screen.turn.hint"))
        self.later = Button(Say("draw_screen.turn.later"), size=Type.CAPTION)
        self.later.clicked.connect(self.passed)
        self.all = HeldButton(Say("draw_screen.turn.rest"), size=Type.CAPTION)
        self.all.held.connect(self.rest)
        self.setLayout(
            column(
                self.who,
                self.left,
                self.field,
                flow(self.later, STRETCH, self.all),
                gap=1.5,
                margin=3,
            )
        )

    def show_turn(self, turn: Turn | None) -> None:
        """Show whose turn it is."""
        self.setVisible(turn is not None)
        if turn is None:
            return
        self.who.say(Say("draw_screen.turn.who", entry=turn.entry, name=turn.name, post=turn.post))
        key = Say("draw_screen.turn.left_passed", left=turn.left, passed=turn.passed)
        self.left.say(key if turn.passed else Say("draw_screen.turn.left", left=turn.left))
        self.later.setEnabled(turn.left > 1)
