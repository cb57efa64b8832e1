"""The demonstration county: an event ready to run, or run through without a screen."""

from __future__ import annotations

from pathlib import Path

import click

from venue_app.base.i18n import language, tr, tr_in
from venue_app.base.paths import resources
from venue_app.cli.rehearse import Ticker, tell
from venue_app.cli.window import has_screen, shoot, windows
from venue_app.scheme import Scheme, load_scheme, preset_text

PRESET = "s0-county-self-nomination"


def demo_data() -> Path:
    """The folder of the demonstration county's spreadsheets."""
    return resources() / "demo" / "county"


def _scheme() -> Scheme:
    return load_scheme(preset_text(PRESET), PRESET)


def _title() -> str:
    return tr("rehearsal.summary.title", title=_scheme().title.say(language()))


def ready_event(out: Path) -> Path:
    """An event file with the demonstration roster in, open and drawn; made once, then found again."""
    path = out / "demo.venue"
    if path.exists():
        return path
    # Spreadsheets and robots take a second to load; the window already stands when it is their turn.
    from venue_app.domain import commands as c
    from venue_app.domain.nouns import Person
    from venue_app.domain.roles import Actor, Role
    from venue_app.host.session import EventHost
    from venue_app.rehearsal.data import read_script
    from venue_app.rehearsal.draws import hold_draws
    from venue_app.rehearsal.run import ROLES

    out.mkdir(parents=True, exist_ok=True)
    script = read_script(demo_data(), _scheme())
    host = EventHost.create(path, title=_title(), mode="rehearsal", scheme=preset_text(PRESET))
    name = tr_in(_scheme().language, "rehearsal.person")
    proctor = Actor(role=Role.PROCTOR, name=name)
    try:
        host.venue.ask(script.command, proctor)
        host.venue.ask(c.OpenRun(people=tuple(Person(role=r, name=name) for r in ROLES)), proctor)
        hold_draws(host.venue, proctor)
    finally:
        host.close()
    return path


def run_offscreen(out: Path) -> None:
    """The whole demonstration by robots, with reports, bundle and results in `out`."""
    from venue_app.rehearsal.run import rehearse

    ticker = Ticker()
    try:
        summary = rehearse(preset_text(PRESET), demo_data(), out, title=_title(), speed=None, progress=ticker)
    finally:
        ticker.end()
    click.echo(tr("cli.demo_done"))
    tell(summary)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True)
def demo(out: Path) -> None:
    """Open the program on a ready demo event; without a screen, run that event offscreen into a folder."""
    if has_screen():
        raise SystemExit(windows("app").run_window(ready=lambda: ready_event(out)))
    click.echo(tr("cli.demo_offscreen", out=out))
    run_offscreen(out)
    raise SystemExit(shoot(out / "screenshots"))
