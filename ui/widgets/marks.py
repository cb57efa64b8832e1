"""Giving marks: one control for each criterion, and the sum that runs along.

    control = MarkControl(MarkSpec("现场表现", maximum=Decimal(30), step=Decimal("0.5"), bands=(...)))
    control.changed.connect(lambda steps: ...)      whole steps; 27.5 by 0.5 is 55
    control.steps                                   int, or None while nothing was given
    RunningSum().show_sum(Decimal("87.5"), Decimal(100), missing=2)

Nothing given is never shown as zero or as the lowest mark.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Type, mark, set_type, space
from ui.widgets.buttons import Button
from ui.widgets.keypad import Keypad
from ui.widgets.layout import STRETCH, Words, column, row
from ui.widgets.scale_spec import BandSpec, MarkSpec
from ui.widgets.slider import BandSlider
from ui.widgets.state import ShapedWord
from ui.words import Say, bind, bind_name, follow

__all__ = ["BandSpec", "MarkControl", "MarkSpec", "RunningSum"]


_WIDEST = "100.0"
"""Numbers of neighbouring criteria stand under each other up to this width."""


class _Number(Button):
    """The mark itself; a tap or a digit opens the keypad."""

    digit = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit goes straight into the keypad."""
        if event.text() and event.text() in "0123456789":
            self.digit.emit(event.text())
        else:
            super().keyPressEvent(event)


class MarkControl(QFrame):
    """A criterion with its maximum, bands, slider, − and +, and the number that opens a keypad."""

    changed = Signal(int)

    def __init__(self, spec: MarkSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.steps: int | None = None
        mark(self, ground="card")
        self.slider = BandSlider(spec)
        self.minus = self._stepper("minus", -1)
        self.plus = self._stepper("plus", 1)
        self.number = _Number("—", size=Type.TITLE)
        set_type(self.number, Type.TITLE, strong=True)
        self.number.setMinimumWidth(self._number_width())
        self.number.clicked.connect(lambda: self.open_keypad())
        self.number.digit.connect(self.open_keypad)
        self.slider.valueChanged.connect(self._slid)
        bind_name(self.slider, Say("ui.mark_entry.slider", title=spec.title))
        bind_name(self.minus, Say("ui.mark_entry.less", title=spec.title, step=format(spec.step, "f")))
        bind_name(self.plus, Say("ui.mark_entry.more", title=spec.title, step=format(spec.step, "f")))
        self._lay_out()
        self.set_steps(None)
        follow(self, self._tell)

    def _stepper(self, icon: str, by: int) -> Button:
        button = Button("", icon=icon, size=Type.TITLE)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.step_by(by))
        return button

    def _number_width(self) -> int:
        self.number.ensurePolished()
        widest = max(self.spec.shown(self.spec.highest), _WIDEST, key=len)
        return self.number.fontMetrics().horizontalAdvance(widest) + 2 * space(4)

    def _lay_out(self) -> None:
        spec = self.spec
        title = Words(spec.title, Type.LEAD, strong=True)
        maximum = Words(
            Say("ui.mark_entry.limit", maximum=format(spec.maximum, "f")), Type.BODY, tone="quiet", wrap=False
        )
        head = row(title, gap=3)
        head.setStretch(0, 0)
        if spec.hint:
            head.addWidget(Words(spec.hint, tone="quiet"), 1)
        else:
            title.setWordWrap(True)
            head.setStretch(0, 1)
        head.addWidget(maximum)
        controls = QHBoxLayout()
        controls.setSpacing(space(2))
        controls.addWidget(self.slider, 1)
        controls.addSpacing(space(2))
        for part in (self.minus, self.number, self.plus):
            controls.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(4), space(2))
        layout.setSpacing(space(1))
        layout.addLayout(head)
        layout.addLayout(controls)
        self.setFocusProxy(self.slider)

    def set_steps(self, steps: int | None) -> None:
        """Show a mark that comes from elsewhere (a draft that was kept); `changed` is not sent."""
        self.steps = steps
        self.slider.blockSignals(True)
        self.slider.show_steps(steps)
        self.slider.blockSignals(False)
        self._tell()

    def step_by(self, by: int) -> None:
        """One step less or more, within the scale; nothing while no mark was given."""
        if self.steps is not None:
            self._give(min(self.spec.highest, max(self.spec.lowest, self.steps + by)))

    def open_keypad(self, first: str = "") -> Keypad:
        """Show the keypad beside the number, with a first digit typed if there is one."""
        pad = Keypad(self.spec, self)
        pad.entered.connect(self._give)
        pad.open_beside(self.number)
        if first:
            pad.type_sign(first)
        return pad

    def _slid(self, steps: int) -> None:
        if self.slider.given:
            self._give(steps)

    def _give(self, steps: int) -> None:
        if steps == self.steps:
            return
        self.set_steps(steps)
        self.changed.emit(steps)

    def _tell(self) -> None:
        given = self.steps is not None
        shown = self.spec.shown(self.steps)
        self.number.setText(shown)
        told = (
            Say("ui.mark_entry.given", title=self.spec.title, mark=shown)
            if given
            else Say("ui.mark_entry.open", title=self.spec.title)
        )
        self.number.name(told)
        bind(self.slider, "setAccessibleDescription", told)
        self.minus.setEnabled(given and self.steps != self.spec.lowest)
        self.plus.setEnabled(given and self.steps != self.spec.highest)


class RunningSum(QWidget):
    """The sum of a sheet, large, and how many criteria are still open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = Words("—", Type.HERO, strong=True, wrap=False)
        self.maximum = Words("", Type.LEAD, tone="quiet", wrap=False)
        self.missing = ShapedWord(Type.BODY)
        figures = row(self.total, self.maximum, STRETCH, gap=2)
        figures.setAlignment(self.maximum, Qt.AlignmentFlag.AlignBottom)
        layout = column(figures, self.missing, gap=0)
        self.setLayout(layout)

    def show_sum(self, total: Decimal | None, maximum: Decimal, missing: int) -> None:
        """`total` is what has been given so far, None when nothing has; `missing` counts open criteria."""
        self.total.say("—" if total is None else format(total, "f"))
        self.maximum.say(Say("ui.sum.of", maximum=format(maximum, "f")))
        if missing:
            self.missing.show_word("circle", "wait", Say("ui.sum.missing", count=missing))
        else:
            self.missing.show_word("check", "done", Say("ui.sum.complete"))
