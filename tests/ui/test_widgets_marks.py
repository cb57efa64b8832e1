"""Marks in whole steps, by mouse, keys and keypad; nothing given is never a mark."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui import words
from ui.widgets.marks import BandSpec, MarkControl, MarkSpec, RunningSum
from ui.words import Say

BANDS = (
    BandSpec("差", Decimal(0), Decimal(17)),
    BandSpec("好", Decimal(18), Decimal(30)),
)
SPEC = MarkSpec("现场表现", Decimal(30), Decimal("0.5"), bands=BANDS)


class _Listening(MarkControl):
    def __init__(self, spec: MarkSpec) -> None:
        super().__init__(spec)
        self.heard: list[int] = []
        self.changed.connect(self.heard.append)


@pytest.fixture
def control(qtbot):
    made = _Listening(SPEC)
    qtbot.addWidget(made)
    made.resize(900, 150)
    made.show()
    return made


def test_steps_by_hand():
    assert (SPEC.lowest, SPEC.highest) == (0, 60)
    assert SPEC.mark(55) == Decimal("27.5")
    assert SPEC.shown(55) == "27.5"
    assert SPEC.shown(0) == "0.0"
    assert SPEC.shown(None) == "—"
    assert SPEC.band_at(35) is BANDS[0] or SPEC.band_at(35) is None  # 17.5 lies between the two
    assert SPEC.band_at(34) is BANDS[0]
    assert SPEC.band_at(36) is BANDS[1]
    assert SPEC.band_at(None) is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("27.5", 55),
        ("0", 0),
        ("30", 60),
        ("30.5", Say("ui.mark_entry.too_high", maximum="30")),
        ("27.3", Say("ui.mark_entry.off_step", step="0.5")),
        (".", Say("ui.mark_entry.not_number")),
    ],
)
def test_what_is_typed(typed, answer):
    assert SPEC.read(typed) == answer


def test_below_the_minimum():
    spec = MarkSpec("x", Decimal(100), Decimal(1), minimum=Decimal(60))
    assert spec.read("59") == Say("ui.mark_entry.too_low", minimum="60")
    assert spec.read("60") == 60


@given(step=st.sampled_from(["0.01", "0.1", "0.25", "0.5", "1", "5"]), steps=st.integers(0, 1000))
def test_every_step_can_be_typed_as_shown(step, steps):
    spec = MarkSpec("x", Decimal(step) * 1000, Decimal(step))
    assert spec.read(spec.shown(steps)) == steps


def test_nothing_is_given_at_first(control):
    assert control.steps is None
    assert control.number.text() == "—"
    assert not control.slider.given
    assert "未打分" in control.number.accessibleName()
    control.step_by(1)
    assert control.steps is None


def test_zero_is_a_mark(control):
    QTest.keyClick(control.slider, Qt.Key.Key_Home)
    assert (control.steps, control.heard) == (0, [0])
    assert control.number.text() == "0.0"
    assert control.slider.given


def test_keys_move_by_a_step(control):
    control.set_steps(54)
    for key, steps in (
        (Qt.Key.Key_Right, 55),
        (Qt.Key.Key_Left, 54),
        (Qt.Key.Key_PageDown, 48),
        (Qt.Key.Key_PageUp, 54),
        (Qt.Key.Key_End, 60),
        (Qt.Key.Key_Right, 60),
    ):
        QTest.keyClick(control.slider, key)
        assert control.steps == steps
    assert control.heard == [55, 54, 48, 54, 60]


def test_plus_and_minus_stop_at_the_ends(control):
    control.set_steps(59)
    QTest.mouseClick(control.plus, Qt.MouseButton.LeftButton)
    assert (control.steps, control.plus.isEnabled()) == (60, False)
    control.set_steps(1)
    QTest.mouseClick(control.minus, Qt.MouseButton.LeftButton)
    assert (control.steps, control.minus.isEnabled()) == (0, False)


def test_a_touch_gives_the_mark_under_the_finger(control):
    slider = control.slider
    middle = QPoint(round(slider._x(30)), slider.height() // 3)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert control.steps == 30
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(0, slider.height() // 3))
    assert control.steps == 0


def test_a_draft_that_is_shown_is_not_a_new_mark(control):
    control.set_steps(40)
    assert (control.steps, control.heard) == (40, [])
    control.set_steps(None)
    assert (control.number.text(), control.heard) == ("—", [])


def test_the_keypad_gives_a_mark(control):
    pad = control.open_keypad()
    for key in (Qt.Key.Key_2, Qt.Key.Key_7, Qt.Key.Key_Period, Qt.Key.Key_5):
        QTest.keyClick(pad, key)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert (control.steps, control.heard) == (55, [55])


def test_the_keypad_refuses_and_says_why(control):
    pad = control.open_keypad()
    for sign in "31":
        pad.type_sign(sign)
    assert not pad.enter_key.isEnabled()
    assert pad.why.text() == "超过满分 30，请改小"
    pad.enter()
    assert control.steps is None
    pad.backspace()
    assert pad.enter_key.isEnabled()
    pad.close()


def test_a_digit_on_the_number_opens_the_keypad(control, qtbot):
    from ui.widgets.keypad import Keypad

    QTest.keyClick(control.number, Qt.Key.Key_2)
    pad = control.findChild(Keypad)
    assert pad is not None
    assert pad.shown.text() == "2"
    pad.close()


def test_whole_steps_have_no_point(control, qtbot):
    from ui.widgets.keypad import Keypad

    pad = Keypad(MarkSpec("x", Decimal(40), Decimal(1)))
    qtbot.addWidget(pad)
    pad.type_sign("3")
    pad.type_sign(".")
    pad.type_sign("5")
    assert not pad.enter_key.isEnabled()


def test_the_sum_never_shows_nothing_as_zero(qtbot):
    total = RunningSum()
    qtbot.addWidget(total)
    total.show_sum(None, Decimal(100), 4)
    assert total.total.text() == "—"
    total.show_sum(Decimal("87.50"), Decimal(100), 0)
    assert (total.total.text(), total.maximum.text()) == ("87.50", "/ 100")
    words.switch("en")
    assert total.missing.accessibleName() == "All marks given"
