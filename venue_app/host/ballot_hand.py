"""What the proctor does with an open vote's box by hand: told as done once the standby has it too, as a voter's paper is.

A slip that was taken back and a paper that was typed in are in no other place: what was told here and is missing at the
standby would be counted twice, or not at all. All of these wait, for the disk and for the standby; one that is lost is gone on
without, loudly (`EventHost.standby_warning`). Besides what they say, all raise `Known` standby.superseded_at where
another laptop is the host by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from venue_app.domain.ballot_entries import BallotPaper
from venue_app.domain.roles import Actor
from venue_app.host.session import EventHost
from venue_app.host.slips import save_slips, withdraw_typed


def exchange(host: EventHost, poll: str, code: str) -> str:
    """Take a slip back for a paper ballot: it can no longer be used. Returns its class. Raises as `PollDesk.exchange`."""
    voter_class = host.venue.polls.exchange(poll, code)
    host.until_safe()
    return voter_class


def enter(host: EventHost, poll: str, papers: Sequence[BallotPaper]) -> int:
    """Put paper ballots in that were typed in; how many were new. Raises as `PollDesk.enter`."""
    new = host.venue.polls.enter(poll, papers)
    host.until_safe()
    return new


def withdraw(host: EventHost, actor: Actor, poll: str, code: str, reason: str, second: str) -> None:
    """Take a typed-in paper ballot out again, on record. Raises as `withdraw_typed`."""
    withdraw_typed(host.venue, actor, poll, code, reason, second)
    host.until_safe()


def issue(
    host: EventHost, actor: Actor, polls: Sequence[str], voter_class: str, count: int, file: Path
) -> None:
    """Make slips and write their sheets to `file`, with the laptop's address where its network is up. Raises as `save_slips`."""
    url = host.url() if host.server is not None else ""
    save_slips(file, host.venue, actor, polls, voter_class, count, url)
    host.until_safe()
