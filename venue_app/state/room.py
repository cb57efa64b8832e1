"""Questions about a room: who marks, what is missing, what comes next. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from venue_app.domain.floor_commands import Announcing
from venue_app.domain.nouns import Seat
from venue_app.domain.roles import Role
from venue_app.scheme import Group
from venue_app.state.model import Appearance, State
from venue_app.state.places import SUPERVISOR, Place, person_at
from venue_app.state.sections import half_day_of

StepKind = Literal[
    "call", "start-stage", "end-stage", "wait-marks", "set-aside", "check", "release", "close", "finished"
]


@dataclass(frozen=True, slots=True)
class Step:
    """The one next step of a room. `missing` are the seats still to mark before it can be taken.

    `set-aside`: everybody has marked or is excused, yet too few marked for a result; the candidate
    leaves the floor without one, and it waits for a decision.
    """

    kind: StepKind
    lot: int | None = None
    stage: str | None = None
    missing: tuple[str, ...] = ()


def group_of(state: State, seat: str) -> Group:
    """The judge group a seat belongs to."""
    return state.scheme.group(state.seats[seat].group)


def marks_in(state: State, seat: Seat, room: str) -> bool:
    """Whether this seat marks in this room: its own room, or every room for an event-wide group."""
    return seat.room is None or seat.room == room


_Table = dict[str | None, tuple[Seat, ...]]
_newest: tuple[Mapping[str, Seat], _Table] = ({}, {})


def _by_room(seats: Mapping[str, Seat]) -> _Table:
    """The seats of each room in order. All states after one import share `seats`, so the newest table is kept."""
    global _newest
    known, table = _newest
    if known is not seats:
        found: dict[str | None, list[Seat]] = {}
        for seat in sorted(seats.values(), key=lambda s: (s.group, s.number)):
            found.setdefault(seat.room, []).append(seat)
        table = {room: tuple(of) for room, of in found.items()}
        _newest = (seats, table)
    return table


def panel(state: State, room: str) -> tuple[Seat, ...]:
    """The seats whose sheets make the room's result (groups bound to rooms), by number."""
    return _by_room(state.seats).get(room, ())


def everywhere(state: State) -> tuple[Seat, ...]:
    """The seats that mark in every room (observers), by number."""
    return _by_room(state.seats).get(None, ())


def missing_marks(state: State, appearance: Appearance) -> tuple[str, ...]:
    """Seats of the room's panel that have neither marked nor been excused."""
    return tuple(
        s.id
        for s in panel(state, appearance.room)
        if s.id not in appearance.sheets and s.id not in appearance.excused
    )


def missing_everywhere(state: State, appearance: Appearance) -> tuple[str, ...]:
    """Event-wide seats that have not marked this appearance; they do not hold the room up."""
    return tuple(
        s.id for s in everywhere(state) if s.id not in appearance.sheets and s.id not in appearance.excused
    )


def next_lot(state: State, room: str) -> int | None:
    """The first lot still waiting."""
    return next((a.lot for a in state.queue(room) if a.status == "waiting"), None)


def next_stage(state: State, appearance: Appearance) -> str | None:
    """The next stage of the scheme that this appearance has not had."""
    had = {c.stage for c in appearance.ended_stages}
    if appearance.clock is not None:
        had.add(appearance.clock.stage)
    return next((s.id for s in state.scheme.stages if s.id not in had), None)


def stages_over(state: State, appearance: Appearance) -> bool:
    """Whether the appearance has had all its time: no clock runs and no stage is to come."""
    if appearance.status == "done":
        return True
    return appearance.clock is None and next_stage(state, appearance) is None


def supervised(state: State) -> bool:
    """Whether a supervisor is signed in: at a screen of their own, or with a signature for the day."""
    station = state.stations.get(SUPERVISOR)
    by_name = station is not None and bool(person_at(state, Place(SUPERVISOR, Role.SUPERVISOR)))
    return by_name or any(w.role == Role.SUPERVISOR for w in state.witnessed)


def may_call(state: State) -> bool:
    """Whether anybody may be called: not before a supervisor is there, where the plan says so."""
    return not state.scheme.attendance.supervisor or supervised(state)


class Awaited(NamedTuple):
    """What a result still waits for: stages that are not over, seats that have neither marked nor been excused."""

    stages: tuple[str, ...]
    seats: tuple[str, ...]


def awaited(state: State, appearance: Appearance) -> Awaited:
    """What the result of an appearance waits for; nothing once it stands."""
    if appearance.value is not None:
        return Awaited((), ())
    over = {c.stage for c in appearance.ended_stages}
    left = () if appearance.status == "done" else (s.id for s in state.scheme.stages if s.id not in over)
    return Awaited(tuple(left), missing_marks(state, appearance))


def next_step(state: State, room: str) -> Step:
    """What the proctor does next in this room."""
    now = state.on_floor(room)
    if now is None:
        lot = next_lot(state, room)
        return Step("finished") if lot is None else Step("call", lot=lot)
    if now.clock is not None:
        return Step("end-stage", lot=now.lot, stage=now.clock.stage)
    stage = next_stage(state, now)
    if stage is not None and now.value is None:
        return Step("start-stage", lot=now.lot, stage=stage)
    if now.value is None:
        missing = missing_marks(state, now)
        return Step("wait-marks", now.lot, missing=missing) if missing else Step("set-aside", now.lot)
    if now.checker is None:
        return Step("check", lot=now.lot)
    if not now.released and announcing(state, room) == "at-once":
        return Step("release", lot=now.lot)
    return Step("close", lot=now.lot)


def announcing(state: State, room: str) -> Announcing:
    """When results are told in this room."""
    return state.announcing.get(room, "at-once")


def may_be_told(state: State, appearance: Appearance) -> bool:
    """Whether the room's time for telling this result has come."""
    policy = announcing(state, appearance.room)
    if policy == "at-once":
        return True
    queue = state.queue(appearance.room)
    if policy in ("after-post", "after-half-day", "at-end"):
        awaited = (a for a in queue if policy == "at-end" or _together(state, a, appearance, policy))
        return not any(a.status in ("waiting", "floor") for a in awaited)
    later = [a for a in queue if a.lot > appearance.lot]
    return not later or any(a.status in ("done", "absent", "waived") for a in later)


def _together(state: State, one: Appearance, other: Appearance, policy: Announcing) -> bool:
    """Whether two people of a room are told together: of one post, or heard in one half-day."""
    if policy == "after-post":
        return state.entries[one.entry].post == state.entries[other.entry].post
    return half_day_of(state, one.entry) == half_day_of(state, other.entry)


def reopened(state: State, room: str) -> list[Appearance]:
    """Appearances that are over but whose result has to be made, checked or told again."""
    return [a for a in state.queue(room) if a.status == "done" and a.superseded and not a.released]


def open_tasks(state: State, seat: str) -> Iterator[Appearance]:
    """What this seat can mark now and has not: on the floor first, then earlier ones still owed."""
    mine = state.seats[seat]
    for appearance in _judgeable(state, mine):
        if seat not in appearance.sheets and seat not in appearance.excused:
            yield appearance


def _judgeable(state: State, seat: Seat) -> list[Appearance]:
    found = [a for a in state.appearances.values() if marks_in(state, seat, a.room) and a.judging_open]
    return sorted(found, key=lambda a: (a.called_at or 0, a.room, a.lot))


def progress(state: State, room: str) -> tuple[int, int]:
    """How many lots of the room are over (done, absent or waived), and how many there are."""
    queue = state.queue(room)
    return sum(a.status in ("done", "absent", "waived") for a in queue), len(queue)
