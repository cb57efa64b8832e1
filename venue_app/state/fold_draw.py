"""The fold of the draws: what was frozen, promised, given, revealed, drawn, changed, set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain import draw_entries as d
from venue_app.domain.nouns import Lot, Purpose
from venue_app.domain.record import Record
from venue_app.rules.drawing import Change, Contribution, read_plan
from venue_app.state.draw import TYPED, Draw, Promise
from venue_app.state.judges import seated, unseated
from venue_app.state.model import Appearance, State, Status
from venue_app.state.parts import added, put, without
from venue_app.state.sections import place_room, rows


def _listed(state: State, data: d.JudgesListed, _: Record) -> State:
    judges = {judge.id: judge for judge in data.judges}
    chairs = {judge.seat: judge.id for judge in data.judges if judge.seat}
    return replace(state, judges=judges, seated=chairs)


def _frozen(state: State, data: d.DrawFrozen, record: Record) -> State:
    draw = Draw(
        purpose=data.purpose,
        list=data.list,
        list_digest=data.list_digest,
        plan=read_plan(data.list),
        frozen_at=record.at,
        frozen_seq=record.seq,
        parties=data.parties,
        missing=data.missing,
    )
    before = state.draws.get(data.purpose)
    past = state.past_draws if before is None else (*state.past_draws, before)
    return replace(_with(state, draw), past_draws=past)


def _with(state: State, draw: Draw) -> State:
    return replace(state, draws=added(state.draws, draw.purpose, draw))


def _committed(state: State, data: d.DrawCommitted, record: Record) -> State:
    draw = state.draws[data.purpose]
    promise = Promise(data.party, data.commitment, record.at, record.actor.name)
    return _with(state, replace(draw, promises=added(draw.promises, data.party, promise)))


def _public(state: State, data: d.DrawPublic, _: Record) -> State:
    return _with(state, replace(state.draws[data.purpose], public=data.public))


def _revealed(state: State, data: d.DrawRevealed, _: Record) -> State:
    draw = state.draws[data.purpose]
    part = Contribution(data.party, draw.promises[data.party].commitment, data.nonce, data.opened)
    return _with(state, replace(draw, revealed=added(draw.revealed, data.party, part)))


def _drawn(state: State, data: d.DrawDrawn, record: Record) -> State:
    draw = replace(
        state.draws[data.purpose],
        seed=data.seed,
        method=data.method,
        result=data.result,
        reserve=data.reserve,
        held_at=record.at,
        held_seq=record.seq,
    )
    return _given(_with(state, draw), draw)


def _typed(state: State, data: d.DrawTyped, record: Record) -> State:
    draw = replace(
        state.draws[data.purpose],
        method=TYPED,
        result=data.result,
        reserve=data.reserve,
        held_at=record.at,
        held_seq=record.seq,
        witnesses=data.witnesses,
        means=data.means,
    )
    return _given(_with(state, draw), draw)


def _given(state: State, draw: Draw) -> State:
    """What follows from the result: lots for candidates, chairs for judges."""
    if draw.purpose in ("seats", "pool"):
        draw = replace(draw, before_seats=state.seats, before_seated=state.seated)
        return seated(_with(state, draw), draw)
    if not gives_lots(state, draw.purpose):
        return state
    lots = {
        entry: Lot(room=room, number=number)
        for room, drawn in rows(state, draw.result).items()
        for number, entry in enumerate(drawn, start=1)
    }
    appearances = {
        (lot.room, lot.number): Appearance(entry=entry, room=lot.room, lot=lot.number)
        for entry, lot in lots.items()
    }
    return replace(state, lots=lots, appearances=appearances)


_LEFT: dict[str, Status] = {"withdrawn": "waived", "absent": "absent"}


def _changed(state: State, data: d.DrawChanged, _: Record) -> State:
    draw = state.draws[data.purpose]
    draw = replace(draw, changes=(*draw.changes, Change(data.change, data.id, data.place)))
    after = _with(state, draw)
    if draw.purpose in ("seats", "pool"):
        return seated(after, draw)
    if not gives_lots(state, draw.purpose):
        return after
    if data.change == "late":
        return _late(after, data.id, place_room(state, data.place))
    lot = state.lots[data.id]
    return put(after, replace(state.appearances[(lot.room, lot.number)], status=_LEFT[data.change]))


def _late(state: State, entry: str, room: str) -> State:
    """Somebody admitted late has the number after the room's last: no lot that was drawn ever moves."""
    number = 1 + max((n for r, n in state.appearances if r == room), default=0)
    after = replace(state, lots=added(state.lots, entry, Lot(room=room, number=number)))
    return put(after, Appearance(entry=entry, room=room, lot=number))


def _discarded(state: State, data: d.DrawDiscarded, _: Record) -> State:
    old = replace(state.draws[data.purpose], set_aside=data.reason, second=data.second)
    past, before = _took_over(state, data.purpose)
    draws = without(state.draws, data.purpose) if before is None else added(state.draws, data.purpose, before)
    after = replace(state, draws=draws, past_draws=(*past, old))
    if old.held_at is not None and old.purpose in ("seats", "pool"):
        return unseated(after, old)
    if gives_lots(state, data.purpose):
        return replace(after, lots={}, appearances={}, undoable={})
    return after


def _took_over(state: State, purpose: Purpose) -> tuple[tuple[Draw, ...], Draw | None]:
    """The past draws without the one that a new list had put in the past, which stands again; and that one."""
    before = next((x for x in reversed(state.past_draws) if x.purpose == purpose and not x.set_aside), None)
    return tuple(x for x in state.past_draws if x is not before), before


def gives_lots(state: State, purpose: Purpose) -> bool:
    """Whether this is the draw by which candidates have their lots."""
    return purpose == state.scheme.draw.lots


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    d.JudgesListed: _listed,
    d.DrawFrozen: _frozen,
    d.DrawCommitted: _committed,
    d.DrawPublic: _public,
    d.DrawRevealed: _revealed,
    d.DrawDrawn: _drawn,
    d.DrawTyped: _typed,
    d.DrawChanged: _changed,
    d.DrawDiscarded: _discarded,
}
