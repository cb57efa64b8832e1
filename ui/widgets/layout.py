"""Rows, columns, cards and words, so that no screen sets a margin or a font by hand.

column(title, body, button, gap=2, margin=4)     gap and margin in steps of four pixels
row(left, STRETCH, right)
card(column(...))                                a surface with its hairline
Words(Say("room.queue.title"), Type.TITLE, strong=True)
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import HAIRLINE, Type, mark, set_type, space
from ui.words import Text, bind_text


class _Stretch:
    pass


STRETCH = _Stretch()
"""Stands in `row` and `column` for the room that is left over."""

Part = QWidget | QLayout | _Stretch


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], gap: float, margin: float) -> None:
    layout.setSpacing(space(gap))
    edge = space(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addStretch(1)


def column(*parts: Part, gap: float = 2, margin: float = 0) -> QVBoxLayout:
    """Parts below each other."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap, margin)
    return layout


def row(*parts: Part, gap: float = 2, margin: float = 0) -> QHBoxLayout:
    """Parts beside each other."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap, margin)
    return layout


def holder(layout: QLayout, ground: str = "none") -> QFrame:
    """A frame around a layout; `ground` as the style sheet knows it: none, card, paper, surface, sunken, *_soft."""
    frame = QFrame()
    frame.setLayout(layout)
    mark(frame, ground=ground)
    return frame


def card(layout: QLayout) -> QFrame:
    """White paper with a hairline: what belongs together."""
    return holder(layout, "card")


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    mark(line, ground="rule")
    line.setFixedHeight(HAIRLINE)
    return line


class _Downwards(QScrollArea):
    """No narrower than what it holds, which nobody could move sideways."""

    def minimumSizeHint(self) -> QSize:
        """As wide as its contents with the scroll bar, and a few lines high."""
        least, inner = super().minimumSizeHint(), self.widget()
        if inner is None:
            return least
        wide = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), wide), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other contents, another width."""
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done


def scrolled(inner: QWidget) -> QScrollArea:
    """`inner` in an area that scrolls down and never sideways; takes no focus itself."""
    area = _Downwards()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    mark(inner, ground="none")
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


class Words(QLabel):
    """Text on the scale that follows language and theme; wraps unless told not to."""

    def __init__(
        self,
        text: Text = "",
        size: Type = Type.BODY,
        *,
        strong: bool = False,
        tone: str = "ink",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        set_type(self, size, strong=strong)
        mark(self, tone=tone)
        bind_text(self, text)

    def say(self, text: Text) -> None:
        """Show another text."""
        bind_text(self, text)

    def set_tone(self, tone: str) -> None:
        """ink, quiet, primary, done, wait, alarm, seal."""
        mark(self, tone=tone)


class OneLine(Words):
    """Words that take what room there is and end in an ellipsis where it is not enough; the tip says all."""

    def __init__(
        self, text: Text = "", size: Type = Type.BODY, *, strong: bool = False, tone: str = "ink"
    ) -> None:
        super().__init__(text, size, strong=strong, tone=tone, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show a text; all of it is the tip."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much as fits."""
        painter = QPainter(self)
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
