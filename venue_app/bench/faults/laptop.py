"""The laptop that is killed and cut off: a real event with its server, in a process of its own.

    python -m venue_app.bench.faults.laptop FILE ADDRESS PORT SEATS ROOMS LOG

Makes the event when there is none. Says where it listens, then answers `{"do": "limit", "bytes": …}` (no file of it may
grow beyond; 0 lifts it), `{"do": "reseat", "seat": …}` (another device takes it) and `{"do": "size"}`; closes well at the end of
its input.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from time import process_time_ns
from typing import Any

from venue_app.bench import child
from venue_app.bench.hall import PROCTOR, device_key, open_hall, seat_id, token
from venue_app.domain.commands import JoinStation, ReleaseStation
from venue_app.domain.roles import PROGRAM
from venue_app.host.session import EventHost
from venue_app.lan.pairing import device_id


def rooms(count: int) -> tuple[str, ...]:
    """`R1` to `R…`."""
    return tuple(f"R{number}" for number in range(1, count + 1))


def limit(most: int) -> None:
    """As if the disk were full: no file of this process grows beyond `most` bytes."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    unlimited = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (most or unlimited, unlimited))


def do(host: EventHost, told: dict[str, Any]) -> dict[str, Any]:
    """What whoever tries it out asks for."""
    if told["do"] == "limit":
        limit(told["bytes"])
    if told["do"] == "reseat":
        _reseat(host, told["seat"])
    path = host.venue.path
    written = sum(p.stat().st_size for p in path.parent.glob(f"{path.name}*"))
    return {"size": host.venue.state.size, "bytes": written, "cpu_ns": process_time_ns()}


def _reseat(host: EventHost, number: int) -> None:
    """Another device takes the seat: what the first one knows is worth nothing any more."""
    seat, other = seat_id(number), number + 1000
    host.venue.ask(ReleaseStation(seat=seat, reason="bench"), PROCTOR)
    host.venue.ask(
        JoinStation(
            seat=seat,
            device=device_id(token(other)),
            device_name="another",
            public_key=device_key(other).public,
        ),
        PROGRAM,
    )


async def serve(file: Path, address: str, port: int, seats: int, count: int) -> None:
    """Listen and answer until there are no more words."""
    host = EventHost.open(file) if file.exists() else open_hall(file, seats, rooms(count))
    server = await asyncio.to_thread(host.start_lan, address, port)
    assert host.identity is not None
    pin, event = host.identity.key_sha256.hex(), host.venue.state.event.event
    child.say({"port": server.port, "pin": pin, "event": event})
    while (told := await child.listen()) is not None:
        child.say(do(host, told))
    host.close()


def main(file: str, address: str, port: str, seats: str, count: str, log: str) -> None:
    """Serve, with everything that is logged in a file."""
    logging.basicConfig(filename=log, level=logging.INFO)
    asyncio.run(serve(Path(file), address, int(port), int(seats), int(count)))


if __name__ == "__main__":
    main(*sys.argv[1:])
