"""What is known of an event at one moment. Frozen; made only by the fold.

The three that every entry changes are structs, for a changed copy of them is made in C (`msgspec.structs.replace`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from venue_app.domain.entries import EventCreated
from venue_app.domain.floor_commands import Announcing
from venue_app.domain.nouns import (
    Candidate,
    Entry,
    Judge,
    Lot,
    Person,
    Post,
    Printing,
    Purpose,
    Reopening,
    Room,
    Seat,
    Source,
)
from venue_app.rules.clock import StageClock
from venue_app.rules.facts import Accepted, Marks
from venue_app.scheme import Group, Scheme
from venue_app.state.draw import Draw
from venue_app.state.polls import Poll

Status = Literal["waiting", "floor", "absent", "waived", "done"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score sheet as received: marks and total as decimal text, receipt, and when (wall ms).

    `held` is nothing more that is known of it: the marks as the rules hold them, kept by `state.facts.marks_on`, since
    every result asks for them again.
    """

    seat: str
    marks: Mapping[str, str]
    total: str
    receipt: str
    at: int
    seq: int
    sub: str | None
    held: tuple[Group, Marks] | None = field(default=None, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Excuse:
    """A seat that does not mark this candidate, and why."""

    kind: Literal["recused", "excused"]
    reason: str


class Appearance(msgspec.Struct, frozen=True):
    """One lot's time before the panel, from waiting to done.

    `superseded` are sheets that were given back; `checked_seq` is the number of the entry by which the
    checker checked; `signed` whether the candidate signed, or `refused` why not; `untimed` that it was called
    under a plan without stages; `called_mono` is the clock's reading at the first call, in the boot `called_boot`;
    `sat` names who sat in each chair of the room at the first call: chairs may be drawn anew later;
    `accepted` are the decisions, by group, that fewer sheets than the minimum are enough.
    """

    entry: str
    room: str
    lot: int
    status: Status = "waiting"
    called_at: int | None = None
    ended_stages: tuple[StageClock, ...] = ()
    clock: StageClock | None = None
    sheets: Mapping[str, Sheet] = msgspec.field(default_factory=dict)
    excused: Mapping[str, Excuse] = msgspec.field(default_factory=dict)
    value: str | None = None
    checker: str | None = None
    checked_seq: int = 0
    released: bool = False
    calls: int = 0
    identified: str = ""
    superseded: tuple[Sheet, ...] = ()
    signed: bool = False
    refused: str = ""
    untimed: bool = False
    called_mono: int = 0
    called_boot: str = ""
    sat: Mapping[str, str] = msgspec.field(default_factory=dict)
    accepted: Mapping[str, Accepted] = msgspec.field(default_factory=dict)

    def since_called(self, wall: int, mono: int, boot: str) -> int | None:
        """Milliseconds since the first call, by the clock that nobody sets while the machine stays on; None uncalled."""
        if self.called_at is None:
            return None
        return max(0, mono - self.called_mono if boot == self.called_boot else wall - self.called_at)

    @property
    def begun(self) -> bool:
        """Whether anything has been said or marked: from then on nobody is absent or gives up."""
        return bool(self.ended_stages or self.clock or self.sheets)

    @property
    def judging_open(self) -> bool:
        """Whether sheets are taken: from the start of the first stage, or from the call where the plan has none."""
        return self.status in ("floor", "done") and (self.untimed or self.begun)


@dataclass(frozen=True, slots=True)
class Station:
    """The device that holds a seat or another place, and who answers for what is done there."""

    seat: str
    device: str
    device_name: str
    at: int
    person: str = ""
    public_key: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """Something out of the ordinary in a room.

    `kind`: paused | restart | asleep | extended | absent | waived | recused | excused | reopened | paper | undone |
    accepted | unaccepted | incident | violation. `lot` is None for what concerns the room as a whole.
    """

    at: int
    room: str
    kind: str
    lot: int | None
    seat: str = ""
    text: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A witness's signature for the journal of `size` entries."""

    at: int
    role: str
    name: str
    milestone: str
    room: str | None
    lot: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Undoable:
    """The room's last step, as long as it can honestly be taken back: what was before it."""

    seq: int
    kind: str
    boot: str
    before: Appearance
    floor: int | None


@dataclass(frozen=True, slots=True)
class ReportMark:
    """A form that was produced."""

    form: str
    serial: int
    pages: int
    sha256: str
    at: int
    printing: Printing | None = None


class Showing(msgspec.Struct, frozen=True):
    """Lots turned over before the hall one by one, as far as it has gone.

    `listed` is everybody whose lots came from the draws being shown; `hidden` those not yet turned over, in the
    order of their turns; `passed` those of them who were not there; `last` whose lot was turned over last.
    """

    one_by_one: bool = False
    listed: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    last: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Files sealed among several people; `opened` names those whose shares opened it, empty while it is closed."""

    label: str
    sha256: str
    threshold: int
    holders: tuple[str, ...]
    at: int
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HostEpoch:
    """A host after a takeover: its announced keys, where it answers, and what it signed (`domain.hosts`).

    `size` and `root` are the journal it went on from; `in_step`: all that was acknowledged was in it. `polls` were open.
    """

    epoch: int
    keys: Mapping[str, str]
    urls: tuple[str, ...]
    size: int
    root: str
    signature: str
    at: int
    in_step: bool
    polls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standby:
    """The second laptop that may take over in `epoch`; `hosts` is where the host in force answers."""

    epoch: int
    keys: Mapping[str, str]
    urls: tuple[str, ...]
    hosts: tuple[str, ...]


class State(msgspec.Struct, frozen=True):
    """Everything known of the event after `size` journal entries.

    `appearances` and `floor` are keyed by room and lot; `values` holds imported
    and entered components as decimal text, component → entry → value; `recusals` by seat and post;
    `keys` are the public keys of all devices a seat ever had, oldest first; `draws` by purpose, `seated` the
    judge (of `judges`) in each seat a draw gave.
    `polls` are ballots held live, oldest first; `hosts` those that took over, oldest first, and `standby` who may next;
    `earlier` is where earlier hosts answered.
    """

    event: EventCreated
    scheme: Scheme
    size: int = 1
    created_at: int = 0
    last_at: int = 0
    candidates: Mapping[str, Candidate] = msgspec.field(default_factory=dict)
    posts: Mapping[str, Post] = msgspec.field(default_factory=dict)
    entries: Mapping[str, Entry] = msgspec.field(default_factory=dict)
    rooms: Mapping[str, Room] = msgspec.field(default_factory=dict)
    seats: Mapping[str, Seat] = msgspec.field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    absences: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    decisions: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    opened_at: int | None = None
    opened_scheme: str = ""
    opened_roster: str = ""
    draws: Mapping[Purpose, Draw] = msgspec.field(default_factory=dict)
    judges: Mapping[str, Judge] = msgspec.field(default_factory=dict)
    seated: Mapping[str, str] = msgspec.field(default_factory=dict)
    lots: Mapping[str, Lot] = msgspec.field(default_factory=dict)
    showing: Showing = Showing()
    appearances: Mapping[tuple[str, int], Appearance] = msgspec.field(default_factory=dict)
    floor: Mapping[str, int] = msgspec.field(default_factory=dict)
    stations: Mapping[str, Station] = msgspec.field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    photos: Mapping[str, str] = msgspec.field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    recusals: Mapping[tuple[str, str], str] = msgspec.field(default_factory=dict)
    announcing: Mapping[str, Announcing] = msgspec.field(default_factory=dict)
    witnessed: tuple[Witnessed, ...] = ()
    past_draws: tuple[Draw, ...] = ()
    undoable: Mapping[str, Undoable] = msgspec.field(default_factory=dict)
    reports: tuple[ReportMark, ...] = ()
    polls: Mapping[str, Poll] = msgspec.field(default_factory=dict)
    closed_at: int | None = None
    closed_seq: int = 0
    reopened: tuple[Reopening, ...] = ()
    packages: tuple[Package, ...] = ()
    hosts: tuple[HostEpoch, ...] = ()
    standby: Standby | None = None
    earlier: tuple[str, ...] = ()

    @property
    def epoch(self) -> int:
        """1 on the laptop the event began on, and one more with every takeover."""
        return self.hosts[-1].epoch if self.hosts else 1

    @property
    def speaking(self) -> Mapping[str, str]:
        """The announced keys of the host in force."""
        return self.hosts[-1].keys if self.hosts else self.event.keys

    @property
    def rehearsal(self) -> bool:
        """Whether this event is a rehearsal; every page and screen says so."""
        return self.event.mode == "rehearsal"

    @property
    def draw(self) -> Draw | None:
        """The draw that gives candidates their lots, as far as it has gone."""
        return self.draws.get(self.scheme.draw.lots)

    def candidate_of(self, entry: str) -> Candidate:
        """The person behind an entry."""
        return self.candidates[self.entries[entry].candidate]

    def post_of(self, entry: str) -> Post:
        """The post an entry competes for."""
        return self.posts[self.entries[entry].post]

    def on_floor(self, room: str) -> Appearance | None:
        """Who is before the panel of this room now."""
        lot = self.floor.get(room)
        return None if lot is None else self.appearances[(room, lot)]

    def queue(self, room: str) -> list[Appearance]:
        """The room's appearances in order of lot."""
        return [a for (r, _), a in sorted(self.appearances.items()) if r == room]
