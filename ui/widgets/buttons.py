"""Buttons: `Button` for everything ordinary, `PrimaryAction` for the one next step of a screen.

    Button(Say("room.recess"), icon="pause")             plain, outlined
    Button(Say("ui.details"), kind="quiet")              without an outline
    Button(Say("room.void"), kind="danger")              outlined in alarm; for final acts take HeldButton
    action = PrimaryAction()
    action.offer(Say("room.call_next", lot=17))          can be pressed
    action.refuse(Say("room.call_next", lot=17), Say("room.gate.seat_out", seat=5))   says why not
    action.pressed_now.connect(...)

All are at least `Scale.target` high, show a ring when the keyboard is on them, and follow theme and language.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.theme import RING, Theme, Type, of, set_type, space
from ui.widgets.icons import icon
from ui.widgets.layout import Words
from ui.widgets.painting import box, painting, ring
from ui.words import Text, bind, bind_name, bind_text, bind_tip

_FILLED = {"primary": "primary", "danger_filled": "alarm", "seal": "seal"}


class Button(QPushButton):
    """A button that paints itself from tokens. `kind`: plain, quiet, danger, primary, seal."""

    def __init__(
        self,
        text: Text = "",
        *,
        kind: str = "plain",
        icon: str = "",
        size: Type = Type.BODY,
        tip: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._size = kind, icon, size
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        set_type(self, size, strong=kind in _FILLED)
        self.say(text)
        if tip:
            bind_tip(self, tip)

    def say(self, text: Text) -> None:
        """Show another text; it is the accessible name too."""
        bind_text(self, text)
        bind_name(self, text)

    def name(self, text: Text) -> None:
        """Another accessible name than the text, for buttons that show only a sign."""
        bind_name(self, text)
        bind_tip(self, text)

    def setText(self, text: str) -> None:
        """Show a text; the size follows."""
        super().setText(text)
        self.updateGeometry()

    def _metrics(self) -> tuple[int, int, int]:
        """Width of the text, edge of the icon, gap between."""
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self.text()) if self.text() else 0
        edge = of(self).scale.px(self._size * 1.25) if self._icon else 0
        return wide, edge, space(2) if wide and edge else 0

    def sizeHint(self) -> QSize:
        """Room for icon and text, never below the least target."""
        wide, edge, gap = self._metrics()
        target = of(self).scale.target
        margin = space(4) if wide else space(2)
        high = max(target, self.fontMetrics().height() + space(4))
        return QSize(max(target, wide + edge + gap + 2 * margin), high)

    def minimumSizeHint(self) -> QSize:
        """The same: a button never hides part of what it does."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, outline and text for the present state."""
        if not self.isEnabled():
            return theme.colour("paper"), theme.colour("line"), theme.colour("quiet")
        if self._kind in _FILLED:
            fill = theme.colour(_FILLED[self._kind])
            if self.isDown():
                fill = fill.darker(125)
            elif self.underMouse():
                fill = fill.darker(110)
            return fill, None, theme.colour("on_fill")
        token = "alarm" if self._kind == "danger" else "ink"
        ground: QColor | None = theme.colour("surface") if self._kind != "quiet" else None
        if self.isDown() or self.isChecked():
            ground = theme.colour("sunken") if self.isDown() else theme.colour("primary_soft")
        elif self.underMouse():
            ground = theme.colour("sunken")
        outline = None if self._kind == "quiet" else theme.colour("alarm" if token == "alarm" else "edge")
        if self.isChecked():
            outline, token = theme.colour("primary"), "primary"
        return ground, outline, theme.colour(token)

    def _ground_rect(self) -> QRectF:
        whole = QRectF(self.rect())
        inset = 2 * RING
        return whole.adjusted(inset, inset, -inset, -inset) if self._ringed_outside() else whole

    def _ringed_outside(self) -> bool:
        return self._kind in _FILLED and self.hasFocus() and self.isEnabled()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, ring, icon and words."""
        theme = of(self)
        wide, edge, gap = self._metrics()
        fill, outline, text = self._colours(theme)
        with painting(self) as painter:
            box(painter, self._ground_rect(), fill, outline)
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary" if not self._seal() else "seal"))
            self._paint_over(painter)
            left = (self.width() - wide - edge - gap) // 2
            if edge:
                top = (self.height() - edge) // 2
                icon(self._icon, text, edge, self.devicePixelRatioF()).paint(
                    painter, QRect(left, top, edge, edge)
                )
            painter.setPen(text)
            painter.setFont(self.font())
            rest = QRect(left + edge + gap, 0, wide + 1, self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _seal(self) -> bool:
        return self._kind == "seal"

    def _paint_over(self, painter: QPainter) -> None:
        """For kinds that show more between ground and words."""


class PrimaryAction(QWidget):
    """The one next step of a screen: it says what it does, or beside it why it cannot be done yet.

    `pressed_now` is sent on a press; never while refused.
    """

    pressed_now = Signal()

    def __init__(self, text: Text = "", *, size: Type = Type.LEAD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(text, kind="primary", size=size)
        self.button.clicked.connect(self.pressed_now)
        self.reason = Words("", tone="wait")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.button)
        layout.addWidget(self.reason, 1)
        self.setFocusProxy(self.button)

    def offer(self, text: Text) -> None:
        """It can be pressed."""
        self.button.say(text)
        self.button.setEnabled(True)
        bind(self.button, "setAccessibleDescription", "")
        self.reason.say("")

    def refuse(self, text: Text, why: Text) -> None:
        """It cannot be pressed, and the reason stands beside it."""
        self.button.say(text)
        self.button.setEnabled(False)
        bind(self.button, "setAccessibleDescription", why)
        self.reason.say(why)
