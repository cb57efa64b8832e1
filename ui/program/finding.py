"""Ctrl+K: people and lots of the open event, by name, number or post."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.screen import Hit
from ui.words import Say
from venue_app.state import State
from venue_app.state.appearing import lots_heard

_MOST = 24


class People:
    """Finds entries. Before the draw a person is shown with the post alone, after it with room and lot."""

    def __init__(self, state: Callable[[], State], go_to: Callable[[str, int], None]) -> None:
        """`go_to` turns to a lot (room, number)."""
        self._state, self._go_to = state, go_to

    def search(self, typed: str) -> list[Hit]:
        """At most two dozen, lots that begin with the number first."""
        state, wanted = self._state(), typed.strip().casefold()
        lots = lots_heard(state)
        found: list[tuple[int, str, Hit]] = []
        for entry in state.entries:
            person, post = state.candidate_of(entry), state.post_of(entry)
            lot = lots.get(entry)
            number = str(lot.number) if lot is not None else ""
            if wanted == number:
                rank = 0
            elif wanted in person.name.casefold():
                rank = 1
            elif wanted in post.title.casefold():
                rank = 2
            else:
                continue
            if lot is None:
                hit = Hit(person.name, post.title, _nothing, "people")
            else:
                room = state.rooms[lot.room].title
                where = Say("app.found", room=room, lot=lot.number, post=post.title)
                hit = Hit(person.name, where, partial(self._go_to, lot.room, lot.number), "people")
            found.append((rank, person.name, hit))
        found.sort(key=lambda item: item[:2])
        return [hit for _, _, hit in found[:_MOST]]


def _nothing() -> None:
    """A person without a lot is nowhere yet."""
