"""`venue-app replay`: an event looked at again, as it was, at any speed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from venue_app.base.errors import Known
from venue_app.cli.window import need_screen, windows


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--speed", help="Play at once, so many times as fast as it was: 1, 2, 10, 60, 0.5 …")
@click.option("--from", "start", help="Entry number, or a time: 120, 09:14, 09:14:30, “2026-05-01 09:14”.")
@click.option("--lot", type=int, help="Begin where this lot is called.")
@click.option("--room", default="", help="Of which room the lot is: its identifier or its title.")
def replay(file: Path, speed: str | None, start: str | None, lot: int | None, room: str) -> None:
    """Play FILE (an event file, a bundle or a second copy) back on the room board and the big screen.

    The journal is checked first; nothing is changed and nothing can be commanded.
    """
    if not file.is_file():
        raise Known("host.no_event", file=str(file))
    need_screen()
    from venue_app.host.aim import aim, room_named
    from venue_app.host.replay import FASTEST, open_file

    found = open_file(file)
    if start is not None:
        aim(found, f"#{start}" if start.isdecimal() else start)
    if lot is not None:
        aim(found, str(lot), room_named(found, room))
    if speed is not None:
        try:
            found.set_speed(Decimal(speed))
        except InvalidOperation as error:
            raise Known("replay.bad_speed", speed=speed, most=FASTEST) from error
    raise SystemExit(windows("replay.app").run_replay(found, playing=speed is not None))
