"""The laptop's program as a child that can be killed: an open event, its stations' server, and a proctor.

    python -m tests.faults.laptop EVENT PORT

Says one line of JSON when it is ready (port, joining links of the free seats) and one for each line it
is told: `{"do": "ask", "command": …}`, `{"do": "run", "room": "R1"}`, `{"do": "limit", "bytes": …}`
(no file may grow beyond; 0 lifts it), `{"do": "standby"}` (codes for a standby and a console, or the
`places` told; whoever asks is let in), `{"do": "step"}` (how the standby is), `{"do": "reports", "folder": …, "forms": […]}`, `{"do": "state"}`. It closes well at the end of
its input.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec

from tests.waits import WAIT_S
from tests.world import PROCTOR
from venue_app.base.errors import Known
from venue_app.bench.faults.laptop import limit
from venue_app.bench.faults.soaking import command_of
from venue_app.domain import commands as c
from venue_app.host.reporting import produce
from venue_app.host.session import EventHost
from venue_app.lan.server import LanServer
from venue_app.state.room import next_step
from venue_app.venue import Venue


def drive(venue: Venue, room: str) -> None:
    """Lot after lot, as fast as the marks come in."""
    pause = threading.Event()
    while True:
        step = next_step(venue.state, room)
        if step.kind == "finished":
            return
        command = command_of(room, step)
        try:
            if command is None:
                pause.wait(0.002)
            else:
                venue.ask(command, PROCTOR)
        except Known as moved_on:  # marks came in between the look and the step
            if not moved_on.code.startswith("venue."):
                raise


def let_in(server: LanServer) -> None:
    for wish in server.wishes():
        server.decide(wish.id, True)


def do(host: EventHost, told: dict[str, Any]) -> dict[str, Any]:
    match told["do"]:
        case "ask":
            command = msgspec.convert(told["command"], type=c.Command)
            host.venue.ask(command, PROCTOR)
        case "run":
            threading.Thread(target=drive, args=(host.venue, told["room"]), daemon=True).start()
        case "limit":
            limit(told["bytes"])
        case "reports":
            made = produce(host.venue, host.keys, tuple(told["forms"]), Path(told["folder"]))
            return {"files": [item.path.name for item in made]}
        case "standby":
            assert host.server is not None
            server = host.server
            server.on_wishes(lambda: let_in(server))
            # what is tried is that nothing is lost in step, not how long a busy machine is waited for
            server._hub.lockstep._patience_s = WAIT_S
            return {
                name: str(host.joining_link(server.issue_code(name), "127.0.0.1"))
                for name in told.get("places", ("standby", "console-R2"))
            }
        case "step":
            return {"step": str(host.standby.step) if host.standby is not None else ""}
        case "state":
            state = host.venue.state
            ended = {
                room: len(state.appearances[room, lot].ended_stages) for room, lot in state.floor.items()
            }
            sheets = [[s, a.room, a.lot] for a in state.appearances.values() for s in a.sheets]
            return {"size": state.size, "sheets": sheets, "ended": ended}
    return {}


def tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(event: Path, port: int) -> None:
    host = EventHost.open(event)
    server = host.start_lan("127.0.0.1", port)
    links = {code.seat: str(host.joining_link(code, "127.0.0.1")) for code in server.issue_codes()}
    tell({"port": server.port, "links": links})
    for line in sys.stdin:
        try:
            tell(do(host, json.loads(line)))
        except Known as fault:
            tell({"known": fault.code})
    host.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
