"""The pages without a lot: connecting, the line has ended, and leaving too early."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.screens.station.view import ConnectingView, OverView
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.state import ShapedWord
from ui.words import Say, bind

_OVER = {
    "released": (
        Say("station.over.released"),
        Say("station.over.released_text"),
        Say("station.over.join_again"),
    ),
    "elsewhere": (
        Say("station.over.elsewhere"),
        Say("station.over.elsewhere_text"),
        Say("station.over.join_other"),
    ),
    "replaced": (
        Say("station.over.replaced"),
        Say("station.over.replaced_text"),
        Say("station.over.use_here"),
    ),
    "version": (Say("station.over.version"), Say("station.desk.version_text"), Say("station.close")),
}


class OverPage(QWidget):
    """Why the line has ended, and the one thing that helps."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._kind = "released"
        self.title = ShapedWord(Type.TITLE, strong=True)
        self.text = Words("", Type.LEAD)
        self.waiting = Words("", Type.LEAD, strong=True, tone="alarm")
        self.action = Button("", kind="primary", size=Type.LEAD)
        self.action.clicked.connect(lambda: self.acted.emit(self._kind))
        inner = card(column(self.title, self.text, self.waiting, row(self.action, STRETCH), gap=4, margin=8))
        inner.setMaximumWidth(space(200))
        across = row(STRETCH, inner, STRETCH)
        across.setStretch(1, 100)
        self.setLayout(column(STRETCH, across, STRETCH, STRETCH, margin=4))

    def show_over(self, view: OverView) -> None:
        """Show it."""
        self._kind = view.kind
        title, text, action = _OVER[view.kind]
        self.title.show_word("pause", "wait", title)
        self.text.say(text)
        self.waiting.setVisible(view.waiting > 0)
        self.waiting.say(Say("station.over.leave", count=view.waiting))
        self.action.say(action)


class ConnectingPage(QWidget):
    """The laptop has not answered yet."""

    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = ShapedWord(Type.TITLE, strong=True)
        self.text = Words("", Type.LEAD)
        self.again = Button(Say("station.again"))
        self.again.clicked.connect(self.retried)
        inner = card(column(self.title, self.text, row(self.again, STRETCH), gap=4, margin=8))
        inner.setMaximumWidth(space(200))
        across = row(STRETCH, inner, STRETCH)
        across.setStretch(1, 100)
        self.setLayout(column(STRETCH, across, STRETCH, STRETCH, margin=4))

    def show_connecting(self, view: ConnectingView) -> None:
        """Show it."""
        word = Say("station.link.offline") if view.offline else Say("station.link.connecting")
        self.title.show_word("dash" if view.offline else "half", "wait" if view.offline else "primary", word)
        kept = Say("station.link.kept_count", count=view.waiting) if view.waiting else ""
        self.text.say(kept or (Say("station.error.no_network") if view.offline else ""))
        self.again.setVisible(view.offline)


class StayDialog(QDialog):
    """Closing while marks have not arrived: refused, unless somebody holds the button."""

    left = Signal()

    def __init__(self, waiting: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bind(self, "setWindowTitle", Say("station.desk.close_title"))
        text = Say("station.desk.close_text", count=waiting) if waiting else Say("station.desk.close_draft")
        self.stay = Button(Say("station.desk.stay"), kind="primary")
        self.stay.clicked.connect(self.reject)
        self.hold = HeldButton(Say("station.desk.leave"), tone="alarm", size=Type.BODY)
        self.hold.held.connect(self._leave)
        self.setLayout(
            column(
                Words(Say("station.desk.close_title"), Type.TITLE, strong=True),
                Words(text, Type.LEAD),
                row(self.stay, STRETCH, self.hold),
                gap=5,
                margin=6,
            )
        )
        self.setMinimumWidth(space(140))

    def _leave(self) -> None:
        self.left.emit()
        self.accept()
