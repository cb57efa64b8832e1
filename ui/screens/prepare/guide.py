"""The guide through preparing: what is known outside the event's state, and the steps that come of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.phrases import Phrase
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.host.readiness import Point, worst
from venue_app.state import State
from venue_app.state.places import NOTARY, SUPERVISOR

StepId = Literal[
    "scheme",
    "roster",
    "rooms",
    "scores",
    "printer",
    "copy",
    "stations",
    "witnesses",
    "ready",
    "rehearsal",
    "people",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, how far it is, and in a few words what is there or missing.

    `settled`: nothing has to be done here before the next step, whatever might still be.
    """

    id: StepId
    title: Text
    detail: Text
    mark: Mark
    missing: int = 0
    settled: bool = False

    @property
    def done(self) -> bool:
        """Whether the next step may come."""
        return self.settled or self.mark is Mark.DONE


@dataclass(frozen=True, slots=True)
class Outside:
    """What the state does not know: the readiness points found last (None: never looked) and when, the second copy's
    folder ('' none) with what is wrong there, and the names of the rehearsals beside the event."""

    points: tuple[Point, ...] | None = None
    looked_at: str = ""
    copy_folder: str = ""
    copy_fault: Known | None = None
    rehearsals: tuple[str, ...] = ()


NOTHING_KNOWN = Outside()


@dataclass(frozen=True, slots=True)
class SeatPart:
    """The seats of one room, or of a group that marks everywhere: how many joined, and the numbers of the others."""

    title: Text
    seats: int
    lacking: tuple[int, ...]


def seat_parts(state: State) -> tuple[SeatPart, ...]:
    """Room by room, then group by group."""
    places: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    for seat in state.seats.values():
        key = ("room", seat.room) if seat.room else ("group", seat.group)
        places.setdefault(key, []).append((seat.number, seat.id in state.stations))
    found = []
    for (kind, name), seats in sorted(places.items(), key=lambda one: (one[0][0] == "group", one[0][1])):
        title: Text = state.rooms[name].title if kind == "room" else Phrase(state.scheme.group(name).title)
        lacking = tuple(sorted(number for number, joined in seats if not joined))
        found.append(SeatPart(title, len(seats), lacking))
    return tuple(found)


def witnesses(state: State) -> tuple[str, ...]:
    """The witnesses' screens that have joined."""
    return tuple(place for place in (SUPERVISOR, NOTARY) if place in state.stations)


def outside_steps(state: State, outside: Outside) -> tuple[Step, ...]:
    """Printer to rehearsal. A rehearsal has no rehearsal of its own."""
    steps = (
        _printer(outside),
        _copy(state, outside),
        _stations(state),
        _witnesses(state),
        _ready(outside),
    )
    return steps if state.rehearsal else (*steps, _rehearsal(state, outside))


def _printer(outside: Outside) -> Step:
    title = Say("prepare.step.printer")
    if outside.points is None:
        return Step("printer", title, Say("prepare.guide.not_looked"), Mark.NOT_YET, 1)
    level = worst(point for point in outside.points if point.check == "printer")
    if level == "ok":
        return Step("printer", title, Say("prepare.guide.printer_fine"), Mark.DONE)
    if level == "attention":
        return Step("printer", title, Say("prepare.guide.attention"), Mark.WAIT, settled=True)
    return Step("printer", title, Say("prepare.guide.fault"), Mark.ALARM, 1)


def _copy(state: State, outside: Outside) -> Step:
    title = Say("prepare.step.copy")
    if outside.copy_fault is not None:
        return Step("copy", title, Say("prepare.guide.fault"), Mark.ALARM, 1)
    if outside.copy_folder:
        return Step("copy", title, Say("prepare.guide.copy_fine"), Mark.DONE)
    if state.scheme.second_copy == "off":
        return Step("copy", title, Say("prepare.guide.copy_off"), Mark.DONE)
    if state.rehearsal:
        return Step("copy", title, Say("prepare.guide.optional"), Mark.NOT_YET, settled=True)
    return Step("copy", title, Say("prepare.guide.copy_none"), Mark.READY, 1)


def _stations(state: State) -> Step:
    title = Say("prepare.step.stations")
    seats = len(state.seats)
    joined = sum(seat in state.stations for seat in state.seats)
    if not seats:
        nobody = bool(state.entries) and not state.scheme.groups
        detail = Say("prepare.guide.no_seats_needed") if nobody else Say("prepare.rooms.none")
        return Step("stations", title, detail, Mark.DONE if nobody else Mark.NOT_YET)
    if joined == seats:
        return Step("stations", title, Say("prepare.guide.stations_all", count=seats), Mark.DONE)
    detail = Say("prepare.guide.stations_of", joined=joined, seats=seats)
    mark = Mark.IN_PROGRESS if joined else Mark.READY
    return Step("stations", title, detail, mark, seats - joined)


def _witnesses(state: State) -> Step:
    title = Say("prepare.step.witnesses")
    here = len(witnesses(state))
    if here:
        return Step("witnesses", title, Say("prepare.guide.witnesses", count=here), Mark.DONE)
    return Step("witnesses", title, Say("prepare.guide.optional"), Mark.NOT_YET, settled=True)


def _ready(outside: Outside) -> Step:
    title = Say("prepare.step.ready")
    if outside.points is None:
        return Step("ready", title, Say("prepare.guide.not_looked"), Mark.READY, 1)
    faults = sum(point.level == "fault" for point in outside.points)
    if faults:
        return Step("ready", title, Say("prepare.guide.faults", count=faults), Mark.ALARM, faults)
    notes = sum(point.level == "attention" for point in outside.points)
    if notes:
        return Step("ready", title, Say("prepare.guide.notes", count=notes), Mark.WAIT, settled=True)
    return Step("ready", title, Say("prepare.guide.all_fine", at=outside.looked_at), Mark.DONE)


def _rehearsal(state: State, outside: Outside) -> Step:
    title = Say("prepare.step.rehearsal")
    count = len(outside.rehearsals)
    if count:
        return Step("rehearsal", title, Say("prepare.guide.rehearsed", count=count), Mark.DONE)
    if not state.entries:
        return Step("rehearsal", title, Say("prepare.people.after_roster"), Mark.NOT_YET)
    return Step("rehearsal", title, Say("prepare.guide.not_rehearsed"), Mark.READY, 1)
