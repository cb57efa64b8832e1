"""Entries that come over the line to another laptop, a console's or the standby's: what makes them the event's own."""

from __future__ import annotations

from collections.abc import Iterable

from venue_app.base.errors import Known
from venue_app.domain.record import Record, decode
from venue_app.journal import Tree, leaf_hash
from venue_app.lan import role_messages as r
from venue_app.state import State, apply, begin


def checked(tree: Tree, entries: r.Entries) -> tuple[list[bytes], list[Record]]:
    """The entries as bytes and as records; `tree` has grown by them, or is as it was.

    Raises `Known`: console.journal_differs where they do not go on from `tree` or miss the root told, entry.*.
    """
    raws = [text.encode() for text in entries.entries]
    size = tree.size
    if entries.first != size:
        raise Known("console.journal_differs", seq=entries.first)
    records = [decode(raw) for raw in raws]
    tree.extend(leaf_hash(raw) for raw in raws)
    if tree.root().hex() != entries.root or any(r.seq != size + at for at, r in enumerate(records)):
        tree.truncate(size)
        raise Known("console.journal_differs", seq=entries.first)
    return raws, records


def folded(state: State | None, records: Iterable[Record]) -> State | None:
    """The state after these records; None while there was none at all."""
    for record in records:
        state = begin(record) if state is None else apply(state, record)
    return state
