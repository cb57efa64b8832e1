"""What a decision may look at besides the state: the moment, who asks, and fresh randomness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from venue_app.domain.entries import Fact
from venue_app.domain.roles import Actor


@dataclass(frozen=True, slots=True)
class Context:
    """The moment a command is decided.

    `nonce` makes 128 fresh random bits in hex, when somebody needs them; `kept` are the venue's own durable
    secrets by name (the draw's nonce between commitment and reveal).
    """

    actor: Actor
    wall: int
    mono: int
    boot: str
    nonce: Callable[[], str]
    kept: dict[str, str]
    sub: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an accepted command: facts for the journal, and secrets to keep before they are told."""

    facts: tuple[Fact, ...]
    keep: dict[str, str] = field(default_factory=dict)


def facts(*found: Fact) -> Decision:
    """A decision of facts alone."""
    return Decision(facts=found)
