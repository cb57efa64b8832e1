"""The window on the projector: full screen, dark, no pointer, nothing to press."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.hall.pages import WALL_MS, HallPages
from ui.screens.hall.presses import Presses
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH
from ui.words import Say, bind


class HallWindow(QWidget):
    """`place` puts it on a screen; with one screen only it stays an ordinary window."""

    closed = Signal()

    def __init__(self, now_ms: Callable[[], int], wall_ms: Callable[[], int] = WALL_MS) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.pages = HallPages(now_ms, wall_ms=wall_ms)
        self.presses = Presses(self)
        self.presses.typed.connect(self.pages.lots.stage.show_typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        bind(self, "setWindowTitle", Say("hall.window"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.resize(PAGE_WIDTH, PAGE_HEIGHT)
        self._screen: QScreen | None = None
        self._lost = False
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._screen_gone)
        app.screenAdded.connect(self._screen_came)

    def place(self, screen: QScreen | None) -> None:
        """Show on `screen`, full; None shows an ordinary window here."""
        self._screen, self._lost = screen, False
        if screen is None:
            self.showNormal()
            return
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def _screen_gone(self, screen: QScreen) -> None:
        """The projector was unplugged: a small window that takes no focus, never the proctor's own screen covered."""
        if screen is self._screen:
            self._screen, self._lost = None, True
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.showNormal()
            self.resize(PAGE_WIDTH // 2, PAGE_HEIGHT // 2)

    def _screen_came(self, screen: QScreen) -> None:
        """The projector is back: there again, full, as if nothing had been."""
        if self._lost:
            self._lost = False
            self.place(screen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves full screen and F11 comes back to it; while lots are turned over, whoever stands here presses."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        elif event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif self.turning:
            self.presses.take(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere is a press too."""
        if self.turning and event.button() == Qt.MouseButton.LeftButton:
            self.presses.pressed.emit()

    @property
    def turning(self) -> bool:
        """Whether the hall sees lots being turned over: never while the projector is gone."""
        return not self._lost and self.pages.stack.currentWidget() is self.pages.lots

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the hall sees nothing any more."""
        super().closeEvent(event)
        self.closed.emit()


def second_screen(mine: QScreen | None) -> QScreen | None:
    """A display that is not the proctor's, the first there is."""
    return next((s for s in QGuiApplication.screens() if s is not mine), None)
