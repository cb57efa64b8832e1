"""All of the room board: rooms to choose from above, one room or all of them below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.screen import Turns, at_once
from ui.screens.room.acts import LABELS
from ui.screens.room.overview import Overview
from ui.screens.room.page import RoomPage
from ui.screens.room.view import BoardView, StepView
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import column
from ui.widgets.leaves import Leaves
from ui.widgets.notices import EmptyState, ErrorBanner
from ui.words import Say, Text


class Board(QWidget):
    """Shows a `BoardView`; says by signals what was pressed."""

    stepped = Signal(str, object, str)
    """Room, `StepView`, checker."""
    draw_asked = Signal()
    shown_again = Signal()
    act_asked = Signal(str, str, int)
    """Room, act, lot (0 for the room)."""

    def __init__(
        self, now_ms: Callable[[], int], parent: QWidget | None = None, *, later: bool = False
    ) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._now_ms = now_ms
        self.room = ""
        self._view = BoardView()
        self._tabs: dict[str, Button] = {}
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the pages, one in each turn."""
        self.banner = ErrorBanner()
        self.empty = EmptyState(Say("room.empty.title"), Say("room.empty.how"), Say("room.empty.action"))
        self.empty.acted.connect(self.draw_asked)
        self.overview = Overview(self._now_ms)
        self.overview.opened.connect(self.open)
        self.overview.stepped.connect(lambda room, step: self._step(room, step, ""))
        self.page = RoomPage(self._now_ms, later=True)
        self.stack = Leaves()
        for page in (self.empty, self.overview, self.page):
            self.stack.addWidget(page)
        self.tabs = QHBoxLayout()
        self.tabs.setSpacing(space(2))
        whole = column(self.banner, self.tabs, self.stack, gap=3)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        yield
        yield from self.page.build()
        self.page.floor.stepped.connect(lambda step, checker: self._step(self.room, step, checker))
        self.page.act_asked.connect(lambda act, lot: self.act_asked.emit(self.room, act, lot))

    @property
    def lot(self) -> int:
        """The lot on the floor of the room that is shown, 0 for nobody."""
        shown = self.page.room
        return shown.floor.lot if shown is not None and shown.floor is not None else 0

    def show_board(self, view: BoardView) -> None:
        """Show everything as it stands."""
        first = not self._view.rooms
        self._view = view
        known = {r.room for r in view.rooms}
        if self.room not in known:
            self.room = ""
        if first and len(view.rooms) == 1:
            self.room = view.rooms[0].room
        self._show_tabs()
        if not view.rooms:
            self.stack.setCurrentWidget(self.empty)
        elif not self.room:
            self.overview.show_rooms(view.rooms)
            self.stack.setCurrentWidget(self.overview)
        else:
            self.page.show_room(next(r for r in view.rooms if r.room == self.room))
            self.stack.setCurrentWidget(self.page)

    def open(self, room: str) -> None:
        """Turn to a room, '' to all of them."""
        if room == "" and len(self._view.rooms) == 1:
            return
        self.room = room
        self.banner.hide()
        self.show_board(self._view)

    def open_nth(self, at: int) -> None:
        """Turn to a room by its place."""
        if at < len(self._view.rooms):
            self.open(self._view.rooms[at].room)

    def set_busy(self, busy: bool) -> None:
        """A command is on its way."""
        if busy:
            self.banner.hide()
        self.page.floor.set_busy(busy)
        self.page.panel.set_busy(busy)

    # ---- keys ----

    def press_step(self) -> None:
        """Take the next step of the room that is shown."""
        if not self._one():
            return
        if self.page.panel.holds_focus():
            self.page.panel.onwards()  # whoever fills in a form means the form
        else:
            self.page.floor.press()

    def press_act(self, act: str) -> None:
        """Do what the menu offers under this name; say so when it is not offered now."""
        if not self._one():
            return
        lot = self.page.lot_for(act)
        if lot is None:
            self.banner.show_text(Say("room.act.not_now", act=LABELS[act]))
        else:
            self.banner.hide()
            self.act_asked.emit(self.room, act, lot)

    def press_more(self) -> None:
        """Open the menu."""
        if self._one() and self.page.floor.more.isVisible():
            self.page.floor.more.click()

    def press_owed(self) -> None:
        """Open the list of what is owed."""
        if self._one():
            self.page.open_owed()

    def press_pause(self) -> None:
        """Pause or go on."""
        if self._one():
            self.page.floor.toggle_pause()

    def to_checker(self) -> None:
        """To the checker's name."""
        if self._one():
            self.page.floor.checker.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_queue(self) -> None:
        """To the order."""
        if self._one():
            self.page.queue.focus_current()

    def to_seats(self) -> None:
        """To the seats."""
        if self._one():
            self.page.seats.focus_first()

    def to_absent(self) -> None:
        """To the button that records an absence, to be held."""
        if not self._one():
            return
        button = self.page.floor.absent_button
        if not button.isVisible():
            self.page.queue.choose(self.page.queue.current)
            button = self.page.queue.chosen.absent_button
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _one(self) -> bool:
        return self.stack.currentWidget() is self.page

    def _step(self, room: str, step: StepView, checker: str) -> None:
        self.stepped.emit(room, step, checker)

    # ---- the rooms to choose from ----

    def _show_tabs(self) -> None:
        rooms = self._view.rooms
        wanted = ["", *(r.room for r in rooms)] if len(rooms) > 1 else []
        if list(self._tabs) != wanted:
            self._make_tabs(wanted)
        for room in rooms:
            if room.room in self._tabs:
                text: Text = f"{room.title}  {room.over}/{room.total}"
                self._tabs[room.room].say(text)
        for name, tab in self._tabs.items():
            tab.setChecked(name == self.room)

    def _make_tabs(self, wanted: list[str]) -> None:
        while (item := self.tabs.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._tabs = {}
        for name in wanted:
            tab = Button(Say("room.head.all") if not name else "", kind="quiet", size=Type.BODY)
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, name=name: self.open(name))
            self._tabs[name] = tab
            self.tabs.addWidget(tab)
        self.tabs.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed meanwhile is asked for."""
        super().showEvent(event)
        self.shown_again.emit()
