"""Polls: ballots held live, as the journal knows them. Frozen; made only by the fold.

While a poll is open nothing here speaks of papers: they are in its box, and nothing of the box is in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from venue_app.domain.ballot_commands import Roll, Timing
from venue_app.domain.ballot_entries import BallotPaper

Standing = Literal["open", "closed", "abandoned"]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of one class counted. `votes` by name, item and answer; `void_vote`: nothing counts."""

    issued: int
    returned: int
    valid: int
    void: int
    blank: int
    void_vote: bool
    votes: Mapping[str, Mapping[str, Mapping[str, int]]]
    others: Mapping[str, int]

    def abstained(self, name: str, item: str) -> int:
        """Valid papers that say nothing of this name and item."""
        return self.valid - sum(self.votes.get(name, {}).get(item, {}).values())


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot of the scheme held once with one body.

    `slips` are digests with the class each is for, in the order of the journal (ascending within an issue).
    `printed` are paper ballots made, `withdrawn` typed-in ones that were taken out again, by class. What follows `status` is empty until the poll is closed.
    """

    id: str
    ballot: str
    where: str
    attempt: int
    names: tuple[str, ...]
    rolls: Mapping[str, Roll]
    timing: Timing
    opened_at: int
    slips: tuple[tuple[str, str], ...] = ()
    printed: Mapping[str, int] = {}
    withdrawn: Mapping[str, int] = {}
    status: Standing = "open"
    closed_at: int | None = None
    closed_seq: int = 0
    papers: tuple[BallotPaper, ...] = ()
    digest: str = ""
    used: tuple[str, ...] = ()
    exchanged: tuple[str, ...] = ()
    entered: Mapping[str, int] = {}
    unissued: Mapping[str, int] = {}
    returned: Mapping[str, int] = {}
    tallies: Mapping[str, Tally] = {}
    tellers: tuple[str, ...] = ()
    witness: str = ""
    reason: str = ""

    def issued_to(self, voter_class: str) -> int:
        """Slips and papers made for a class, less the slips left over."""
        slips = sum(of == voter_class for _, of in self.slips)
        return slips - self.unissued.get(voter_class, 0) + self.printed.get(voter_class, 0)
