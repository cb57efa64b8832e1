"""The laptop whose standby is measured: an event with joined stations, whoever asks to be the standby let in.

    python -m venue_app.bench.standby_host FOLDER STATIONS

Says where it listens and the standby's joining link, and serves until it is killed or hears a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from venue_app.bench import child
from venue_app.bench.hall import open_hall
from venue_app.lan.server import LanServer
from venue_app.state.places import STANDBY

HOST = "127.0.0.1"
ROOMS = ("R1", "R2", "R3")


def _let_in(server: LanServer) -> None:
    for wish in server.wishes():
        server.decide(wish.id, True)


def main(folder: str, stations: str) -> None:
    """Serve."""
    host = open_hall(Path(folder) / "first.venue", int(stations), ROOMS)
    server = host.start_lan(HOST, 0)
    server.on_wishes(lambda: _let_in(server))
    assert host.identity is not None
    child.say(
        {
            "url": host.url(HOST),
            "pin": host.identity.key_sha256.hex(),
            "event": host.venue.state.event.event,
            "link": str(host.joining_link(server.issue_code(STANDBY), HOST)),
        }
    )
    sys.stdin.readline()
    host.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
