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

    def put(self, item: T) -> bool:
        """Let it wait; False once it was shut."""
        with self._lock:
            if not self._shut:
                self._queue.put(item)
            return not self._shut

    def shut(self) -> bool:
        """Let nothing in any more; False when it was shut already."""
        with self._lock:
            first, self._shut = not self._shut, True
            if first:
                self._queue.put(None)
        return first
