"""Arguments to work. Commands import what they need when they run, so that help and the window are there at once."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from venue_app import __version__
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, ask_for, say

#: Command → module and name it is found under.
_LAZY = {
    "bench": ("venue_app.cli.bench", "bench"),
    "compute": ("venue_app.cli.rules", "compute"),
    "consolidate": ("venue_app.cli.consolidate", "consolidate"),
    "console": ("venue_app.cli.console", "console"),
    "demo": ("venue_app.cli.demo", "demo"),
    "envelopes": ("venue_app.cli.envelopes", "envelopes"),
    "draw": ("venue_app.cli.draw", "draw"),
    "readiness": ("venue_app.cli.readiness", "readiness"),
    "manual": ("venue_app.cli.manual", "manual"),
    "export": ("venue_app.cli.export", "export"),
    "rehearse": ("venue_app.cli.rehearse", "rehearse"),
    "replay": ("venue_app.cli.replay", "replay"),
    "report": ("venue_app.cli.report", "report"),
    "scheme": ("venue_app.cli.rules", "scheme"),
    "serve": ("venue_app.cli.serve", "serve"),
    "standby": ("venue_app.cli.standby", "standby"),
    "shots": ("venue_app.cli.window", "shots"),
    "station": ("venue_app.cli.window", "station"),
    "templates": ("venue_app.cli.templates", "templates"),
    "verify": ("venue_app.cli.verify", "verify"),
    "window": ("venue_app.cli.window", "window"),
}


class _Commands(click.Group):
    """Finds commands by name; a bare file, or nothing at all, means the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _LAZY:
            return None
        module, name = _LAZY[cmd_name]
        found: click.Command = getattr(import_module(module), name)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((a for a in args if not a.startswith("-")), None)
        if not args or (first is not None and first not in _LAZY and Path(first).exists()):
            args = ["window", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="VENUE_APP_LANGUAGE",
    help="Language of messages and windows in this run; it is not kept. Default: zh-CN, for windows that of the settings.",
)
@click.version_option(__version__, prog_name="venue-app")
def cli(language: str | None) -> None:
    """Runs the room when people compete for a public post. Without a command: opens the window."""
    if language:
        ask_for(language)


def main() -> None:
    """Run the command line; a known fault is one clear sentence and exit status 2."""
    for stream in (sys.stdout, sys.stderr):  # Chinese on a console of another code page
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(prog_name="venue-app")
    except Known as fault:
        click.echo(say(fault), err=True)
        sys.exit(2)
    except OSError as fault:  # a folder that may not be written, a full disk, a file that may not be read
        known = Known("cli.file_fault", file=fault.filename or "", reason=fault.strerror or str(fault))
        click.echo(say(known), err=True)
        sys.exit(2)
