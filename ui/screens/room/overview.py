"""All rooms side by side: who is on each floor, the clock, what each waits for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.screens.room.floor_parts import spent_words
from ui.screens.room.view import RoomView, SeatLine
from ui.theme import Type, mark, of, space
from ui.widgets.buttons import Button
from ui.widgets.clock import ClockFace
from ui.widgets.layout import STRETCH, Words, column, row, rule
from ui.widgets.painting import painting, shape
from ui.widgets.state import ShapedWord
from ui.widgets.tiles import SeatView, seat_look
from ui.words import Say, follow

_SHAPES = {"call": ("dot", "primary"), "wait-marks": ("pause", "wait"), "finished": ("check", "done")}
_DIRECT = frozenset({"call", "start-stage", "end-stage", "release", "close"})
"""Steps that need nothing but a press; the others open the room."""


class SeatRow(QWidget):
    """The panel in one line: each seat's number over the shape of its state."""

    def __init__(self) -> None:
        super().__init__()
        self._seats: tuple[SeatView, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.retranslate)

    def show_seats(self, lines: tuple[SeatLine, ...]) -> None:
        """Show the panel as it stands."""
        seats = tuple(line.seat for line in lines)
        if seats != self._seats:
            self._seats = seats
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        """All that is seen, in words."""
        self.setAccessibleName(
            ", ".join(f"{Say('ui.seat.number', number=s.number)} {s.word}" for s in self._seats)
        )
        self.setToolTip("\n".join(f"{Say('ui.seat.number', number=s.number)} {s.word}" for s in self._seats))

    def sizeHint(self) -> QSize:
        """A number and a shape high."""
        theme = of(self)
        return QSize(space(40), QFontMetrics(theme.font(Type.CAPTION)).height() + theme.scale.mark + space(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Numbers above, shapes below, spread over the width."""
        theme, edge = of(self), of(self).scale.mark
        with painting(self) as painter:
            painter.setFont(theme.font(Type.CAPTION))
            high = painter.fontMetrics().height()
            step = min(self.width() / max(1, len(self._seats)), space(12))
            for at, seat in enumerate(self._seats):
                name, tone = seat_look(seat.state)
                cell = QRectF(at * step, 0, edge, high)
                painter.setPen(theme.colour("quiet"))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(seat.number))
                rect = QRectF(at * step, high + space(1), edge, edge)
                shape(painter, name, rect, theme.colour(tone), theme.colour("surface"))


class RoomCard(QFrame):
    """One room in a third of the screen."""

    opened = Signal(str)
    stepped = Signal(str, object)
    """Room and `StepView`."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        super().__init__()
        mark(self, ground="card")
        self.room: RoomView | None = None
        self.title = Words("", Type.TITLE, strong=True, wrap=False)
        self.progress = Words("", tone="quiet", wrap=False)
        self.lot = Words("", Type.DISPLAY, strong=True, wrap=False)
        self.post = Words("", Type.LEAD)
        self.clock = ClockFace(now_ms)
        self.spent = Words("", tone="quiet")
        self.seats = SeatRow()
        self.marks = Words("", tone="quiet", wrap=False)
        self.state = ShapedWord(strong=True)
        self.step = Button("", size=Type.LEAD)
        self.step.clicked.connect(self._stepped)
        self.open = Button(Say("room.head.open"), kind="quiet", icon="right")
        self.open.clicked.connect(lambda: self.opened.emit(self.room.room if self.room else ""))
        head = row(self.title, STRETCH, self.open)
        whole = column(
            head, self.progress, rule(), self.lot, self.post, self.clock, self.spent,
            STRETCH, self.marks, self.seats, self.state,
            self.step, gap=2, margin=5,
        )  # fmt: skip
        whole.setStretch(whole.indexOf(self.clock), 3)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_room(self, room: RoomView) -> None:
        """Show the room as it stands."""
        self.room = room
        self.title.say(room.title)
        self.progress.say(Say("room.head.progress", over=room.over, total=room.total))
        floor = room.floor
        self.lot.say(Say("room.card.nobody") if floor is None else Say("room.floor.lot_is", lot=floor.lot))
        self.lot.set_tone("quiet" if floor is None else "ink")
        self.post.say("" if floor is None else floor.post)
        self.clock.setVisible(floor is not None and floor.clock is not None)
        if floor is not None and floor.clock is not None:
            self.clock.show_reading(floor.clock, floor.stage)
        self.marks.setVisible(floor is not None)
        self.marks.say(Say("room.floor.marks_in", marked=room.marked, total=len(room.seats)))
        self.spent.setVisible(floor is not None and floor.clock is None and bool(floor.ended))
        if floor is not None:
            self.spent.say(spent_words(floor.ended))
        self.seats.show_seats(room.seats)
        self._show_state(room)

    def _show_state(self, room: RoomView) -> None:
        step = room.step
        shape, tone = _SHAPES.get(step.kind, ("half", "primary"))
        waits = step.why is not None
        self.state.setVisible(waits)
        self.state.show_word(shape, tone, step.why or "")
        self.step.say(step.text)
        self.step.setEnabled(not waits)

    def _stepped(self) -> None:
        if self.room is None:
            return
        if self.room.step.kind in _DIRECT:
            self.stepped.emit(self.room.room, self.room.step)
        else:
            self.opened.emit(self.room.room)


class Overview(QWidget):
    """A card for each room; without its next step where it is only `watched`."""

    opened = Signal(str)
    stepped = Signal(str, object)

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.watched = False
        self._now = now_ms
        self.cards: dict[str, RoomCard] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(space(4))

    def show_rooms(self, rooms: tuple[RoomView, ...]) -> None:
        """Show them in order."""
        if tuple(self.cards) != tuple(r.room for r in rooms):
            for card in self.cards.values():
                card.deleteLater()
            self.cards = {}
            for room in rooms:
                card = RoomCard(self._now)
                card.opened.connect(self.opened)
                card.stepped.connect(self.stepped)
                card.step.setVisible(not self.watched)
                self.cards[room.room] = card
                self._row.addWidget(card, 1)
        for room in rooms:
            self.cards[room.room].show_room(room)
