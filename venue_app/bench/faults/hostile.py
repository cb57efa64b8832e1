"""The hostile against the real server, with an honest judge at work beside them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.bench.child import Child
from venue_app.bench.faults.tally import stored
from venue_app.bench.figures import milliseconds, percentile, seconds
from venue_app.bench.hall import MARKS, pairing, seat_id, token
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import decode
from venue_app.host.audit import audit
from venue_app.lan.client import StationClient

_JUDGE, _VICTIM = 1, 2
_LIARS = range(3, 11)
#: A seat that another device has taken meanwhile, and devices of an event that is over.
_EARLIER, _OF_ANOTHER = 11, (5001, 5002, 5003)
_ROOMS = 100
_EVERY_S = 0.2
_GUESSES = 30


def bench_hostile(home: Path, frames: int, idle: int) -> dict[str, Any]:
    """`frames` lies and noise, `idle` silent sockets, guessed codes, slow and foreign requests. Counts.

    `taken`: hostile sheets with a receipt or in the file. `judge_p99_ms`: the honest judge's round trip, from sending to
    the receipt, while all that went on; `judge_calm_ms` before. `old_let_in`: devices of an earlier event, or that had a seat before another took it, that got in or had a sheet taken.
    `secrets_logged`: tokens and codes found in the log.
    `attackers_cpu_s`, `laptop_cpu_s`: the processor time of both, from beginning to end: they share one machine here.
    Raises `Known` bench.ended.
    """
    file, log = home / "hostile.venue", home / "hostile.log"
    words = (str(file), "127.0.0.1", "0", str(_EARLIER), str(_ROOMS), str(log))
    with Child("venue_app.bench.faults.laptop", *words, home=home) as laptop:
        about = laptop.hear()
        laptop.ask({"do": "reseat", "seat": _EARLIER})
        with Child("venue_app.bench.faults.attack", home=home) as attackers:
            told = {
                "frames": frames,
                "idle": idle,
                "guesses": _GUESSES,
                "victim": _VICTIM,
                "old": [_EARLIER, *_OF_ANOTHER],
            }
            calm, meanwhile, found = asyncio.run(_judge(about, attackers, told | {"seats": list(_LIARS)}))
            attackers.end()
        used = laptop.ask({"do": "size"})["cpu_ns"]
        complaint = laptop.end()
    codes = found.pop("codes")
    _, entries = stored(file)
    held = [r.data for r in map(decode, entries) if isinstance(r.data, SheetReceived)]
    said = log.read_text("utf-8", errors="replace")
    secret = [token(number) for number in (_JUDGE, _VICTIM, *_LIARS, _EARLIER, *_OF_ANOTHER)] + codes
    return {
        **found,
        "taken": found.get("taken", 0) + sum(sheet.seat != seat_id(_JUDGE) for sheet in held),
        "judge_sheets": len(calm) + len(meanwhile),
        "judge_lost": len(calm) + len(meanwhile) - sum(sheet.seat == seat_id(_JUDGE) for sheet in held),
        "judge_calm_ms": milliseconds(percentile(calm, 99)),
        "judge_p50_ms": milliseconds(percentile(meanwhile, 50)),
        "judge_p99_ms": milliseconds(percentile(meanwhile, 99)),
        "laptop_cpu_s": seconds(used),
        "mistakes": said.count("Traceback") + complaint.count("Traceback"),
        "secrets_logged": sum(word in said for word in secret),
        "unsound": sum(check.ok is False for check in audit(entries)),
    }


async def _judge(
    about: dict[str, Any], attackers: Child, told: dict[str, Any]
) -> tuple[list[int], list[int], dict[str, Any]]:
    """Half of the judge's sheets before the attack, the other half spread over it."""
    client = StationClient(pairing(_JUDGE, f"https://127.0.0.1:{about['port']}", about))
    running = asyncio.create_task(client.run())
    await client.until(lambda view: bool(view.tasks))
    rooms = iter(range(1, _ROOMS + 1))

    async def one() -> int:
        began = monotonic_ns()
        await client.send(f"R{next(rooms)}", 1, dict(MARKS))
        return monotonic_ns() - began

    calm = [await one() for _ in range(_ROOMS // 2)]
    attack = asyncio.create_task(asyncio.to_thread(attackers.ask, about | told))
    meanwhile = []
    for _ in range(_ROOMS // 2):
        await asyncio.sleep(_EVERY_S)
        meanwhile.append(await one())
    found = await attack
    await client.close()
    await running
    return calm, meanwhile, found
