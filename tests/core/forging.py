"""A bundle rewritten by somebody who owns the laptop: every signature the laptop can make is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from tests.venues import Heard, bundle
from venue_app.domain import entries as e
from venue_app.domain.record import Record, decode, encode
from venue_app.journal import Checkpoint
from venue_app.journal.checkpoint import origin
from venue_app.journal.merkle import leaf_hash, root_of
from venue_app.seal import bundle as seal
from venue_app.seal.bundle import Content
from venue_app.seal.keys import load_or_create
from venue_app.venue.sheets import receipt_of

Change = Callable[[Record, str], Record]


def with_marks(folder: Path, place: str, rooms: Mapping[str, Sequence[Heard]]) -> Path:
    """The bundle of a venue in which both sheets of the first candidate say 50, with receipts and result to match."""
    first: list[str] = []

    def change(record: Record, event: str) -> Record:
        fact = record.data
        if isinstance(fact, e.SheetReceived) and fact.entry in (first or [fact.entry]):
            first[:] = [fact.entry]
            bare = replace(fact, marks={"total": "50.0"}, total="50.0")
            return replace(record, data=replace(bare, receipt=receipt_of(event, bare, record.sub)))
        if isinstance(fact, e.ResultComputed) and fact.entry in first:
            return replace(record, data=replace(fact, value="50.00"))
        return record

    return rewritten(folder, place, rooms, change)


def rewritten(folder: Path, place: str, rooms: Mapping[str, Sequence[Heard]], change: Change) -> Path:
    """The bundle of a venue with each entry changed, and all that the laptop itself signs made anew."""
    keys = load_or_create(folder / f"keys-{place}")
    opened = seal.read(bundle(folder, place, rooms))
    event = opened.manifest.event
    changed = [encode(change(decode(raw), event)) for raw in opened.entries]
    root = root_of(leaf_hash(raw) for raw in changed)
    note = keys.sign_checkpoint(Checkpoint(origin(event), len(changed), root))
    content = Content(event, "official", "venue-app", 1, changed, [note], {})
    target = folder / "forged.bundle"
    target.write_bytes(seal.make(content, keys))
    return target
