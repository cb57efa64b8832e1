"""The sums that must come out at the end: lots, appearances, sheets and results against each other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from venue_app.state.appearing import appearing
from venue_app.state.model import Appearance, State
from venue_app.state.room import marks_in

About = Literal["entries", "lots", "room", "sheets", "results"]


@dataclass(frozen=True, slots=True)
class Balance:
    """One sum. `of` is a room's or a group's id, `numbers` what enters, `off` what is lacking.

    `over` is False while more may still come, so that a difference is no fault yet.
    """

    about: About
    of: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    off: int = 0
    over: bool = True


def balances(state: State) -> tuple[Balance, ...]:
    """Every sum, in the order of the day; those that need lots only once lots are drawn."""
    drawing = sum(state.candidates[e.candidate].qualified for e in state.entries.values())
    whole, lots, drew = len(state.entries), len(state.lots), len(_drawing(state))
    found = [
        Balance(
            "entries", "", {"whole": whole, "drawing": drawing, "out": whole - drawing}, over=bool(whole)
        ),
        Balance("lots", "", {"lots": lots, "drawing": drew}, drew - lots, over=state.draw is not None),
    ]
    if state.appearances:
        found += [_room(state, room) for room in state.rooms]
        found += [_sheets(state, group.id) for group in state.scheme.groups]
        found.append(_results(state))
    return tuple(found)


def _drawing(state: State) -> set[str]:
    """Who must have a lot: everybody who appears, but those who were not there and are out by the plan."""
    away: set[str] = set()
    if state.scheme.draw.absent == "out":
        away = {entry for draw in state.draws.values() for entry in draw.missing} - state.lots.keys()
    return {entry.id for entry in appearing(state)} - away


def _room(state: State, room: str) -> Balance:
    queue = state.queue(room)
    done, absent, waived = (sum(a.status == s for a in queue) for s in ("done", "absent", "waived"))
    left = len(queue) - done - absent - waived
    numbers = {"lots": len(queue), "done": done, "absent": absent, "waived": waived, "left": left}
    return Balance("room", room, numbers, left, over=not left)


def _heard(state: State) -> Iterator[Appearance]:
    return (a for a in state.appearances.values() if a.status == "done")


def _sheets(state: State, group: str) -> Balance:
    """Sheets of one group for everybody who has been heard."""
    heard = list(_heard(state))
    seats = [seat for seat in state.seats.values() if seat.group == group]
    expected = sum(marks_in(state, seat, a.room) for a in heard for seat in seats)
    received = sum(_of_group(state, group, a.sheets) for a in heard)
    excused = sum(_of_group(state, group, a.excused) for a in heard)
    numbers = {"expected": expected, "received": received, "excused": excused}
    return Balance("sheets", group, numbers, expected - received - excused, over=bool(heard))


def _of_group(state: State, group: str, seats: Iterable[str]) -> int:
    return sum(state.seats[seat].group == group for seat in seats)


def _results(state: State) -> Balance:
    heard = list(_heard(state))
    whole = sum(a.value is not None and a.checker is not None and a.released for a in heard)
    few = sum(bool(a.accepted) for a in heard)
    numbers = {"done": len(heard), "released": whole, "whole": whole, "few": few}
    return Balance("results", "", numbers, len(heard) - whole, over=bool(heard))
