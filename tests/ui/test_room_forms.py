"""What stands beside the next step, done by keyboard alone in a real window on a real event file."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.ui.events import answered
from tests.world import PROCTOR, on_floor, prepared, send, stages_over
from ui.bridge import Bridge
from ui.frame import MainFrame
from ui.screens.room.screen import RoomScreen
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.host.photos import Photo
from venue_app.state.room import announcing

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
RETURN, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space


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
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    made.widget.open("R1")
    ticks = itertools.count()
    made.widget.page.floor._local = lambda: 1000 * next(ticks)
    yield made
    bridge.close()


def key(qtbot, screen, letter: str) -> None:
    """Alt and a letter, wherever the keyboard is, once all that was asked is answered."""
    answered(screen._bridge, qtbot)
    qtbot.keyClick(screen.widget.window(), getattr(Qt.Key, f"Key_{letter}"), ALT)


def offered(qtbot, screen, act: str) -> None:
    """Wait until the board has heard of what happened."""
    qtbot.waitUntil(lambda: screen.widget.page.lot_for(act) is not None)


def opened(qtbot, screen, letter: str, act: str):
    """Open a form by its key."""
    offered(qtbot, screen, act)
    key(qtbot, screen, letter)
    panel = screen.widget.page.panel
    assert panel.isVisible() and panel.form is not None and panel.form.act == act
    assert panel.holds_focus()
    return panel


def typed(qtbot, *texts: str) -> None:
    """Type each into the line the keyboard is in, and go on by Enter."""
    for text in texts:
        at = QApplication.focusWidget()
        assert isinstance(at, QLineEdit), at
        qtbot.keyClicks(at, text) if text.isascii() else at.insert(text)
        qtbot.keyClick(at, RETURN)


def chosen(qtbot, downs: int) -> None:
    """Choose in the list the keyboard is in, and go on by Enter."""
    at = QApplication.focusWidget()
    for _ in range(downs):
        qtbot.keyClick(at, DOWN)
    qtbot.keyClick(at, RETURN)


def hold(qtbot, panel, until) -> None:
    """Hold Space on the button the keyboard has come to."""
    assert QApplication.focusWidget() is panel.hold
    qtbot.keyClick(panel.hold, SPACE)  # let go at once: nothing happens
    assert panel.form is not None
    qtbot.keyPress(panel.hold, SPACE)
    qtbot.waitUntil(until)
    qtbot.waitUntil(lambda: panel.form is None)


def appearance(venue, lot: int = 1):
    return venue.state.appearances["R1", lot]


def finish(venue, lot: int, *, release: bool = True) -> None:
    on_floor(venue, lot=lot)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    for seat in range(1, 8):
        send(venue, f"R1-{seat}", lot=lot)
    venue.ask(c.CheckResult(room="R1", lot=lot, checker="核分员"), PROCTOR)
    if release:
        venue.ask(c.ReleaseResult(room="R1", lot=lot), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)


def seen(widget) -> list[str]:
    return [w.text() for w in widget.findChildren(QLabel) if w.isVisible() and w.text()]


def test_called_again_and_undone(screen, venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    offered(qtbot, screen, "recall")
    key(qtbot, screen, "R")
    qtbot.waitUntil(lambda: appearance(venue).calls == 2)
    papers = screen.widget.page.floor.papers
    qtbot.waitUntil(lambda: papers.calls.text() == "已呼叫 2 次")
    venue.ask(c.StartStage(room="R1", stage="speech"), PROCTOR)
    offered(qtbot, screen, "undo")
    key(qtbot, screen, "Z")
    qtbot.waitUntil(lambda: appearance(venue).clock is None)
    assert venue.state.floor == {"R1": 1}


def test_identity_is_on_record_with_who_compared(screen, venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    panel = opened(qtbot, screen, "I", "identity")
    line = panel.fields["by"].edit
    assert line.text() == PROCTOR.name
    line.selectAll()
    typed(qtbot, "引导员")
    qtbot.waitUntil(lambda: appearance(venue).identified == "引导员")
    qtbot.waitUntil(lambda: screen.widget.page.lot_for("identity") is None)
    assert screen.widget.page.floor.papers.identity.accessibleName() == "身份已核对：引导员"


def test_giving_up_takes_a_reason_another_person_and_a_held_press(screen, venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    panel = opened(qtbot, screen, "W", "waive")
    assert panel.missing.text() == "还缺：原因、第二人" and not panel.hold.isEnabled()
    typed(qtbot, "本人放弃", "监督员甲")
    hold(qtbot, panel, lambda: appearance(venue).status == "waived")
    qtbot.waitUntil(lambda: "撤销" in str(screen.widget.page.floor.more.menu_shown.actions()[-1].text()))


def test_a_refusal_stands_in_the_form_and_nothing_typed_is_lost(screen, venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    panel = opened(qtbot, screen, "W", "waive")
    typed(qtbot, "本人放弃", PROCTOR.name)
    qtbot.keyPress(panel.hold, SPACE)
    qtbot.waitUntil(panel.banner.isVisible)
    qtbot.keyRelease(panel.hold, SPACE)
    assert "另一个人" in panel.banner.sentence.text()
    assert panel.fields["reason"].edit.text() == "本人放弃"
    assert appearance(venue).status == "floor"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not panel.isVisible() and screen.widget.page.seats.isVisible()


def test_a_judge_is_left_out_for_a_whole_post(screen, venue, qtbot):
    panel = opened(qtbot, screen, "U", "recuse")
    chosen(qtbot, 2)
    typed(qtbot, "同一单位")
    hold(qtbot, panel, lambda: venue.state.recusals == {("R1-2", "P1"): "同一单位"})
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    qtbot.waitUntil(lambda: screen.widget.page.seats.tiles["R1-2"].view.state == "recused")


def test_more_time_with_its_reason(screen, venue, qtbot):
    on_floor(venue)
    panel = opened(qtbot, screen, "E", "extend")
    assert panel.values() == {"seconds": "60", "reason": ""}
    panel.fields["seconds"].buttons[2].setFocus()
    qtbot.keyClick(panel.fields["seconds"].buttons[2], SPACE)
    panel.onwards()
    typed(qtbot, "话筒故障")
    qtbot.waitUntil(lambda: appearance(venue).clock.limit_ms == 600_000)
    assert [i.text for i in venue.state.incidents] == ["话筒故障"]


def test_a_step_key_in_a_form_means_the_form(screen, venue, qtbot):
    on_floor(venue)
    panel = opened(qtbot, screen, "E", "extend")
    qtbot.keyClick(screen.widget.window(), RETURN, CONTROL)
    assert panel.isVisible() and QApplication.focusWidget() is panel.fields["reason"].edit
    assert appearance(venue).clock.phase == "running"


def test_a_sheet_given_back_is_marked_checked_and_told_again(screen, venue, qtbot):
    finish(venue, 1)
    page = screen.widget.page
    panel = opened(qtbot, screen, "T", "reopen")
    assert "已经公布" in panel.about.text()
    chosen(qtbot, 3)
    typed(qtbot, "漏评一项", "监督员甲")
    hold(qtbot, panel, lambda: appearance(venue).superseded != ())
    assert appearance(venue).superseded[0].seat == "R1-3"
    on_floor(venue, lot=2)
    qtbot.waitUntil(page.owed_strip.isVisible)
    send(venue, "R1-3", lot=1, content="30", language="20")
    qtbot.waitUntil(lambda: page.room.owed[0].act == "check")
    key(qtbot, screen, "O")
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    assert panel.form.act == "check"
    rows = panel.form.sheets[0].rows
    assert [(r.seat, r.total, str(r.note), r.old) for r in rows if r.seat == 3] == [
        (3, "90.0", "", False),  # 30 + 20 + 16 + 16 + 8
        (3, "80.0", "已更正", True),
    ]
    typed(qtbot, "核分员")
    qtbot.waitUntil(lambda: appearance(venue).checker == "核分员")
    qtbot.waitUntil(lambda: page.owed_panel.isVisible() and page.room.owed[0].act == "tell")
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    qtbot.waitUntil(lambda: appearance(venue).released)
    qtbot.waitUntil(lambda: not page.owed_panel.isVisible() and not page.owed_strip.isVisible())
    assert page.seats.isVisible()


def test_a_sheet_on_paper_is_typed_twice(screen, venue, qtbot):
    on_floor(venue)
    panel = opened(qtbot, screen, "P", "paper")
    chosen(qtbot, 1)
    marks = ("24", "16", "16", "16", "8")
    typed(qtbot, *marks)
    assert {line.echoMode() for line in panel.marks.first.values()} == {QLineEdit.EchoMode.Password}
    typed(qtbot, "25", *marks[1:])
    typed(qtbot, "核分员")
    qtbot.waitUntil(panel.banner.isVisible)
    assert "不一致" in panel.banner.sentence.text() and not appearance(venue).sheets
    line = panel.marks.again["content"]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "24.0")
    qtbot.keyClick(screen.widget.window(), RETURN, CONTROL)
    qtbot.waitUntil(lambda: "R1-1" in appearance(venue).sheets)
    assert appearance(venue).sheets["R1-1"].total == "80.0"
    assert venue.state.incidents[-1].kind == "paper"


def test_the_candidate_signs_or_refuses_with_a_reason(screen, venue, qtbot):
    finish(venue, 1)
    panel = opened(qtbot, screen, "S", "sign")
    assert panel.form.lot == 1 and not panel.fields["refused"].isVisible()
    qtbot.keyClick(QApplication.focusWidget(), DOWN)
    assert panel.fields["refused"].isVisible() and not panel.go.isEnabled()
    panel.onwards()
    typed(qtbot, "对分数有异议")
    qtbot.waitUntil(lambda: appearance(venue).refused == "对分数有异议")
    qtbot.waitUntil(lambda: panel.form is None)
    panel = opened(qtbot, screen, "S", "sign")
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    qtbot.waitUntil(lambda: appearance(venue).signed)


def test_what_happened_and_what_was_decided(screen, venue, qtbot):
    on_floor(venue)
    qtbot.waitUntil(lambda: screen.widget.page.lot_for("note") == 1)
    panel = opened(qtbot, screen, "N", "note")
    panel.fields["kind"].buttons[1].setFocus()
    qtbot.keyClick(panel.fields["kind"].buttons[1], SPACE)
    panel.fields["decision"].edit.setText("提醒一次")
    panel.onwards()
    typed(qtbot, "报出姓名")
    qtbot.waitUntil(lambda: bool(venue.state.incidents))
    last = venue.state.incidents[-1]
    assert (last.kind, last.lot, last.text, last.decision) == ("violation", 1, "报出姓名", "提醒一次")


def test_results_held_back_can_be_told_when_their_time_has_come(screen, venue, qtbot):
    page = screen.widget.page
    panel = opened(qtbot, screen, "A", "announcing")
    qtbot.keyClick(QApplication.focusWidget(), DOWN)
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    qtbot.waitUntil(lambda: announcing(venue.state, "R1") == "after-next")
    qtbot.waitUntil(lambda: panel.form is None)
    finish(venue, 1, release=False)
    qtbot.waitUntil(lambda: [(x.lot, x.act) for x in page.room.owed] == [(1, "")])
    key(qtbot, screen, "O")
    assert "已复核，下一位结束后公布" in seen(page.owed_panel) and page.owed_panel.buttons == {}
    venue.ask(c.MarkAbsent(room="R1", lot=2), PROCTOR)
    qtbot.waitUntil(lambda: 1 in page.owed_panel.buttons)
    key(qtbot, screen, "O")
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    qtbot.waitUntil(lambda: appearance(venue).released)


def test_what_has_no_use_now_says_so(screen, venue, qtbot):
    key(qtbot, screen, "E")
    assert "延长时间" in screen.widget.banner.sentence.text() and screen.widget.banner.isVisible()
    assert not screen.widget.page.panel.isVisible()


def test_a_chosen_lot_comes_first(screen, venue, qtbot):
    screen.widget.page.queue.choose(3)
    panel = opened(qtbot, screen, "W", "waive")
    assert panel.form.lot == 3


def test_a_console_is_not_offered_what_concerns_other_rooms(venue, qtbot):
    bridge = Bridge(venue, PROCTOR)
    made = RoomScreen(bridge, only="R1")
    qtbot.addWidget(made.widget)
    made.widget.show()
    assert made.widget.page.lot_for("recuse") is None
    assert made.widget.page.lot_for("note") == 0
    bridge.close()


def test_another_room_puts_a_form_away(screen, venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    panel = opened(qtbot, screen, "I", "identity")
    qtbot.keyClick(screen.widget.window(), Qt.Key.Key_2, ALT)
    assert screen.widget.room == "R2" and not panel.isVisible()


def test_a_superseded_sheet_is_struck_on_the_floor_too(screen, venue, qtbot):
    on_floor(venue)
    stages_over(venue)
    for seat in range(1, 8):
        send(venue, f"R1-{seat}")
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-5", reason="笔误", second="监督员甲"), PROCTOR)
    qtbot.waitUntil(lambda: screen.widget.page.room.marked == 6)
    assert screen.widget.page.room.sheets == ()
    send(venue, "R1-5", manner="9")
    qtbot.waitUntil(lambda: len(screen.widget.page.room.sheets) == 1)
    table = screen.widget.page.floor._sheets[0].table
    old = [at for at in range(table.rowCount()) if table.item(at, 7).text() == "已更正"]
    assert old == [5] and table.item(5, 6).text() == "80.0"
    assert table.item(5, 6).font().strikeOut() and not table.item(2, 6).font().strikeOut()


def png(colour: str) -> bytes:
    """A picture of one colour."""
    image = QImage(30, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(data, QByteArray(b"PNG")).write(image)
    return bytes(data.data().data())


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (Photo("here", png("#123456")), "报名照片。请与本人和身份证件比对。"),
        (Photo("none"), "名单中没有此人的照片，请将本人与身份证件比对。"),
        (Photo("lost"), "登记的照片不在本机或已被改动，请将本人与身份证件比对。"),
        (Photo("here", b"no picture"), "登记的照片不在本机或已被改动，请将本人与身份证件比对。"),
    ],
)
def test_the_identity_form_shows_the_photograph_or_says_calmly_that_there_is_none(
    screen, venue, qtbot, photo, words
):
    asked: list[str] = []

    def given(candidate):
        asked.append(candidate)
        return photo

    screen._photo = given
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    panel = opened(qtbot, screen, "I", "identity")
    assert asked == [venue.state.entries[venue.state.appearances["R1", 1].entry].candidate]
    assert panel.photo.words.text() == words
    shown = panel.photo.picture
    assert shown.isVisible() == words.startswith("报名照片")
    if shown.isVisible():
        assert shown.grab().toImage().pixelColor(shown.width() // 2, shown.height() // 2).name() == "#123456"
