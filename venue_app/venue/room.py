"""Decisions on a room's floor: call, clocks, excuses, check, release, close. Pure."""

from __future__ import annotations

from venue_app.base.canonical import decimal_text
from venue_app.base.errors import Known
from venue_app.base.names import as_read
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain import floor_commands as floor
from venue_app.domain import floor_entries as f
from venue_app.rules.clock import StageClock, penalty
from venue_app.state import Appearance, State
from venue_app.state.room import (
    announcing,
    marks_in,
    may_be_told,
    may_call,
    missing_marks,
    next_stage,
    stages_over,
)
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


def another_person(name: str, context: Context) -> str:
    """The name of a second person; refused when empty or the actor's own."""
    name = name.strip()
    if not as_read(name) or as_read(name) == as_read(context.actor.name):
        raise Known("venue.second_person")
    return name


def call(state: State, command: c.CallCandidate, _: Context) -> Decision:
    """Call a waiting lot to an empty floor; seats recused from its post are left out at once."""
    found = appearance(state, command.room, command.lot)
    now = state.on_floor(command.room)
    if not may_call(state):
        raise Known("venue.no_supervisor")
    if now is not None:
        raise Known("venue.floor_taken", lot=now.lot)
    if found.status != "waiting":
        raise Known("venue.lot_not_waiting", lot=command.lot)
    if found.entry in state.showing.hidden:
        raise Known("showing.under_way", count=len(state.showing.hidden))
    post = state.entries[found.entry].post
    excused = [
        e.SeatExcused(
            room=command.room,
            lot=command.lot,
            entry=found.entry,
            seat=seat,
            excuse="recused",
            reason=reason,
        )
        for (seat, of_post), reason in sorted(state.recusals.items())
        if of_post == post and seat not in found.excused and marks_in(state, state.seats[seat], command.room)
    ]
    return facts(e.CandidateCalled(room=command.room, lot=command.lot, entry=found.entry), *excused)


def recall(state: State, command: floor.RecallCandidate, _: Context) -> Decision:
    """Call once more, as long as nobody has begun."""
    now = _floor(state, command.room)
    if now.lot != command.lot:
        raise Known("venue.wrong_lot", lot=command.lot, now=now.lot)
    if now.begun:
        raise Known("venue.absent_too_late", lot=command.lot)
    return facts(f.CandidateRecalled(room=command.room, lot=command.lot, entry=now.entry))


def confirm_identity(state: State, command: floor.ConfirmIdentity, _: Context) -> Decision:
    """Record who compared the person on the floor with the papers."""
    now = _floor(state, command.room)
    if now.lot != command.lot:
        raise Known("venue.wrong_lot", lot=command.lot, now=now.lot)
    if not command.by.strip():
        raise Known("venue.people_missing")
    return facts(
        f.IdentityConfirmed(room=command.room, lot=command.lot, entry=now.entry, by=command.by.strip())
    )


def waive(state: State, command: floor.WaiveEntry, context: Context) -> Decision:
    """Record 弃权 before the first stage, with a reason and a second person."""
    found = appearance(state, command.room, command.lot)
    if found.status not in ("waiting", "floor") or found.begun:
        raise Known("venue.absent_too_late", lot=command.lot)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(
        f.EntryWaived(
            room=command.room,
            lot=command.lot,
            entry=found.entry,
            reason=command.reason.strip(),
            second=another_person(command.second, context),
        )
    )


def recuse_from_post(state: State, command: floor.RecuseFromPost, _: Context) -> Decision:
    """From the next call on, a seat marks nobody of a post."""
    if command.seat not in state.seats:
        raise Known("venue.unknown_seat", seat=command.seat)
    if command.post not in state.posts:
        raise Known("venue.unknown_entry", entry=command.post)
    if (command.seat, command.post) in state.recusals:
        raise Known("venue.already_excused", seat=command.seat)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(f.SeatRecused(seat=command.seat, post=command.post, reason=command.reason.strip()))


def choose_announcing(state: State, command: floor.ChooseAnnouncing, _: Context) -> Decision:
    """When results are told in a room."""
    if command.room not in state.rooms:
        raise Known("venue.unknown_room", room=command.room)
    return facts(f.AnnouncingChosen(room=command.room, announcing=command.announcing))


