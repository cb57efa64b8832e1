"""Places at the venue that are no seats: consoles of rooms, witnesses' screens, big screens, the standby laptop.

A place is taken by one device, with a code and a token, as a seat is, and given back the same way:
`station.joined` names it where it would name a seat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from venue_app.base.i18n import tr_in
from venue_app.domain.roles import Actor, Role
from venue_app.state.model import State

#: No more big screens than this.
MOST_HALLS = 99
SUPERVISOR = "witness-supervisor"
NOTARY = "witness-notary"
STANDBY = "standby"
_CONSOLE = "console-"
_HALL = re.compile(r"hall-([1-9][0-9]?)")
_ALONE = {SUPERVISOR: Role.SUPERVISOR, NOTARY: Role.NOTARY, STANDBY: Role.STANDBY}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device stands that is in no seat. `room` bounds what it may do; `number` counts big screens."""

    id: str
    role: Role
    room: str | None = None
    number: int = 0

    @property
    def trusted(self) -> bool:
        """Whether a person answers there for what is done, and is shown names and the whole journal."""
        return self.role not in (Role.HALL, Role.STANDBY)


def console(room: str) -> str:
    """The id of a room's console."""
    return _CONSOLE + room


def place_of(state: State, place: str) -> Place | None:
    """The place of this name; None when there is none, or when it is a seat."""
    if place in state.seats:
        return None
    if place in _ALONE:
        return Place(place, _ALONE[place])
    room = place.removeprefix(_CONSOLE)
    if room != place and room in state.rooms:
        return Place(place, Role.PROCTOR, room)
    hall = _HALL.fullmatch(place)
    return Place(place, Role.HALL, number=int(hall[1])) if hall else None


def role_places(state: State) -> tuple[Place, ...]:
    """Every place a device can take or has taken: consoles, witnesses, the big screens there are and one more, the standby."""
    halls = [int(found[1]) for taken in state.stations if (found := _HALL.fullmatch(taken))]
    free = next(n for n in range(1, MOST_HALLS + 2) if n not in halls)
    names = [console(room) for room in sorted(state.rooms)]
    names += [SUPERVISOR, NOTARY]
    names += [f"hall-{n}" for n in sorted({*halls, free}) if n <= MOST_HALLS]
    names += [STANDBY]
    return tuple(place for name in names if (place := place_of(state, name)) is not None)


def person_at(state: State, place: Place) -> str:
    """Who acts there: the name given when the place was taken, else that of the only person of this role."""
    station = state.stations.get(place.id)
    if station is not None and station.person:
        return station.person
    named = [p.name for p in state.people if p.role == place.role.value]
    return named[0] if len(named) == 1 else ""


def actor_at(state: State, place: Place) -> Actor:
    """As whom commands from this place are decided: never what a message says."""
    station = state.stations.get(place.id)
    return Actor(
        role=place.role,
        name=person_at(state, place),
        seat=place.id,
        room=place.room,
        device="" if station is None else station.device,
    )


def place_word(place: Place, lang: str) -> str:
    """What people call it; a console by its office alone, its room is said beside it."""
    if place.role is Role.PROCTOR:
        return tr_in(lang, "console.place.console")
    if place.role is Role.HALL:
        return tr_in(lang, "console.place.hall", number=place.number)
    if place.role is Role.STANDBY:
        return tr_in(lang, "standby.place")
    if place.role is Role.NOTARY:
        return tr_in(lang, "console.place.notary")
    return tr_in(lang, "console.place.supervisor")


def place_title(state: State, place: Place, lang: str) -> str:
    """What people call it, with its room."""
    room = state.rooms.get(place.room or "")
    word = place_word(place, lang)
    return tr_in(lang, "console.place.in_room", room=room.title, place=word) if room else word
