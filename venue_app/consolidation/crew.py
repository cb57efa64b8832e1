"""Processes that work for one consolidation: bundles are examined in them, and one of them writes the workbook.

They are fresh ones, not copies of this one, which may hold threads, a window, an open event; and since a process takes
a second to start, those that examined are kept until everything is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from venue_app.base.errors import Known

#: More than that Windows cannot wait for at a time.
_MOST = 61

T = TypeVar("T")


@contextmanager
def whole() -> Iterator[None]:
    """Around whatever is given to a crew and asked of it: `Known` consolidate.process_lost where one of its processes was
    ended from outside, as by a system that has no memory left."""
    try:
        yield
    except BrokenProcessPool as error:
        raise Known("consolidate.process_lost") from error


class Crew:
    """Nobody until `hired`: what is given until then is done here, at once. As a context it dismisses them at its end."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            # What has begun is waited for; after a fault nothing else begins.
            self._pool.shutdown(cancel_futures=kind is not None)
            self._pool = None

    def hire(self, most: int) -> None:
        """A process for every processor, and no more than `most`; those who are there already stay."""
        if self._pool is None:
            workers = min(os.cpu_count() or 1, most, _MOST)
            self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    def give(self, work: Callable[[], T]) -> Future[T]:
        """What comes of `work`, or the fault it raised; `work` and both must be able to pass between processes."""
        if self._pool is not None:
            return self._pool.submit(work)
        done: Future[T] = Future()
        try:
            done.set_result(work())
        except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for, as from a process
            done.set_exception(error)
        return done
