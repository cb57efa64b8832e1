"""Clock, seats, lots, gates, fingerprints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ui import words
from ui.widgets.clock import ClockFace, ClockReading, clock_text
from ui.widgets.digest import DigestLabel, grouped
from ui.widgets.gates import Gate, GateList
from ui.widgets.layout import Words
from ui.widgets.state import ConnectionWord, Mark, StateMark
from ui.widgets.tiles import LotChip, LotView, SeatTile, SeatView

LIMIT = 480_000


@pytest.mark.parametrize(
    ("elapsed", "limit", "shown"),
    [
        (0, LIMIT, "8:00"),
        (1, LIMIT, "8:00"),
        (999, LIMIT, "8:00"),
        (1000, LIMIT, "7:59"),
        (LIMIT - 1, LIMIT, "0:01"),
        (LIMIT, LIMIT, "0:00"),
        (LIMIT + 999, LIMIT, "+0:00"),
        (LIMIT + 1000, LIMIT, "+0:01"),
        (LIMIT + 61_500, LIMIT, "+1:01"),
        (0, 0, "0:00"),
        (61_999, 0, "1:01"),
        (3_661_000, 0, "1:01:01"),
    ],
)
def test_digits(elapsed, limit, shown):
    assert clock_text(elapsed, limit) == shown


class _Now:
    ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def now():
    return _Now()


@pytest.fixture
def face(qtbot, now):
    made = ClockFace(now)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_it_goes_on_from_the_servers_time(face, now):
    now.ms = 5_000
    face.set_offset(1_000_000)
    face.show_reading(ClockReading("running", 10_000, 1_004_000, LIMIT), "演讲")
    assert face.elapsed_ms == 11_000
    now.ms = 65_000
    assert (face.elapsed_ms, face.text) == (71_000, "6:49")


def test_a_reading_from_the_future_does_not_go_back(face):
    face.show_reading(ClockReading("running", 10_000, 99_999_999, LIMIT))
    assert face.elapsed_ms == 10_000


@pytest.mark.parametrize("state", ["idle", "paused", "ended"])
def test_it_stands_still_unless_running(face, now, state):
    face.show_reading(ClockReading(state, 30_000, 0, LIMIT, (60_000,)))
    now.ms = 999_999
    assert (face.text, face.state) == ("7:30", state)


def test_states_along_the_way(face, now):
    face.show_reading(ClockReading("running", 0, 0, LIMIT, (60_000, 30_000)), "演讲")
    seen = []
    for at in (0, LIMIT - 60_001, LIMIT - 60_000, LIMIT, LIMIT + 1):
        now.ms = at
        seen.append(face.state)
    assert seen == ["running", "running", "warned", "warned", "overrun"]


def test_the_state_is_told_in_words(face, now):
    face.show_reading(ClockReading("running", 0, 0, LIMIT), "演讲")
    now.ms = LIMIT + 5_000
    face.tick()
    assert face.accessibleName() == "演讲 超时 +0:05 时间到"
    words.switch("en")
    assert "Over time" in face.accessibleName()


def test_it_repaints_only_when_something_changes(face, now, monkeypatch):
    face.show_reading(ClockReading("running", 0, 0, 100_000_000))
    face.tick()
    painted = []
    monkeypatch.setattr(face, "update", lambda: painted.append(now.ms))
    for now.ms in range(1, 2050, 50):
        face.tick()
    assert painted == [1001, 2001]  # a second is shown until it has wholly passed


def test_a_hidden_face_does_not_count(face):
    face.show_reading(ClockReading("running", 0, 0, LIMIT))
    assert face._timer.isActive()
    face.hide()
    assert not face._timer.isActive()


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (SeatView(5, "empty"), "5 号席位 未加入"),
        (SeatView(5, "online"), "5 号席位 在线"),
        (SeatView(5, "scoring"), "5 号席位 评分中"),
        (SeatView(5, "submitted", at="17:03"), "5 号席位 已交 17:03"),
        (SeatView(5, "recused"), "5 号席位 回避"),
        (SeatView(5, "lost", seconds=12), "5 号席位 失联 12 秒"),
        (SeatView(5, "submitted", mark="95.0", struck="high"), "5 号席位 已交 95.0 去掉最高分"),
        (SeatView(5, "submitted", mark="80.0", struck="low"), "5 号席位 已交 80.0 去掉最低分"),
    ],
)
def test_a_seat_says_what_it_shows(qtbot, view, name):
    tile = SeatTile(view)
    qtbot.addWidget(tile)
    assert tile.accessibleName() == name


def test_seats_look_different_without_colour(qtbot):
    pictures = set()
    for state in ("empty", "online", "submitted", "recused", "lost", "scoring"):
        tile = SeatTile(SeatView(5, state))
        qtbot.addWidget(tile)
        tile.resize(tile.sizeHint())
        grey = tile.grab().toImage().convertToFormat(tile.grab().toImage().Format.Format_Grayscale8)
        pictures.add(bytes(grey.constBits()))
    assert len(pictures) == 6


def test_a_lot_follows_language_and_state(qtbot):
    chip = LotChip(LotView(17, "waiting"))
    qtbot.addWidget(chip)
    chip.show_lot(LotView(17, "hall"))
    assert chip.accessibleName() == "签号 17 在考场"
    words.switch("en")
    assert chip.accessibleName() == "Lot 17 In the hall"


def test_gates_put_the_missing_first_and_lead_there(qtbot):
    gates = GateList()
    qtbot.addWidget(gates)
    gates.show_gates(
        [Gate("a", "甲", met=True), Gate("b", "乙", can_jump=True), Gate("c", "丙", met=True, can_jump=True)]
    )
    gates.show()
    ways = gates.findChildren(QPushButton)
    assert [way.accessibleName() for way in ways] == ["前往：乙"]
    with qtbot.waitSignal(gates.jump) as heard:
        QTest.mouseClick(ways[0], Qt.MouseButton.LeftButton)
    assert heard.args == ["b"]
    assert "还差 1 项" in [label.text() for label in gates.findChildren(Words)]


def test_gates_with_nothing_missing(qtbot):
    gates = GateList()
    qtbot.addWidget(gates)
    gates.show_gates([Gate("a", "甲", met=True)])
    assert [label.text() for label in gates.findChildren(Words)] == ["没有未了的事项", "甲"]


def test_fingerprint_in_groups_and_copied_without_gaps(qtbot):
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    assert grouped(digest)[:3] == ["9f86", "d081", "884c"]
    label = DigestLabel(digest)
    qtbot.addWidget(label)
    label.show()
    assert label.accessibleName().startswith("指纹 9f86 d081 884c")
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == digest


def test_marks_and_lines_in_words(qtbot):
    mark, line = StateMark(Mark.NOT_YET), ConnectionWord()
    for widget in (mark, line):
        qtbot.addWidget(widget)
    mark.show_mark(Mark.ALARM)
    line.show_link("offline", pending=2)
    assert mark.accessibleName() == "异常"
    assert line.accessibleName() == "本机已保存 2 份，联网后自动送达"
