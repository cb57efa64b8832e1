"""`venue-app standby`: a second laptop follows the event, and goes on with it when people decide so."""

from __future__ import annotations

import queue
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.base.i18n import say, tr
from venue_app.lan.link import DEFAULT_PORT

if TYPE_CHECKING:
    from venue_app.host.following import Follower, Following
    from venue_app.lan.hold import Pairing

_KEY = "p"
_TICK_S = 1.0


@click.command()
@click.argument("url", required=False)
@click.option("--code", help="The joining code of the standby's place.")
@click.option(
    "--name", "device", help="What the proctor's laptop shows this one as. Default: its network name."
)
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Event file kept here. Default: one of its own in the user's folder.",
)
@click.option("--host", default="0.0.0.0", help="Address to serve on once promoted. Default: every network.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="TCP port to serve on once promoted.")
@click.option(
    "--promote",
    "promoted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take over with this followed event file now, and serve it.",
)
@click.option("--window", "in_window", is_flag=True, help="Follow, and take over, in a window.")
@click.option("--reason", default="", help="Why, with --promote.")
@click.option("--by", "names", multiple=True, help="Who decided, with --promote: twice, two people.")
def standby(
    url: str | None,
    code: str | None,
    device: str | None,
    file: Path | None,
    host: str,
    port: int,
    promoted: Path | None,
    in_window: bool,
    reason: str,
    names: tuple[str, ...],
) -> None:
    """Follow the event on the laptop at URL; type p and Enter to take over.

    URL is what the proctor's laptop shows, or the whole link of the standby's joining code. Without one the place
    that was held last is gone on with.
    """
    if promoted is not None:
        take_over(promoted, reason, names, host, port)
        return
    if in_window:
        from venue_app.cli.window import shown

        raise SystemExit(shown("app").run_standby(url, code))
    from venue_app.host import standby_place

    pairing = _pairing(url, code, device or standby_place.device_name())
    path = file or standby_place.file_of(pairing)
    follower = _follow(pairing, path, host, port)
    try:
        wanted = _watch(follower)
    finally:
        follower.close()
    if wanted is not None:
        take_over(path, *wanted, host, port)


def take_over(path: Path, reason: str, names: tuple[str, ...], host: str, port: int) -> None:
    """Promote the followed file and serve it until interrupted. Raises `Known` as `host.following.promote` does."""
    from venue_app.cli.serve import serve_host
    from venue_app.host.following import promote
    from venue_app.seal.keys import load_or_create

    running = promote(path, load_or_create(), reason=reason, names=names)
    click.echo(tr("standby.promoted", epoch=running.venue.state.epoch, file=str(path)))
    serve_host(running, host, port, codes=True)


def _pairing(url: str | None, code: str | None, device: str) -> Pairing:
    """The place as it was held, or taken now with its code."""
    from venue_app.base.ids import normal_code
    from venue_app.host import standby_place
    from venue_app.host.following import join_as_standby
    from venue_app.lan.link import JoiningLink, read_link

    if url is None:
        held = standby_place.held()
        if held is None:
            raise Known("standby.no_place")
        return held
    link = read_link(url)
    link = JoiningLink(link.url, normal_code(code) if code else link.code, link.pin)
    told = threading.Event()

    def waiting() -> None:
        if not told.is_set():
            told.set()
            click.echo(tr("standby.waiting", device=device))

    pairing = join_as_standby(link, device, waiting)
    standby_place.hold(pairing)
    return pairing


def _follow(pairing: Pairing, path: Path, host: str, port: int) -> Follower:
    from venue_app.host.following import Follower
    from venue_app.host.standby_place import urls
    from venue_app.seal.keys import load_or_create

    return Follower(pairing, path, load_or_create(), urls(host, port))


def _watch(follower: Follower) -> tuple[str, tuple[str, ...]] | None:
    """Say how it stands whenever that changes; returns reason and names once somebody decided, None at the end."""
    typed: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            typed.put(line.strip())
        typed.put(None)

    threading.Thread(target=read, name="typed", daemon=True).start()
    shown, open_ended = "", True
    while True:
        line = sentence(follower.status)
        if line != shown:
            click.echo(line)
            sys.stdout.flush()
            shown = line
        try:
            word = typed.get(timeout=_TICK_S) if open_ended else _pause(follower)
        except queue.Empty:
            continue
        except KeyboardInterrupt:
            return None
        if word is None:
            open_ended = False
        elif word == _KEY and (decided := _asked(typed)) is not None:
            return decided


def _pause(follower: Follower) -> str:
    """Nobody types any more: only follow."""
    follower.wait(lambda _: False, _TICK_S)
    return ""


def _asked(typed: queue.SimpleQueue[str | None]) -> tuple[str, tuple[str, ...]] | None:
    """Reason and two names, line by line; an empty line goes back to following."""
    answers: list[str] = []
    for key in ("standby.ask_reason", "standby.ask_first", "standby.ask_second"):
        click.echo(tr(key))
        sys.stdout.flush()
        answer = typed.get()
        if not answer:
            click.echo(tr("standby.not_promoted"))
            return None
        answers.append(answer)
    return answers[0], (answers[1], answers[2])


def sentence(status: Following) -> str:
    """How the standby stands, in one line."""
    from venue_app.lan.line import Link

    if status.fault is not None:
        why = say(status.fault)
        if not status.stuck:
            return why
        return tr("standby.stuck", title=status.title, why=why, count=status.have, open=status.under_way)
    if status.link is Link.RELEASED:
        return say(Known("lan.unknown_station"))
    if status.link is not Link.ONLINE and not status.heard:
        return tr("standby.connecting", title=status.title)
    if status.link is not Link.ONLINE:
        told = {"title": status.title, "at": local_hms(status.heard), "count": status.have}
        if status.in_step:
            return tr("standby.lost_in_step", **told)
        return tr("standby.lost_behind", **told, open=status.under_way)
    if not status.named or not status.in_step:
        return tr("standby.catching_up", title=status.title, count=status.behind)
    return tr("standby.in_step", title=status.title, count=status.have)
