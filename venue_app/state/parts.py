"""Small moves every part of the fold makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from venue_app.domain.record import Record
from venue_app.state.model import Appearance, Incident, State

K = TypeVar("K")
V = TypeVar("V")


def added(table: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """The table with one entry more, or replaced."""
    return {**table, key: value}


def without(table: Mapping[K, V], key: K) -> dict[K, V]:
    """The table without one entry."""
    return {k: v for k, v in table.items() if k != key}


def put(state: State, appearance: Appearance) -> State:
    """The state with one appearance changed."""
    key = (appearance.room, appearance.lot)
    return replace(state, appearances=added(state.appearances, key, appearance))


def noted(
    state: State,
    record: Record,
    room: str,
    kind: str,
    lot: int | None = None,
    *,
    seat: str = "",
    text: str = "",
    decision: str = "",
) -> State:
    """The state with one incident more in the room's log."""
    incident = Incident(at=record.at, room=room, kind=kind, lot=lot, seat=seat, text=text, decision=decision)
    return replace(state, incidents=(*state.incidents, incident))
