"""A table of rows that are only read: lots, results, forms.

    table = RowsTable((Column(Say("draw_screen.lot"), "right", "000"), Column(Say("draw_screen.name"), stretch=True)))
    table.show_rows([Row("E001", (Cell("1", strong=True), "罗静宜")), Row("", (Say("..."),), heading=True)])
    table.row_changed.connect(...)       the id of the row the cursor came to
    table.opened.connect(...)            id and column of a cell that was clicked or entered upon

A heading spans the table and cannot be chosen. The cursor stays on its row when rows change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import Type, of, space
from ui.widgets.painting import ring
from ui.words import Text, bind_name, follow

_STRETCH_LEAST = 208
"""Pixels, at the ordinary type size, that a stretching column asks for at most."""
Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, where its words stand, and a `sample` as wide as they get."""

    title: Text
    align: Literal["left", "right", "center"] = "left"
    sample: str = ""
    stretch: bool = False
    tip: Text = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with their looks. `ground` is a token of the theme, such as `done_soft`."""

    text: Text
    tone: str = "ink"
    strong: bool = False
    struck: bool = False
    ground: str = ""
    tip: Text = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a `heading` has one cell that spans the table."""

    id: str
    cells: tuple[Cell | Text, ...]
    heading: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column, empty beyond the last."""
        if column >= len(self.cells):
            return Cell("")
        found = self.cells[column]
        return found if isinstance(found, Cell) else Cell(found)


class _Model(QAbstractTableModel):
    def __init__(self, columns: tuple[Column, ...], view: QTableView) -> None:
        super().__init__(view)
        self.columns = columns
        self.rows: tuple[Row, ...] = ()
        self._view = view

    def take(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def replace_cells(self, rows: tuple[Row, ...]) -> None:
        """New words in the same rows: the cursor and the scroll bar stay."""
        changed = [at for at, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
        self.rows = rows
        if changed:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], last))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        cell = row.cell(index.column())
        theme = of(self._view)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return str(cell.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(cell.tip or cell.text)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(cell.tone)
        if role == Qt.ItemDataRole.BackgroundRole:
            ground = cell.ground or ("sunken" if row.heading else "")
            return theme.colour(ground) if ground else None
        if role == Qt.ItemDataRole.FontRole:
            face: QFont = theme.font(Type.BODY, cell.strong or row.heading)
            face.setStrikeOut(cell.struck)
            return face
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "left" if row.heading else self.columns[index.column()].align
            return _ALIGN[side] | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(column.tip or column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None


class _Ring(QStyledItemDelegate):
    """The cell the cursor is on has a ring, so that it is seen on every ground."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell as ever, then its ring."""
        super().paint(painter, option, index)
        here = self._view.currentIndex()
        if here.isValid() and here == index and self._view.hasFocus():
            painter.save()
            ring(painter, QRectF(QRect(option.rect)), of(self._view).colour("primary"))
            painter.restore()


class RowsTable(QTableView):
    """See the module."""

    row_changed = Signal(str)
    opened = Signal(str, int)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: Text = "",
        by_row: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows_model = _Model(tuple(columns), self)
        self._by_row = by_row
        self._least: dict[int, int] = {}
        self.setModel(self._rows_model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        if by_row:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegate(_Ring(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        if name:
            bind_name(self, name)
        follow(self, self.retranslate)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows_model.rows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._rows_model.columns

    @property
    def current_id(self) -> str:
        """The id of the row the cursor is on, empty when there is none."""
        at = self.currentIndex()
        return self.rows[at.row()].id if at.isValid() else ""

    def show_rows(self, rows: Sequence[Row], columns: Sequence[Column] | None = None) -> None:
        """Show rows; with `columns` the table changes its columns too."""
        new_rows = tuple(rows)
        new_columns = self.columns if columns is None else tuple(columns)
        if new_rows == self.rows and new_columns == self.columns:
            return
        if new_columns == self.columns and _shape(new_rows) == _shape(self.rows):
            self._rows_model.replace_cells(new_rows)
            return
        kept, column = self.current_id, max(0, self.currentIndex().column())
        self.clearSpans()
        self._rows_model.take(new_columns, new_rows)
        for at, row in enumerate(new_rows):
            if row.heading:
                self.setSpan(at, 0, 1, len(new_columns))
        self._measure()
        if kept:
            self.choose(kept, column)

    def choose(self, row_id: str, column: int = 0) -> None:
        """Put the cursor on a row and bring it into sight; unknown ids change nothing."""
        for at, row in enumerate(self.rows):
            if row.id == row_id and not row.heading:
                index = self._rows_model.index(at, column)
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                if self._by_row:
                    flag |= QItemSelectionModel.SelectionFlag.Rows
                self.selectionModel().setCurrentIndex(index, flag)
                self.scrollTo(index)
                return

    def retranslate(self) -> None:
        """Words and widths follow the language."""
        self._rows_model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._measure()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        theme = of(self)
        face, bold = QFontMetrics(theme.font(Type.BODY)), QFontMetrics(theme.font(Type.BODY, True))
        head = QFontMetrics(theme.font(Type.CAPTION))
        self.verticalHeader().setDefaultSectionSize(face.height() + space(3))
        header = self.horizontalHeader()
        self._least.clear()
        for at, column in enumerate(self.columns):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            words = (str(row.cell(at).text) for row in self.rows if not row.heading)
            wide = max((bold.horizontalAdvance(w) for w in words), default=0) if not column.sample else 0
            wide = max(wide, bold.horizontalAdvance(column.sample), head.horizontalAdvance(str(column.title)))
            wide += space(6)
            if column.stretch:
                self._least[at] = min(wide, theme.scale.px(_STRETCH_LEAST))
            self.setColumnWidth(at, self._least.get(at, wide))
        header.setMinimumHeight(head.height() + space(4))
        self._stretch()

    def _stretch(self) -> None:
        """Columns that stretch share what is left, and keep their least where nothing is."""
        taken = sum(self.columnWidth(at) for at in range(len(self.columns)) if at not in self._least)
        left = self.viewport().width() - taken
        for at, least in self._least.items():
            self.setColumnWidth(at, max(least, left // len(self._least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last bit of room goes to the columns that stretch."""
        super().resizeEvent(event)
        self._stretch()

    def _open(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if not row.heading:
            self.opened.emit(row.id, index.column())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self.rows[now.row()].heading:
            self.row_changed.emit(self.rows[now.row()].id)

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens the cell the cursor is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)


def _shape(rows: tuple[Row, ...]) -> list[tuple[str, bool]]:
    return [(row.id, row.heading) for row in rows]
