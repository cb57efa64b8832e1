"""The room board for whoever may look and not touch: no next step, no menu, nothing to fill in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.screens.room.board import Board
from ui.screens.room.view import BoardView, RoomView


class WatchedBoard(Board):
    """A `Board` that offers nothing; a press on a lot of the order says `page.queue.picked`."""

    turned = Signal(str)

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(now_ms, parent)
        self.page.floor.bar.hide()
        self.page.queue.watched = True
        self.overview.watched = True
        self.empty.action.hide()

    def open(self, room: str) -> None:
        """Turn to a room, '' to all of them; says `turned`."""
        super().open(room)
        self.turned.emit(self.room)

    def show_board(self, view: BoardView) -> None:
        """Show it without what could be done."""
        super().show_board(replace(view, rooms=tuple(map(_seen, view.rooms))))


def _seen(room: RoomView) -> RoomView:
    floor = room.floor
    return replace(
        room,
        step=replace(room.step, kind="wait-marks"),  # a step that asks for nothing to be typed
        queue=tuple(replace(x, can_call=False, can_be_absent=False, acts=()) for x in room.queue),
        floor=None if floor is None else replace(floor, can_pause=False, can_be_absent=False),
        seats=tuple(replace(x, can_be_excused=False) for x in room.seats),
        acts=(),
        owed=tuple(replace(x, act="") for x in room.owed),
    )
