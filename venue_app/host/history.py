"""Everything that is in an open event's journal, for whoever watches over it on the laptop itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from venue_app.domain.record import Record, decode
from venue_app.journal import Journal
from venue_app.venue import Venue

T = TypeVar("T")
_PATIENCE_S = 30.0


def asked(venue: Venue, work: Callable[[Journal], T], patience_s: float | None = None) -> T:
    """What `work` finds in the journal, done in the thread that owns it. Waits: call it from a thread that may.

    Raises what `work` raises, and `TimeoutError` when it takes longer than `patience_s` (None: as long as it takes).
    """
    found: Future[T] = Future()

    def take(journal: Journal) -> None:
        try:
            found.set_result(work(journal))
        except Exception as fault:  # noqa: BLE001 whoever waits must hear of it
            found.set_exception(fault)

    venue.with_journal(take)
    return found.result(patience_s)


def entries_of(venue: Venue, start: int = 0) -> list[bytes]:
    """The exact bytes of every entry from number `start` on."""
    return asked(venue, lambda journal: [entry for _, entry in journal.entries(start)], _PATIENCE_S)


def history(venue: Venue) -> tuple[Record, ...]:
    """Every entry so far, in order. Waits for the venue's thread: call it from a thread that may wait."""
    return tuple(map(decode, entries_of(venue)))
