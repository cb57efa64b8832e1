"""Who appears before a panel: every entry, or every person once for all the posts they entered for."""

from __future__ import annotations

from venue_app.domain.nouns import Entry, Lot
from venue_app.scheme import Scheme
from venue_app.state.model import State


def anybody(scheme: Scheme) -> bool:
    """Whether candidates are heard at all; in an event of ballots alone nobody needs a lot."""
    return bool(scheme.groups or scheme.stages)


def once(scheme: Scheme) -> bool:
    """Whether one appearance counts in all entries of a person: no group marks an entry by itself."""
    return all(group.per == "person" for group in scheme.groups)


def appearing(state: State) -> tuple[Entry, ...]:
    """The entries that draw a lot: of those qualified every one, or each person's for the post wanted most."""
    found = [e for e in state.entries.values() if state.candidates[e.candidate].qualified]
    if not once(state.scheme):
        return tuple(found)
    first: dict[str, Entry] = {}
    for entry in sorted(found, key=lambda e: e.preference):
        first.setdefault(entry.candidate, entry)
    chosen = {entry.id for entry in first.values()}
    return tuple(entry for entry in found if entry.id in chosen)


def post_titles(state: State) -> dict[str, str]:
    """What each post is called, by id."""
    return {id: post.title for id, post in state.posts.items()}


def lots_heard(state: State) -> dict[str, Lot]:
    """The lot each entry is heard under: its own, or where people appear once the one lot of its person."""
    if not once(state.scheme):
        return dict(state.lots)
    own = {state.entries[entry].candidate: lot for entry, lot in state.lots.items()}
    return {id: own[entry.candidate] for id, entry in state.entries.items() if entry.candidate in own}


class Together:
    """The entries of each person, the post wanted most first; made once for a whole event."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._once = once(state.scheme)
        self._own: dict[str, list[Entry]] = {}
        for entry in sorted(state.entries.values(), key=lambda e: e.preference):
            self._own.setdefault(entry.candidate, []).append(entry)

    def entries_of(self, entry: str) -> tuple[str, ...]:
        """The entries an appearance counts for: its own, and where people appear once the person's others."""
        if not self._once:
            return (entry,)
        return tuple(e.id for e in self._own[self._state.entries[entry].candidate])

    def room_of(self, entry: Entry) -> str:
        """The room an entry is heard in: drawn, or else the post's own; empty before rooms are known.

        People who appear once are heard with the post they want most.
        """
        heard = self._own[entry.candidate][0] if self._once else entry
        if heard.id in self._state.lots:
            return self._state.lots[heard.id].room
        return self._state.posts[heard.post].room or ""
