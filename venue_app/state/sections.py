"""Where candidates are heard: rooms, and half-days of rooms when the plan has any. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.scheme.drawing import LOTS
from venue_app.state.draw import Draw
from venue_app.state.model import State


def half_days(state: State) -> tuple[str, ...]:
    """The half-days as a draw names them: numbered, so that their names sort in their order (1am, 2pm)."""
    return tuple(f"{number}{name}" for number, name in enumerate(state.scheme.draw.half_days, 1))


def sections(state: State) -> dict[str, tuple[str, str]]:
    """Place of a draw → its room and half-day: rooms by themselves (half-day empty), and room by half-day."""
    found = {room: (room, "") for room in sorted(state.rooms)}
    for room in sorted(state.rooms):
        found |= {f"{room}-{half}": (room, half) for half in half_days(state)}
    return found


def home(state: State, entry: str) -> str:
    """Where an entry is heard as far as drawn: a room or a room's half-day; the post's own room before any draw."""
    for purpose in reversed(LOTS[:2]):
        draw = state.draws.get(purpose)
        if draw is not None and draw.held_at is not None:
            place = place_in(draw, entry)
            if place:
                return place
    return state.posts[state.entries[entry].post].room or ""


def place_in(draw: Draw, name: str) -> str:
    """The place a draw gave to somebody, `""` for none."""
    return next((place for place, names in draw.result.items() if name in names), "")


def half_day_of(state: State, entry: str) -> str:
    """The half-day an entry is heard in, `""` when the plan draws none."""
    return sections(state).get(home(state, entry), ("", ""))[1]


def question_set(state: State, half_day: str = "") -> str:
    """The question set drawn for a half-day (or for the event, where there are none), `""` before the draw."""
    draw = state.draws.get("questions")
    if draw is None or draw.held_at is None:
        return ""
    names = draw.result.get(half_day or "all", ())
    return names[0] if names else ""


def rows(state: State, result: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Room → everybody in order of lots: a room's half-days follow one another."""
    where = sections(state)
    found: dict[str, tuple[str, ...]] = {}
    for place, names in sorted(result.items()):
        room = where[place][0]
        found[room] = (*found.get(room, ()), *names)
    return found


def place_room(state: State, place: str) -> str:
    """The room a place of a candidates' draw lies in."""
    return sections(state)[place][0]
