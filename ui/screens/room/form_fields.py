"""What a form is filled in with: a line, a choice, the marks of a paper sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ui.screens.room.forms import Field, MarkField
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.flow import flow
from ui.widgets.layout import Words, column
from ui.words import Say, bind, bind_name, bind_text, follow

_MANY = 4
"""More choices than these fold into one line."""


def label_of(field: Field) -> Words:
    """The name of a field, above it."""
    return Words(field.label, Type.CAPTION, strong=True, tone="quiet")


class LineField(QWidget):
    """A line, with words for one press above it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.edit = QLineEdit(field.value)
        bind(self.edit, "setPlaceholderText", field.hint)
        bind_name(self.edit, field.label)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        if field.known:
            completer = QCompleter(list(field.known), self.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.edit.setCompleter(completer)
        self.ready = [Button(words) for words in field.ready]
        for button, words in zip(self.ready, field.ready, strict=True):
            button.clicked.connect(lambda _=False, words=words: self.edit.setText(str(words)))
        whole = column(label_of(field), gap=1)
        if self.ready:
            whole.addLayout(flow(*self.ready, gap=1))
        whole.addWidget(self.edit)
        self.setLayout(whole)
        self.setFocusProxy(self.edit)

    def values(self) -> dict[str, str]:
        """What was typed, under no name of its own."""
        return {"": self.edit.text().strip()}


class ChoiceField(QWidget):
    """One of several: all in sight while they are few, else folded into one line."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._choices = field.choices
        self.buttons: list[QRadioButton] = []
        self.box: QComboBox | None = None
        if len(field.choices) > _MANY:
            self._fold(field)
        else:
            self._show_all(field)

    def _show_all(self, field: Field) -> None:
        group = QButtonGroup(self)
        for name, words in field.choices:
            button = QRadioButton()
            bind_text(button, words)
            button.setChecked(name == field.value)
            button.toggled.connect(self.changed)
            group.addButton(button)
            self.buttons.append(button)
        self.setLayout(column(label_of(field), *self.buttons, gap=1))
        if self.buttons:
            self.setFocusProxy(next((b for b in self.buttons if b.isChecked()), self.buttons[0]))

    def _fold(self, field: Field) -> None:
        self.box = QComboBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for name, words in field.choices:
            self.box.addItem(str(words), name)
        self.box.setCurrentIndex(next((i for i, (n, _) in enumerate(field.choices) if n == field.value), -1))
        bind(self.box, "setPlaceholderText", Say("room.form.choose"))
        bind_name(self.box, field.label)
        self.box.currentIndexChanged.connect(self.changed)
        self.setLayout(column(label_of(field), self.box, gap=1))
        self.setFocusProxy(self.box)
        follow(self, self.retranslate)

    def retranslate(self) -> None:
        """The choices in the language in force."""
        if self.box is not None:
            for at, (_, words) in enumerate(self._choices):
                self.box.setItemText(at, str(words))

    def values(self) -> dict[str, str]:
        """What was chosen, '' while nothing is."""
        if self.box is not None:
            return {"": self.box.currentData() or ""}
        chosen = (name for (name, _), b in zip(self._choices, self.buttons, strict=True) if b.isChecked())
        return {"": next(chosen, "")}


class MarksField(QWidget):
    """Every criterion twice. What the first person typed is covered while the second types."""

    changed = Signal()
    entered = Signal()
    reached = Signal(QWidget)
    """The line the keyboard has come to."""

    def __init__(self, marks: Mapping[str, tuple[MarkField, ...]]) -> None:
        super().__init__()
        self._marks = marks
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(1))
        self._grid.setColumnStretch(0, 1)
        self.first: dict[str, QLineEdit] = {}
        self.again: dict[str, QLineEdit] = {}
        self._seat = ""
        self.hide()

    def show_seat(self, seat: str) -> None:
        """The criteria of a seat's group; empty lines for another seat."""
        if seat == self._seat:
            return
        self._seat = seat
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self.first, self.again = {}, {}
        criteria = self._marks.get(seat, ())
        self.setVisible(bool(criteria))
        if not criteria:
            return
        for at, head in enumerate((Say("room.form.first_time"), Say("room.form.second_time"))):
            self._grid.addWidget(Words(head, Type.CAPTION, strong=True, tone="quiet", wrap=False), 0, at + 1)
        for down, criterion in enumerate(criteria, 1):
            title = Say("room.form.criterion", title=criterion.title, maximum=criterion.maximum)
            self._grid.addWidget(Words(title), down, 0)
            self.first[criterion.id] = self._line(title, Say("room.form.first_time"), down, 1)
            self.again[criterion.id] = self._line(title, Say("room.form.second_time"), down, 2)
        lines = [*self.first.values(), *self.again.values()]
        for line, following in pairwise(lines):
            QWidget.setTabOrder(line, following)
            line.returnPressed.connect(following.setFocus)
        lines[-1].returnPressed.connect(self.entered)
        self.setFocusProxy(lines[0])

    def values(self) -> dict[str, str]:
        """`marks/<criterion>` and `again/<criterion>`; full-width digits made plain."""
        found = {f"marks/{name}": _plain(line) for name, line in self.first.items()}
        return found | {f"again/{name}": _plain(line) for name, line in self.again.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the first person's marks as soon as the second person begins."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            second = watched in self.again.values()
            mode = QLineEdit.EchoMode.Password if second else QLineEdit.EchoMode.Normal
            for line in self.first.values():
                line.setEchoMode(mode)
            self.reached.emit(watched)
        return super().eventFilter(watched, event)

    def _line(self, title: Say, which: Say, down: int, across: int) -> QLineEdit:
        line = QLineEdit()
        line.setFixedWidth(space(20))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        bind_name(line, Say("room.form.mark_name", criterion=title, which=which))
        line.textChanged.connect(self.changed)
        line.installEventFilter(self)
        self._grid.addWidget(line, down, across)
        line.show()  # at once, so that it can take the keyboard
        return line


def _plain(line: QLineEdit) -> str:
    return unicodedata.normalize("NFKC", line.text()).strip()
