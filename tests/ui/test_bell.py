"""The bell rings at each warning and at the end, once; where nothing can play, the screen says it alone."""

from __future__ import annotations

import os
import wave

import pytest
import shiboken6
from PySide6.QtGui import QFontMetrics

from ui import theme
from ui.bell import Bell
from ui.screens.settings.screen import SettingsScreen
from ui.settings import Settings
from ui.sound import SOUND, Sound
from ui.theme import Type
from ui.widgets.clock import ClockFace, ClockReading, alarm_of
from venue_app.base.paths import resources

MINUTES = 480_000


def running(at=0, limit=MINUTES, **changes):
    given = {
        "state": "running",
        "elapsed_ms": 0,
        "as_of_ms": at,
        "limit_ms": limit,
        "warnings_ms": (60_000, 30_000),
    }
    return ClockReading(**(given | changes))


@pytest.fixture
def hall(qtbot):
    """A bell with its own time: (now, what rang, the bell)."""
    now: list[int] = [0]
    rang: list[str] = []
    return now, rang, Bell(lambda: now[0], rang.append)


def test_it_rings_at_each_warning_and_at_the_end_and_once_each(hall):
    now, rang, bell = hall
    bell.watch({"R1/1/0": running()})
    heard: list[object] = []
    for ms in range(410_000, 500_000, 100):
        now[0] = ms
        bell.look()
        heard += [(ms, bell_name) for bell_name in rang]
        rang.clear()
    assert heard == [(420_000, "warning"), (450_000, "warning"), (480_000, "end")]


def test_what_was_missed_long_ago_is_not_rung(hall):
    now, rang, bell = hall
    now[0] = 470_000
    bell.watch({"R1/1/0": running()})
    assert rang == []
    now[0] = 480_050
    bell.look()
    assert rang == ["end"]


def test_paused_it_is_silent_and_more_time_makes_it_ring_again(hall):
    now, rang, bell = hall
    bell.watch({"R1/1/0": running()})
    now[0] = 480_000
    bell.look()
    assert rang[-1] == "end"
    rang.clear()
    bell.watch({"R1/1/0": running(limit=MINUTES + 60_000)})
    now[0] = 540_100
    bell.watch({"R1/1/0": running(limit=MINUTES + 60_000, state="paused", elapsed_ms=539_000)})
    assert rang == []
    bell.watch({"R1/1/0": running(at=540_100, limit=MINUTES + 60_000, elapsed_ms=539_000)})
    now[0] = 541_100
    bell.look()
    assert rang[-1:] == ["end"]


def test_a_clock_cut_by_the_plan_rings_though_it_is_gone_before(hall):
    now, rang, bell = hall
    now[0] = 479_900
    bell.watch({"R1/1/0": running()})
    bell.watch({})
    assert rang == ["end"]
    now[0] = 100_000
    bell.watch({"R1/2/0": running()})
    bell.watch({})
    assert rang == ["end"]


def test_the_alarm_says_what_is_left_and_what_it_costs():
    reading = running(penalties=((1, "0.02"), (11, "0.05")))
    said = {at: str(alarm_of(reading, at)) for at in (419_999, 420_000, 429_999, 430_000, 450_000, 479_999)}
    assert list(said.values()) == ["", "还剩 1:00", "还剩 1:00", "", "还剩 0:30", ""]
    over = [str(alarm_of(reading, MINUTES + ms)) for ms in (0, 999, 1_000, 10_999, 11_000, 500_000)]
    assert over == [
        "时间到",
        "时间到",
        "时间到，已扣 0.02 分",
        "时间到，已扣 0.02 分",
        "时间到，已扣 0.05 分",
        "时间到，已扣 0.05 分",
    ]
    assert alarm_of(running(state="ended"), 500_000) == ""
    assert alarm_of(running(limit=0), 500_000) == ""


def test_the_face_carries_the_alarm_in_words(qtbot):
    now = [0]
    face = ClockFace(lambda: now[0])
    qtbot.addWidget(face)
    face.resize(600, 300)
    face.show_reading(running(), "演讲")
    before = face.grab().toImage()
    assert face.alarm == ""
    now[0] = 480_500
    face.tick()
    assert face.alarm == "时间到" and "时间到" in face.accessibleName()
    after = face.grab().toImage()
    band = [after.pixelColor(x, 50).name() for x in (5, 300, 595)]
    assert band != [before.pixelColor(x, 50).name() for x in (5, 300, 595)]


