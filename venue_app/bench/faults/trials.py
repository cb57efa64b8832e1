"""Every fault that is tried, in a short form and a long one."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from venue_app.bench.faults.hostile import bench_hostile
from venue_app.bench.faults.jumps import bench_jumps
from venue_app.bench.faults.kills import bench_kills
from venue_app.bench.faults.network import bench_network, why_not
from venue_app.bench.faults.power import bench_power
from venue_app.bench.faults.soak import bench_soak
from venue_app.bench.faults.stick import bench_stick


@dataclass(frozen=True, slots=True)
class Size:
    """How much is tried: stations and seconds without a network, kills and stations, frames and silent sockets, cuts of the
    power, pulls of the stick, and hours of an event with how many times faster than life."""

    stations: int
    cut_s: float
    kills: int
    killed_stations: int
    frames: int
    idle: int
    cuts: int
    pulls: int
    hours: float
    speed: float


SHORT = Size(
    stations=20, cut_s=5, kills=10, killed_stations=20, frames=5_000, idle=2_000,
    cuts=100, pulls=5, hours=0.5, speed=200.0,
)  # fmt: skip
LONG = Size(
    stations=100, cut_s=60, kills=200, killed_stations=50, frames=100_000, idle=2_000,
    cuts=1_000, pulls=50, hours=8.0, speed=10.0,
)  # fmt: skip
_KINDS = ("network", "kills", "reconnects", "hostile", "power", "stick", "clock", "soak")
#: So many stations come back at the same moment.
_AT_ONCE = 200

#: What has to be nought.
_NEVER = (
    "lost", "twice", "changed", "refused", "unsound", "receipts_missing", "full_disk_receipts", "taken", "let_in",
    "judge_lost", "mistakes", "secrets_logged", "idle_still_held", "slow_served", "old_let_in", "unopened", "half",
    "copy_lost", "unsaid", "durations_wrong", "jumps_untold", "gone", "leaking",
)  # fmt: skip


def bench_faults(folder: Path, size: Size) -> dict[str, Any]:
    """What was tried and what came of it, by kind; `sound` when nothing happened that never may.

    `network` is skipped with a word why where network namespaces are not allowed.
    Raises `Known` bench.ended, bench.never.
    """
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        homes = {kind: Path(name) / kind for kind in _KINDS}
        for home in homes.values():
            home.mkdir()
        why = why_not()
        network = {"skipped": why} if why else bench_network(homes["network"], size.stations, size.cut_s)
        found["network"] = network
        found["kills"] = bench_kills(homes["kills"], size.killed_stations, size.kills)
        found["reconnects"] = {"stations": _AT_ONCE} | bench_kills(homes["reconnects"], _AT_ONCE, 1)
        found["hostile"] = bench_hostile(homes["hostile"], size.frames, size.idle)
        found["power"] = bench_power(homes["power"], size.cuts)
        found["stick"] = bench_stick(homes["stick"], size.pulls)
        found["clock"] = bench_jumps(homes["clock"])
        found["soak"] = bench_soak(homes["soak"], size.hours, size.speed)
    return {**found, "sound": all(sound(kind, counted) for kind, counted in found.items())}


def broken(kind: str, counted: Mapping[str, Any]) -> dict[str, Any]:
    """What happened that never may, with how often; the hostile are to be refused, nobody else."""
    never = (name for name in _NEVER if (kind, name) != ("hostile", "refused"))
    return {name: counted[name] for name in never if counted.get(name)}


def sound(kind: str, counted: Mapping[str, Any]) -> bool:
    """Whether nothing happened that never may."""
    return not broken(kind, counted)
