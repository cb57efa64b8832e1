"""When the last stage is over and the last awaited sheet or excuse is in, the panel's result follows at once. Pure."""

from __future__ import annotations

from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.record import Record
from venue_app.rules.number import text
from venue_app.rules.panel import panel_result
from venue_app.scheme import Panel
from venue_app.state import Appearance, State, apply
from venue_app.state.facts import appearance_facts
from venue_app.state.room import missing_marks, stages_over
from venue_app.venue.context import Context, Decision

Last = e.SheetReceived | e.SeatExcused | e.StageEnded | f.PanelAccepted
"""What a result can have been waiting for."""


def computed_if_complete(state: State, before: Appearance, fact: Last, context: Context) -> Decision:
    """The fact, and the room's results if it was the last thing awaited.

    Marks may come while the candidate still speaks or is questioned; the result waits for the end of the last
    stage. A panel left below its minimum gives no result until it is decided that it does. A seat that marks in every
    room (an observer, one of a thousand in the hall) is never the one a room waits for.
    """
    if before.value is not None or _of_everywhere(state, fact):
        return Decision(facts=(fact,))
    record = Record(
        seq=state.size, at=context.wall, mono=context.mono, boot=context.boot, actor=context.actor, data=fact
    )
    after = apply(state, record)
    now = after.appearances[(before.room, before.lot)]
    if missing_marks(after, now) or not stages_over(after, now):
        return Decision(facts=(fact,))
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


def _of_everywhere(state: State, fact: Last) -> bool:
    return isinstance(fact, e.SheetReceived | e.SeatExcused) and state.seats[fact.seat].room is None
