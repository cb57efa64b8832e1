"""Opening the record again after its close. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.domain import floor_commands as floor
from venue_app.domain import floor_entries as f
from venue_app.state import State
from venue_app.venue.context import Context, Decision, facts


def reopen_run(state: State, command: floor.ReopenRun, _: Context) -> Decision:
    """Two different people take it on themselves, with a reason; everything after says that it happened."""
    if state.closed_at is None:
        raise Known("venue.nothing_to_reopen")
    people = tuple(replace(p, name=p.name.strip()) for p in command.people)
    if len({p.name for p in people if p.name}) < 2 or not all(p.name for p in people):
        raise Known("venue.reopen_two_people")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(f.RunReopened(people=people, reason=command.reason.strip()))
