"""From what was pressed to the command that is sent. The only part of the room board that asks for anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from ui.ports import Send
from ui.screens.room.view import StepView
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.floor_commands import ExtendStage


def _nothing() -> None:
    """What follows when nothing does."""


class RoomController:
    """Sends commands for one room at a time; `busy` hears when one is on its way, `refused` why one was not taken."""

    def __init__(self, send: Send, busy: Callable[[bool], None], refused: Callable[[Known], None]) -> None:
        self._send = send
        self._busy = busy
        self._refused = refused
        self._under_way = 0

    def step(self, room: str, step: StepView, checker: str = "") -> None:
        """Take the next step; what has to wait is not sent."""
        command = _command(room, step, checker)
        if command is not None and step.why is None:
            self.ask(command)

    def pause(self, room: str, reason: str) -> None:
        """Stop the clock."""
        self.ask(c.PauseStage(room=room, reason=reason))

    def resume(self, room: str) -> None:
        """Let it go on."""
        self.ask(c.ResumeStage(room=room))

    def extend(self, room: str, add_ms: int, reason: str) -> None:
        """Give the stage more time."""
        self.ask(ExtendStage(room=room, add_ms=add_ms, reason=reason))

    def call(self, room: str, lot: int) -> None:
        """Call a lot out of turn."""
        self.ask(c.CallCandidate(room=room, lot=lot))

    def absent(self, room: str, lot: int) -> None:
        """Nobody came."""
        self.ask(c.MarkAbsent(room=room, lot=lot))

    def excuse(self, room: str, lot: int, seat: str, kind: str, reason: str) -> None:
        """Leave a seat out for one candidate."""
        known = cast(Literal["recused", "excused"], kind)
        self.ask(c.ExcuseSeat(room=room, lot=lot, seat=seat, kind=known, reason=reason))

    def ask(
        self,
        command: c.Command,
        done: Callable[[], None] = _nothing,
        refused: Callable[[Known], None] | None = None,
    ) -> None:
        """Send a command; `done` is called once it is on record, `refused` in place of the usual one."""

        def taken(_: object) -> None:
            self._answered()
            done()

        def not_taken(fault: Known) -> None:
            self._answered()
            (refused or self._refused)(fault)

        self._under_way += 1
        self._busy(True)
        self._send(command, done=taken, refused=not_taken)

    def _answered(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._busy(False)


def _command(room: str, step: StepView, checker: str) -> c.Command | None:
    lot, stage = step.lot or 0, step.stage or ""
    match step.kind:
        case "call":
            return c.CallCandidate(room=room, lot=lot)
        case "start-stage":
            return c.StartStage(room=room, stage=stage)
        case "end-stage":
            return c.EndStage(room=room)
        case "check":
            return c.CheckResult(room=room, lot=lot, checker=checker)
        case "release":
            return c.ReleaseResult(room=room, lot=lot)
        case "close" | "set-aside":
            return c.CloseAppearance(room=room, lot=lot)
        case _:
            return None
