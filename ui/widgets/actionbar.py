"""The one place of a screen's next step: a press, a held press, or the word that all is done.

    bar = ActionBar()
    bar.offer(Say("draw_screen.prepare"));  bar.refuse(Say("..."), Say("why not"))
    bar.offer_held(Say("draw_screen.reveal"), tone="seal");  bar.refuse_held(Say("..."), Say("why not"))
    bar.rest(Say("draw_screen.done"))
    bar.pressed.connect(...); bar.held.connect(...)

Whatever is offered, the button is in the same corner and the reason stands to its right.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import mark, space
from ui.widgets.buttons import PrimaryAction
from ui.widgets.held import HeldButton
from ui.widgets.layout import Words
from ui.widgets.state import Mark, StateMark
from ui.words import Text, bind


class ActionBar(QFrame):
    """See the module. `extra` holds quieter things at the far end."""

    pressed = Signal()
    held = Signal()

    def __init__(self, *extra: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="surface")
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self.pressed)
        self.hold = HeldButton("")
        self.hold.held.connect(self.held)
        self.why = Words("", tone="wait")
        self.done = StateMark(Mark.DONE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(4), space(2))
        layout.setSpacing(space(3))
        layout.addWidget(self.action, 1)
        layout.addWidget(self.hold)
        layout.addWidget(self.why, 1)
        layout.addWidget(self.done, 1)
        for widget in extra:
            layout.addWidget(widget)
        self.setMinimumHeight(self.hold.sizeHint().height() + space(4))
        self._show(self.action)

    def offer(self, text: Text) -> None:
        """It can be pressed."""
        self.action.offer(text)
        self._show(self.action)

    def refuse(self, text: Text, why: Text) -> None:
        """It cannot be pressed now, and why."""
        self.action.refuse(text, why)
        self._show(self.action)

    def offer_held(self, text: Text, *, tone: str = "primary") -> None:
        """It is done by holding."""
        self._hold(text, "", tone)

    def refuse_held(self, text: Text, why: Text, *, tone: str = "primary") -> None:
        """It would be done by holding, but not now, and why."""
        self._hold(text, why, tone)

    def rest(self, text: Text, state: Mark = Mark.DONE) -> None:
        """Nothing is left to do here."""
        self.done.show_mark(state, text)
        self._show(self.done)

    def _hold(self, text: Text, why: Text, tone: str) -> None:
        self.hold.say(text)
        self.hold.set_tone(tone)
        self.hold.setEnabled(not why)
        bind(self.why, "setAccessibleName", why)
        self.why.say(why)
        self._show(self.hold, self.why)

    def _show(self, *shown: QWidget) -> None:
        for part in (self.action, self.hold, self.why, self.done):
            part.setVisible(part in shown)
