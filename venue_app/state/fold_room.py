"""The fold of what happens in a room: calls, clocks, sheets, results, corrections, and steps taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.entries import ASLEEP, RESTART
from venue_app.domain.record import Record
from venue_app.rules import clock
from venue_app.rules.facts import Accepted
from venue_app.state.model import Appearance, Excuse, Sheet, State, Undoable
from venue_app.state.parts import added, noted, put, without
from venue_app.state.room import panel


def _on_floor(state: State, room: str) -> Appearance:
    return state.appearances[(room, state.floor[room])]


def _of(state: State, room: str, lot: int) -> Appearance:
    return state.appearances[(room, lot)]


def _called(state: State, data: e.CandidateCalled, record: Record) -> State:
    before = _of(state, data.room, data.lot)
    untimed = not state.scheme.stages
    now = replace(
        before,
        status="floor",
        called_at=record.at,
        called_mono=record.mono,
        called_boot=record.boot,
        calls=before.calls + 1,
        untimed=untimed,
        sat=before.sat or {seat.id: seat.name for seat in panel(state, data.room)},
    )
    return replace(put(state, now), floor=added(state.floor, data.room, data.lot))


def _recalled(state: State, data: f.CandidateRecalled, _: Record) -> State:
    now = _of(state, data.room, data.lot)
    return put(state, replace(now, calls=now.calls + 1))


def _identified(state: State, data: f.IdentityConfirmed, _: Record) -> State:
    return put(state, replace(_of(state, data.room, data.lot), identified=data.by))


def _absent(state: State, data: e.CandidateAbsent, record: Record) -> State:
    now = replace(_of(state, data.room, data.lot), status="absent", clock=None)
    left = replace(put(state, now), floor=without(state.floor, data.room))
    return noted(left, record, data.room, "absent", data.lot)


def _waived(state: State, data: f.EntryWaived, record: Record) -> State:
    now = replace(_of(state, data.room, data.lot), status="waived", clock=None)
    after = put(state, now)
    if state.floor.get(data.room) == data.lot:
        after = replace(after, floor=without(state.floor, data.room))
    return noted(after, record, data.room, "waived", data.lot, text=data.reason)


def _stage_started(state: State, data: e.StageStarted, record: Record) -> State:
    running = clock.start(data.stage, data.limit_ms, record.mono)
    return put(state, replace(_on_floor(state, data.room), clock=running))


def _stage_paused(state: State, data: e.StagePaused, record: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    after = put(state, replace(now, clock=now.clock.stopped(data.spent_ms, data.reason)))
    if data.reason in (RESTART, ASLEEP):
        return noted(after, record, data.room, data.reason, now.lot)
    return noted(after, record, data.room, "paused", now.lot, text=data.reason)


def _stage_resumed(state: State, data: e.StageResumed, record: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    return put(state, replace(now, clock=now.clock.resumed(data.spent_ms, record.mono)))


def _stage_extended(state: State, data: f.StageExtended, record: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    after = put(state, replace(now, clock=now.clock.limited(data.limit_ms)))
    return noted(after, record, data.room, "extended", now.lot, text=data.reason)


def _stage_ended(state: State, data: e.StageEnded, _: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    ended = (*now.ended_stages, now.clock.ended(data.spent_ms))
    return put(state, replace(now, clock=None, ended_stages=ended))


def _sheet(state: State, data: e.SheetReceived, record: Record) -> State:
    now = _of(state, data.room, data.lot)
    sheet = Sheet(
        seat=data.seat,
        marks=data.marks,
        total=data.total,
        receipt=data.receipt,
        at=record.at,
        seq=record.seq,
        sub=record.sub,
    )
    after = put(state, replace(now, sheets=added(now.sheets, data.seat, sheet)))
    if not data.paper:
        return after
    names = "、".join(data.paper)
    return noted(after, record, data.room, "paper", data.lot, seat=data.seat, text=names)


def _reopened(state: State, data: f.SheetReopened, record: Record) -> State:
    now = _of(state, data.room, data.lot)
    group = state.seats[data.seat].group
    after = replace(
        now,
        sheets=without(now.sheets, data.seat),
        superseded=(*now.superseded, now.sheets[data.seat]),
        accepted=without(now.accepted, group),
    )
    if state.seats[data.seat].room is not None:
        # what was checked, told and signed for was the result that is withdrawn
        after = replace(after, value=None, checker=None, released=False, signed=False, refused="")
    text = f"{data.reason}({data.second})"
    done = noted(put(state, after), record, data.room, "reopened", data.lot, seat=data.seat, text=text)
    decision = now.accepted.get(group)
    if decision is None:
        return done
    # it was decided on those very sheets: on others it has to be decided anew
    return noted(done, record, data.room, "unaccepted", data.lot, text="、".join(decision.by))


def _accepted(state: State, data: f.PanelAccepted, record: Record) -> State:
    now = _of(state, data.room, data.lot)
    decision = Accepted(by=data.people, reason=data.reason)
    after = put(state, replace(now, accepted=added(now.accepted, data.group, decision)))
    text = f"{data.reason}({'、'.join(data.people)})"
    return noted(after, record, data.room, "accepted", data.lot, text=text)


def _excused(state: State, data: e.SeatExcused, record: Record) -> State:
    now = _of(state, data.room, data.lot)
    excuse = Excuse(kind=data.excuse, reason=data.reason)
    after = put(state, replace(now, excused=added(now.excused, data.seat, excuse)))
    return noted(after, record, data.room, data.excuse, data.lot, seat=data.seat, text=data.reason)


def _computed(state: State, data: e.ResultComputed, _: Record) -> State:
    return put(state, replace(_of(state, data.room, data.lot), value=data.value))


def _checked(state: State, data: e.ResultChecked, record: Record) -> State:
    now = _of(state, data.room, data.lot)
    return put(state, replace(now, checker=data.checker, checked_seq=record.seq))


def _released(state: State, data: e.ResultReleased, _: Record) -> State:
    return put(state, replace(_of(state, data.room, data.lot), released=True))


def _signature(state: State, data: f.SignatureRecorded, _: Record) -> State:
    now = _of(state, data.room, data.lot)
    return put(state, replace(now, signed=not data.refused, refused=data.refused))


def _left(state: State, data: e.AppearanceClosed, _: Record) -> State:
    done = replace(_of(state, data.room, data.lot), status="done")
    return replace(put(state, done), floor=without(state.floor, data.room))


def _incident(state: State, data: f.IncidentNoted, record: Record) -> State:
    kind = "violation" if data.violation else "incident"
    return noted(state, record, data.room, kind, data.lot, text=data.text, decision=data.decision)


def _undone(state: State, data: f.StepUndone, record: Record) -> State:
    step = state.undoable[data.room]
    floor = without(state.floor, data.room)
    if step.floor is not None:
        floor = added(floor, data.room, step.floor)
    after = replace(put(state, step.before), floor=floor)
    return noted(after, record, data.room, "undone", step.before.lot, text=step.kind)


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    e.CandidateCalled: _called,
    f.CandidateRecalled: _recalled,
    f.IdentityConfirmed: _identified,
    e.CandidateAbsent: _absent,
    f.EntryWaived: _waived,
    e.StageStarted: _stage_started,
    e.StagePaused: _stage_paused,
    e.StageResumed: _stage_resumed,
    f.StageExtended: _stage_extended,
    e.StageEnded: _stage_ended,
    e.SheetReceived: _sheet,
    f.SheetReopened: _reopened,
    f.PanelAccepted: _accepted,
    e.SeatExcused: _excused,
    e.ResultComputed: _computed,
    e.ResultChecked: _checked,
    e.ResultReleased: _released,
    f.SignatureRecorded: _signature,
    e.AppearanceClosed: _left,
    f.IncidentNoted: _incident,
    f.StepUndone: _undone,
}

#: Steps of a room that can be taken back while nothing else has happened in it.
_CAN_BE_UNDONE = frozenset(
    {
        e.CandidateCalled,
        e.CandidateAbsent,
        f.EntryWaived,
        e.StageStarted,
        e.StageEnded,
        e.ResultChecked,
        e.AppearanceClosed,
    }
)


def remember_step(before: State, after: State, record: Record) -> State:
    """What can be taken back now: the room's newest step, or nothing once anything else happened there."""
    data = record.data
    kind = type(data)
    if kind not in HANDLERS or kind is f.IncidentNoted:
        return after
    room = getattr(data, "room", None)
    if room is None:
        return after
    if kind not in _CAN_BE_UNDONE:
        return replace(after, undoable=without(after.undoable, room)) if room in after.undoable else after
    lot = getattr(data, "lot", None) or before.floor[room]
    step = Undoable(
        seq=record.seq,
        kind=record.kind,
        boot=record.boot,
        before=before.appearances[(room, lot)],
        floor=before.floor.get(room),
    )
    return replace(after, undoable=added(after.undoable, room, step))
