"""`venue-app templates`: spreadsheets to fill in, with the columns the importer knows."""

from __future__ import annotations

from pathlib import Path

import click

from venue_app.base.i18n import language


@click.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files."
)
@click.option(
    "--scheme", default="county-self-nomination", show_default=True, help="A preset's name or a scheme file."
)
def templates(out: Path, scheme: str) -> None:
    """Write empty spreadsheets for everything that is imported: registration, rooms, judges, points, marks, ballots."""
    from venue_app.cli.rehearse import scheme_source
    from venue_app.roster.templates import write_templates
    from venue_app.scheme import load_scheme

    for path in write_templates(out, load_scheme(scheme_source(scheme), scheme), language()):
        click.echo(str(path))
