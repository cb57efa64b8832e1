"""What our painted widgets share: shapes of states, filled and ringed boxes, fitted text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import HAIRLINE, RADIUS, RING


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter with smooth edges that ends even when painting fails."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def box(
    painter: QPainter, rect: QRectF, fill: QColor | None, edge: QColor | None = None, width: float = HAIRLINE
) -> None:
    """A rounded box; the outline lies inside `rect`."""
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        return
    painter.setPen(QPen(edge, width))
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), RADIUS, RADIUS)


def ring(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """The focus ring, just inside `rect`."""
    box(painter, rect, None, colour, RING)


def elided(painter: QPainter, rect: QRect, flags: Qt.AlignmentFlag, text: str) -> None:
    """One line of text, shortened with an ellipsis where it does not fit."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags, shown)


def shape(painter: QPainter, name: str, rect: QRectF, colour: QColor, ground: QColor) -> None:
    """One of the state shapes, told apart without colour; `ground` is cut out of filled ones.

    `circle` hollow · `dot` hollow with a point · `half` half filled · `check` filled with a tick ·
    `alarm` filled triangle with a stroke · `pause` hollow with two strokes · `slash` hollow, struck through ·
    `cross` filled square with a cross · `dash` broken circle · `square` hollow square.
    """
    edge = min(rect.width(), rect.height())
    side = QRectF(0, 0, edge, edge)
    side.moveCenter(rect.center())
    painter.save()
    pen = QPen(colour, max(1.5, edge / 9))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = side.adjusted(pen.widthF(), pen.widthF(), -pen.widthF(), -pen.widthF())
    _DRAW[name](painter, inner, colour, ground)
    painter.restore()


def _at(r: QRectF, x: float, y: float) -> QPointF:
    return QPointF(r.left() + r.width() * x, r.top() + r.height() * y)


def _circle(p: QPainter, r: QRectF, _colour: QColor, _ground: QColor) -> None:
    p.drawEllipse(r)


def _dot(p: QPainter, r: QRectF, colour: QColor, _ground: QColor) -> None:
    p.drawEllipse(r)
    p.setBrush(colour)
    p.setPen(Qt.PenStyle.NoPen)
    p.drawEllipse(r.center(), r.width() / 5, r.height() / 5)


def _half(p: QPainter, r: QRectF, colour: QColor, _ground: QColor) -> None:
    p.drawEllipse(r)
    p.setBrush(colour)
    p.drawChord(r, 90 * 16, 180 * 16)


def _check(p: QPainter, r: QRectF, colour: QColor, ground: QColor) -> None:
    p.setBrush(colour)
    p.drawEllipse(r)
    pen = p.pen()
    pen.setColor(ground)
    p.setPen(pen)
    p.drawPolyline(QPolygonF([_at(r, 0.22, 0.52), _at(r, 0.43, 0.72), _at(r, 0.80, 0.30)]))


def _alarm(p: QPainter, r: QRectF, colour: QColor, ground: QColor) -> None:
    p.setBrush(colour)
    p.drawPolygon(QPolygonF([_at(r, 0.5, 0.0), _at(r, 1.0, 0.94), _at(r, 0.0, 0.94)]))
    pen = p.pen()
    pen.setColor(ground)
    p.setPen(pen)
    p.drawLine(_at(r, 0.5, 0.36), _at(r, 0.5, 0.58))
    p.drawPoint(_at(r, 0.5, 0.80))


def _pause(p: QPainter, r: QRectF, _colour: QColor, _ground: QColor) -> None:
    p.drawEllipse(r)
    p.drawLine(_at(r, 0.36, 0.32), _at(r, 0.36, 0.68))
    p.drawLine(_at(r, 0.64, 0.32), _at(r, 0.64, 0.68))


def _slash(p: QPainter, r: QRectF, _colour: QColor, _ground: QColor) -> None:
    p.drawEllipse(r)
    reach = r.width() / 2
    dx, dy = reach * cos(radians(45)), reach * sin(radians(45))
    middle = r.center()
    p.drawLine(QPointF(middle.x() - dx, middle.y() + dy), QPointF(middle.x() + dx, middle.y() - dy))


def _cross(p: QPainter, r: QRectF, colour: QColor, ground: QColor) -> None:
    p.setBrush(colour)
    p.drawRoundedRect(r, r.width() / 6, r.width() / 6)
    pen = p.pen()
    pen.setColor(ground)
    p.setPen(pen)
    p.drawLine(_at(r, 0.28, 0.28), _at(r, 0.72, 0.72))
    p.drawLine(_at(r, 0.72, 0.28), _at(r, 0.28, 0.72))


def _dash(p: QPainter, r: QRectF, _colour: QColor, _ground: QColor) -> None:
    for start in range(0, 360, 60):
        arc = QPainterPath()
        arc.arcMoveTo(r, start)
        arc.arcTo(r, start, 28)
        p.drawPath(arc)


def _square(p: QPainter, r: QRectF, _colour: QColor, _ground: QColor) -> None:
    p.drawRoundedRect(r, r.width() / 8, r.width() / 8)


_DRAW = {
    "circle": _circle,
    "dot": _dot,
    "half": _half,
    "check": _check,
    "alarm": _alarm,
    "pause": _pause,
    "slash": _slash,
    "cross": _cross,
    "dash": _dash,
    "square": _square,
}
