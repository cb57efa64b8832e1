"""The bundle for the notary: journal, scheme, results and reports of one moment, signed, read back, named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from venue_app import __version__
from venue_app.host.results import results_bytes
from venue_app.journal import Journal
from venue_app.journal.checkpoint import origin
from venue_app.seal import bundle
from venue_app.seal.bundle import Content, Written
from venue_app.seal.keys import VenueKeys
from venue_app.venue import Venue

Progress = Callable[[int, int], None]


def write_bundle(
    venue: Venue, keys: VenueKeys, target: Path, reports: Iterable[Path], progress: Progress | None = None
) -> Written:
    """Write `target` (`NAME.bundle`) with the event as it stands and the report files given.

    The journal's head is signed first, so that the bundle's newest checkpoint covers all of it.
    Raises `Known`: journal.disk_full and the like, seal.bundle_lost; nothing half-written stays.
    """
    taken: Future[tuple[list[bytes], list[bytes]]] = Future()

    def take(journal: Journal) -> None:
        try:
            head = journal.checkpoint(origin(venue.state.event.event))
            journal.store_checkpoint(keys.sign_checkpoint(head))
            taken.set_result(([entry for _, entry in journal.entries()], journal.checkpoints()))
        except Exception as fault:
            taken.set_exception(fault)
            raise

    venue.with_journal(take)
    entries, checkpoints = taken.result()
    state = venue.state
    files = {
        "scheme.toml": state.scheme.text.encode(),
        "results.json": results_bytes(state),
        **{f"reports/{path.name}": path.read_bytes() for path in sorted(reports)},
    }
    content = Content(
        event=state.event.event,
        mode=state.event.mode,
        software=f"venue-app {__version__}",
        at=venue.clock.wall_ms(),
        entries=entries,
        checkpoints=checkpoints,
        files=files,
    )
    return bundle.write(target, content, keys, progress)
