"""`venue-app verify`: what is proved of a file, what is not, and the first thing that does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.canonical import canonical
from venue_app.base.i18n import tr

if TYPE_CHECKING:
    from venue_app.seal.check import Check

_MARKS = {True: "✓", False: "✗", None: "?"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Event file or bundle that a report is compared with.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another record of the same event, an earlier host's: says where the two part.",
)
@click.option("--head", help="Journal head noted on paper, for example “5447/5DD8 D73E”.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.option("--strict", is_flag=True, help="Exit with 1 also when something stays open.")
def verify(
    file: Path, event: Path | None, against: Path | None, head: str | None, as_json: bool, strict: bool
) -> None:
    """Check an event file, a bundle, a second copy, a report (PDF), or a photograph or scan of its pages.

    Exit status: 0 nothing is wrong (what stays open is listed), 1 something does not fit, 2 it cannot be
    checked. With --strict, what stays open counts as 1 too.
    """
    from venue_app.host.audit import audit
    from venue_app.host.proving import report_checks
    from venue_app.seal.check import Outcome
    from venue_app.seal.verify import verify_file

    verdict = verify_file(file, event=event, head=head, extra=audit, report=report_checks, against=against)
    if as_json:
        click.echo(_json(verdict.file, verdict.kind, verdict.checks, verdict.outcome.name.lower()))
    else:
        click.echo(f"{verdict.file} — {tr(f'audit.outcome.{verdict.outcome.name.lower()}')}")
        for check in verdict.checks:
            click.echo(f"  {_MARKS[check.ok]} {check.sentence()}")
        for limit in verdict.limit_sentences():
            click.echo(f"  · {limit}")
    wrong = verdict.outcome is Outcome.WRONG or (strict and verdict.outcome is not Outcome.PROVED)
    raise SystemExit(int(wrong))


def _json(file: str, kind: str, checks: tuple[Check, ...], outcome: str) -> str:
    said = [{"code": c.code, "ok": c.ok, "sentence": c.sentence()} for c in checks]
    return canonical({"file": file, "kind": kind, "outcome": outcome, "checks": said}).decode()
