"""From any thread into the server's loop: many things at once, with one wake-up for all of them.

To wake a loop costs a system call and a turn of the interpreter; a commit that answers two hundred
stations pays for it once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

_SLICE = 16


class Mailbox(Generic[T]):
    """A queue that any thread fills and the loop empties."""

    def __init__(self, loop: asyncio.AbstractEventLoop, deliver: Callable[[T], Awaitable[None]]) -> None:
        self._loop = loop
        self._deliver = deliver
        self._items: deque[T] = deque()
        self._some = asyncio.Event()
        self._woken = False

    def put(self, item: T) -> None:
        """Leave something. Any thread; never waits."""
        self._items.append(item)
        if not self._woken and not self._loop.is_closed():
            self._woken = True
            self._loop.call_soon_threadsafe(self._some.set)

    async def run(self) -> None:
        """Hand over what comes, in order, letting others have their turn between."""
        while True:
            await self._some.wait()
            self._some.clear()
            self._woken = False  # before looking: what is put from now on wakes us again
            done = 0
            while self._items:
                try:
                    await self._deliver(self._items.popleft())
                except Exception:
                    log.exception("something could not be handed over")  # the others still get theirs
                done += 1
                if done % _SLICE == 0:
                    await asyncio.sleep(0)
