"""Work off the window's thread: progress, cancel, and the answer back in the window's thread.

    task = run(lambda progress: import_roster(path, progress), owner=self,
               done=self._imported, failed=self.banner.show_known)
    BusyLine().watch(task)                  a bar and «cancel»

The work is handed a `Progress`: it calls `progress.report(done, total)` now and then, which raises
`Cancelled` once the user has cancelled. A `Known` goes to `failed`; anything else is our mistake and
goes to the crash dialog. When `owner` is gone, the answer is dropped. Work must not touch a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from PySide6.QtCore import QMetaObject, QObject, QRunnable, Qt, QThread, QThreadPool, Signal, Slot

from ui import collector, crash
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known

T = TypeVar("T")
_QUIET_MS = 50
"""Progress comes to the window at most this often, and always at the end."""


def assert_gui_thread(of: QObject) -> None:
    """What belongs to a window is touched by the window's thread alone; raises `RuntimeError` elsewhere."""
    if QThread.currentThread() is not of.thread():
        raise RuntimeError("this belongs to the GUI thread")


class Cancelled(Exception):
    """The user has cancelled; work lets it pass through."""


class Progress:
    """What work knows of the window: whether it is still wanted, and where to say how far it is."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._dropped = False
        self._stop = threading.Event()
        self._clock = SystemClock()
        self._told_ms = -_QUIET_MS

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self._dropped

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self._dropped = True
        self.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether the user has cancelled."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to end at its next report."""
        self._stop.set()

    def report(self, done: int, total: int = 0) -> None:
        """`done` of `total` (0 when unknown). Raises `Cancelled` after a cancel."""
        if self._stop.is_set():
            raise Cancelled
        now = self._clock.mono_ms()
        if now - self._told_ms >= _QUIET_MS or (total and done >= total):
            self._told_ms = now
            self._tell(done, total)


class Task(QObject):
    """A piece of work under way; lives in the window's thread."""

    progressed = Signal(int, int)
    ended = Signal()
    """Always the last: done, failed or cancelled."""

    _progress = Signal(int, int)

    def __init__(self, work: Callable[[Progress], object]) -> None:
        super().__init__()
        self.work: Callable[[Progress], object] | None = work
        self.progress = Progress(self._progress.emit)
        self.over = False
        self._done: Callable[[object], None] | None = None
        self._failed: Callable[[Known], None] | None = None
        self._owner_gone: QMetaObject.Connection | None = None
        self._progress.connect(self._progressed, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop; `ended` follows when it has."""
        self.progress.cancel()

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self.progress.drop()

    def bind(self, owner: QObject) -> None:
        """The answer is for `owner`; when it is gone, for nobody."""
        progress = self.progress  # not this task: it may itself be the last that knows of its owner
        self._owner_gone = owner.destroyed.connect(lambda: progress.drop())

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        if self.progress.wanted and not self.over:
            self.progressed.emit(done, total)

    def answered(self, result: object, fault: object) -> None:
        """The work is over, in the windows' thread."""
        self.over = True
        try:
            if self.progress.wanted:
                self._deliver(result, fault)
        finally:
            self.ended.emit()
            collector.hold(
                (self.work, self._done, self._failed, fault)
            )  # what led to the fault is known to its thread
            self.work = self._done = self._failed = None
            if self._owner_gone is not None:
                QObject.disconnect(self._owner_gone)

    def _deliver(self, result: object, fault: object) -> None:
        if isinstance(fault, Known) and self._failed is not None:
            self._failed(fault)
        elif isinstance(fault, Cancelled):
            return
        elif isinstance(fault, BaseException):
            crash.report(fault)
        elif self._done is not None:
            self._done(result)


class _Post(QObject):
    """Brings answers into the windows' thread; never goes away."""

    answer = Signal(int, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.answer.connect(self._answered, Qt.ConnectionType.QueuedConnection)

    @Slot(int, object, object)
    def _answered(self, number: int, result: object, fault: object) -> None:
        assert_gui_thread(self)
        _running.pop(number).answered(result, fault)


class _Job(QRunnable):
    """Knows the task by its number only: its thread must not be the last to let go of anything of a window's."""

    def __init__(self, number: int, post: _Post) -> None:
        super().__init__()
        self._number, self._post = number, post

    def run(self) -> None:
        """In a thread of the pool."""
        self._post.answer.emit(self._number, *_perform(self._number))


def _perform(number: int) -> tuple[object, BaseException | None]:
    task = _running[number]
    assert task.work is not None
    try:
        return task.work(task.progress), None
    except BaseException as fault:  # noqa: BLE001 - delivered to the windows' thread, which decides
        return None, fault


_running: dict[int, Task] = {}
"""Keeps tasks alive until they have answered, whatever becomes of their owner."""
_numbers = count(1)
_posts: list[_Post] = []


def run(
    work: Callable[[Progress], T],
    *,
    owner: QObject,
    done: Callable[[T], None] | None = None,
    failed: Callable[[Known], None] | None = None,
) -> Task:
    """Start `work` in another thread; `done` or `failed` is called in this one. GUI thread only."""
    assert_gui_thread(owner)
    task = Task(work)
    task._done, task._failed = done, failed  # type: ignore[assignment]
    task.bind(owner)
    if not _posts:
        _posts.append(_Post())
    number = next(_numbers)
    _running[number] = task
    QThreadPool.globalInstance().start(_Job(number, _posts[0]))
    return task


def wait_for_all(milliseconds: int) -> bool:
    """Ask all work to stop and wait for it; False when some is still running. For closing the program."""
    for task in list(_running.values()):
        task.drop()
    return QThreadPool.globalInstance().waitForDone(milliseconds)
