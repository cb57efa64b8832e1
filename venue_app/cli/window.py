"""Commands that open a window. Qt is reached by name only, so that the core stays without it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from venue_app.base.errors import Known
from venue_app.base.i18n import tr


def _ui(module: str) -> Any:
    """A module of the windows' package. Raises `Known` cli.no_window where Qt is not installed or lacks a library."""
    try:
        return import_module(f"ui.{module}")
    except ImportError as error:
        raise Known("cli.no_window", reason=str(error)) from error


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(k) for k in ("DISPLAY", "WAYLAND_DISPLAY")
    )


@click.command()
@click.argument("event", required=False, type=click.Path(path_type=Path))
def window(event: Path | None) -> None:
    """Open the program's window, on EVENT when one is given."""
    if event is not None and not event.exists():
        raise Known("host.no_event", file=str(event))
    if not has_screen() and os.environ.get("QT_QPA_PLATFORM") is None:
        raise Known("cli.no_screen")
    raise SystemExit(_ui("app").run_window(event))


@click.command()
@click.option("--url", help="Address of the proctor's laptop, or the whole link of a seat card.")
@click.option("--code", help="The joining code of the seat.")
def station(url: str | None, code: str | None) -> None:
    """Open a judge's station."""
    if not has_screen() and os.environ.get("QT_QPA_PLATFORM") is None:
        raise Known("cli.no_screen")
    raise SystemExit(_ui("app").run_station(url, code))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("out/shots"), show_default=True)
@click.option("--size", default="1366x768", show_default=True, help="Width and height of a window.")
@click.option("--language", "languages", multiple=True, default=("zh-CN", "en"), show_default=True)
def shots(out: Path, size: str, languages: tuple[str, ...]) -> None:
    """Take a picture of every screen, offscreen, into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, _, height = size.partition("x")
    for path in _ui("shots").shoot_all(out, (int(width), int(height)), languages):
        click.echo(str(path))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True)
def demo(out: Path) -> None:
    """Open the program on a ready demo event; without a screen, run that event offscreen into a folder."""
    from venue_app.cli.demo import ready_event, run_offscreen

    if has_screen():
        raise SystemExit(_ui("app").run_window(ready_event(out)))
    click.echo(tr("cli.demo_offscreen", out=out))
    run_offscreen(out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for path in _ui("shots").shoot_all(out / "screenshots", (1366, 768), ("zh-CN", "en")):
        click.echo(str(path))
