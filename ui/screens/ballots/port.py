"""What the ballots screen needs besides the bridge: the desk where papers are handed in, and slips to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from venue_app.domain.ballot_entries import BallotPaper
from venue_app.domain.roles import Actor
from venue_app.host import ballot_hand
from venue_app.host.session import EventHost
from venue_app.state import State
from venue_app.venue.poll_live import Turnout


class Polls(Protocol):
    """The open polls of the event on this laptop. All but `turnout`, `lost` and `address` may wait for the disk and the standby."""

    def turnout(self, poll: str) -> Mapping[str, Turnout]:
        """How many have voted, by class."""

    def lost(self, state: State) -> tuple[str, ...]:
        """Open polls whose box is not on this laptop."""

    def address(self) -> str:
        """Where voters find this laptop, empty without a network."""

    def exchange(self, poll: str, code: str) -> str:
        """Take a slip for a paper ballot; `Known` ballots.* when it cannot be."""

    def enter(self, poll: str, papers: Sequence[BallotPaper]) -> int:
        """Put typed paper ballots in; how many were new."""

    def typed(self, poll: str) -> tuple[tuple[str, str], ...]:
        """Code and class of each typed-in paper ballot, ascending by code."""

    def withdraw(self, actor: Actor, poll: str, code: str, reason: str, second: str) -> None:
        """Take a typed-in paper ballot out again, on record."""

    def slips(self, actor: Actor, polls: Sequence[str], voter_class: str, count: int, file: Path) -> None:
        """Make slips and write their sheets to `file`."""

    def settled(self) -> None:
        """Wait until the standby has all that was done so far; `Known` when another laptop is the host by then."""


class HostPolls:
    """Those of an open host."""

    def __init__(self, host: EventHost) -> None:
        self._host = host

    def turnout(self, poll: str) -> Mapping[str, Turnout]:
        """How many have voted, by class."""
        return self._host.venue.polls.turnout(poll)

    def lost(self, state: State) -> tuple[str, ...]:
        """Open polls whose box is not on this laptop."""
        return self._host.venue.polls.lost(state)

    def address(self) -> str:
        """Where voters find this laptop, empty without a network."""
        return "" if self._host.server is None else f"{self._host.url()}/b"

    def exchange(self, poll: str, code: str) -> str:
        """Take a slip for a paper ballot."""
        return ballot_hand.exchange(self._host, poll, code)

    def enter(self, poll: str, papers: Sequence[BallotPaper]) -> int:
        """Put typed paper ballots in."""
        return ballot_hand.enter(self._host, poll, papers)

    def typed(self, poll: str) -> tuple[tuple[str, str], ...]:
        """Code and class of each typed-in paper ballot."""
        return self._host.venue.polls.typed(poll)

    def withdraw(self, actor: Actor, poll: str, code: str, reason: str, second: str) -> None:
        """Take a typed-in paper ballot out again."""
        ballot_hand.withdraw(self._host, actor, poll, code, reason, second)

    def slips(self, actor: Actor, polls: Sequence[str], voter_class: str, count: int, file: Path) -> None:
        """Make slips and write their sheets to `file`; with the laptop's address where its network is up."""
        ballot_hand.issue(self._host, actor, polls, voter_class, count, file)

    def settled(self) -> None:
        """Wait until the standby has all that was done so far."""
        self._host.until_safe()
