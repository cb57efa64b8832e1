"""The start page: four doors that only say what is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.walk import drop
from ui import settings, words
from ui.screens.settings import SettingsScreen
from ui.screens.start import NewEvent, NewEventDialog, StartScreen
from ui.screens.start.new_event import file_name
from ui.screens.start.page import KEYS
from ui.settings import Recent, Settings
from ui.shortcuts import clashes
from venue_app.base.errors import Known
from venue_app.reports.manual import manual_pdf


@pytest.fixture
def start(qtbot):
    page = StartScreen()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    return page


def test_no_key_is_given_twice():
    assert clashes(KEYS) == []


def test_doors_by_key_and_mouse(start, qtbot):
    with qtbot.waitSignal(start.demo_requested):
        QTest.keyClick(start, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(start.check_requested):
        QTest.mouseClick(start.check_door, Qt.MouseButton.LeftButton)


def test_an_event_to_rehearse_is_chosen(start, qtbot):
    dialog = start.choose_rehearsal()
    with qtbot.waitSignal(start.rehearse_requested) as heard:
        dialog.fileSelected.emit("/events/a.venue")
    assert heard.args == [Path("/events/a.venue")]
    dialog.reject()


def test_a_file_is_chosen(start, qtbot):
    dialog = start.choose_file()
    with qtbot.waitSignal(start.open_requested) as heard:
        dialog.fileSelected.emit("/events/a.venue")
    assert heard.args == [Path("/events/a.venue")]
    dialog.reject()


@pytest.mark.parametrize(("name", "taken"), [("a.venue", True), ("a.xlsx", False)])
def test_a_file_is_dropped(start, tmp_path, name, taken):
    heard: list[object] = []
    start.open_requested.connect(heard.append)
    drop(start, tmp_path / name)
    assert heard == ([tmp_path / name] if taken else [])


def test_recent_events_with_state_and_run(start, qtbot, tmp_path):
    there = tmp_path / "a.venue"
    there.touch()
    start.show_recents(
        [
            Recent(str(there), "某县竞聘", "official", "room", 1_767_240_000_000),
            Recent(str(tmp_path / "gone.venue"), "演练一", "rehearsal"),
        ]
    )
    first, second = start.recents.lines
    assert first.button.isEnabled()
    assert not second.button.isEnabled()
    with qtbot.waitSignal(start.open_requested) as heard:
        first.button.click()
    assert heard.args == [there]
    with qtbot.waitSignal(start.forget_requested) as heard:
        second.forget.click()
    assert heard.args == [str(tmp_path / "gone.venue")]


def test_a_language_is_chosen(start, qtbot):
    english = start._language_group.buttons()[2]
    with qtbot.waitSignal(start.language_chosen) as heard:
        english.click()
    assert heard.args == ["en"]
    start.show_language("zh-TW")
    assert [button.isChecked() for button in start._language_group.buttons()] == [False, True, False]


def test_a_fault_is_told(start):
    start.show_known(Known("start.cannot_open", name="a.venue"))
    assert "a.venue" in start.banner.sentence.text()


@pytest.fixture
def new(qtbot, tmp_path):
    dialog = NewEventDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_new_event_needs_a_title_and_a_mode(new, qtbot, tmp_path):
    assert not new.make.button.isEnabled()
    assert new.make.reason.text() == "请先填写活动名称"
    QTest.keyClicks(new.title, "County 2026")
    assert new.mode is None
    assert new.make.reason.text() == "请选择演练或正式"
    QTest.mouseClick(new.official, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(new.wanted) as heard:
        QTest.mouseClick(new.make.button, Qt.MouseButton.LeftButton)
    assert heard.args == [NewEvent(tmp_path / "County 2026.venue", "County 2026", "official")]
    assert not new.isVisible()


def test_a_rehearsals_file_says_so(new, tmp_path):
    new.title.setText("某县竞聘")
    QTest.keyClick(new.rehearsal, Qt.Key.Key_Space)
    assert new.path == tmp_path / "某县竞聘-演练.venue"


def test_no_file_is_overwritten(new, tmp_path):
    (tmp_path / "甲.venue").touch()
    new.title.setText("甲")
    new.official.click()
    assert not new.make.button.isEnabled()
    assert "甲.venue" in new.make.reason.text()
    new.take_path(str(tmp_path / "乙.venue"))
    assert new.make.button.isEnabled()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b:c*?", "a b c.venue"),
        ("  ..  ", "未命名.venue"),
        ("某县 2026 年", "某县 2026 年.venue"),
        ("x" * 100, "x" * 60 + ".venue"),
    ],
)
def test_file_names_fit_every_system(title, name):
    assert file_name(title, "official") == name


def test_settings_are_kept_and_damage_is_survived(tmp_path, caplog):
    assert settings.load() == Settings()
    kept = Settings(language="en", theme="dark", large=True).with_recent(Recent("/a", "甲", "official"))
    settings.save(kept)
    assert settings.load() == kept
    (tmp_path / "home" / "settings.json").write_text("{broken")
    assert settings.load() == Settings()
    assert "settings cannot be read" in caplog.text


def test_recent_events_stand_once_the_newest_first():
    kept = Settings()
    for n in range(12):
        kept = kept.with_recent(Recent(f"/{n}", str(n), "official"))
    kept = kept.with_recent(Recent("/10", "again", "official"))
    assert [r.path for r in kept.recents] == ["/10", "/11", "/9", "/8", "/7", "/6", "/5", "/4"]
    assert kept.recents[0].title == "again"
    assert "/10" not in [r.path for r in kept.without("/10").recents]


def test_settings_work_at_once(qtbot):
    screen = SettingsScreen(Settings(theme="light"))
    qtbot.addWidget(screen.widget)
    heard: list[object] = []
    screen.chosen.connect(heard.append)
    screen.widget.show()
    screen.large.click()
    screen._languages.buttons()[2].click()
    screen._themes.buttons()[1].click()
    assert heard[-1] == Settings(language="en", theme="dark", large=True)
    words.switch("en")
    assert screen.large.text() == "Large type"


def test_manuals_are_saved_from_the_settings_page(qtbot, tmp_path):
    screen = SettingsScreen(Settings(language="zh-TW"))
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    qtbot.mouseClick(screen.manuals["judge"], Qt.MouseButton.LeftButton)
    dialog = screen.widget.findChild(QFileDialog)
    assert dialog is not None and dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    file = tmp_path / "評委.pdf"
    dialog.fileSelected.emit(str(file))
    qtbot.waitUntil(screen.saved.isVisible)
    assert file.read_bytes() == manual_pdf("judge", "zh-TW")
    screen.save_manual("judge", file / "a.pdf")  # a file is no folder
    qtbot.waitUntil(screen.banner.isVisible)
    assert not screen.saved.isVisible()
