"""Around the killed laptop: its event, its process seen from outside, and stations with robots in them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.ports import free_port
from tests.waits import BRISK
from tests.world import MARKS, PEOPLE, PROCTOR, roster
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.record import Record, decode
from venue_app.host.session import EventHost
from venue_app.journal import Journal
from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, join
from venue_app.lan.link import read_link
from venue_app.lan.outbox import MemoryOutbox
from venue_app.scheme import preset_text
from venue_app.state import State, replay

ROOT = Path(__file__).resolve().parents[2]


def lay_out(path: Path, people: int = 6, observers: int = 4) -> Path:
    """An event file, drawn and ready to begin: half the people in each of two rooms."""
    host = EventHost.create(
        path, title="断电演练", mode="rehearsal", scheme=preset_text("s0-county-self-nomination")
    )
    for command in (
        roster(people=people, observers=observers),
        c.OpenRun(people=PEOPLE),
        dc.FreezeDraw(),
        dc.HoldDraw(public="31415926535"),
    ):
        host.venue.ask(command, PROCTOR)
    host.close()
    return path


def recorded(path: Path) -> list[bytes]:
    """The entries in the file, read without changing anything; the journal checks its own tree."""
    journal = Journal.open(path, readonly=True)
    try:
        return [entry for _, entry in journal.entries()]
    finally:
        journal.close()


def records(path: Path) -> list[Record]:
    return [decode(raw) for raw in recorded(path)]


def state_of(path: Path) -> State:
    return replay(records(path))


def receipts_in(state: State) -> dict[tuple[str, str, int], str]:
    """seat, room, lot → code, as the journal has it."""
    return {
        (seat, a.room, a.lot): sheet.receipt
        for a in state.appearances.values()
        for seat, sheet in a.sheets.items()
    }


class Laptop:
    """The child process."""

    def __init__(self, event: Path) -> None:
        self.event = event
        self.port = free_port()
        self.links: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, on the port it had before."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.laptop", str(self.event), str(self.port)],
            cwd=ROOT,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        ready = await self._heard()
        self.port, self.links = ready["port"], ready["links"]

    async def refused(self) -> str:
        """Start it where it must not run: the code of the fault it ends with."""
        process = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "tests.faults.laptop", str(self.event), str(self.port)],
            cwd=ROOT,
            env=dict(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        assert process.returncode != 0, "it ran"
        return process.stderr.decode().strip().rpartition("Known: ")[2].partition(" ")[0].strip()

    async def _heard(self) -> dict[str, Any]:
        assert self._process is not None and self._process.stdout is not None
        line = await asyncio.to_thread(self._process.stdout.readline)
        assert line, "the laptop's program ended"
        found: dict[str, Any] = json.loads(line)
        return found

    async def do(self, what: str, **more: Any) -> dict[str, Any]:
        """Tell it something and hear what came of it."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")
        self._process.stdin.flush()
        return await self._heard()

    async def ask(self, command: c.Command) -> str:
        """What the proctor asks; the code of the refusal, or ''."""
        answer = await self.do("ask", command=msgspec.to_builtins(command))
        return str(answer.get("known", ""))

    def kill(self) -> None:
        """SIGKILL: no chance to say anything."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def close(self) -> int:
        """Let it end well."""
        assert self._process is not None
        self._process.communicate()
        return self._process.returncode


class Seat(StationEvents):
    """A robot in a seat; it marks what is open in `rooms` and remembers every receipt."""

    def __init__(self, seat: str, rooms: frozenset[str]) -> None:
        self.seat = seat
        self.rooms = rooms
        self.box = MemoryOutbox()
        self.receipts: dict[tuple[str, str, int], m.Receipt] = {}
        self.refused: list[str] = []
        self.client: StationClient
        self._given: set[tuple[str, int]] = set()

    async def sit(self, link: str, http: aiohttp.ClientSession) -> None:
        pairing = await join(read_link(link), f"robot {self.seat}", http=http)
        self.client = StationClient(pairing, outbox=self.box, events=self, http=http, pace=BRISK)
        self.task = asyncio.create_task(self.client.run())

    def marks(self) -> Mapping[str, str]:
        return {"overall": "8"} if self.seat.startswith("OBS") else MARKS

    def on_view(self, view: m.View) -> None:
        for task in view.tasks:
            if task.room in self.rooms and (task.room, task.lot) not in self._given:
                self.give(task.room, task.lot)

    def give(self, room: str, lot: int) -> str:
        self._given.add((room, lot))
        return self.client.submit(room, lot, dict(self.marks()))

    def on_receipt(self, receipt: m.Receipt) -> None:
        key = (self.seat, receipt.room, receipt.lot)
        assert self.receipts.setdefault(key, receipt).code == receipt.code, "one sheet, one receipt"

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        self.refused.append(f"{sheet.seat} {sheet.room}/{sheet.lot}: {refused.code}")

    def clock(self, room: str) -> m.ClockView | None:
        """The room's clock as this seat is shown it."""
        view = self.client.view
        floor = next((f for f in view.floor if f.room == room), None) if view is not None else None
        return floor.clock if floor is not None else None

    @property
    def online(self) -> bool:
        return self.client.link is Link.ONLINE

    async def leave(self) -> None:
        await self.client.close()
        await self.task


async def soon(reached: Callable[[], bool], what: str, patience: float = 60) -> None:
    """Wait until it is so; the patience is for a machine with other work, nothing is measured."""
    try:
        async with asyncio.timeout(patience):
            while not reached():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"still waiting: {what}") from None
