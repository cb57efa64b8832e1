"""The station's one window: a head, and one page at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.screens.station import view as v
from ui.screens.station.head import Head
from ui.screens.station.looks import LooksMenu
from ui.screens.station.over import ConnectingPage, OverPage
from ui.screens.station.review import ReviewPage
from ui.screens.station.score import ScorePage
from ui.screens.station.wait import WaitPage
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, mark
from ui.widgets.joining import JoinForm, JoinWords
from ui.widgets.layout import rule
from ui.widgets.notices import ErrorBanner
from ui.words import Say, bind


def _joining() -> JoinForm:
    made = JoinForm(
        JoinWords(
            Say("station.join.title"),
            Say("station.join.lead"),
            Say("station.join.go"),
            Say("station.join.device"),
            Say("station.join.device_hint"),
        )
    )
    bind(made.name, "setText", Say("station.join.device_default"))
    return made


class StationWindow(QWidget):
    """Shows a `StationView`, or the joining page. `close_asked` comes instead of closing."""

    close_asked = Signal()

    def __init__(self, now_ms: Callable[[], int]) -> None:
        super().__init__()
        self._may_close = False
        self.head = Head(now_ms)
        self.line = rule()
        self.banner = ErrorBanner()
        self.join, self.score, self.review = _joining(), ScorePage(), ReviewPage()
        self.wait, self.over, self.connecting = WaitPage(), OverPage(), ConnectingPage()
        self.looks = LooksMenu(self)
        self.head.looks.connect(lambda: self.looks.open_at(self.head.menu))
        self.stack = QStackedWidget()
        for page in (self.join, self.connecting, self.wait, self.score, self.review, self.over):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.line)
        layout.addWidget(self.banner)
        layout.addWidget(self.stack, 1)
        bind(self, "setWindowTitle", Say("station.name"))
        mark(self, ground="paper")
        self.resize(PAGE_WIDTH, PAGE_HEIGHT)
        self.show_joining()

    def show_joining(self) -> None:
        """Ask for a seat."""
        self._head(None)
        self.stack.setCurrentWidget(self.join)

    def show_station(self, view: v.StationView) -> None:
        """Show a picture."""
        self._head(view.head)
        body = view.body
        page: QWidget
        match body:
            case v.ScoreView():
                self.score.show_score(body)
                page = self.score
            case v.ReviewView():
                self.review.show_review(body)
                page = self.review
            case v.WaitView():
                self.wait.show_wait(body)
                page = self.wait
            case v.OverView():
                self.over.show_over(body)
                page = self.over
            case v.ConnectingView():
                self.connecting.show_connecting(body)
                page = self.connecting
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            if page is self.review:
                self.review.edit.setFocus()
            elif page is self.score:
                self.score.focus_first()

    def _head(self, head: v.HeadView | None) -> None:
        self.head.setVisible(head is not None)
        self.line.setVisible(head is not None)
        if head is not None:
            self.head.show_head(head)

    def let_close(self) -> None:
        """All is safe: close now."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first; whoever hears it may let it close at once."""
        if not self._may_close:
            self.close_asked.emit()
        event.setAccepted(self._may_close)
