"""The standby laptop's window: joined with a code, followed, taken over, and the event open on it."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.faults.disk import fill, mounted
from tests.ui.lanworld import here
from tests.world import PROCTOR, created, on_floor, prepared
from ui import tasks
from ui.program.program import Program
from ui.screens.standby.model import standby_model
from ui.standby import Standby, _file
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.domain import floor_commands as f
from venue_app.host import following as following_module
from venue_app.host import standby_place
from venue_app.host.following import Follower, Following, promote
from venue_app.host.session import EventHost
from venue_app.lan.line import Link
from venue_app.seal.keys import load_or_create
from venue_app.state.places import STANDBY

LEFT = Qt.MouseButton.LeftButton
#: Not a measure of anything: how long a busy machine may take.
WAIT_MS = 60_000


@pytest.fixture
def host(tmp_path):
    keys = load_or_create(tmp_path / "keys")
    event = msgspec.structs.replace(created(), keys=keys.announced())
    made = EventHost(prepared(tmp_path / "day.venue", event=event), keys)
    made.start_lan("127.0.0.1", 0)
    yield made
    made.close()


@pytest.fixture
def program(qtbot):
    """A program on a second laptop, with keys of its own."""
    made = Program(start_lan=here)
    yield made
    if made.standby is not None:
        made.standby.window.close()
    if made.open_event is not None and not made.open_event._leaving:
        with qtbot.waitSignal(made.open_event.closed, timeout=WAIT_MS):
            made.open_event.finish()
    made.window.deleteLater()


def following(program: Program, host, qtbot) -> Standby:
    """In step, after the proctor let it in."""
    link = str(host.joining_link(host.server.issue_code(STANDBY), "127.0.0.1"))
    standby = program.stand_by(link)
    standby.join.name.setText("备用-2")
    qtbot.mouseClick(standby.join.action.button, LEFT)
    qtbot.waitUntil(lambda: bool(host.server.wishes()), timeout=WAIT_MS)
    (wish,) = host.server.wishes()
    assert wish.device_name == "备用-2"
    host.server.decide(wish.id, True)
    qtbot.waitUntil(lambda: standby.view.state.mark is Mark.DONE, timeout=WAIT_MS)
    return standby


def hold(qtbot, standby: Standby, reason: str, first: str, second: str) -> None:
    dialog = standby.dialog
    assert dialog is not None
    for name, text in (("reason", reason), ("first", first), ("second", second)):
        line = dialog.lines[name]
        assert isinstance(line, QLineEdit)
        line.setText(text)
    dialog.hold.setFocus()
    qtbot.keyPress(dialog.hold, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: standby.dialog is None, timeout=WAIT_MS)


def test_a_dead_laptop_is_replaced_and_its_event_is_open_here(program, host, qtbot):
    standby = following(program, host, qtbot)
    assert standby.view.isVisible()
    assert not program.window.isVisible()
    on_floor(host.venue)
    size = host.venue.state.size
    follower = standby.follower
    assert follower is not None
    qtbot.waitUntil(lambda: follower.status.have == size, timeout=WAIT_MS)
    host.close()
    qtbot.waitUntil(lambda: standby.view.state.mark is Mark.WAIT, timeout=WAIT_MS)
    qtbot.mouseClick(standby.view.takeover, LEFT)
    hold(qtbot, standby, "主机断电", "王红", "李强")
    qtbot.waitUntil(lambda: program.open_event is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: program.open_event.network.url() != "", timeout=WAIT_MS)
    state = program.open_event.host.venue.state
    assert state.epoch == 2
    assert state.on_floor("R1").lot == 1
    assert program.standby is None
    assert standby_place.held() is None


def test_a_laptop_switched_off_in_the_middle_of_a_takeover_opens_what_it_took(program, host, qtbot):
    standby = following(program, host, qtbot)
    pairing = standby_place.held()
    assert pairing is not None
    file, keys = standby_place.file_of(pairing), standby._keys
    standby.window.close()
    host.close()
    qtbot.waitUntil(lambda: not _file._taken)
    promote(file, keys, reason="断电", names=("王红", "李强")).close()
    program.stand_by()
    qtbot.waitUntil(lambda: program.open_event is not None)
    assert program.open_event.host.venue.state.epoch == 2
    assert standby_place.held() is None


def test_two_names_that_are_one_take_nothing_over(program, host, qtbot):
    standby = following(program, host, qtbot)
    standby.ask()
    hold(qtbot, standby, "主机断电", "王红", "王红")
    qtbot.waitUntil(lambda: standby.view.banner.isVisible(), timeout=WAIT_MS)
    assert "两个不同的人" in standby.view.banner.sentence.text()
    qtbot.waitUntil(lambda: standby.follower is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: standby.view.state.mark is Mark.DONE, timeout=WAIT_MS)
    assert host.venue.state.epoch == 1


def test_a_closed_window_goes_on_where_it_was(program, host, qtbot):
    following(program, host, qtbot).window.close()
    assert program.standby is None
    assert program.window.isVisible()
    again = program.stand_by()
    qtbot.waitUntil(lambda: again.view.state.mark is Mark.DONE, timeout=WAIT_MS)
    assert again.view.isVisible()


def test_a_window_closed_before_it_follows_lets_the_file_go(program, host, qtbot):
    following(program, host, qtbot).window.close()
    for _ in range(2):
        program.stand_by().window.close()
    again = program.stand_by()
    qtbot.waitUntil(lambda: again.view.state.mark is Mark.DONE, timeout=WAIT_MS)


def test_a_place_given_up_before_it_is_followed_is_not_followed(program, host, qtbot):
    standby = following(program, host, qtbot)
    standby.take_over({"reason": "主机断电", "first": "王红", "second": "王红"})
    qtbot.waitUntil(standby.view.banner.isVisible, timeout=WAIT_MS)  # refused: it is about to follow again
    qtbot.mouseClick(standby.view.leave, LEFT)
    qtbot.mouseClick(standby.view.leave, LEFT)
    qtbot.waitUntil(standby.join.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not tasks._running, timeout=WAIT_MS)
    assert standby.follower is None and standby.join.isVisible()


def test_a_window_is_not_closed_while_it_takes_over(program, host, qtbot):
    standby = following(program, host, qtbot)
    host.close()
    standby.take_over({"reason": "主机断电", "first": "王红", "second": "李强"})
    standby.take_over({"reason": "主机断电", "first": "王红", "second": "李强"})
    standby.window.close()
    assert standby.window.isVisible() and program.standby is standby
    qtbot.waitUntil(lambda: program.open_event is not None, timeout=WAIT_MS)
    assert program.open_event.host.venue.state.epoch == 2
    qtbot.waitUntil(lambda: program.standby is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: program.open_event.network.url() != "", timeout=WAIT_MS)


def test_a_full_disk_is_said_and_tried_again_by_a_press(program, host, qtbot, monkeypatch):
    monkeypatch.setattr(following_module, "RETRY_S", 600.0)
    with mounted(standby_place.folder()) as small:
        standby = following(program, host, qtbot)
        follower = standby.follower
        assert follower is not None
        fill(small, 0)
        qtbot.waitUntil(lambda: noted(host, follower), timeout=WAIT_MS)
        qtbot.waitUntil(standby.view.retry.isVisible, timeout=WAIT_MS)
        assert standby.model is not None and standby.model.stuck
        assert "磁盘已满" in standby.view.sentence.text()
        assert host.standby_warning is None or host.standby_warning.code == "standby.full"
        (small / "ballast").unlink()
        qtbot.mouseClick(standby.view.retry, LEFT)
        qtbot.waitUntil(lambda: standby.view.state.mark is Mark.DONE, timeout=WAIT_MS)
        assert not standby.view.retry.isVisible()
        standby.window.close()
        qtbot.waitUntil(lambda: not _file._taken, timeout=WAIT_MS)


def noted(host: EventHost, follower: Follower) -> bool:
    """Whether the standby's disk takes no more; until then the record grows."""
    host.venue.ask(f.NoteIncident(room="R1", text="停电" * 200, decision="等候"), PROCTOR)
    return follower.status.stuck


