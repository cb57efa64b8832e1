"""The judge's window on a real line: TLS, pairing, sheets, a laptop that goes away and comes back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.lanworld import drawn, here
from tests.waits import BRISK
from tests.world import PROCTOR, on_floor
from ui.screens.station.screen import StationScreen
from ui.screens.station.window import StationWindow
from ui.shots import settle
from venue_app.domain import commands as c

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def host(tmp_path, keys):
    made = drawn(tmp_path, keys)
    here(made)
    yield made
    made.close()


@pytest.fixture
def stations(tmp_path, qtbot):
    """Makes stations; every one is closed at the end."""
    made: list[StationScreen] = []

    def make(url: str = "", code: str = "", name: str = "one") -> StationScreen:
        station = StationScreen(url, code, tmp_path / name, BRISK)
        qtbot.addWidget(station.window)
        station.window.show()
        made.append(station)
        return station

    yield make
    for station in made:
        station.finish()


def link(host, seat: str) -> str:
    return str(host.joining_link(host.server.issue_code(seat)))


def joined(host, stations, qtbot, seat: str = "R1-3", name: str = "one"):
    """Pasted whole, the link needs nothing more than a press."""
    station = stations(link(host, seat), name=name)
    qtbot.mouseClick(station.window.join.action.button, LEFT)
    qtbot.waitUntil(lambda: station.desk.state is not None)
    return station


def page(station: StationScreen):
    return station.window.stack.currentWidget()


def give_all(station: StationScreen, qtbot) -> None:
    """24.0 by the keypad, the others by a touch of the slider and the keys."""
    controls: Any = station.window.score.controls
    for name, control in controls.items():
        full = {"content": "24", "language": "16", "post": "16", "response": "16", "manner": "8"}[name]
        pad = control.open_keypad()
        for sign in full:
            pad.type_sign(sign)
        qtbot.keyClick(pad, Qt.Key.Key_Return)


def submit(station: StationScreen, qtbot) -> None:
    window: StationWindow = station.window
    qtbot.mouseClick(window.score.action.button, LEFT)
    qtbot.waitUntil(lambda: page(station) is window.review)
    settle()
    qtbot.mousePress(window.review.send, LEFT)
    qtbot.waitUntil(lambda: page(station) is window.wait)
    qtbot.mouseRelease(window.review.send, LEFT)


def test_from_the_card_to_the_receipt(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    assert host.venue.state.stations["R1-3"].device_name == "平板"
    qtbot.waitUntil(lambda: page(station) is station.window.wait)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: page(station) is station.window.score)
    assert station.window.head.lot.text() == "1"
    assert not station.window.score.action.button.isEnabled()
    give_all(station, qtbot)
    assert station.window.score.sum.total.text() == "80.0"
    submit(station, qtbot)
    qtbot.waitUntil(lambda: station.window.wait.receipt.text() != "")
    sheet = host.venue.state.appearances[("R1", 1)].sheets["R1-3"]
    assert sheet.total == "80.0"
    assert station.window.wait.receipt.text() == sheet.receipt
    assert station.desk.unsent == 0


def test_an_address_and_a_code_need_a_person_to_compare_the_key(host, stations, qtbot):
    code = host.server.issue_code("R1-1")
    station = stations(host.url(), code.shown)
    join = station.window.join
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(lambda: join.stack.currentIndex() == 1)
    assert join.key.text() == host.key_words()
    assert "R1-1" not in host.venue.state.stations
    qtbot.mouseClick(join.differs, LEFT)
    assert join.banner.isVisible()
    assert "R1-1" not in host.venue.state.stations
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(lambda: join.stack.currentIndex() == 1)
    qtbot.mouseClick(join.same, LEFT)
    qtbot.waitUntil(lambda: "R1-1" in host.venue.state.stations)
    qtbot.waitUntil(lambda: page(station) is station.window.wait)


def test_a_wrong_code_is_said_and_can_be_typed_again(host, stations, qtbot):
    good = link(host, "R1-2")
    wrong = good.replace(good.split("#")[1][:6], "000000")
    station = stations(wrong)
    join = station.window.join
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(join.banner.isVisible)
    assert "入席码不对" in join.banner.sentence.text()
    join.address.setText(good)
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(lambda: page(station) is station.window.wait)


def test_nobody_at_the_address(stations, qtbot):
    station = stations("127.0.0.1:9", "K7F2Q9")
    join = station.window.join
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(join.banner.isVisible)
    assert "没有回应" in join.banner.sentence.text()
    assert join.action.button.isEnabled()


def test_a_laptop_that_goes_away_costs_nothing(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: page(station) is station.window.score)
    give_all(station, qtbot)
    port = host.server.port
    host.stop_lan()
    qtbot.waitUntil(lambda: station.desk.link in ("offline", "connecting"))
    submit(station, qtbot)
    assert station.desk.unsent == 1
    assert "R1-3" not in host.venue.state.appearances[("R1", 1)].sheets
    host.start_lan(port=port)
    qtbot.waitUntil(lambda: "R1-3" in host.venue.state.appearances[("R1", 1)].sheets)
    qtbot.waitUntil(lambda: station.desk.unsent == 0)
    assert len(host.venue.state.appearances[("R1", 1)].sheets) == 1


def test_a_station_started_again_is_where_it_was(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: page(station) is station.window.score)
    station.window.score.controls["content"].step_by(1)  # nothing given yet: nothing happens
    pad = station.window.score.controls["content"].open_keypad()
    for sign in "23.5":
        pad.type_sign(sign)
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert station.desk.marks == {"content": 235}
    station.finish()
    again = stations()
    qtbot.waitUntil(lambda: page(again) is again.window.score)
    assert again.desk.marks == {"content": 235}
    assert again.window.score.controls["content"].steps == 235


def test_closing_with_unsent_marks_is_refused(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: page(station) is station.window.score)
    give_all(station, qtbot)
    station.window.close()
    assert station.window.isVisible()
    assert station.dialog is not None
    qtbot.mouseClick(station.dialog.stay, LEFT)
    assert station.window.isVisible()
    submit(station, qtbot)
    qtbot.waitUntil(lambda: station.desk.unsent == 0)
    station.window.close()
    assert not station.window.isVisible()


def test_a_seat_taken_back_says_so_and_lets_join_anew(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    qtbot.waitUntil(lambda: page(station) is station.window.wait)
    host.venue.ask(c.ReleaseStation(seat="R1-3", reason="换设备"), PROCTOR)
    qtbot.waitUntil(lambda: page(station) is station.window.over)
    qtbot.mouseClick(station.window.over.action, LEFT)
    assert page(station) is station.window.join
    station.window.join.address.setText(link(host, "R1-4"))
    qtbot.mouseClick(station.window.join.action.button, LEFT)
    qtbot.waitUntil(lambda: "R1-4" in host.venue.state.stations)
    qtbot.waitUntil(lambda: page(station) is station.window.wait)


def test_a_call_reaches_the_laptop_and_its_answer_the_judge(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    qtbot.waitUntil(station.window.head.call.isEnabled)
    qtbot.mouseClick(station.window.head.call, LEFT)
    qtbot.waitUntil(lambda: host.server.presence()["R1-3"].called is not None)
    qtbot.waitUntil(lambda: station.window.head.call.text() == "已呼叫，请稍候")
    host.server.answer_call("R1-3")
    qtbot.waitUntil(lambda: station.window.head.call.text() == "呼叫考务")


def test_an_observer_marks_with_one_touch(host, stations, qtbot):
    station = joined(host, stations, qtbot, "OBS-07")
    on_floor(host.venue)
    qtbot.waitUntil(lambda: page(station) is station.window.score)
    grades = station.window.score.controls["overall"]
    qtbot.mouseClick(grades.buttons[9], LEFT)
    submit(station, qtbot)
    qtbot.waitUntil(lambda: "OBS-07" in host.venue.state.appearances[("R1", 1)].sheets)
    assert host.venue.state.appearances[("R1", 1)].sheets["OBS-07"].total == "9"


def test_large_type_night_and_language_are_this_devices_own(host, stations, qtbot):
    station = joined(host, stations, qtbot)
    station.window.looks.chosen.emit("language", "en")
    qtbot.waitUntil(lambda: station.window.head.call.text() == "Call proctor")
    station.window.looks.chosen.emit("size", "large")
    assert station.window.looks.in_force == {"size": "large", "light": "light", "language": "en"}
