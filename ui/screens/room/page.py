"""One room on the whole screen: its order, its floor, its seats."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.screen import Turns, at_once
from ui.screens.room.excuse import ExcuseDialog
from ui.screens.room.floor import Floor
from ui.screens.room.form_panel import FormPanel
from ui.screens.room.forms import Form
from ui.screens.room.owed import OwedPanel, OwedStrip
from ui.screens.room.queue import Queue
from ui.screens.room.seats import Seats
from ui.screens.room.view import RoomView
from ui.theme import space
from ui.widgets.layout import column, row
from venue_app.host.photos import Photo

_ROOMY = 350
"""From this width on, the order, the floor and a form stand side by side."""


class RoomPage(QWidget):
    """Three columns; says what was pressed and sends nothing.

    What is filled in or settled beside the next step takes the place of the seats: the clock is never covered.
    """

    excused = Signal(int, str, str, str)
    """Lot, seat, kind, reason."""
    act_asked = Signal(str, int)
    """An act and the lot it concerns, 0 for the room."""

    def __init__(
        self, now_ms: Callable[[], int], parent: QWidget | None = None, *, later: bool = False
    ) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._now_ms = now_ms
        self.room: RoomView | None = None
        self.dialog: ExcuseDialog | None = None
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the columns, one in each turn."""
        columns = row(gap=4)
        whole = column(columns, gap=3)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.queue = Queue()
        columns.addWidget(self.queue, 10)
        yield
        self.floor = Floor(self._now_ms)
        self.owed_strip = OwedStrip()
        self.owed_strip.opened.connect(self.open_owed)
        middle = column(self.owed_strip, self.floor)
        middle.setStretch(1, 1)
        columns.addLayout(middle, 44)
        yield
        self.seats = Seats()
        self.seats.pressed_seat.connect(self.ask_excuse)
        columns.addWidget(self.seats, 16)
        self.panel = FormPanel()
        self.panel.closed.connect(self._form_closed)
        columns.addWidget(self.panel)
        self.owed_panel = OwedPanel()
        self.owed_panel.acted.connect(self.act_asked)
        self.owed_panel.closed.connect(self._arrange)
        columns.addWidget(self.owed_panel)
        whole.addWidget(self.floor.bar)  # last for the Tab key too
        self.floor.more.chosen.connect(self.act_asked)
        self.queue.asked.connect(self.act_asked)

    def show_room(self, room: RoomView) -> None:
        """Show the room as it stands."""
        other = self.room is None or self.room.room != room.room
        if other:
            self.queue.choose()
            self._put_away_dialog()
            self.panel.put_away()
            self.owed_panel.put_away()
        self.room = room
        self.owed_strip.show_lines(room.owed)
        self.owed_panel.show_lines(room.owed)
        self.queue.show_lines(room.queue)
        self.floor.show_room(room)
        self.seats.show_seats(room.seats, room.marked, room.observers, room.calling, room.late)
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

    def show_form(self, form: Form, photo: Photo | None = None) -> None:
        """Open a form in the place of the seats."""
        self.panel.show_form(form, photo)
        self._arrange()
        self.panel.to_first()

    def open_owed(self) -> None:
        """Open the list of what is owed."""
        self.panel.put_away()
        self.owed_panel.open()
        self._arrange()
        self.owed_panel.to_first()

    def lot_for(self, act: str) -> int | None:
        """The lot an act concerns now: the chosen one's, else as the menu offers it; None when it is not offered."""
        chosen = self.queue.chosen
        own = None if chosen.isHidden() else chosen.more.lot_of(act)
        return own if own is not None else self.floor.more.lot_of(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the order makes room for a form."""
        super().resizeEvent(event)
        self._arrange()

    def _form_closed(self) -> None:
        self._arrange()
        if self.owed_panel.wanted:
            self.owed_panel.to_first()
        else:
            self.floor.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """One thing on the right: the form, else the list of what is owed, else the seats."""
        filling, listing = self.panel.form is not None, self.owed_panel.wanted
        self.seats.setVisible(not filling and not listing)
        self.queue.setVisible(not (filling or listing) or self.width() >= space(_ROOMY))
        self.panel.setVisible(filling)
        self.owed_panel.setVisible(listing and not filling)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _put_away_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
