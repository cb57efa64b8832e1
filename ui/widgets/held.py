"""A button for final acts: it counts only when held until it has filled.

    send = HeldButton(Say("station.send"))            about a second by mouse, finger, Space or Enter
    send.held.connect(...)                            once a hold; `clicked` is never sent

Let go early and nothing happens; the hint underneath says so. It lets go by itself when it is put away,
cannot be pressed any more, or says something else than when it was taken: that was not what was meant.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import RING, Type, of, space
from ui.widgets.buttons import Button
from ui.widgets.painting import box, painting, ring
from ui.words import Say, Text, bind
from venue_app.base.clock import SystemClock

HOLD_MS = 1000
_FRAME_MS = 16
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HeldButton(Button):
    """Held until filled. `tone`: primary, seal, alarm."""

    held = Signal()
    _since: int | None = None

    def __init__(
        self,
        text: Text = "",
        *,
        tone: str = "primary",
        size: Type = Type.LEAD,
        hold_ms: int = HOLD_MS,
        now_ms: Callable[[], int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, kind="primary", size=size, parent=parent)
        self._tone, self._hold_ms = tone, hold_ms
        self._now = now_ms or SystemClock().mono_ms
        self._spent = False
        self._hint = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.tick)
        bind(self, "setHint", Say("ui.hold.hint"))

    def say(self, text: Text) -> None:
        """Show another text; who held the button for the former one has let go."""
        before = self.text()
        super().say(text)
        if self._since is not None and self.text() != before:
            self.let_go()

    def setHint(self, text: str) -> None:
        """The line under the words: how it is pressed."""
        self._hint = text
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """primary, seal or alarm."""
        self._tone = tone
        self.update()

    @property
    def progress(self) -> float:
        """How far it is filled, 0 to 1."""
        if self._spent:
            return 1.0
        if self._since is None:
            return 0.0
        return min(1.0, (self._now() - self._since) / self._hold_ms)

    def tick(self) -> None:
        """Look at the time; the moment it has been held long enough, act."""
        if self._since is None:
            return
        if not self.isDown() or not self.isEnabled() or self.isHidden():
            self.let_go()
            return
        if self.progress >= 1.0:
            self._timer.stop()
            self._since, self._spent = None, True
            self.held.emit()
        self.update()

    def take(self) -> None:
        """Begin to hold, as a finger does."""
        self._since, self._spent = self._now(), False
        bind(self, "setHint", Say("ui.hold.hint"))
        self.setDown(True)
        self._timer.start()

    def let_go(self) -> None:
        """It is not held any more."""
        self._timer.stop()
        if self._since is not None:
            bind(self, "setHint", Say("ui.hold.early"))
        self._since, self._spent = None, False
        self.setDown(False)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start to fill."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.take()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Sliding off lets go."""
        if self._since is not None and not self.rect().contains(event.position().toPoint()):
            self.let_go()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go; a press without holding does nothing."""
        self.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter are held like a finger; the keyboard's repeats do not count as presses."""
        if event.key() not in _KEYS:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.take()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go, unless it is only the keyboard repeating."""
        if event.key() not in _KEYS:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.let_go()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever looks elsewhere has let go."""
        self.let_go()
        super().focusOutEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the words and the hint."""
        base = super().sizeHint()
        face = of(self).font(Type.CAPTION)
        hint = _metrics_of(face, self._hint)
        return QSize(max(base.width(), hint.width() + 2 * space(4)), base.height() + hint.height() - space(1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pale ground in its tone, filled from the left while held; the words turn with it."""
        theme = of(self)
        tone = theme.colour(self._tone if self.isEnabled() else "quiet")
        ground = theme.colour(f"{self._tone}_soft" if self.isEnabled() else "paper")
        inset = 2 * RING if self.hasFocus() else 0
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        with painting(self) as painter:
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary"))
            box(painter, body, ground, tone if self.isEnabled() else theme.colour("line"), RING)
            painter.setPen(tone)
            self._words(painter)
            if self.progress > 0:
                painter.setClipRect(QRectF(0, 0, body.left() + body.width() * self.progress, self.height()))
                box(painter, body, tone)
                painter.setPen(theme.colour("on_fill"))
                self._words(painter)

    def _words(self, painter: QPainter) -> None:
        theme = of(self)
        painter.setFont(self.font())
        big, small = (
            painter.fontMetrics().height(),
            _metrics_of(theme.font(Type.CAPTION), self._hint).height(),
        )
        top = (self.height() - big - small) // 2
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(0, top, self.width(), big), middle, self.text())
        painter.setFont(theme.font(Type.CAPTION))
        painter.drawText(QRect(0, top + big, self.width(), small), middle, self._hint)


def _metrics_of(face: QFont, text: str) -> QSize:
    metrics = QFontMetrics(face)
    return QSize(metrics.horizontalAdvance(text), metrics.height())
