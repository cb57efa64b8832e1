"""`venue-app rehearse`: a whole event by robots."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.errors import Known
from venue_app.base.i18n import language, tr
from venue_app.cli.rules import read_text
from venue_app.scheme import load_scheme, preset_ids, preset_text

if TYPE_CHECKING:
    from venue_app.rehearsal.run import Summary


def scheme_source(name: str) -> str:
    """The text of a preset (with or without its number) or of a scheme file. Raises `Known` scheme.*."""
    for preset in preset_ids():
        if name in (preset, preset.partition("-")[2]):
            return preset_text(preset)
    path = Path(name)
    if path.is_file():
        return read_text(path)
    raise Known("cli.no_preset", name=name, presets=", ".join(preset_ids()))


def parse_speed(text: str) -> float | None:
    """`max` is None: no waiting at all; otherwise how many times faster than life."""
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 100_000:
        raise Known("cli.bad_speed", speed=text)
    return speed


def tell(summary: Summary) -> None:
    """Print what a rehearsal left behind."""
    for note in summary.notes:
        click.echo(f"  {note}")
    click.echo(
        tr(
            "rehearsal.summary.counts",
            candidates=summary.candidates,
            stations=summary.stations,
            sheets=summary.sheets,
        )
    )
    if summary.papers:
        click.echo(tr("rehearsal.summary.papers", papers=summary.papers))
    for key, path in (
        ("event", summary.event),
        ("reports", summary.reports[0].path.parent),
        ("bundle", summary.bundle),
        ("results", summary.results),
    ):
        click.echo(f"{tr(f'rehearsal.summary.{key}')}: {path}")


class Ticker:
    """One line on the error stream, rewritten where it is a terminal, else a line a stage."""

    def __init__(self) -> None:
        self._stage = ""
        self._live = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        text = tr(f"rehearsal.stage.{stage}", done=done, total=total)
        if self._live:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
        elif stage != self._stage:
            click.echo(text, err=True)
        self._stage = stage

    def end(self) -> None:
        """Leave the line."""
        if self._live:
            click.echo("", err=True)


@click.command()
@click.argument("preset", required=False)
@click.option("--data", type=click.Path(path_type=Path), help="Folder of spreadsheets.")
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of PRESET and --data: an event's own plan and roster. Its file is only read.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for everything made.")
@click.option("--speed", default="max", help="How many times faster than life, or max.")
def rehearse(preset: str | None, data: Path | None, event: Path | None, out: Path, speed: str) -> None:
    """Run a whole event by robots: stations over TLS, marks from the folder's sheets, to reports and bundle."""
    if event is None and (preset is None or data is None):
        raise click.UsageError(tr("rehearsal.usage"))
    if event is not None and (preset is not None or data is not None):
        raise click.UsageError(tr("rehearsal.usage"))
    ticker = Ticker()
    try:
        if event is not None:
            summary = _own(event, out, speed, ticker)
        else:
            assert preset is not None and data is not None
            summary = _folder(preset, data, out, speed, ticker)
    finally:
        ticker.end()
    tell(summary)


def _folder(preset: str, data: Path, out: Path, speed: str, ticker: Ticker) -> Summary:
    from venue_app.rehearsal.run import rehearse as run  # network, spreadsheets and PDF: a second to load

    text = scheme_source(preset)
    title = tr("rehearsal.summary.title", title=load_scheme(text, preset).title.say(language()))
    return run(text, data, out, title=title, speed=parse_speed(speed), progress=ticker)


def _own(event: Path, out: Path, speed: str, ticker: Ticker) -> Summary:
    from venue_app.base.clock import SystemClock
    from venue_app.rehearsal.own import read_own, rehearsal_stem
    from venue_app.rehearsal.run import free_name, rehearse_event

    own, pace = read_own(event), parse_speed(speed)
    out.mkdir(parents=True, exist_ok=True)
    file = free_name(out, rehearsal_stem(event, SystemClock().wall_ms()))
    # In a folder of its own: the event's official papers may lie in this one under the same names.
    return rehearse_event(own, file, file.with_suffix(""), speed=pace, progress=ticker)
