"""Everything looked at once, of one open event. Takes about a second; not for the window's thread."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from venue_app import __version__
from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.base.paths import resources
from venue_app.domain.record import decode
from venue_app.host.history import entries_of
from venue_app.host.readiness import machine
from venue_app.host.readiness.facts import (
    Anchor,
    ClockFacts,
    CopyFacts,
    DiskFacts,
    Facts,
    FontFacts,
    Printer,
    ProgramFacts,
    SeatFacts,
)
from venue_app.host.readiness.network import network
from venue_app.host.session import EventHost
from venue_app.lan.link import DEFAULT_PORT
from venue_app.reports.fonts import faces, runs
from venue_app.state import State


def gather(
    host: EventHost,
    anchor: Anchor,
    *,
    printers: tuple[Printer, ...] | None = None,
    port: int = DEFAULT_PORT,
) -> Facts:
    """Look at everything. `anchor` was taken earlier, the longer ago the better; `printers` where the caller has a
    better way to see them than this has."""
    venue = host.venue
    state = venue.state
    found, tls = network(host, port)
    return Facts(
        at_ms=venue.clock.wall_ms(),
        official=not state.rehearsal,
        copy_wanted=state.scheme.second_copy,
        printers=machine.printers() if printers is None else printers,
        copy=_copy(host),
        disk=_disk(venue.path.parent),
        clock=_clock(host, anchor),
        fonts=fonts(state),
        network=found,
        tls=tls,
        power=machine.power(),
        program=ProgramFacts(
            version=__version__,
            made_by=state.event.software,
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            system=f"{platform.system()} {platform.release()}",
        ),
        seats=tuple(_seats(host, state)),
    )


def _copy(host: EventHost) -> CopyFacts | None:
    status = host.copy_status
    if status is None:
        return None
    folder, event = status.file.parent, host.venue.path
    since = status.behind_since
    return CopyFacts(
        folder=str(folder),
        writable=machine.writable(folder),
        same_disk=machine.same_disk(folder, event),
        free=machine.free_bytes(folder),
        behind_ms=0 if since is None else host.venue.clock.mono_ms() - since,
        fault=status.fault,
    )


def _disk(folder: Path) -> DiskFacts:
    return DiskFacts(str(folder), machine.free_bytes(folder), machine.writable(folder))


def _clock(host: EventHost, anchor: Anchor) -> ClockFacts:
    clock = host.venue.clock
    slipped, watched = anchor.passed(clock)
    now = clock.wall_ms()
    last = decode(entries_of(host.venue, host.venue.state.size - 1)[0]).at
    return ClockFacts(
        now_ms=now,
        zone=zone_minutes(now),
        program_ms=newest_file(resources() / "translations"),
        journal_ms=last,
        slipped_ms=slipped,
        watched_ms=watched,
    )


def newest_file(folder: Path) -> int:
    """When the newest file below a folder was written, wall ms; 0 where there is none."""
    times = [int(file.stat().st_mtime * 1000) for file in folder.rglob("*") if file.is_file()]
    return max(times, default=0)


def fonts(state: State) -> FontFacts:
    """Whether every face can be read, and each character of the event's names and titles that none of them holds."""
    try:
        faces()
    except Exception as fault:  # noqa: BLE001 - whatever a damaged font file makes the reader say
        return FontFacts(broken=str(fault)[:200])
    missing: dict[str, str] = {}
    for text in _texts(state):
        for char in text:
            try:
                runs(char)
            except Known:
                missing.setdefault(char, text)
    return FontFacts(missing=tuple(missing.items()))


def _texts(state: State) -> Iterator[str]:
    """Everything that forms and screens must be able to show."""
    yield state.event.title
    yield state.event.place
    for person in state.candidates.values():
        yield from (person.name, person.unit, person.ethnicity, person.education, person.politics)
    for post in state.posts.values():
        yield post.title
    for room in state.rooms.values():
        yield room.title
    for seat in state.seats.values():
        yield from (seat.name, seat.unit)
    for official in state.people:
        yield official.name


def _seats(host: EventHost, state: State) -> Iterator[SeatFacts]:
    present = host.server.presence() if host.server is not None else {}
    language = state.scheme.language
    for seat in state.seats.values():
        room = state.rooms.get(seat.room or "")
        place = room.title if room is not None else state.scheme.group(seat.group).title.say(language)
        device = present.get(seat.id)
        title = f"{place} {seat.number}"
        if device is None:
            yield SeatFacts(title, joined=seat.id in state.stations)
        else:
            yield SeatFacts(title, True, device.connected, device.client, device.error, device.battery)
