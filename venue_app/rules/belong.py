"""Where an entry belongs, and what is known of it, its person and its post."""

from __future__ import annotations

from typing import Protocol

from venue_app.rules.facts import EntryFact, Facts
from venue_app.scheme.judging import Per


def attribute(facts: Facts, entry: EntryFact, key: str) -> str | None:
    """An attribute that does not depend on other entries."""
    post = facts.posts.get(entry.post)
    built_in = {
        "post": entry.post,
        "candidate": entry.candidate,
        "room": entry.room,
        "session": entry.session,
        "preference": str(entry.preference),
        "places": str(post.places if post else 1),
    }
    if key in built_in:
        return built_in[key]
    person = facts.candidates.get(entry.candidate)
    for source in (entry, person, post):
        if source is not None and key in source.attributes:
            return source.attributes[key]
    return None


class Entered(Protocol):
    """An entry as far as its holder goes: a fact's or the roster's."""

    @property
    def id(self) -> str:
        """The entry's own name."""

    @property
    def candidate(self) -> str:
        """The person's."""


def holder(entry: Entered, per: Per) -> str:
    """The name under which facts stand: the entry's, or the person's where a mark is the person's."""
    return entry.candidate if per == "person" else entry.id


def where(facts: Facts, entry: EntryFact, within: str) -> str:
    """The name of the set an entry belongs to under `within`; '' for the event."""
    if within == "post":
        return entry.post
    if within == "room":
        return entry.room
    if within == "candidate":
        return entry.candidate
    return "" if within == "event" else attribute(facts, entry, within) or ""
