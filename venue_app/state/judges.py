"""Judges as people, before and after a draw gave them their chairs. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from venue_app.domain.nouns import Judge, Seat
from venue_app.state.draw import Draw
from venue_app.state.model import Appearance, State


def judges_of(state: State) -> tuple[Judge, ...]:
    """The judges on record for a draw, else those whom the roster put in chairs: J01, J02 … in order of chairs."""
    if state.judges:
        return tuple(judge for _, judge in sorted(state.judges.items()))
    named = [seat for seat in sorted(state.seats.values(), key=_by_chair) if seat.name]
    width = max(2, len(str(len(named))))
    return tuple(
        Judge(
            id=f"J{number:0{width}d}",
            name=seat.name,
            group=seat.group,
            unit=seat.unit,
            chief="only" if seat.chief else "",
            seat=seat.id,
        )
        for number, seat in enumerate(named, 1)
    )


def _by_chair(seat: Seat) -> tuple[str, str, int]:
    return seat.group, seat.room or "", seat.number


def panel_of(state: State) -> tuple[Judge, ...]:
    """The judges a seats draw is about: those a pool draw named, where one was held, else all."""
    pool = state.draws.get("pool")
    if pool is None or pool.held_at is None:
        return judges_of(state)
    named = {name for names in pool.standing.places.values() for name in names}
    return tuple(judge for judge in judges_of(state) if judge.id in named)


def chairs(state: State, group: str, *, rooms_only: bool = False) -> list[Seat]:
    """The seats of a group in the order a draw fills them: the chiefs' first, then by room and number."""
    mine = [s for s in state.seats.values() if s.group == group and (s.room is not None or not rooms_only)]
    return sorted(mine, key=lambda seat: (not seat.chief, seat.room or "", seat.number))


def heard(appearance: Appearance) -> bool:
    """Whether the panel has met this candidate: called and not gone again unheard."""
    return appearance.status in ("floor", "done")


def unfinished(state: State) -> frozenset[str]:
    """Rooms in which a post is half heard: its panel stays, or its candidates would be measured by two."""
    met: dict[tuple[str, str], set[str]] = {}
    for appearance in state.appearances.values():
        key = (appearance.room, state.entries[appearance.entry].post)
        met.setdefault(key, set()).add("heard" if heard(appearance) else appearance.status)
    return frozenset(room for (room, _), found in met.items() if {"heard", "waiting"} <= found)


def unit_codes(state: State) -> dict[str, str]:
    """Unit → its code in the list of a draw: U01, U02 … in order of the names, for the list is ASCII."""
    units = sorted({judge.unit for judge in judges_of(state) if judge.unit})
    width = max(2, len(str(len(units))))
    return {unit: f"U{number:0{width}d}" for number, unit in enumerate(units, 1)}


def seat_place(room: str, group: str, several: bool) -> str:
    """What a seats draw calls the chairs of a group in a room."""
    return f"{room}.{group}" if several else room


def drawn_chairs(state: State, draw: Draw) -> dict[str, str]:
    """Seat → judge as the draw stands; `""` for a chair that was left empty."""
    found: dict[str, str] = {}
    for place, names in draw.standing.places.items():
        found |= {
            seat.id: name or "" for seat, name in zip(_chairs_of(state, draw, place), names, strict=True)
        }
    return found


def _chairs_of(state: State, draw: Draw, place: str) -> list[Seat]:
    if draw.purpose == "pool":
        return chairs(state, place)
    groups = {judge.group for judge in panel_of(state)}
    return [
        seat
        for group in sorted(groups)
        for seat in chairs(state, group, rooms_only=True)
        if place in (seat.room, seat_place(seat.room or "", group, True))
    ]


def seated(state: State, draw: Draw) -> State:
    """The state with the judges in the chairs the draw gave them; recusals go with the person."""
    given = drawn_chairs(state, draw)
    before = {seat: judge for seat, judge in state.seated.items() if judge}
    seats = dict(state.seats)
    for seat, judge in given.items():
        person = state.judges.get(judge)
        name, unit = (person.name, person.unit) if person else ("", "")
        seats[seat] = replace(seats[seat], name=name, unit=unit)
    after = {**state.seated, **given}
    return replace(state, seats=seats, seated=after, recusals=_moved(state.recusals, before, after))


def unseated(state: State, draw: Draw) -> State:
    """The state as it was before the draw gave its chairs."""
    recusals = _moved(state.recusals, state.seated, draw.before_seated)
    return replace(state, seats=draw.before_seats, seated=draw.before_seated, recusals=recusals)


def _moved(
    recusals: Mapping[tuple[str, str], str], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    chair = {judge: seat for seat, judge in after.items() if judge}
    found: dict[tuple[str, str], str] = {}
    for (seat, post), reason in recusals.items():
        if seat not in before:
            found[seat, post] = reason
        elif before[seat] in chair:
            found[chair[before[seat]], post] = reason
    return found
