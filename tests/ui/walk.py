"""Walks over a window as somebody without a mouse, without colours or with large fingers would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.screens.hall.painted import Line
from ui.shots import makers, settle
from ui.widgets.layout import Words

#: Times of day and digests are another each time a page is made.
_MOMENT = re.compile(r"\d\d:\d\d(?::\d\d)?|\b[0-9A-Fa-f]{4,}\b")
_PRESSED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)


def shown(qtbot: QtBot, name: str) -> QWidget:
    """The page of this name as it is on the smallest screen, settled."""
    page = makers([name])[name]()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    settle()
    return page


def unsaid(qtbot: QtBot, shots: Mapping[str, Callable[[], QWidget]], area: str) -> list[str]:
    """Keys of the area's catalogue that stand where a sentence should, over all pictures in the language of now."""
    found = []
    for make in shots.values():
        view = make()
        qtbot.addWidget(view)
        assert view.grab().width() > 0
        found += [w.text() for w in view.findChildren(Words) if f"{area}." in w.text()]
    return found


def drop(page: QWidget, *paths: Path) -> None:
    """Files of this machine are let go over the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def everything(window: QWidget) -> list[QWidget]:
    """The window and all it holds that can be seen."""
    return [w for w in (window, *window.findChildren(QWidget)) if w.isVisibleTo(window)]


def tab_stops(window: QWidget) -> list[QWidget]:
    """What Tab stops at."""
    return [
        w
        for w in everything(window)
        if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]


def spoken_name(widget: QWidget) -> str:
    """What a screen reader says first."""
    told = QAccessible.queryAccessibleInterface(widget)
    name = told.text(QAccessible.Text.Name) if told is not None else ""
    return (name or widget.accessibleName()).strip()


def nameless(window: QWidget) -> list[str]:
    """Tab stops without a name, for the message of a failing test."""
    return [repr(w) for w in tab_stops(window) if not spoken_name(w)]


def said(window: QWidget) -> list[tuple[str, str, str]]:
    """Every word of a window that can be seen or heard, with whose it is: for comparing it before and after."""
    found: list[tuple[str, str, str]] = []
    for widget in everything(window):
        kind = type(widget).__name__
        found += [(kind, what, _MOMENT.sub("…", words)) for what, words in _words(widget) if words]
    return sorted(found)


def _words(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tip", widget.toolTip()
    yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield "text", widget.text()
    if isinstance(widget, QLineEdit):
        yield "hint", widget.placeholderText()
    if isinstance(widget, Line):
        yield "line", widget.text
    if isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(at)) for at in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (("item", widget.itemText(at)) for at in range(widget.count()))
    if isinstance(widget, QTableView):
        yield from _cells(widget)


def _cells(table: QTableView) -> Iterator[tuple[str, str]]:
    model = table.model()
    across = range(model.columnCount())
    yield from (("head", str(model.headerData(at, Qt.Orientation.Horizontal) or "")) for at in across)
    for down in range(model.rowCount()):
        yield from (("cell", str(model.index(down, at).data() or "")) for at in across)


def too_small(window: QWidget, least: int) -> list[str]:
    """What is pressed and is smaller than `least` pixels either way."""
    inside = (QAbstractSpinBox, QComboBox)
    return [
        f"{w!r} {w.width()}x{w.height()}"
        for w in everything(window)
        if isinstance(w, _PRESSED)
        and not isinstance(w.parent(), (*inside, QScrollBar))
        and w.objectName() != "qt_tableview_cornerbutton"
        and (w.width() < least or w.height() < least)
    ]
