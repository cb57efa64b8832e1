"""Buttons: one next step with its reason, and final acts that must be held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import words
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.held import HeldButton
from ui.words import Say


class _Time:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


class _Listening(HeldButton):
    heard = 0

    def __init__(self, *args, **rest) -> None:
        super().__init__(*args, **rest)
        self.held.connect(self._hear)

    def _hear(self) -> None:
        self.heard += 1


@pytest.fixture
def time():
    return _Time()


@pytest.fixture
def held(qtbot, time):
    button = _Listening("提交评分", now_ms=time)
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    return button


def _key(button, kind, key=Qt.Key.Key_Space, repeat=False):
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeat)
    QApplication.sendEvent(button, event)


def test_primary_action_says_why_not(qtbot):
    action = PrimaryAction()
    qtbot.addWidget(action)
    pressed = []
    action.pressed_now.connect(lambda: pressed.append(1))
    action.refuse(Say("ui.cancel"), Say("ui.busy"))
    action.show()
    QTest.mouseClick(action.button, Qt.MouseButton.LeftButton)
    assert pressed == []
    assert action.reason.text() == "正在处理"
    assert action.button.accessibleDescription() == "正在处理"
    action.offer(Say("ui.cancel"))
    QTest.mouseClick(action.button, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert action.reason.text() == ""
    assert action.button.accessibleDescription() == ""


def test_space_and_click_press_a_button(qtbot):
    button = Button("暂停")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_button_is_never_narrower_than_its_words(qtbot):
    button = Button(Say("ui.link.offline_kept", count=2))
    qtbot.addWidget(button)
    for language in ("zh-CN", "zh-TW", "en"):
        words.switch(language)
        assert button.minimumSizeHint().width() > button.fontMetrics().horizontalAdvance(button.text())


def test_a_held_mouse_acts_once_when_full(held, time):
    QTest.mousePress(held, Qt.MouseButton.LeftButton)
    time.ms = 999
    held.tick()
    assert (held.heard, held.progress) == (0, pytest.approx(0.999))
    time.ms = 1000
    held.tick()
    held.tick()
    assert held.heard == 1
    QTest.mouseRelease(held, Qt.MouseButton.LeftButton)
    assert held.heard == 1
    assert held.progress == 0


def test_letting_go_early_does_nothing_and_says_so(held, time):
    QTest.mousePress(held, Qt.MouseButton.LeftButton)
    time.ms = 600
    held.tick()
    QTest.mouseRelease(held, Qt.MouseButton.LeftButton)
    time.ms = 5000
    held.tick()
    assert held.heard == 0
    assert held.accessibleDescription() == "松手太早，请一直按住到填满"


def test_sliding_off_lets_go(held, time):
    QTest.mousePress(held, Qt.MouseButton.LeftButton)
    QTest.mouseMove(held, QPoint(held.width() + 50, held.height() + 50))
    time.ms = 2000
    held.tick()
    assert held.heard == 0


def test_a_click_is_not_enough(held):
    clicks = []
    held.clicked.connect(lambda: clicks.append(1))
    QTest.mouseClick(held, Qt.MouseButton.LeftButton)
    QTest.keyClick(held, Qt.Key.Key_Space)
    QTest.keyClick(held, Qt.Key.Key_Return)
    assert (held.heard, clicks) == (0, [])


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_is_held_like_a_finger(held, time, key):
    _key(held, QEvent.Type.KeyPress, key)
    time.ms = 400
    _key(held, QEvent.Type.KeyRelease, key, repeat=True)  # what a keyboard sends while it repeats
    _key(held, QEvent.Type.KeyPress, key, repeat=True)
    time.ms = 1000
    held.tick()
    assert held.heard == 1
    _key(held, QEvent.Type.KeyRelease, key)
    assert held.progress == 0


def test_letting_go_of_the_key_stops(held, time):
    _key(held, QEvent.Type.KeyPress)
    time.ms = 900
    _key(held, QEvent.Type.KeyRelease)
    time.ms = 1500
    held.tick()
    assert held.heard == 0


def test_losing_the_focus_lets_go(held, time, qtbot):
    _key(held, QEvent.Type.KeyPress)
    held.clearFocus()
    time.ms = 1500
    held.tick()
    assert held.heard == 0


def test_being_refused_while_held_lets_go(held, time):
    QTest.mousePress(held, Qt.MouseButton.LeftButton)
    held.setEnabled(False)
    time.ms = 1500
    held.tick()
    assert held.heard == 0


def test_with_the_real_clock(qtbot):
    button = HeldButton("封存", hold_ms=30)
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.held):
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
