"""The draws of an event as the files that are published: lists, and transcripts of those that were held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from venue_app.base.canonical import canonical
from venue_app.domain.record import decode
from venue_app.host.audit_draw import said_of
from venue_app.journal import Journal
from venue_app.state import replay


def published(event: Path) -> Iterator[tuple[str, bytes]]:
    """File names and contents: `order.list.txt`, `order.transcript.json`; `order-2.…` for the second of its kind.

    Draws set aside are among them; one held by hand, or not held yet, has a list only. The file is only read.
    Raises `Known` journal.* when it is no event.
    """
    journal = Journal.open(event, readonly=True)
    try:
        state = replay(decode(raw) for _, raw in journal.entries())
    finally:
        journal.close()
    seen: Counter[str] = Counter()
    for draw in sorted((*state.past_draws, *state.draws.values()), key=lambda draw: draw.frozen_seq):
        seen[draw.purpose] += 1
        number = seen[draw.purpose]
        name = draw.purpose if number == 1 else f"{draw.purpose}-{number}"
        yield f"{name}.list.txt", draw.list.encode("ascii")
        if draw.seed:
            yield f"{name}.transcript.json", canonical(said_of(state, draw)) + b"\n"
