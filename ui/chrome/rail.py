"""The rail on the left: the day's order above, what is always there below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.screen import RailState, Screen
from ui.theme import RING, Theme, Type, mark, of, space
from ui.widgets.icons import icon
from ui.widgets.layout import column, rule
from ui.widgets.painting import box, elided, painting, ring, shape
from ui.widgets.roomy import Roomy
from ui.widgets.state import SHAPES, TONES, WORDS, Mark
from ui.words import Say, follow

_WIDTH = 208
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class RailItem(QPushButton):
    """A screen's name with how far it is and what it lacks."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_id = screen.id
        self._screen = screen
        self._state = screen.rail_state()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    def refresh(self) -> None:
        """Ask the screen again."""
        self._state = self._screen.rail_state()
        self.retranslate()

    @property
    def state(self) -> RailState:
        """What it shows."""
        return self._state

    def retranslate(self) -> None:
        """The accessible name says all that is seen."""
        told = (str(self._screen.title), self._below(), self._missing())
        self.setAccessibleName(" ".join(part for part in told if part))
        self.updateGeometry()
        self.update()

    def _below(self) -> str:
        return "" if self._state.mark is None else str(WORDS[self._state.mark])

    def _missing(self) -> str:
        return str(Say("ui.rail.missing", count=self._state.missing)) if self._state.missing else ""

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Two lines where there is a state, one where there is none."""
        theme = of(self)
        title, below = QFontMetrics(theme.font(Type.BODY, True)), QFontMetrics(theme.font(Type.CAPTION))
        lines = title.height() + (below.height() if self._state.mark is not None else 0)
        return QSize(theme.scale.px(_WIDTH) - space(4), max(theme.scale.target, lines + space(2)))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, title and what is missing; under it shape and word of the state."""
        theme = of(self)
        face = theme.font(Type.BODY, self.isChecked())
        line = QFontMetrics(face).height()
        small = QFontMetrics(theme.font(Type.CAPTION)).height() if self._state.mark is not None else 0
        top = (self.height() - line - small) // 2
        edge = theme.scale.px(20)
        left = space(3) + edge + space(3)
        ink = theme.colour("ink" if self.isChecked() or self.underMouse() else "quiet")
        with painting(self) as painter:
            self._paint_ground(painter, theme)
            picture = icon(self._screen.icon, ink, edge, self.devicePixelRatioF())
            picture.paint(painter, QRect(space(3), top + (line - edge) // 2, edge, edge))
            first = QRect(left, top, self.width() - left - space(2), line)
            self._paint_title(painter, theme, first, face, ink)
            if self._state.mark is not None:
                self._paint_state(painter, theme, first.translated(0, line), small, self._state.mark)

    def _paint_title(self, painter: QPainter, theme: Theme, rect: QRect, face: QFont, ink: QColor) -> None:
        missing = self._missing()
        painter.setFont(theme.font(Type.CAPTION, True))
        wide = painter.fontMetrics().horizontalAdvance(missing)
        painter.setPen(theme.colour("alarm" if self._state.mark == Mark.ALARM else "wait"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, missing)
        painter.setFont(face)
        painter.setPen(ink)
        elided(painter, rect.adjusted(0, 0, -wide - space(1), 0), _LEFT, str(self._screen.title))

    def _paint_state(self, painter: QPainter, theme: Theme, rect: QRect, high: int, mark: Mark) -> None:
        colour = theme.colour(TONES[mark])
        dot = round(high * 0.72)
        at = QRectF(rect.left(), rect.top() + (high - dot) / 2, dot, dot)
        shape(painter, SHAPES[mark], at, colour, theme.colour("surface"))
        painter.setFont(theme.font(Type.CAPTION))
        painter.setPen(colour)
        words = QRect(rect.left() + dot + space(1.5), rect.top(), rect.width() - dot - space(1.5), high)
        elided(painter, words, _LEFT, self._below())

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        whole = QRectF(self.rect())
        if self.isChecked():
            box(painter, whole, theme.colour("surface"), theme.colour("line"))
            painter.fillRect(QRectF(0, space(2), 2 * RING, self.height() - space(4)), theme.colour("primary"))
        elif self.underMouse():
            box(painter, whole, theme.colour("sunken"))
        if self.hasFocus():
            ring(painter, whole, theme.colour("primary"))


class Rail(QFrame):
    """Items in the order of the day; `chosen` carries a screen's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="paper")
        self.items: list[RailItem] = []
        self._day, self._below = QVBoxLayout(), QVBoxLayout()
        for layout in (self._day, self._below):
            layout.setSpacing(space(1))
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(space(2), space(3), space(2), space(3))
        whole.setSpacing(space(2))
        whole.addLayout(self._day)
        whole.addStretch(1)
        whole.addWidget(rule())
        whole.addLayout(self._below)
        self.setLayout(column(Roomy(inner, sideways=False)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def add(self, screen: Screen) -> RailItem:
        """A further item in the screen's section."""
        item = RailItem(screen)
        item.clicked.connect(lambda: self.chosen.emit(screen.id))
        (self._day if screen.section == "day" else self._below).addWidget(item)
        self.items.append(item)
        return item

    def show_chosen(self, screen_id: str) -> None:
        """Mark the item of the screen that is shown."""
        for item in self.items:
            item.setChecked(item.screen_id == screen_id)

    def refresh(self) -> None:
        """Ask all screens how far they are."""
        for item in self.items:
            item.refresh()