@pytest.mark.parametrize(("wide", "high", "least"), [(300, 80, Type.TITLE), (900, 400, Type.HERO)])
def test_the_alarm_leaves_the_digits_whole(qtbot, wide, high, least):
    now = [424_000]  # 0:56 left, the warning of a minute stands
    face = ClockFace(lambda: now[0], least=least)
    qtbot.addWidget(face)
    face.resize(wide, high)
    face.show_reading(running(), "演讲")
    assert face.alarm
    seen = face.grab().toImage()
    tone = theme.of(face).colour("wait")
    rows = [any(seen.pixelColor(x, y) == tone for x in range(wide // 4, wide * 3 // 4)) for y in range(high)]
    ground = [
        seen.pixelColor(10, y) == tone for y in range(high)
    ]  # left of the digits: the band, and the bar below
    digits = [at for at in range(high) if rows[at] and not ground[at]]
    whole = QFontMetrics(theme.of(face).font(least, True)).capHeight()
    assert len(digits) >= whole and digits == list(range(digits[0], digits[-1] + 1))
    assert not rows[digits[0] - 1] and not rows[digits[-1] + 1], "they touch neither the band nor the bar"


@pytest.fixture
def players(tmp_path, monkeypatch):
    """A machine whose only players are those a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(name, lines):
        script = tmp_path / name
        script.write_text("#!/bin/sh\n" + lines, encoding="utf-8")
        script.chmod(0o755)

    return put


def rung(qtbot, sound):
    heard: list[object] = []
    deaf = sound.listen(heard.append)
    sound.ring("end")
    qtbot.waitUntil(lambda: bool(heard))
    deaf()
    return heard


@pytest.mark.skipif(os.name == "nt", reason="Windows plays by itself")
def test_the_next_player_is_tried_when_one_has_no_device(qtbot, players, tmp_path):
    players("pw-play", "exit 1\n")
    players("aplay", f'echo "$@" > {tmp_path}/heard\n')
    assert rung(qtbot, Sound()) == [True]
    assert (tmp_path / "heard").read_text(encoding="utf-8").split() == [
        "-q",
        str(resources() / "sounds" / "end.wav"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows plays by itself")
def test_nothing_can_play_and_nothing_breaks(qtbot, players):
    players("aplay", "exit 1\n")
    assert rung(qtbot, Sound()) == [False]


def test_switched_off_it_asks_no_player(qtbot, players, tmp_path):
    players("pw-play", f"touch {tmp_path}/heard\n")
    sound = Sound()
    sound.on = False
    heard: list[object] = []
    sound.listen(heard.append)
    sound.ring("warning")
    assert not sound._running, "no player was started"
    assert heard == [] and not (tmp_path / "heard").exists()


def test_settings_switch_it_and_try_it(qtbot, players, monkeypatch):
    screen = SettingsScreen(Settings())
    qtbot.addWidget(screen.widget)
    chosen: list[Settings] = []
    screen.chosen.connect(chosen.append)
    monkeypatch.setattr(SOUND, "on", True)
    screen.try_bell.click()
    assert screen.heard.text() == "这台电脑无法放音；到时只在屏幕上显示提示。"
    screen.sound.click()
    assert chosen[-1].sound is False and not screen.try_bell.isEnabled()


def test_a_settings_page_that_is_gone_hears_no_bell(qtbot, players, monkeypatch):
    monkeypatch.setattr(SOUND, "on", True)
    gone = SettingsScreen(Settings())
    shiboken6.delete(gone.widget)
    screen = SettingsScreen(Settings())
    qtbot.addWidget(screen.widget)
    screen.try_bell.click()
    assert screen.heard.text() == "这台电脑无法放音；到时只在屏幕上显示提示。"


@pytest.mark.parametrize("name", ["warning", "end"])
def test_the_sounds_are_whole_and_loud_enough(name):
    with wave.open(str(resources() / "sounds" / f"{name}.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        frames = sound.readframes(sound.getnframes())
        assert 1.0 <= sound.getnframes() / sound.getframerate() <= 3.0
    top = max(abs(int.from_bytes(frames[i : i + 2], "little", signed=True)) for i in range(0, len(frames), 2))
    assert 20_000 <= top < 32_767
