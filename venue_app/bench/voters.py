"""Phones that vote, in one process of their own: a TLS connection for each request, as phones that slept in between.

    python -m venue_app.bench.voters

The line of input says where, on what and with which slips; the line of output how long each took and what it was told.
"""

from __future__ import annotations

import asyncio
import gc
from time import monotonic_ns
from typing import Any

import aiohttp

from venue_app.base.ids import random_code
from venue_app.bench import child
from venue_app.lan.tls import KeyPin, small_buffers

_AGAIN = 10
_AGAIN_S = 3.0
_TRIES = 20
_GRADES = "ABCDE"


def paper(people: list[str], number: int) -> dict[str, dict[str, list[str]]]:
    """Every person marked in five aspects; each voter a little differently."""
    return {
        name: {str(item): [_GRADES[(number + place * item) % 5]] for item in range(1, 6)}
        for place, name in enumerate(people)
    }


class Phone:
    """One voter. `spent` holds the nanoseconds of each request by its path."""

    def __init__(self, http: aiohttp.ClientSession, told: dict[str, Any], number: int) -> None:
        self._http = http
        self._base = f"https://127.0.0.1:{told['port']}/b"
        self._pin = KeyPin(bytes.fromhex(told["pin"]))
        self._slip = told["slips"][number]
        self._body = {
            "slip": self._slip,
            "poll": told["poll"],
            "code": random_code(12),
            "marks": paper(told["people"], number),
        }
        self._again = number % _AGAIN == 0
        self.spent: dict[str, int] = {}
        self.counted = ""

    async def vote(self, delay: float) -> None:
        """Wait for its turn, look at the slip, send the paper, some a second time."""
        await asyncio.sleep(delay)
        await self._ask("open", {"slip": self._slip})
        said = await self._ask("send", self._body)
        if self._again:
            said = await self._ask("send", self._body)
        self.counted = said.get("counted", "")

    async def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask until there is an answer, as the page does; all the waiting counts."""
        begun = monotonic_ns()
        for _ in range(_TRIES):
            try:
                async with self._http.post(f"{self._base}/{path}", json=body, ssl=self._pin) as answer:
                    said: dict[str, Any] = await answer.json()
                break
            except (aiohttp.ClientError, TimeoutError, ValueError):
                await asyncio.sleep(_AGAIN_S)
        else:
            return {}
        self.spent[path] = max(self.spent.get(path, 0), monotonic_ns() - begun)
        return said


async def run() -> None:
    """Everybody votes, evenly over the time given."""
    told = await child.listen()
    assert told is not None
    small_buffers()
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        phones = [Phone(http, told, number) for number in range(len(told["slips"]))]
        gc.collect()
        gc.freeze()
        step = told["seconds"] / len(phones)
        await asyncio.gather(
            *(phone.vote(at * step) for at, phone in enumerate(phones)), return_exceptions=True
        )
    child.say(
        {
            "open": [phone.spent["open"] for phone in phones if "open" in phone.spent],
            "send": [phone.spent["send"] for phone in phones if "send" in phone.spent],
            "counted": [phone.counted for phone in phones if phone.counted],
        }
    )


if __name__ == "__main__":
    asyncio.run(run())
