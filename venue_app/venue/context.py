"""What a decision may look at besides the state: the moment, who asks, and fresh randomness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from venue_app.base.errors import Known
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.domain.entries import Fact
from venue_app.domain.roles import Actor
from venue_app.state.polls import Poll


@dataclass(frozen=True, slots=True)
class BoxContent:
    """What is in a poll's box: papers cast with slips, paper ballots typed in, and digests of slips, ascending."""

    cast: tuple[BallotPaper, ...]
    entered: tuple[BallotPaper, ...]
    used: tuple[str, ...]
    exchanged: tuple[str, ...]

    def slips(self, poll: Poll, voter_class: str) -> int:
        """How many slips of a class are used or exchanged."""
        class_of = dict(poll.slips)
        return sum(class_of.get(digest) == voter_class for digest in (*self.used, *self.exchanged))


def _no_box(poll: str) -> BoxContent:
    raise Known("ballots.box_missing", poll=poll)


@dataclass(frozen=True, slots=True)
class Context:
    """The moment a command is decided.

    `nonce` makes 128 fresh random bits in hex, when somebody needs them; `kept` are the venue's own durable
    secrets by name (the draw's nonce between commitment and reveal). `box` shuts a poll's box and says what is in it.
    """

    actor: Actor
    wall: int
    mono: int
    boot: str
    nonce: Callable[[], str]
    kept: dict[str, str]
    sub: str | None = None
    box: Callable[[str], BoxContent] = _no_box


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an accepted command: facts for the journal, and secrets to keep before they are told."""

    facts: tuple[Fact, ...]
    keep: dict[str, str] = field(default_factory=dict)


def facts(*found: Fact) -> Decision:
    """A decision of facts alone."""
    return Decision(facts=found)
