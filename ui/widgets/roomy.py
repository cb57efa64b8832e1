"""A page that fills the room it is given, and scrolls where that is less than the page can do with.

The proctor's laptop may be small and its type large: no page may force the window to grow beyond the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Roomy(QScrollArea):
    """See the module. `sideways` False: as wide as the page needs, and scrolls only down."""

    def __init__(
        self, page: QWidget | None = None, *, sideways: bool = True, parent: QWidget | None = None
    ) -> None:
        """Without a page: one that is built inside `viewport()` is given to `hold` later, and need not move."""
        super().__init__(parent)
        self.page: QWidget | None = None
        self._sideways = sideways
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if page is not None:
            self.hold(page)

    def hold(self, page: QWidget) -> None:
        """The page that is shown here."""
        self.page = page
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page needs more than before, or less."""
        done = super().eventFilter(watched, event)
        if watched is self.page is not None and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.StyleChange,
        ):
            self.updateGeometry()
            self._fit()
        return done

    def minimumSizeHint(self) -> QSize:
        """A window may be made as small as it likes."""
        least = super().minimumSizeHint()
        if self._sideways or self.page is None:
            return least
        return QSize(self.page.minimumSizeHint().width(), least.height())

    def sizeHint(self) -> QSize:
        """What the page would like."""
        return super().sizeHint() if self.page is None else self.page.sizeHint()

    def _fit(self) -> None:
        if self.page is None:
            return
        room, needs = self.maximumViewportSize(), self.page.minimumSizeHint()
        if needs.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        if needs.width() > room.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        self.page.resize(room.expandedTo(needs))
