"""A real replay window offscreen: what hall and room show at chosen moments, and that nothing can be done there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt

from tests import replayworld as day
from tests.ui.walk import nameless, too_small
from ui import words
from ui.program.program import Program
from ui.replay.window import ReplayWindow
from ui.screens.hall.painted import Line
from ui.screens.hall.panel import Preview
from ui.widgets.buttons import Button
from ui.widgets.clock import clock_text
from ui.widgets.held import HeldButton
from venue_app.host.replay import open_file

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(day_files, day_clock, qtbot):
    made = ReplayWindow(open_file(day_files[0], real=day_clock))
    qtbot.addWidget(made)
    made.show()
    made.replay.to_time(day.CALLED * 1000)
    made.board.open("R1")
    return made


def at(window: ReplayWindow, second: float) -> ReplayWindow:
    window.replay.to_time(round(second * 1000))
    return window


def seen(part: Preview) -> str:
    """Every word of the big screen that is in sight."""
    page = part.pages.stack.currentWidget() or part
    return " ".join(line.text for line in page.findChildren(Line) if line.isVisibleTo(page))


def clock_of(face) -> str:
    return clock_text(face._reading.elapsed_at(face._now()), face._reading.limit_ms)


def test_the_clock_on_hall_and_floor_is_as_it_was(window):
    for second, shown in ((160, "6:20"), (275, "4:40"), (350, "3:40")):
        at(window, second)
        assert clock_of(window.board.page.floor.clock) == shown
        assert clock_of(window.picture.pages.now.panels[0].clock) == shown
    assert window.board.page.floor.pause_note.isVisible() is False
    at(window, 275)
    assert "灯光" in window.board.page.floor.pause_note.text()


def test_no_mark_is_seen_before_its_release(window):
    at(window, 410)
    assert window.replay.state.appearances[("R1", 1)].value == "80.00"  # it is known, and not told
    assert "80" not in seen(window.picture)
    assert window.picture.pages.stack.currentWidget() is not window.picture.pages.result


def test_the_result_comes_after_its_stillness(window, day_clock):
    at(window, day.RELEASED)
    pages = window.picture.pages
    assert pages.stack.currentWidget() is pages.result
    assert [m.text for m in pages.result.marks._marks] == ["80.0"] * 7
    assert pages.result.value.text == ""
    window.toggle()
    day_clock.pass_ms(2_900)
    window._tick()
    assert pages.result.value.text == ""
    day_clock.pass_ms(200)
    window._tick()
    assert pages.result.value.text == "80.00"


def test_jumping_behind_the_stillness_shows_the_result_at_once(window):
    at(window, day.RELEASED + 10)
    assert window.picture.pages.result.value.text == "80.00"
    at(window, 410)
    assert "80" not in seen(window.picture)


def test_the_list_follows_in_plain_words(window):
    at(window, day.PAUSED)
    assert "灯光" in window.entries.sentence(window.entries.records[-1])
    count = len(window.entries.records)
    window.replay.next()
    assert len(window.entries.records) == count + 1
    at(window, day.CALLED - 1)
    assert [r.kind for r in window.entries.records][-1] == "draw.drawn"
    at(window, day.LEFT)
    assert len(window.entries.records) == window.replay.size


def test_a_press_on_an_entry_goes_there(window):
    at(window, day.LEFT)
    paused = next(r for r in window.entries.records if r.kind == "stage.paused")
    row = len(window.entries.records) - 1 - paused.seq
    window.entries.activated.emit(window.entries.model().index(row))
    assert window.replay.size == paused.seq + 1
    assert window.replay.position == day.PAUSED * 1000


def test_nothing_can_be_done(window, day_files):
    """No step, no menu, no form; a press on a seat opens nothing; a press on a lot goes to its call."""
    at(window, 410)
    board = window.board
    assert not board.page.floor.bar.isVisible() and not board.page.floor.checker.isVisible()
    for button in board.page.findChildren(HeldButton):
        assert not button.isVisible()
    for tile in board.page.seats.tiles.values():
        tile.click()
    assert board.page.dialog is None
    board.page.queue.chips[2].click()
    assert window.replay.position == day.SECOND * 1000
    assert not board.page.queue.chosen.isVisible()
    board.open("")
    assert [card.step.isVisible() for card in board.overview.cards.values()] == [False, False]
    assert window.replay.tape.records[-1].seq == day_files[2].size - 1


def test_the_end_is_the_events_end(window, day_files):
    window.replay.to_size(10_000)
    assert window.replay.state == day_files[2]
    assert not window.transport.next.isEnabled() and not window.transport.play.isEnabled()


def test_the_band_cannot_be_missed(window):
    assert window.band.isVisible() and window.band.width() == window.width()
    assert window.band.word == "回放" and window.band.height() >= 40
    assert window.picture.pages.band.text == "回放" and window.picture.pages.band.isVisible()
    at(window, 100)
    first = window.band.moment
    at(window, 101)
    assert first != window.band.moment
    words.switch("en")
    assert window.band.word == "REPLAY" and "not an event under way" in window.band.accessibleName()


def test_a_sound_journal_is_said_to_be(window):
    assert not window.doubt.isVisible() and "已核验" in window.proved.text()


def test_playing_with_keys_and_speeds(window, day_clock, qtbot):
    at(window, 100)
    qtbot.mouseClick(window.transport.speeds[Decimal(10)], LEFT)
    qtbot.mouseClick(window.transport.play, LEFT)
    assert window.replay.playing and window.transport.play.text() == "停住"
    day_clock.pass_ms(3_000)
    window._tick()
    assert window.replay.position == 130_000
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.replay.playing


def test_going_to_what_is_typed(window, qtbot):
    window.transport.where.setText("2")
    qtbot.keyClick(window.transport.where, Qt.Key.Key_Return)
    assert window.replay.position == day.SECOND * 1000
    window.transport.where.setText("55")
    qtbot.mouseClick(window.transport.go, LEFT)
    assert window.banner.isVisible() and "55" in window.banner.sentence.text()


def test_the_line_of_time_goes_by_milestones(window, qtbot):
    line = window.transport.line
    at(window, 0)
    window.replay.to_size(1)
    kinds = []
    for _ in range(5):
        qtbot.keyClick(line, Qt.Key.Key_Right)
        kinds.append(window.replay.tape.records[window.replay.size - 1].kind)
    assert kinds == ["run.opened", "draw.drawn", "candidate.called", "result.released", "candidate.called"]
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert window.replay.position == day.RELEASED * 1000
    there = QPoint(round(line.x_of(day.CALLED * 1000)) + 2, line.height() // 2)
    qtbot.mouseClick(line, LEFT, pos=there)
    assert window.replay.tape.records[window.replay.size - 1].kind == "candidate.called"
    assert line.near(there.x()).kind == "called"


@pytest.mark.parametrize("lang", ["zh-CN", "zh-TW", "en"])
def test_everything_has_a_name_and_can_be_hit(window, lang):
    words.switch(lang)
    at(window, day.RELEASED)
    assert nameless(window) == []
    assert too_small(window.transport, 36) == []


def test_it_fits_the_smallest_window(window):
    for second in (0, 160, 410, 430):
        at(window, second)
        for view in window.views:
            window.show_view(view)
            assert window.minimumSizeHint().height() <= 768 and window.minimumSizeHint().width() <= 1366


def test_from_the_start_page(day_files, qtbot):
    program = Program()
    qtbot.addWidget(program.window)
    program.window.show()
    program.page.replay_requested.emit(day_files[1])
    qtbot.waitUntil(lambda: program.replays is not None and len(program.replays.windows) == 1)
    assert program.replays is not None
    assert program.replays.windows[0].replay.tape.size == day_files[2].size
    assert program.page.isEnabled() and not program.busy.isVisible()
    program.replays.close()
    assert program.replays.windows == []


def test_a_file_that_holds_no_journal_is_said_on_the_start_page(tmp_path, qtbot):
    program = Program()
    qtbot.addWidget(program.window)
    program.window.show()
    (tmp_path / "x.bundle").write_bytes(b"PK" + bytes(60))
    program.replay(tmp_path / "x.bundle")
    qtbot.waitUntil(program.page.banner.isVisible)
    assert "x.bundle" in program.page.banner.sentence.text()


def test_the_door_stands_on_the_start_page(qtbot):
    program = Program()
    qtbot.addWidget(program.window)
    program.window.show()
    dialog = program.page.choose_replay()
    assert isinstance(program.page.replay_button, Button) and "*.bundle" in dialog.nameFilters()[0]
    dialog.reject()


@pytest.mark.parametrize("view", ["both", "room", "hall"])
def test_a_rehearsal_looked_back_at_is_a_rehearsal_in_every_view(window, view):
    window.show_view(view)
    assert window.mode.isVisible() and window.mode.accessibleName() == "演 练"
