"""The host's side of its standby: who it is; the journal, open boxes and secrets out; and how much of it is safe there."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from aiohttp import web

from venue_app.base.errors import Known
from venue_app.domain.roles import Role
from venue_app.journal import Journal
from venue_app.journal.box_change import BoxChange
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.box_feed import BoxFeed
from venue_app.lan.connection import Closing
from venue_app.lan.feed import CHUNK
from venue_app.lan.hosting import Hosting
from venue_app.lan.lockstep import Lockstep
from venue_app.lan.ports import News
from venue_app.lan.role_session import RoleSession, RoleShared
from venue_app.state.places import actor_at, place_of

#: A photograph takes its turn between what is more urgent: so many seconds between two parts of it.
_PAUSE_S = 0.05


class StandbyShared(RoleShared, Protocol):
    """What the hub shares with the standby besides."""

    lockstep: Lockstep
    hosting: Hosting

    def tell_boxes(self) -> None:
        """Let the standby hear all that is in the boxes of open polls."""


class StandbySession(RoleSession):
    """The standby laptop that is connected."""

    def __init__(
        self, hub: StandbyShared, ws: web.WebSocketResponse, address: str, transport: asyncio.Transport
    ) -> None:
        super().__init__(hub, ws, address, transport)
        self._hub = hub
        self._noted = 0
        self._roots: dict[int, str] = {}
        self._boxes: BoxFeed | None = None
        self._secrets: set[str] = set()
        self._showing = False

    def read(self, frame: str | bytes) -> Any:
        """What a standby sent."""
        return s.read_from_standby(frame)

    def admits(self, seat: str) -> bool:
        """The standby's place alone."""
        place = place_of(self.hub.port.state, seat)
        return place is not None and place.role is Role.STANDBY

    async def serve(self, message: Any) -> None:
        """Its offer, its wish for the journal, or how much it has."""
        match message:
            case s.Offer():
                self._hub.hosting.named(actor_at(self.hub.port.state, self.place), message.keys, message.urls)
            case r.Follow():
                if self._feed is None:
                    self._roots[message.size] = message.root
                    self._boxes = BoxFeed(self.send, message.size)
                    self._hub.lockstep.met(self, message.size, self._now())
                    await self._tell_secrets()
                    self.background(self._feed_boxes(self._boxes))
                    self._hub.tell_boxes()
                    self.follow(message)
            case s.Have():
                if not self._fits(message):
                    await self.dismiss(Known("lan.other_history", size=message.size))
                    raise Closing
                before = self._hub.lockstep.waits
                self._hub.lockstep.has(self, message.size, self.hub.port.state.size, self._now())
                await self._now_in_step(before)
            case s.Safe():
                if (
                    self._boxes is None or message.number > self._boxes.sent
                ):  # what nobody has is not acknowledged
                    await self.dismiss(Known("lan.malformed"))
                    raise Closing
                before = self._hub.lockstep.waits
                self._hub.lockstep.keeps(self, message.number, self.hub.port.state.size, self._now())
                await self._now_in_step(before)

            case s.Want():
                if not self._showing:  # one at a time
                    self._showing = True
                    self.background(self._tell_picture(message.digest))
            case s.Trouble():
                self._hub.lockstep.stuck(self, message.disk, self._now())

    async def _now_in_step(self, before: bool) -> None:
        if self._hub.lockstep.waits and not before:
            await self._tell_standing()

    async def _feed_boxes(self, feed: BoxFeed) -> None:
        try:
            await feed.run()
        except Closing:
            await self.leave()

    def hear_box(self, number: int, change: BoxChange) -> None:
        """A change of an open poll's box; the entries it rests on are in the journal by now."""
        if self._boxes is not None:
            self._boxes.hear(self.hub.port.state.size, number, change)

    async def _tell_secrets(self) -> None:
        secrets = self.hub.port.kept
        if fresh := {name: secrets[name] for name in secrets.keys() - self._secrets}:
            self._secrets |= fresh.keys()
            await super().send(s.Secrets(secrets=fresh))

    async def _tell_picture(self, digest: str) -> None:
        """A photograph of record, part by part, so that what a judge sent never waits for a picture."""
        data = b""
        if digest in self.hub.port.state.photos.values():
            data = await asyncio.to_thread(self._hub.hosting.picture, digest)
        ends = range(CHUNK, len(data), CHUNK)
        for end in ends:
            await self.say(s.Picture(digest=digest, data=data[end - CHUNK : end], more=True))
            await asyncio.sleep(_PAUSE_S)
        self._showing = False
        await self.say(s.Picture(digest=digest, data=data[len(ends) * CHUNK :]))

    def _fits(self, have: s.Have) -> bool:
        """Whether it has what was sent to it, and no more: an answer must not go out for what nobody has."""
        fits = self._roots.get(have.size) == have.root
        self._roots = {size: root for size, root in self._roots.items() if size > have.size}
        return fits

    async def send(self, message: Any) -> None:
        """Send; under which root the standby must have it is remembered until it says so. Secrets go before entries."""
        if not isinstance(message, r.Entries):
            await super().send(message)
            return
        end = message.first + len(message.entries)
        self._roots[end] = message.root
        await self._tell_secrets()
        await super().send(message)
        if self._boxes is not None:
            self._boxes.sent_entries(end)

    async def _serve(self, message: Any) -> None:
        await super()._serve(message)
        if isinstance(message, m.Ping):
            await self._tell_standing()
            self._tell_notes()

    def done(self, sub: str, answer: Any) -> Any:
        """A standby asks nothing."""
        raise Known("lan.internal")

    def refresh(self, now: News) -> None:
        """Nothing to show beyond the journal."""

    def over(self) -> None:
        """The connection is over."""
        self._hub.lockstep.left(self, self._now())

    async def _tell_standing(self) -> None:
        await self.send(s.Standing(size=self.hub.port.state.size, waits=self._hub.lockstep.waits))

    def _tell_notes(self) -> None:
        loop = asyncio.get_running_loop()

        def read(journal: Journal) -> None:
            notes = journal.checkpoints()[self._noted :]
            if notes and not loop.is_closed():
                loop.call_soon_threadsafe(self._send_notes, notes)

        self.hub.port.with_journal(read)

    def _send_notes(self, notes: list[bytes]) -> None:
        self._noted += len(notes)
        self.background(self.say(s.Notes(notes=tuple(note.decode() for note in notes))))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
