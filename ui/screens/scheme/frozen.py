"""The plan of a run that has been opened: to be read and kept, not to be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.scheme.plan import PlanPart
from ui.screens.scheme.plan_view import PlanView
from ui.theme import Type
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, Words, card, column, row, rule
from ui.widgets.notices import Banner
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text


class FrozenPage(QWidget):
    """See the module."""

    save_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words("", Type.TITLE, strong=True)
        self.said = Words("")
        self.same = StateMark(Mark.DONE)
        self.digest = DigestLabel("0" * 64, groups=4)
        self.note = Banner("done")
        self.plan = PlanView()
        self.save = Button(Say("scheme_screen.save"))
        self.close_button = Button(Say("scheme_screen.close"))
        self.save.clicked.connect(self.save_wanted)
        self.close_button.clicked.connect(self.cancelled)
        self.bar = ActionBar(self.save, self.close_button)
        self.bar.rest(Say("scheme_screen.frozen"))
        left = column(
            card(
                column(
                    Words(Say("scheme_screen.frozen"), Type.LEAD, strong=True, tone="seal"),
                    self.said,
                    Words(Say("scheme_screen.digest"), Type.CAPTION, tone="quiet"),
                    row(self.digest, STRETCH),
                    self.same,
                    gap=3,
                    margin=4,
                )
            ),
            STRETCH,
        )
        right = column(Words(Say("scheme_screen.plan"), Type.LEAD, strong=True), self.plan, gap=2)
        right.setStretch(1, 1)
        middle = row(left, right, gap=4)
        middle.setStretch(0, 2)
        middle.setStretch(1, 3)
        body = column(self.title, self.note, middle, gap=3, margin=4)
        body.setStretch(2, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(rule())
        whole.addWidget(self.bar)

    def show_plan(
        self, title: Text, at: str, digest: str, parts: tuple[PlanPart, ...], *, same: bool
    ) -> None:
        """The plan with its digest; `same` when the opening's record has the same one."""
        self.title.say(title)
        self.said.say(Say("scheme_screen.frozen_how", at=at))
        self.digest.show_digest(digest)
        self.plan.show_parts(parts)
        if same:
            self.same.show_mark(Mark.DONE, Say("scheme_screen.frozen_same"))
        else:
            self.same.show_mark(Mark.ALARM, Say("scheme_screen.frozen_other"))
