"""The clock of a stage: pure arithmetic on readings of the server's monotonic clock, in milliseconds.

Running over is counted in whole seconds that have passed, as the clock in the hall shows them: 10.9 seconds over
are 10. Source of the bands: «1–10 s 0.02, …».
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from venue_app.scheme import Stage

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

    def over_s(self, now_mono: int) -> int:
        """Whole seconds over the limit at the reading `now_mono`; 0 while within it."""
        return max(0, -self.remaining(now_mono)) // 1000

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


def penalty(stage: Stage, seconds: int) -> Decimal:
    """Points lost for so many seconds over: the first band that holds them, beyond all bands the last;
    and for each `every_s` begun."""
    if seconds <= 0:
        return Decimal(0)
    bands = sorted((band.up_to_s, band.points) for band in stage.penalties if band.up_to_s is not None)
    lost = next(
        (points for up_to, points in bands if seconds <= up_to), bands[-1][1] if bands else Decimal(0)
    )
    for band in stage.penalties:
        if band.every_s is not None:
            lost += band.points * -(-seconds // band.every_s)
    return lost


def penalty_steps(stage: Stage, up_to_s: int = 3600) -> tuple[tuple[int, Decimal], ...]:
    """From which second over how many points are lost, within the first `up_to_s`: [(1, 0.02), (11, 0.05), …]."""
    if not stage.penalties:
        return ()
    edges = {1}
    for band in stage.penalties:
        if band.up_to_s is not None:
            edges.add(band.up_to_s + 1)
        if band.every_s is not None:
            edges.update(range(1, up_to_s + 1, band.every_s))
    steps: list[tuple[int, Decimal]] = []
    for edge in sorted(edges):
        lost = penalty(stage, edge)
        if edge <= up_to_s and (not steps or steps[-1][1] != lost):
            steps.append((edge, lost))
    return tuple(steps)
