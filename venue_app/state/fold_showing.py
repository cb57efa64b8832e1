"""The fold of lots turned over before the hall, whatever draw they came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain import showing as s
from venue_app.domain.record import Record
from venue_app.state.model import Showing, State


def follow(before: State, after: State) -> State:
    """Lots came or went: those of a new draw are hidden where they are shown one by one; what is set aside is forgotten.

    Somebody admitted late is told at once, and so is a draw held by hand: the hall has seen it.
    """
    old = after.showing
    if not before.lots:
        listed = _in_turn(after, tuple(after.lots))
        seeded = after.draw is not None and bool(after.draw.seed)
        hidden = listed if old.one_by_one and seeded else ()
        return replace(after, showing=Showing(one_by_one=old.one_by_one, listed=listed, hidden=hidden))
    hidden = tuple(entry for entry in old.hidden if entry in after.lots)
    showing = Showing(
        one_by_one=old.one_by_one,
        listed=_in_turn(after, tuple(after.lots)),
        hidden=hidden,
        passed=tuple(entry for entry in old.passed if entry in hidden),
        last=old.last if old.last in after.lots else "",
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
