"""Filling in a sheet: every criterion with big controls, the running sum, and the way to the review."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QWidget

from ui.screens.station.view import OpenTask, ScoreView
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import STRETCH, Words, column, holder, row, rule, scrolled
from ui.widgets.marks import MarkControl, MarkSpec, RunningSum
from ui.words import Say

FEW = 12
"""A scale of fewer marks than this gets a button for each."""


ONE_COLUMN = 3
"""So many criteria stand below each other whatever the width."""
WIDE = 290
"""Steps of four pixels from which there is room for two columns."""


class Grades(QFrame):
    """A scale of few marks: every mark is a button."""

    changed = Signal(int)

    def __init__(self, spec: MarkSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="card")
        self.spec = spec
        self.steps: int | None = None
        self.buttons: dict[int, Button] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        for steps in range(spec.lowest, spec.highest + 1):
            button = Button(spec.shown(steps), size=Type.TITLE)
            button.setCheckable(True)
            button.setMinimumHeight(space(20))
            button.clicked.connect(lambda _=False, steps=steps: self._give(steps))
            group.addButton(button)
            self.buttons[steps] = button
            line.addWidget(button, 1)
        head = row(Words(spec.title, Type.LEAD, strong=True), STRETCH, gap=3)
        head.addWidget(
            Words(Say("ui.mark_entry.limit", maximum=format(spec.maximum, "f")), tone="quiet", wrap=False)
        )
        self.setLayout(column(head, Words(spec.hint, tone="quiet"), line, margin=4, gap=3))

    def set_steps(self, steps: int | None) -> None:
        """Show a mark that comes from elsewhere."""
        self.steps = steps
        if steps in self.buttons:
            self.buttons[steps].setChecked(True)

    def _give(self, steps: int) -> None:
        if steps != self.steps:
            self.steps = steps
            self.changed.emit(steps)


class ScorePage(QWidget):
    """Shows a `ScoreView`; says what was given."""

    given = Signal(str, int)
    reviewed = Signal()
    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.controls: dict[str, MarkControl | Grades] = {}
        self._made_for: tuple[object, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(space(3))
        self._grid.setContentsMargins(0, 0, space(2), 0)
        self._across = 0
        self._others = QHBoxLayout()
        self._other_tasks: tuple[OpenTask, ...] = ()
        self.area = scrolled(holder(self._grid))
        self.sum = RunningSum()
        self.sum.missing.hide()
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self.reviewed)
        self.action.button.setMinimumHeight(space(16))
        foot = QFrame()
        mark(foot, ground="surface")
        layout = row(self.sum, self.action, gap=8)
        layout.setContentsMargins(space(4), space(2), space(4), space(2))
        layout.setStretch(1, 1)
        foot.setLayout(layout)
        upper = column(self._others, self.area, gap=2, margin=4)
        upper.setStretch(1, 1)
        whole = column(upper, rule(), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_score(self, view: ScoreView) -> None:
        """Show the sheet as it stands."""
        key = (view.room, view.lot, view.specs)
        if key != self._made_for:
            self._made_for = key
            self._make(view)
        for name, steps in zip(view.ids, view.marks, strict=True):
            if self.controls[name].steps != steps:
                self.controls[name].set_steps(steps)
        self.sum.setVisible(len(view.specs) > 1)
        self.sum.show_sum(view.total, view.maximum, view.missing)
        if view.why is None:
            self.action.offer(Say("station.score.review"))
        else:
            self.action.refuse(Say("station.score.review"), view.why)
        if view.others != self._other_tasks:
            self._show_others(view.others)

    def _make(self, view: ScoreView) -> None:
        for old in self.controls.values():
            old.setParent(None)
            old.deleteLater()
        self.controls = {}
        for name, spec in zip(view.ids, view.specs, strict=True):
            few = spec.highest - spec.lowest + 1 < FEW
            control = Grades(spec) if few else MarkControl(spec)
            control.changed.connect(lambda steps, name=name: self.given.emit(name, steps))
            self.controls[name] = control
        self._across = 0
        self._lay()
        self.area.verticalScrollBar().setValue(0)

    def _lay(self) -> None:
        """Two columns where there is room and more than a few criteria, so that all are seen at once."""
        across = 2 if len(self.controls) > ONE_COLUMN and self.width() >= space(WIDE) else 1
        if across == self._across:
            return
        self._across = across
        while self._grid.takeAt(0) is not None:
            continue
        for at, control in enumerate(self.controls.values()):
            self._grid.addWidget(control, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for column_ in range(2):
            self._grid.setColumnStretch(column_, 1 if column_ < across else 0)
        self._grid.setRowStretch(len(self.controls), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another number of columns."""
        super().resizeEvent(event)
        self._lay()

    def _show_others(self, others: tuple[OpenTask, ...]) -> None:
        self._other_tasks = others
        while (item := self._others.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for task in others:
            button = Button(task.text, kind="quiet")
            button.clicked.connect(lambda _=False, t=task: self.opened.emit(t.room, t.lot))
            self._others.addWidget(button)
        if others:
            self._others.addStretch(1)

    def focus_first(self) -> None:
        """Put the keyboard on the first criterion."""
        first = next(iter(self.controls.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
