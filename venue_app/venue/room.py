"""Decisions on a room's floor: call, clocks, excuses, check, release, close. Pure."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.rules.clock import StageClock
from venue_app.state import Appearance, State
from venue_app.state.room import missing_marks, next_stage
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.results import computed_if_complete


def appearance(state: State, room: str, lot: int) -> Appearance:
    """The appearance asked for, or a refusal that names it."""
    found = state.appearances.get((room, lot))
    if found is None:
        raise Known("venue.unknown_lot", lot=lot)
    return found


def _floor(state: State, room: str) -> Appearance:
    now = state.on_floor(room)
    if now is None:
        raise Known("venue.floor_empty")
    return now


def _clock(state: State, room: str) -> StageClock:
    clock = _floor(state, room).clock
    if clock is None:
        raise Known("venue.no_clock")
    return clock


def call(state: State, command: c.CallCandidate, _: Context) -> Decision:
    """Call a waiting lot to an empty floor."""
    found = appearance(state, command.room, command.lot)
    now = state.on_floor(command.room)
    if now is not None:
        raise Known("venue.floor_taken", lot=now.lot)
    if found.status != "waiting":
        raise Known("venue.lot_not_waiting", lot=command.lot)
    return facts(e.CandidateCalled(room=command.room, lot=command.lot, entry=found.entry))


def absent(state: State, command: c.MarkAbsent, _: Context) -> Decision:
    """Record 缺考 for a lot that waits or was called, before any clock has run."""
    found = appearance(state, command.room, command.lot)
    if found.status not in ("waiting", "floor") or found.judging_open:
        raise Known("venue.absent_too_late", lot=command.lot)
    now = state.on_floor(command.room)
    if now is not None and now.lot != command.lot:
        raise Known("venue.floor_taken", lot=now.lot)
    return facts(e.CandidateAbsent(room=command.room, lot=command.lot, entry=found.entry))


def start_stage(state: State, command: c.StartStage, _: Context) -> Decision:
    """Start the next stage of the scheme; never two clocks at once, never one twice."""
    now = _floor(state, command.room)
    if now.clock is not None:
        raise Known("venue.clock_running", stage=now.clock.stage)
    if now.value is not None or command.stage != next_stage(state, now):
        raise Known("venue.not_next_stage", stage=command.stage)
    limit = state.scheme.stage(command.stage).limit_s * 1000
    return facts(e.StageStarted(room=command.room, stage=command.stage, limit_ms=limit))


def pause_stage(state: State, command: c.PauseStage, context: Context) -> Decision:
    """Stop the running clock, with a reason."""
    clock = _clock(state, command.room)
    if clock.phase != "running":
        raise Known("venue.clock_not_running")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(
        e.StagePaused(room=command.room, reason=command.reason.strip(), spent_ms=clock.spent(context.mono))
    )


def resume_stage(state: State, command: c.ResumeStage, context: Context) -> Decision:
    """Let the paused clock go on from where it stood."""
    clock = _clock(state, command.room)
    if clock.phase != "paused":
        raise Known("venue.clock_not_paused")
    return facts(e.StageResumed(room=command.room, spent_ms=clock.spent(context.mono)))


def end_stage(state: State, command: c.EndStage, context: Context) -> Decision:
    """End the stage and record its time."""
    clock = _clock(state, command.room)
    return facts(e.StageEnded(room=command.room, stage=clock.stage, spent_ms=clock.spent(context.mono)))


def excuse_seat(state: State, command: c.ExcuseSeat, context: Context) -> Decision:
    """Take a seat out of the arithmetic for one candidate, before its marks are in."""
    found = appearance(state, command.room, command.lot)
    seat = state.seats.get(command.seat)
    if seat is None or (seat.room is not None and seat.room != command.room):
        raise Known("venue.unknown_seat", seat=command.seat)
    if command.seat in found.sheets:
        raise Known("venue.sheet_already_in", seat=command.seat, lot=command.lot)
    if command.seat in found.excused:
        raise Known("venue.already_excused", seat=command.seat)
    if found.value is not None and seat.room is not None:
        raise Known("venue.result_exists", lot=command.lot)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    excused = e.SeatExcused(
        room=command.room,
        lot=command.lot,
        entry=found.entry,
        seat=command.seat,
        excuse=command.kind,
        reason=command.reason.strip(),
    )
    return computed_if_complete(state, found, excused, context)


def check_result(state: State, command: c.CheckResult, context: Context) -> Decision:
    """A second person confirms the computed value."""
    found = appearance(state, command.room, command.lot)
    if found.value is None:
        raise Known("venue.result_missing", lot=command.lot, count=len(missing_marks(state, found)))
    if found.checker is not None:
        raise Known("venue.already_checked", lot=command.lot)
    if not command.checker.strip() or command.checker.strip() == context.actor.name.strip():
        raise Known("venue.second_person")
    return facts(
        e.ResultChecked(
            room=command.room, lot=command.lot, entry=found.entry, checker=command.checker.strip()
        )
    )


def release_result(state: State, command: c.ReleaseResult, _: Context) -> Decision:
    """Give a checked result to the hall."""
    found = appearance(state, command.room, command.lot)
    if found.checker is None:
        raise Known("venue.not_checked", lot=command.lot)
    if found.released:
        raise Known("venue.already_released", lot=command.lot)
    return facts(e.ResultReleased(room=command.room, lot=command.lot, entry=found.entry))


def close_appearance(state: State, command: c.CloseAppearance, _: Context) -> Decision:
    """Free the floor once the result is released (or cannot be made of the sheets there are) and no clock runs."""
    now = _floor(state, command.room)
    if now.lot != command.lot:
        raise Known("venue.wrong_lot", lot=command.lot, now=now.lot)
    if now.clock is not None:
        raise Known("venue.clock_running", stage=now.clock.stage)
    below_minimum = now.value is None and now.judging_open and not missing_marks(state, now)
    if not now.released and not below_minimum:
        raise Known("venue.not_released", lot=now.lot)
    return facts(e.AppearanceClosed(room=command.room, lot=now.lot, entry=now.entry))
