"""Robots in the seats: real stations over TLS that mark whatever is put before them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp

from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, join
from venue_app.lan.link import JoiningLink

#: seat, room, lot → the marks to give, or None for a seat that gives none.
Answers = Callable[[str, str, int], Mapping[str, str] | None]


@dataclass
class Tally:
    """What all robots together have seen: receipts by seat, room and lot, and refusals in words."""

    receipts: dict[tuple[str, str, int], str]
    refused: list[str]
    lost_link: list[str]


class Robot(StationEvents):
    """One seat."""

    def __init__(self, seat: str, answers: Answers, tally: Tally) -> None:
        self.seat = seat
        self._answers = answers
        self._tally = tally
        self._given: set[tuple[str, int]] = set()
        self.client: StationClient | None = None

    async def sit_down(self, link: JoiningLink, http: aiohttp.ClientSession) -> asyncio.Task[Link]:
        """Join and stay connected in the background."""
        pairing = await join(link, f"robot {self.seat}", http=http)
        self.client = StationClient(pairing, events=self, http=http)
        return asyncio.create_task(self.client.run())

    def on_view(self, view: m.View) -> None:
        """Mark every lot that is open and has not been marked."""
        assert self.client is not None
        for task in view.tasks:
            marks = self._answers(self.seat, task.room, task.lot)
            if marks is not None and (task.room, task.lot) not in self._given:
                self._given.add((task.room, task.lot))
                self.client.submit(task.room, task.lot, dict(marks))

    def on_receipt(self, receipt: m.Receipt) -> None:
        """Write the code down, as a judge would."""
        self._tally.receipts[(self.seat, receipt.room, receipt.lot)] = receipt.code

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        """A robot is never refused in a sound rehearsal."""
        self._tally.refused.append(f"{sheet.seat} {sheet.room}/{sheet.lot}: {refused.text}")

    def on_link(self, link: Link) -> None:
        """Remember a seat that was turned away."""
        if link in (Link.REFUSED, Link.RELEASED, Link.REPLACED):
            self._tally.lost_link.append(self.seat)
