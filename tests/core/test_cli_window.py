"""Commands that show a window say so where there is no screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from venue_app.base.errors import Known
from venue_app.cli.main import cli
from venue_app.cli.window import has_screen

COMMANDS = (("window",), ("station",), ("console",), ("standby", "--window"), ("replay", __file__))


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_no_screen_is_said(no_screen: None, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, Known) and done.exception.code == "cli.no_screen"


def test_a_file_that_is_not_there_is_said_before(no_screen: None, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["window", str(tmp_path / "none.venue")])
    assert isinstance(done.exception, Known) and done.exception.code == "host.no_event"


@pytest.mark.parametrize(
    ("platform", "env", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
        ("darwin", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_where_a_screen_is(
    no_screen: None, monkeypatch: pytest.MonkeyPatch, platform: str, env: dict[str, str], there: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is there
