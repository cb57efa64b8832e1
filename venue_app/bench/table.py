"""All figures in one table: each with what is wanted of it and what the machine does at best.

A part that is to appear here is one line in `PARTS`: its name (a title stands in the catalogue), how it is measured, and
which of its figures are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import monotonic_ns
from typing import Any, Literal

from venue_app.base.errors import Known
from venue_app.bench.figures import seconds

Measured = Mapping[str, Any]
Sense = Literal["most", "least", "exactly"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a part: its key, its unit, and its target: at most, at least or exactly so much.

    `best` is the key of what the machine does at best, in the same unit; `share` that of a share measured already.
    """

    key: str
    unit: str
    target: float
    sense: Sense = "most"
    best: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is measured, in a folder on the disk that is meant."""

    name: str
    measure: Callable[[Path], Measured]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `ratio` is the share of what the machine does at best (1: as good), None where nothing is held
    against it; `value` None where it could not be measured here."""

    part: str
    key: str
    unit: str
    value: float | None
    target: float
    sense: Sense
    met: bool | None
    best: float | None
    ratio: float | None


def rows_of(part: Part, found: Measured) -> tuple[Row, ...]:
    """The lines of one part. Times are shares by best / ours, all else by ours / best."""
    rows = []
    for shown in part.shown:
        value = found.get(shown.key)
        best = found.get(shown.best) if shown.best else None
        ratio = found.get(shown.share) if shown.share else None
        if best and value:
            ratio = round(best / value if shown.unit in ("s", "ms") else value / best, 3)
        met = None if value is None else _met(float(value), shown)
        rows.append(Row(part.name, shown.key, shown.unit, value, shown.target, shown.sense, met, best, ratio))
    return tuple(rows)


def _met(value: float, shown: Shown) -> bool:
    if shown.sense == "most":
        return value <= shown.target
    return value >= shown.target if shown.sense == "least" else value == shown.target


def measure_all(
    folder: Path, only: Sequence[str], began: Callable[[str], None]
) -> tuple[list[Row], dict[str, Measured]]:
    """Measure the parts named in `only`, or all; `began` hears each name. The rows, and everything measured, by part.

    Raises `Known` bench.no_such_part and whatever a part raises.
    """
    names = [part.name for part in PARTS]
    for name in only:
        if name not in names:
            raise Known("bench.no_such_part", part=name, parts=", ".join(names))
    rows: list[Row] = []
    found: dict[str, Measured] = {}
    for part in PARTS:
        if only and part.name not in only:
            continue
        began(part.name)
        start = monotonic_ns()
        measured = part.measure(folder)
        found[part.name] = {**measured, "took_s": seconds(monotonic_ns() - start)}
        rows += rows_of(part, measured)
    return rows, found


# ---- the parts, each with what the machine does at best ----


def _event(folder: Path) -> Measured:
    from venue_app.bench.event import bench_event

    return bench_event(folder)


def _lan(stations: int, folder: Path) -> Measured:
    from venue_app.bench.lan import bench_lan

    window = find_spec("PySide6") is not None and find_spec("ui") is not None
    found = bench_lan(stations, folder, window=window)
    return {**found, "entries_per_s": found["sheets_per_s"]}


def _window(folder: Path) -> Measured:
    from venue_app.bench.window import bench_window

    return bench_window(folder, 3)


def _rules(_folder: Path) -> Measured:
    from venue_app.bench.bare import sums_ms
    from venue_app.bench.rules import bench_rules

    found = bench_rules(5)
    return {
        **found,
        "sums_ms": sums_ms(int(found["candidates"]), int(found["judges"]), int(found["criteria"])),
    }


def _draw(draws: int, _folder: Path) -> Measured:
    from venue_app.bench.bare import hashes_ms
    from venue_app.bench.draw import bench_draw

    found: dict[str, Any] = dict(bench_draw(draws))
    lowest = min(float(found[name]["p"]) for name in ("position", "neighbours", "last_seat"))
    return {**found, "p_lowest": lowest, "sha_ms": hashes_ms(draws)}


def _reports(folder: Path) -> Measured:
    from venue_app.base.paths import resources
    from venue_app.bench.bare import pages_ms
    from venue_app.bench.reports import SHEETS, bench_reports

    bare = pages_ms(SHEETS, 40, resources() / "fonts" / "NotoSansSC-Regular.ttf")
    return {**bench_reports(folder), "bare_s": round(bare / 1000, 2)}


def _verify(entries: int, folder: Path) -> Measured:
    from venue_app.bench.verify import bench_verify

    return bench_verify(folder, entries)


def _ballots(voters: int, folder: Path) -> Measured:
    from venue_app.bench.ballots import bench_ballots

    return bench_ballots(voters, 30, folder)


def _faults(folder: Path) -> Measured:
    from venue_app.bench.faults.trials import SHORT, bench_faults

    found = bench_faults(folder, SHORT)
    kinds = [counted for counted in found.values() if isinstance(counted, dict)]
    return {
        **found,
        "lost": sum(int(counted.get("lost", 0)) for counted in kinds),
        "twice": sum(int(counted.get("twice", 0)) for counted in kinds),
        "judge_p50_ms": found["hostile"]["judge_p50_ms"],
        "judge_p99_ms": found["hostile"]["judge_p99_ms"],
        "judge_calm_ms": found["hostile"]["judge_calm_ms"],
        "sound": int(found["sound"]),
    }


PARTS: tuple[Part, ...] = (
    Part("event", _event, (Shown("seconds", "s", 60), Shown("peak_mb", "MB", 600))),
    Part(
        "lan",
        partial(_lan, 1000),
        (
            Shown("p50_ms", "ms", 50),
            Shown("p99_ms", "ms", 150),
            Shown("sheets_per_s", "/s", 1000, "least", share="ratio_echo"),
            Shown("entries_per_s", "/s", 1000, "least", share="ratio_commit"),
            Shown("max_frame_gap_ms", "ms", 50),
            Shown("lost", "", 0, "exactly"),
        ),
    ),
    Part(
        "window",
        _window,
        (Shown("window_s", "s", 1.5, best="bare_s"), Shown("event_block_ms", "ms", 100)),
    ),
    Part(
        "rules",
        _rules,
        (Shown("whole_ms", "ms", 200, best="sums_ms"), Shown("one_more_ms", "ms", 5)),
    ),
    Part(
        "draw",
        partial(_draw, 100_000),
        (Shown("milliseconds", "ms", 10_000, best="sha_ms"), Shown("p_lowest", "", 0.001, "least")),
    ),
    Part("reports", _reports, (Shown("seconds", "s", 15, best="bare_s"), Shown("peak_mb", "MB", 600))),
    Part(
        "verify",
        partial(_verify, 100_000),
        (
            Shown("bytes_s", "s", 10, best="bare_s"),
            Shown("seconds", "s", 20, best="bare_s"),
            Shown("wrong", "", 0, "exactly"),
        ),
    ),
    Part(
        "ballots",
        partial(_ballots, 500),
        (
            Shown("p50_ms", "ms", 100, best="bare_ms"),
            Shown("p99_ms", "ms", 500, best="bare_ms"),
            Shown("lost", "", 0, "exactly"),
        ),
    ),
    Part(
        "faults",
        _faults,
        (
            Shown("judge_p50_ms", "ms", 100),
            Shown("judge_p99_ms", "ms", 500, best="judge_calm_ms"),
            Shown("lost", "", 0, "exactly"),
            Shown("twice", "", 0, "exactly"),
            Shown("sound", "", 1, "exactly"),
        ),
    ),
)
