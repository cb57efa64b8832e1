"""What the desk of polls tells others: changes of open boxes to a second one, once durable here, and turnout to screens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from venue_app.journal.box import EXCHANGED, USED, Box, Put
from venue_app.journal.box_change import BoxChange
from venue_app.venue.poll_live import Turnout

log = logging.getLogger(__name__)


class BoxNews:
    """Told in the desk's thread; listeners may come and go from any."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[BoxChange], None]] = []

    def watch(self, listener: Callable[[BoxChange], None]) -> Callable[[], None]:
        """Hear every change from now on; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def put(self, poll: str, box: Box, puts: Sequence[Put]) -> None:
        """Papers were put in, and the slips of those that have one used."""
        slips = sorted(put.slip for put in puts if put.slip is not None)
        self._tell(BoxChange(poll, box.longest, put=tuple(sorted(p.body for p in puts)), used=tuple(slips)))

    def exchanged(self, poll: str, box: Box, slip: int) -> None:
        """A slip was exchanged for a paper ballot."""
        self._tell(BoxChange(poll, box.longest, exchanged=(slip,)))

    def removed(self, poll: str, box: Box, body: bytes) -> None:
        """A paper ballot typed in was taken out again."""
        self._tell(BoxChange(poll, box.longest, removed=(body,)))

    def whole(self, poll: str, box: Box) -> None:
        """All that is in a box."""
        if self._listeners:
            slips = [(slip, box.state(slip)) for slip in range(box.slips)]
            self._tell(
                BoxChange(
                    poll,
                    box.longest,
                    whole=True,
                    put=tuple(box.papers()),
                    used=tuple(slip for slip, state in slips if state == USED),
                    exchanged=tuple(slip for slip, state in slips if state == EXCHANGED),
                )
            )

    def all_of(self, boxes: Iterable[tuple[str, Box]]) -> None:
        """Every open poll's box, and that these were all."""
        for poll, box in boxes:
            self.whole(poll, box)
        self._tell(BoxChange())

    def _tell(self, change: BoxChange) -> None:
        for listener in list(self._listeners):
            try:
                listener(change)
            except Exception:
                log.exception("a second box could not be told")


class TurnoutNews:
    """How far every open poll is, by poll and class; told in the desk's thread, read from any."""

    def __init__(self) -> None:
        self.now: Mapping[str, Mapping[str, Turnout]] = {}
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that it changed; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, found: Mapping[str, Mapping[str, Turnout]]) -> None:
        """So it is now."""
        if found == self.now:
            return
        self.now = found
        for listener in list(self._listeners):
            try:
                listener()
            except Exception:
                log.exception("a listener of the turnout failed")
