"""A slider over a marking scale: steps, bands underneath, and plainly empty until a mark is given."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ui.theme import RING, Theme, Type, of, space
from ui.widgets.painting import elided, painting, ring
from ui.widgets.scale_spec import MarkSpec
from ui.words import follow

_STEPS_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_PAGE_PARTS = 10


class BandSlider(QSlider):
    """Arrows move by a step, Page keys by a tenth of the scale, Home and End to its ends.

    `given` tells whether a mark has been given at all; until then there is no handle.
    """

    def __init__(self, spec: MarkSpec, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._spec = spec
        self.given = False
        self.setRange(spec.lowest, spec.highest)
        self.setSingleStep(1)
        self.setPageStep(max(1, (spec.highest - spec.lowest) // _PAGE_PARTS))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        follow(self, self.retranslate)

    def retranslate(self) -> None:
        """The bands' names are painted."""
        self.update()

    def show_steps(self, steps: int | None) -> None:
        """Show a mark, or that there is none."""
        self.given = steps is not None
        self.setValue(steps if steps is not None else self.minimum())
        self.update()

    def _reach(self) -> float:
        return of(self).scale.px(14)

    def _groove(self) -> QRectF:
        reach = self._reach() + RING
        high = of(self).scale.px(8)
        middle = of(self).scale.target / 2
        return QRectF(reach, middle - high / 2, self.width() - 2 * reach, high)

    def _x(self, steps: float) -> float:
        groove = self._groove()
        span = max(1, self.maximum() - self.minimum())
        return groove.left() + groove.width() * (steps - self.minimum()) / span

    def _steps_at(self, x: float) -> int:
        groove = self._groove()
        span = self.maximum() - self.minimum()
        near = self.minimum() + round((x - groove.left()) / max(1.0, groove.width()) * span)
        return min(self.maximum(), max(self.minimum(), near))

    def _move(self, steps: int) -> None:
        first, self.given = not self.given, True
        if first and steps == self.value():
            self.valueChanged.emit(steps)
        self.setValue(steps)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to where it was touched."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._move(self._steps_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(self._steps_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more: the mark was given on the way."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first key gives the end it points at; later ones move from there."""
        if event.key() in _STEPS_KEYS and not self.given:
            at_top = event.key() in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            self._move(self.maximum() if at_top else self.minimum())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """A target's height, and a line for the bands."""
        theme = of(self)
        words = QFontMetrics(theme.font(Type.CAPTION)).height() if self._spec.bands else 0
        return QSize(theme.scale.px(280), theme.scale.target + words)

    def minimumSizeHint(self) -> QSize:
        """Half as wide."""
        hint = self.sizeHint()
        return QSize(hint.width() // 2, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove in stretches, handle, names of the bands."""
        theme = of(self)
        with painting(self) as painter:
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary"))
            self._paint_groove(painter, theme)
            self._paint_bands(painter, theme)
            if self.given:
                self._paint_handle(painter, theme)

    def _paint_groove(self, painter: QPainter, theme: Theme) -> None:
        groove = self._groove()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        if self.given:
            painter.setBrush(theme.colour("primary"))
            filled = QRectF(groove)
            filled.setRight(self._x(self.value()))
            painter.drawRoundedRect(filled, groove.height() / 2, groove.height() / 2)
        painter.setPen(QPen(theme.colour("surface"), RING))
        for band in self._spec.bands:
            at = self._x(float(band.low / self._spec.step) - 0.5)
            if groove.left() < at < groove.right():
                painter.drawLine(QPointF(at, groove.top()), QPointF(at, groove.bottom()))

    def _paint_bands(self, painter: QPainter, theme: Theme) -> None:
        here = self._spec.band_at(self.value()) if self.given else None
        top = theme.scale.target
        for band in self._spec.bands:
            left = self._x(float(band.low / self._spec.step) - 0.5)
            right = self._x(float(band.high / self._spec.step) + 0.5)
            left, right = max(0.0, left), min(float(self.width()), right)
            rect = QRect(round(left), top - space(1), round(right - left), self.height() - top)
            chosen = band is here
            painter.setFont(theme.font(Type.CAPTION, chosen))
            painter.setPen(theme.colour("primary" if chosen else "quiet"))
            text = f"{band.title} {format(band.low, 'f')}–{format(band.high, 'f')}"
            if painter.fontMetrics().horizontalAdvance(text) >= rect.width():
                text = str(band.title)
            elided(painter, rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_handle(self, painter: QPainter, theme: Theme) -> None:
        middle = QPointF(self._x(self.value()), self._groove().center().y())
        painter.setPen(QPen(theme.colour("primary"), 2 * RING))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(middle, self._reach() - RING, self._reach() - RING)
