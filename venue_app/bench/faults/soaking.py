"""The laptop of the soak: a whole day of rooms driven by the clock of `FastClock`, in a process of its own.

    python -m venue_app.bench.faults.soaking FILE COPY SEATS LOTS SPEED

Says where it listens; answers each line with the memory it holds, the hours that have gone by, and how far the rooms are;
closes well at the end of its input.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

from venue_app.base.errors import Known
from venue_app.bench import child
from venue_app.bench.faults.clocks import FastClock
from venue_app.bench.figures import rss_mb
from venue_app.bench.hall import PROCTOR, open_hall
from venue_app.domain import commands as c
from venue_app.host.session import EventHost
from venue_app.state.room import Step, next_step

ROOMS = ("R1", "R2", "R3")
LIMIT_S = 600
_CHECKER = "bench checker"
#: How much of its time a candidate takes, and how long a driver waits between two looks (seconds of life).
_SHARE, _LOOK_S = 0.9, 0.02


def drive(host: EventHost, room: str, stop: threading.Event) -> None:
    """Lot after lot until there is none or it is to stop."""
    state, clock, since = host.venue.state, host.venue.clock, host.venue.clock.mono_ms()
    while not stop.is_set():
        step = next_step(state, room)
        if step.kind == "finished":
            return
        early = step.kind == "end-stage" and clock.mono_ms() - since < LIMIT_S * 1000 * _SHARE
        command = None if early else command_of(room, step)
        if command is None:
            stop.wait(_LOOK_S)
        else:
            try:
                host.venue.ask(command, PROCTOR)
            except Known as moved_on:  # marks came in between the look and the step
                if not moved_on.code.startswith("venue."):
                    raise
            if step.kind == "start-stage":
                since = clock.mono_ms()
        state = host.venue.state


def command_of(room: str, step: Step) -> c.Command | None:
    """What a proctor who does nothing else gives next; None where the step is somebody else's."""
    lot = step.lot or 0
    match step.kind:
        case "call":
            return c.CallCandidate(room=room, lot=lot)
        case "start-stage":
            return c.StartStage(room=room, stage=step.stage or "")
        case "end-stage":
            return c.EndStage(room=room)
        case "check":
            return c.CheckResult(room=room, lot=lot, checker=_CHECKER)
        case "release":
            return c.ReleaseResult(room=room, lot=lot)
        case "close":
            return c.CloseAppearance(room=room, lot=lot)
    return None


def told(host: EventHost, began: int) -> dict[str, Any]:
    """How it is now."""
    state = host.venue.state
    return {
        "rss_mb": rss_mb(),
        "hours": (host.venue.clock.mono_ms() - began) / 3_600_000,
        "entries": state.size,
        "done": sum(a.status == "done" for a in state.appearances.values()),
    }


async def serve(file: Path, copy: Path, seats: int, lots: int, speed: float) -> None:
    """Open, drive, answer, close."""
    host = open_hall(file, seats, ROOMS, lots=lots, limit_s=LIMIT_S, panels=True, clock=FastClock(speed))
    copy.mkdir()
    host.copy_to(copy)
    server = await asyncio.to_thread(host.start_lan, "127.0.0.1", 0)
    assert host.identity is not None
    child.say(
        {
            "port": server.port,
            "pin": host.identity.key_sha256.hex(),
            "event": host.venue.state.event.event,
        }
    )
    stop, began = threading.Event(), host.venue.clock.mono_ms()
    drivers = [threading.Thread(target=drive, args=(host, room, stop), daemon=True) for room in ROOMS]
    for driver in drivers:
        driver.start()
    while await child.listen() is not None:
        child.say(told(host, began))
    stop.set()
    for driver in drivers:
        await asyncio.to_thread(driver.join)
    host.close()


if __name__ == "__main__":
    asyncio.run(
        serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    )
