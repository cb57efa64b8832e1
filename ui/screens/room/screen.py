"""The room board as a screen of the frame.

    screen = RoomScreen(bridge, lines=server.presence, go=frame.go)

`lines` tells who can be heard; it is asked once a second and after every change. One room fills the
screen; with several, all stand side by side first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.bell import Bell
from ui.bridge import Bridge
from ui.ports import Lines
from ui.screen import RailState, Section, Turns
from ui.screens.room.acts import KEYS, LABELS
from ui.screens.room.board import Board
from ui.screens.room.build import board
from ui.screens.room.controller import RoomController
from ui.screens.room.form_commands import command_of, direct_command
from ui.screens.room.forms import Form, form_of
from ui.screens.room.view import BoardView
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.host.photos import Photo

_LOOK_MS = 1000


def _nobody() -> Lines:
    return {}


def _unknown(_candidate: str) -> Photo:
    """Where no photographs are."""
    return Photo("none")


def _nowhere(_screen: str) -> None:
    """Where nobody leads."""


class RoomScreen(QObject):
    """Keeps the board in step with the venue, and sends what is pressed on it."""

    id = "room"
    icon = "room"
    section: Section = "day"
    title = Say("room.title")

    def __init__(
        self,
        bridge: Bridge,
        lines: Callable[[], Lines] = _nobody,
        go: Callable[[str], None] = _nowhere,
        parent: QObject | None = None,
        only: str = "",
        photo: Callable[[str], Photo] = _unknown,
        board: Board | None = None,
    ) -> None:
        """`only` shows a single room: that of a console. `photo` gives a candidate's photograph."""
        super().__init__(parent)
        self._bridge, self._lines, self._only, self._photo = bridge, lines, only, photo
        self.widget = board or Board(bridge.clock.mono_ms)
        self.controller = RoomController(bridge.send, self.widget.set_busy, self.widget.banner.show_known)
        self.view = BoardView()
        self.bell = Bell(bridge.clock.mono_ms, parent=self)
        self._wire(go)
        bridge.changed.connect(self._changed)
        self._timer = QTimer(self.widget)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.refresh()

    @classmethod
    def in_turns(
        cls,
        bridge: Bridge,
        lines: Callable[[], Lines],
        go: Callable[[str], None],
        parent: QObject,
        home: QWidget,
        photo: Callable[[str], Photo],
    ) -> Turns[RoomScreen]:
        """The same, made in several turns of the loop, and where it will stand."""
        board = Board(bridge.clock.mono_ms, home, later=True)
        board.hide()  # until it is turned to
        yield from board.build()
        yield
        return cls(bridge, lines, go, parent, photo=photo, board=board)

    def rail_state(self) -> RailState:
        """Done when every lot is over; counts the lots that are not."""
        left = sum(r.total - r.over for r in self.view.rooms)
        if not self.view.rooms:
            return RailState(Mark.NOT_YET)
        if left == 0:
            return RailState(Mark.DONE)
        begun = any(r.over or r.floor for r in self.view.rooms)
        return RailState(Mark.IN_PROGRESS if begun else Mark.READY, left)

    def shortcuts(self) -> list[Shortcut]:
        """All keys of the board, each once."""
        board = self.widget
        keys = [
            Shortcut("step", "Ctrl+Return", Say("room.key.step"), board.press_step),
            Shortcut("pause", "F8", Say("room.key.pause"), board.press_pause),
            Shortcut("checker", "F7", Say("room.key.checker"), board.to_checker),
            Shortcut("queue", "F6", Say("room.key.queue"), board.to_queue),
            Shortcut("seats", "F5", Say("room.key.seats"), board.to_seats),
            Shortcut("absent", "F9", Say("room.key.absent"), board.to_absent),
            Shortcut("all", "F2", Say("room.key.all"), partial(board.open, "")),
            Shortcut("more", "Alt+M", Say("room.key.more"), board.press_more),
            Shortcut("owed", "Alt+O", Say("room.key.owed"), board.press_owed),
        ]
        keys += [Shortcut(act, KEYS[act], LABELS[act], partial(board.press_act, act)) for act in KEYS]
        for number in range(1, 10):
            text = Say("room.key.room", number=number)
            keys.append(Shortcut(f"room{number}", f"Alt+{number}", text, partial(board.open_nth, number - 1)))
        return keys

    def refresh(self) -> None:
        """Show the newest state."""
        self.view = self._built()
        self.widget.show_board(self.view)
        self._listen()

    def show_lot(self, room: str, lot: int) -> None:
        """Turn to a lot."""
        self.widget.open(room)
        self.widget.page.queue.choose(lot)
        self.widget.page.queue.reveal_lot(lot)

    def _built(self) -> BoardView:
        bridge = self._bridge
        view = board(
            bridge.state,
            self._lines(),
            bridge.clock.mono_ms(),
            bridge.actor.name,
            event_wide=not self._only,
        )
        return replace(view, rooms=tuple(r for r in view.rooms if self._only in ("", r.room)))

    def _act(self, room: str, act: str, lot: int) -> None:
        """Send what needs no form, open the form of what does."""
        command = direct_command(room, act, lot)
        if command is not None:
            self.controller.ask(command)
        else:
            state, name = self._bridge.state, self._bridge.actor.name
            form = form_of(state, room, lot, act, name)
            self.widget.page.show_form(form, self._photo(form.candidate) if form.candidate else None)

    def _given(self, form: Form, values: Mapping[str, str]) -> None:
        """The answer is for the form that asked: another one may stand there when it comes."""
        panel = self.widget.page.panel

        def taken() -> None:
            if panel.form is form:
                panel.put_away()

        def refused(fault: Known) -> None:
            (panel.refuse if panel.form is form else self.widget.banner.show_known)(fault)

        self.controller.ask(command_of(form, values), taken, refused)

    def _listen(self) -> None:
        """The bell rings for the room that is open here, and goes on when another screen is turned to."""
        rooms = self.view.rooms
        here = [r for r in rooms if r.room == self.widget.room or len(rooms) == 1]
        running = [(r.room, r.floor) for r in here if r.floor is not None and r.floor.clock is not None]
        self.bell.watch(
            {f"{room}/{floor.lot}/{len(floor.ended)}": floor.clock for room, floor in running if floor.clock}
        )

    def _changed(self, _change: object) -> None:
        if self.widget.isVisible():
            self.refresh()
        else:
            self.view = self._built()
            self._listen()

    def _look(self) -> None:
        if self.widget.isVisible():
            self.refresh()

    def _wire(self, go: Callable[[str], None]) -> None:
        board, control = self.widget, self.controller
        board.draw_asked.connect(lambda: go("draw"))
        board.shown_again.connect(self.refresh)
        board.stepped.connect(control.step)
        board.act_asked.connect(self._act)
        page = board.page
        page.panel.given.connect(self._given)
        page.floor.paused.connect(lambda reason: control.pause(board.room, reason))
        page.floor.pause.extended.connect(
            lambda add: control.extend(board.room, add, str(Say("room.pause.extend_reason")))
        )
        page.floor.resumed.connect(lambda: control.resume(board.room))
        page.floor.absent.connect(lambda lot: control.absent(board.room, lot))
        page.queue.call.connect(lambda lot: control.call(board.room, lot))
        page.queue.absent.connect(lambda lot: control.absent(board.room, lot))
        page.excused.connect(
            lambda lot, seat, kind, reason: control.excuse(board.room, lot, seat, kind, reason)
        )
