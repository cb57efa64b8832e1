"""The fold of lots turned over before the hall, whatever draw they came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain import showing as s
from venue_app.domain.record import Record
from venue_app.state.model import Showing, State


def follow(before: State, after: State) -> State:
    """Lots came or went: fresh ones are hidden where they are shown one by one, and those set aside are forgotten."""
    old = after.showing
    fresh = tuple(entry for entry, lot in after.lots.items() if before.lots.get(entry) != lot)
    stayed = [entry for entry in old.listed if entry in after.lots and entry not in fresh]
    kept = tuple(entry for entry in old.hidden if entry in stayed)
    if fresh and not kept:
        stayed = []  # what was shown to its end makes room for the next draw
    showing = Showing(
        one_by_one=old.one_by_one,
        listed=_in_turn(after, (*stayed, *fresh)),
        hidden=(*kept, *_in_turn(after, fresh)) if old.one_by_one else (),
        passed=tuple(entry for entry in old.passed if entry in kept),
        last="" if fresh or old.last not in after.lots else old.last,
    )
    return replace(after, showing=showing)


def _in_turn(state: State, entries: tuple[str, ...]) -> tuple[str, ...]:
    """Room by room in the order of identifiers: known before the draw, so it says nothing about the lots."""
    return tuple(sorted(entries, key=lambda entry: (state.lots[entry].room, entry)))


def _chosen(state: State, data: s.ShowingChosen, _: Record) -> State:
    return replace(state, showing=replace(state.showing, one_by_one=data.one_by_one))


def _shown(state: State, data: s.LotShown, _: Record) -> State:
    old = state.showing
    showing = replace(
        old,
        hidden=tuple(entry for entry in old.hidden if entry != data.entry),
        passed=tuple(entry for entry in old.passed if entry != data.entry),
        last=data.entry,
    )
    return replace(state, showing=showing)


def _passed(state: State, data: s.TurnPassed, _: Record) -> State:
    old = state.showing
    passed = (*(entry for entry in old.passed if entry != data.entry), data.entry)
    waiting = (*(entry for entry in old.hidden if entry not in passed), *passed)
    return replace(state, showing=replace(old, hidden=waiting, passed=passed))


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    s.ShowingChosen: _chosen,
    s.LotShown: _shown,
    s.TurnPassed: _passed,
}
