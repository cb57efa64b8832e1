"""How the standby stands, large enough to be read from across the table, and the one act there is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.screens.standby.model import StandbyModel
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, card, column, row, rule
from ui.widgets.notices import Banner, ErrorBanner
from ui.widgets.state import StateMark
from ui.words import Say


class StandbyView(QWidget):
    """Shows a `StandbyModel`."""

    takeover_asked = Signal()
    again = Signal()
    """The disk here is to be tried again now."""
    left = Signal()
    """The place is to be given up here, and another one joined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = ErrorBanner()
        self.busy = Banner("primary", closable=False)
        self.title = Words("", Type.DISPLAY, strong=True)
        self.state = StateMark(size=Type.TITLE)
        self.sentence = Words("", Type.LEAD)
        self.have = Words("", tone="quiet")
        self.heard = Words("", tone="quiet")
        self.why = Words("", tone="wait")
        self.takeover = Button(Say("standby_window.take_over"), kind="danger", size=Type.LEAD)
        self.takeover.clicked.connect(self.takeover_asked)
        self.retry = Button(Say("standby_window.again"), size=Type.LEAD)
        self.retry.clicked.connect(self.again)
        self.leave = Button(Say("standby_window.leave"), kind="quiet")
        self.leave.clicked.connect(self.left)
        page = card(
            column(
                Words(Say("standby_window.role"), tone="quiet", strong=True),
                self.title,
                self.state,
                self.sentence,
                rule(),
                self.have,
                self.heard,
                Words(Say("standby_window.keep_open"), tone="quiet"),
                rule(),
                self.why,
                row(self.retry, self.takeover, STRETCH, self.leave),
                gap=4,
                margin=8,
            )
        )
        page.setMaximumWidth(space(220))
        across = row(STRETCH, page, STRETCH)
        across.setStretch(1, 100)
        self.setLayout(column(self.banner, self.busy, STRETCH, across, STRETCH, STRETCH, margin=6))

    def show_model(self, model: StandbyModel) -> None:
        """Show another moment."""
        self.title.say(model.title)
        self.state.show_mark(model.mark, model.word)
        self.sentence.say(model.sentence)
        self.have.say(model.have)
        self.heard.say(model.heard)
        self.why.say(model.why)
        self.why.setVisible(bool(model.why))
        self.takeover.setEnabled(not model.why)
        self.retry.setVisible(model.stuck)

    def show_busy(self, busy: bool) -> None:
        """Nothing can be pressed while the event is taken over."""
        self.banner.hide()
        if busy:
            self.busy.show_text(Say("standby_window.taking_over"))
        self.busy.setVisible(busy)
        self.setEnabled(not busy)
