"""The steps of preparation, one under the other: what each is, how far it is, what is there or missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.prepare.model import Step
from ui.theme import RING, Type, of, space
from ui.widgets.painting import box, elided, painting, ring, shape
from ui.widgets.state import SHAPES, TONES, WORDS
from ui.words import follow

_WIDTH = 208


class StepTile(QPushButton):
    """One step: number and title, and under it the state's shape with what is there."""

    def __init__(self, number: int, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._step = number, step
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

    def retranslate(self) -> None:
        """The accessible name says all that is seen."""
        step = self._step
        self.setAccessibleName(f"{self._number} {step.title} {WORDS[step.mark]} {step.detail}")
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
        return QSize(theme.scale.px(_WIDTH), high + space(5))

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
                box(painter, whole, theme.colour("surface"), theme.colour("primary"), RING)
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
            elided(painter, QRect(pad, top, wide, line), left_middle, f"{self._number}  {step.title}")
            dot = round(small * 0.72)
            colour = theme.colour(TONES[step.mark])
            at = QRectF(pad, top + line + (small - dot) / 2, dot, dot)
            shape(painter, SHAPES[step.mark], at, colour, theme.colour("surface"))
            painter.setFont(theme.font(Type.CAPTION))
            painter.setPen(colour)
            words = QRect(pad + dot + space(1.5), top + line, wide - dot - space(1.5), small)
            elided(painter, words, left_middle, str(step.detail))


class StepList(QFrame):
    """All steps; `chosen` carries the id of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, StepTile] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(space(2))
        self._layout.addStretch(1)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show the steps' states; the list itself never changes."""
        for number, step in enumerate(steps, start=1):
            if step.id in self.tiles:
                self.tiles[step.id].show_step(step)
                continue
            tile = StepTile(number, step)
            tile.clicked.connect(lambda _checked=False, wanted=step.id: self.chosen.emit(wanted))
            self.tiles[step.id] = tile
            self._group.addButton(tile)
            self._layout.insertWidget(self._layout.count() - 1, tile)

    def show_chosen(self, step: str) -> None:
        """Mark the step whose page is shown."""
        self.tiles[step].setChecked(True)
