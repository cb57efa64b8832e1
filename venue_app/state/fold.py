"""The fold: one entry after the other makes the state. Pure, total for every entry the venue writes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.domain import entries as e
from venue_app.domain.record import Record
from venue_app.scheme import load_scheme
from venue_app.state import fold_ballots, fold_draw, fold_event, fold_hosts, fold_room, fold_showing
from venue_app.state.model import State

_HANDLERS = (
    fold_event.HANDLERS
    | fold_draw.HANDLERS
    | fold_room.HANDLERS
    | fold_showing.HANDLERS
    | fold_ballots.HANDLERS
    | fold_hosts.HANDLERS
)


def begin(record: Record) -> State:
    """The state after the first entry. Raises `Known` when the journal does not begin with one."""
    if not isinstance(record.data, e.EventCreated):
        raise Known("journal.not_an_event", file="")
    scheme = load_scheme(record.data.scheme, "event")
    return State(event=record.data, scheme=scheme, created_at=record.at, last_at=record.at)


def apply(state: State, record: Record) -> State:
    """The state after one more entry."""
    after = _HANDLERS[type(record.data)](state, record.data, record)
    after = fold_room.remember_step(state, after, record)
    if after.lots is not state.lots:
        after = fold_showing.follow(state, after)
    return replace(after, size=record.seq + 1, last_at=record.at)


def replay(records: Iterable[Record]) -> State:
    """The state after a whole journal, from its first entry on."""
    stream = iter(records)
    state = begin(next(stream))
    for record in stream:
        state = apply(state, record)
    return state
