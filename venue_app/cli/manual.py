"""`venue-app manual`: the manuals as PDF files to print."""

from __future__ import annotations

from pathlib import Path

import click

from venue_app.base import i18n


@click.command()
@click.argument("name")
@click.option("--language", type=click.Choice(i18n.LANGUAGES), help="Default: the language of messages.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF file.")
def manual(name: str, language: str | None, out: Path) -> None:
    """Write the manual NAME (proctor, judge, witness) as PDF."""
    from venue_app.host.manuals import save_manual

    save_manual(name, language or i18n.language(), out)
    click.echo(str(out))
