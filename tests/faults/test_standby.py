"""The laptop dies for good while sheets arrive; its standby, a second program with keys of its own, goes on.

Real programs, TLS and kill -9: `venue-app standby` follows on the loopback, two people decide, the stations find it.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from tests.faults.hall import ROOT, Laptop, Seat, lay_out, receipts_in, recorded, soon, state_of
from tests.ports import free_port
from tests.waits import BRISK
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.hosts import HostPromoted, StandbyNamed
from venue_app.domain.record import decode
from venue_app.host.audit import audit
from venue_app.lan.client import http_session, join
from venue_app.lan.line import Link
from venue_app.lan.link import read_link
from venue_app.lan.place_client import PlaceClient

PEOPLE, OBSERVERS, JUDGES = 24, 4, 7


class Standby:
    """`venue-app standby` on a machine of its own, as far as its keys and files go."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.file = home / "followed.venue"
        self.said: list[str] = []
        self.port = free_port()

    async def start(self, link: str) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "main.py", "--language", "en", "standby", link, "--name", "second laptop"),
                *("--file", str(self.file), "--host", "127.0.0.1", "--port", str(self.port)),
            ],
            cwd=ROOT,
            env={**os.environ, "VENUE_APP_HOME": str(self.home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.hearing = asyncio.create_task(asyncio.to_thread(self._hear))

    def _hear(self) -> None:
        assert self.process.stdout is not None
        self.said.extend(iter(self.process.stdout.readline, ""))

    def heard(self, words: str) -> bool:
        return any(words in line for line in self.said)

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    async def stop(self) -> None:
        self.process.terminate()
        await asyncio.to_thread(self.process.wait)
        await self.hearing


async def asked(console: PlaceClient, command: c.Command) -> None:
    """As a person presses: again, while the journal is not there yet."""
    for _ in range(500):
        try:
            await console.ask(command)
        except Known as early:
            assert early.code == "lan.offline"
            await asyncio.sleep(0.02)
        else:
            return
    raise AssertionError("the console was never ready")


async def test_the_standby_goes_on_and_nothing_acknowledged_is_lost(tmp_path):
    event = lay_out(tmp_path / "e.venue", PEOPLE, OBSERVERS)
    (tmp_path / "second").mkdir()
    laptop, second = Laptop(event), Standby(tmp_path / "second")
    await laptop.start()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(http_session())
        links = await laptop.do("standby")
        await second.start(links["standby"])
        stack.push_async_callback(second.stop)
        console = PlaceClient(
            await join(
                read_link(links["console-R2"]), "console", http=http, person="罗静宜", wants=("proctor",)
            ),
            http=http,
            pace=BRISK,
        )
        running = asyncio.create_task(console.run())
        seats: list[Seat] = []
        for name, link in laptop.links.items():
            seat = Seat(name, frozenset() if name.startswith("R2") else frozenset({"R1"}))
            await seat.sit(link, http)
            stack.push_async_callback(seat.leave)
            seats.append(seat)
        await soon(lambda: all(seat.online for seat in seats), "all stations connected")
        await soon(lambda: second.heard("in step,"), "the standby is in step")
        assert (await laptop.do("step"))["step"] == "in-step"

        assert await laptop.ask(c.CallCandidate(room="R2", lot=1)) == ""
        assert await laptop.ask(c.StartStage(room="R2", stage="speech")) == ""
        await laptop.do("run", room="R1")
        told = lambda: {key: r.code for seat in seats for key, r in seat.receipts.items()}  # noqa: E731
        await soon(lambda: len(told()) > 20, "sheets arrive")
        await asyncio.sleep(secrets.randbelow(400) / 1000)
        laptop.kill()
        await soon(lambda: not any(seat.online for seat in seats), "the stations notice")
        await soon(lambda: second.heard("the line is down"), "the standby notices")
        assert second.heard("everything acknowledged until then is here")
        shown = told()
        mine = next(seat for seat in seats if seat.seat == "R2-3")
        mine.give("R2", 1)  # a judge goes on while no host is there

        second.type("p", "the laptop is dead", "监督员甲", "公证员乙")
        await soon(lambda: all(seat.online for seat in seats), "the stations find the standby by themselves")
        await soon(lambda: (mine.seat, "R2", 1) in mine.receipts, "the kept sheet is acknowledged there")
        await soon(lambda: console.link is Link.ONLINE and console.size > 0, "the console finds it too")
        await asked(console, c.ResumeStage(room="R2"))
        assert {seat.client.pairing.epoch for seat in seats} == {2}

        again = Laptop(event)
        again.port = laptop.port
        assert await again.refused() == "standby.superseded_at"
        shown |= told()
        await console.close()
        await running
    final = state_of(second.file)
    assert shown.items() <= receipts_in(final).items(), "an acknowledged sheet is missing"
    assert shown.keys() >= {(mine.seat, "R2", 1)} and len(shown) > 21
    entries = recorded(second.file)
    old = recorded(event)
    at = next(n for n, raw in enumerate(entries) if b'"kind":"host.promoted"' in raw)
    assert entries[:at] == old[:at], "the record goes on from the first laptop's own"
    promoted = decode(entries[at]).data
    assert isinstance(promoted, HostPromoted)
    assert (promoted.epoch, promoted.reason, promoted.in_step) == (2, "the laptop is dead", True)
    assert promoted.names == ("监督员甲", "公证员乙") and promoted.size == at
    named = [d for raw in old if isinstance(d := decode(raw).data, StandbyNamed)]
    assert [one.keys for one in named] == [promoted.keys]
    assert [check.code for check in audit(entries) if check.ok is False] == []
