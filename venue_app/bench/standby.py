"""A laptop killed while sheets arrive, and its standby: what it costs to be in step, and how soon the event goes on."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.base.errors import Known
from venue_app.bench.child import Child
from venue_app.bench.figures import milliseconds, percentile, seconds
from venue_app.bench.hall import MARKS, pairing
from venue_app.bench.standby_host import HOST
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.lan.client import Link, StationClient, StationEvents, http_session
from venue_app.lan.link import base_url, read_link
from venue_app.lan.messages import Receipt
from venue_app.lan.pace import Pace
from venue_app.seal.keys import VenueKeys, load_or_create

_PATIENCE_S = 60
#: Sheets leave one after the other within this time; the laptop is killed in the middle.
_SPREAD_S = 1.0


class _Station(StationEvents):
    """A station with the shipped pace, and when each of its receipts came, by room (monotonic ns)."""

    def __init__(self, number: int, told: dict[str, Any], http: Any) -> None:
        self.receipts: dict[str, tuple[int, Receipt]] = {}
        self.client = StationClient(pairing(number, told["url"], told), events=self, http=http, pace=Pace())
        self.task = asyncio.create_task(self.client.run())

    def on_receipt(self, receipt: Receipt) -> None:
        self.receipts.setdefault(receipt.room, (monotonic_ns(), receipt))


def bench_standby(stations: int, folder: Path) -> dict[str, Any]:
    """The figures; `folder` is on the disk that is meant, and is left as it was.

    `alone_p50_ms`, `alone_p99_ms`: from sending to the receipt without a standby; `in_step_…` with one that follows.
    `noticed_s`: from the kill until the standby says so. `serving_s`, `first_s`, `all_s`: from the decision
    until it serves, until the first sheet is acknowledged there, until every station's is. `acknowledged`: sheets of the
    killed second with a receipt from the first laptop; `lost`: how many receipts of all rooms are not in the standby's journal.
    Raises `Known` bench.ended, bench.never.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        with Child("venue_app.bench.standby_host", str(home), str(stations), home=home) as host:
            return asyncio.run(_measure(stations, home, host))


async def _measure(stations: int, home: Path, host: Child) -> dict[str, Any]:
    told = await asyncio.to_thread(host.hear)
    keys, file, port = load_or_create(home / "second"), home / "second.venue", _free_port()
    async with http_session() as http:
        crowd = [_Station(number, told, http) for number in range(1, stations + 1)]
        await _until(lambda: all(one.client.link is Link.ONLINE for one in crowd))
        alone = await _ring(crowd, "R1")
        follower = await asyncio.to_thread(_follow, told["link"], file, keys, port)
        in_step = await _ring(crowd, "R2")
        known, noticed = await _killed(crowd, host, follower)
        decided = monotonic_ns()
        taken = await asyncio.to_thread(_take_over, follower, file, keys, port)
        serving = monotonic_ns()
        await _until(lambda: all("R3" in one.receipts for one in crowd))
        came = [at for one in crowd for at, _ in (one.receipts["R3"],) if at > decided]
        for one in crowd:
            await one.client.close()
            await one.task
    lost = _lost(crowd, taken)
    await asyncio.to_thread(taken.close)
    return {
        "stations": stations,
        "alone_p50_ms": milliseconds(percentile(alone, 50)),
        "alone_p99_ms": milliseconds(percentile(alone, 99)),
        "in_step_p50_ms": milliseconds(percentile(in_step, 50)),
        "in_step_p99_ms": milliseconds(percentile(in_step, 99)),
        "noticed_s": seconds(noticed),
        "serving_s": seconds(serving - decided),
        "first_s": seconds(min(came, default=decided) - decided),
        "all_s": seconds(max(came, default=decided) - decided),
        "acknowledged": known,
        "lost": lost,
    }


async def _ring(crowd: list[_Station], room: str) -> list[float]:
    """One sheet from each within a second; from sending to the receipt, in ns."""
    sent: dict[_Station, int] = {}
    for one in crowd:
        sent[one] = monotonic_ns()
        one.client.submit(room, 1, dict(MARKS))
        await asyncio.sleep(_SPREAD_S / len(crowd))
    await _until(lambda: all(room in one.receipts for one in crowd))
    return [float(one.receipts[room][0] - at) for one, at in sent.items()]


async def _killed(crowd: list[_Station], host: Child, follower: Follower) -> tuple[int, int]:
    """Sheets on their way, the laptop killed in the middle: how many had receipts, and how soon the standby knew."""
    for at, one in enumerate(crowd):
        if at == len(crowd) // 2:
            await asyncio.to_thread(host.kill)
            died = monotonic_ns()
        one.client.submit("R3", 1, dict(MARKS))
        await asyncio.sleep(_SPREAD_S / len(crowd))
    if not await asyncio.to_thread(follower.wait, lambda now: now.link is not Link.ONLINE, _PATIENCE_S):
        raise Known("bench.never", seconds=_PATIENCE_S)
    return sum("R3" in one.receipts for one in crowd), monotonic_ns() - died


def _follow(link: str, file: Path, keys: VenueKeys, port: int) -> Follower:
    pairing = join_as_standby(read_link(link), "second laptop")
    follower = Follower(pairing, file, keys, [base_url(HOST, port)])
    if not follower.wait(lambda now: now.in_step and now.named, _PATIENCE_S):
        follower.close()
        raise Known("bench.never", seconds=_PATIENCE_S)
    return follower


def _take_over(follower: Follower, file: Path, keys: VenueKeys, port: int) -> EventHost:
    follower.close()
    host = promote(file, keys, reason="bench", names=("bench 1", "bench 2"))
    host.start_lan(HOST, port)
    return host


def _lost(crowd: list[_Station], host: EventHost) -> int:
    """Receipts that were shown and are not in the standby's journal."""
    kept = {
        (seat, room): sheet.receipt
        for (room, _), appearance in host.venue.state.appearances.items()
        for seat, sheet in appearance.sheets.items()
    }
    return sum(
        kept.get((one.client.pairing.seat, room)) != receipt.code
        for one in crowd
        for room, (_, receipt) in one.receipts.items()
    )


async def _until(reached: Callable[[], bool]) -> None:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while not reached():
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise Known("bench.never", seconds=_PATIENCE_S) from None


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])
