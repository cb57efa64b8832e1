"""Where candidates are heard: rooms, and half-days of rooms when the plan has any. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.domain.nouns import Purpose
from venue_app.scheme.drawing import LOTS
from venue_app.state.appearing import appearing
from venue_app.state.draw import Draw
from venue_app.state.model import State

#: The one place of a draw of question sets where the plan has no half-days.
WHOLE_DAY = "all"


def due(state: State) -> Purpose | None:
    """The next of the plan's draws that is not held yet, None when all are."""
    return next((p for p in state.scheme.draw.held if p not in state.draws or _open(state.draws[p])), None)


def _open(draw: Draw) -> bool:
    return draw.held_at is None


def half_days(state: State) -> tuple[str, ...]:
    """The half-days as a draw names them: numbered, so that their names sort in their order (1am, 2pm)."""
    return tuple(f"{number}{name}" for number, name in enumerate(state.scheme.draw.half_days, 1))


def sections(state: State) -> dict[str, tuple[str, str]]:
    """Place of a draw → its room and half-day: rooms by themselves (half-day empty), and room by half-day."""
    found = {room: (room, "") for room in sorted(state.rooms)}
    for room in sorted(state.rooms):
        found |= {f"{room}-{half}": (room, half) for half in half_days(state)}
    return found


def place_room(state: State, place: str) -> str:
    """The room a place of a candidates' draw lies in, `""` when there is no such place."""
    return sections(state).get(place, ("", ""))[0]


def place_title(state: State, place: str) -> str:
    """A place as people call it: the room's title, with the half-day where there is one; else its own name."""
    room, half = sections(state).get(place, ("", ""))
    if room:
        return f"{state.rooms[room].title} {half[1:]}".strip()
    titles = {group.id: group.title.say(state.scheme.language) for group in state.scheme.groups}
    for room in state.rooms:
        if place.startswith(f"{room}.") and place[len(room) + 1 :] in titles:
            return f"{state.rooms[room].title} {titles[place[len(room) + 1 :]]}"
    halves = dict(zip(half_days(state), state.scheme.draw.half_days, strict=True))
    return titles.get(place, halves.get(place, place))


def chain(state: State, before: Purpose | None = None) -> Draw | None:
    """The newest held draw that said where candidates are heard, of those that come before another one."""
    earlier = LOTS if before is None else LOTS[: LOTS.index(before)]
    found = (state.draws.get(purpose) for purpose in reversed(earlier) if purpose in state.scheme.draw.held)
    return next((draw for draw in found if draw is not None and draw.held_at is not None), None)


def homes(state: State, before: Purpose | None = None) -> dict[str, str]:
    """Entry → where it is heard as far as drawn: a room or its half-day; before any draw the post's own room.

    Of the entries that can draw: those that appear, or once a draw was held those who have a place by it.
    """
    draw = chain(state, before)
    if draw is not None:
        return {name: place for place, names in draw.standing.places.items() for name in names if name}
    return {entry.id: state.posts[entry.post].room or "" for entry in appearing(state)}


def half_day_of(state: State, entry: str) -> str:
    """The half-day an entry is heard in, `""` when the plan draws none."""
    if not state.scheme.draw.half_days:
        return ""
    return sections(state).get(homes(state).get(entry, ""), ("", ""))[1]


def question_set(state: State, half_day: str = "") -> str:
    """The question set drawn for a half-day (or for the event, where there are none), `""` before the draw."""
    draw = state.draws.get("questions")
    names = () if draw is None else draw.result.get(half_day or WHOLE_DAY, ())
    return names[0] if names else ""


def rows(state: State, result: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Room → everybody in order of lots: a room's half-days follow one another."""
    found: dict[str, tuple[str, ...]] = {}
    for place, names in sorted(result.items()):
        room = place_room(state, place)
        found[room] = (*found.get(room, ()), *names)
    return found
