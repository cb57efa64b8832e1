"""The fold of what concerns the event as a whole: roster, opening, draw, stations, values, reports, witnesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as changed
from typing import Any

import msgspec
from msgspec.structs import replace

from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.nouns import Reopening
from venue_app.domain.record import Record
from venue_app.scheme import load_scheme
from venue_app.state.model import Package, ReportMark, State, Station, Witnessed
from venue_app.state.parts import added, without
from venue_app.state.places import STANDBY


def _imported(state: State, data: e.RosterImported, _: Record) -> State:
    posts = {p.id: msgspec.structs.replace(p, cancelled=p.id in data.cancelled) for p in data.posts}
    return replace(
        state,
        candidates={c.id: c for c in data.candidates},
        posts=posts,
        entries={x.id: x for x in data.entries},
        rooms={r.id: r for r in data.rooms},
        seats={s.id: s for s in data.seats},
        photos={},
        values={**state.values, **data.values},
        absences=data.absences,
        sources=data.sources,
        decisions=data.decisions,
        judges={},
        seated={},
    )


def _scheme_changed(state: State, data: f.SchemeChanged, _: Record) -> State:
    after = replace(state, scheme=load_scheme(data.scheme, "event"))
    if data.roster_kept:
        return after
    empty = State(event=state.event, scheme=after.scheme)
    return replace(
        after,
        candidates=empty.candidates,
        posts=empty.posts,
        entries=empty.entries,
        rooms=empty.rooms,
        seats=empty.seats,
        values=empty.values,
        absences=empty.absences,
        sources=(),
        decisions=(),
        stations=empty.stations,
        judges={},
        seated={},
    )


def _opened(state: State, data: e.RunOpened, record: Record) -> State:
    return replace(
        state,
        people=data.people,
        opened_at=record.at,
        opened_scheme=data.scheme_digest,
        opened_roster=data.roster_digest,
    )


def _joined(state: State, data: e.StationJoined, record: Record) -> State:
    station = Station(
        seat=data.seat,
        device=data.device,
        device_name=data.device_name,
        at=record.at,
        person=data.person,
        public_key=data.public_key,
    )
    after = replace(state, stations=added(state.stations, data.seat, station))
    known = state.keys.get(data.seat, ())
    if not data.public_key or data.public_key in known:
        return after
    return replace(after, keys=added(state.keys, data.seat, (*known, data.public_key)))


def _station_released(state: State, data: e.StationReleased, _: Record) -> State:
    after = replace(state, stations=without(state.stations, data.seat))
    return replace(after, standby=None) if data.seat == STANDBY else after


def _entered(state: State, data: e.ValueEntered, _: Record) -> State:
    column = dict(state.values.get(data.component, {}))
    column.pop(data.entry, None)
    if data.value is not None:
        column[data.entry] = data.value
    return replace(state, values=added(state.values, data.component, column))


def _reported(state: State, data: e.ReportIssued, record: Record) -> State:
    mark = ReportMark(
        form=data.form,
        serial=data.serial,
        pages=data.pages,
        sha256=data.sha256,
        at=record.at,
        printing=data.printing,
    )
    return replace(state, reports=(*state.reports, mark))


def _closed(state: State, _data: e.RunClosed, record: Record) -> State:
    return replace(state, closed_at=record.at, closed_seq=record.seq)


def _reopened(state: State, data: f.RunReopened, record: Record) -> State:
    again = Reopening(at=record.at, reason=data.reason, people=data.people)
    return replace(state, closed_at=None, reopened=(*state.reopened, again))


def _sealed(state: State, data: f.PackageSealed, record: Record) -> State:
    package = Package(
        label=data.label, sha256=data.sha256, threshold=data.threshold, holders=data.holders, at=record.at
    )
    return replace(state, packages=(*state.packages, package))


def _unsealed(state: State, data: f.PackageOpened, _: Record) -> State:
    packages = tuple(
        changed(one, opened=data.by) if one.sha256 == data.sha256 else one for one in state.packages
    )
    return replace(state, packages=packages)


def _recused(state: State, data: f.SeatRecused, _: Record) -> State:
    return replace(state, recusals=added(state.recusals, (data.seat, data.post), data.reason))


def _clocks_noted(state: State, _data: f.ClocksNoted, _: Record) -> State:
    """Evidence: nothing follows from it."""
    return state


def _photos(state: State, data: f.PhotosAdded, _: Record) -> State:
    return replace(state, photos={**state.photos, **data.photos})


def _announcing(state: State, data: f.AnnouncingChosen, _: Record) -> State:
    return replace(state, announcing=added(state.announcing, data.room, data.announcing))


def _witnessed(state: State, data: f.WitnessSigned, record: Record) -> State:
    signed = Witnessed(
        at=record.at,
        role=record.actor.role.value,
        name=record.actor.name,
        milestone=data.milestone,
        room=data.room,
        lot=data.lot,
        size=data.size,
    )
    return replace(state, witnessed=(*state.witnessed, signed))


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    e.RosterImported: _imported,
    f.SchemeChanged: _scheme_changed,
    e.RunOpened: _opened,
    e.StationJoined: _joined,
    e.StationReleased: _station_released,
    e.ValueEntered: _entered,
    e.ReportIssued: _reported,
    e.RunClosed: _closed,
    f.RunReopened: _reopened,
    f.PackageSealed: _sealed,
    f.PackageOpened: _unsealed,
    f.SeatRecused: _recused,
    f.AnnouncingChosen: _announcing,
    f.ClocksNoted: _clocks_noted,
    f.PhotosAdded: _photos,
    f.WitnessSigned: _witnessed,
}
