"""A spreadsheet as it is, with marked cells.

    grid = GridView()
    grid.show_sheet(rows, {(2, 3): CellMark("alarm", Say("roster.finding.identity"))})
    grid.go_to(2, 3)                     rows and columns from 0
    grid.cell_chosen.connect(...)        row, column

Only what is seen is drawn, so a sheet of 100,000 rows opens at once. Nothing can be edited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import RING, of, space
from ui.words import Say, Text, bind_name, follow

Index = QModelIndex | QPersistentModelIndex
_LETTERS = 26
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is the matter with a cell; the text is its tool tip and its accessible description."""

    tone: Literal["alarm", "wait", "done", "primary"]
    text: Text


def column_letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA: as spreadsheets name columns."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


class SheetModel(QAbstractTableModel):
    """Rows of text with marks by (row, column)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Sequence[str]] = ()
        self._marks: Mapping[tuple[int, int], CellMark] = {}
        self._columns = 0

    def load(self, rows: Sequence[Sequence[str]], marks: Mapping[tuple[int, int], CellMark]) -> None:
        """Take another sheet."""
        self.beginResetModel()
        self._rows, self._marks = rows, marks
        self._columns = max((len(row) for row in rows), default=0)
        self.endResetModel()

    def mark_at(self, index: Index) -> CellMark | None:
        """The mark of a cell."""
        return self._marks.get((index.row(), index.column()))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows of the sheet."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns of the widest row."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; what is the matter with it as tip and description."""
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        found = self.mark_at(index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole) and found:
            return f"{text}\n{found.text}" if role == Qt.ItemDataRole.ToolTipRole else str(found.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A, B, C and 1, 2, 3."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)


class _MarkedCells(QStyledItemDelegate):
    """A tint under the text, a corner and an outline over it: seen without colour too."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell as ever, then its mark."""
        model = index.model()
        found = model.mark_at(index) if isinstance(model, SheetModel) else None
        theme = of(self._view)
        if found is not None:
            painter.fillRect(QRect(option.rect), theme.colour(f"{found.tone}_soft"))
        super().paint(painter, option, index)
        if found is None:
            return
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(found.tone))
        edge = theme.scale.px(8)
        right, top = rect.right() + 1, rect.top()
        painter.drawPolygon(
            QPolygonF([QPointF(right - edge, top), QPointF(right, top), QPointF(right, top + edge)])
        )
        painter.fillRect(
            QRect(rect.left(), rect.bottom() - RING + 1, rect.width(), RING), theme.colour(found.tone)
        )
        painter.restore()


class GridView(QTableView):
    """The sheet; arrows move, Enter chooses a cell, Tab leaves."""

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SheetModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_MarkedCells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        bind_name(self, Say("ui.grid.name"))
        follow(self, self.retranslate)
        self.activated.connect(lambda index: self.cell_chosen.emit(index.row(), index.column()))
        self.clicked.connect(lambda index: self.cell_chosen.emit(index.row(), index.column()))

    def retranslate(self) -> None:
        """Tips are looked up when shown; rows follow the type size."""
        self.viewport().update()

    def show_sheet(
        self, rows: Sequence[Sequence[str]], marks: Mapping[tuple[int, int], CellMark] | None = None
    ) -> None:
        """Show a sheet; a row may be shorter than others."""
        self._model.load(rows, marks or {})
        self.ensurePolished()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + space(2))
        self.resizeColumnsToContents()
        widest = of(self).scale.px(space(80))
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, min(widest, self.columnWidth(column) + space(3)))

    def go_to(self, row: int, column: int) -> None:
        """Bring a cell into the middle and put the cursor on it."""
        index = self._model.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
