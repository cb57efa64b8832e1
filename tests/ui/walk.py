"""Walks over a window as somebody without a mouse, without colours or with large fingers would."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_PRESSED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)


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
