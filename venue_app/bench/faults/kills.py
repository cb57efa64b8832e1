"""kill -9 of the laptop's program or of the stations', at moments of chance, while sheets are on their way; and a full disk.

After each: every receipt that any judge was ever shown is in the file. At the end nothing is lost and nothing twice.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any

from venue_app.base.errors import Known
from venue_app.bench.child import Child
from venue_app.bench.faults.tally import Crowd, Shown, counts, missing, wait_until

HOST = "127.0.0.1"
_SPREAD_MS = 300


class Hall:
    """A laptop and stations on the loopback, each of which can die and come back."""

    def __init__(self, home: Path, stations: int, rooms: int) -> None:
        self.home, self.stations, self.rooms = home, stations, rooms
        self.shown = Shown()
        self.file = home / "kills.venue"
        self._port = "0"
        self._about: dict[str, Any] = {}
        self.laptop = self.start_laptop()
        self.crowd = self.start_crowd()
        self.crowd.online(stations)

    def start_laptop(self) -> Child:
        """The event file opened, on the port it had."""
        words = (
            str(self.file),
            HOST,
            self._port,
            str(self.stations),
            str(self.rooms),
            str(self.home / "log"),
        )
        made = Child("venue_app.bench.faults.laptop", *words, home=self.home)
        self._about = made.hear()
        self._port = str(self._about["port"])
        return made

    def start_crowd(self) -> Crowd:
        """The stations, with what they kept."""
        made = Crowd(self.home / "boxes", self.shown, home=self.home)
        seats = list(range(1, self.stations + 1))
        made.tell(self._about | {"url": f"https://{HOST}:{self._port}", "seats": seats})
        return made

    def close(self) -> None:
        """Both end well."""
        self.crowd.end()
        self.laptop.end()

    def kill(self) -> None:
        """Both at once: something went wrong here."""
        self.crowd.kill()
        self.laptop.kill()


def bench_kills(home: Path, stations: int, points: int) -> dict[str, int]:
    """`points` kills, of the laptop's program and the stations' in turn; the disk is full in between. Counts.

    `receipts_missing`: receipts shown to a judge that the file did not hold after a kill.
    Raises `Known` bench.never, bench.ended.
    """
    hall = Hall(home, stations, points + 1)
    gone = 0
    try:
        for point in range(1, points + 1):
            gone += _kill_once(hall, point)
        full = _full_disk(hall, f"R{points + 1}")
        wait_until(lambda: hall.shown.receipts.keys() >= hall.shown.kept.keys())
        hall.close()
    except BaseException:
        hall.kill()
        raise
    return {"kills": points, "receipts_missing": gone, "full_disk_receipts": full} | counts(
        hall.shown, hall.file
    )


def _kill_once(hall: Hall, point: int) -> int:
    room = f"R{point}"
    hall.crowd.tell({"do": "mark", "room": room, "spread_ms": _SPREAD_MS})
    sleep(secrets.randbelow(_SPREAD_MS + 200) / 1000)
    if point % 2:
        hall.laptop.kill()
        gone = missing(hall.shown, hall.file)
        hall.laptop = hall.start_laptop()
    else:
        hall.crowd.kill()
        gone = 0
        hall.crowd = hall.start_crowd()
    hall.crowd.online(hall.stations)
    marked = hall.shown.has_marked(room)
    rest = [n for n in range(1, hall.stations + 1) if f"S{n:04d}" not in marked]
    if rest and not point % 2:  # judges whose station died before they had marked
        hall.crowd.ask({"do": "mark", "room": room, "spread_ms": 0, "seats": rest})
    return gone


def _full_disk(hall: Hall, room: str) -> int:
    """No room for another entry: nobody sees a receipt, every sheet stays where it is; then there is room again.

    How many receipts were shown while there was none.
    """
    wait_until(lambda: hall.shown.receipts.keys() >= hall.shown.kept.keys())
    before = len(hall.shown.receipts)
    hall.laptop.ask({"do": "limit", "bytes": 1})
    hall.crowd.ask({"do": "mark", "room": room, "spread_ms": _SPREAD_MS})
    sleep(1.0)
    shown = len(hall.shown.receipts) - before
    with suppress(Known):
        hall.laptop.ask({"do": "limit", "bytes": 0})
    return shown
