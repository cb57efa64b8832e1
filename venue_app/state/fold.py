"""The fold: one entry after the other makes the state. Pure, total for every entry the venue writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from venue_app.base.errors import Known
from venue_app.domain import entries as e
from venue_app.domain.entries import RESTART
from venue_app.domain.nouns import Lot
from venue_app.domain.record import Record
from venue_app.rules import clock
from venue_app.scheme import load_scheme
from venue_app.state.model import Appearance, Draw, Excuse, Incident, ReportMark, Sheet, State, Station

K = TypeVar("K")
V = TypeVar("V")


def _with(table: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    return {**table, key: value}


def _without(table: Mapping[K, V], key: K) -> dict[K, V]:
    return {k: v for k, v in table.items() if k != key}


def begin(record: Record) -> State:
    """The state after the first entry. Raises `Known` when the journal does not begin with one."""
    if not isinstance(record.data, e.EventCreated):
        raise Known("journal.not_an_event", file="")
    scheme = load_scheme(record.data.scheme, "event")
    return State(event=record.data, scheme=scheme, created_at=record.at, last_at=record.at)


def _imported(state: State, data: e.RosterImported, _: Record) -> State:
    posts = {p.id: msgspec.structs.replace(p, cancelled=p.id in data.cancelled) for p in data.posts}
    return replace(
        state,
        candidates={c.id: c for c in data.candidates},
        posts=posts,
        entries={x.id: x for x in data.entries},
        rooms={r.id: r for r in data.rooms},
        seats={s.id: s for s in data.seats},
        values={**state.values, **data.values},
        sources=data.sources,
        decisions=data.decisions,
    )


def _opened(state: State, data: e.RunOpened, record: Record) -> State:
    return replace(
        state,
        people=data.people,
        opened_at=record.at,
        opened_scheme=data.scheme_digest,
        opened_roster=data.roster_digest,
    )


def _draw_prepared(state: State, data: e.DrawPrepared, record: Record) -> State:
    draw = Draw(
        list=data.list, list_digest=data.list_digest, commitment=data.commitment, prepared_at=record.at
    )
    return replace(state, draw=draw)


def _draw_held(state: State, data: e.DrawHeld, record: Record) -> State:
    assert state.draw is not None
    draw = replace(
        state.draw,
        public=data.public,
        nonce=data.nonce,
        seed=data.seed,
        method=data.method,
        order=data.order,
        held_at=record.at,
    )
    lots = {
        entry: Lot(room=room, number=number)
        for room, order in data.order.items()
        for number, entry in enumerate(order, start=1)
    }
    appearances = {
        (lot.room, lot.number): Appearance(entry=entry, room=lot.room, lot=lot.number)
        for entry, lot in lots.items()
    }
    return replace(state, draw=draw, lots=lots, appearances=appearances)


def _joined(state: State, data: e.StationJoined, record: Record) -> State:
    station = Station(seat=data.seat, device=data.device, device_name=data.device_name, at=record.at)
    return replace(state, stations=_with(state.stations, data.seat, station))


def _released_station(state: State, data: e.StationReleased, _: Record) -> State:
    return replace(state, stations=_without(state.stations, data.seat))


def _put(state: State, appearance: Appearance) -> State:
    key = (appearance.room, appearance.lot)
    return replace(state, appearances=_with(state.appearances, key, appearance))


def _called(state: State, data: e.CandidateCalled, record: Record) -> State:
    appearance = replace(state.appearances[(data.room, data.lot)], status="floor", called_at=record.at)
    return replace(_put(state, appearance), floor=_with(state.floor, data.room, data.lot))


def _noted(state: State, incident: Incident) -> State:
    return replace(state, incidents=(*state.incidents, incident))


def _absent(state: State, data: e.CandidateAbsent, record: Record) -> State:
    state = _noted(state, Incident(at=record.at, room=data.room, kind="absent", lot=data.lot))
    appearance = replace(state.appearances[(data.room, data.lot)], status="absent", clock=None)
    return replace(_put(state, appearance), floor=_without(state.floor, data.room))


def _on_floor(state: State, room: str) -> Appearance:
    return state.appearances[(room, state.floor[room])]


def _stage_started(state: State, data: e.StageStarted, record: Record) -> State:
    running = clock.start(data.stage, data.limit_ms, record.mono)
    return _put(state, replace(_on_floor(state, data.room), clock=running))


def _stage_paused(state: State, data: e.StagePaused, record: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    kind = "restart" if data.reason == RESTART else "paused"
    text = "" if kind == "restart" else data.reason
    state = _noted(state, Incident(at=record.at, room=data.room, kind=kind, lot=now.lot, text=text))
    return _put(state, replace(now, clock=now.clock.stopped(data.spent_ms, data.reason)))


def _stage_resumed(state: State, data: e.StageResumed, record: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    return _put(state, replace(now, clock=now.clock.resumed(data.spent_ms, record.mono)))


def _stage_ended(state: State, data: e.StageEnded, _: Record) -> State:
    now = _on_floor(state, data.room)
    assert now.clock is not None
    ended = (*now.ended_stages, now.clock.ended(data.spent_ms))
    return _put(state, replace(now, clock=None, ended_stages=ended))


def _sheet(state: State, data: e.SheetReceived, record: Record) -> State:
    now = state.appearances[(data.room, data.lot)]
    sheet = Sheet(
        seat=data.seat,
        marks=data.marks,
        total=data.total,
        receipt=data.receipt,
        at=record.at,
        seq=record.seq,
        sub=record.sub,
    )
    return _put(state, replace(now, sheets=_with(now.sheets, data.seat, sheet)))


def _excused(state: State, data: e.SeatExcused, record: Record) -> State:
    incident = Incident(
        at=record.at, room=data.room, kind=data.excuse, lot=data.lot, seat=data.seat, text=data.reason
    )
    state = _noted(state, incident)
    now = state.appearances[(data.room, data.lot)]
    excuse = Excuse(kind=data.excuse, reason=data.reason)
    return _put(state, replace(now, excused=_with(now.excused, data.seat, excuse)))


def _computed(state: State, data: e.ResultComputed, _: Record) -> State:
    return _put(state, replace(state.appearances[(data.room, data.lot)], value=data.value))


def _checked(state: State, data: e.ResultChecked, _: Record) -> State:
    return _put(state, replace(state.appearances[(data.room, data.lot)], checker=data.checker))


def _released(state: State, data: e.ResultReleased, _: Record) -> State:
    return _put(state, replace(state.appearances[(data.room, data.lot)], released=True))


def _closed_appearance(state: State, data: e.AppearanceClosed, _: Record) -> State:
    done = replace(state.appearances[(data.room, data.lot)], status="done")
    return replace(_put(state, done), floor=_without(state.floor, data.room))


def _entered(state: State, data: e.ValueEntered, _: Record) -> State:
    column = dict(state.values.get(data.component, {}))
    column.pop(data.entry, None)
    if data.value is not None:
        column[data.entry] = data.value
    return replace(state, values=_with(state.values, data.component, column))


def _reported(state: State, data: e.ReportIssued, record: Record) -> State:
    mark = ReportMark(form=data.form, serial=data.serial, pages=data.pages, sha256=data.sha256, at=record.at)
    return replace(state, reports=(*state.reports, mark))


def _closed(state: State, _data: e.RunClosed, record: Record) -> State:
    return replace(state, closed_at=record.at)


_HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    e.RosterImported: _imported,
    e.RunOpened: _opened,
    e.DrawPrepared: _draw_prepared,
    e.DrawHeld: _draw_held,
    e.StationJoined: _joined,
    e.StationReleased: _released_station,
    e.CandidateCalled: _called,
    e.CandidateAbsent: _absent,
    e.StageStarted: _stage_started,
    e.StagePaused: _stage_paused,
    e.StageResumed: _stage_resumed,
    e.StageEnded: _stage_ended,
    e.SheetReceived: _sheet,
    e.SeatExcused: _excused,
    e.ResultComputed: _computed,
    e.ResultChecked: _checked,
    e.ResultReleased: _released,
    e.AppearanceClosed: _closed_appearance,
    e.ValueEntered: _entered,
    e.ReportIssued: _reported,
    e.RunClosed: _closed,
}


def apply(state: State, record: Record) -> State:
    """The state after one more entry."""
    after = _HANDLERS[type(record.data)](state, record.data, record)
    return replace(after, size=record.seq + 1, last_at=record.at)


def replay(records: Iterable[Record]) -> State:
    """The state after a whole journal, from its first entry on."""
    stream = iter(records)
    state = begin(next(stream))
    for record in stream:
        state = apply(state, record)
    return state
