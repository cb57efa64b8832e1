"""One room on the whole screen: its order, its floor, its seats."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.screens.room.excuse import ExcuseDialog
from ui.screens.room.floor import Floor
from ui.screens.room.queue import Queue
from ui.screens.room.seats import Seats
from ui.screens.room.view import RoomView
from ui.widgets.layout import column, row


class RoomPage(QWidget):
    """Three columns; says what was pressed and sends nothing."""

    excused = Signal(str, str, str)
    """Seat, kind, reason."""

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = Queue()
        self.floor = Floor(now_ms)
        self.seats = Seats()
        self.seats.pressed_seat.connect(self.ask_excuse)
        self.room: RoomView | None = None
        self.dialog: ExcuseDialog | None = None
        columns = row(self.queue, self.floor, self.seats, gap=4)
        for at, share in enumerate((10, 44, 16)):
            columns.setStretch(at, share)
        whole = column(columns, self.floor.bar, gap=3)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_room(self, room: RoomView) -> None:
        """Show the room as it stands."""
        other = self.room is None or self.room.room != room.room
        if other:
            self.queue.choose()
            self._put_away_dialog()
        self.room = room
        self.queue.show_lines(room.queue)
        self.floor.show_room(room)
        self.seats.show_seats(room.seats, room.marked, room.observers, room.calling)
        if other:
            self.queue.reveal()

    def ask_excuse(self, seat: str) -> None:
        """Ask why a seat does not mark the candidate on the floor."""
        line = self.seats.line(seat)
        if self.room is None or self.room.floor is None or not line.can_be_excused:
            return
        self._put_away_dialog()
        self.dialog = ExcuseDialog(line, self.room.floor.lot, self)
        self.dialog.given.connect(self.excused)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _put_away_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
