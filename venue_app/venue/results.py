"""When the last awaited sheet or excuse is in, the panel's result follows in the same breath. Pure."""

from __future__ import annotations

from venue_app.domain import entries as e
from venue_app.domain.record import Record
from venue_app.rules.number import text
from venue_app.rules.panel import panel_result
from venue_app.scheme import Panel
from venue_app.state import Appearance, State, apply
from venue_app.state.facts import appearance_facts
from venue_app.state.room import missing_marks
from venue_app.venue.context import Context, Decision


def computed_if_complete(
    state: State, before: Appearance, fact: e.SheetReceived | e.SeatExcused, context: Context
) -> Decision:
    """The fact, and the room's results if it was the last one awaited.

    A panel left below its minimum gives no result: that waits for a decision. A seat that marks in every
    room (an observer, one of a thousand in the hall) is never the one a room waits for.
    """
    if before.value is not None or state.seats[fact.seat].room is None:
        return Decision(facts=(fact,))
    if any(seat != fact.seat for seat in missing_marks(state, before)):
        return Decision(facts=(fact,))
    record = Record(
        seq=state.size, at=context.wall, mono=context.mono, boot=context.boot, actor=context.actor, data=fact
    )
    after = apply(state, record)
    now = after.appearances[(before.room, before.lot)]
    known = appearance_facts(after, now)
    found: list[e.ResultComputed] = []
    for component in after.scheme.components:
        if not isinstance(component, Panel) or after.scheme.group(component.group).scope == "event":
            continue
        result = panel_result(after.scheme, known, now.entry, component.group)
        if result.value is None:
            return Decision(facts=(fact,))
        found.append(
            e.ResultComputed(
                room=now.room, lot=now.lot, entry=now.entry, component=component.id, value=text(result.value)
            )
        )
    return Decision(facts=(fact, *found))
