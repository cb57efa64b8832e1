"""Who runs the event, folded from the journal: the standby that was named, and takeovers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain.hosts import HostPromoted, StandbyNamed
from venue_app.domain.record import Record
from venue_app.state.model import HostEpoch, Standby, State
from venue_app.state.parts import without
from venue_app.state.places import STANDBY


def _named(state: State, data: StandbyNamed, _: Record) -> State:
    return replace(state, standby=Standby(epoch=data.epoch, keys=data.keys, urls=data.urls, hosts=data.hosts))


def _promoted(state: State, data: HostPromoted, record: Record) -> State:
    host = HostEpoch(
        epoch=data.epoch,
        keys=data.keys,
        urls=data.urls,
        size=data.size,
        root=data.root,
        signature=data.signature,
        at=record.at,
        in_step=data.in_step,
        polls=tuple(poll.id for poll in state.polls.values() if poll.status == "open"),
    )
    before = state.standby.hosts if state.standby is not None else ()
    return replace(
        state,
        hosts=(*state.hosts, host),
        standby=None,
        earlier=tuple(dict.fromkeys((*state.earlier, *before))),
        stations=without(state.stations, STANDBY),
    )


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    StandbyNamed: _named,
    HostPromoted: _promoted,
}
