"""Everything that is in an open event's journal, for whoever watches over it on the laptop itself."""

from __future__ import annotations

from concurrent.futures import Future

from venue_app.domain.record import Record, decode
from venue_app.journal import Journal
from venue_app.venue import Venue

_PATIENCE_S = 30.0


def history(venue: Venue) -> tuple[Record, ...]:
    """Every entry so far, in order. Waits for the venue's thread: call it from a thread that may wait."""
    found: Future[list[bytes]] = Future()

    def read(journal: Journal) -> None:
        try:
            found.set_result([raw for _, raw in journal.entries()])
        except Exception as fault:  # noqa: BLE001 whoever waits must hear of it
            found.set_exception(fault)

    venue.with_journal(read)
    return tuple(decode(raw) for raw in found.result(_PATIENCE_S))
