"""What stands in a draw's list under an identifier, as people call it. Pure."""

from __future__ import annotations

from dataclasses import replace

from venue_app.base.errors import Known
from venue_app.rules.drawing import Conflict
from venue_app.state.judges import judges_of, unit_codes
from venue_app.state.model import State
from venue_app.state.sections import place_title


def item_title(state: State, name: str) -> str:
    """A judge's name; a candidate or a question set stands under its own identifier, which says nothing else."""
    judge = next((judge for judge in judges_of(state) if judge.id == name), None)
    return name if judge is None else judge.name


def unit_title(state: State, code: str) -> str:
    """A judge's unit by its code in the list, or the title of a post."""
    if code in state.posts:
        return state.posts[code].title
    return next((unit for unit, known in unit_codes(state).items() if known == code), code)


def conflict_fault(state: State, conflict: Conflict) -> Known:
    """Why a draw cannot be held, with rooms, people and units named."""
    return replace(
        conflict,
        places=tuple(place_title(state, place) for place in conflict.places),
        items=tuple(item_title(state, name) for name in conflict.items),
        units=tuple(unit_title(state, code) for code in conflict.units),
        barred=tuple(_pair(state, pair) for pair in conflict.barred),
    ).fault()


def _pair(state: State, pair: str) -> str:
    name, _, place = pair.partition("/")
    return f"{item_title(state, name)}/{place_title(state, place)}"
