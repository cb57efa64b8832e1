"""All marks of one candidate, once every sheet is in: struck extremes, the mean, the sentence to read aloud."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.screens.room.view import MarkRow, SheetView
from ui.theme import Type, mark, of, space
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, bind_name, follow

_LINE = 7
_WIDEST = "100.0"
_PADDING = 6
_MOST = 10
"""So many lines of a table are always whole; a larger panel scrolls."""


class SheetTable(QTableWidget):
    """One line a seat: every criterion, the total, and why it is struck."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: SheetView | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(space(_LINE))
        self.verticalHeader().setMinimumSectionSize(space(_LINE))
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAlternatingRowColors(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bind_name(self, Say("room.sheet.name"))
        follow(self, self.retranslate)

    def show_sheet(self, sheet: SheetView) -> None:
        """Show the marks."""
        if sheet != self._sheet:
            self._sheet = sheet
            self.retranslate()

    def retranslate(self) -> None:
        """Fill the cells anew, in the language in force."""
        sheet = self._sheet
        if sheet is None:
            return
        heads = [
            str(Say("room.sheet.seat")),
            *(str(c) for c in sheet.criteria),
            str(Say("room.sheet.total")),
            "",
        ]
        self.setColumnCount(len(heads))
        self.setRowCount(len(sheet.rows))
        self.setHorizontalHeaderLabels(heads)
        for down, line in enumerate(sheet.rows):
            for across, text in enumerate(self._cells(line)):
                self.setItem(down, across, self._item(text, line, across, len(heads)))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.ResizeToContents)
        for at, text in enumerate(heads):
            item = self.horizontalHeaderItem(at)
            assert item is not None
            item.setToolTip(text)
            if at in (0, len(heads) - 1):
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def changeEvent(self, event: object) -> None:
        """Other sizes after a change of theme."""
        super().changeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        """As high as its lines while they are few; a long panel scrolls."""
        lines = self.rowCount()
        self.verticalHeader().setDefaultSectionSize(max(space(_LINE), self.fontMetrics().height() + space(1)))
        high = (
            self.horizontalHeader().sizeHint().height() + lines * self.verticalHeader().defaultSectionSize()
        )
        # a mark is never shortened, however narrow the room: the table is moved sideways instead
        mark_wide = self.fontMetrics().horizontalAdvance(_WIDEST) + space(_PADDING)
        self.horizontalHeader().setMinimumSectionSize(mark_wide)
        self.setMaximumHeight(high + 2)
        self.setMinimumHeight(min(high + 2, _MOST * space(_LINE)))

    @staticmethod
    def _cells(line: MarkRow) -> list[str]:
        word = {"high": Say("room.sheet.high"), "low": Say("room.sheet.low"), "": line.note}[line.struck]
        return [str(line.seat), *line.marks, line.total, str(word)]

    def _item(self, text: str, line: MarkRow, across: int, count: int) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        number = 0 < across < count - 1
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        face = item.font()
        face.setBold(across == count - 2)
        face.setStrikeOut((line.old or bool(line.struck)) and number)
        item.setFont(face)
        if line.old or line.struck or across == count - 1:
            item.setForeground(QColor(of(self).palette.quiet))
        return item


class Sheet(QFrame):
    """The table with what it comes to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="none")
        self.table = SheetTable()
        self.title = Words("", Type.CAPTION, strong=True, tone="quiet", wrap=False)
        self.value = Words("", Type.DISPLAY, strong=True, wrap=False)
        self.sentence = Words("", Type.LEAD)
        below = row(column(self.title, self.value, gap=0), self.sentence, gap=6)
        below.setStretch(1, 1)
        self.setLayout(column(self.table, below, STRETCH, gap=2))

    def show_sheet(self, sheet: SheetView) -> None:
        """Show one group's sheet."""
        self.table.show_sheet(sheet)
        self.title.say(sheet.title)
        self.value.say(sheet.value)
        self.sentence.say(sheet.sentence)
