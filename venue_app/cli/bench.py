"""`venue-app bench`: how fast the program is on this machine. With --json one line for a program to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import click

from venue_app.base.i18n import tr
from venue_app.base.paths import data_dir
from venue_app.journal.faults import known

_json = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder on the disk that is meant; what is made there is removed again. Default: this user's own.",
)


@click.group(invoke_without_command=True)
@click.option(
    "--only", default="", help="Parts, separated by commas: event,lan,window,rules,draw,… Default: all."
)
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything measured there."
)
@_folder
@click.pass_context
def bench(context: click.Context, only: str, file: Path | None, folder: Path | None) -> None:
    """Measure this machine. Without a command: one table of all figures, each beside its target and the bare machine."""
    if context.invoked_subcommand is not None:
        return
    from venue_app.bench.table import measure_all
    from venue_app.cli.bench_table import table, written

    names = [name for name in only.replace(" ", "").split(",") if name]
    rows, found = measure_all(
        folder or data_dir(), names, lambda part: click.echo(f"… {tr(f'bench.title.{part}')}", err=True)
    )
    for line in table(rows):
        click.echo(line)
    if file is not None:
        with known(file):
            file.write_text(written(rows, found), encoding="utf-8")


@bench.command("event")
@_folder
@_json
def event(folder: Path | None, as_json: bool) -> None:
    """The demonstration event by robots at full speed: seconds, memory, reports."""
    from venue_app.bench.event import bench_event

    _tell("event", bench_event(folder or data_dir()), as_json)


@bench.command("lan")
@click.option("--stations", type=click.IntRange(1, 5000), default=1000, show_default=True)
@click.option(
    "--window/--no-window",
    "window",
    default=None,
    help="A window painting beside the server. Default: if there can be one.",
)
@_folder
@_json
def lan(stations: int, window: bool | None, folder: Path | None, as_json: bool) -> None:
    """Stations that send one sheet each within a second, and all at once, against bare server and disk."""
    from venue_app.bench.lan import bench_lan

    beside = _has_window() if window is None else window
    _tell("lan", bench_lan(stations, folder or data_dir(), window=beside), as_json)


@bench.command("standby")
@click.option("--stations", type=click.IntRange(2, 200), default=60, show_default=True)
@_folder
@_json
def standby(stations: int, folder: Path | None, as_json: bool) -> None:
    """The laptop killed while sheets arrive: what a standby in step costs, and how soon the event goes on there."""
    from venue_app.bench.standby import bench_standby

    found = bench_standby(stations, folder or data_dir())
    _tell("standby", found, as_json)
    if found["lost"]:
        raise SystemExit(1)


@bench.command("ballots")
@click.option("--voters", type=click.IntRange(1, 5000), default=500, show_default=True)
@click.option(
    "--seconds", type=click.IntRange(0, 600), default=60, show_default=True, help="Within this time."
)
@_folder
@_json
def ballots(voters: int, seconds: int, folder: Path | None, as_json: bool) -> None:
    """Phones that vote on 43 people by five aspects, each counted once."""
    from venue_app.bench.ballots import bench_ballots

    _tell("ballots", bench_ballots(voters, seconds, folder or data_dir()), as_json)


@bench.command("window")
@click.option("--times", type=click.IntRange(1, 100), default=5, show_default=True)
@_folder
@_json
def window(times: int, folder: Path | None, as_json: bool) -> None:
    """From the start of a fresh program to a page that is painted and answers."""
    from venue_app.bench.window import bench_window

    _tell("window", bench_window(folder or data_dir(), times), as_json)


@bench.command("reports")
@_folder
@_json
def reports(folder: Path | None, as_json: bool) -> None:
    """150 candidates' sheets laid out, sealed, drawn and signed: seconds, memory."""
    from venue_app.bench.reports import bench_reports

    _tell("reports", bench_reports(folder or data_dir()), as_json)


@bench.command("verify")
@click.option("--entries", type=click.IntRange(100, 1_000_000), default=100_000, show_default=True)
@_folder
@_json
def verify(entries: int, folder: Path | None, as_json: bool) -> None:
    """A long journal verified, bytes and meaning: seconds, memory."""
    from venue_app.bench.verify import bench_verify

    _tell("verify", bench_verify(folder or data_dir(), entries), as_json)


@bench.command("consolidate")
@click.option("--venues", type=click.IntRange(1, 1000), default=200, show_default=True)
@click.option(
    "--people", type=click.IntRange(10, 1000), default=300, show_default=True, help="In each venue."
)
@click.option("--check", "depth", type=click.Choice(("all", "journal")), default="journal", show_default=True)
@_folder
@_json
def consolidate(venues: int, people: int, depth: str, folder: Path | None, as_json: bool) -> None:
    """A province of venues brought together: seconds to check, rank and write. Making the bundles takes longer."""
    from venue_app.bench.consolidating import bench_consolidate

    chosen: Literal["all", "journal"] = "all" if depth == "all" else "journal"
    figures = bench_consolidate(
        venues, people, folder or data_dir(), chosen, lambda words: click.echo(words, err=True)
    )
    _tell("consolidate", figures, as_json)


@bench.command("rules")
@_json
def rules(as_json: bool) -> None:
    """The results of 10,000 candidates with 9 judges and 5 criteria, and of one more sheet."""
    from venue_app.bench.rules import bench_rules

    _tell("rules", bench_rules(), as_json)


@bench.command("draw")
@click.option("--draws", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@_json
def draw(draws: int, as_json: bool) -> None:
    """Many draws, counted by place and neighbour, against what chance alone would give."""
    from venue_app.bench.draw import bench_draw

    _tell("draw", bench_draw(draws), as_json)


@bench.command("faults")
@click.option(
    "--long",
    "long_form",
    is_flag=True,
    help="200 kills, a minute without a network, 100,000 frames, a day of eight hours at ten times life.",
)
@click.option("--hours", type=click.FloatRange(0.1, 100), default=None, help="So long a day instead.")
@_folder
@_json
def faults(long_form: bool, hours: float | None, folder: Path | None, as_json: bool) -> None:
    """Bad networks, kills, a full disk, the hostile, pulled plugs and sticks, set clocks, a long day: what was lost
    (nothing) and what was refused."""
    from venue_app.bench.faults.trials import LONG, SHORT, bench_faults

    size = LONG if long_form else SHORT
    found = bench_faults(folder or data_dir(), replace(size, hours=size.hours if hours is None else hours))
    if as_json:
        _tell("faults", found, as_json)
    else:
        parts = {kind: counted for kind, counted in found.items() if isinstance(counted, dict)}
        flat = {f"{kind}.{name}": value for kind, counted in parts.items() for name, value in counted.items()}
        _tell("faults", flat | {"sound": found["sound"]}, as_json)
    if not found["sound"]:
        raise SystemExit(1)


def _has_window() -> bool:
    return find_spec("PySide6") is not None and find_spec("ui") is not None


def _tell(what: str, figures: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    click.echo(tr(f"bench.title.{what}"))
    for name, value in figures.items():
        shown = "—" if value is None else value
        click.echo(f"  {name:<18} {shown}")
