"""Opening the record again after its close; packages sealed among several, and opened. Pure."""

from __future__ import annotations

import re

from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.base.names import as_read
from venue_app.domain import floor_commands as floor
from venue_app.domain import floor_entries as f
from venue_app.state import State
from venue_app.venue.context import Context, Decision, facts

_SHA256 = re.compile("[0-9a-f]{64}")


def reopen_run(state: State, command: floor.ReopenRun, _: Context) -> Decision:
    """Two different people take it on themselves, with a reason; everything after says that it happened."""
    if state.closed_at is None:
        raise Known("venue.nothing_to_reopen")
    people = tuple(replace(p, name=p.name.strip()) for p in command.people)
    if len(read := {as_read(p.name) for p in people}) < 2 or "" in read:
        raise Known("venue.reopen_two_people")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    return facts(f.RunReopened(people=people, reason=command.reason.strip()))


def seal_package(state: State, command: floor.SealPackage, _: Context) -> Decision:
    """Record a package, once, with as many different holders as it takes."""
    holders = tuple(name.strip() for name in command.holders)
    if not all(holders) or len(set(holders)) != len(holders) or not command.label.strip():
        raise Known("envelopes.holders")
    if not 2 <= command.threshold <= len(holders) or not _SHA256.fullmatch(command.sha256):
        raise Known("envelopes.numbers", threshold=command.threshold, count=len(holders), most=16)
    if any(one.sha256 == command.sha256 for one in state.packages):
        raise Known("envelopes.sealed_already")
    sealed = f.PackageSealed(
        label=command.label.strip(), sha256=command.sha256, threshold=command.threshold, holders=holders
    )
    return facts(sealed)


def open_package(state: State, command: floor.OpenPackage, _: Context) -> Decision:
    """Record who opened a package: enough of those who hold its shares."""
    package = next((one for one in state.packages if one.sha256 == command.sha256), None)
    if package is None:
        raise Known("envelopes.unknown", file=command.sha256[:8])
    if len(set(command.by) & set(package.holders)) < package.threshold or set(command.by) - set(
        package.holders
    ):
        raise Known("envelopes.too_few", have=len(set(command.by)), need=package.threshold)
    return facts(f.PackageOpened(sha256=command.sha256, by=command.by))
