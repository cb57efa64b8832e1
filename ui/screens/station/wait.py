"""Between two lots: what became of the last sheet, whom the panel waits for, what can be done now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.screens.station.view import (
    FloorLine,
    OpenTask,
    ReceivedView,
    RefusedView,
    SentRow,
    WaitView,
)
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, scrolled
from ui.widgets.state import ShapedWord
from ui.words import Say


class WaitPage(QWidget):
    """Shows a `WaitView`; built anew whenever that changes, which is seldom."""

    opened = Signal(str, int)
    corrected = Signal(str)
    dismissed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: WaitView | None = None
        self.receipt = Words("", Type.HERO, strong=True, wrap=False)
        self._list = QVBoxLayout()
        self._list.setSpacing(space(3))
        inner = holder(self._list)
        inner.setMaximumWidth(space(240))
        centred = QWidget()
        across = row(STRETCH, inner, STRETCH)
        across.setStretch(1, 100)
        centred.setLayout(column(across, STRETCH, margin=3))
        whole = column(scrolled(centred))
        self.setLayout(whole)

    def show_wait(self, view: WaitView) -> None:
        """Show it."""
        if view == self._shown:
            return
        self._shown = view
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        for refusal in view.refusals:
            self._list.addWidget(self._refused(refusal))
        if view.received is not None:
            self._list.addWidget(self._received(view.received))
        for lot in view.kept:
            self._list.addWidget(_kept(lot, view.online))
        self._list.addWidget(self._status(view))
        if view.sent:
            self._list.addWidget(_history(view.sent, view.sent_count))

    def _received(self, view: ReceivedView) -> QWidget:
        head = ShapedWord(Type.TITLE, strong=True)
        head.show_word("check", "done", Say("station.sent.received"))
        line = Words(Say("station.sent.line", lot=view.lot, clock=view.clock, code=view.code), Type.LEAD)
        self.receipt = Words(view.code, Type.HERO, strong=True, wrap=False)
        about = Words(Say("station.sent.total", total=view.total), Type.LEAD, tone="quiet")
        hint = Words(Say("station.sent.copy_hint"), tone="quiet")
        code = row(
            Words(Say("station.sent.code"), Type.LEAD, tone="quiet", wrap=False), self.receipt, STRETCH, gap=4
        )
        return card(column(head, line, code, about, hint, gap=2, margin=5))

    def _refused(self, view: RefusedView) -> QWidget:
        head = ShapedWord(Type.TITLE, strong=True)
        head.show_word("alarm", "alarm", Say("station.refused.title", lot=view.lot))
        edit = Button(Say("station.refused.edit"))
        edit.clicked.connect(lambda: self.corrected.emit(view.id))
        edit.setVisible(view.can_edit)
        drop = Button(Say("station.refused.drop"))
        drop.clicked.connect(lambda: self.dismissed.emit(view.id))
        return holder(
            column(head, Words(view.text, Type.LEAD), row(edit, drop, STRETCH), gap=3, margin=5), "alarm_soft"
        )

    def _status(self, view: WaitView) -> QWidget:
        layout = column(gap=3, margin=5)
        if view.floor:
            for line in view.floor:
                layout.addLayout(_floor(line))
        else:
            layout.addWidget(Words(view.title, Type.TITLE, strong=True))
        for task in view.tasks:
            layout.addWidget(self._open(task))
        return card(layout)

    def _open(self, task: OpenTask) -> QWidget:
        button = Button(task.text, kind="primary" if task.here else "plain", size=Type.LEAD)
        button.setMinimumHeight(space(16))
        button.clicked.connect(lambda: self.opened.emit(task.room, task.lot))
        return button


def _floor(line: FloorLine) -> QVBoxLayout:
    parts = [Words(line.title, Type.TITLE, strong=True)]
    if line.post:
        parts.append(Words(line.post, Type.LEAD, tone="quiet"))
    if line.fact:
        parts.append(Words(line.fact, Type.LEAD))
    return column(*parts, gap=1)


def _kept(lot: int, online: bool) -> QWidget:
    head = ShapedWord(Type.TITLE, strong=True)
    if online:
        head.show_word("half", "primary", Say("station.sent.sending", lot=lot))
    else:
        head.show_word("dash", "wait", Say("station.sent.kept", lot=lot))
    words = Say("station.link.sending") if online else Say("station.link.kept")
    more = Words(Say("station.desk.kept_text"), tone="quiet")
    return holder(
        column(head, Words(words, Type.LEAD), more, gap=2, margin=5),
        "primary_soft" if online else "wait_soft",
    )


def _history(rows: tuple[SentRow, ...], count: int) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(8))
    for at, line in enumerate(rows):
        grid.addWidget(Words(line.lot, wrap=False), at, 0)
        total = Words(line.total, strong=True, wrap=False)
        grid.addWidget(total, at, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Words(line.clock, tone="quiet", wrap=False), at, 2)
        grid.addWidget(Words(line.code, wrap=False), at, 3)
    grid.setColumnStretch(4, 1)
    return card(column(Words(Say("station.sent.earlier", count=count), strong=True), grid, gap=3, margin=5))
