"""What the room board shows follows from the state: steps, waiting, struck marks, and nothing too early."""

from __future__ import annotations

import pytest

from tests.world import MARKS, PROCTOR, FakeClock, on_floor, prepared, send, stages_over
from ui.screens.room.build import board, room_view
from venue_app.domain import commands as c
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.venue import Venue


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    made = prepared(tmp_path / "room.venue", clock)
    yield made
    made.close()


def shown(venue: Venue, room: str = "R1", lines=None):
    return room_view(venue.state, room, lines or {}, venue.clock.mono_ms())


def step(venue: Venue) -> str:
    return str(shown(venue).step.text)


def test_nothing_to_show_before_the_draw(tmp_path):
    from tests.world import created, roster

    venue = Venue.create(tmp_path / "early.venue", created())
    venue.ask(roster(), PROCTOR)
    assert board(venue.state, {}, 0, "考务").rooms == ()
    venue.close()


def test_the_one_next_step_through_a_whole_appearance(venue):
    assert step(venue) == "叫下一位：签号 1"
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert step(venue) == "开始演讲计时"
    venue.ask(c.StartStage(room="R1", stage="speech"), PROCTOR)
    assert step(venue) == "结束演讲"
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert step(venue) == "等待评分"
    for seat in (1, 2, 3, 4, 6):
        send(venue, f"R1-{seat}")
    assert str(shown(venue).step.why) == "还缺 5、7 号席"
    send(venue, "R1-5")
    send(venue, "R1-7")
    assert step(venue) == "复核无误：80.00"
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    assert step(venue) == "公布成绩"
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    assert step(venue) == "1 号退场"
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    assert step(venue) == "叫下一位：签号 2"


def test_no_mark_is_shown_before_all_are_in(venue):
    on_floor(venue)
    stages_over(venue)
    for seat in range(1, 7):
        send(venue, f"R1-{seat}")
    view = shown(venue)
    assert view.marked == 6
    assert [line.seat.mark for line in view.seats] == [""] * 7
    assert view.sheets == ()
    assert "80.0" not in repr(view)
    send(venue, "R1-7")
    assert [line.seat.mark for line in shown(venue).seats] == ["80.0"] * 7


def test_highest_and_lowest_are_struck_and_the_sentence_says_what_is_left(venue):
    on_floor(venue)
    stages_over(venue)
    # Contents 21 to 27 make totals of 77 to 83; the rest of each sheet is 56.
    for seat in range(1, 8):
        send(venue, f"R1-{seat}", content=f"{20 + seat}.0")
    sheet = shown(venue).sheets[0]
    assert [(row.seat, row.total, row.struck) for row in sheet.rows] == [
        (1, "77.0", "low"),
        (2, "78.0", ""),
        (3, "79.0", ""),
        (4, "80.0", ""),
        (5, "81.0", ""),
        (6, "82.0", ""),
        (7, "83.0", "high"),
    ]
    assert sheet.value == "80.00"  # (78 + 79 + 80 + 81 + 82) / 5
    assert "400" in str(sheet.sentence)
    assert [str(t) for t in sheet.criteria] == ["演讲内容", "语言表达", "岗位认识", "应变能力", "仪表举止"]
    assert sheet.rows[0].marks == ("21.0", "16.0", "16.0", "16.0", "8.0")


def test_a_recused_seat_leaves_the_arithmetic_and_says_so(venue):
    on_floor(venue)
    stages_over(venue)
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-3", kind="recused", reason="亲属关系"), PROCTOR)
    for seat in (1, 2, 4, 5, 6, 7):
        send(venue, f"R1-{seat}")
    view = shown(venue)
    third = view.seats[2]
    assert (third.seat.state, str(third.seat.word), third.seat.note) == ("recused", "回避", "亲属关系")
    assert not third.can_be_excused
    assert str(view.sheets[0].rows[2].note) == "回避"
    assert view.sheets[0].value == "80.00"


