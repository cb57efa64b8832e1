"""Nothing acknowledged is lost with the laptop: answers wait until the standby has what they acknowledge.

While a standby keeps up, what became of a command is told only once the entries it made are durable there too. A standby
that falls silent is waited for as long as `patience_s`; then the event goes on without it, and says so loudly.
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
    """For the proctor: how the standby is, how many entries it has, and since when (monotonic ms) it is so."""

    step: Step = Step.NONE
    have: int = 0
    since: int = 0


class Lockstep:
    """Used in the server's loop; `status` from any thread. `now` is monotonic seconds, wherever it is asked for."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._held: list[tuple[int, int, float, Callable[[], None]]] = []
        self._order = count()
        self._gone: float | None = None
        self._follower: object = None
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
            heapq.heappush(self._held, (size, next(self._order), now, release))

    def met(self, follower: object, now: float) -> None:
        """The standby follows on this connection; answers wait again once it has caught up."""
        self._follower, self._gone = follower, None
        if not self.waits:
            self._say(Step.CATCHING_UP, 0, now)

    def has(self, follower: object, size: int, newest: int, now: float) -> None:
        """The standby has `size` entries durably; the journal has `newest`. Only the connection that follows is believed."""
        if follower is not self._follower or self.status.step is Step.NONE:
            return
        step = Step.IN_STEP if self.waits or size >= newest else Step.CATCHING_UP
        self._say(step, size, now)
        while self._held and self._held[0][0] <= size:
            heapq.heappop(self._held)[3]()

    def left(self, follower: object, now: float) -> None:
        """The standby's connection is over; it has `patience_s` to come back before answers go on without it.

        Nothing happens for a connection that never followed, or that another one of the standby's has replaced.
        """
        if follower is not self._follower:
            return
        self._follower, self._gone = None, now
        if not self.waits:
            self._say(Step.LOST, self.status.have, now)

    def dismissed(self) -> None:
        """There is no standby any more."""
        self._follower = self._gone = None
        self._free()
        self.status = StandbyStatus()

    def look(self, now: float) -> None:
        """Called now and then: whether the patience is at an end."""
        if not self.waits:
            return
        waited = min((since for _, _, since, _ in self._held), default=now)
        if self._gone is not None:
            waited = min(waited, self._gone)
        if now - waited > self._patience_s:
            log.warning("the standby does not keep up: have=%s", self.status.have)
            self._say(Step.LOST if self._gone is not None else Step.CATCHING_UP, self.status.have, now)
            self._free()

    def _free(self) -> None:
        held, self._held = self._held, []
        for _, _, _, release in sorted(held, key=lambda item: item[:2]):
            release()

    def _say(self, step: Step, have: int, now: float) -> None:
        since = self.status.since if step is self.status.step else int(now * 1000)
        self.status = StandbyStatus(step, have, since)
