"""`venue-app console`: a room's board or a witness's screen on a second laptop."""

from __future__ import annotations

import click

from venue_app.cli.window import shown


@click.command()
@click.argument("url", required=False)
@click.option("--code", help="The joining code of the room's console, the supervisor or the notary.")
@click.option("--name", "person", help="Who answers for what is done here.")
def console(url: str | None, code: str | None, person: str | None) -> None:
    """Open the console of a room, or a witness's screen, of the event on the laptop at URL.

    URL is what the proctor's laptop shows, or the whole link of a joining code. Without one, and without a
    code, the place that was held last is gone on with.
    """
    raise SystemExit(shown("console").run_console(url, code, person))
