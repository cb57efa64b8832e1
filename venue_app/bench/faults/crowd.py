"""Real station programs in a process of their own, so that they too can be killed or cut off.

    python -m venue_app.bench.faults.crowd FOLDER

The first line of input says where the laptop is; then each line is a thing to do. Everything a judge would see is said as
it happens: `{"kept": id, …}` when a sheet is safe on the station, `{"receipt": id, "code": …}`, `{"refused": …}`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from venue_app.bench import child
from venue_app.bench.hall import MARKS, pairing, seat_id
from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, http_session
from venue_app.lan.outbox import FileOutbox
from venue_app.lan.pace import Pace

#: A station's own pace but for the waits: what takes a judge seconds is to be seen at once.
_PACE = Pace(ping_s=0.5, silence_s=6.0, resend_s=3.0, first_wait_s=0.05, longest_wait_s=0.5)


class Seat(StationEvents):
    """One station, its sheets kept in files."""

    def __init__(self, number: int, told: dict[str, Any], folder: Path, http: Any) -> None:
        self._sheets: list[m.Sheet] = []
        self._box = FileOutbox(folder / seat_id(number))
        self.client = StationClient(
            pairing(number, told["url"], told), outbox=self._box, events=self, http=http, pace=_PACE
        )
        for sheet in self._box.pending():
            self._say_kept(sheet.id, sheet.room)

    def _say_kept(self, sheet: str, room: str) -> None:
        child.say({"kept": sheet, "seat": self.client.pairing.seat, "room": room})

    def on_view(self, view: m.View) -> None:
        """The judge sees what was sent, also what another process of this station sent before it was killed."""
        for sent in view.sent:
            self._say_kept(sent.id, sent.room)
            child.say({"seen": sent.id, "code": sent.code})

    def on_receipt(self, receipt: m.Receipt) -> None:
        """The judge sees the code."""
        child.say({"receipt": receipt.id, "code": receipt.code})

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        """The judge sees why not."""
        child.say({"refused": sheet.id, "code": refused.code})

    def mark(self, room: str) -> None:
        """A sheet for the room's candidate."""
        sheet = self.client.submit(room, 1, dict(MARKS))
        self._say_kept(sheet, room)
        self._sheets += [s for s in self._box.pending() if s.id == sheet]

    def again(self) -> None:
        """Every sheet once more, the newest first, as if no receipt had come: the next ping sends them."""
        for sheet in reversed(self._sheets):
            self._box.add(sheet)


async def _mark(seats: list[Seat], told: dict[str, Any]) -> None:
    wanted = {seat_id(number) for number in told["seats"]} if "seats" in told else None
    marking = [s for s in seats if wanted is None or s.client.pairing.seat in wanted]
    for seat in marking:
        seat.mark(told["room"])
        await asyncio.sleep(told["spread_ms"] / 1000 / len(marking))


async def do(seats: list[Seat], told: dict[str, Any]) -> dict[str, Any]:
    """One thing to do; what became of it."""
    match told["do"]:
        case "mark":
            await _mark(seats, told)
        case "again":
            for seat in seats:
                seat.again()
        case "move":
            for seat in seats:
                seat.client.url = told["url"]
                seat.client.retry()
    online = sum(s.client.link is Link.ONLINE and s.client.view is not None for s in seats)
    return {"online": online, "pending": sum(len(seat.client.pending()) for seat in seats)}


async def run(folder: Path) -> None:
    """Sit down, then do as told until there are no more words."""
    told = await child.listen()
    assert told is not None
    async with http_session() as http:
        seats = [Seat(number, told, folder, http) for number in told["seats"]]
        runs = [asyncio.create_task(seat.client.run()) for seat in seats]
        while (told := await child.listen()) is not None:
            child.say({"done": told["do"], **await do(seats, told)})
        await asyncio.gather(*(seat.client.close() for seat in seats))
        await asyncio.gather(*runs)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
