"""The boxes of open polls beside a followed journal: as they are on the host, with no more in them than there (docs/ballots.md).

A box that is here is one the host told whole. One that is being copied has another name until all is in it, so that no
takeover goes on with half of the papers: it would be a box that is missing.
"""

from __future__ import annotations

import logging
from itertools import zip_longest
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.journal.box import EXCHANGED, GROUP, UNUSED, USED, Box, Put, part_of
from venue_app.journal.box_change import BoxChange
from venue_app.state import State
from venue_app.state.polls import Poll
from venue_app.venue.poll_live import fresh_box

log = logging.getLogger(__name__)


class FollowedBoxes:
    """Used in the line's thread. Faults of the disk are `Known("journal.…")`."""

    def __init__(self, event: Path) -> None:
        self._event = event
        self._boxes: dict[str, Box] = {}

    def begin(self, state: State) -> None:
        """Open what was followed before; what cannot be read is copied anew."""
        for poll in state.polls.values():
            Box.destroy(self._event, part_of(poll.id))
            if poll.status == "open" and Box.exists(self._event, poll.id):
                try:
                    self._boxes[poll.id] = Box(self._event, poll.id)
                except Known:
                    log.warning("a followed box cannot be opened: poll=%s", poll.id)
        self.follow(None, state)

    def follow(self, before: State | None, state: State) -> None:
        """What entries changed: the boxes of polls that are over go."""
        if before is not None and before.polls is state.polls:
            return
        for poll in state.polls.values():
            if poll.status != "open":
                box = self._boxes.pop(poll.id, None)
                if box is not None:
                    box.close()
                Box.destroy(self._event, poll.id)

    def take(self, state: State, change: BoxChange) -> None:
        """Make a change durable here; nothing for a poll that is over by now.

        Raises `Known`: journal.*, ballots.box_missing where the box was not told whole before.
        """
        poll = state.polls.get(change.poll)
        if poll is None or poll.status != "open":
            return
        if change.whole:
            self._whole(state, poll, change)
            return
        box = self._boxes.get(poll.id)
        if box is None:
            raise Known("ballots.box_missing", poll=poll.id)
        _know(box, poll)
        for body in change.removed:
            box.remove(body)
        _put(box, change.put, change.used)
        for slip in change.exchanged:
            box.set_state(slip, EXCHANGED)

    def close(self) -> None:
        """Close the files; they stay for whoever takes over."""
        for box in self._boxes.values():
            box.close()
        self._boxes = {}

    def _whole(self, state: State, poll: Poll, change: BoxChange) -> None:
        box = self._boxes.get(poll.id)
        if box is not None:
            _know(box, poll)
            if _at_one_go(box, change):
                _alike(box, change)
                return
        Box.destroy(self._event, part_of(poll.id))
        if box is None:
            Box.destroy(self._event, poll.id)
        part = fresh_box(self._event, part_of(poll.id), state.scheme, poll)
        try:
            _know(part, poll)
            _alike(part, change)
        except BaseException:
            part.close()
            Box.destroy(
                self._event, part_of(poll.id)
            )  # half a box would take the room that the journal needs
            raise
        part.close()
        if box is not None:
            del self._boxes[poll.id]
            box.close()
        Box.finish(self._event, poll.id)
        self._boxes[poll.id] = Box(self._event, poll.id)


def _at_one_go(box: Box, told: BoxChange) -> bool:
    """Whether the papers that are missing are written together: between two groups, slips would be used whose papers are
    not in, and papers in whose slips are not used."""
    return len(set(told.put).difference(box.papers())) <= GROUP


def _know(box: Box, poll: Poll) -> None:
    box.add_slips(max(0, len(poll.slips) - box.slips))


def _alike(box: Box, told: BoxChange) -> None:
    """Make the box what the host's is."""
    here = set(box.papers())
    for body in here.difference(told.put):
        box.remove(body)
    exchanged, used = set(told.exchanged), set(told.used)
    for slip in range(box.slips):
        wanted = EXCHANGED if slip in exchanged else UNUSED
        if slip not in used and box.state(slip) != wanted:
            box.set_state(slip, wanted)
    _put(
        box,
        [body for body in told.put if body not in here],
        [slip for slip in told.used if box.state(slip) != USED],
    )


def _put(box: Box, bodies: list[bytes] | tuple[bytes, ...], slips: list[int] | tuple[int, ...]) -> None:
    """Papers and the slips that were used, together; who stands beside whom means nothing, both are in their own order."""
    together = list(zip_longest(bodies, slips))
    for at in range(0, len(bodies), GROUP):
        box.put([Put(body, slip) for body, slip in together[at : min(at + GROUP, len(bodies))]])
    for slip in slips[len(bodies) :]:
        box.set_state(slip, USED)
