"""A large button with a sign, a name and what lies behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import HAIRLINE, RING, Theme, Type, of, space
from ui.widgets.icons import icon
from ui.widgets.painting import box, painting, ring
from ui.words import Text, bind

_WIDTH = 240
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class Door(QPushButton):
    """One of the ways in; checkable ones are a choice among several."""

    def __init__(
        self, title: Text, what: Text, sign: str, *, keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._what = ""
        self._sign, self._keys = sign, keys
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bind(self, "setText", title)
        bind(self, "setAccessibleName", title)
        bind(self, "setWhat", what)

    def setWhat(self, text: str) -> None:
        """One sentence on what lies behind it."""
        self._what = text
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _left(self, theme: Theme) -> int:
        return space(5) + theme.scale.px(28) + space(4)

    def sizeHint(self) -> QSize:
        """A line for the name, two for what lies behind it."""
        theme = of(self)
        title, what = QFontMetrics(theme.font(Type.LEAD, True)), QFontMetrics(theme.font(Type.BODY))
        return QSize(theme.scale.px(_WIDTH), title.height() + 2 * what.height() + space(9))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, sign, name, sentence, keys."""
        theme = of(self)
        chosen = self.isChecked()
        with painting(self) as painter:
            self._paint_ground(painter, theme, chosen)
            edge = theme.scale.px(28)
            title = theme.font(Type.LEAD, True)
            line = QFontMetrics(title).height()
            sign = icon(self._sign, theme.colour("primary"), edge, self.devicePixelRatioF())
            sign.paint(painter, QRect(space(5), space(4) + (line - edge) // 2, edge, edge))
            left = self._left(theme)
            wide = self.width() - left - space(4)
            painter.setFont(title)
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRect(left, space(4), wide, line), Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.setPen(theme.colour("quiet"))
            if self._keys:
                painter.setFont(theme.font(Type.CAPTION))
                corner = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(QRect(left, space(4), wide, line), corner, self._keys)
            painter.setFont(theme.font(Type.BODY))
            rest = QRect(left, space(4) + line + space(1), wide, self.height() - line - space(7))
            painter.drawText(rest, _WRAP, self._what)

    def _paint_ground(self, painter: QPainter, theme: Theme, chosen: bool) -> None:
        whole = QRectF(self.rect())
        hot = self.underMouse() or self.isDown()
        fill = "primary_soft" if chosen else "sunken" if self.isDown() else "surface"
        edge = "primary" if chosen or hot else "line"
        box(painter, whole, theme.colour(fill), theme.colour(edge), RING if chosen else HAIRLINE)
        if self.hasFocus():
            inset = 2 * RING if chosen else 0
            ring(painter, whole.adjusted(inset, inset, -inset, -inset), theme.colour("primary"))
