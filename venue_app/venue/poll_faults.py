"""Polls whose box the disk refused: what the proctor hears, which slips wait, what is to be tried again."""

from __future__ import annotations

from collections.abc import Mapping

from venue_app.base.errors import Known
from venue_app.state.polls import Poll


class PollFaults:
    """Written by the desk's thread, read from any."""

    def __init__(self) -> None:
        self._faults: dict[str, Known] = {}
        self._unmade: dict[str, Poll] = {}
        self._waiting: dict[str, frozenset[str]] = {}

    def snapshot(self) -> Mapping[str, Known]:
        """Why nothing can be counted, by poll."""
        return dict(self._faults)

    def stopped(self, poll: str, fault: Known) -> None:
        """A paper was not taken; the next may be."""
        self._faults[poll] = fault

    def stand(self, poll: Poll, fault: Known, *, again: bool) -> None:
        """The box is not as the journal wants it; `again` when it may be made so later."""
        self._faults[poll.id] = fault
        self._waiting[poll.id] = frozenset(digest for digest, _ in poll.slips)
        if again:
            self._unmade[poll.id] = poll

    def taken(self, poll: str) -> None:
        """A paper was taken: what stands of the box itself stays."""
        if poll not in self._waiting:
            self._faults.pop(poll, None)

    def over(self, poll: str) -> None:
        """All is as it should be."""
        for kept in (self._unmade, self._waiting, self._faults):
            kept.pop(poll, None)

    def waits(self, digest: str) -> bool:
        """Whether this slip is of a poll whose box may not know it."""
        return any(digest in slips for slips in list(self._waiting.values()))

    def unmade(self) -> tuple[Poll, ...]:
        """Polls that are to be tried again."""
        return tuple(self._unmade.values())
