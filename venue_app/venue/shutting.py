"""A queue with a last item: whatever is let in is taken, whatever comes after the shutting is turned away at once."""

from __future__ import annotations

import queue
import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class ShuttingQueue(Generic[T]):
    """Put from any thread, taken by one. None is the last that is taken."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._shut = False
        self.get = self._queue.get
        self.get_nowait = self._queue.get_nowait
        self.qsize = self._queue.qsize

    def put(self, item: T, *, late: bool = False) -> bool:
        """Let it wait; False once it was shut. `late`: let in all the same, behind the last, where the taker looks for it."""
        with self._lock:
            open_ = late or not self._shut
            if open_:
                self._queue.put(item)
            return open_

    def shut(self) -> bool:
        """Let nothing in any more; False when it was shut already."""
        with self._lock:
            first, self._shut = not self._shut, True
            if first:
                self._queue.put(None)
        return first
