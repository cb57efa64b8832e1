"""Events that were open here, each in a line: title, run, how far, where the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.settings import Recent
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, holder, row, rule
from ui.widgets.state import ShapedWord
from ui.words import Say, Text

_STAGES: dict[str, Say] = {
    "prepare": Say("start.stage.prepare"),
    "draw": Say("start.stage.draw"),
    "room": Say("start.stage.room"),
    "results": Say("start.stage.results"),
    "seal": Say("start.stage.seal"),
    "closed": Say("start.stage.closed"),
}


def _day(wall_ms: int) -> str:
    return f"{datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone():%Y-%m-%d %H:%M}"


class RecentLine(QFrame):
    """One event; «open» goes on with it, «forget» takes it off this list and leaves the file alone."""

    opened = Signal(str)
    forgotten = Signal(str)

    def __init__(self, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = recent
        there = Path(recent.path).is_file()
        title = Words(recent.title, strong=True)
        where = Words(recent.path, Type.CAPTION, tone="quiet")
        run = ShapedWord(Type.CAPTION)
        if recent.mode == "official":
            run.show_word("check", "seal", Say("start.recent.official"))
        else:
            run.show_word("half", "wait", Say("start.recent.rehearsal"))
        stage: Text = _STAGES.get(recent.stage, recent.stage)
        state = Words(stage if there else Say("start.recent.missing"), Type.CAPTION)
        state.set_tone("quiet" if there else "alarm")
        when = Words(_day(recent.opened_ms), Type.CAPTION, tone="quiet", wrap=False)
        self.button = Button(Say("start.recent.open"))
        self.button.name(Say("start.recent.open_named", title=recent.title))
        self.button.clicked.connect(lambda: self.opened.emit(recent.path))
        self.button.setEnabled(there)
        self.forget = Button("", kind="quiet", icon="close")
        self.forget.name(Say("start.recent.forget", title=recent.title))
        self.forget.clicked.connect(lambda: self.forgotten.emit(recent.path))
        facts = row(run, state, when, STRETCH, gap=4)
        layout = row(column(title, facts, where, gap=0.5), self.button, self.forget, gap=2)
        layout.setStretch(0, 1)
        layout.setContentsMargins(space(4), space(2), space(2), space(2))
        layout.setAlignment(self.button, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)


class RecentList(QFrame):
    """All of them, the newest first."""

    opened = Signal(str)
    forgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.lines: list[RecentLine] = []

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Show other events."""
        self.lines = []
        while (item := self._layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not recents:
            empty = holder(column(Words(Say("start.recent.none"), tone="quiet"), margin=4))
            self._layout.addWidget(empty)
        for recent in recents:
            if self.lines:
                self._layout.addWidget(rule())
            line = RecentLine(recent)
            line.opened.connect(self.opened)
            line.forgotten.connect(self.forgotten)
            self.lines.append(line)
            self._layout.addWidget(line)
        self._layout.addStretch(1)
