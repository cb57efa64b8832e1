"""The room board by mouse and keyboard, on a real event file."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.events import answered
from tests.world import PROCTOR, on_floor, prepared, send, stages_over
from ui.bridge import Bridge
from ui.frame import MainFrame
from ui.screens.room.screen import RoomScreen
from ui.widgets.state import Mark

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def venue(tmp_path):
    made = prepared(tmp_path / "room.venue")
    yield made
    made.close()


@pytest.fixture
def screen(venue, qtbot):
    bridge = Bridge(venue, PROCTOR)
    made = RoomScreen(bridge)
    frame = MainFrame()
    qtbot.addWidget(frame)
    frame.register(made)
    frame.show()
    made.widget.open("R1")
    # The half second in which a double click is swallowed is no part of these tests.
    ticks = itertools.count()
    made.widget.page.floor._local = lambda: 1000 * next(ticks)
    yield made
    bridge.close()


def words(widget) -> list[str]:
    return [w.text() for w in widget.findChildren(QLabel) if w.isVisible() and w.text()]


def press(qtbot, screen, until) -> None:
    answered(screen._bridge, qtbot)
    qtbot.mouseClick(screen.widget.page.floor.bar.action.button, LEFT)
    qtbot.waitUntil(until)


def button(screen) -> str:
    return str(screen.widget.page.floor.bar.action.button.text())


def test_a_candidate_from_call_to_exit_by_one_button_and_one_name(screen, venue, qtbot):
    page = screen.widget.page
    press(qtbot, screen, lambda: button(screen) == "开始演讲计时")
    assert venue.state.floor == {"R1": 1}
    press(qtbot, screen, lambda: button(screen) == "结束演讲")
    assert page.floor.clock.isVisible()
    press(qtbot, screen, lambda: button(screen) == "开始提问计时")
    press(qtbot, screen, lambda: button(screen) == "结束提问")
    press(qtbot, screen, lambda: button(screen) == "等待评分")
    assert not page.floor.bar.action.button.isEnabled()
    for seat in range(1, 8):
        send(venue, f"R1-{seat}")
    qtbot.waitUntil(lambda: button(screen) == "复核无误：80.00")
    assert not page.floor.bar.action.button.isEnabled()
    assert page.floor.bar.action.reason.text() == "请复核人核对各席分数，输入姓名"
    page.floor.checker.edit.setText("闵建中")
    press(qtbot, screen, lambda: button(screen) == "公布成绩")
    assert venue.state.appearances[("R1", 1)].checker == "闵建中"
    press(qtbot, screen, lambda: button(screen) == "1 号退场")
    press(qtbot, screen, lambda: button(screen) == "叫下一位：签号 2")
    assert venue.state.appearances[("R1", 1)].status == "done"


def test_the_checker_must_be_another_person_and_is_told_so(screen, venue, qtbot):
    on_floor(venue)
    stages_over(venue)
    for seat in range(1, 8):
        send(venue, f"R1-{seat}")
    qtbot.waitUntil(lambda: button(screen).startswith("复核"))
    screen.widget.page.floor.checker.edit.setText(PROCTOR.name)
    press(qtbot, screen, screen.widget.banner.isVisible)
    assert venue.state.appearances[("R1", 1)].checker is None
    assert (
        "第二个人" in screen.widget.banner.sentence.text()
        or "另一个人" in screen.widget.banner.sentence.text()
    )


def test_the_same_room_by_keyboard_alone(screen, venue, qtbot):
    frame = screen.widget.window()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(frame, Qt.Key.Key_Return, control)
    qtbot.waitUntil(lambda: venue.state.floor == {"R1": 1})
    qtbot.waitUntil(lambda: button(screen) == "开始演讲计时")
    answered(screen._bridge, qtbot)
    qtbot.keyClick(frame, Qt.Key.Key_Return, control)
    qtbot.waitUntil(lambda: button(screen) == "结束演讲")
    qtbot.keyClick(frame, Qt.Key.Key_F6)
    assert screen.widget.page.queue.chips[1].hasFocus()
    qtbot.keyClick(frame, Qt.Key.Key_F5)
    assert screen.widget.page.seats.tiles["R1-1"].hasFocus()
    qtbot.keyClick(frame, Qt.Key.Key_F2)
    assert screen.widget.stack.currentWidget() is screen.widget.overview
    qtbot.keyClick(frame, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.widget.room == "R2"


def test_keys_are_listed_once_each(screen):
    keys = [s.keys for s in screen.shortcuts()]
    assert len(keys) == len(set(keys))
    assert all(str(s.text) for s in screen.shortcuts())


def test_a_double_press_takes_one_step(screen, venue, qtbot):
    floor = screen.widget.page.floor
    now = [0]
    floor._local = lambda: now[0]
    qtbot.mouseClick(floor.bar.action.button, LEFT)
    qtbot.waitUntil(lambda: button(screen) == "开始演讲计时")
    answered(screen._bridge, qtbot)
    qtbot.mouseClick(floor.bar.action.button, LEFT)  # the second half of a double click
    now[0] = 10_000
    qtbot.mouseClick(floor.bar.action.button, LEFT)
    qtbot.waitUntil(lambda: button(screen) == "结束演讲")
    assert venue.state.appearances[("R1", 1)].clock is not None
    assert venue.state.appearances[("R1", 1)].ended_stages == ()


def test_pausing_keeps_the_reason_and_going_on_becomes_the_next_step(screen, venue, qtbot):
    on_floor(venue)
    floor = screen.widget.page.floor
    qtbot.waitUntil(floor.pause.isVisible)
    reason = floor.pause.reasons.actions()[0]
    reason.trigger()
    qtbot.waitUntil(lambda: button(screen) == "继续计时")
    clock = venue.state.appearances[("R1", 1)].clock
    assert (clock.phase, clock.reason) == ("paused", "设备故障")
    assert "已暂停：设备故障" in words(screen.widget)
    assert floor.end.isVisible() and floor.end.text() == "结束演讲"
    press(qtbot, screen, lambda: venue.state.appearances[("R1", 1)].clock.phase == "running")


def reason_in_words(floor):
    return next(a for a in floor.pause.reasons.actions() if a.text() == "其他原因…")


def test_a_minute_more_is_given_and_recorded(screen, venue, qtbot):
    on_floor(venue)
    floor = screen.widget.page.floor
    qtbot.waitUntil(floor.pause.isVisible)
    next(a for a in floor.pause.reasons.actions() if a.text() == "加时 1 分钟").trigger()
    qtbot.waitUntil(lambda: venue.state.appearances[("R1", 1)].clock.limit_ms == 540_000)
    assert venue.state.incidents[-1].kind == "extended"


def test_a_reason_in_ones_own_words(screen, venue, qtbot):
    on_floor(venue)
    floor = screen.widget.page.floor
    qtbot.waitUntil(floor.pause.isVisible)
    reason_in_words(floor).trigger()
    assert floor.reason.isVisible()
    floor.reason.edit.setText("停电")
    qtbot.keyClick(floor.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: venue.state.appearances[("R1", 1)].clock.phase == "paused")
    assert venue.state.appearances[("R1", 1)].clock.reason == "停电"


def test_absent_takes_a_held_press(screen, venue, qtbot):
    press(qtbot, screen, lambda: venue.state.floor == {"R1": 1})
    floor = screen.widget.page.floor
    qtbot.waitUntil(floor.absent_button.isVisible)
    qtbot.mouseClick(floor.absent_button, LEFT)
    assert venue.state.appearances[("R1", 1)].status == "floor"
    qtbot.mousePress(floor.absent_button, LEFT)
    qtbot.waitUntil(lambda: venue.state.appearances[("R1", 1)].status == "absent")
    qtbot.mouseRelease(floor.absent_button, LEFT)
    qtbot.waitUntil(lambda: button(screen) == "叫下一位：签号 2")


def test_a_lot_out_of_turn(screen, venue, qtbot):
    queue = screen.widget.page.queue
    qtbot.mouseClick(queue.chips[3], LEFT)
    assert queue.chosen.isVisible()
    assert queue.chosen.call_button.text() == "改叫 3 号"
    qtbot.mouseClick(queue.chosen.call_button, LEFT)
    qtbot.waitUntil(lambda: venue.state.floor == {"R1": 3})


def test_a_seat_is_left_out_with_a_reason_and_a_held_press(screen, venue, qtbot):
    on_floor(venue)
    page = screen.widget.page
    qtbot.waitUntil(lambda: page.room.floor is not None)
    qtbot.mouseClick(page.seats.tiles["R1-4"], LEFT)
    dialog = page.dialog
    assert dialog is not None
    assert not dialog.send.isEnabled()
    qtbot.mouseClick(dialog.ready[0], LEFT)
    assert dialog.reason.text() == "亲属关系"
    qtbot.mousePress(dialog.send, LEFT)
    qtbot.waitUntil(lambda: "R1-4" in venue.state.appearances[("R1", 1)].excused)
    excuse = venue.state.appearances[("R1", 1)].excused["R1-4"]
    assert (excuse.kind, excuse.reason) == ("recused", "亲属关系")
    qtbot.waitUntil(lambda: page.seats.tiles["R1-4"].view.state == "recused")


def test_all_rooms_side_by_side_can_be_run_from_there(screen, venue, qtbot):
    screen.widget.open("")
    cards = screen.widget.overview.cards
    assert set(cards) == {"R1", "R2"}
    qtbot.mouseClick(cards["R2"].step, LEFT)
    qtbot.waitUntil(lambda: venue.state.floor == {"R2": 1})
    qtbot.waitUntil(lambda: cards["R2"].step.text() == "开始演讲计时")
    assert cards["R1"].step.text() == "叫下一位：签号 1"


def test_before_the_draw_the_page_leads_there(tmp_path, qtbot):
    from tests.world import created
    from venue_app.venue import Venue

    venue = Venue.create(tmp_path / "empty.venue", created())
    bridge = Bridge(venue, PROCTOR)
    asked: list[str] = []
    made = RoomScreen(bridge, go=asked.append)
    qtbot.addWidget(made.widget)
    made.widget.show()
    assert made.rail_state().mark is Mark.NOT_YET
    qtbot.mouseClick(made.widget.empty.action, LEFT)
    assert asked == ["draw"]
    bridge.close()
    venue.close()


def test_what_happened_unseen_is_there_when_the_page_is_turned_to(screen, venue, qtbot):
    screen.widget.hide()
    on_floor(venue)
    screen.widget.show()
    qtbot.waitUntil(lambda: button(screen) == "结束演讲")
    assert screen.rail_state().mark is Mark.IN_PROGRESS
