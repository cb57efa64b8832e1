"""The journal as a list, newest first: number, time, and one sentence each, made when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Type, of, space
from ui.widgets.painting import elided, ring
from ui.words import Say, bind_name, follow
from venue_app.base import i18n
from venue_app.base.clock import local_hms
from venue_app.domain.record import Record
from venue_app.state import State
from venue_app.state.telling import Telling, tell

Index = QModelIndex | QPersistentModelIndex
_TELLING = Qt.ItemDataRole.UserRole
_RECORD = Qt.ItemDataRole.UserRole + 1
_TONES = {"": "ink", "strong": "ink", "caution": "wait"}
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class _Model(QAbstractListModel):
    def __init__(self, state: Callable[[], State], parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.records: list[Record] = []

    def put_past(self, records: Sequence[Record]) -> None:
        self.beginResetModel()
        self.records = list(records)
        self.endResetModel()

    def add(self, records: Sequence[Record]) -> None:
        self.beginInsertRows(QModelIndex(), 0, len(records) - 1)
        self.records.extend(records)
        self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.records)

    def record(self, index: Index) -> Record:
        return self.records[-1 - index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self.record(index)
        if role == _RECORD:
            return record
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{local_hms(record.at)}  {self.told(record).text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(record).text
        return self.told(record) if role == _TELLING else None

    def told(self, record: Record) -> Telling:
        return tell(self._state(), record, i18n.language())


class _Line(QStyledItemDelegate):
    """Number, time, sentence in three columns."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(0, QFontMetrics(of(self._view).font(Type.BODY)).height() + space(3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The line; what is out of the ordinary in the colour of waiting, milestones in bold."""
        theme, rect = of(self._view), QRect(option.rect)
        record, telling = index.data(_RECORD), index.data(_TELLING)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("primary_soft"))
        small = theme.font(Type.CAPTION)
        narrow = QFontMetrics(small)
        number, time = narrow.horizontalAdvance("00000"), narrow.horizontalAdvance("00:00:00")
        painter.setFont(small)
        painter.setPen(theme.colour("quiet"))
        left = rect.left() + space(2)
        painter.drawText(QRect(left, rect.top(), number, rect.height()), _RIGHT, str(record.seq))
        left += number + space(3)
        painter.drawText(QRect(left, rect.top(), time, rect.height()), _LEFT, local_hms(record.at))
        left += time + space(3)
        painter.setFont(theme.font(Type.BODY, telling.weight == "strong"))
        painter.setPen(theme.colour(_TONES[telling.weight]))
        elided(
            painter,
            QRect(left, rect.top(), rect.right() - left - space(2), rect.height()),
            _LEFT,
            telling.text,
        )
        if self._view.hasFocus() and self._view.currentIndex() == index:
            ring(painter, QRectF(rect), theme.colour("primary"))
        painter.restore()


class JournalList(QListView):
    """Every entry. `chosen` carries the record the cursor is on, or None; it stays there while new ones come."""

    chosen = Signal(object)
    away = Signal(bool)
    """Whether the newest entry is out of sight."""

    def __init__(self, state: Callable[[], State], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Model(state, self)
        self.setModel(self._lines)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(lambda at: self.away.emit(at > 0))
        bind_name(self, Say("witness.page.journal"))
        follow(self, self.retranslate)

    @property
    def records(self) -> Sequence[Record]:
        """All entries, oldest first."""
        return self._lines.records

    def put_past(self, records: Sequence[Record]) -> None:
        """What was there before this screen; entries that came meanwhile are kept."""
        known = len(records)
        later = [r for r in self._lines.records if r.seq >= known]
        self._lines.put_past([*records, *later])

    def put_only(self, records: Sequence[Record]) -> None:
        """These and no others: what came later is not yet known."""
        self._lines.put_past(records)

    def record_at(self, index: Index) -> Record:
        """The entry in a line."""
        return self._lines.record(index)

    def add(self, records: Sequence[Record]) -> None:
        """New entries; those that are here already are not listed twice. Whoever reads further down stays there."""
        last = self._lines.records[-1].seq if self._lines.records else -1
        fresh = [r for r in records if r.seq > last]
        if not fresh:
            return
        bar = self.verticalScrollBar()
        at = bar.value()
        self._lines.add(fresh)
        if at > 0:
            self.doItemsLayout()
            bar.setValue(at + len(fresh) * self.sizeHintForRow(0))

    def newest(self) -> None:
        """Back to the newest entry."""
        self.scrollToTop()
        if self._lines.records:
            self.setCurrentIndex(self._lines.index(0))

    def sentence(self, record: Record) -> str:
        """An entry in words."""
        return self._lines.told(record).text

    def retranslate(self) -> None:
        """Sentences follow the language."""
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._lines.record(now) if now.isValid() else None)
