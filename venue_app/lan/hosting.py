"""What a LAN server has to know of hosts: what it tells, and whom it asks when a standby or a later host turns up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import msgspec

from venue_app.base.canonical import canonical
from venue_app.domain.entries import StationReleased
from venue_app.domain.hosts import HostPromoted, HostProof, StandbyNamed
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.lan import messages as m
from venue_app.lan.lockstep import PATIENCE_S
from venue_app.state import State
from venue_app.state.places import STANDBY


class HostHere(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `GET /api/host`: which event, the host's epoch, and its proof ('' in epoch 1)."""

    event: str
    epoch: int
    proof: str


def _nobody(_actor: Actor, _keys: dict[str, str], _urls: tuple[str, ...]) -> None:
    """Where nothing signs, no standby is named."""


def _unbelieved(_proof: str) -> bool:
    return False


def _no_picture(_digest: str) -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class Hosting:
    """The owner's part: `named` signs and journals what a standby offers, `challenged` judges a later host's proof,
    `picture` reads a photograph of record by its SHA-256, empty where it is gone (it may wait for the disk).

    `patience_s` is how long answers wait for a standby that does not keep up.
    """

    named: Callable[[Actor, dict[str, str], tuple[str, ...]], None] = _nobody
    challenged: Callable[[str], bool] = _unbelieved
    picture: Callable[[str], bytes] = _no_picture
    patience_s: float = PATIENCE_S


def proof_of(state: State) -> str:
    """What the host in force shows of itself; '' for the one the event began on."""
    if not state.hosts:
        return ""
    host = state.hosts[-1]
    proof = HostProof(
        epoch=host.epoch,
        event=state.event.event,
        key=host.keys["ed25519"],
        root=host.root,
        signature=host.signature,
        size=host.size,
    )
    return canonical(msgspec.to_builtins(proof)).decode()


def told_hosts(state: State) -> m.Hosts:
    """What every device is told of hosts."""
    found = state.standby
    pin = "" if found is None else found.keys.get("tls", "")
    standby = () if found is None else tuple(m.HostAt(url=url, pin=pin) for url in found.urls)
    return m.Hosts(epoch=state.epoch, proof=proof_of(state), standby=standby)


def changes_hosts(record: Record) -> bool:
    """Whether devices have to be told anew."""
    fact = record.data
    released = isinstance(fact, StationReleased) and fact.seat == STANDBY
    return released or isinstance(fact, StandbyNamed | HostPromoted)


def size_told(future: Future[Any]) -> int:
    """How long the journal must be for what an answer says; 0 for a refusal."""
    if future.cancelled() or future.exception() is not None:
        return 0
    return max((record.seq + 1 for record in future.result().records), default=0)
