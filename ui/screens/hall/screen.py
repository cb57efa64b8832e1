"""Steers the big screen: keeps window and preview in step with the venue.

hall = HallScreen(bridge)
frame.register(hall)
hall.open()            on the second display, if there is one
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.bridge import Bridge
from ui.screen import RailState, Section, Turns
from ui.screens.hall.build import Choice, hall, head_words
from ui.screens.hall.panel import HallPanel, Preview
from ui.screens.hall.window import HallWindow, second_screen
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.state.voting import open_polls
from venue_app.venue.poll_live import Turnout

_TURNOUT_MS = 1000


class HallScreen(QObject):
    """大屏, as the frame registers it."""

    id = "hall"
    icon = "hall"
    section: Section = "below"
    title: Text = Say("hall.title")
    steered = Signal()
    """`choice` or `room` was chosen: big screens elsewhere follow."""
    lot_pressed = Signal()
    """Somebody before the big screen pressed, while lots are turned over."""
    lot_coded = Signal(str)
    """Somebody's code was typed or scanned there."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None, panel: HallPanel | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.choice: Choice = "auto"
        self.room = ""
        self.window: HallWindow | None = None
        self.turnout: Callable[[str], Mapping[str, Turnout]] = lambda _poll: {}
        """Asked while people vote, by poll: how many, class by class."""
        self.widget = panel or HallPanel(bridge.clock.mono_ms)
        self.widget.chosen.connect(self.choose)
        self.widget.room_chosen.connect(self.choose_room)
        self.widget.pressed.connect(self.toggle)
        self._seen = WhenSeen(self.widget, self.refresh)
        bridge.changed.connect(self._changed)
        self._turnout = QTimer(self)
        self._turnout.setInterval(_TURNOUT_MS)
        self._turnout.timeout.connect(self._tick)
        self._turnout.start()
        self.refresh()

    @classmethod
    def in_turns(cls, bridge: Bridge, parent: QObject) -> Turns[HallScreen]:
        """The same, made in several turns of the loop."""
        preview = Preview(bridge.clock.mono_ms)
        yield
        panel = HallPanel(bridge.clock.mono_ms, preview=preview)
        yield
        return cls(bridge, parent, panel)

    def rail_state(self) -> RailState:
        """Whether the hall sees anything."""
        return RailState(Mark.IN_PROGRESS if self.window is not None else Mark.NOT_YET)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Open or close, and the choices."""
        return (
            Shortcut("toggle", "Ctrl+Return", Say("hall.key.toggle"), self.toggle),
            Shortcut("auto", "F5", Say("hall.choice.auto"), lambda: self.choose("auto")),
            Shortcut("welcome", "F6", Say("hall.choice.welcome"), lambda: self.choose("welcome")),
            Shortcut("order", "F7", Say("hall.choice.order"), lambda: self.choose("order")),
            Shortcut("break", "F4", Say("hall.choice.pause"), lambda: self.choose("break")),
            Shortcut("now", "F8", Say("hall.choice.now"), lambda: self.choose("now")),
            Shortcut("draw", "F9", Say("hall.choice.draw"), lambda: self.choose("draw")),
        )

    def choose(self, choice: str) -> None:
        """What the hall is to see."""
        self.choice = cast(Choice, choice)
        self.refresh()
        self.steered.emit()

    def choose_room(self, room: str) -> None:
        """Which room; '' for all."""
        self.room = room
        self.refresh()
        self.steered.emit()

    def toggle(self) -> None:
        """Open the window, or close it."""
        if self.window is None:
            self.open()
        else:
            self.window.close()

    def open(self) -> None:
        """Show it to the hall: full on another display than the proctor's, else as an ordinary window."""
        if self.window is None:
            self.window = HallWindow(self._bridge.clock.mono_ms, self._bridge.clock.wall_ms)
            self.window.closed.connect(self._closed)
            self.window.presses.pressed.connect(self.lot_pressed)
            self.window.presses.coded.connect(self.lot_coded)
        self.refresh()
        self.window.place(second_screen(self.widget.screen()))

    def note(self, text: Text) -> None:
        """Tell the hall for a moment why no lot was turned over."""
        if self.window is not None:
            self.window.pages.lots.stage.note(text)

    def close(self) -> None:
        """The program ends."""
        if self.window is not None:
            self.window.close()

    def refresh(self) -> None:
        """Show the newest state."""
        state = self._bridge.state
        voted = {
            poll.id: sum(t.cast + t.entered for t in self.turnout(poll.id).values())
            for poll in open_polls(state)
        }
        head = head_words(state.size, self._bridge.venue.now.root)
        view = hall(state, self.choice, self.room, head, voted)
        rooms = tuple((r.id, r.title) for _, r in sorted(state.rooms.items()))
        self.widget.show_choice(self.choice, self.room if self.room in state.rooms else "", rooms)
        self.widget.show_hall(view, self.window is not None, len(QApplication.screens()) > 1)
        if self.window is not None:
            self.window.pages.show_hall(view)

    def _changed(self, _change: object) -> None:
        if self.window is not None:
            self.refresh()
        else:
            self._seen.touch()

    def _tick(self) -> None:
        """Turnout is no entry of the journal: while people vote it is asked for."""
        if open_polls(self._bridge.state) and (self.window is not None or self.widget.isVisible()):
            self.refresh()

    def _closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self.refresh()
