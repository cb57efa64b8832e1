"""Typing in a component that comes later: typed twice, by two people, and why when it replaces another."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import Words, column, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_name


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be entered: for whom, which component, and what stands there now."""

    entry: str
    who: Text
    component: str
    title: Text
    maximum: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, twice alike, and by whom the second time."""

    entry: str
    component: str
    value: str
    second: str
    reason: str


class EnterDialog(QDialog):
    """`given` carries a `Typed`; whoever hears it accepts the dialog or shows why not in `banner`."""

    given = Signal(object)

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        bind(self, "setWindowTitle", Say("results.enter.title", title=asked.title))
        self.banner = ErrorBanner()
        self.value = self._field(Say("results.enter.value", maximum=asked.maximum))
        self.again = self._field(Say("results.enter.again"))
        self.second = self._field(Say("results.enter.second"))
        self.reason = self._field(Say("results.enter.reason"))
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self._give)
        self.cancel = Button(Say("ui.cancel"), kind="quiet")
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._look()

    def _field(self, name: Text) -> QLineEdit:
        field = QLineEdit()
        bind_name(field, name)
        field.textChanged.connect(self._look)
        return field

    def _lay_out(self) -> None:
        asked = self._asked
        foot = row(self.action, self.cancel, gap=3)
        foot.setStretch(0, 1)
        parts: list[QWidget] = [
            self.banner,
            Words(Say("results.enter.title", title=asked.title), Type.TITLE, strong=True),
            Words(asked.who, tone="quiet"),
        ]
        if asked.now:
            parts.append(Words(Say("results.enter.replaces", value=asked.now), tone="wait"))
        fields = [(self.value, Say("results.enter.value", maximum=asked.maximum))]
        fields += [(self.again, Say("results.enter.again")), (self.second, Say("results.enter.second"))]
        if asked.now:
            fields.append((self.reason, Say("results.enter.reason")))
        for field, title in fields:
            label = Words(title, Type.CAPTION, strong=True, tone="quiet")
            _buddy(label, field)
            parts += [label, field]
        self.setLayout(column(*parts, foot, gap=2, margin=6))
        self.resize(space(130), self.sizeHint().height())

    def _missing(self) -> Text | None:
        if not self.value.text().strip():
            return Say("results.enter.need_value")
        if self.value.text().strip() != self.again.text().strip():
            return Say("results.enter.need_again")
        if not self.second.text().strip():
            return Say("results.enter.need_second")
        if self._asked.now and not self.reason.text().strip():
            return Say("results.enter.need_reason")
        return None

    def _look(self) -> None:
        missing = self._missing()
        if missing is None:
            self.action.offer(Say("results.enter.give"))
        else:
            self.action.refuse(Say("results.enter.give"), missing)

    def _give(self) -> None:
        self.given.emit(
            Typed(
                entry=self._asked.entry,
                component=self._asked.component,
                value=self.value.text().strip(),
                second=self.second.text().strip(),
                reason=self.reason.text().strip(),
            )
        )


def _buddy(label: QLabel, field: QWidget) -> None:
    label.setBuddy(field)
