"""Seats of a panel and lots of a queue as tiles.

    tile = SeatTile(); tile.show_seat(SeatView(5, "submitted", at="17:03")); tile.clicked.connect(...)
    chip = LotChip();  chip.show_lot(LotView(17, "hall")); chip.clicked.connect(...)

A seat's mark is shown only when the screen hands it over; hand it over when all are in, never before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import RING, Theme, Type, of, space
from ui.widgets.painting import box, elided, painting, ring, shape
from ui.words import Say, Text, follow

SeatState = Literal["empty", "online", "scoring", "submitted", "recused", "excused", "lost"]
LotState = Literal["waiting", "next", "hall", "done", "absent", "waived"]

_SEATS: dict[str, tuple[str, str]] = {
    "empty": ("circle", "quiet"),
    "online": ("dot", "primary"),
    "scoring": ("half", "primary"),
    "submitted": ("check", "done"),
    "recused": ("slash", "quiet"),
    "excused": ("slash", "quiet"),
    "lost": ("alarm", "alarm"),
}
_LOTS: dict[str, tuple[str, str]] = {
    "waiting": ("circle", "quiet"),
    "next": ("dot", "primary"),
    "hall": ("half", "primary"),
    "done": ("check", "done"),
    "absent": ("slash", "wait"),
    "waived": ("slash", "wait"),
}
_LOT_WORDS = {
    "waiting": Say("ui.lot.waiting"),
    "next": Say("ui.lot.next"),
    "hall": Say("ui.lot.hall"),
    "done": Say("ui.lot.done"),
    "absent": Say("ui.lot.absent"),
    "waived": Say("ui.lot.waived"),
}


def lot_look(state: LotState) -> tuple[str, str]:
    """The shape and the tone of a lot's state."""
    return _LOTS[state]


def seat_look(state: SeatState) -> tuple[str, str]:
    """The shape and the tone of a seat's state."""
    return _SEATS[state]


@dataclass(frozen=True, slots=True)
class SeatView:
    """What a tile shows: `at` a time of day for `submitted`, `seconds` of silence for `lost`, 0 when never heard."""

    number: int
    state: SeatState
    at: str = ""
    seconds: int = 0
    mark: str = ""
    struck: Literal["", "high", "low"] = ""
    note: Text = ""

    @property
    def word(self) -> Say:
        """The state in words."""
        if self.state == "submitted":
            return Say("ui.seat.submitted_at", at=self.at) if self.at else Say("ui.seat.submitted")
        if self.state == "lost":
            return Say("ui.seat.lost", seconds=self.seconds) if self.seconds else Say("ui.seat.silent")
        words = {
            "empty": Say("ui.seat.empty"),
            "online": Say("ui.seat.online"),
            "scoring": Say("ui.seat.scoring"),
            "recused": Say("ui.seat.recused"),
            "excused": Say("ui.seat.excused"),
        }
        return words[self.state]


@dataclass(frozen=True, slots=True)
class LotView:
    """What a chip shows; `note` replaces the state's word (a post, a time)."""

    number: int
    state: LotState = "waiting"
    note: Text = ""

    @property
    def word(self) -> Text:
        """The state in words."""
        return self.note or _LOT_WORDS[self.state]


