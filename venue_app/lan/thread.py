"""One asyncio loop in one thread: where the server or a Qt station's client lives beside a window."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, TypeVar

T = TypeVar("T")

#: How long a thread may keep the interpreter while another wants it. With Python's own 5 ms a window that needs it
#: a dozen times to paint stands still while a thousand stations send.
_TURN_S = 0.001


class LoopThread:
    """A running loop.

    with LoopThread("lan") as loop:
        loop.run(server.start())         # waits
        loop.start(client.run())         # does not
    """

    def __init__(self, name: str) -> None:
        sys.setswitchinterval(min(_TURN_S, sys.getswitchinterval()))
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin `work` in the loop, from any other thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Do `work` in the loop and wait for it, in any other thread."""
        return self.start(work).result(timeout)

    def stop(self) -> None:
        """Cancel what runs, end the loop and its thread. A second call does nothing."""
        if self.loop.is_closed():
            return
        self.run(_cancel_others())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def __enter__(self) -> LoopThread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


async def _cancel_others() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()
