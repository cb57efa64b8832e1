"""The console on a second laptop: joined with a code, the room run from there, lines cut and places given back."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt

from tests.ports import free_port
from tests.ui.events import answered
from tests.ui.lanworld import drawn
from tests.waits import BRISK
from tests.world import PROCTOR, on_floor
from ui.console import Console
from ui.screens.room.screen import RoomScreen
from ui.screens.witness.screen import WitnessScreen
from venue_app.cli.main import cli
from venue_app.domain import commands as c
from venue_app.lan.hold import load_pairing

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def host(tmp_path, keys):
    made = drawn(tmp_path, keys)
    made.start_lan("127.0.0.1", free_port())
    yield made
    made.close()


@pytest.fixture
def opened(tmp_path, qtbot):
    """Opens consoles in folders of their own; closes them at the end."""
    made: list[Console] = []

    def open_console(
        url: str = "", code: str = "", person: str = "罗静宜", folder: str = "console"
    ) -> Console:
        console = Console(url, code, person, tmp_path / folder, BRISK)
        console.window.show()
        made.append(console)
        return console

    yield open_console
    for console in made:
        console.window.close()
        if console.place is not None:
            console.place.finish()
            qtbot.waitUntil(lambda console=console: console.place is None)


def link_of(host, place: str) -> str:
    return str(host.joining_link(host.server.issue_code(place), "127.0.0.1"))


def taken(qtbot, host, opened, place: str = "console-R1", **given):
    """A console whose place is open."""
    console = opened(link_of(host, place), **given)
    qtbot.mouseClick(console.join.action.button, LEFT)
    qtbot.waitUntil(lambda: console.place is not None)
    return console


def button(console: Any) -> Any:
    return console.place.screen.widget.page.floor.bar.action.button


def test_the_room_is_run_from_the_second_laptop(host, opened, qtbot):
    console = taken(qtbot, host, opened)
    place = console.place
    assert isinstance(place.screen, RoomScreen)
    assert not console.window.isVisible()
    assert place.screen.widget.room == "R1"
    assert [r.room for r in place.screen.view.rooms] == ["R1"]
    # A step has to stand still for a moment before it can be pressed: not part of this test.
    place.screen.widget.page.floor._local = iter(range(0, 10**9, 10_000)).__next__
    qtbot.mouseClick(button(console), LEFT)
    qtbot.waitUntil(lambda: host.venue.state.floor == {"R1": 1})
    qtbot.waitUntil(lambda: button(console).text() == "开始演讲计时")
    answered(place.bridge, qtbot)
    qtbot.mouseClick(button(console), LEFT)
    qtbot.waitUntil(lambda: button(console).text() == "结束演讲")
    last = host.venue.now.records[-1] if host.venue.now.records else None
    assert last is not None
    assert (last.actor.name, last.actor.seat, last.actor.room) == ("罗静宜", "console-R1", "R1")
    assert place.frame.top.room.text() == "第1组 控制台　罗静宜"
    head = host.venue.now.root.hex()[:8].upper()
    qtbot.waitUntil(lambda: f"{head[:4]} {head[4:]}" in place.frame.top.head.text())


def test_what_happens_on_the_host_is_seen_there(host, opened, qtbot):
    console = taken(qtbot, host, opened)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: button(console).text() == "结束演讲")
    assert console.place.bridge.state == host.venue.state
    on_floor(host.venue, "R2")
    qtbot.waitUntil(lambda: console.place.bridge.state.floor == {"R1": 1, "R2": 1})
    assert console.place.screen.widget.room == "R1"


def test_a_line_that_is_down_is_said_and_nothing_can_be_pressed(host, opened, qtbot):
    console = taken(qtbot, host, opened)
    place = console.place
    port = host.server.port
    host.stop_lan()
    qtbot.waitUntil(place.line.isVisible)
    assert "与考务电脑的连接中断" in place.line.sentence.text()
    assert not place.frame.stack.isEnabled()
    assert not button(console).isEnabled()
    host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    host.start_lan("127.0.0.1", port)
    qtbot.waitUntil(lambda: not place.line.isVisible())
    qtbot.waitUntil(lambda: button(console).text() == "开始演讲计时")
    assert button(console).isEnabled()


def test_a_place_given_back_is_said_and_can_be_joined_anew(host, opened, qtbot, tmp_path):
    console = taken(qtbot, host, opened)
    place = console.place
    host.venue.ask(c.ReleaseStation(seat="console-R1", reason="换机"), PROCTOR)
    qtbot.waitUntil(lambda: place.line.action.isVisible() and place.line.action.text() == "重新加入")
    assert place.line.sentence.text().startswith("这个位置已被考务收回")
    qtbot.mouseClick(place.line.action, LEFT)
    qtbot.waitUntil(lambda: console.place is None)
    assert console.window.isVisible()
    assert load_pairing(tmp_path / "console" / "place.json") is None


def test_the_place_is_gone_on_with_after_a_restart(host, opened, qtbot):
    first = taken(qtbot, host, opened)
    first.place.finish()
    qtbot.waitUntil(lambda: first.place is None)
    again = opened(person="")
    qtbot.waitUntil(lambda: again.place is not None)
    assert again.place.bridge.actor.name == "罗静宜"
    assert host.venue.state.stations["console-R1"].person == "罗静宜"


def test_a_second_console_of_the_room_is_refused_in_words(host, opened, qtbot):
    taken(qtbot, host, opened)
    second = opened(link_of(host, "console-R1"), folder="second")
    qtbot.mouseClick(second.join.action.button, LEFT)
    qtbot.waitUntil(second.join.banner.isVisible)
    assert "console-R1" in second.join.banner.sentence.text()
    assert second.place is None


def test_another_computer_takes_the_room_over_once_the_proctor_consents(host, opened, qtbot):
    taken(qtbot, host, opened)
    host.server.approval = "replacements"
    second = opened(link_of(host, "console-R1"), person="替班", folder="second")
    qtbot.mouseClick(second.join.action.button, LEFT)
    waits = second.join.action.reason
    qtbot.waitUntil(lambda: "正在等考务同意换成这台设备" in waits.text())
    assert host.venue.state.stations["console-R1"].person == "罗静宜"
    (wish,) = host.server.wishes()
    host.server.decide(wish.id, True)
    qtbot.waitUntil(lambda: second.place is not None)
    assert host.venue.state.stations["console-R1"].person == "替班"


def test_the_code_of_a_judges_seat_is_not_used_up_here(host, opened, qtbot):
    console = opened(link_of(host, "R1-3"))
    qtbot.mouseClick(console.join.action.button, LEFT)
    qtbot.waitUntil(console.join.banner.isVisible)
    assert console.join.banner.sentence.text().startswith("这个加入码不是给这个程序用的")
    assert [code.seat for code in host.server.codes()] == ["R1-3"]
    assert "R1-3" not in host.venue.state.stations


def test_without_a_key_in_the_link_a_person_compares_it(host, opened, qtbot):
    code = host.server.issue_code("console-R1").shown
    console = opened(f"127.0.0.1:{host.server.port}", code)
    join = console.join
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(lambda: join.stack.currentIndex() == 1)
    assert join.key.text() == host.key_words()
    assert join.key.text().replace(" ", "").lower() == host.identity.key_sha256.hex()[:32]
    assert "console-R1" not in host.venue.state.stations
    qtbot.mouseClick(join.differs, LEFT)
    assert join.banner.isVisible()
    qtbot.mouseClick(join.action.button, LEFT)
    qtbot.waitUntil(lambda: join.stack.currentIndex() == 1)
    qtbot.mouseClick(join.same, LEFT)
    qtbot.waitUntil(lambda: console.place is not None)
    assert "console-R1" in host.venue.state.stations


def test_nothing_is_asked_for_before_all_is_there(opened):
    console = opened(person="")
    action = console.join.action
    assert not action.button.isEnabled()
    console.join.address.setText("192.168.1.5")
    console.join.code.setText("K7F-2Q9")
    assert not action.button.isEnabled()
    console.join.name.setText("罗静宜")
    assert action.button.isEnabled()


def test_a_witness_signs_on_a_screen_of_their_own(host, opened, qtbot):
    console = taken(qtbot, host, opened, "witness-supervisor", person="闵建中")
    screen = console.place.screen
    assert isinstance(screen, WitnessScreen)
    page = screen.widget
    qtbot.waitUntil(lambda: len(page.journal.records) == host.venue.state.size)
    assert page.alone.text() == "监督员 闵建中"
    assert page.own_check.isVisible()
    assert page.head._digest == host.venue.now.root.hex()
    assert page.sign.text() == "签名：开场"
    with qtbot.waitSignal(page.sign.held):
        qtbot.mousePress(page.sign, LEFT)
    qtbot.mouseRelease(page.sign, LEFT)
    qtbot.waitUntil(lambda: len(host.venue.state.witnessed) == 1)
    signed = host.venue.state.witnessed[0]
    assert (signed.role, signed.name, signed.milestone) == ("supervisor", "闵建中", "opening")
    qtbot.waitUntil(lambda: page.sign.text() == "签名：抽签")


def test_the_command_is_there():
    found = CliRunner().invoke(cli, ["console", "--help"])
    assert found.exit_code == 0
    assert "--code" in found.output
    assert "--name" in found.output
