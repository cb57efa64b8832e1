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


def recompute(strata: Mapping[str, tuple[str, ...]], transcript: Mapping[str, object]) -> dict[str, object]:
    """What the transcript should say, recomputed, with every point that does not fit in `wrong`."""

    def text(key: str) -> str:
        value = transcript.get(key)
        if not isinstance(value, str):
            raise Known("draw.transcript_field", field=key)
        return value

    digest = rule.list_digest(strata)
    nonce, public, event = text("nonce"), text("public"), text("event")
    seed = rule.seed_text(event, digest, public, nonce)
    order = {room: list(names) for room, names in rule.order_all(seed, strata).items()}
    checks = {
        "method": transcript.get("method") == rule.METHOD,
        "list_digest": transcript.get("list_digest") == digest,
        "commitment": transcript.get("commitment") == rule.commitment(nonce),
        "seed": transcript.get("seed") == seed,
        "order": transcript.get("order", order) == order,
    }
    return {
        "list_digest": digest,
        "seed": seed,
        "order": order,
        "wrong": sorted(name for name, fits in checks.items() if not fits),
    }


@click.command()
@click.option(
    "--list", "list_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.option(
    "--transcript",
    "transcript_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
)
def draw(list_file: Path, transcript_file: Path) -> None:
    """Recompute a draw (docs/formats/draw.md): canonical JSON on standard output, exit status 1 when it does not fit."""
    try:
        strata = read_list(list_file.read_text(encoding="utf-8"))
        transcript = json.loads(transcript_file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Known("draw.unreadable", reason=str(error)) from error
    if not isinstance(transcript, dict):
        raise Known("draw.transcript_field", field="{}")
    found = recompute(strata, transcript)
    click.echo(canonical(found).decode())
    wrong = found["wrong"]
    assert isinstance(wrong, list)
    if wrong:
        click.echo(tr("draw.wrong", points=", ".join(wrong)), err=True)
        raise SystemExit(1)
