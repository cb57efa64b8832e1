"""The clock of a stage: pure arithmetic on readings of the server's monotonic clock, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Phase = Literal["running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class StageClock:
    """A stage's clock.

    `spent_ms` is what had been used when it last stopped; while running, the
    reading `since_mono` is when it last started. `reason` says why it stands.
    """

    stage: str
    limit_ms: int
    phase: Phase
    spent_ms: int = 0
    since_mono: int = 0
    reason: str = ""

    def spent(self, now_mono: int) -> int:
        """Milliseconds used up to the reading `now_mono`; grows past the limit when overrun."""
        if self.phase != "running":
            return self.spent_ms
        return self.spent_ms + max(0, now_mono - self.since_mono)

    def remaining(self, now_mono: int) -> int:
        """Milliseconds left; negative when overrun."""
        return self.limit_ms - self.spent(now_mono)

    def stopped(self, spent_ms: int, reason: str) -> StageClock:
        """The same clock standing at `spent_ms`."""
        return replace(self, phase="paused", spent_ms=spent_ms, reason=reason)

    def resumed(self, spent_ms: int, now_mono: int) -> StageClock:
        """The same clock running on from `spent_ms`."""
        return replace(self, phase="running", spent_ms=spent_ms, since_mono=now_mono, reason="")

    def limited(self, limit_ms: int) -> StageClock:
        """The same clock with another limit."""
        return replace(self, limit_ms=limit_ms)

    def ended(self, spent_ms: int) -> StageClock:
        """The same clock, over."""
        return replace(self, phase="ended", spent_ms=spent_ms, reason="")


def start(stage: str, limit_ms: int, now_mono: int) -> StageClock:
    """A stage's clock, running from now."""
    return StageClock(stage=stage, limit_ms=limit_ms, phase="running", since_mono=now_mono)
