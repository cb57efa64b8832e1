"""What a field is edited with: a line, a choice, a rounding, a chain of ties. Each sends `typed` with a string.

`typed` is sent only for what the user does, never for what is shown by the program.
"""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from ui.screens.scheme.fields import Field, Option
from ui.theme import mark, of, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, Text, bind, bind_name, bind_tip, follow

_SIGNS = {"number": 6, "limit": 6, "time": 6, "times": 9, "range": 8}
"""Digits that a line of this kind has room for at least; words take what there is."""


class LineEditor(QLineEdit):
    """Words, numbers and times."""

    typed = Signal(str)

    def __init__(self, field: Field, signs: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = signs or _SIGNS.get(field.kind, 0)
        self._words = field.kind == "words"
        across = QSizePolicy.Policy.Preferred if self._signs else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if field.optional:
            bind(self, "setPlaceholderText", Say("scheme_screen.nothing"))
        self.textEdited.connect(self.typed)

    def show_text(self, text: str) -> None:
        """What stands in the file; whoever is typing here is not disturbed."""
        if text != self.text() and not self.hasFocus():
            self.setText(text)
            self.setCursorPosition(0)
            self.setToolTip("" if self._signs else text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A number is typed over at once; words are not lost to a single key."""
        super().focusInEvent(event)
        if self._words:
            self.deselect()

    def sizeHint(self) -> QSize:
        """Room for the digits, or for a few words."""
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance("0") * (self._signs or 12) + space(6)
        return QSize(max(wide, of(self).scale.target), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Digits are never hidden."""
        return QSize(
            self.sizeHint().width() if self._signs else space(20), super().minimumSizeHint().height()
        )

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)


class ChoiceEditor(QComboBox):
    """One of several things; the wheel scrolls the form and changes nothing."""

    typed = Signal(str)

    def __init__(self, options: tuple[Option, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self, self.retranslate)
        self.activated.connect(lambda at: self.typed.emit(str(self.itemData(at))))

    def retranslate(self) -> None:
        """The options in the language in force."""
        chosen = self.currentData()
        self.clear()
        for option in self._options:
            self.addItem(str(option.text), option.value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self._tip()

    def show_text(self, text: str) -> None:
        """Choose what stands in the file."""
        self.setCurrentIndex(self.findData(text))
        self._tip()

    def _tip(self) -> None:
        self.setToolTip(self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the form."""
        event.ignore()


class RoundingEditor(QWidget):
    """How a number is cut and to how many places; `half-up/2`."""

    typed = Signal(str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = ChoiceEditor(field.options)
        self.places = LineEditor(field, signs=2)
        bind_name(self.mode, Say("scheme_screen.place", about=field.place, label=Say("scheme_screen.mode")))
        bind_name(
            self.places, Say("scheme_screen.place", about=field.place, label=Say("scheme_screen.places"))
        )
        bind_tip(self.places, Say("scheme_screen.places"))
        self.mode.typed.connect(self._tell)
        self.places.typed.connect(self._tell)
        layout = row(self.mode, self.places, gap=1)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.mode)

    def show_text(self, text: str) -> None:
        """What stands in the file."""
        mode, _, places = text.partition("/")
        self.mode.show_text(mode)
        self.places.show_text(places)
        self._fit()

    def _fit(self) -> None:
        self.places.setEnabled(self.mode.currentData() != "exact")

    def _tell(self) -> None:
        self._fit()
        self.typed.emit(f"{self.mode.currentData()}/{self.places.text()}")


class _Link(QWidget):
    """One link of the chain and the way to take it out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, number: int, options: tuple[Option, ...], value: str) -> None:
        super().__init__()
        self.choice = ChoiceEditor(options)
        self.choice.show_text(value)
        bind_name(self.choice, Say("scheme_screen.link", number=number))
        self.choice.typed.connect(lambda _value: self.changed.emit())
        self.out = Button("", kind="quiet", icon="close")
        self.out.name(Say("scheme_screen.remove_link"))
        self.out.clicked.connect(self.removed)
        layout = row(Words(str(number), tone="quiet", wrap=False), self.choice, self.out, gap=2)
        layout.setStretch(1, 1)
        self.setLayout(layout)


class ChainEditor(QWidget):
    """Ties broken by one thing after another; a JSON list of links."""

    typed = Signal(str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = field.options
        self.links: list[_Link] = []
        self._shown = ""
        self._column = column(gap=1)
        self.add_button = Button(Say("scheme_screen.add_link"), icon="plus")
        self.add_button.clicked.connect(self._add)
        self.setLayout(column(self._column, row(self.add_button, STRETCH), gap=1))

    def show_text(self, text: str) -> None:
        """What stands in the file."""
        if text == self._shown:
            return
        self._shown = text
        for link in self.links:
            link.hide()
            link.deleteLater()
        values: list[dict[str, Any]] = json.loads(text)
        self.links = [
            _Link(at + 1, self._options, json.dumps(value, ensure_ascii=False, sort_keys=True))
            for at, value in enumerate(values)
        ]
        for link in self.links:
            self._column.addWidget(link)
            link.changed.connect(self._tell)
            link.removed.connect(lambda gone=link: self._remove(gone))
        self.add_button.setVisible(len(self.links) < len(self._options))

    @property
    def values(self) -> list[str]:
        """The links as they stand."""
        return [str(link.choice.currentData()) for link in self.links]

    def _add(self) -> None:
        used = self.values
        free = next(
            (option.value for option in self._options if option.value not in used), self._options[0].value
        )
        self._take([*used, free])
        self.links[-1].choice.setFocus()

    def _remove(self, gone: _Link) -> None:
        self._take([str(link.choice.currentData()) for link in self.links if link is not gone])
        self.add_button.setFocus()

    def _tell(self) -> None:
        self._shown = f"[{', '.join(self.values)}]"  # the choice that was made keeps the keyboard
        self.typed.emit(self._shown)

    def _take(self, values: list[str]) -> None:
        text = f"[{', '.join(values)}]"
        self.show_text(text)
        self.typed.emit(text)


Editor = LineEditor | ChoiceEditor | RoundingEditor | ChainEditor


def editor_for(field: Field) -> Editor:
    """The editor of a field, showing what stands there."""
    made: Editor
    match field.kind:
        case "choice" | "inclusive" | "flag":
            made = ChoiceEditor(field.options)
        case "rounding":
            made = RoundingEditor(field)
        case "chain":
            made = ChainEditor(field)
        case _:
            made = LineEditor(field)
    if not isinstance(made, RoundingEditor):
        bind_name(made, field.place)
    made.show_text(field.shown)
    return made


def show_fault(editor: Editor, fault: bool) -> None:
    """Outline what must be put right."""
    inner = editor.places if isinstance(editor, RoundingEditor) else editor
    mark(inner, fault=fault)


def place_name(editor: Editor, text: Text) -> None:
    """What a screen reader adds: the sentence that stands below."""
    bind(editor, "setAccessibleDescription", text)
