"""Finds text that cannot be read to its end, and parts of a window that nobody can reach.

    with elisions() as seen:
        cut(window, seen)        what is said and shown only in part, with no tip that says the rest
        astray(window)           what lies outside whatever holds it

A label is measured with Qt's own layout of its words; a widget of ours that paints its words is painted by itself while
`QFontMetrics.elidedText` is listened to, so that no list of such widgets must be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPixmap, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from tests.ui.walk import everything
from ui.widgets.layout import OneLine

#: Pixels by which Qt's own rounding may differ from ours.
_ROUNDING = 1
Elisions = list[str]


@contextmanager
def elisions() -> Iterator[Elisions]:
    """Every text that was shortened to fit a width, while the block runs."""
    seen: Elisions = []
    plain = QFontMetrics.elidedText

    def listened(metrics: QFontMetrics, text: str, mode: Qt.TextElideMode, width: int, flags: int = 0) -> str:
        shown = plain(metrics, text, mode, width, flags)
        if shown != text:
            seen.append(text)
        return shown

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFontMetrics, "elidedText", listened)
        yield seen


def cut(window: QWidget, seen: Elisions) -> list[str]:
    """What is shown only in part and told in full by no tip, for the message of a failing test."""
    found = [
        f"{type(widget).__name__}: {text}"
        for widget in everything(window)
        for text in _lost(widget, seen)
        if not _told(widget, text)
    ]
    return sorted(set(found))


def _told(widget: QWidget, text: str) -> bool:
    """A tip says it: the widget's own, or that of what holds it."""
    at: QWidget | None = widget
    while at is not None:
        if text in at.toolTip():
            return True
        at = at.parentWidget()
    return False


def _lost(widget: QWidget, seen: Elisions) -> Iterator[str]:
    if isinstance(widget, QLabel):
        if not isinstance(widget, OneLine) and _overfull(widget):
            yield widget.text()
    elif isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        if widget.fontMetrics().horizontalAdvance(widget.currentText()) > field.width() + _ROUNDING:
            yield widget.currentText()
    elif isinstance(widget, QLineEdit):
        hint = widget.placeholderText() if not widget.text() else ""
        if widget.fontMetrics().horizontalAdvance(hint) > widget.width() - 8:
            yield hint
    elif isinstance(widget, QTabBar):
        if not widget.usesScrollButtons():
            yield from (widget.tabText(at) for at in _narrow_tabs(widget))
    elif isinstance(widget, QHeaderView):
        yield from _narrow_titles(widget)
    elif isinstance(widget, QTreeView):
        yield from _narrow_branches(widget)
    elif isinstance(widget, QTableView):
        yield from _narrow_cells(widget)
    elif (
        isinstance(widget, QAbstractButton)
        and widget.text()
        and not _smaller(widget.sizeHint(), widget.size())
    ):
        yield widget.text()
    if any("paintEvent" in vars(one) for one in type(widget).__mro__ if one.__module__.startswith("ui.")):
        yield from _shortened(widget, seen)


def _overfull(label: QLabel) -> bool:
    """Whether words of a label run beyond it; pictures have none."""
    if not label.text():
        return False
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        needs = metrics.boundingRect(
            QRect(0, 0, room.width(), 1 << 20), int(Qt.TextFlag.TextWordWrap), label.text()
        )
        return needs.height() > room.height() + 2 * _ROUNDING or needs.width() > room.width() + 2 * _ROUNDING
    needs = metrics.boundingRect(QRect(0, 0, 1 << 20, 1 << 20), 0, label.text())
    return needs.width() > room.width() + _ROUNDING or needs.height() > room.height() + 2 * _ROUNDING


def _smaller(one: QSize, other: QSize) -> bool:
    return one.width() <= other.width() + _ROUNDING and one.height() <= other.height() + _ROUNDING


def _narrow_tabs(bar: QTabBar) -> Iterator[int]:
    for at in range(bar.count()):
        if bar.fontMetrics().horizontalAdvance(bar.tabText(at)) > bar.tabRect(at).width():
            yield at


def _narrow_titles(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if header.orientation() != Qt.Orientation.Horizontal or model is None:
        return
    role = Qt.ItemDataRole
    for at in range(header.count()):
        if header.isSectionHidden(at):
            continue
        title = str(model.headerData(at, header.orientation(), role.DisplayRole) or "")
        tip = str(model.headerData(at, header.orientation(), role.ToolTipRole) or "")
        if title not in tip and header.fontMetrics().horizontalAdvance(title) > header.sectionSize(at):
            yield title


def _narrow_cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for down in range(model.rowCount()):
        for at in range(model.columnCount()):
            index = model.index(down, at)
            text = str(index.data() or "")
            tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            wide = table.visualRect(index).width()
            if wide and text not in tip and table.fontMetrics().horizontalAdvance(text) > wide:
                yield text


def _narrow_branches(tree: QTreeView) -> Iterator[str]:
    model = tree.model()
    heads = [model.index(down, 0) for down in range(model.rowCount())]
    while heads:
        index = heads.pop()
        heads += [model.index(down, 0, index) for down in range(model.rowCount(index))]
        for at in range(model.columnCount(index.parent())):
            cell = index.siblingAtColumn(at)
            text = str(cell.data() or "")
            tip = str(cell.data(Qt.ItemDataRole.ToolTipRole) or "")
            wide = tree.visualRect(cell).width()
            if wide and text not in tip and tree.fontMetrics().horizontalAdvance(text) > wide:
                yield text


def _shortened(widget: QWidget, seen: Elisions) -> list[str]:
    if widget.width() < 1 or widget.height() < 1:
        return []
    seen.clear()
    sheet = QPixmap(widget.size())
    widget.render(sheet, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return list(dict.fromkeys(seen))


def astray(window: QWidget) -> list[str]:
    """What lies partly outside what holds it and cannot be scrolled to, for the message of a failing test."""
    return [
        f"{type(w).__name__} {_words(w)!r} {w.geometry().getRect()} in {type(w.parentWidget()).__name__}"
        f" {_holder(w).size().toTuple()}"
        for w in everything(window)
        if w is not window and not w.isWindow() and _sticks_out(w)
    ]


def _sticks_out(widget: QWidget) -> bool:
    holder = _holder(widget)
    around = holder.parentWidget()
    place, room = widget.geometry(), holder.rect()
    if isinstance(holder, QAbstractItemView | QTabBar | QComboBox) or isinstance(widget, QScrollBar):
        return False
    if isinstance(around, QAbstractScrollArea) and holder is around.viewport():
        if isinstance(around, QAbstractItemView):
            return False
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        wide = around.horizontalScrollBarPolicy() == off and place.width() > room.width() + _ROUNDING
        high = around.verticalScrollBarPolicy() == off and place.height() > room.height() + _ROUNDING
        return wide or high
    return not room.adjusted(-_ROUNDING, -_ROUNDING, _ROUNDING, _ROUNDING).contains(place)


def _holder(widget: QWidget) -> QWidget:
    holder = widget.parentWidget()
    assert holder is not None
    return holder


def _words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return text or widget.accessibleName()
