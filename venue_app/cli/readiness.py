"""`venue-app readiness`: whether this laptop is ready for an event's day."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.i18n import language, tr

if TYPE_CHECKING:
    from venue_app.host.readiness import Point

_SIGNS = {"ok": "✓", "attention": "△", "fault": "✗"}
#: The calendar clock is watched for so long at least, in seconds.
_WATCH_S = 0.5


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Also make the form, as this PDF file."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON: check, level, text of each point.")
def readiness(event: Path, out: Path | None, as_json: bool) -> None:
    """Look at printer, second copy, disk, clock, typefaces, network, encryption, stations and power for EVENT.

    Exit status 1 when something is a fault. The form is signed, and recorded in the event's journal.
    """
    from venue_app.host.readiness import Anchor, check, gather, write_report
    from venue_app.host.session import EventHost

    host = EventHost.open(event)
    try:
        anchor = Anchor.take(host.venue.clock)
        time.sleep(_WATCH_S)
        facts = gather(host, anchor)
        points = check(facts)
        if out is not None:
            made = write_report(host.venue, host.keys, points, facts.at_ms, out.parent).path
            made.replace(out)
    finally:
        host.close()
    _print(points, as_json)


def _print(found: tuple[Point, ...], as_json: bool) -> None:
    from venue_app.host.readiness import check_title, in_words, level_word, worst

    lang = language()
    if as_json:
        said = [{"check": p.check, "level": p.level, "text": in_words(p, lang)} for p in found]
        click.echo(json.dumps({"level": worst(found), "points": said}, ensure_ascii=False, indent=1))
    else:
        for p in found:
            line = tr(
                "readiness.cli.line",
                sign=_SIGNS[p.level],
                title=check_title(p.check, lang),
                level=level_word(p.level, lang),
                found=in_words(p, lang),
            )
            click.echo(line)
        click.echo(tr("readiness.cli.whole", level=level_word(worst(found), lang)))
    if worst(found) == "fault":
        raise SystemExit(1)
