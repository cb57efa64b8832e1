"""What waits for a witness's signature. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from venue_app.domain.floor_commands import Milestone
from venue_app.state.model import Appearance, State, Witnessed


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone this witness has not signed for yet. `count` is how many results a session's signature covers."""

    milestone: Milestone
    room: str | None = None
    lot: int | None = None
    count: int = 0


def due(state: State, role: str) -> tuple[Due, ...]:
    """What a witness of this role may sign now, in the order it happened; results by room and lot.

    A result can be signed by itself or with its room's session; one corrected since is due again, and so
    are the draw after a redraw, ballots after another was closed, and the close after the record was opened again.
    """
    mine = [w for w in state.witnessed if w.role == role]
    found: list[Due] = []
    if state.opened_at is not None and not _signed(mine, "opening"):
        found.append(Due("opening"))
    drawn = max((draw.held_seq for draw in state.draws.values()), default=0)
    if drawn and not _signed(mine, "draw", drawn):
        found.append(Due("draw"))
    voted = max((poll.closed_seq for poll in state.polls.values()), default=0)
    if voted and not _signed(mine, "ballot", voted):
        found.append(Due("ballot"))
    for room in sorted(state.rooms):
        results = [a for a in state.queue(room) if a.checker is not None and not covered(mine, a)]
        if len(results) > 1:
            found.append(Due("session", room, count=len(results)))
        found.extend(Due("result", room, a.lot) for a in results)
    if state.closed_at is not None and not _signed(mine, "close", state.closed_seq):
        found.append(Due("close"))
    return tuple(found)


def covered(signed: list[Witnessed], appearance: Appearance) -> bool:
    """Whether one of these signatures speaks for the result as it was last checked."""
    return any(
        w.size > appearance.checked_seq
        and w.room == appearance.room
        and (w.milestone == "session" or (w.milestone == "result" and w.lot == appearance.lot))
        for w in signed
    )


def _signed(mine: list[Witnessed], milestone: str, after: int = 0) -> bool:
    return any(w.milestone == milestone and w.size > after for w in mine)
