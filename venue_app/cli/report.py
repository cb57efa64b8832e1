"""`venue-app report`: forms of an event as PDF files, without a window."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--form",
    "forms",
    multiple=True,
    help="A form's name; may be given several times. Default: all that belong to every event.",
)
@click.option("--again", type=int, help="Print the report with this number once more, as it was.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
def report(event: Path, forms: tuple[str, ...], again: int | None, out: Path) -> None:
    """Produce forms of EVENT. Each is signed and recorded in the event's journal, but for cards to cut. Forms: see docs/cli.md."""
    from venue_app.host.cards import produce_cards
    from venue_app.host.reporting import produce, reprint
    from venue_app.host.session import EventHost
    from venue_app.reports.fill import card_names, day_forms

    host = EventHost.open(event)
    try:
        if again is not None:
            click.echo(str(reprint(host.venue, host.keys, again, out).path))
            return
        cards = [name for name in forms if name in card_names()]
        sealed = tuple(name for name in forms if name not in cards)
        for made in produce(host.venue, host.keys, sealed if forms else day_forms(), out):
            click.echo(str(made.path))
        for name in cards:
            click.echo(str(produce_cards(host, name, out).path))
    finally:
        host.close()
