"""The big screen: never a name, nothing before its time, and a result after stillness."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ballots_world import close, grades, open_poll, opened, paper, slips
from tests.waits import WAIT_S
from tests.world import PROCTOR, created, on_floor, prepared, roster, send
from ui import words
from ui.bridge import Bridge
from ui.screens.hall.build import hall
from ui.screens.hall.pages import HallPages
from ui.screens.hall.painted import Line, OrderBoard
from ui.screens.hall.screen import HallScreen
from ui.screens.hall.view import OrderLot, OrderRoom
from venue_app.base.clock import local_hms
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Person
from venue_app.venue import Venue


@pytest.fixture
def venue(tmp_path):
    made = prepared(tmp_path / "hall.venue")
    yield made
    made.close()


def finish_marks(venue: Venue) -> None:
    """Totals of 77 to 83 for lot 1 of room R1, stages over."""
    on_floor(venue)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    for seat in range(1, 8):
        send(venue, f"R1-{seat}", content=f"{20 + seat}.0")


def release(venue: Venue) -> None:
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)


def test_turnout_is_shown_while_people_vote_and_nothing_of_how(tmp_path, qtbot):
    venue = opened(tmp_path / "vote.venue")
    bridge = Bridge(venue, PROCTOR)
    screen = HallScreen(bridge)
    screen.turnout = venue.polls.turnout
    qtbot.addWidget(screen.widget)
    assert hall(venue.state).page == "welcome"
    poll = open_poll(venue)
    one, _ = slips(venue, poll, 2, papers=1)
    screen.open()
    assert screen.window is not None
    votes = screen.window.pages.votes
    qtbot.waitUntil(lambda: votes.isVisible() and votes.polls[0].count.text == "已投 0 / 3")
    venue.polls.cast(poll, one, paper(grades("优秀"))).result(WAIT_S)
    venue.polls.enter(poll, [paper(grades("不称职"))])
    qtbot.waitUntil(lambda: votes.polls[0].count.text == "已投 2 / 3")
    assert votes.polls[0].title.text == "民主测评" and not votes.polls[1].isVisible()
    shown = " ".join(line.text for line in votes.findChildren(Line))
    assert "优秀" not in shown and "不称职" not in shown
    assert hall(venue.state, "break").page == "break", "what the proctor chose stays"
    close(venue, poll, tellers=("甲", "乙"))
    assert (hall(venue.state).page, hall(venue.state).polls) == ("break", ())
    bridge.close()
    screen.close()
    venue.close()


def test_the_page_follows_the_event(tmp_path):
    venue = Venue.create(tmp_path / "day.venue", created())
    venue.ask(roster(), PROCTOR)
    assert hall(venue.state).page == "welcome"
    venue.ask(c.OpenRun(people=(Person(role="supervisor", name="监督员"),)), PROCTOR)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    view = hall(venue.state)
    assert view.draw is not None
    assert (view.page, view.draw.count) == ("draw", 6)
    assert len(view.draw.commitment) == 64
    venue.ask(dc.HoldDraw(public="123"), PROCTOR)
    assert hall(venue.state).page == "order"
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert hall(venue.state, room="R1").page == "now"
    assert hall(venue.state, room="R2").page == "order"
    assert hall(venue.state, "welcome").page == "welcome"
    venue.close()


def test_no_name_ever_reaches_the_hall(venue):
    names = {person.name for person in venue.state.candidates.values()}
    numbers = {person.identity for person in venue.state.candidates.values()}
    judges = {seat.name for seat in venue.state.seats.values() if seat.name}
    finish_marks(venue)
    release(venue)
    for choice in ("auto", "welcome", "order", "now"):
        for room in ("", "R1", "R2"):
            told = repr(hall(venue.state, choice, room))
            assert not [secret for secret in names | numbers | judges if secret in told]


def test_nothing_of_a_result_before_it_is_released(venue):
    finish_marks(venue)
    value = venue.state.appearances[("R1", 1)].value
    assert value == "80.00"
    assert value not in repr(hall(venue.state, room="R1"))
    assert str(hall(venue.state, room="R1").rooms[0].word) == "成绩复核中"
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    assert value not in repr(hall(venue.state, room="R1"))
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    view = hall(venue.state, room="R1")
    assert view.page == "result"
    assert view.rooms[0].result is not None
    assert [(m.text, m.struck) for m in view.rooms[0].result.marks] == [
        ("77.0", "low"),
        ("78.0", ""),
        ("79.0", ""),
        ("80.0", ""),
        ("81.0", ""),
        ("82.0", ""),
        ("83.0", "high"),
    ]
    assert view.rooms[0].result.value == "80.00"


def test_what_the_judges_have_sent_is_counted_and_not_shown(venue):
    on_floor(venue)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    send(venue, "R1-2")
    room = hall(venue.state, room="R1").rooms[0]
    assert str(room.word) == "评委评分　已交 1 / 7"
    assert "80.0" not in repr(room)


def test_the_value_appears_after_stillness_and_only_once(venue, qtbot):
    finish_marks(venue)
    release(venue)
    pages = HallPages(venue.clock.mono_ms)
    qtbot.addWidget(pages)
    pages.resize(1280, 720)
    pages.show()
    view = hall(venue.state, room="R1")
    pages.show_hall(view)
    assert pages.stack.currentWidget() is pages.result
    assert pages.result.value.text == ""
    with qtbot.waitSignal(pages.result.still.timeout):
        pass
    assert pages.result.value.text == "80.00"
    pages.show_hall(view)
    assert pages.result.value.text == "80.00"


def test_the_hall_speaks_the_language_in_force(venue, qtbot):
    pages = HallPages(venue.clock.mono_ms)
    qtbot.addWidget(pages)
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    pages.show_hall(hall(venue.state, room="R1"))
    assert pages.now.panels[0].lot.text == "签号 1"
    words.switch("en")
    assert pages.now.panels[0].lot.text == "Lot 1"


def lots(count: int) -> tuple[OrderLot, ...]:
    return tuple(OrderLot(n, "某职位", "waiting") for n in range(1, count + 1))


@pytest.mark.parametrize(
    ("sizes", "columns", "pages"),
    [((6,), 1, 1), ((13,), 2, 1), ((48,), 4, 1), ((49,), 4, 2), ((57, 46, 47), 3, 5), ((), 1, 1)],
)
def test_the_board_has_as_many_pages_as_it_needs(qtbot, sizes, columns, pages):
    board = OrderBoard()
    qtbot.addWidget(board)
    board.show_order(tuple(OrderRoom(f"第{n}考场", lots(size)) for n, size in enumerate(sizes, 1)))
    assert (board.columns, board.pages) == (columns, pages)


def test_turning_pages_shows_every_lot_once_and_begins_again(qtbot):
    board = OrderBoard()
    qtbot.addWidget(board)
    board.show_order((OrderRoom("第1考场", lots(100)),))
    seen: list[int] = []
    for _ in range(board.pages):
        seen += [lot.number for _, part in board.cells() for lot in part]
        board.turn()
    assert seen == list(range(1, 101))
    assert board.page == 0


def test_the_proctor_opens_chooses_and_closes(venue, qtbot):
    bridge = Bridge(venue, PROCTOR)
    screen = HallScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    qtbot.mouseClick(screen.widget.bar.action.button, Qt.MouseButton.LeftButton)
    window = screen.window
    assert window is not None and window.isVisible()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    qtbot.mouseClick(screen.widget.choices["welcome"], Qt.MouseButton.LeftButton)
    assert window.pages.stack.currentWidget() is window.pages.welcome
    assert screen.widget.preview.pages.stack.currentWidget() is screen.widget.preview.pages.welcome
    qtbot.mouseClick(screen.widget.choices["auto"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.widget.rooms["R2"], Qt.MouseButton.LeftButton)
    on_floor(venue, "R2", 1)
    qtbot.waitUntil(lambda: window.pages.stack.currentWidget() is window.pages.now)
    assert window.pages.now.panels[0].clock.isVisible()
    qtbot.mouseClick(screen.widget.bar.action.button, Qt.MouseButton.LeftButton)
    assert screen.window is None
    bridge.close()


def test_closing_the_window_itself_is_noticed(venue, qtbot):
    bridge = Bridge(venue, PROCTOR)
    screen = HallScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.open()
    assert screen.window is not None
    screen.window.close()
    assert screen.window is None
    assert screen.widget.bar.action.button.text() in ("打开大屏窗口", "在第二块屏幕上打开大屏")
    bridge.close()


def test_the_page_is_up_to_date_when_it_is_turned_to(venue, qtbot):
    bridge = Bridge(venue, PROCTOR)
    screen = HallScreen(bridge)
    qtbot.addWidget(screen.widget)
    on_floor(venue, "R1", 1)
    on_floor(venue, "R2", 1)
    qtbot.waitUntil(lambda: bridge.state.floor == {"R1": 1, "R2": 1})
    screen.widget.show()
    preview = screen.widget.preview.pages
    qtbot.waitUntil(lambda: preview.stack.currentWidget() is preview.now)
    bridge.close()


def test_an_unplugged_projector_covers_nothing_and_coming_back_shows_again(venue, qapp, qtbot):
    bridge = Bridge(venue, PROCTOR)
    screen = HallScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.open()
    window = screen.window
    assert window is not None
    window.place(window.screen())
    assert window.isFullScreen()
    projector = window.screen()
    qapp.screenAdded.emit(projector)
    assert window.isFullScreen()  # another display besides changes nothing
    qapp.screenRemoved.emit(projector)
    assert screen.window is window and window.isVisible() and not window.isFullScreen()
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    qtbot.waitUntil(lambda: window.pages.now.panels != [])
    qapp.screenAdded.emit(projector)
    assert window.isFullScreen() and window.isVisible()
    qapp.screenRemoved.emit(projector)
    window.close()
    assert screen.window is None
    bridge.close()


def test_in_a_break_the_hall_sees_who_goes_on_and_the_camera_a_slate(venue, qtbot):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    view = hall(venue.state, "break", head="41 · AB12 CD34")
    pages = HallPages(venue.clock.mono_ms, wall_ms=lambda: 1_777_600_000_000)
    qtbot.addWidget(pages)
    pages.resize(1366, 768)
    pages.show()
    pages.show_hall(view)
    assert pages.stack.currentWidget() is pages.pause
    said = [line.text for line in pages.pause.findChildren(Line) if line.isVisible()]
    assert said == ["休息", "测试活动", "第1组 休息后继续：签号 1", "第2组 下一位：签号 1"]
    assert pages.slate.words.text == "第1组 签号 1   41 · AB12 CD34"
    assert pages.slate.time.text == local_hms(1_777_600_000_000)
    names = [x for person in venue.state.candidates.values() for x in (person.name, person.identity)]
    assert not [name for name in names for line in pages.findChildren(Line) if name in line.text]


def test_the_welcome_page_says_how_to_check_the_draw_once_it_is_held(venue):
    rules = [str(line) for line in hall(venue.state, "welcome").rules]
    assert rules[-2] == "自己验：SHA-256(种子,编号) 从小到大排列，就是顺序"
    digest = venue.state.draw.list_digest
    assert rules[-1].startswith(f"名单指纹开头 {digest[:4]} {digest[4:8]} ")
