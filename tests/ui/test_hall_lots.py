"""The big screen while lots are turned over: what it shows, how a lot comes into view, and what keys mean there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProxyStyle, QStyle

from ui import sample
from ui.screens.hall.build import hall
from ui.screens.hall.lots import LotBoard, LotStage, SettlingLine
from ui.screens.hall.pages import HallPages
from ui.screens.hall.presses import Presses
from ui.screens.hall.view import LotCell, LotRoom, Turn, TurnedLot
from ui.screens.hall.window import HallWindow
from venue_app.domain import commands as c


class Calm(QProxyStyle):
    """A desktop on which animations are switched off."""

    def styleHint(self, hint, option=None, widget=None, data=None):
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)


def test_only_what_was_turned_over_is_there():
    view = hall(sample.turning(57))
    assert view.page == "lots"
    assert view.lots is not None
    assert (view.lots.shown, view.lots.total) == (57, 150)
    filled = [cell for room in view.lots.rooms for cell in room.cells if cell.entry]
    assert len(filled) == 57
    assert [cell.entry for cell in filled if cell.last] == [sample.turning(57).showing.last]
    assert len([cell for room in view.lots.rooms for cell in room.cells]) == 150


def test_nobody_is_named_and_no_order_can_be_asked_for_while_lots_are_hidden():
    state = sample.turning(57)
    names = {person.name for person in state.candidates.values()}
    for choice in ("auto", "draw", "order", "now"):
        view = hall(state, choice)
        assert view.page == "lots"
        assert not [name for name in names if name in repr(view.lots)]


def test_the_board_tells_whose_a_lot_is_until_the_first_call():
    one = sample.Sample.of(sample.drawn(), 20_000_000)
    assert all(lot.entry for room in hall(one.state).order for lot in room.lots)
    one.do(c.CallCandidate(room="R1", lot=1))
    assert not any(lot.entry for room in hall(one.state, "order").order for lot in room.lots)
    assert hall(one.state).lots is None


def test_every_party_s_commitment_stands_on_the_page_of_the_draw():
    state = sample.several_draws(3)
    view = hall(state)
    assert view.page == "draw"
    assert view.draw is not None
    assert view.draw.list_digest == state.draws["seats"].list_digest
    assert [digest for _, digest in view.draw.parties] == [
        state.draws["seats"].promises["supervisor"].commitment,
        state.draws["seats"].promises["notary"].commitment,
        "",
    ]
    seats = hall(sample.several_draws(9))
    assert seats.page == "order"
    assert [len(room.lots) for room in seats.order] == [7, 7, 7]


def test_a_lot_comes_into_view_and_stands_still(qtbot):
    line = SettlingLine()
    qtbot.addWidget(line)
    line.show()
    line.setText("签号 7")
    line.settle()
    assert line.settling
    assert line.text == "签号 7"  # the words are right from the first moment
    qtbot.waitUntil(lambda: not line.settling)
    assert line.seen == 1.0


def test_nothing_moves_where_less_motion_is_wanted(qtbot):
    line, style = SettlingLine(), Calm()
    line.setStyle(style)
    qtbot.addWidget(line)
    line.settle()
    assert (line.settling, line.seen) == (False, 1.0)


def lots(turn: str, last: TurnedLot | None):
    view = hall(sample.turning(0)).lots
    assert view is not None
    return type(view)(Turn(turn, "职位") if turn else None, last, (), 0, 150)


def test_the_next_turn_is_announced_after_a_while_and_the_last_lot_stays(qtbot):
    stage = LotStage()
    qtbot.addWidget(stage)
    stage.show_lots(lots("E001", None))
    assert stage.stack.currentWidget() is stage.turn_page
    stage.show_lots(lots("E002", TurnedLot("E001", "职位", "第1考场", 7)))
    assert stage.stack.currentWidget() is stage.lot_page
    assert "E002" in stage.following.text
    stage.announce()
    assert stage.stack.currentWidget() is stage.turn_page
    assert stage.whose.text == "E002"
    stage.show_lots(lots("", TurnedLot("E002", "职位", "第1考场", 3)))
    stage.announce()
    assert stage.stack.currentWidget() is stage.lot_page
    assert stage.lot.text == "签号 3"


def test_a_full_board_has_even_pages_and_brings_the_newest(qtbot):
    board = LotBoard()
    qtbot.addWidget(board)
    rooms = tuple(LotRoom(f"第{room}考场", tuple(LotCell(n) for n in range(1, 51))) for room in (1, 2, 3))
    board.show_rooms(rooms)
    assert [len(cells) for _, cells in board.pages] == [25] * 6
    cells = (*rooms[1].cells[:29], LotCell(30, "E030", last=True), *rooms[1].cells[30:])
    board.show_rooms((rooms[0], LotRoom("第2考场", cells), rooms[2]))
    assert board.page == 3
    assert "30 E030" in board.accessibleName()
    for _ in range(3):
        board.turn()
    assert board.page == 0


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown, Qt.Key.Key_Right]
)
def test_keys_and_presenters_press(qtbot, key):
    window = opened(qtbot)
    with qtbot.waitSignal(window.presses.pressed):
        qtbot.keyClick(window, key)


def opened(qtbot) -> HallWindow:
    window = HallWindow(lambda: 0)
    qtbot.addWidget(window)
    window.pages.show_hall(hall(sample.turning(3)))
    window.show()
    return window


def test_a_touch_presses_and_letters_gather_into_a_code(qtbot):
    window = opened(qtbot)
    pressed: list[int] = []
    window.presses.pressed.connect(lambda: pressed.append(1))
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    qtbot.keyClicks(window, "E01")
    qtbot.keyClick(window, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(window.presses.coded) as told:
        qtbot.keyClick(window, Qt.Key.Key_Return)
    assert told.args == ["E0"]
    assert pressed == [1]


def test_no_lot_is_turned_over_while_the_projector_is_gone(qapp, qtbot):
    window = opened(qtbot)
    projector = window.screen()
    window.place(projector)
    qapp.screenRemoved.emit(projector)
    pressed: list[int] = []
    window.presses.pressed.connect(lambda: pressed.append(1))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert pressed == []
    qapp.screenAdded.emit(projector)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert pressed == [1]


def test_what_was_typed_and_not_ended_is_forgotten(qtbot):
    presses = Presses()
    presses._say("E01")
    assert presses._forget.isActive()
    presses._forget.timeout.emit()
    assert presses.text == ""


def test_nothing_is_heard_while_something_else_is_shown(qtbot):
    window = HallWindow(lambda: 0)
    qtbot.addWidget(window)
    window.pages.show_hall(hall(sample.under_way()))
    pressed: list[int] = []
    window.presses.pressed.connect(lambda: pressed.append(1))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    assert pressed == []


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (3840, 2160)])
def test_the_turn_fills_its_place_at_every_size(qtbot, size):
    """A sign of 35 mm on a screen of 68 cm is read from 20 m: a twentieth of the height for whose turn it is."""
    pages = HallPages(lambda: 0)
    qtbot.addWidget(pages)
    pages.resize(*size)
    pages.show()
    pages.show_hall(hall(sample.turning(57)))
    whose = pages.lots.stage.whose
    picture = pages.grab().copy(whose.mapTo(pages, whose.rect().topLeft()).x(), 0, whose.width(), size[1])
    image = picture.toImage()
    ground = image.pixel(0, image.height() - 1)
    column = [y for y in range(image.height()) if image.pixel(image.width() // 2, y) != ground]
    assert whose.height() >= size[1] // 5
    assert column
    assert max(column) - min(column) > size[1] // 20
