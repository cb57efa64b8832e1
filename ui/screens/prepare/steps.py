"""The steps of preparation, one under the other: what each is, how far it is, what is there or missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.prepare.guide import Step
from ui.theme import RING, Theme, Type, of, space
from ui.widgets.layout import Words, column, scrolled
from ui.widgets.painting import box, elided, painting, ring, shape
from ui.widgets.state import SHAPES, TONES, WORDS
from ui.words import Say, follow

_WIDTH = 216


class StepTile(QPushButton):
    """One step: number and title, and under it the state's shape with what is there."""

    def __init__(self, number: int, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._step = number, step
        self._now = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    @property
    def step(self) -> Step:
        """What it shows."""
        return self._step

    def show_step(self, step: Step) -> None:
        """Show another state."""
        if step != self._step:
            self._step = step
            self.retranslate()

    def show_now(self, now: bool) -> None:
        """Whether this is what is to be done now."""
        if now != self._now:
            self._now = now
            self.retranslate()

    def retranslate(self) -> None:
        """The accessible name says all that is seen."""
        step = self._step
        now = f"{Say('prepare.guide.now')} " if self._now else ""
        self.setAccessibleName(f"{now}{self._number} {step.title} {WORDS[step.mark]} {step.detail}")
        self.setToolTip(str(step.detail))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Two lines with air."""
        theme = of(self)
        high = (
            QFontMetrics(theme.font(Type.BODY, True)).height()
            + QFontMetrics(theme.font(Type.CAPTION)).height()
        )
        return QSize(theme.scale.px(_WIDTH), high + space(1.5))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, title, state."""
        theme, step = of(self), self._step
        whole = QRectF(self.rect())
        left_middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        with painting(self) as painter:
            if self.isChecked():
                ground = "primary_soft" if self._now else "surface"
                box(painter, whole, theme.colour(ground), theme.colour("primary"), RING)
            elif self._now:
                box(painter, whole, theme.colour("primary_soft"), theme.colour("primary"))
            elif self.underMouse():
                box(painter, whole, theme.colour("sunken"))
            else:
                box(painter, whole, theme.colour("paper"), theme.colour("line"))
            if self.hasFocus():
                ring(
                    painter, whole.adjusted(2 * RING, 2 * RING, -2 * RING, -2 * RING), theme.colour("primary")
                )
            face = theme.font(Type.BODY, True)
            line = QFontMetrics(face).height()
            small = QFontMetrics(theme.font(Type.CAPTION)).height()
            top = (self.height() - line - small) // 2
            pad = space(4)
            painter.setFont(face)
            painter.setPen(theme.colour("ink"))
            wide = self.width() - 2 * pad
            self._paint_now(painter, theme, QRect(pad, top, wide, line))
            elided(painter, QRect(pad, top, wide, line), left_middle, f"{self._number}  {step.title}")
            dot = round(small * 0.72)
            colour = theme.colour(TONES[step.mark])
            at = QRectF(pad, top + line + (small - dot) / 2, dot, dot)
            shape(painter, SHAPES[step.mark], at, colour, theme.colour("surface"))
            painter.setFont(theme.font(Type.CAPTION))
            painter.setPen(colour)
            words = QRect(pad + dot + space(1.5), top + line, wide - dot - space(1.5), small)
            elided(painter, words, left_middle, str(step.detail))

    def _paint_now(self, painter: QPainter, theme: Theme, line: QRect) -> None:
        """The word that says so, at the far end of the title's line."""
        if self._now:
            painter.save()
            painter.setFont(theme.font(Type.CAPTION, True))
            painter.setPen(theme.colour("primary"))
            far = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, far, str(Say("prepare.guide.now")))
            painter.restore()


class StepList(QFrame):
    """All steps; `chosen` carries the id of the one that was pressed. Scrolls where the screen is low."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, StepTile] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        inner = QWidget()
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(space(0.75))
        self._layout.addStretch(1)
        self.over = Words("", Type.CAPTION, tone="quiet")
        self._area = scrolled(inner)
        self._area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setLayout(column(self.over, self._area, gap=1))

    def changeEvent(self, event: QEvent) -> None:
        """A new style means another width."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        wide = max((tile.sizeHint().width() for tile in self.tiles.values()), default=0)
        self._area.setFixedWidth(wide + self._area.verticalScrollBar().sizeHint().width())

    def show_steps(self, steps: tuple[Step, ...], now: str = "") -> None:
        """Show the steps' states, and which is to be done `now`; the list itself never changes."""
        self.over.say(Say("prepare.guide.over", done=sum(step.done for step in steps), count=len(steps)))
        self._place(steps)
        for name, tile in self.tiles.items():
            tile.show_now(name == now)

    def _place(self, steps: tuple[Step, ...]) -> None:
        for number, step in enumerate(steps, start=1):
            if step.id in self.tiles:
                self.tiles[step.id].show_step(step)
                continue
            tile = StepTile(number, step)
            tile.clicked.connect(lambda _checked=False, wanted=step.id: self.chosen.emit(wanted))
            self.tiles[step.id] = tile
            self._group.addButton(tile)
            self._layout.insertWidget(self._layout.count() - 1, tile)
        self._fit()

    def show_chosen(self, step: str) -> None:
        """Mark the step whose page is shown."""
        self.tiles[step].setChecked(True)
        self._area.ensureWidgetVisible(self.tiles[step], 0, space(2))
