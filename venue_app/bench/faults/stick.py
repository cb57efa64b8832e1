"""The stick with the second copy is pulled and put back, and what stands on it cut at a byte of chance."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from venue_app.bench.faults.tally import stored, wait_until
from venue_app.bench.hall import PROCTOR, ROOMS, open_hall
from venue_app.domain import floor_commands as f
from venue_app.host.session import EventHost
from venue_app.journal.copy import read_copy

_SEATS = 4


def bench_stick(home: Path, pulls: int) -> dict[str, Any]:
    """`pulls` of the folder while the room goes on. Counts.

    `lost`: what the room did that the event's own file does not hold; `copy_lost`: what the copy lacks once it is back;
    `unsaid`: pulls that nobody heard of. Raises `Known` bench.never when the copy does not come back.
    """
    folder, away = home / "stick", home / "pocket"
    folder.mkdir()
    host = open_hall(home / "stick.venue", _SEATS)
    told = unsaid = 0
    try:
        host.copy_to(folder)
        wait_until(lambda: _whole(host))
        status = host.copy_status
        assert status is not None
        file = status.file
        for number in range(pulls):
            folder.rename(away)
            for _ in range(1 + secrets.randbelow(5)):
                host.venue.ask(f.NoteIncident(room=ROOMS[0], text=f"{number}", decision="go on"), PROCTOR)
                told += 1
            wait_until(lambda: (now := host.copy_status) is not None and now.fault is not None)
            unsaid += host.copy_status is None or host.copy_status.fault is None
            cut = away / file.name
            cut.write_bytes(cut.read_bytes()[: secrets.randbelow(cut.stat().st_size + 1)])
            away.rename(folder)
            wait_until(lambda: _whole(host))
    finally:
        host.close()
    _, entries = stored(host.venue.path)
    copied = read_copy(file.read_bytes()).entries
    return {
        "pulls": pulls,
        "incidents": told,
        "lost": told - sum(b'"incident.noted"' in entry for entry in entries),
        "copy_lost": sum(a != b for a, b in zip(entries, copied, strict=False))
        + abs(len(entries) - len(copied)),
        "unsaid": unsaid,
    }


def _whole(host: EventHost) -> bool:
    status = host.copy_status
    return status is not None and status.fault is None and status.size == host.venue.state.size
