"""How far the laptop's monotonic clock is from ours, measured again and again from pings."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class ClockOffset:
    """The best of the last eight pings: the one with the shortest round trip errs by at most half of it."""

    _samples: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=8))

    def add(self, sent: int, server: int, back: int) -> int:
        """A pong to what was sent at `sent` came `back` (own ms) and says `server`; returns the round trip in ms."""
        rtt = max(0, back - sent)
        self._samples.append((rtt, server - sent - rtt // 2))
        return rtt

    def reset(self, server: int, now: int) -> None:
        """A fresh connection, perhaps to a restarted laptop: begin with what its welcome said."""
        self._samples.clear()
        self._samples.append((10_000, server - now))

    def server(self, now: int) -> int:
        """The laptop's monotonic ms at our monotonic `now`; ours when nothing was measured yet."""
        return now + (min(self._samples)[1] if self._samples else 0)
