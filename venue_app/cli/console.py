"""`venue-app console`: a room's board or a witness's screen on a second laptop."""

from __future__ import annotations

import os

import click

from venue_app.base.errors import Known
from venue_app.cli.window import has_screen, windows


@click.command()
@click.argument("url", required=False)
@click.option("--code", help="The joining code of the room's console, the supervisor or the notary.")
@click.option("--name", "person", help="Who answers for what is done here.")
def console(url: str | None, code: str | None, person: str | None) -> None:
    """Open the console of a room, or a witness's screen, of the event on the laptop at URL.

    URL is what the proctor's laptop shows, or the whole link of a joining code. Without one, and without a
    code, the place that was held last is gone on with.
    """
    if not has_screen() and os.environ.get("QT_QPA_PLATFORM") is None:
        raise Known("cli.no_screen")
    raise SystemExit(windows("console").run_console(url, code, person))
