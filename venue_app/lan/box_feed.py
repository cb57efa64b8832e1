"""Papers of open polls on their way to the standby: whole at first, then change by change, never before the entries they rest on.

Nothing here is logged or kept. A message holds no order: papers ascend by their bytes, filled up to one length, and numbers
of slips ascend.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator

from venue_app.journal.box_change import BoxChange
from venue_app.lan import standby_messages as s
from venue_app.lan.feed import CHUNK


class BoxFeed:
    """One standby's. Used in the server's loop."""

    def __init__(self, send: Callable[[s.Papers], Awaitable[None]], size: int) -> None:
        """`size`: how many entries the standby has."""
        self._send = send
        self._size = size
        self._ready: deque[tuple[int, int, BoxChange]] = deque()
        self._known: set[str] = set()
        self._more = asyncio.Event()
        self.sent = 0
        """The number of the last change that was sent."""

    def hear(self, size: int, number: int, change: BoxChange) -> None:
        """A change, with its number; it is sent once the standby was sent `size` entries.

        A box it was not told whole on this connection is told whole soon, with this change in it.
        """
        if change.whole:
            self._known.add(change.poll)
        elif change.poll and change.poll not in self._known:
            return
        self._ready.append((size, number, change))
        self._more.set()

    def sent_entries(self, size: int) -> None:
        """The standby was sent the first `size` entries."""
        self._size = size
        self._more.set()

    async def run(self) -> None:
        """Send until the connection ends."""
        while True:
            await self._more.wait()
            if not self._ready or self._ready[0][0] > self._size:
                self._more.clear()
                continue
            _, self.sent, change = self._ready.popleft()
            for message in parts(self.sent, change):
                await self._send(message)


def parts(number: int, change: BoxChange) -> Iterator[s.Papers]:
    """A change as messages of a bounded length; the standby takes them together."""
    most = max(1, CHUNK // max(1, change.longest))
    put = [change.put[at : at + most] for at in range(0, len(change.put), most)] or [()]
    for at, bodies in enumerate(put):
        yield s.Papers(
            number=number,
            poll=change.poll,
            whole=change.whole,
            more=at < len(put) - 1,
            put=tuple(body.ljust(change.longest) for body in bodies),
            removed=() if at else tuple(body.ljust(change.longest) for body in change.removed),
            used=() if at else change.used,
            exchanged=() if at else change.exchanged,
        )


class BoxParts:
    """At the standby: the messages of a change, put together again."""

    def __init__(self) -> None:
        self._parts: list[s.Papers] = []

    def take(self, message: s.Papers) -> BoxChange | None:
        """The whole change, once this was the last message of it."""
        self._parts.append(message)
        if message.more:
            return None
        found, self._parts = self._parts, []
        first = found[0]
        return BoxChange(
            poll=first.poll,
            whole=first.whole,
            put=tuple(body.rstrip(b" ") for part in found for body in part.put),
            removed=tuple(body.rstrip(b" ") for body in first.removed),
            used=first.used,
            exchanged=first.exchanged,
        )
