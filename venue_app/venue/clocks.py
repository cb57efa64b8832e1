"""What the program itself does to clocks: stops them where they were last seen, and ends what the plan cuts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from venue_app.domain.entries import ASLEEP, RESTART, Fact, StagePaused
from venue_app.state import Appearance, State
from venue_app.venue.context import Context
from venue_app.venue.room import ended_stage

#: The machine has slept when the clocks that count sleep and those that do not differ by so much more, in ms.
SLEPT_MS = 2_000
#: Before a room's name among the beats of the event file.
BEAT = "clock:"


def _running(state: State) -> Iterator[tuple[str, Appearance]]:
    for room in sorted(state.floor):
        now = state.on_floor(room)
        if now is not None and now.clock is not None and now.clock.phase == "running":
            yield room, now


def positions(state: State, mono: int) -> dict[str, str]:
    """Each running clock by room, as it is kept for a crash: lot, stage and what was spent."""
    return {
        room: f"{now.lot}:{now.clock.stage}:{now.clock.spent(mono)}"
        for room, now in _running(state)
        if now.clock is not None
    }


def beats(state: State, mono: int) -> dict[str, bytes]:
    """`positions` as the event file keeps them beside the journal."""
    return {BEAT + room: where.encode() for room, where in positions(state, mono).items()}


def recovered(state: State, kept: Mapping[str, str]) -> list[Fact]:
    """Clocks that ran when the program died come back paused where they were last seen."""
    found: list[Fact] = []
    for room, now in _running(state):
        assert now.clock is not None
        spent = now.clock.spent_ms
        lot, _, rest = kept.get(room, "").partition(":")
        stage, _, seen = rest.rpartition(":")
        if (lot, stage) == (str(now.lot), now.clock.stage):
            spent = max(spent, int(seen))
        found.append(StagePaused(room=room, reason=RESTART, spent_ms=spent))
    return found


def asleep(state: State, mono: int, seen: int, beat_ms: int) -> list[Fact]:
    """After a sleep: paused where they stood at the last beat, `seen`, or a beat later at most.

    Whether people went on talking meanwhile nobody here can know; the proctor goes on or gives time.
    """
    return [
        StagePaused(
            room=room, reason=ASLEEP, spent_ms=min(now.clock.spent(mono), now.clock.spent(seen) + beat_ms)
        )
        for room, now in _running(state)
        if now.clock is not None
    ]


def due(state: State, mono: int) -> int | None:
    """In how many ms the first stage ends that the plan cuts; 0 when it is time, None when none is."""
    left = [
        max(0, now.clock.remaining(mono))
        for _, now in _running(state)
        if now.clock is not None and state.scheme.stage(now.clock.stage).at_end == "cut"
    ]
    return min(left, default=None)


def cut(state: State, context: Context) -> list[Fact]:
    """The end of one stage whose time is up where the plan cuts, with what follows; nothing when none is."""
    for _, now in _running(state):
        clock = now.clock
        assert clock is not None
        if state.scheme.stage(clock.stage).at_end == "cut" and clock.remaining(context.mono) <= 0:
            return list(ended_stage(state, now, clock, clock.limit_ms, context).facts)
    return []
