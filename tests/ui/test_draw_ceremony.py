"""Lots turned over before the hall, by keyboard alone, on a real venue and with the big screen open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from tests.ui import events
from tests.world import PEOPLE, PROCTOR, FakeClock, created, roster
from ui.bridge import Bridge
from ui.frame import MainFrame
from ui.screens.draw.ceremony import PAUSE_MS
from ui.screens.draw.screen import DrawScreen
from ui.screens.hall.screen import HallScreen
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import showing as s
from venue_app.venue import Venue

PEOPLE_COUNT = 30


class Day:
    """A venue with thirty people, the proctor's frame, and the big screen's screen."""

    def __init__(self, folder: Path, qtbot) -> None:
        self.clock = FakeClock()
        self.venue = Venue.create(folder / "day.venue", created(), self.clock)
        self.venue.ask(roster(PEOPLE_COUNT), PROCTOR)
        self.venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
        self.bridge = Bridge(self.venue, PROCTOR)
        self.frame = MainFrame()
        self.draw, self.hall = DrawScreen(self.bridge), HallScreen(self.bridge)
        self.hall.lot_pressed.connect(self.draw.ceremony.press)
        self.hall.lot_coded.connect(self.draw.ceremony.read)
        self.draw.ceremony.noted.connect(self.hall.note)
        self.frame.register(self.draw)
        self.frame.register(self.hall)
        self.frame.show()
        self.qtbot = qtbot
        qtbot.addWidget(self.frame)

    def shortcut(self, keys: str) -> None:
        """As if pressed in the frame: the key's own act."""
        wanted = QKeySequence(keys)
        found = [x for x in self.draw.widget.findChildren(QShortcut) if x.key() == wanted]
        assert len(found) == 1
        found[0].activated.emit()

    def press(self, key: Qt.Key) -> None:
        """At the big screen, after a breath."""
        assert self.hall.window is not None
        before = self.venue.state.size
        self.clock.pass_ms(PAUSE_MS)
        self.qtbot.keyClick(self.hall.window, key)
        self.qtbot.waitUntil(lambda: self.venue.state.size > before)
        self.settle()

    def settle(self) -> None:
        """Until both screens show the newest state."""
        left = len(self.venue.state.showing.hidden)
        total = len(self.venue.state.showing.listed)
        self.qtbot.waitUntil(lambda: self.lots == (total - left, total) and not self.draw.ceremony.busy)

    @property
    def lots(self) -> tuple[int, int] | None:
        """How far the big screen says it is."""
        window = self.hall.window
        shown = None if window is None else window.pages.lots.stage._lots
        return None if shown is None else (shown.shown, shown.total)

    def close(self) -> None:
        self.hall.close()
        self.bridge.close()
        self.venue.close()


@pytest.fixture
def day(tmp_path, qtbot) -> Iterator[Day]:
    made = Day(tmp_path, qtbot)
    yield made
    made.close()


def drawn(day: Day) -> None:
    """Frozen, thrown, drawn, and the big screen open."""
    day.venue.ask(s.ChooseShowing(one_by_one=True), PROCTOR)
    day.venue.ask(dc.FreezeDraw(), PROCTOR)
    day.venue.ask(dc.HoldDraw(public="31415926535"), PROCTOR)
    day.hall.open()
    day.settle()


def test_the_whole_ceremony_by_keyboard_alone(day):
    """Chosen, locked, typed, drawn by keys of the draw's screen; thirty lots by keys at the big screen."""
    view, qtbot = day.draw.widget, day.qtbot
    day.shortcut("Ctrl+B")
    qtbot.waitUntil(lambda: day.venue.state.showing.one_by_one)
    day.shortcut("Ctrl+Return")
    qtbot.waitUntil(lambda: day.draw.model.stage == "public" and view.field.isVisible())
    day.shortcut("Ctrl+E")
    qtbot.keyClicks(view.field, "271828")
    day.shortcut("Ctrl+Return")
    events.hold(qtbot, view.bar.hold, lambda: day.draw.model.stage == "held")
    assert len(day.venue.state.showing.hidden) == PEOPLE_COUNT
    assert all(p.entry == "" for part in day.draw.model.order for p in part.people)
    day.hall.open()
    day.settle()
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert day.hall.window is not None
    stage = day.hall.window.pages.lots.stage
    for number in range(PEOPLE_COUNT):
        entry = day.venue.state.showing.hidden[0]
        assert stage.whose.text == entry
        day.press(keys[number % len(keys)])
        assert stage.lot.text.endswith(f" {day.venue.state.lots[entry].number}")
        assert stage.stack.currentWidget() is stage.lot_page
    assert day.venue.state.showing.hidden == ()
    qtbot.waitUntil(lambda: all(p.entry for part in day.draw.model.order for p in part.people))
    cells = [cell for _, page in day.hall.window.pages.lots.board.pages for cell in page]
    lots = day.venue.state.lots
    rooms = sorted(day.venue.state.rooms)
    wanted = [
        next(e for e, lot in lots.items() if (lot.room, lot.number) == (room, n))
        for room in rooms
        for n in range(1, 1 + sum(lot.room == room for lot in lots.values()))
    ]
    assert [cell.entry for cell in cells] == wanted


