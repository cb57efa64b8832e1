"""`venue-app report`: forms of an event as PDF files, without a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.i18n import language, say, tr

if TYPE_CHECKING:
    from venue_app.host.session import EventHost


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--form",
    "forms",
    multiple=True,
    help="A form's name; may be given several times. Default: all that the event has something to say on.",
)
@click.option("--again", type=int, help="Print the report with this number once more, as it was.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
def report(event: Path, forms: tuple[str, ...], again: int | None, out: Path) -> None:
    """Produce forms of EVENT. Each is signed and recorded in the event's journal, but for cards to cut. Forms: see docs/cli.md."""
    from venue_app.host.cards import produce_cards
    from venue_app.host.reporting import produce, reprint
    from venue_app.host.session import EventHost
    from venue_app.reports.fill import card_names

    host = EventHost.open(event)
    try:
        if again is not None:
            click.echo(str(reprint(host.venue, host.keys, again, out).path))
            return
        if not forms:
            _of_the_day(host, out)
            return
        cards = [name for name in forms if name in card_names()]
        sealed = tuple(name for name in forms if name not in cards)
        for made in produce(host.venue, host.keys, sealed, out):
            click.echo(str(made.path))
        for name in cards:
            click.echo(str(produce_cards(host, name, out).path))
    finally:
        host.close()


def _of_the_day(host: EventHost, out: Path) -> None:
    """Whichever forms of the day the event has something to say on; why the others are left out goes to stderr."""
    from venue_app.host.reporting import produce_applying
    from venue_app.reports.fill import forms_of
    from venue_app.reports.fill.ending import form_title

    done = produce_applying(host.venue, host.keys, forms_of(host.venue.state), out)
    for made in done.made:
        click.echo(str(made.path))
    for form, fault in done.left_out:
        title = form_title(form, language())
        click.echo(tr("cli.form_left_out", form=form, title=title, why=say(fault)), err=True)
