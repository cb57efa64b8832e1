"""One bundle examined: what is proved of it, and what it brings to the whole. Plain values that pass between processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

from venue_app.base.errors import Known
from venue_app.domain.nouns import Mode
from venue_app.domain.record import Record
from venue_app.host.audit import audited
from venue_app.journal.faults import known
from venue_app.roster.identity import masked
from venue_app.rules.facts import Facts
from venue_app.rules.joining import Names, renamed
from venue_app.seal import bundle, container
from venue_app.seal.check import Check, Verdict
from venue_app.seal.verify import verify_bundle
from venue_app.state import State
from venue_app.state.appearing import Together
from venue_app.state.facts import facts_of

#: How much of a bundle is checked.
Depth = Literal["all", "journal"]


class Who(msgspec.Struct, frozen=True):
    """Somebody who competes for a post, with where and under which lot they were heard (0: never drawn).

    A struct, for many pass between processes and those are packed in C.
    """

    identity: str
    name: str
    post: str
    venue: str
    room: str
    lot: int
    qualified: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one bundle brings: its event, its journal's head, its people and facts under names that hold everywhere.

    `sha256` is that of the file (hex), `key` the Ed25519 key its journal announces, `root` the journal's (hex).
    `closed_at` is wall ms, None where the event was still open. `rooms` are titles, `people` by entry.
    """

    file: str
    sha256: str
    checks: tuple[Check, ...]
    event: str
    title: str
    place: str
    mode: Mode
    key: str
    size: int
    root: str
    closed_at: int | None
    reopened: int
    scheme: str = field(repr=False)
    rooms: tuple[str, ...]
    people: Mapping[str, Who] = field(repr=False)
    facts: Facts = field(repr=False)

    @property
    def venue(self) -> str:
        """What people call it: the event's place, or its title where no place was given."""
        return self.place or self.title

    @property
    def open_points(self) -> tuple[str, ...]:
        """Codes of what could not be proved from the bundle alone."""
        return tuple(check.code for check in self.checks if check.ok is None)


@dataclass(frozen=True, slots=True)
class Refused:
    """A bundle nothing can rest on, and why: a fault of the file, or the first check that does not hold."""

    file: str
    fault: Known | None = None
    check: Check | None = None


def examine(path: Path, depth: Depth = "all") -> Part | Refused:
    """Everything that can be checked of one bundle, and what it brings. Faults of the file are an answer.

    `journal` checks all that the ranking rests on, and leaves open older checkpoints, the stations' signatures and
    those in the report files: a third of the work.
    """
    try:
        with known(path):
            if path.stat().st_size > container.MAX_BYTES:
                raise Known("seal.not_a_bundle", file=path.name)
            data = path.read_bytes()
        opened = bundle.parse(data, path.name)
    except Known as fault:
        return Refused(path.name, fault)
    if depth == "journal":
        # The newest covers the whole journal; a real event has hundreds before it.
        opened = replace(opened, checkpoints=opened.checkpoints[-1:])
    states: list[State | None] = []

    def meaning(entries: Sequence[bytes], records: Sequence[Record] | None) -> list[Check]:
        points, state = audited(entries, records, signatures=depth == "all")
        states.append(state)
        return points

    verdict = verify_bundle(opened, path.name, extra=meaning, reports=depth == "all")
    left = () if depth == "all" else (Check("consolidate.check.left", None),)
    verdict = replace(verdict, checks=(*verdict.checks, *left))
    wrong = next((check for check in verdict.checks if check.ok is False), None)
    if wrong is not None or states[0] is None:
        return Refused(path.name, check=wrong)
    try:
        return _part(path.name, sha256(data).hexdigest(), verdict, opened, states[0])
    except Known as fault:
        return Refused(path.name, fault)


def _part(file: str, digest: str, verdict: Verdict, opened: bundle.Bundle, state: State) -> Part:
    venue = state.event.place or state.event.title
    names = _names(file, state, venue)
    return Part(
        file=file,
        sha256=digest,
        checks=verdict.checks,
        event=state.event.event,
        title=state.event.title,
        place=state.event.place,
        mode=state.event.mode,
        key=opened.manifest.key,
        size=opened.manifest.journal.size,
        root=opened.manifest.journal.root,
        closed_at=state.closed_at,
        reopened=len(state.reopened),
        scheme=state.scheme.text,
        rooms=tuple(sorted(room.title for room in state.rooms.values())),
        people=_people(state, names),
        facts=renamed(state.scheme, facts_of(state), names),
    )


def _names(file: str, state: State, venue: str) -> Names:
    """A person is their identity number, a post its title, a room its title in its venue."""
    for titles in ([p.title for p in state.posts.values()], [r.title for r in state.rooms.values()]):
        twice = next((title for title, count in Counter(titles).items() if count > 1), None)
        if twice is not None:
            raise Known("consolidate.title_twice", file=file, title=twice)
    people = {c.id: c.identity for c in state.candidates.values()}
    twice = next((number for number, count in Counter(people.values()).items() if count > 1), None)
    if twice is not None:
        raise Known("consolidate.identity_twice", file=file, identity=masked(twice))
    posts = {p.id: p.title for p in state.posts.values()}
    return Names(
        venue=venue,
        people=people,
        entries={e.id: f"{people[e.candidate]}/{posts[e.post]}" for e in state.entries.values()},
        posts=posts,
        rooms={r.id: f"{venue} · {r.title}" for r in state.rooms.values()},
    )


def _people(state: State, names: Names) -> dict[str, Who]:
    together = Together(state)
    found = {}
    for entry in state.entries.values():
        person = state.candidates[entry.candidate]
        lot = next((state.lots[e] for e in together.entries_of(entry.id) if e in state.lots), None)
        found[names.entries[entry.id]] = Who(
            identity=person.identity,
            name=person.name,
            post=names.posts[entry.post],
            venue=names.venue,
            room="" if lot is None else state.rooms[lot.room].title,
            lot=0 if lot is None else lot.number,
            qualified=person.qualified,
            reason=person.reason,
        )
    return found
