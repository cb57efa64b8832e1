"""Decisions on who runs the event: a standby named under the host's signature, and its takeover."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from venue_app.base.clock import Clock, boot_id
from venue_app.base.errors import Known
from venue_app.domain.hosts import HostPromoted, NameStandby, StandbyNamed, rightly_named, rightly_promoted
from venue_app.domain.record import Record, decode, encode
from venue_app.domain.roles import PROGRAM
from venue_app.journal import Journal
from venue_app.state import State, apply, replay
from venue_app.venue.context import Context, Decision, facts


def name_standby(state: State, command: NameStandby, _: Context) -> Decision:
    """The device in the standby's place may take over next. Only the host in force can have signed for it."""
    now = state.standby
    if now is not None and (now.keys, now.urls, now.hosts) == (command.keys, command.urls, command.hosts):
        return Decision(facts=())
    if not {"ed25519", "tls"} <= command.keys.keys():  # devices pin the second; none at all would stop them
        raise Known("standby.not_signed")
    own = command.keys.get("ed25519") == state.speaking.get("ed25519")
    if command.epoch != state.epoch + 1 or not rightly_named(state.event.event, state.speaking, command):
        raise Known("standby.not_signed")
    if own or not command.urls:
        raise Known("standby.same_laptop")
    return facts(
        StandbyNamed(
            epoch=command.epoch,
            keys=command.keys,
            urls=command.urls,
            hosts=command.hosts,
            signature=command.signature,
        )
    )


def may_promote(state: State, keys: Mapping[str, str]) -> None:
    """Raise `Known` (standby.not_named, standby.closed) unless the laptop with these keys may take over."""
    if state.standby is None or state.standby.keys != dict(keys):
        raise Known("standby.not_named")
    if state.closed_at is not None:
        raise Known("standby.closed")


def checked_promotion(state: State, fact: HostPromoted) -> HostPromoted:
    """The takeover as it may be written: by the named standby, from this very journal, for a reason, by two people."""
    may_promote(state, fact.keys)
    if fact.epoch != state.epoch + 1 or fact.size != state.size:
        raise Known("standby.not_named")
    if not rightly_promoted(state.event.event, fact):
        raise Known("standby.not_signed")
    if not fact.reason:
        raise Known("venue.reason_missing")
    if len(set(fact.names)) < 2 or not all(fact.names):
        raise Known("standby.two_people")
    return fact


def take_over(path: Path, promotion: Callable[[State, bytes], HostPromoted | None], clock: Clock) -> None:
    """Write the takeover as the next entry of a followed journal: what `promotion` makes of its state and root; None
    when it stands there already.

    Raises `Known` (standby.*, venue.reason_missing, journal.*); then nothing is written.
    """
    journal = Journal.open(path)
    try:
        state = replay(decode(raw) for _, raw in journal.entries())
        wanted = promotion(state, journal.root)
        if wanted is None:
            return
        fact = checked_promotion(state, wanted)
        wall, mono = clock.wall_ms(), clock.mono_ms()
        record = Record(seq=state.size, at=wall, mono=mono, boot=boot_id(), actor=PROGRAM, data=fact)
        apply(state, record)
        journal.append([encode(record)], submissions=[None])
    finally:
        journal.close()
