"""From the venue's own thread into the window's: changes and answers, always in order, never blocking.

    bridge = Bridge(venue, Actor(role=Role.PROCTOR, name="王红"))
    bridge.changed.connect(screen.take)              a `Change`, in the GUI thread
    bridge.send(command, done=..., refused=...)      the answer, in the GUI thread
    bridge.send(command, done=..., asker=dialog)     the same, as long as the form that asked is open
    bridge.state                                     the newest durable state, at once

Many changes that come faster than the window can draw arrive as one, with all their records: a
screen shows the newest state and misses no entry. Whoever sends a command without `refused` leaves
the refusal to the window: it is told by the signal of that name. So is the refusal of what a form asked
that was closed meanwhile: nobody would read it there.

`state` is ahead of `done`: whatever `done` clears, closes or moves may be of what came after the command.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui import collector
from ui.ports import Owner
from ui.tasks import assert_gui_thread
from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.domain.commands import Command
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.state import State
from venue_app.venue import Change, Reply

log = logging.getLogger(__name__)

Done = Callable[[Reply], None]
Refused = Callable[[Known], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    future: Future[Reply]


@dataclass(frozen=True, slots=True)
class _Asked:
    done: Done | None
    refused: Refused | None
    asker: QWidget | None

    @property
    def heard(self) -> bool:
        """Whether whoever asked is still there to be told."""
        return self.asker is None or (isValid(self.asker) and not self.asker.isHidden())


class Bridge(QObject):
    """One venue, here or on another machine, as the windows see it. Made, used and closed in the GUI thread."""

    changed = Signal(object)
    """A `Change`: the newest state with every record since the last one told."""
    refused = Signal(object)
    """The `Known` of a command whose sender did not ask to hear of it."""

    _wake = Signal()
    _answered = Signal(object)

    def __init__(self, venue: Owner, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        assert_gui_thread(self)
        self.venue = venue
        self.actor = actor
        self._numbers = count()
        self._waiting: dict[int, _Asked] = {}
        self._lock = threading.Lock()
        self._newest: Change | None = None
        self._records: list[Record] = []
        self._wake.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._forget = venue.listen(self._heard)

    @property
    def state(self) -> State:
        """The newest durable state; it may be ahead of the last `changed`."""
        return self.venue.state

    @property
    def clock(self) -> Clock:
        """The server's clock."""
        return self.venue.clock

    def send(
        self,
        command: Command,
        *,
        done: Done | None = None,
        refused: Refused | None = None,
        asker: QWidget | None = None,
        actor: Actor | None = None,
        sub: str | None = None,
    ) -> Future[Reply]:
        """Ask for something. `done` or `refused` is called in the GUI thread once it is durable or refused.

        With an `asker`, a form, neither is called once that is closed; a refusal is told by the window then.
        """
        assert_gui_thread(self)
        future = self.venue.submit(command, actor or self.actor, sub)
        number = next(self._numbers)
        # Kept here: the venue's thread must not be the last to know of a screen.
        self._waiting[number] = _Asked(done, refused, asker)
        future.add_done_callback(lambda f: self._tell(_Answer(number, f)))
        return future

    def close(self) -> None:
        """Hear no more; the venue itself goes on. A second call does nothing."""
        assert_gui_thread(self)
        forget, self._forget = self._forget, _nothing
        forget()
        collector.hold(self)

    # ---- called in the venue's thread ----

    def _heard(self, change: Change) -> None:
        with self._lock:
            asleep = self._newest is None
            self._newest = change
            self._records.extend(change.records)
        if asleep:
            _emit(self._wake)

    def _tell(self, answer: _Answer) -> None:
        _emit(self._answered, answer)

    # ---- called in the GUI thread ----

    @Slot()
    def _deliver(self) -> None:
        assert_gui_thread(self)
        with self._lock:
            newest, records = self._newest, tuple(self._records)
            self._newest = None
            self._records = []
        if newest is not None:
            self.changed.emit(Change(newest.state, records, newest.root))

    @Slot(object)
    def _answer(self, answer: _Answer) -> None:
        assert_gui_thread(self)
        collector.hold(self)
        asked = self._waiting.pop(answer.number)
        self._deliver()  # whoever hears «done» already sees what was done
        refused = (asked.refused if asked.heard else None) or self.refused.emit
        try:
            reply = answer.future.result()
        except Known as fault:
            refused(fault)
        except CancelledError:
            return
        except Exception:
            log.exception("a command failed by a mistake of ours")
            refused(Known("bridge.our_mistake"))
        else:
            if asked.done is not None and asked.heard:
                asked.done(reply)


def _nothing() -> None:
    """What is left to forget after closing."""


def _emit(signal: SignalInstance, *values: object) -> None:
    """Send from the venue's thread; a window that is already gone has nothing to hear."""
    try:
        signal.emit(*values)
    except RuntimeError:
        log.debug("a window closed before it could be told")
