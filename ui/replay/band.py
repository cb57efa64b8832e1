"""The band across the window that nobody takes for a live event: dark, striped at both ends, «回放» large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme, Type, of, space
from ui.widgets.painting import elided, painting
from ui.words import Say, Text, bind

_STRIPES = 7


class ReplayBand(QWidget):
    """The word, what it means, and which moment is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = self.what = self.moment = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bind(self, "setWord", Say("replay.band.word"))
        bind(self, "setWhat", Say("replay.band.what"))

    def setWord(self, text: str) -> None:
        """The large word."""
        self.word = text
        self._told()

    def setWhat(self, text: str) -> None:
        """What it means."""
        self.what = text
        self._told()

    def setMoment(self, text: str) -> None:
        """Which moment is shown."""
        if text != self.moment:
            self.moment = text
            self._told()

    def show_moment(self, text: Text) -> None:
        """Show another moment."""
        bind(self, "setMoment", text)

    def _told(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self.word, self.what, self.moment) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """A line of the largest words of a page."""
        return QSize(space(100), QFontMetrics(of(self).font(Type.DISPLAY, True)).height() + space(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stripes, the word, the sentence, the moment."""
        theme = of(self)
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("ink"))
            wide = _STRIPES * space(4)
            self._stripes(painter, theme, QRectF(0, 0, wide, self.height()))
            self._stripes(painter, theme, QRectF(self.width() - wide, 0, wide, self.height()))
            inner = self.rect().adjusted(wide + space(4), 0, -wide - space(4), 0)
            painter.setPen(theme.colour("paper"))
            inner = self._say(painter, theme, inner, self.word, Type.DISPLAY)
            time = QFontMetrics(theme.font(Type.TITLE, True)).horizontalAdvance(self.moment)
            rest = inner.adjusted(0, 0, -time - space(6), 0)
            painter.setFont(theme.font(Type.LEAD))
            elided(painter, rest, _LEFT, self.what)
            painter.setFont(theme.font(Type.TITLE, True))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.moment)

    def _say(self, painter: QPainter, theme: Theme, rect: QRect, text: str, size: Type) -> QRect:
        """One part, and the room that is left to its right."""
        painter.setFont(theme.font(size, True))
        painter.drawText(rect, _LEFT, text)
        return rect.adjusted(painter.fontMetrics().horizontalAdvance(text) + space(6), 0, 0, 0)

    def _stripes(self, painter: QPainter, theme: Theme, rect: QRectF) -> None:
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("wait"))
        step, high = rect.width() / _STRIPES, rect.height()
        left = rect.left() - high
        while left < rect.right():
            corners = ((left, high), (left + high, 0), (left + high + step / 2, 0), (left + step / 2, high))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            left += step
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
