"""Bringing a screen up to date only while somebody sees it, and at once when it is turned to.

self._seen = WhenSeen(self.widget, self.refresh)
bridge.changed.connect(self._seen.touch)
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """Lives and ends with the widget it watches."""

    def __init__(self, widget: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._refresh = widget, refresh
        self._stale = False
        widget.installEventFilter(self)

    def touch(self, _change: object = None) -> None:
        """Something changed: refresh now when it is seen, else when it is."""
        if self._widget.isVisible():
            self._refresh()
        else:
            self._stale = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The moment it is shown."""
        if watched is self._widget and event.type() == QEvent.Type.Show and self._stale:
            self._stale = False
            self._refresh()
        return False
