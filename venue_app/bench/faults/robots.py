"""Stations that mark whatever is put before them, in a process of their own.

    python -m venue_app.bench.faults.robots

The first line of input says where and which seats; then each line is answered with the receipts shown so far.
"""

from __future__ import annotations

import asyncio

from venue_app.bench import child
from venue_app.bench.hall import MARKS, pairing, seat_id
from venue_app.lan.client import StationClient, http_session
from venue_app.lan.pace import Pace
from venue_app.rehearsal.robots import Robot, Tally


async def run() -> None:
    """Sit down and mark until there are no more words."""
    told = await child.listen()
    assert told is not None
    tally = Tally({}, [], [])
    async with http_session() as http:
        robots, runs = [], []
        for number in told["seats"]:
            robot = Robot(seat_id(number), lambda _seat, _room, _lot: MARKS, tally)
            robot.client = StationClient(
                pairing(number, f"https://127.0.0.1:{told['port']}", told),
                events=robot,
                http=http,
                pace=Pace(ping_s=told["ping_s"]),
            )
            robots.append(robot.client)
            runs.append(asyncio.create_task(robot.client.run()))
        child.say({"seats": len(robots)})
        while await child.listen() is not None:
            receipts = [code for _, code in sorted(tally.receipts.items())]
            child.say({"receipts": receipts, "refused": tally.refused, "gone": tally.lost_link})
        await asyncio.gather(*(client.close() for client in robots))
        await asyncio.gather(*runs)


if __name__ == "__main__":
    asyncio.run(run())
