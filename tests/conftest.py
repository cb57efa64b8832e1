"""What holds for every test: a home of its own, the default language, and no unexpected error in the log."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from venue_app.base.i18n import DEFAULT, ask_for, set_language

if TYPE_CHECKING:
    from tests.world import FakeClock
    from venue_app.state import State

# For fixtures that live longer than one test, and before any window's library is loaded.
_HOME = tempfile.mkdtemp(prefix="venue-tests-")
os.environ["VENUE_APP_HOME"] = _HOME
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Programs that the tests start are compiled once, outside the source tree.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(_HOME) / "compiled")

# How fast this machine draws examples says nothing of the program.
settings.register_profile("venue", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("venue")

Expect = Callable[[str], None]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


class _Errors(logging.Handler):
    """Keeps every record of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def unexpected(self) -> list[str]:
        said = [(r, logging.Formatter().format(r)) for r in self.records]
        return [text for r, text in said if not any(part in r.getMessage() for part in self.expected)]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for keys and settings, for this test and the programs it starts."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VENUE_APP_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Each test begins in the default language and leaves it so."""
    set_language(DEFAULT)
    yield
    ask_for(None)
    set_language(DEFAULT)


@pytest.fixture(autouse=True)
def expect_error() -> Iterator[Expect]:
    """Fails the test when the program logs an error; `expect_error("part of it")` says that one is meant."""
    watch = _Errors()
    loggers = [logging.getLogger(name) for name in ("venue_app", "ui")]
    for logger in loggers:
        logger.addHandler(watch)
    yield watch.expected.append
    for logger in loggers:
        logger.removeHandler(watch)
    if watch.unexpected():
        pytest.fail("logged an error:\n" + "\n".join(watch.unexpected()))
    silent = [part for part in watch.expected if not any(part in r.getMessage() for r in watch.records)]
    assert not silent, f"expected in the log, but never said: {silent}"


@pytest.fixture(scope="module")
def day_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, State]:
    """The day of `tests.replayworld`: its event file, its bundle, and the state it ended in."""
    from tests.replayworld import day

    return day(tmp_path_factory.mktemp("replay"))


@pytest.fixture
def day_clock() -> FakeClock:
    """The clock of whoever looks back at that day; it has nothing to do with the day's own."""
    from tests.world import FakeClock

    return FakeClock(1, 1_000_000)
