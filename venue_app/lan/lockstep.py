"""Nothing acknowledged is lost with the laptop: answers wait until the standby has what they acknowledge.

While a standby keeps up, what became of a command is told only once the entries it made are durable there too, and a voter
hears «counted» only once the paper is. A standby that falls silent is waited for as long as `patience_s`; then the event goes on without it, and says so loudly.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

log = logging.getLogger(__name__)

#: How long an answer waits for a standby that is gone or does not keep up, in seconds.
PATIENCE_S = 2.0


class Step(StrEnum):
    """How the standby is: never seen by this program, catching up, in step, or lost."""

    NONE = "none"
    CATCHING_UP = "catching-up"
    IN_STEP = "in-step"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class StandbyStatus:
    """For the proctor: how the standby is, how many entries it has, and since when (monotonic ms) it is so.

    `disk`: why it is lost, where its own disk took nothing any more: full or fault.
    """

    step: Step = Step.NONE
    have: int = 0
    since: int = 0
    disk: str = ""


class _Held:
    """What waits for the standby to come as far as a number."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, float, Callable[[], None]]] = []
        self._order = count()

    def add(self, number: int, now: float, release: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (number, next(self._order), now, release))

    def free(self, number: int) -> None:
        """The standby is so far."""
        while self._heap and self._heap[0][0] <= number:
            heapq.heappop(self._heap)[3]()

    def free_all(self) -> None:
        held, self._heap = self._heap, []
        for _, _, _, release in sorted(held, key=lambda item: item[:2]):
            release()

    def longest(self, now: float) -> float:
        """Since when something waits."""
        return min((since for _, _, since, _ in self._heap), default=now)


class Lockstep:
    """Used in the server's loop; `status` from any thread. `now` is monotonic seconds, wherever it is asked for.

    Entries are counted from the journal's begin, changes of open boxes (`boxes`) from the program's.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._entries, self._papers = _Held(), _Held()
        self._gone: float | None = None
        self._follower: object = None
        self._kept = -1
        self.boxes = 0
        self.status = StandbyStatus()

    @property
    def waits(self) -> bool:
        """Whether answers wait for the standby now."""
        return self.status.step is Step.IN_STEP

    def hold(self, size: int, now: float, release: Callable[[], None]) -> None:
        """Do `release` once the standby has `size` entries; at once when nobody waits for it."""
        if not self.waits or self.status.have >= size:
            release()
        else:
            self._entries.add(size, now, release)

    def hold_papers(self, now: float, release: Callable[[], None]) -> None:
        """Do `release` once the standby has all that is in the boxes by now; at once when nobody waits for it."""
        if not self.waits or self._kept >= self.boxes:
            release()
        else:
            self._papers.add(self.boxes, now, release)

    def met(self, follower: object, have: int, now: float) -> None:
        """The standby follows on this connection from `have` entries on; answers wait again once it has caught up.

        One that lacks what it, or the one before it, had is not in step, however short it was away.
        """
        self._follower, self._gone, self._kept = follower, None, -1
        if not self.waits or have < self.status.have:
            self._say(Step.CATCHING_UP, 0, now)
            self._free()

    def has(self, follower: object, size: int, newest: int, now: float) -> None:
        """The standby has `size` entries durably; the journal has `newest`. Only the connection that follows is believed."""
        if follower is self._follower and self.status.step is not Step.NONE:
            self._stands(size, newest, now)
            self._entries.free(size)

    def keeps(self, follower: object, boxes: int, newest: int, now: float) -> None:
        """The standby has that many changes of open boxes durably; the rest as for `has`."""
        if follower is self._follower and self.status.step is not Step.NONE:
            self._kept = boxes
            self._stands(self.status.have, newest, now)
            self._papers.free(boxes)

    def _stands(self, size: int, newest: int, now: float) -> None:
        all_there = size >= newest and self._kept >= self.boxes
        self._say(Step.IN_STEP if self.waits or all_there else Step.CATCHING_UP, size, now)

    def left(self, follower: object, now: float) -> None:
        """The standby's connection is over; it has `patience_s` to come back before answers go on without it.

        Nothing happens for a connection that never followed, or that another one of the standby's has replaced.
        """
        if follower is not self._follower:
            return
        self._follower, self._gone = None, now
        if not self.waits:
            self._say(Step.LOST, self.status.have, now)

    def stuck(self, follower: object, disk: str, now: float) -> None:
        """The standby says that its disk takes nothing any more: nobody waits for what it cannot do."""
        if follower is self._follower:
            self._follower, self._gone = None, now
            log.warning("the standby's disk takes nothing: have=%s", self.status.have)
            self._say(Step.LOST, self.status.have, now, disk)
            self._free()

    def dismissed(self) -> None:
        """There is no standby any more."""
        self._follower = self._gone = None
        self._free()
        self.status = StandbyStatus()

    def look(self, now: float) -> None:
        """Called now and then: whether the patience is at an end."""
        if not self.waits:
            return
        waited = min(self._entries.longest(now), self._papers.longest(now))
        if self._gone is not None:
            waited = min(waited, self._gone)
        if now - waited > self._patience_s:
            log.warning("the standby does not keep up: have=%s", self.status.have)
            self._say(Step.LOST if self._gone is not None else Step.CATCHING_UP, self.status.have, now)
            self._free()

    def _free(self) -> None:
        self._entries.free_all()
        self._papers.free_all()

    def _say(self, step: Step, have: int, now: float, disk: str = "") -> None:
        since = self.status.since if step is self.status.step else int(now * 1000)
        self.status = StandbyStatus(step, have, since, disk)
