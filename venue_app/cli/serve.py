"""`venue-app serve`: an event's stations without a window."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.i18n import tr
from venue_app.lan.link import DEFAULT_PORT

if TYPE_CHECKING:
    from venue_app.host.session import EventHost


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--host", default="0.0.0.0", help="Address to listen on. Default: every network of this machine."
)
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="TCP port; 0 takes a free one.")
@click.option("--standby", help="Let the device of this name be the standby laptop when it asks.")
@click.option(
    "--codes",
    is_flag=True,
    help="Issue a joining code for every free seat and other place, and print its link.",
)
def serve(event: Path, host: str, port: int, standby: str | None, codes: bool) -> None:
    """Let the stations of EVENT in and take their sheets until interrupted."""
    from venue_app.host.session import EventHost

    serve_host(EventHost.open(event), host, port, codes=codes, standby=standby or "")


def serve_host(running: EventHost, host: str, port: int, *, codes: bool = False, standby: str = "") -> None:
    """Serve an open event until interrupted, and close it. `standby` is the device that may be the standby."""
    from venue_app.state.places import STANDBY, role_places

    def look() -> None:
        for wish in server.wishes():
            if wish.seat == STANDBY:
                granted = wish.device_name == standby
                click.echo(
                    tr("standby.let_in" if granted else "standby.turned_away", device=wish.device_name)
                )
                server.decide(wish.id, granted)

    try:
        server = running.start_lan(host, port)
        server.on_wishes(look)
        assert running.identity is not None
        address = None if host == "0.0.0.0" else host
        click.echo(tr("cli.serving", url=running.url(address), key=running.key_words()))
        if codes:
            state = running.venue.state
            places = [p.id for p in role_places(state) if p.id not in state.stations]
            for code in (*server.issue_codes(), *(server.issue_code(place) for place in places)):
                click.echo(f"{code.seat}\t{code.shown}\t{running.joining_link(code, address)}")
        sys.stdout.flush()
        _until_interrupted()
    finally:
        running.close()


def _until_interrupted() -> None:
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    while not done.wait(0.5):  # short waits let the signal in on Windows
        pass
