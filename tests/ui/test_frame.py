"""The frame: rail, keys, finder, closing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.walk import nameless, too_small
from ui import shortcuts, words
from ui.frame import MainFrame
from ui.screen import Hit, RailState
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, bind_name
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known


class _Screen:
    def __init__(self, screen_id, title, section="day", keys=()):
        self.id, self.title, self.icon, self.section = screen_id, title, "room", section
        self.widget = QWidget()
        self.field = QLineEdit()
        bind_name(self.field, "x")
        QVBoxLayout(self.widget).addWidget(self.field)
        self.state = RailState(Mark.NOT_YET, 2)
        self.keys = keys

    def rail_state(self):
        return self.state

    def shortcuts(self):
        return self.keys


@pytest.fixture
def frame(qtbot):
    made = MainFrame(lambda: 1_767_240_000_000)
    qtbot.addWidget(made, before_close_func=lambda window: window.let_close())
    return made


@pytest.fixture
def called():
    return []


@pytest.fixture
def full(frame, called):
    keys = (Shortcut("next", "F5", Say("ui.gate.go"), lambda: called.append("next")),)
    frame.register(_Screen("settings", Say("ui.keys.title"), "below"))
    frame.register(_Screen("room", "考场", keys=keys))
    frame.register(_Screen("seal", "封存"))
    frame.show()
    frame.activateWindow()
    return frame


def _words(dialog):
    from ui.widgets.layout import Words

    return [label.text() for label in dialog.findChildren(Words)]


def test_no_key_is_given_twice():
    assert shortcuts.clashes(shortcuts.FRAME) == []
    assert shortcuts.clashes([Shortcut("a", "Ctrl+A", ""), Shortcut("b", "ctrl+a", "")]) == ["Ctrl+A"]


def test_the_first_screen_is_shown_and_the_days_come_first(full):
    assert full.here == "settings"
    assert [screen.id for screen in full.screens] == ["room", "seal", "settings"]


def test_a_screen_comes_once(full):
    with pytest.raises(ValueError, match="there already"):
        full.register(_Screen("room", "x"))


def test_keys_of_the_frame_are_taken(full):
    with pytest.raises(ValueError, match="Ctrl\\+K"):
        full.register(_Screen("other", "x", keys=(Shortcut("a", "Ctrl+K", "x"),)))


def test_going_by_rail_key_and_call(full, qtbot):
    with qtbot.waitSignal(full.shown) as heard:
        QTest.mouseClick(full.rail.items[1], Qt.MouseButton.LeftButton)
    assert (heard.args, full.here) == (["room"], "room")
    QTest.keyClick(full, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert full.here == "seal"
    full.go("settings")
    assert [item.isChecked() for item in full.rail.items] == [True, False, False]
    QTest.keyClick(full, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert full.here == "settings"


def test_the_rail_tells_state_and_count(full):
    room = full.screens[0]
    item = next(item for item in full.rail.items if item.screen_id == "room")
    assert item.accessibleName() == "考场 未开始 缺 2"
    room.state = RailState(Mark.DONE)
    full.refresh_rail()
    assert item.accessibleName() == "考场 完成"
    words.switch("en")
    assert item.accessibleName() == "考场 Done"


def test_a_screens_keys_work_only_while_it_is_shown(full, called):
    full.go("seal")
    QTest.keyClick(full.screens[1].field, Qt.Key.Key_F5)
    assert called == []
    full.go("room")
    full.screens[0].field.setFocus()
    QTest.keyClick(full.screens[0].field, Qt.Key.Key_F5)
    assert called == ["next"]


def test_f1_lists_the_keys_of_this_screen(full):
    full.go("room")
    dialog = full.show_keys()
    assert {"考场", "F5", "前往", "F1", "Ctrl+K"} <= set(_words(dialog))
    assert "Ctrl+4" not in _words(dialog)
    dialog.accept()


class _People:
    def __init__(self, called):
        self.called = called

    def search(self, typed):
        return [Hit("王红", "签号 17", lambda: self.called.append("王红"))] if typed in "王红 17" else []


def test_ctrl_k_finds_people_screens_and_actions(full, called):
    full.add_provider(_People(called))
    full.go("room")
    finder = full.open_finder()
    QTest.keyClicks(finder.line, "17")
    assert [str(hit.title) for hit in finder.hits] == ["王红"]
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert called == ["王红"]
    finder = full.open_finder()
    finder.line.setText("前")
    finder.go()
    assert called == ["王红", "next"]
    finder = full.open_finder()
    finder.line.setText("封")
    assert finder.none.isHidden()
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert full.here == "seal"


def test_arrows_choose_among_what_is_found(full):
    finder = full.open_finder()
    finder.line.setText("快")
    full.register(_Screen("more", "快捷方式"))
    finder.line.setText("快捷")
    assert [str(hit.title) for hit in finder.hits] == ["快捷方式", "快捷键"]
    QTest.keyClick(finder.line, Qt.Key.Key_Down)
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert full.here == "settings"


def test_nothing_found_says_what_to_try(full):
    finder = full.open_finder()
    assert finder.none.isHidden()
    finder.line.setText("没有的")
    assert not finder.none.isHidden()
    finder.reject()


def test_the_top_shows_event_mode_time_head_people(full):
    full.top.set_event("某县竞聘", "official", "第一考场")
    full.top.set_people(9)
    full.top.set_head("K7F-2Q9")
    full.top.set_copy(Mark.DONE, "副本")
    assert full.top.band.accessibleName() == "正 式"
    assert full.top.clock.text() == local_hms(1_767_240_000_000)
    assert full.top.people.text() == "9 人已登录"
    assert full.top.head.text() == "存证 K7F-2Q9"
    words.switch("en")
    assert full.top.band.accessibleName() == "OFFICIAL"
    assert full.top.clock.text() == local_hms(1_767_240_000_000)


def test_the_modes_look_different_without_colour(full):
    pictures = set()
    for mode in ("official", "rehearsal"):
        full.top.set_event("x", mode)
        image = full.top.band.grab().toImage()
        pictures.add(bytes(image.convertToFormat(image.Format.Format_Grayscale8).constBits()))
    assert len(pictures) == 2


def test_undo_by_key_only_where_it_is_offered(full, qtbot):
    heard = []
    full.undo_asked.connect(lambda: heard.append(1))
    QTest.keyClick(full, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard == []
    full.tell("签号 17 已叫入考场", undo="撤回")
    QTest.keyClick(full, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(full, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1]


def test_a_fault_nobody_showed_is_shown_on_top(full):
    full.show_known(Known("start.cannot_open", name="a"))
    assert full.banner.isVisible()


def test_closing_asks_first(full, qtbot):
    with qtbot.waitSignal(full.close_asked):
        full.close()
    assert full.isVisible()
    full.let_close()
    assert not full.isVisible()


def test_it_fits_the_smallest_window(full):
    full.top.set_event(
        "某县 2026 年副科级领导职位公开竞聘（自荐）现场测评暨民主推荐大会", "rehearsal", "第一考场"
    )
    for language in ("zh-CN", "en"):
        words.switch(language)
        full.resize(1366, 768)
        assert full.minimumSizeHint().width() <= 1366
        assert full.minimumSizeHint().height() <= 768
        assert nameless(full) == []
        assert too_small(full, 40) == []


def test_what_stands_across_the_window_goes_when_it_is_over(full, qtbot):
    full.show_standing(Known("copy.none"), "选择文件夹")
    assert full.standing.isVisible() and "第二份" in full.standing.sentence.text()
    assert full.standing.close_button.isHidden(), "it cannot be waved away"
    with qtbot.waitSignal(full.standing.acted):
        qtbot.mouseClick(full.standing.action, Qt.MouseButton.LeftButton)
    full.show_standing(None)
    assert not full.standing.isVisible()
