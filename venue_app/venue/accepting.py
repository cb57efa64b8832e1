"""The decision that a panel below its minimum makes its result all the same. Pure."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.base.names import different
from venue_app.domain import floor_commands as c
from venue_app.domain import floor_entries as f
from venue_app.rules.panel import panel_result
from venue_app.state import Appearance, State
from venue_app.state.deciding import Short, short_panels
from venue_app.state.facts import appearance_facts
from venue_app.state.room import marks_in, stages_over
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.results import computed_if_complete
from venue_app.venue.room import appearance


def accept_panel(state: State, command: c.AcceptPanel, context: Context) -> Decision:
    """Two named people decide, with a reason; the result follows at once where nothing else is awaited.

    Refused while sheets or stages are still to come, when the minimum is met, when nothing would be left to count,
    and once the result has been told. For several lots at once it is decided only of a group of the whole event, and
    for all of them or for none.
    """
    people = tuple(name.strip() for name in command.people)
    found, short = _short(state, command.room, command.lot, command.group)
    others = [_short(state, room, lot, command.group) for room, lot in _others(state, command, context)]
    if len(people) != 2 or not different(people):
        raise Known("venue.accept_two_people")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    first, *rest = (
        _accepted(one, panel, people, command.reason.strip()) for one, panel in ((found, short), *others)
    )
    decision = computed_if_complete(state, found, first, context)
    return facts(*decision.facts, *rest)


def _others(state: State, command: c.AcceptPanel, context: Context) -> list[tuple[str, int]]:
    """The further lots, each once; raises `Known` where a decision cannot be for several, or for another's room."""
    others = [place for place in dict.fromkeys(command.also) if place != (command.room, command.lot)]
    if any(seat.group == command.group and seat.room is not None for seat in state.seats.values()) and others:
        raise Known("venue.accept_one_by_one")
    if context.actor.room is not None and any(room != context.actor.room for room, _ in others):
        raise Known("venue.not_your_room", room=context.actor.room)
    return others


def _accepted(found: Appearance, short: Short, people: tuple[str, ...], reason: str) -> f.PanelAccepted:
    return f.PanelAccepted(
        room=found.room,
        lot=found.lot,
        entry=found.entry,
        group=short.group,
        count=short.count,
        minimum=short.minimum,
        people=people,
        reason=reason,
    )


def _short(state: State, room: str, lot: int, group: str) -> tuple[Appearance, Short]:
    """The panel to decide on; raises `Known` where there is nothing to decide."""
    found = appearance(state, room, lot)
    seats = [s for s in state.seats.values() if s.group == group and marks_in(state, s, found.room)]
    if not seats:
        raise Known("venue.accept_no_group", group=group)
    title = str(state.scheme.group(group).title)
    if found.released and seats[0].room is not None:
        raise Known("venue.already_released", lot=found.lot)
    if group in found.accepted:
        raise Known("venue.accept_twice", lot=found.lot, by="、".join(found.accepted[group].by))
    if not found.judging_open:
        raise Known("venue.not_open_for_marks", lot=found.lot)
    if not stages_over(state, found):
        raise Known("venue.stages_missing", lot=found.lot)
    short = next((one for one in short_panels(state, found) if one.group == group), None)
    if short is None:
        raise _nothing_to_decide(state, found, group, title)
    if not short.count:
        raise Known("venue.accept_none", lot=found.lot, group=title)
    if not short.can_count:
        raise Known("venue.accept_trim", count=short.count, dropped=short.dropped, group=title)
    return found, short


def _nothing_to_decide(state: State, found: Appearance, group: str, title: str) -> Known:
    result = panel_result(state.scheme, appearance_facts(state, found), found.entry, group)
    if result.missing:
        seats = "、".join(str(seat) for seat in result.missing)
        return Known("venue.accept_expected", lot=found.lot, group=title, seats=seats)
    return Known(
        "venue.accept_enough", lot=found.lot, group=title, count=result.valid, minimum=result.minimum
    )
