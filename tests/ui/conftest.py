"""Windows offscreen, in a known dress and language; a warning of Qt's fails the test that caused it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from tests.ui import events
from tests.waits import WAIT_MS
from ui import collector, sample, theme, words
from ui.bridge import Bridge
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.venue import Venue

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What the offscreen platform says of itself; no real one does.
_OFFSCREEN = (
    r"This plugin does not support propagateSizeHints\(\)",
    r"This plugin does not support raise\(\)",
    r"This plugin does not support grabbing the keyboard",
)
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt's count as failures in every test of this folder."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN))


class PatientBot(QtBot):
    """Waits for what must come as long as a busy machine may take for it; no test says how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = WAIT_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """Drives windows, and waits."""
    return PatientBot(request)


@pytest.fixture(autouse=True, scope="module")
def collected_here(qapp: QObject) -> Iterator[None]:
    """Windows that are gone are destroyed in this thread, as in the program; other tests collect as Python does."""
    collector.take_over(qapp)
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def dressed(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The light theme and Simplified Chinese before each test, and a home of its own for settings."""
    monkeypatch.setenv("VENUE_APP_HOME", str(tmp_path / "home"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # windows of the test before
    if theme.current() != theme.Theme() or not theme.worn():
        theme.use(theme.Theme())
    words.switch("zh-CN")
    yield


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> VenueKeys:
    """A laptop's keys, for all tests of a file."""
    return load_or_create(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    """The small event of `tests.ui.events`, nothing done yet; files about other events have their own."""
    made = events.created(tmp_path)
    yield made
    made.close()


@pytest.fixture
def bridge(venue: Venue, qtbot: QtBot) -> Iterator[Bridge]:
    """The windows' end of `venue`."""
    made = Bridge(venue, sample.PROCTOR)
    yield made
    made.close()
