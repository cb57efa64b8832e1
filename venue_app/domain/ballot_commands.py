"""What can be asked about ballots held live (polls): open, hand out, close, abandon.

A poll is one ballot of the scheme held once with one body of voters. Papers are never asked for here: they go into
the box (`journal.box`), which is no part of the journal until the poll is closed.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from venue_app.domain.bases import CommandBase

PollId = str
#: When the hall votes: before the speeches, after them, or at a meeting of its own ('').
Timing = Literal["", "before", "after"]


class Roll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class of voters: how many belong to it (应到) and how many are there (实到); None when not counted."""

    members: int | None = None
    present: int | None = None


class OpenBallot(CommandBase, frozen=True, kw_only=True, tag="open-ballot"):
    """Open a poll on a ballot of the scheme.

    `where` is the post, room or other set by the ballot's `within`. `names` are those on the paper, in its order:
    entries, or candidates where the ballot names persons. `rolls` by class of voters (all of the ballot's classes).
    `again` holds the vote once more: earlier rounds no longer count.
    """

    ballot: str
    names: tuple[str, ...]
    rolls: dict[str, Roll]
    where: str = ""
    timing: Timing = ""
    again: bool = False


class IssueSlips(CommandBase, frozen=True, kw_only=True, tag="issue-slips"):
    """Hand out to one class: slips, of which only digests are told, and `papers` printed ballot papers.

    `also`: other polls, each with its class, for which the same slips are good; all of them take the slips or none.
    """

    poll: PollId
    voter_class: str
    digests: tuple[str, ...] = ()
    papers: int = 0
    also: tuple[tuple[PollId, str], ...] = ()


class CloseBallot(CommandBase, frozen=True, kw_only=True, tag="close-ballot"):
    """Close a poll before a witness: the papers are published and counted.

    `unissued` are slips left over, counted by hand, by class; `returned` paper ballots found in the urn, by class
    (those entered, where not said). `tellers` are who entered paper ballots.
    """

    poll: PollId
    witness: str
    unissued: dict[str, int] = msgspec.field(default_factory=dict)
    returned: dict[str, int] = msgspec.field(default_factory=dict)
    tellers: tuple[str, ...] = ()


class WithdrawPaper(CommandBase, frozen=True, kw_only=True, tag="withdraw-paper"):
    """Put on record that a typed-in paper ballot of one class is taken out again before the close, why and with whom.

    Which paper is told to the desk alone: no entry speaks of a single paper before the poll is closed.
    """

    poll: PollId
    voter_class: str
    reason: str
    second: str


class AbandonBallot(CommandBase, frozen=True, kw_only=True, tag="abandon-ballot"):
    """Give a poll up: its papers are destroyed unread. A reason and a second person are recorded."""

    poll: PollId
    reason: str
    second: str
