"""What waits for the venue's own thread: commands, and work with the journal, in the order they came.

Whatever is let in is done; whatever comes after the door was shut is refused at once. Nobody waits for an answer that
never comes.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

from venue_app.base.errors import Known
from venue_app.domain.commands import Command
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.journal import Journal
from venue_app.venue.shutting import ShuttingQueue

Work = Callable[[Journal], None]

#: When commands came while the last ones were written, more are on their way: so long they are waited for, in seconds.
#: One write for ten sheets costs little more than for one.
_GATHER_S = 0.006
_GROUP = 2000
_BUSY = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an accepted command. `repeated` when the same submission had been answered before."""

    records: tuple[Record, ...]
    repeated: bool = False

    @property
    def sheet(self) -> SheetReceived | None:
        """The sheet that was received, for its receipt."""
        return next((r.data for r in self.records if isinstance(r.data, SheetReceived)), None)


@dataclass(slots=True)
class Request:
    """A command, who gives it, and who waits for the reply."""

    command: Command
    actor: Actor
    sub: str | None
    future: Future[Reply] = field(default_factory=Future)


@dataclass(slots=True)
class Turn:
    """What the venue's thread does at one go. `last`: the door is shut, and nothing but `Inbox.left` comes after it."""

    requests: list[Request] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    last: bool = False


class Inbox:
    """Put from any thread, taken by one."""

    def __init__(self) -> None:
        self._queue: ShuttingQueue[Request | Work] = ShuttingQueue()
        self._taker: int | None = None

    def adopt(self) -> None:
        """The calling thread takes from here on."""
        self._taker = threading.get_ident()

    def put(self, item: Request | Work) -> None:
        """Let it wait. Raises `Known` (venue.program_closing) once the door is shut.

        Work of the taking thread itself is let in as long as that thread runs: it does it before it ends.
        """
        own = not isinstance(item, Request) and threading.get_ident() == self._taker
        if not self._queue.put(item, late=own):
            raise Known("venue.program_closing")

    def shut(self) -> bool:
        """Let nothing in any more; False when it was shut already."""
        return self._queue.shut()

    def take(self, patience_s: float) -> Turn:
        """All that waits, or what comes within `patience_s`; a busy moment is given a little longer to gather."""
        turn = Turn()
        try:
            item = self._queue.get(timeout=patience_s)
            if self._queue.qsize() >= _BUSY:
                time.sleep(_GATHER_S)
            while True:
                if item is None:
                    turn.last = True
                    return turn
                if isinstance(item, Request):
                    if item.future.set_running_or_notify_cancel():  # whoever asked may have gone
                        turn.requests.append(item)
                else:
                    turn.works.append(item)
                if len(turn.requests) >= _GROUP:
                    break
                item = self._queue.get_nowait()
        except queue.Empty:
            pass
        return turn

    def left(self) -> Iterator[Work]:
        """Work the taking thread gave itself in its last turn; it takes no more afterwards."""
        while True:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                self._taker = None
                return
            assert item is not None and not isinstance(item, Request), "the door was shut"
            yield item
