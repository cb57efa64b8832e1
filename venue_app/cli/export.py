"""`venue-app export`: every table of an event as a workbook, CSV or Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from venue_app.base.i18n import tr


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("xlsx", "csv", "parquet")),
    default="xlsx",
    show_default=True,
    help="One workbook, or a folder with a file for each table.",
)
def export(event: Path, out: Path, form: str) -> None:
    """Write every table of EVENT, an event file or a bundle: people, draws, sheets, results, journal.

    Names and identity numbers are in them: keep them as you keep the event file. Tables: docs/formats/tables.md.
    """
    from venue_app.host.exporting import export_file
    from venue_app.tables.catalogue import FORMATS

    chosen = next(one for one in FORMATS if one == form)
    made = export_file(event, chosen, out)
    click.echo(tr("tables.written", count=len(made), folder=str(made[0].parent)))