class _Tile(QPushButton):
    """A button that paints a tile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """A tile is never squeezed."""
        return self.sizeHint()

    def _ground(self, painter: QPainter, theme: Theme, tone: str, strong: bool) -> None:
        whole = QRectF(self.rect())
        soft = f"{tone}_soft" if tone in ("primary", "alarm", "wait") and strong else "surface"
        fill = theme.colour(
            "sunken" if self.isDown() else "paper" if self.underMouse() and not strong else soft
        )
        edge = theme.colour(tone if strong else "line")
        box(painter, whole, fill, edge, RING if strong else 1)
        if self.hasFocus():
            inner = whole.adjusted(2 * RING, 2 * RING, -2 * RING, -2 * RING)
            ring(painter, inner if strong else whole, theme.colour("primary"))


class SeatTile(_Tile):
    """One seat: number, state in word and shape, the mark when all are in."""

    def __init__(self, view: SeatView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view or SeatView(0, "empty")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    @property
    def view(self) -> SeatView:
        """What it shows."""
        return self._view

    def show_seat(self, view: SeatView) -> None:
        """Show another state."""
        if view != self._view:
            self._view = view
            self.retranslate()

    def retranslate(self) -> None:
        """The accessible name says all that is seen."""
        view = self._view
        told = [str(Say("ui.seat.number", number=view.number)), str(view.word)]
        if view.mark:
            told.append(view.mark)
        if view.struck:
            told.append(self._struck_word())
        if view.note:
            told.append(str(view.note))
        self.setAccessibleName(" ".join(told))
        self.setToolTip("\n".join(told))
        self.update()

    def _struck_word(self) -> str:
        return str(Say("ui.seat.struck_high") if self._view.struck == "high" else Say("ui.seat.struck_low"))

    def sizeHint(self) -> QSize:
        """Number above, state below."""
        theme = of(self)
        big, small = QFontMetrics(theme.font(Type.TITLE, True)), QFontMetrics(theme.font(Type.CAPTION))
        wide = small.horizontalAdvance(str(Say("ui.seat.lost", seconds=88))) + theme.scale.mark + space(8)
        return QSize(wide, big.height() + small.height() + space(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, number, mark, state."""
        theme, view = of(self), self._view
        name, tone = _SEATS[view.state]
        pad = space(3)
        with painting(self) as painter:
            self._ground(painter, theme, tone, view.state in ("lost", "scoring"))
            big = theme.font(Type.TITLE, True)
            line = QFontMetrics(big).height()
            top = space(2)
            rect = QRect(pad, top, self.width() - 2 * pad, line)
            painter.setFont(big)
            painter.setPen(theme.colour("quiet" if view.state in ("empty", "recused", "excused") else "ink"))
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(view.number)
            )
            if view.mark:
                self._paint_mark(painter, theme, rect)
            below = QRect(pad, top + line, self.width() - 2 * pad, self.height() - top - line - space(2))
            word = self._struck_word() if view.struck else str(view.word)
            self._paint_state(painter, theme, below, name, tone, word)

    def _paint_mark(self, painter: QPainter, theme: Theme, rect: QRect) -> None:
        face = QFont(painter.font())
        face.setStrikeOut(bool(self._view.struck))
        painter.setFont(face)
        painter.setPen(theme.colour("quiet" if self._view.struck else "ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._view.mark)

    @staticmethod
    def _paint_state(painter: QPainter, theme: Theme, rect: QRect, name: str, tone: str, word: str) -> None:
        painter.setFont(theme.font(Type.CAPTION))
        colour = theme.colour(tone)
        edge = round(theme.scale.mark * 0.9)
        top = rect.center().y() - edge / 2 + 1
        shape(painter, name, QRectF(rect.left(), top, edge, edge), colour, theme.colour("surface"))
        painter.setPen(colour)
        words = rect.adjusted(edge + space(1.5), 0, 0, 0)
        elided(painter, words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)


class LotChip(_Tile):
    """One lot of the queue: number large, state in word and shape."""

    def __init__(self, view: LotView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view or LotView(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    @property
    def view(self) -> LotView:
        """What it shows."""
        return self._view

    def show_lot(self, view: LotView) -> None:
        """Show another lot or state."""
        if view != self._view:
            self._view = view
            self.retranslate()

    def retranslate(self) -> None:
        """The accessible name says all that is seen."""
        told = f"{Say('ui.lot.number', number=self._view.number)} {self._view.word}"
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A target's height."""
        theme = of(self)
        number, word = QFontMetrics(theme.font(Type.LEAD, True)), QFontMetrics(theme.font(Type.CAPTION))
        wide = (
            number.horizontalAdvance("888") + word.horizontalAdvance(str(self._view.word)) + theme.scale.mark
        )
        return QSize(wide + space(9), theme.scale.target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Number left, shape and word right."""
        theme, view = of(self), self._view
        name, tone = _LOTS[view.state]
        with painting(self) as painter:
            self._ground(painter, theme, tone, view.state == "hall")
            painter.setFont(theme.font(Type.LEAD, True))
            painter.setPen(theme.colour("quiet" if view.state in ("absent", "waived", "done") else "ink"))
            wide = painter.fontMetrics().horizontalAdvance("888")
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                QRect(space(3), 0, wide, self.height()), middle | Qt.AlignmentFlag.AlignLeft, str(view.number)
            )
            rest = QRect(space(3) + wide + space(2), 0, self.width() - wide - space(8), self.height())
            SeatTile._paint_state(painter, theme, rest, name, tone, str(view.word))
