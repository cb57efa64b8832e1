"""Commands that open a window. Qt is reached by name only, so that the core stays without it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from venue_app.base.errors import Known
from venue_app.base.libraries import missing


def windows(module: str) -> Any:
    """A module of the windows' package.

    Raises `Known` cli.library_missing where the system lacks what Qt needs, cli.no_window where Qt itself is missing.
    """
    try:
        return import_module(f"ui.{module}")
    except ImportError as error:
        raise missing(str(error)) or Known("cli.no_window", reason=str(error)) from error


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(k) for k in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def need_screen() -> None:
    """Raises `Known` cli.no_screen where no window can be shown and none offscreen was asked for."""
    if not has_screen() and os.environ.get("QT_QPA_PLATFORM") is None:
        raise Known("cli.no_screen")


def shown(module: str) -> Any:
    """As `windows`, for a command that shows a window: raises what `need_screen` does, too."""
    need_screen()
    return windows(module)


@click.command()
@click.argument("event", required=False, type=click.Path(path_type=Path))
def window(event: Path | None) -> None:
    """Open the program's window, on EVENT when one is given."""
    if event is not None and not event.exists():
        raise Known("host.no_event", file=str(event))
    raise SystemExit(shown("app").run_window(event))


@click.command()
@click.option("--url", help="Address of the proctor's laptop, or the whole link of a seat card.")
@click.option("--code", help="The joining code of the seat.")
def station(url: str | None, code: str | None) -> None:
    """Open a judge's station."""
    raise SystemExit(shown("app").run_station(url, code))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("out/shots"), show_default=True)
@click.option("--size", default="1366x768", show_default=True, help="Width and height of a window.")
@click.option("--languages", default="zh-CN,en", show_default=True)
@click.option("--themes", default="light", show_default=True, help="light, dark, or both with a comma.")
@click.argument("names", nargs=-1)
def shots(out: Path, size: str, languages: str, themes: str, names: tuple[str, ...]) -> None:
    """Take a picture of every screen (or of those whose name begins like NAMES), offscreen, into a folder."""
    raise SystemExit(shoot(out, *names, "--size", size, "--langs", languages, "--themes", themes))


def shoot(out: Path, *arguments: str) -> int:
    """Pictures into `out`, offscreen; returns the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The offscreen plugin complains of every window that it cannot pass on the size hints it has no use for.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    return int(windows("shots").main([str(out), *arguments]))
