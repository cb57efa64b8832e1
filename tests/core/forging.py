"""A bundle rewritten by somebody who owns the laptop: every signature the laptop can make is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from tests.venues import Heard, bundle
from venue_app.domain import entries as e
from venue_app.domain.record import decode, encode
from venue_app.journal import Checkpoint
from venue_app.journal.checkpoint import origin
from venue_app.journal.merkle import leaf_hash, root_of
from venue_app.seal import bundle as seal
from venue_app.seal.bundle import Content
from venue_app.seal.keys import load_or_create
from venue_app.venue.sheets import receipt_of


def with_marks(folder: Path, place: str, rooms: Mapping[str, Sequence[Heard]]) -> Path:
    """The bundle of a venue in which both sheets of the first candidate say 50, with receipts and result to match."""
    keys = load_or_create(folder / f"keys-{place}")
    opened = seal.read(bundle(folder, place, rooms))
    records = [decode(raw) for raw in opened.entries]
    event = opened.manifest.event
    first = next(r.data for r in records if isinstance(r.data, e.SheetReceived))
    changed = []
    for record in records:
        fact = record.data
        if isinstance(fact, e.SheetReceived) and fact.entry == first.entry:
            bare = replace(fact, marks={"total": "50.0"}, total="50.0")
            record = replace(record, data=replace(bare, receipt=receipt_of(event, bare, record.sub)))
        elif isinstance(fact, e.ResultComputed) and fact.entry == first.entry:
            record = replace(record, data=replace(fact, value="50.00"))
        changed.append(encode(record))
    root = root_of(leaf_hash(raw) for raw in changed)
    note = keys.sign_checkpoint(Checkpoint(origin(event), len(changed), root))
    content = Content(event, "official", "venue-app", 1, changed, [note], {})
    target = folder / "forged.bundle"
    target.write_bytes(seal.make(content, keys))
    return target
