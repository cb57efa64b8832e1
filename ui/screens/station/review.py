"""Before a sheet goes: everything once more, quietly, and a press that must be held."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ui.screens.station.view import ReviewRow, ReviewView
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, card, column, row, rule, scrolled
from ui.words import Say


class ReviewPage(QWidget):
    """Shows a `ReviewView`."""

    edited = Signal()
    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: ReviewView | None = None
        self.lead = Words("", tone="quiet")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(8))
        self._grid.setVerticalSpacing(space(1))
        self._grid.setColumnStretch(0, 1)
        inner = card(
            column(
                Words(Say("station.review.title"), Type.TITLE, strong=True),
                self.lead,
                self._grid,
                gap=3,
                margin=6,
            )
        )
        inner.setMaximumWidth(space(220))
        centred = QWidget()
        across = row(STRETCH, inner, STRETCH)
        across.setStretch(1, 100)
        centred.setLayout(column(across, STRETCH, margin=3))
        self.edit = Button(Say("station.review.edit"))
        self.edit.setMinimumHeight(space(16))
        self.edit.clicked.connect(self.edited)
        self.send = HeldButton(Say("station.review.hold"))
        self.send.held.connect(self.sent)
        foot = QFrame()
        mark(foot, ground="surface")
        foot.setLayout(row(self.edit, STRETCH, self.send, gap=6, margin=3))
        whole = column(scrolled(centred), rule(), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_review(self, view: ReviewView) -> None:
        """Show it."""
        if view == self._shown:
            return
        self._shown = view
        self.lead.say(Say("station.review.lead", lot=view.lot))
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for at, line in enumerate(view.rows):
            self._put(at, line)
        if len(view.rows) > 1:
            at = len(view.rows)
            self._grid.addWidget(rule(), at, 0, 1, 4)
            self._put(at + 1, ReviewRow(Say("station.sum"), "", view.total, view.maximum), Type.DISPLAY)

    def _put(self, at: int, line: ReviewRow, size: Type = Type.TITLE) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        number = Words(line.mark, size, strong=True, wrap=False)
        self._grid.addWidget(Words(line.title, Type.LEAD), at, 0)
        self._grid.addWidget(Words(line.band, Type.LEAD, tone="quiet", wrap=False), at, 1)
        self._grid.addWidget(number, at, 2, right)
        self._grid.addWidget(Words(f"/ {line.maximum}", Type.LEAD, tone="quiet", wrap=False), at, 3)
