"""A keypad for one mark: large keys, the maximum in sight, and a sentence when it cannot be."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, row
from ui.widgets.scale_spec import MarkSpec
from ui.words import Say, bind_name

_KEYS = "789456123"
_LONGEST = 7


class Keypad(QFrame):
    """Opens beside a number; `entered` carries the mark in whole steps. Digits, Backspace, Enter, Esc work too."""

    entered = Signal(int)

    def __init__(self, spec: MarkSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._spec = spec
        self._typed = ""
        mark(self, ground="card")
        bind_name(self, Say("ui.mark_entry.title", title=spec.title))
        self.shown = Words("—", Type.DISPLAY, strong=True, wrap=False)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.limit = Words(
            Say("ui.mark_entry.limit", maximum=format(spec.maximum, "f")), tone="quiet", wrap=False
        )
        self.why = Words(Say("ui.mark_entry.steps", step=format(spec.step, "f")), Type.CAPTION, tone="quiet")
        self.enter_key = Button(Say("ui.mark_entry.enter"), kind="primary", size=Type.LEAD)
        self.enter_key.clicked.connect(self.enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.setSpacing(space(2))
        layout.addLayout(row(self.limit, self.shown))
        layout.addWidget(self.why)
        layout.addLayout(self._keys())
        layout.addWidget(self.enter_key)
        self._show()

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(space(2))
        for at, digit in enumerate(_KEYS):
            grid.addWidget(self._key(digit), at // 3, at % 3)
        point = self._key(".")
        point.setEnabled(self._spec.step != self._spec.step.to_integral_value())
        grid.addWidget(point, 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        back = Button("", icon="backspace", size=Type.LEAD)
        back.name(Say("ui.mark_entry.backspace"))
        back.clicked.connect(self.backspace)
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(back, 3, 2)
        return grid

    def _key(self, sign: str) -> Button:
        key = Button(sign, size=Type.TITLE)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(lambda: self.type_sign(sign))
        return key

    def type_sign(self, sign: str) -> None:
        """Add a digit or the point."""
        if len(self._typed) >= _LONGEST or (sign == "." and "." in self._typed):
            return
        self._typed += "0." if sign == "." and not self._typed else sign
        self._show()

    def backspace(self) -> None:
        """Take the last sign away."""
        self._typed = self._typed[:-1]
        self._show()

    def _show(self) -> None:
        self.shown.say(self._typed or "—")
        answer = self._spec.read(self._typed) if self._typed else None
        self.enter_key.setEnabled(isinstance(answer, int))
        if isinstance(answer, Say):
            self.why.say(answer)
            self.why.set_tone("alarm")
        else:
            self.why.say(Say("ui.mark_entry.steps", step=format(self._spec.step, "f")))
            self.why.set_tone("quiet")

    def enter(self) -> None:
        """Hand the mark over if it is one."""
        answer = self._spec.read(self._typed) if self._typed else None
        if isinstance(answer, int):
            self.entered.emit(answer)
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard's digits work as well."""
        text = event.text()
        if text and text in "0123456789.":
            self.type_sign(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)

    def open_beside(self, anchor: QWidget) -> None:
        """Show it under `anchor`, kept on the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + space(1)))
        area = anchor.screen().availableGeometry()
        left = min(max(area.left(), corner.x()), area.right() - self.width())
        top = corner.y()
        if top + self.height() > area.bottom():
            top = max(area.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - space(1))
        self.move(left, top)
        self.show()
        self.setFocus()
