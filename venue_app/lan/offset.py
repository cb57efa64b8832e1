"""How far the laptop's monotonic clock is from ours, measured again and again from pings, as NTP does.

A ping answered after a round trip of `rtt` gives the offset with an error of at most half of it: the answer was
written somewhere in between. Two measurements whose spans have nothing in common mean that one of the clocks
jumped (a machine slept): what was measured before is forgotten.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

#: What a welcome counts as: its age is not known.
_UNMEASURED = 10_000
#: Clocks drift a little between pings and are read in whole ms.
_SLACK_MS = 20


@dataclass(slots=True)
class ClockOffset:
    """The best of the last eight pings: the one with the shortest round trip."""

    _samples: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=8))

    def add(self, sent: int, server: int, back: int) -> int:
        """A pong to what was sent at `sent` came `back` (own ms) and says `server`; returns the round trip in ms."""
        rtt = max(0, back - sent)
        ahead = server - sent - rtt // 2
        if self._samples:
            best, before = min(self._samples)
            if abs(ahead - before) > (rtt + best) // 2 + _SLACK_MS:
                self._samples.clear()
        self._samples.append((rtt, ahead))
        return rtt

    @property
    def error(self) -> int | None:
        """By how many ms at most `server` may be wrong; None before anything was measured."""
        best = min(self._samples)[0] if self._samples else _UNMEASURED
        return None if best >= _UNMEASURED else (best + 1) // 2

    def reset(self, server: int, now: int) -> None:
        """A fresh connection, perhaps to a restarted laptop: begin with what its welcome said."""
        self._samples.clear()
        self._samples.append((_UNMEASURED, server - now))

    def server(self, now: int) -> int:
        """The laptop's monotonic ms at our monotonic `now`; ours when nothing was measured yet."""
        return now + (min(self._samples)[1] if self._samples else 0)
