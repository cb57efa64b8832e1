"""`venue-app draw`: recompute a draw from its list and transcript."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.base.i18n import tr
from venue_app.rules import draw as rule
from venue_app.rules import drawing
from venue_app.rules.drawing.transcript import text_field


def read_list(text: str) -> dict[str, tuple[str, ...]]:
    """The frozen list, a line `stratum,identifier` each. Raises `Known` draw.list_line with the line's number."""
    strata: dict[str, list[str]] = {}
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line and number > 1:
            continue
        stratum, comma, name = line.partition(",")
        if not comma or not stratum or not name or "," in name or not name.isascii() or name in seen:
            raise Known("draw.list_line", line=number, text=line[:60])
        seen.add(name)
        strata.setdefault(stratum, []).append(name)
    return {stratum: tuple(names) for stratum, names in strata.items()}


def recompute(strata: Mapping[str, tuple[str, ...]], said: Mapping[str, object]) -> dict[str, object]:
    """What a transcript of the first method should say, with every point that does not fit in `wrong`."""
    digest = rule.list_digest(strata)
    nonce, public, event = (text_field(said, key) for key in ("nonce", "public", "event"))
    seed = rule.seed_text(event, digest, public, nonce)
    order = {room: list(names) for room, names in rule.order_all(seed, strata).items()}
    checks = {
        "method": said.get("method") == rule.METHOD,
        "list_digest": said.get("list_digest") == digest,
        "commitment": said.get("commitment") == rule.commitment(nonce),
        "seed": said.get("seed") == seed,
        "order": said.get("order", order) == order,
    }
    return {
        "list_digest": digest,
        "seed": seed,
        "order": order,
        "wrong": sorted(name for name, fits in checks.items() if not fits),
    }


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--list", "list_file", type=_FILE, help="The frozen list of one draw.")
@click.option("--transcript", "transcript_file", type=_FILE, help="What was published of it.")
@click.option("--event", type=_FILE, help="An event file whose lists and transcripts are to be written out.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for them.")
def draw(list_file: Path | None, transcript_file: Path | None, event: Path | None, out: Path | None) -> None:
    """Recompute a draw (docs/formats/draw.md): canonical JSON on standard output, exit status 1 when it does not fit.

    With --event and --out instead: the lists and transcripts of all draws of an event, as files.
    """
    if event is not None and out is not None and list_file is None and transcript_file is None:
        _write_out(event, out)
    elif list_file is not None and transcript_file is not None and event is None and out is None:
        _recompute(list_file, transcript_file)
    else:
        raise click.UsageError(tr("draw.usage"))


def _recompute(list_file: Path, transcript_file: Path) -> None:
    try:
        listed = list_file.read_bytes().decode("utf-8")
        said = json.loads(transcript_file.read_text(encoding="utf-8"))
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Known("draw.unreadable", reason=str(error)) from error
    if not isinstance(said, dict):
        raise Known("draw.transcript_field", field="{}")
    if said.get("method") == drawing.METHOD:
        found = drawing.recompute(drawing.read_plan(listed), said)
    else:
        found = recompute(read_list(listed), said)
    click.echo(canonical(found).decode())
    wrong = found["wrong"]
    assert isinstance(wrong, list)
    if wrong:
        click.echo(tr("draw.wrong", points=", ".join(wrong)), err=True)
        raise SystemExit(1)


def _write_out(event: Path, out: Path) -> None:
    from venue_app.host.draws import published

    out.mkdir(parents=True, exist_ok=True)
    for name, content in published(event):
        (out / name).write_bytes(content)
        click.echo(str(out / name))