def test_giving_the_place_up_asks_for_another(program, host, qtbot):
    standby = following(program, host, qtbot)
    qtbot.mouseClick(standby.view.leave, LEFT)
    qtbot.waitUntil(standby.join.isVisible, timeout=WAIT_MS)
    assert standby_place.held() is None


FULL = Known("journal.disk_full", file="x.venue")
STANDING = Following(Link.ONLINE, title="县", have=9, newest=9, named=True, in_step=True, heard=1)


def status(**other: Any) -> Following:
    return dataclasses.replace(STANDING, **other)


@pytest.mark.parametrize(
    ("given", "mark", "can"),
    [
        (status(), Mark.DONE, True),
        (status(in_step=False), Mark.IN_PROGRESS, True),
        (status(link=Link.OFFLINE), Mark.WAIT, True),
        (status(link=Link.OFFLINE, in_step=False), Mark.ALARM, True),
        (status(link=Link.CONNECTING, heard=0, have=0), Mark.WAIT, False),
        (status(link=Link.RELEASED), Mark.ALARM, True),
        (status(named=False), Mark.IN_PROGRESS, False),
        (status(link=Link.REFUSED, fault=FULL, stuck=True), Mark.ALARM, True),
    ],
)
def test_what_it_says_and_whether_it_can_take_over(given, mark, can):
    model = standby_model(given)
    assert model.mark is mark
    assert (model.why == "") is can
    assert model.alive is (given.link is Link.ONLINE or given.stuck), "nobody knows: the graver warning"
    assert model.stuck is given.stuck
