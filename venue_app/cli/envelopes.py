"""`venue-app envelopes`: seal files so that only several people together open them, and open them."""

from __future__ import annotations

from pathlib import Path

import click

from venue_app.base.i18n import tr

_event = click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_out = click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")


@click.group()
def envelopes() -> None:
    """Seal files among several people, k of whom open them together; both stand in the event's journal."""


@envelopes.command("seal")
@_event
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--holder", "holders", multiple=True, required=True, help="Who gets an envelope; once for each."
)
@click.option("--needed", type=int, required=True, help="How many of them open it together.")
@click.option("--label", required=True, help="Name of the package.")
@_out
def seal(
    event: Path, files: tuple[Path, ...], holders: tuple[str, ...], needed: int, label: str, out: Path
) -> None:
    """Seal FILES; print the envelopes once, hand them out, then delete their file."""
    from venue_app.host.envelopes import seal_files
    from venue_app.host.session import EventHost

    host = EventHost.open(event)
    try:
        made = seal_files(host.venue, host.keys, files, holders, needed, label, out)
    finally:
        host.close()
    click.echo(str(made.package))
    click.echo(str(made.envelopes))
    click.echo(tr("envelopes.print_once"))


@envelopes.command("open")
@_event
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--share",
    "shares",
    multiple=True,
    help="A picture of an envelope's page, or its words. Default: asked for.",
)
@_out
def open_(event: Path, package: Path, shares: tuple[str, ...], out: Path) -> None:
    """Open PACKAGE with its holders' shares, on the spot."""
    from venue_app.host.envelopes import open_package, share_text
    from venue_app.host.session import EventHost

    given = list(shares)
    while not shares:
        text = click.prompt(tr("envelopes.next_share", number=len(given) + 1), default="", show_default=False)
        if not text.strip():
            break
        given.append(text)
    host = EventHost.open(event)
    try:
        for path in open_package(host.venue, package, [share_text(text) for text in given], out):
            click.echo(str(path))
    finally:
        host.close()
