"""`venue-app compute` and `venue-app scheme`: plans and results without a window."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, language, say, tr
from venue_app.rules import compute as compute_results
from venue_app.rules.facts_read import examine_facts
from venue_app.rules.results_json import results_json
from venue_app.scheme import Scheme, examine, load_scheme, preset_ids, preset_text
from venue_app.scheme.edit import Plain, common_keys, get_value, set_value
from venue_app.scheme.explain import plain_text
from venue_app.scheme.jsonschema import json_schema
from venue_app.scheme.reference import reference

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def read_text(path: Path) -> str:
    """A scheme or facts file, with or without a byte order mark. Raises `Known` cli_rules.not_utf8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Known("cli_rules.not_utf8", file=path.name, byte=error.start) from error


def _text(name: str) -> tuple[str, str]:
    """The text of a file, or of a preset by its id, and what to call it."""
    if Path(name).is_file():
        return read_text(Path(name)), Path(name).name
    return preset_text(name), name


def _scheme(name: str) -> Scheme:
    """A scheme that can be used; every fault goes to the error stream first."""
    text, source = _text(name)
    scheme, problems = examine(text, source)
    for problem in problems:
        if problem.error:
            click.echo(say(problem.known()), err=True)
    if scheme is None:
        sys.exit(2)
    return scheme


@click.command()
@click.option("--scheme", "scheme_name", required=True, help="A scheme file, or the id of a preset.")
@click.option(
    "--facts", "facts_path", required=True, type=_FILE, help="What happened (docs/formats/facts.md)."
)
@click.option("--working", is_flag=True, help="Add to each number the tree of how it came about.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen."
)
def compute(scheme_name: str, facts_path: Path, working: bool, out: Path | None) -> None:
    """Results, ranks, shortlist and outcome of each post as canonical JSON: the same bytes everywhere."""
    scheme = _scheme(scheme_name)
    facts, problems = examine_facts(scheme, read_text(facts_path), facts_path.name)
    for problem in problems:
        click.echo(say(problem.known()), err=True)
    if facts is None:
        sys.exit(2)
    data = canonical(results_json(compute_results(scheme, facts), working)) + b"\n"
    if out is None:
        click.echo(data, nl=False)
    else:
        out.write_bytes(data)


@click.group()
def scheme() -> None:
    """Plans (方案): check one, say it in plain words, start one from a preset."""


@scheme.command("list")
def list_presets() -> None:
    """The presets that come with the program."""
    for preset in preset_ids():
        found = load_scheme(preset_text(preset), preset)
        click.echo(f"{preset}\t{found.title.say(language())}")


@scheme.command()
@click.argument("name", metavar="FILE")
def check(name: str) -> None:
    """Every fault and doubt with file, line and key; exit status 1 when it cannot be used."""
    text, source = _text(name)
    found, problems = examine(text, source)
    for problem in problems:
        mark = tr("cli_rules.fault") if problem.error else tr("cli_rules.doubt")
        click.echo(f"{mark} {say(problem.known())}")
    if found is None:
        sys.exit(1)
    click.echo(tr("cli_rules.usable", title=found.title.say(language()), digest=found.digest))


@scheme.command()
@click.argument("name", metavar="FILE")
@click.option("--language", "lang", type=click.Choice(LANGUAGES), help="Language of the words.")
def explain(name: str, lang: str | None) -> None:
    """The plan in plain words, to be compared with the official document."""
    click.echo(plain_text(_scheme(name), lang or language()), nl=False)


@scheme.command("schema")
def schema_() -> None:
    """The JSON Schema of scheme files, for editors."""
    click.echo(json_schema())


@scheme.command("keys")
@click.option("--language", "lang", type=click.Choice(LANGUAGES), help="Language of the words.")
def keys(lang: str | None) -> None:
    """Every key a scheme may hold, what it accepts, its default, its meaning (Markdown)."""
    click.echo(reference(lang or language()), nl=False)


def _parsed(old: Plain | None, typed: str) -> Plain:
    """What was typed, of the kind that stood there."""
    if isinstance(old, bool):
        return typed.strip().lower() in {"true", "yes", "是"}
    if isinstance(old, int | Decimal):
        try:
            return Decimal(typed) if "." in typed else int(typed)
        except (InvalidOperation, ValueError) as error:
            raise Known("cli_rules.not_a_number", found=typed) from error
    return typed


def _changed(text: str, key: str, typed: str, source: str) -> str:
    """The text with one value changed; refused when the plan would not work with it."""
    after = set_value(text, key, _parsed(get_value(text, key), typed))
    found, problems = examine(after, source)
    if found is None:
        raise next(p for p in problems if p.error).known()
    return after


def _ask(text: str, source: str) -> str:
    """Go through the common numbers; a value that does not work is asked for again."""
    for key in common_keys(text):
        while True:
            old = get_value(text, key)
            typed = click.prompt(key, default=str(old), show_default=True)
            try:
                text = _changed(text, key, str(typed), source)
                break
            except Known as fault:
                click.echo(say(fault), err=True)
    return text


@scheme.command("new")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "preset", help="The preset to start from.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help='Such as "groups[1].seats=9".')
@click.option("--yes", is_flag=True, help="Ask nothing: take the preset with the --set values.")
def new(out: Path, preset: str | None, settings: tuple[str, ...], yes: bool) -> None:
    """A plan of your own from a preset: asks for the common numbers, checks, says it in plain words."""
    if out.exists():
        raise Known("cli_rules.exists", file=out.name)
    if preset is None:
        for name in preset_ids():
            click.echo(f"  {name}")
        preset = click.prompt(tr("cli_rules.which"), type=click.Choice(preset_ids()), show_choices=False)
    text = preset_text(preset)
    for setting in settings:
        key, equals, typed = setting.partition("=")
        if not equals:
            raise Known("cli_rules.bad_setting", found=setting)
        text = _changed(text, key.strip(), typed.strip(), out.name)
    if not yes:
        text = _ask(text, out.name)
    out.write_bytes(text.encode("utf-8"))
    click.echo(plain_text(_scheme(str(out)), language()), nl=False)
    click.echo(tr("cli_rules.written", file=out))