def test_a_second_press_of_the_same_finger_turns_nothing_over(day):
    drawn(day)
    day.press(Qt.Key.Key_Space)
    size = day.venue.state.size
    day.clock.pass_ms(PAUSE_MS - 1)
    day.qtbot.keyClick(day.hall.window, Qt.Key.Key_Space)
    day.draw.ceremony.press()
    assert day.venue.submit(dc.GivePublic(public="1"), PROCTOR).exception() is not None  # the queue is empty
    assert day.venue.state.size == size


def test_a_scanner_turns_over_whoever_s_code_it_is(day):
    drawn(day)
    day.clock.pass_ms(PAUSE_MS)
    day.qtbot.keyClicks(day.hall.window, "e004")
    assert day.venue.state.showing.last == ""
    assert day.hall.window.pages.lots.stage.how.text == "e004"
    day.press(Qt.Key.Key_Return)
    assert day.venue.state.showing.last == "E004"
    assert day.venue.state.showing.hidden[0] == "E001"


def test_a_code_of_nobody_is_said_to_the_hall_and_the_proctor(day):
    drawn(day)
    day.clock.pass_ms(PAUSE_MS)
    size = day.venue.state.size
    day.qtbot.keyClicks(day.hall.window, "E999")
    day.qtbot.keyClick(day.hall.window, Qt.Key.Key_Return)
    assert "E999" in day.hall.window.pages.lots.stage.how.text
    assert day.draw.widget.banner.isVisible()
    assert day.venue.state.size == size


def test_whoever_is_not_here_comes_last_and_the_rest_is_shown_by_a_held_press(day):
    drawn(day)
    day.shortcut("F8")
    day.qtbot.waitUntil(lambda: day.venue.state.showing.passed == ("E001",))
    assert day.venue.state.showing.hidden[-1] == "E001"
    day.qtbot.waitUntil(lambda: "E003" in day.draw.widget.turn.who.text())
    hold = day.draw.widget.turn.all
    events.hold(day.qtbot, hold, lambda: day.venue.state.showing.hidden == ())
    assert day.venue.state.showing.last == "E001"
    day.qtbot.waitUntil(lambda: not day.draw.widget.turn.isVisible())


def test_the_projector_unplugged_and_back_shows_the_same(day):
    drawn(day)
    for _ in range(7):
        day.press(Qt.Key.Key_Space)
    window = day.hall.window
    board = window.pages.lots.board.pages
    whose = window.pages.lots.stage.whose.text
    last = window.pages.lots.stage.lot.text
    window.close()
    day.qtbot.waitUntil(lambda: day.hall.window is None)
    assert day.venue.state.showing.hidden[0] == whose
    day.hall.open()
    day.settle()
    again = day.hall.window
    assert again is not window
    assert again.pages.lots.board.pages == board
    assert again.pages.lots.stage.whose.text == whose
    assert again.pages.lots.stage.lot.text == last
    assert not again.pages.lots.stage.lot.settling
    day.press(Qt.Key.Key_Space)
    assert day.venue.state.showing.last == whose


def test_a_lot_that_is_still_hidden_is_not_called(day):
    drawn(day)
    with pytest.raises(Known) as caught:
        day.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert caught.value.code == "showing.under_way"


def test_the_first_call_ends_the_ceremony_s_page(day):
    drawn(day)
    day.venue.ask(s.ShowRest(), PROCTOR)
    day.settle()
    day.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    day.qtbot.waitUntil(lambda: day.hall.window.pages.stack.currentWidget() is day.hall.window.pages.now)
    size = day.venue.state.size
    day.clock.pass_ms(PAUSE_MS)
    day.qtbot.keyClick(day.hall.window, Qt.Key.Key_Space)
    assert day.venue.state.size == size
