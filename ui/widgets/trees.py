"""Two trees to read: what was found in a file, and how a number was worked out.

findings.show_groups([FindingGroup("wait", Say("roster.group.full_width", count=3), (Finding("...", ref=cell),))])
findings.chosen.connect(lambda ref: ...)
working.show_working(Working(Say("results.composite"), "87.50", (Working(...), ...)), Say("results.sentence", ...))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from ui.theme import Type, of, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, row
from ui.widgets.state import shape_icon
from ui.words import Say, Text, bind_name, bind_tip, follow

Tone = Literal["alarm", "wait", "done", "primary", "quiet"]
_SHAPES = {"alarm": "alarm", "wait": "pause", "done": "check", "primary": "dot", "quiet": "circle"}
_REF = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `where` is read by people (C14), `ref` goes back to the screen."""

    text: Text
    where: str = ""
    ref: object = None


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind under a sentence that sums them up."""

    tone: Tone
    title: Text
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """A number with what it was made of."""

    label: Text
    value: str
    parts: tuple[Working, ...] = ()
    note: Text = ""


class _Tree(QTreeView):
    """A read-only tree whose items are built anew after a switch of language or theme."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(0, columns, self)
        self.setModel(self._model)
        self.setHeaderHidden(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(True)
        self.setAllColumnsShowFocus(True)

    def fit(self) -> None:
        """The first column takes the room, the others what they need."""
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(space(2))
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _item(text: str, *, strong: bool = False, tone: str = "", owner: QWidget | None = None) -> QStandardItem:
    item = QStandardItem(text)
    item.setToolTip(text)
    if strong:
        face = QFont()
        face.setBold(True)
        item.setFont(face)
    if tone and owner is not None:
        item.setForeground(of(owner).colour(tone))
    return item


class FindingsView(_Tree):
    """Findings in groups; Enter or a click on one asks to be led to its cell."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)
        self._groups: Sequence[FindingGroup] = ()
        bind_name(self, Say("ui.findings.name"))
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)
        follow(self, self.retranslate)

    def show_groups(self, groups: Sequence[FindingGroup]) -> None:
        """Show other findings; groups stand in the order given, all open."""
        self._groups = groups
        self.retranslate()

    def retranslate(self) -> None:
        """Build the items in the language in force."""
        self._model.removeRows(0, self._model.rowCount())
        for group in self._groups:
            head = _item(str(group.title), strong=True)
            head.setIcon(shape_icon(_SHAPES[group.tone], group.tone, of(self), self.devicePixelRatioF()))
            for finding in group.findings:
                line = _item(str(finding.text))
                line.setData(finding, _REF)
                head.appendRow([line, _item(finding.where, tone="quiet", owner=self)])
            self._model.appendRow([head, QStandardItem("")])
        self.expandAll()
        self.fit()

    def _choose(self, index: QModelIndex) -> None:
        finding = index.siblingAtColumn(0).data(_REF)
        if isinstance(finding, Finding):
            self.chosen.emit(finding.ref)

    def step(self, by: int) -> None:
        """Go to the next (1) or last (-1) finding and ask to be led there."""
        flat = [
            child.index()
            for at in range(self._model.rowCount())
            if (head := self._model.item(at)) is not None
            for place in range(head.rowCount())
            if (child := head.child(place)) is not None
        ]
        if not flat:
            return
        here = self.currentIndex().siblingAtColumn(0)
        at = flat.index(here) + by if here in flat else (0 if by > 0 else len(flat) - 1)
        target = flat[at % len(flat)]
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(target, flags)
        self._choose(target)


class WorkingTree(QWidget):
    """How a number came about: as a sentence to read out, and as a tree down to single marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._working: Working | None = None
        self.value = Words("", Type.TITLE, strong=True, wrap=False)
        self.sentence = Words("")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = Button(Say("ui.working.copy"), kind="quiet", icon="copy", size=Type.CAPTION)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.sentence.text()))
        self.tree = _Tree(3)
        bind_name(self.tree, Say("ui.working.name"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(row(self.value, STRETCH, self.copy_button))
        layout.addWidget(self.sentence)
        layout.addWidget(self.tree, 1)
        follow(self, self.retranslate)

    def show_working(self, working: Working, sentence: Text) -> None:
        """Show another number."""
        self._working = working
        self.value.say(working.value)
        self.sentence.say(sentence)
        bind_tip(self.sentence, sentence)
        self.retranslate()

    def retranslate(self) -> None:
        """Build the items in the language in force."""
        model = self.tree._model
        model.removeRows(0, model.rowCount())
        if self._working is not None:
            model.appendRow(self._row(self._working, top=True))
        self.tree.expandToDepth(0)
        self.tree.fit()

    def _row(self, working: Working, *, top: bool = False) -> list[QStandardItem]:
        head = _item(str(working.label), strong=top)
        value = _item(working.value, strong=True)
        value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in working.parts:
            head.appendRow(self._row(part))
        return [head, value, _item(str(working.note), tone="quiet", owner=self)]
