"""Panels that are complete and yet below their minimum: what can be decided about them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from venue_app.domain.nouns import Seat
from venue_app.rules.panel import panel_result
from venue_app.scheme import Group
from venue_app.state.facts import appearance_facts
from venue_app.state.model import Appearance, State
from venue_app.state.room import everywhere, panel, stages_over


@dataclass(frozen=True, slots=True)
class Short:
    """A group whose every seat has marked or is excused, with `count` valid sheets of the `minimum` the plan asks for.

    `dropped` are the sheets its trim takes of so many: when that leaves none, nothing can be made of them.
    `everywhere`: the group serves the whole event, and no room's result waits for it.
    """

    group: str
    count: int
    minimum: int
    dropped: int
    everywhere: bool = False

    @property
    def can_count(self) -> bool:
        """Whether a result can be made of the sheets there are, once it is decided."""
        return self.count > self.dropped


def short_panels(state: State, appearance: Appearance) -> tuple[Short, ...]:
    """The groups of an appearance whose result waits for a decision; none before it has had all its time."""
    if not appearance.judging_open or not stages_over(state, appearance):
        return ()
    place = (appearance.room, appearance.lot)
    known = _newest.get(place)
    if known is None or known[0] is not appearance or known[1] is not state.seats:
        known = (appearance, state.seats, tuple(_short(state, appearance)))
        _newest[place] = known
    return known[2]


def short_in(state: State, group: str) -> tuple[tuple[str, int], ...]:
    """All lots, (room, lot), in which a group waits for a decision that can be taken, by room and lot."""
    found = (
        place
        for place, appearance in state.appearances.items()
        if any(one.group == group and one.can_count for one in short_panels(state, appearance))
    )
    return tuple(sorted(found))


_newest: dict[tuple[str, int], tuple[Appearance, Mapping[str, Seat], tuple[Short, ...]]] = {}
"""What was found last for each lot: a board asks for all of them after every sheet, and nearly all are as they were."""


def _short(state: State, appearance: Appearance) -> Iterator[Short]:
    for group in _complete(state, appearance):
        count = _too_few(state, appearance, group)
        if count is not None:
            dropped = sum(group.trim_for(count).cut(count))
            yield Short(group.id, count, group.minimum, dropped, everywhere=group.scope == "event")


def _complete(state: State, appearance: Appearance) -> Iterator[Group]:
    """Groups that sit here and have no result yet, though every seat has marked or is excused; the room's own first."""
    in_room = () if appearance.value is not None else panel(state, appearance.room)
    seats = (*in_room, *everywhere(state))
    awaited = {s.group for s in seats if s.id not in appearance.sheets and s.id not in appearance.excused}
    complete = {s.group for s in seats} - awaited
    groups = sorted(state.scheme.groups, key=lambda group: group.scope == "event")
    return (group for group in groups if group.id in complete)


def _too_few(state: State, appearance: Appearance, group: Group) -> int | None:
    """How many valid sheets a complete group has, when that is too few; None when they make a result."""
    given = sum(state.seats[seat].group == group.id for seat in appearance.sheets)
    plain = group.discard is None
    if plain and given >= group.minimum and given > sum(group.trim_for(given).cut(given)):
        return None
    known = appearance_facts(state, appearance)
    result = panel_result(state.scheme, known, appearance.entry, group.id)
    return result.valid if result.state == "below_minimum" else None
