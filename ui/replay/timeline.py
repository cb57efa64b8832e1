"""The line of time: how far it has come, and a mark for every milestone, told apart by height and shape.

The keyboard moves by milestones (left, right) and to the ends (Home, End); a press goes to the nearest mark, or to the
point itself where no mark is near.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import RING, Theme, Type, of, space
from ui.widgets.painting import painting, ring, shape
from ui.words import Say, bind_name, follow
from venue_app.host.tape import Stop, StopKind

LOOKS: dict[StopKind, tuple[str, str, Say]] = {
    "opened": ("dot", "primary", Say("replay.stop.opened")),
    "draw": ("half", "primary", Say("replay.stop.draw")),
    "called": ("circle", "ink", Say("replay.stop.called")),
    "released": ("check", "done", Say("replay.stop.released")),
    "corrected": ("alarm", "wait", Say("replay.stop.corrected")),
    "decided": ("dash", "wait", Say("replay.stop.decided")),
    "ballot": ("square", "primary", Say("replay.stop.ballot")),
    "closed": ("cross", "seal", Say("replay.stop.closed")),
}
"""Shape, colour and word of each kind of mark."""
_NEAR = 5


class TimeLine(QWidget):
    """Shows marks and a position, all in ms from the beginning."""

    aimed = Signal(int)
    """A point of the line."""
    stopped_at = Signal(int)
    """The number of a milestone's entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Stop, ...] = ()
        self._length = 1
        self._at = self._size = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bind_name(self, Say("replay.line"))

    def put(self, marks: Sequence[Stop], length: int) -> None:
        """The marks of a journal of this length."""
        self._marks, self._length = tuple(marks), max(1, length)
        self.update()

    def show_at(self, at: int, size: int) -> None:
        """How far it has come."""
        if (at, size) != (self._at, self._size):
            self._at, self._size = at, size
            self.update()

    def beside(self, step: int) -> Stop | None:
        """The milestone before (-1) or after (1) the moment shown."""
        if step > 0:
            return next((m for m in self._marks if m.seq >= self._size), None)
        return next((m for m in reversed(self._marks) if m.seq < self._size - 1), None)

    def sizeHint(self) -> QSize:
        """Two rows of marks and the line between."""
        return QSize(space(100), max(of(self).scale.target, 3 * self._edge()))

    def _edge(self) -> int:
        return of(self).scale.mark

    def _groove(self) -> QRectF:
        edge = self._edge()
        return QRectF(edge, self.height() / 2 - RING, self.width() - 2 * edge, 2 * RING)

    def x_of(self, at: int) -> float:
        """Where a point of the line is drawn."""
        groove = self._groove()
        return groove.left() + groove.width() * at / self._length

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, what is past, marks above (the event's) and below (a candidate's), the position."""
        theme, groove = of(self), self._groove()
        with painting(self) as painter:
            painter.fillRect(groove, theme.colour("edge"))
            here = self.x_of(self._at)
            past = QRectF(groove.topLeft(), QPointF(here, groove.bottom()))
            painter.fillRect(past, theme.colour("primary"))
            for mark in self._marks:
                self._mark(painter, theme, mark)
            painter.fillRect(QRectF(here - RING / 2, 0, RING, self.height()), theme.colour("ink"))
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary"))

    def _mark(self, painter: QPainter, theme: Theme, mark: Stop) -> None:
        name, tone, _ = LOOKS[mark.kind]
        small = mark.kind in ("called", "released")
        edge = self._edge() * (0.6 if small else 0.9)
        groove = self._groove()
        top = groove.bottom() + RING if small else groove.top() - RING - edge
        rect = QRectF(self.x_of(mark.at) - edge / 2, top, edge, edge)
        shape(painter, name, rect, theme.colour(tone), theme.colour("surface"))

    # ---- pressed ----

    def near(self, x: float) -> Stop | None:
        """The mark nearest to a press, if one is near."""
        reach = space(_NEAR) / 2
        found = min(self._marks, key=lambda m: abs(self.x_of(m.at) - x), default=None)
        return found if found is not None and abs(self.x_of(found.at) - x) <= reach else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To a mark, or to the point."""
        x = event.position().x()
        mark = self.near(x)
        if mark is not None:
            self.stopped_at.emit(mark.seq)
            return
        self._aim(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drawn along."""
        self._aim(event.position().x())

    def _aim(self, x: float) -> None:
        groove = self._groove()
        share = min(1.0, max(0.0, (x - groove.left()) / max(1.0, groove.width())))
        self.aimed.emit(round(share * self._length))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """By milestones, and to the ends."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._length}
        key = Qt.Key(event.key())
        if key in steps:
            mark = self.beside(steps[key])
            if mark is not None:
                self.stopped_at.emit(mark.seq)
        elif key in ends:
            self.aimed.emit(ends[key])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tip names the mark under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.near(event.pos().x())
            QToolTip.showText(event.globalPos(), "" if mark is None else str(LOOKS[mark.kind][2]), self)
            return True
        return super().event(event)


class Legend(QWidget):
    """What each shape on the line means, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[StopKind, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    def put(self, marks: Sequence[Stop]) -> None:
        """Explain the kinds that occur."""
        there = {mark.kind for mark in marks}
        self._stops = tuple(stop for stop in LOOKS if stop in there)
        self.retranslate()

    def retranslate(self) -> None:
        """All of it in words."""
        self.setAccessibleName(", ".join(str(LOOKS[stop][2]) for stop in self._stops))
        self.update()

    def sizeHint(self) -> QSize:
        """One small line."""
        return QSize(space(60), QFontMetrics(of(self).font(Type.CAPTION)).height() + space(1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape and word, side by side."""
        theme = of(self)
        with painting(self) as painter:
            painter.setFont(theme.font(Type.CAPTION))
            edge, left = theme.scale.px(Type.CAPTION), float(theme.scale.mark)
            for stop in self._stops:
                name, tone, word = LOOKS[stop]
                rect = QRectF(left, (self.height() - edge) / 2, edge, edge)
                shape(painter, name, rect, theme.colour(tone), theme.colour("paper"))
                left += edge + space(1)
                wide = painter.fontMetrics().horizontalAdvance(str(word))
                painter.setPen(theme.colour("quiet"))
                painter.drawText(
                    QRectF(left, 0, wide + space(1), self.height()), Qt.AlignmentFlag.AlignVCenter, str(word)
                )
                left += wide + space(5)
