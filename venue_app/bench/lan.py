"""Stations on the LAN: one sheet from each within a second, and all at once, through the real server.

Beside it, in the same run: the same frames against a bare echo server of the same stack, and the
same number of entries in the same groups written bare to the same disk.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.bench.child import Child
from venue_app.bench.figures import milliseconds, percentile, ratio
from venue_app.journal import Journal

_ENTRY = 520
"""Bytes of a sheet's entry, about."""


def bench_lan(stations: int, folder: Path, *, window: bool) -> dict[str, Any]:
    """The figures of `stations` stations; `folder` is on the disk that is meant, and is left as it was.

    `p50_ms`, `p99_ms`: from sending to the receipt after the commit, all sheets within one second.
    `cpu_ms_per_sheet`: what the server's processor did for each.
    `lost`: sheets without a receipt or not in the journal. `sheets_per_s`, `burst_p99_ms`: all at once, from
    the first frame to the last receipt. `ratio_echo`, `ratio_commit`: its share of what the bare stack and the
    bare disk do. `max_frame_gap_ms`: the longest pause of a window painting beside the server, None
    without one. Raises `Known` bench.ended.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        spread, burst, said = _real(stations, home, window)
        echo = _echo(stations, home)
        groups = said["commits"]["R2"]
        bare = _commit(home / "bare.venue", stations, groups)
    rate = stations * 1_000_000_000 / burst["span"]
    kept = set(said["kept"])
    sent = [*spread["ids"], *burst["ids"]]
    told = {*spread["answered"], *burst["answered"]}
    gap = said.get("frame_gap_ns")
    return {
        "stations": stations,
        "p50_ms": milliseconds(percentile(spread["latencies"], 50)),
        "p99_ms": milliseconds(percentile(spread["latencies"], 99)),
        "burst_p99_ms": milliseconds(percentile(burst["latencies"], 99)),
        "lost": sum(sheet not in told or sheet not in kept for sheet in sent),
        "sheets_per_s": round(rate),
        "cpu_ms_per_sheet": round(said["cpu_ns"] / stations / 1_000_000, 3),
        "ratio_echo": ratio(rate, stations * 1_000_000_000 / echo["span"]),
        "ratio_commit": ratio(rate, bare),
        "group": round(stations / groups, 1),
        "max_frame_gap_ms": None if gap is None else milliseconds(gap),
    }


def _real(stations: int, home: Path, window: bool) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    module = "ui.bench_window" if window else "venue_app.bench.serving"
    with Child(module, str(home), str(stations), home=home) as server:
        with Child("venue_app.bench.crowd", home=home) as crowd:
            crowd.ask(server.hear() | {"stations": stations})
            before = server.ask({"do": "spent"})["cpu_ns"]
            spread = crowd.ask({"room": "R1", "lot": 1, "spread_ms": 1000})
            used = server.ask({"do": "spent"})["cpu_ns"] - before
            burst = crowd.ask({"room": "R2", "lot": 1, "spread_ms": 0})
        return spread, burst, server.ask({"do": "close"}) | {"cpu_ns": used}


def _echo(stations: int, home: Path) -> dict[str, Any]:
    with Child("venue_app.bench.serving", str(home), "echo", home=home) as server:
        with Child("venue_app.bench.crowd", home=home) as crowd:
            crowd.ask(server.hear() | {"stations": stations})
            crowd.ask({"room": "R1", "lot": 1, "spread_ms": 1000})  # as warm as the real one
            found = crowd.ask({"room": "R2", "lot": 1, "spread_ms": 0})
        server.ask({"do": "close"})
    return found


def _commit(path: Path, rows: int, groups: int) -> float:
    """Entries a second, written to a journal in so many groups, each waiting for the disk."""
    journal = Journal.create(path, os.urandom(_ENTRY))
    entries = [os.urandom(_ENTRY) for _ in range(rows)]
    size = -(-rows // groups)
    start = monotonic_ns()
    for at in range(0, rows, size):
        group = entries[at : at + size]
        journal.append(group, submissions=[f"{at + n:032x}" for n in range(len(group))])
    taken = monotonic_ns() - start
    journal.close()
    return rows * 1_000_000_000 / taken
