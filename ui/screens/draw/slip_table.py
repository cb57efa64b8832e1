"""The table a hand draw is typed into: a line a person, Enter goes down, a spreadsheet can be pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.screens.draw.slips import Slip
from ui.theme import of, space
from ui.words import Say, Text, bind_name, follow

CODE, NAME, BESIDE, FIRST, SECOND, NOTE = range(6)
_HEADS = {
    CODE: Say("draw_screen.column.entry"),
    NAME: Say("draw_screen.column.name"),
    BESIDE: Say("draw_screen.column.post"),
    FIRST: Say("draw_screen.slips.first"),
    SECOND: Say("draw_screen.slips.second"),
    NOTE: Say("draw_screen.slips.note"),
}


class SlipTable(QTableWidget):
    """`edited` when a lot changed; `pasted` with text from elsewhere and the row of the cursor."""

    edited = Signal()
    pasted = Signal(str, int)

    def __init__(self, slips: Sequence[Slip], parent: QWidget | None = None) -> None:
        super().__init__(len(slips), len(_HEADS), parent)
        self._slips = slips
        self._notes: dict[str, Text] = {}
        self._quiet = False
        bind_name(self, Say("draw_screen.slips.table"))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        for row, slip in enumerate(slips):
            for column, words in ((CODE, slip.id), (NAME, slip.name), (BESIDE, slip.beside), (NOTE, "")):
                item = QTableWidgetItem(words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.setItem(row, column, item)
            for column in (FIRST, SECOND):
                self.setItem(row, column, QTableWidgetItem(""))
        header = self.horizontalHeader()
        for column in _HEADS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        follow(self, self.retranslate)
        self.itemChanged.connect(self._changed)

    def retranslate(self) -> None:
        """Heads in the language in force; widths follow the type."""
        self.setHorizontalHeaderLabels([str(_HEADS[column]) for column in sorted(_HEADS)])
        self._say_notes()
        self.ensurePolished()
        letter = self.fontMetrics().horizontalAdvance("国")
        for column, letters in ((CODE, 5), (NAME, 8), (BESIDE, 11), (FIRST, 6), (SECOND, 6)):
            self.setColumnWidth(column, letters * letter + space(4))
        self.verticalHeader().setDefaultSectionSize(max(self.fontMetrics().height() + space(3), space(8)))

    def show_columns(self, *shown: int) -> None:
        """Only these of the typed columns and the note."""
        for column in (FIRST, SECOND, NOTE):
            self.setColumnHidden(column, column not in shown)

    def texts(self, column: int) -> dict[str, str]:
        """What is typed in a column, by slip."""
        found = {}
        for row, slip in enumerate(self._slips):
            item = self.item(row, column)
            found[slip.id] = item.text().strip() if item is not None else ""
        return found

    def fill(self, column: int, texts: Mapping[str, str]) -> None:
        """Put lots into a column; what is not named stays."""
        self._quiet = True
        for row, slip in enumerate(self._slips):
            item = self.item(row, column)
            if slip.id in texts and item is not None:
                item.setText(texts[slip.id])
        self._quiet = False
        self.edited.emit()

    def mark_cells(self, notes: Mapping[str, Text], differ: Sequence[str]) -> None:
        """Say what is the matter with a slip; both cells of one typed differently are tinted."""
        theme = of(self)
        apart = frozenset(differ)
        self._notes = dict(notes)
        self._quiet = True
        for row, slip in enumerate(self._slips):
            said = notes.get(slip.id, "")
            for column in (FIRST, SECOND, NOTE):
                item = self.item(row, column)
                if item is None:
                    continue
                tint = "alarm_soft" if slip.id in apart else "wait_soft" if said else "surface"
                item.setBackground(theme.colour(tint))
                item.setForeground(theme.colour("alarm" if slip.id in apart else "wait" if said else "ink"))
        self._quiet = False
        self._say_notes()

    def _say_notes(self) -> None:
        """What is the matter, in the language in force."""
        self._quiet = True
        for row, slip in enumerate(self._slips):
            note = self.item(row, NOTE)
            if note is not None:
                note.setText(str(self._notes.get(slip.id, "")))
        self._quiet = False

    def go_to(self, slip: str, column: int) -> None:
        """Put the cursor into a cell."""
        row = next((at for at, one in enumerate(self._slips) if one.id == slip), -1)
        if row >= 0:
            self.setFocus()
            self.setCurrentCell(row, column)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter leads to the person below."""
        super().closeEditor(editor, hint)
        row, column = self.currentRow(), self.currentColumn()
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a column or two from a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text(), max(0, self.currentRow()))
            return
        super().keyPressEvent(event)

    def _changed(self, item: QTableWidgetItem) -> None:
        if not self._quiet and item.column() in (FIRST, SECOND):
            self.edited.emit()
