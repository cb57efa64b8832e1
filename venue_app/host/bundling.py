"""The bundle for the notary: journal, scheme, results and reports of one moment, signed, read back, named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from venue_app import __version__
from venue_app.base.paths import resources
from venue_app.host.results import results_bytes
from venue_app.journal import Journal
from venue_app.journal.checkpoint import origin
from venue_app.journal.faults import known, sync
from venue_app.seal import bundle
from venue_app.seal.bundle import Content, Written
from venue_app.seal.keys import VenueKeys
from venue_app.state.voting import published_csv
from venue_app.venue import Venue

Progress = Callable[[int, int], None]
#: The independent verifier's one file, as it lies beside a bundle.
VERIFIER = "verifier.html"


def write_bundle(
    venue: Venue, keys: VenueKeys, target: Path, reports: Iterable[Path], progress: Progress | None = None
) -> Written:
    """Write `target` (`NAME.bundle`) with the event as it stands and the report files given.

    The journal's head is signed first, so that the bundle's newest checkpoint covers all of it.
    A copy of the independent verifier (docs/verifier.md) is laid beside it, so that whoever keeps the bundle can
    check it without this program.
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
        **{
            f"ballots/{p.id}.csv": published_csv(state, p)
            for p in state.polls.values()
            if p.status == "closed"
        },
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
    written = bundle.write(target, content, keys, progress)
    _lay_verifier(target.parent)
    return written


def _lay_verifier(folder: Path) -> None:
    """The page that checks bundles, in this folder, whole or not at all."""
    page = (resources() / "verifier" / VERIFIER).read_bytes()
    target = folder / VERIFIER
    part = target.with_name(target.name + ".part")
    with known(target):
        if target.is_file() and target.read_bytes() == page:
            return
        try:
            part.write_bytes(page)
            part.replace(target)
            sync(folder)
        finally:
            part.unlink(missing_ok=True)
