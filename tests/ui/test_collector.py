"""Windows are destroyed in the windows' thread, whatever other threads do meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from tests.waits import WAIT_S
from ui import collector


class Cycle(QObject):
    """Unreachable once let go, but only for the collector: it knows itself."""

    def __init__(self, gone_in: list[int]) -> None:
        super().__init__()
        self.me = self
        self.mark = Mark()
        weakref.finalize(self.mark, lambda: gone_in.append(threading.get_ident()))


class Mark:
    """Goes with its owner and can be told of it."""


def _make_many(of: int = 60_000) -> None:
    kept: list[list[int]] = [[] for _ in range(of)]
    assert len(kept) == of


def test_another_threads_objects_destroy_no_window(qapp):
    gone_in: list[int] = []
    Cycle(gone_in)
    busy = threading.Thread(target=_make_many)
    busy.start()
    busy.join()
    assert gone_in == []


def test_without_taking_over_another_thread_would_destroy_it(qapp):
    gone_in: list[int] = []
    gc.enable()
    gc.collect()  # this thread has none of its own due before the other's
    try:
        Cycle(gone_in)
        busy = threading.Thread(target=_make_many)
        busy.start()
        busy.join()
    finally:
        gc.disable()
    assert gone_in and gone_in[0] != threading.get_ident()


def test_the_windows_thread_collects_between_two_events(qtbot, monkeypatch):
    monkeypatch.setattr(collector, "_YOUNG", 1)
    gone_in: list[int] = []
    Cycle(gone_in)
    qtbot.waitUntil(lambda: gone_in == [threading.get_ident()])


@pytest.mark.parametrize(
    ("counts", "generation"),
    [
        ((19_999, 0, 0), None),
        ((19_999, 99, 500), None),
        ((20_000, 49, 500), 0),
        ((20_000, 50, 99), 1),
        ((20_000, 50, 100), 2),
    ],
)
def test_old_objects_are_looked_through_more_rarely(counts, generation):
    assert collector.due(*counts) == generation


def test_what_is_held_outlives_the_thread_that_used_it(qtbot):
    gone_in: list[int] = []
    thing = Mark()
    weakref.finalize(thing, lambda: gone_in.append(threading.get_ident()))
    go = threading.Event()

    def use(used: list[Mark]) -> None:
        go.wait(WAIT_S)
        used.clear()

    user = threading.Thread(target=use, args=([thing],))
    user.start()
    collector.hold(thing)
    del thing
    go.set()
    user.join()
    qtbot.waitUntil(lambda: gone_in == [threading.get_ident()])


def test_a_second_taking_over_changes_nothing(qapp):
    before = list(collector._taken)
    collector.take_over(qapp)
    assert collector._taken == before and len(before) == 1
    assert not gc.isenabled()


def test_what_lives_when_calm_comes_is_not_looked_through_again(qapp):
    try:
        collector.calm()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