def extend_stage(state: State, command: floor.ExtendStage, _: Context) -> Decision:
    """Give the stage on the clock more time."""
    clock = _clock(state, command.room)
    if not 1_000 <= command.add_ms <= 3_600_000:
        raise Known("venue.extension_range")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(
        f.StageExtended(
            room=command.room,
            limit_ms=clock.limit_ms + command.add_ms,
            add_ms=command.add_ms,
            reason=command.reason.strip(),
        )
    )


def absent(state: State, command: c.MarkAbsent, context: Context) -> Decision:
    """Record 缺考 for a lot that waits or was called, before any clock has run, as often and as late as the plan asks."""
    found = appearance(state, command.room, command.lot)
    if found.status not in ("waiting", "floor") or found.begun:
        raise Known("venue.absent_too_late", lot=command.lot)
    now = state.on_floor(command.room)
    if now is not None and now.lot != command.lot:
        raise Known("venue.floor_taken", lot=now.lot)
    rule = state.scheme.attendance
    if found.calls < rule.calls:
        raise Known("venue.absent_calls", lot=command.lot, calls=found.calls, needed=rule.calls)
    waited = found.since_called(context.wall, context.mono, context.boot)
    if rule.wait_s and (waited is None or waited < rule.wait_s * 1000):
        left = rule.wait_s - (waited or 0) // 1000
        raise Known("venue.absent_early", lot=command.lot, left=f"{left // 60}:{left % 60:02d}")
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
    """End the stage and record its time; with the last stage and every mark in, the result follows."""
    now, clock = _floor(state, command.room), _clock(state, command.room)
    return ended_stage(state, now, clock, clock.spent(context.mono), context)


def ended_stage(
    state: State, now: Appearance, clock: StageClock, spent_ms: int, context: Context
) -> Decision:
    """The stage over after `spent_ms`, what running over costs by its bands, and the result if it was awaited."""
    stage = state.scheme.stage(clock.stage)
    stopped = clock.ended(spent_ms)
    cost = decimal_text(penalty(stage, stopped.over_s(context.mono))) if stage.penalties else ""
    ended = e.StageEnded(
        room=now.room,
        stage=clock.stage,
        spent_ms=spent_ms,
        over_ms=max(0, -stopped.remaining(context.mono)),
        penalty=cost,
    )
    return computed_if_complete(state, now, ended, context)


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
    if found.value is None and not stages_over(state, found):
        raise Known("venue.stages_missing", lot=command.lot)
    if found.value is None and not missing_marks(state, found):
        raise Known("venue.result_undecided", lot=command.lot)
    if found.value is None:
        raise Known("venue.result_missing", lot=command.lot, count=len(missing_marks(state, found)))
    if found.checker is not None:
        raise Known("venue.already_checked", lot=command.lot)
    checker = another_person(command.checker, context)
    return facts(e.ResultChecked(room=command.room, lot=command.lot, entry=found.entry, checker=checker))


def release_result(state: State, command: c.ReleaseResult, _: Context) -> Decision:
    """Give a checked result to the hall, not before the room's time for telling has come."""
    found = appearance(state, command.room, command.lot)
    if found.checker is None:
        raise Known("venue.not_checked", lot=command.lot)
    if found.released:
        raise Known("venue.already_released", lot=command.lot)
    if not may_be_told(state, found):
        raise Known("venue.told_later", lot=command.lot)
    return facts(e.ResultReleased(room=command.room, lot=command.lot, entry=found.entry))


def close_appearance(state: State, command: c.CloseAppearance, _: Context) -> Decision:
    """Free the floor once the result is released (or cannot be made of the sheets there are) and no clock runs."""
    now = _floor(state, command.room)
    if now.lot != command.lot:
        raise Known("venue.wrong_lot", lot=command.lot, now=now.lot)
    if now.clock is not None:
        raise Known("venue.clock_running", stage=now.clock.stage)
    over = now.judging_open and stages_over(state, now)
    below_minimum = now.value is None and over and not missing_marks(state, now)
    told_later = now.checker is not None and announcing(state, command.room) != "at-once"
    if not now.released and not below_minimum and not told_later:
        raise Known("venue.not_released", lot=now.lot)
    return facts(e.AppearanceClosed(room=command.room, lot=now.lot, entry=now.entry))
