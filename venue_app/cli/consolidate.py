"""`venue-app consolidate`: bundles of several venues brought together into one ranking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.canonical import canonical
from venue_app.base.i18n import language, say, tr

if TYPE_CHECKING:
    from venue_app.consolidation.output import Made
    from venue_app.consolidation.part import Part, Refused
    from venue_app.consolidation.run import Answer


@click.command()
@click.argument("bundles", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--venues",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="List of the venues that must be there, with their laptops' keys (docs/consolidating.md).",
)
@click.option("--title", default="", help="What the selection is called. Default: the plan's title.")
@click.option(
    "--check",
    "depth",
    type=click.Choice(("all", "journal")),
    default="all",
    show_default=True,
    help="journal: leave out the stations' signatures under single sheets and those of report files.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def consolidate(
    bundles: tuple[Path, ...], out: Path, venues: Path | None, title: str, depth: str, as_json: bool
) -> None:
    """Check BUNDLES (files, or folders of them), see that they belong together, rank everybody in one go.

    Exit status: 0 done, 1 a bundle is altered or they do not belong together (then nothing is written), 2 a
    known fault.
    """
    from venue_app.consolidation.crew import Crew
    from venue_app.consolidation.expected import read_expected
    from venue_app.consolidation.output import write
    from venue_app.consolidation.run import consolidate as bring_together
    from venue_app.seal.keys import load_or_create

    with Crew() as crew:
        answer = bring_together(
            bundles,
            title=title,
            expected=read_expected(venues) if venues else (),
            depth="journal" if depth == "journal" else "all",
            crew=crew,
        )
        made = None if answer.whole is None else write(answer.whole, load_or_create(), out, crew=crew)
    if as_json:
        click.echo(canonical(_plain(answer, made)).decode())
    else:
        _tell(answer, made)
    raise SystemExit(int(made is None))


def _tell(answer: Answer, made: Made | None) -> None:
    from venue_app.consolidation.merging import apart_note
    from venue_app.consolidation.part import Part

    for one in answer.examined:
        if isinstance(one, Part):
            words = tr(
                "consolidate.examined", file=one.file, venue=one.venue, entries=len(one.people), size=one.size
            )
            click.echo(f"✓ {words}")
        else:
            click.echo(f"✗ {one.file}")
    for fault in answer.faults:
        click.echo(say(fault), err=True)
    whole = answer.whole
    if made is None or whole is None:
        click.echo(tr("consolidate.nothing_written", count=len(answer.faults)), err=True)
        return
    for difference in whole.differences:
        parts = ", ".join(difference.parts)
        click.echo(tr("consolidate.note.other_words", count=len(difference.files), parts=parts))
    if apart := apart_note(whole, language()):
        click.echo(apart)
    if not whole.listed:
        click.echo(tr("consolidate.note.not_listed"))
    waiting = sum(len(post.waiting) for post in whole.results.posts.values())
    if waiting:
        click.echo(tr("consolidate.note.waiting", count=waiting))
    click.echo(tr("consolidate.done", venues=len(whole.parts), entries=len(whole.people), sha256=made.sha256))
    for path in made.files:
        click.echo(f"  {path}")


def _plain(answer: Answer, made: Made | None) -> dict[str, object]:
    return {
        "bundles": [_one(one) for one in answer.examined],
        "faults": [{"code": fault.code, "sentence": say(fault)} for fault in answer.faults],
        "files": [] if made is None else [str(path) for path in made.files],
        "sha256": "" if made is None else made.sha256,
    }


def _one(one: Part | Refused) -> dict[str, object]:
    from venue_app.consolidation.part import Part

    if not isinstance(one, Part):
        return {"file": one.file, "ok": False}
    return {
        "file": one.file,
        "ok": True,
        "sha256": one.sha256,
        "event": one.event,
        "venue": one.venue,
        "size": one.size,
        "root": one.root,
        "open": list(one.open_points),
    }
