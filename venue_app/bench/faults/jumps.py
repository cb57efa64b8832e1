"""Somebody sets the laptop's clock in the middle of a speech: by an hour, by a day, there and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import monotonic_ns, sleep
from typing import Any

from venue_app.bench.faults.clocks import SetClock
from venue_app.bench.faults.tally import stored
from venue_app.bench.hall import PROCTOR, open_hall
from venue_app.domain import commands as c
from venue_app.domain.entries import StageEnded
from venue_app.domain.record import decode
from venue_app.host.audit import audit

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
JUMPS = (HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS)
_SEATS, _SPEECH_S = 4, 0.2
#: How far a time may be off on a machine that does much else.
_NEAR_MS = 2_000


def bench_jumps(home: Path) -> dict[str, Any]:
    """One speech for each of `JUMPS`, the clock set in its middle. Counts.

    `durations_wrong`: speeches whose length in the journal is not what an unmoved clock measured; `jumps_untold`: jumps
    that the entries' own two clocks do not show.
    """
    file, clock = home / "jumps.venue", SetClock()
    rooms = tuple(f"R{number}" for number in range(1, len(JUMPS) + 1))
    began = monotonic_ns()
    host = open_hall(file, _SEATS, rooms, clock=clock)
    opened = monotonic_ns()
    bounds = []
    try:
        for room, jump in zip(rooms, JUMPS, strict=True):
            sleep(_SPEECH_S)
            clock.ahead_ms += jump
            sleep(_SPEECH_S)
            least = (monotonic_ns() - opened) // 1_000_000
            host.venue.ask(c.EndStage(room=room), PROCTOR)
            bounds.append((least - _NEAR_MS, (monotonic_ns() - began) // 1_000_000 + _NEAR_MS))
    finally:
        host.close()
    _, entries = stored(file)
    records = [decode(entry) for entry in entries]
    ended = [record for record in records if isinstance(record.data, StageEnded)]
    spent = [record.data.spent_ms for record in ended if isinstance(record.data, StageEnded)]
    ahead = [records[0].at - records[0].mono, *(record.at - record.mono for record in ended)]
    seen = [now - before for before, now in pairwise(ahead)]
    return {
        "jumps": len(JUMPS),
        "durations_wrong": len(JUMPS)
        - sum(low <= ms <= high for ms, (low, high) in zip(spent, bounds, strict=False)),
        "jumps_untold": sum(abs(a - b) > _NEAR_MS for a, b in zip(seen, JUMPS, strict=True)),
        "unsound": sum(check.ok is False for check in audit(entries)),
    }