def test_below_the_panel_minimum_the_candidate_leaves_and_the_result_waits(venue):
    on_floor(venue)
    for seat in (1, 2, 3):
        command = c.ExcuseSeat(room="R1", lot=1, seat=f"R1-{seat}", kind="excused", reason="离席")
        venue.ask(command, PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    for seat in (4, 5, 6, 7):
        send(venue, f"R1-{seat}")
    view = shown(venue)
    assert (str(view.step.text), view.step.why) == ("1 号退场，成绩待定", None)
    said = str(view.step.note)
    assert said.startswith("有效评分只有 4 份，方案规定至少 5 份。")
    assert "成绩待定" in said and "照现有份数计算" in said, "what remains to be done"


def test_seats_by_what_is_heard_of_them(venue, clock):
    for seat in ("R1-1", "R1-2", "R1-3"):
        venue.ask(c.JoinStation(seat=seat, device=seat, device_name="平板"), PROCTOR)
    now = clock.mono_ms()
    lines = {
        "R1-1": Presence(seat="R1-1", device_name="平板", connected=True, heard=now),
        "R1-2": Presence(seat="R1-2", device_name="平板", connected=False, heard=now - 12_000),
        "R1-3": Presence(seat="R1-3", device_name="平板", connected=True, heard=now, called=now),
    }
    view = shown(venue, lines=lines)
    words = [str(line.seat.word) for line in view.seats]
    assert words == ["在线", "失联 12 秒", "在线", *["未加入"] * 4]
    assert view.calling == (3,)
    on_floor(venue)
    assert str(shown(venue, lines=lines).seats[0].seat.word) == "评分中"


def test_the_clock_is_the_servers(venue, clock):
    on_floor(venue)
    began = clock.mono_ms()
    clock.pass_ms(90_000)
    floor = shown(venue).floor
    assert floor is not None and floor.clock is not None
    assert floor.clock.elapsed_at(clock.mono_ms()) == 90_000
    assert (floor.clock.as_of_ms, floor.clock.limit_ms) == (began, 480_000)
    assert floor.clock.warnings_ms == (60_000,)
    venue.ask(c.PauseStage(room="R1", reason="设备故障"), PROCTOR)
    clock.pass_ms(30_000)
    floor = shown(venue).floor
    assert floor is not None and floor.clock is not None
    assert (floor.clock.state, floor.clock.elapsed_at(clock.mono_ms())) == ("paused", 90_000)
    assert (floor.pause_reason, floor.can_resume) == ("设备故障", True)


def test_observers_are_one_line_and_hold_nothing_up(venue):
    on_floor(venue)
    for seat in (1, 2, 3):
        send(venue, f"OBS-{seat:02d}")
    for seat in range(1, 8):
        send(venue, f"R1-{seat}")
    view = shown(venue)
    assert view.observers is not None
    assert (view.observers.marked, view.observers.total) == (3, 20)
    stages_over(venue)
    assert shown(venue).step.kind == "check"


def test_the_queue_says_who_is_where(venue):
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    on_floor(venue, lot=2)
    view = shown(venue)
    assert [str(line.lot.word) for line in view.queue] == ["缺考", "在考场", "下一位"]
    assert not any(line.can_call for line in view.queue)
    assert (view.over, view.total) == (1, 3)


def test_two_rooms_do_not_mix(venue):
    on_floor(venue, "R1")
    on_floor(venue, "R2", 2)
    send(venue, "R2-1", 2, "R2")
    first, second = board(venue.state, {}, venue.clock.mono_ms(), "考务").rooms
    assert first.floor is not None and second.floor is not None
    assert (first.floor.lot, first.marked) == (1, 0)
    assert (second.floor.lot, second.marked) == (2, 1)


def test_a_state_is_shown_without_being_touched(venue):
    on_floor(venue)
    before: State = venue.state
    shown(venue)
    assert venue.state is before
    assert MARKS["content"] == "24.0"


def test_the_board_names_the_stages_and_seats_a_result_still_waits_for(venue):
    on_floor(venue)
    for seat in (1, 2, 3, 4, 6):
        send(venue, f"R1-{seat}")
    floor = shown(venue).floor
    assert floor is not None and str(floor.awaits) == "成绩还缺：演讲、提问环节；5、7 号席评分"
    send(venue, "R1-5")
    send(venue, "R1-7")
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    floor = shown(venue).floor
    assert floor is not None and str(floor.awaits) == "成绩还缺：提问环节"
    assert step(venue) == "开始提问计时"
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    floor = shown(venue).floor
    assert floor is not None and floor.awaits == "" and step(venue) == "复核无误：80.00"


def test_a_display_whose_clock_is_too_far_off_is_named(venue, clock):
    for seat in ("R1-1", "R1-2", "R1-3"):
        venue.ask(c.JoinStation(seat=seat, device=seat, device_name="平板"), PROCTOR)
    lines = {
        "R1-1": Presence(seat="R1-1", device_name="平板", connected=True, error=100),
        "R1-2": Presence(seat="R1-2", device_name="平板", connected=True, error=101),
        "R1-3": Presence(seat="R1-3", device_name="平板", connected=False, error=400),
    }
    assert shown(venue, lines=lines).late == (2,)
