"""Turning lots over: presses and codes, from the big screen or from here, one at a time and never two by accident."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge
from ui.words import Text, known_text
from venue_app.base.errors import Known
from venue_app.domain import showing as s
from venue_app.state.showing import coded, turn
from venue_app.venue import Reply

PAUSE_MS = 1_200
"""A second press within this time is the same finger, not the next person."""


class Ceremony(QObject):
    """Every way of pressing comes here. `noted` says why nothing was turned over, `refused` what the venue refused.

    `busy` while the venue has not answered: a press meanwhile is nobody's.
    """

    noted = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._last: int | None = None
        self.busy = False

    def press(self) -> None:
        """Whoever's turn it is pressed."""
        entry = turn(self._bridge.state)
        if entry and not self._too_soon():
            self._send(s.ShowLot(entry=entry))

    def read(self, code: str) -> None:
        """Somebody's code was read: theirs is turned over, whoever's turn it is."""
        if not turn(self._bridge.state) or self._too_soon():
            return
        try:
            entry = coded(self._bridge.state, code)
        except Known as fault:
            self._refuse(fault)
        else:
            self._send(s.ShowLot(entry=entry, how="code"))

    def pass_turn(self) -> None:
        """Not here now; later."""
        entry = turn(self._bridge.state)
        if entry and not self.busy:
            self._send(s.PassTurn(entry=entry), counts=False)

    def show_rest(self) -> None:
        """All that is left."""
        if turn(self._bridge.state) and not self.busy:
            self._send(s.ShowRest())

    def _too_soon(self) -> bool:
        now = self._bridge.clock.mono_ms()
        return self.busy or (self._last is not None and now - self._last < PAUSE_MS)

    def _send(self, command: s.ShowLot | s.PassTurn | s.ShowRest, *, counts: bool = True) -> None:
        self.busy = True
        if counts:
            self._last = self._bridge.clock.mono_ms()
        self._bridge.send(command, done=self._done, refused=self._refuse)

    def _done(self, _reply: Reply) -> None:
        self.busy = False

    def _refuse(self, fault: Known) -> None:
        self.busy = False
        said: Text = known_text(fault)
        self.noted.emit(said)
        self.refused.emit(fault)
