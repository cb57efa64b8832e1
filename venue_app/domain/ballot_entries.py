"""What can have happened to a ballot held live. Kinds and their names are listed in `entries`.

No entry speaks of a single paper before the poll is closed, and none ever says which slip or when.
"""

from __future__ import annotations

import msgspec

from venue_app.domain.ballot_commands import PollId, Roll, Timing
from venue_app.domain.bases import FactBase

Marks = dict[str, dict[str, tuple[str, ...]]]


class BallotPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper as it was published: the voter's own random code, the class, and what is marked.

    `marks` by name, then item ('' where the ballot has none): none is blank, two are an over-mark. `others` are
    names written in; `void` when the tellers said so.
    """

    code: str
    voter_class: str
    marks: Marks = {}
    others: tuple[str, ...] = ()
    void: bool = False


class BallotOpened(FactBase, frozen=True, kw_only=True):
    """A poll is open: these names are on the paper, this is the body that votes."""

    poll: PollId
    ballot: str
    where: str
    attempt: int
    names: tuple[str, ...]
    rolls: dict[str, Roll]
    timing: Timing


class BallotIssued(FactBase, frozen=True, kw_only=True):
    """Slips (their digests, ascending) and printed papers were made for one class of voters."""

    poll: PollId
    voter_class: str
    digests: tuple[str, ...]
    papers: int


class BallotPapers(FactBase, frozen=True, kw_only=True):
    """Papers of a poll being closed, ascending by code; several of these precede `ballot.closed`."""

    poll: PollId
    papers: tuple[BallotPaper, ...]


class BallotClosed(FactBase, frozen=True, kw_only=True):
    """The poll is closed before `witness`: how many papers, their digest, and what was handed out and came back.

    `used` and `exchanged` are digests of slips, ascending. `entered` are paper ballots typed in, `unissued` slips left
    over, `returned` paper ballots found in the urn, all by class.
    """

    poll: PollId
    papers: int
    digest: str
    used: tuple[str, ...]
    exchanged: tuple[str, ...]
    entered: dict[str, int]
    unissued: dict[str, int]
    returned: dict[str, int]
    tellers: tuple[str, ...]
    witness: str


class BallotCounted(FactBase, frozen=True, kw_only=True):
    """The papers of one class counted by the scheme's rules. `votes` by name, item and answer.

    `void_vote`: more came back than was handed out, nothing counts.
    """

    poll: PollId
    voter_class: str
    issued: int
    returned: int
    valid: int
    void: int
    blank: int
    void_vote: bool
    votes: dict[str, dict[str, dict[str, int]]]
    others: dict[str, int]


class BallotWithdrawn(FactBase, frozen=True, kw_only=True):
    """A typed-in paper ballot of one class was taken out of the box again; which one, nothing says."""

    poll: PollId
    voter_class: str
    reason: str
    second: str


class BallotAbandoned(FactBase, frozen=True, kw_only=True):
    """The poll was given up; its papers were destroyed unread."""

    poll: PollId
    reason: str
    second: str
