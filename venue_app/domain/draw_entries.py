"""What can have happened in a draw. Kinds and their names are listed in `entries`; docs/formats/draw.md."""

from __future__ import annotations

from venue_app.domain.bases import FactBase
from venue_app.domain.nouns import ChangeKind, Judge, Opened, Purpose


class JudgesListed(FactBase, frozen=True, kw_only=True):
    """The judges, or the larger body, whom a draw names or seats."""

    judges: tuple[Judge, ...]


class DrawFrozen(FactBase, frozen=True, kw_only=True):
    """The list as text with its digest, who contributes to the seed, and who was not there."""

    purpose: Purpose
    list: str
    list_digest: str
    parties: tuple[str, ...]
    missing: tuple[str, ...]


class DrawCommitted(FactBase, frozen=True, kw_only=True):
    """A party showed its commitment."""

    purpose: Purpose
    party: str
    commitment: str


class DrawPublic(FactBase, frozen=True, kw_only=True):
    """The public part, as it enters the seed."""

    purpose: Purpose
    public: str


class DrawRevealed(FactBase, frozen=True, kw_only=True):
    """A party's contribution came to light, and how; `second` saw the envelope opened."""

    purpose: Purpose
    party: str
    nonce: str
    opened: Opened
    second: str


class DrawDrawn(FactBase, frozen=True, kw_only=True):
    """The seed and what it gives: place → identifiers in order of seats, and the reserve."""

    purpose: Purpose
    seed: str
    method: str
    result: dict[str, tuple[str, ...]]
    reserve: tuple[str, ...]


class DrawTyped(FactBase, frozen=True, kw_only=True):
    """A draw held by hand, as two people typed it (`typists`, where they gave their names), before witnesses."""

    purpose: Purpose
    result: dict[str, tuple[str, ...]]
    reserve: tuple[str, ...]
    witnesses: tuple[str, ...]
    means: str
    typists: tuple[str, ...] = ()


class DrawChanged(FactBase, frozen=True, kw_only=True):
    """Somebody withdrew, stayed away, came late, or was replaced from the reserve. No other lot moves."""

    purpose: Purpose
    change: ChangeKind
    id: str
    place: str
    reason: str
    second: str


class DrawDiscarded(FactBase, frozen=True, kw_only=True):
    """The draw was set aside; the list can be frozen again."""

    purpose: Purpose
    reason: str
    second: str
