"""What the identifiers of a draw's list mean: people by name, places by title. Pure."""

from __future__ import annotations

from ui.phrases import Phrase
from ui.words import Say, Text
from venue_app.domain.nouns import Purpose
from venue_app.scheme.drawing import LOTS
from venue_app.state import State
from venue_app.state.judges import judges_of
from venue_app.state.sections import sections

_HALVES = {"am": Say("draw_screen.half.am"), "pm": Say("draw_screen.half.pm")}


def names_of(state: State, purpose: Purpose) -> dict[str, tuple[str, str]]:
    """Identifier → what it is called, and what stands beside it (post or unit)."""
    if purpose in LOTS:
        return {
            entry.id: (state.candidates[entry.candidate].name, state.posts[entry.post].title)
            for entry in state.entries.values()
        }
    if purpose == "questions":
        return {}
    return {judge.id: (judge.name, judge.unit) for judge in judges_of(state)}


def place_title(state: State, purpose: Purpose, place: str) -> Text:
    """A place of a draw as people call it; `` is where everybody draws together."""
    if purpose == "questions":
        return half_title(place[1:]) if place not in ("all", "") else Say("draw_screen.place_all")
    if purpose == "pool":
        return Phrase(state.scheme.group(place).title) if place else Say("draw_screen.place_all")
    room, _, rest = place.partition(".")
    where = sections(state).get(room)
    if where is None:
        return place or Say("draw_screen.place_all")
    title = state.rooms[where[0]].title
    if rest:
        return Say("draw_screen.place_in", room=title, what=str(Phrase(state.scheme.group(rest).title)))
    return Say("draw_screen.place_in", room=title, what=half_title(where[1][1:])) if where[1] else title


def half_title(name: str) -> Text:
    """A half-day as people call it."""
    return _HALVES.get(name, name)
