"""A small form over a screen: lines and choices, and a final act that takes a held press."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, holder, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_items, bind_name, follow
from venue_app.base.errors import Known


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a line, or one of `choices` (id and words). `when`: asked for at these values of another."""

    id: str
    label: Text
    choices: tuple[tuple[str, Text], ...] = ()
    value: str = ""
    hint: Text = ""
    when: tuple[str, tuple[str, ...]] | None = None


class AskDialog(QDialog):
    """`given` carries what was filled in by field; whoever hears it accepts the dialog or shows the refusal."""

    given = Signal(object)

    def __init__(
        self, title: Text, about: Text, fields: tuple[Field, ...], act: Text, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        bind(self, "setWindowTitle", title)
        self._fields = fields
        self.banner = ErrorBanner()
        self.lines: dict[str, QLineEdit | QComboBox] = {}
        self._parts: dict[str, QWidget] = {}
        for field in fields:
            self._make(field)
        self.why = Words("", tone="wait")
        self.hold = HeldButton(act, tone="alarm", size=Type.BODY)
        self.hold.held.connect(self._give)
        self.cancel = Button(Say("ui.cancel"), kind="quiet")
        self.cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                self.banner,
                Words(title, Type.TITLE, strong=True),
                Words(about, tone="quiet"),
                *self._parts.values(),
                self.why,
                row(self.cancel, STRETCH, self.hold),
                gap=3,
                margin=6,
            )
        )
        self.setMinimumWidth(space(130))
        follow(self, self.retranslate)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its sentences are at this width: a layout's own hint does not know how often they wrap."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def retranslate(self) -> None:
        """What is lacking is named in the language in force."""
        self._look()

    def _make(self, field: Field) -> None:
        made: QLineEdit | QComboBox
        if field.choices:
            made = QComboBox()
            for identifier, words in field.choices:
                made.addItem(str(words), identifier)
            bind_items(made, [words for _identifier, words in field.choices])
            made.setCurrentIndex(max(0, made.findData(field.value)))
            made.currentIndexChanged.connect(self._look)
        else:
            made = QLineEdit(field.value)
            bind(made, "setPlaceholderText", field.hint)
            made.textChanged.connect(self._look)
        bind_name(made, field.label)
        label = Words(field.label, Type.CAPTION, strong=True, tone="quiet")
        label.setBuddy(made)
        self.lines[field.id] = made
        self._parts[field.id] = holder(column(label, made, gap=1))

    def values(self) -> dict[str, str]:
        """What is filled in; '' for what is not asked for now."""
        found = {
            name: str(line.currentData()) if isinstance(line, QComboBox) else line.text().strip()
            for name, line in self.lines.items()
        }
        return {f.id: found[f.id] if self._wanted(f, found) else "" for f in self._fields}

    @staticmethod
    def _wanted(field: Field, found: dict[str, str]) -> bool:
        return field.when is None or found[field.when[0]] in field.when[1]

    def refuse(self, fault: Known) -> None:
        """It was not taken; nothing that was filled in is lost."""
        self.banner.show_known(fault)
        self.hold.setEnabled(True)

    def _look(self) -> None:
        found = {
            name: str(line.currentData()) if isinstance(line, QComboBox) else line.text().strip()
            for name, line in self.lines.items()
        }
        lacking: list[str] = []
        for field in self._fields:
            wanted = self._wanted(field, found)
            self._parts[field.id].setVisible(wanted)
            if wanted and not found[field.id]:
                lacking.append(str(field.label))
        self.hold.setEnabled(not lacking)
        self.why.setVisible(bool(lacking))
        self.why.say(Say("ui.ask.lacking", what=str(Say("room.comma")).join(lacking)) if lacking else "")

    def _give(self) -> None:
        self.banner.hide()
        self.hold.setEnabled(False)
        self.given.emit(self.values())
