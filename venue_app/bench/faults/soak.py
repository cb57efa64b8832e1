"""A long day: three rooms, robots in the seats, a clock that runs faster than life; memory stays, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Any

from venue_app.bench.child import Child
from venue_app.bench.faults.soaking import LIMIT_S, ROOMS
from venue_app.bench.faults.tally import stored
from venue_app.bench.figures import slope
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import decode
from venue_app.host.audit import audit

SEATS = 27
#: What an hour may add at most, in MB: a day's facts stay in memory, and a sheet takes about two kilobytes there.
MOST_MB_PER_HOUR = 6.0
#: What is looked at after: caches fill and threads start before.
_WARM = 0.25
_LOOKS = 60
_PING_S = 2.0


def bench_soak(home: Path, hours: float, speed: float) -> dict[str, Any]:
    """`hours` of an event at `speed` times life. `mb_per_hour` is the slope of the laptop's memory after the first quarter.

    `leaking`: 1 when that is more than `MOST_MB_PER_HOUR`. `lost`: receipts shown to a judge that the file does not hold.
    Raises `Known` bench.ended.
    """
    file = home / "soak.venue"
    lots = int(hours * 3600 / (LIMIT_S * 0.8)) + 2
    words = (str(file), str(home / "copy"), str(SEATS), str(lots), str(speed))
    points: list[tuple[float, float]] = []
    with Child("venue_app.bench.faults.soaking", *words, home=home) as laptop:
        about = laptop.hear()
        with Child("venue_app.bench.faults.robots", home=home) as robots:
            robots.ask(about | {"seats": list(range(1, SEATS + 1)), "ping_s": _PING_S / speed * 4})
            while True:
                now = laptop.ask({"do": "look"})
                if now["rss_mb"] is not None:
                    points.append((now["hours"], now["rss_mb"]))
                if now["hours"] >= hours:
                    break
                sleep(hours * 3600 / speed / _LOOKS)
            said = robots.ask({"do": "tell"})
            robots.end()
        laptop.end()
    _, entries = stored(file)
    held = [r.data for r in map(decode, entries) if isinstance(r.data, SheetReceived)]
    kept = {sheet.receipt for sheet in held}
    return {
        "hours": round(now["hours"], 2),
        "speed": speed,
        "rooms": len(ROOMS),
        "entries": len(entries),
        "sheets": len(held),
        "candidates": now["done"],
        **memory(points),
        "lost": sum(code not in kept for code in said["receipts"]),
        "refused": len(said["refused"]),
        "gone": len(said["gone"]),
        "unsound": sum(check.ok is False for check in audit(entries)),
    }


def memory(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """What the looks at the laptop's memory say, each the hours gone by and MB."""
    if not points:
        return {"mb_first": None, "mb_last": None, "mb_per_hour": None, "leaking": 0}
    warm = points[int(len(points) * _WARM) :]
    grown = round(slope(warm), 2)
    return {
        "mb_first": warm[0][1],
        "mb_last": warm[-1][1],
        "mb_per_hour": grown,
        "leaking": int(grown > MOST_MB_PER_HOUR),
    }
