"""Between what is durable and the window's hearing of it somebody goes on: nothing of that is undone by «done».

`venue.ask` behind a command in the line makes it durable while this thread has not heard of it yet.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.ui import events
from tests.waits import WAIT_S
from tests.world import PROCTOR, on_floor, prepared
from ui import tasks
from ui.bridge import Bridge
from ui.console import Console
from ui.replay.app import Replays
from ui.screens.draw.screen import DrawScreen
from ui.screens.prepare.screen import PrepareScreen
from ui.screens.results.screen import ResultsScreen
from ui.screens.room.screen import RoomScreen
from ui.screens.scheme.desk import Desk
from ui.screens.scheme.dialog import SchemeDialog
from ui.screens.scheme.editors import LineEditor
from ui.screens.scheme.port import EventOffice
from ui.screens.seal.packages import OpenCard, SealCard
from ui.widgets.held import HeldButton
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.showing import ChooseShowing
from venue_app.host.envelopes import SealedFiles
from venue_app.lan.link import JoiningLink
from venue_app.venue import Venue

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def judged(venue: Venue, bridge: Bridge, qtbot) -> ResultsScreen:
    events.judged(venue)
    screen = ResultsScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    qtbot.waitUntil(lambda: screen.up_to_date)
    return screen


@pytest.fixture
def room(tmp_path: Path, qtbot) -> Iterator[RoomScreen]:
    venue = prepared(tmp_path / "room.venue")
    bridge = Bridge(venue, PROCTOR)
    screen = RoomScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    screen.widget.open("R1")
    yield screen
    bridge.close()
    venue.close()


def behind(venue: Any) -> None:
    """Whatever was asked is durable, or refused, after this; nobody has heard of it."""
    venue.ask(ChooseShowing(one_by_one=not venue.state.showing.one_by_one), PROCTOR)


# ---- what was asked by a form that is closed ----


@pytest.mark.parametrize("gone", [QWidget.close, QObject.deleteLater])
def test_a_form_that_was_closed_hears_nothing_and_its_refusal_is_told_by_the_window(
    bridge: Bridge, venue: Venue, qtbot, gone: Callable[[Any], object]
) -> None:
    told: list[Known] = []
    bridge.refused.connect(told.append)
    forms = [QDialog(), QDialog()]
    for form in forms:
        form.open()
    seen: list[object] = []
    for form in forms:
        bridge.send(c.OpenRun(people=()), done=seen.append, refused=seen.append, asker=form)
    bridge.send(ChooseShowing(one_by_one=True), done=seen.append, asker=forms[0])
    behind(venue)
    gone(forms[0])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    events.answered(bridge, qtbot)
    assert [type(one) for one in seen] == [Known], "the form that is open hears its own"
    assert [fault.code for fault in told] == [seen[0].code]  # type: ignore[attr-defined]
    forms[1].close()


def test_the_next_number_being_typed_stays_when_the_one_before_is_entered(
    judged: ResultsScreen, venue: Venue, qtbot
) -> None:
    def asked(entry: str) -> Any:
        judged.widget.table.choose(entry)
        judged.ask()
        assert judged.dialog is not None
        for field, text in ((judged.dialog.value, "9"), (judged.dialog.again, "9")):
            field.setText(text)
        judged.dialog.second.setText("闵建中")
        return judged.dialog

    first = asked("E01")
    first.action.button.click()
    behind(venue)
    first.reject()
    second = asked("E02")
    events.answered(judged._bridge, qtbot)
    assert venue.state.values["inspection"] == {"E01": "9"}
    assert second.isVisible() and second.value.text() == "9"
    second.action.button.click()
    qtbot.waitUntil(lambda: judged.dialog is None)
    assert venue.state.values["inspection"] == {"E01": "9", "E02": "9"}


def test_a_draws_form_that_was_closed_is_not_told_why_not(bridge: Bridge, venue: Venue, qtbot) -> None:
    events.drawn(venue)
    screen = DrawScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    told: list[Known] = []
    bridge.refused.connect(told.append)
    screen.open_discard()
    dialog = screen.dialog
    assert dialog is not None
    screen._give(dialog, c.OpenRun(people=()))
    behind(venue)
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    events.answered(bridge, qtbot)
    assert len(told) == 1


# ---- the room ----


def test_another_form_opened_meanwhile_stays_open(room: RoomScreen, qtbot) -> None:
    venue: Any = room._bridge.venue
    on_floor(venue)
    qtbot.waitUntil(lambda: room.widget.page.lot_for("identity") is not None)
    panel = room.widget.page.panel
    room.widget.press_act("identity")
    panel.onwards()  # its line is filled in already
    behind(venue)
    room.refresh()
    assert venue.state.appearances["R1", 1].identified
    room.widget.press_act("note")
    panel.fields["text"].edit.setText("灯灭了")  # type: ignore[union-attr]
    events.answered(room._bridge, qtbot)
    assert panel.form is not None and panel.form.act == "note"
    assert panel.fields["text"].edit.text() == "灯灭了"  # type: ignore[union-attr]


def test_a_refusal_of_a_form_put_away_is_said_on_the_board(room: RoomScreen, qtbot) -> None:
    venue: Any = room._bridge.venue
    on_floor(venue)
    qtbot.waitUntil(lambda: room.widget.page.lot_for("identity") is not None)
    panel = room.widget.page.panel
    room.widget.press_act("identity")
    form = panel.form
    assert form is not None
    room._given(form, {"by": ""})
    behind(venue)
    panel.put_away()
    events.answered(room._bridge, qtbot)
    assert room.widget.banner.isVisible() and not panel.banner.isVisibleTo(panel)


def test_the_board_is_busy_until_the_last_of_two_is_answered(room: RoomScreen) -> None:
    asked: list[dict[str, Any]] = []
    room.controller._send = lambda _command, **answers: asked.append(answers)  # type: ignore[assignment]
    room.controller.resume("R1")
    room.controller.resume("R2")
    asked[0]["done"](None)
    assert room.widget.page.floor._busy
    asked[1]["refused"](Known("bridge.our_mistake"))
    assert not room.widget.page.floor._busy


def test_a_seat_is_excused_for_the_lot_that_was_asked_about(room: RoomScreen, qtbot) -> None:
    """Another console has called the next one while the reason was being typed."""
    venue: Any = room._bridge.venue
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    page = room.widget.page
    qtbot.waitUntil(lambda: room.widget.lot == 1)
    page.ask_excuse("R1-4")
    dialog = page.dialog
    assert dialog is not None
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    qtbot.waitUntil(lambda: room.widget.lot == 2)
    asked: list[Any] = []
    room.controller._send = lambda command, **_answers: asked.append(command)
    dialog.reason.setText("亲属关系")
    dialog.send.held.emit()
    assert [(one.lot, one.seat) for one in asked] == [(1, "R1-4")]


# ---- a press that is being held ----


def test_a_held_press_is_let_go_when_the_button_means_something_else(qtbot) -> None:
    now = [0]
    button = HeldButton("签名：叫号", now_ms=lambda: now[0])
    qtbot.addWidget(button)
    button.show()
    seen: list[str] = []
    button.held.connect(lambda: seen.append(button.text()))
    for said, counts in (("签名：叫号", True), ("签名：封存", False)):
        button.say("签名：叫号")
        now[0] = 0
        button.take()
        now[0] = 500
        button.say(said)
        now[0] = 1500
        button.tick()
        assert bool(seen) is counts
        seen.clear()
        button.let_go()
    button.take()
    button.hide()
    now[0] += 1500
    button.tick()
    assert seen == []


def test_an_absence_being_held_does_not_pass_to_the_next_lot(room: RoomScreen, qtbot) -> None:
    venue: Any = room._bridge.venue
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    floor = room.widget.page.floor
    qtbot.waitUntil(floor.absent_button.isVisible)
    floor.absent_button.take()
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    room.refresh()
    assert floor.absent_button.isVisible() and not floor.absent_button.isDown()


# ---- files ----


def files(folder: Path, name: str, first: int) -> Path:
    lines = "".join(f"考生{n},99000019780101{n:03d}X,水务局副局长,合格\n" for n in range(first, first + 6))
    path = folder / name
    path.write_text(f"姓名,身份证号,报考职位,资格审查意见\n{lines}", encoding="utf-8")
    return path


def test_files_given_while_the_roster_is_being_imported_stay(
    bridge: Bridge, venue: Venue, qtbot, tmp_path: Path
) -> None:
    screen = PrepareScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    places: list[object] = []
    screen.photos_given.connect(places.append)
    one, two = files(tmp_path, "一.csv", 1), files(tmp_path, "二.csv", 11)
    screen.read([one])
    qtbot.waitUntil(lambda: screen.reading is not None)
    sent = screen.reading
    assert sent is not None and sent.command is not None
    screen._import()
    behind(venue)
    screen.read([two])
    events.answered(bridge, qtbot)
    qtbot.waitUntil(lambda: screen.reading is not sent)
    assert screen.reading is not None and screen.reading.paths == (two,)
    assert places == [(one,)] and len(venue.state.entries) == 6


def test_an_answer_given_while_files_are_read_again_counts(bridge: Bridge, qtbot) -> None:
    from venue_app.base.paths import resources

    screen = PrepareScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.read([resources() / "demo" / "county"])
    qtbot.waitUntil(lambda: screen.reading is not None)
    first = screen.reading
    assert first is not None and first.plan is not None and first.plan.drawing == 150
    move = next(iter(screen.widget.imports.questions.groups["move"].cards))
    screen.read_again()
    screen.decide({move: "withdraw"})
    answered = screen.reading
    qtbot.waitUntil(lambda: screen._task is None)
    assert screen.reading is not answered, "it was read again"
    assert screen.reading is not None and screen.reading.plan is not None
    assert screen.reading.plan.drawing == 149


# ---- the plan ----


def test_a_plan_that_is_typed_on_stays_on_the_desk(bridge: Bridge, venue: Venue, qtbot) -> None:
    dialog = SchemeDialog(EventOffice(bridge))
    qtbot.addWidget(dialog)
    dialog.show()
    desk: Desk = dialog.desk

    def write(text: str) -> None:
        editor = dialog.page.form.views["groups[1].seats"].editor
        assert isinstance(editor, LineEditor)
        editor.setText(text)
        desk.typed("groups[1].seats", text)

    write("9")
    desk.adopt()
    behind(venue)
    write("11")
    events.answered(bridge, qtbot)
    assert dialog.isVisible()
    adopted = venue.state.scheme.text
    desk.adopt()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert venue.state.scheme.text != adopted


# ---- packages ----


def test_the_next_package_being_filled_in_stays(qtbot, tmp_path: Path) -> None:
    chosen = [tmp_path / "甲.txt"]
    card = SealCard(lambda: list(chosen))
    qtbot.addWidget(card)
    made = SealedFiles(package=tmp_path / "甲.age", envelopes=tmp_path / "甲.pdf", sha256="0" * 64)
    card.add_files()
    card.label.setText("试题")
    card.holders.setText("甲、乙")
    card.action.button.click()
    card.show_sealed(made)
    assert card.label.text() == "" and not card._files
    card.add_files()
    card.label.setText("试题")
    card.action.button.click()
    chosen[:] = [tmp_path / "乙.txt"]
    card.add_files()
    card.label.setText("答案")
    card.show_sealed(made)
    assert card.label.text() == "答案" and card._files == chosen


def test_shares_scanned_while_a_package_opens_stay(qtbot, tmp_path: Path) -> None:
    card = OpenCard(lambda _title: str(tmp_path / "甲.age"))
    qtbot.addWidget(card)
    card.ask_package()
    for share in ("一", "二"):
        card.share.setText(share)
        card.take()
    card.action.button.click()
    card.share.setText("三")
    card.take()
    card.show_opened([tmp_path / "甲.txt"])
    assert card.shares == ["三"] and card.list.count() == 1


# ---- windows ----


def test_saying_goodbye_to_one_place_leaves_the_next_alone(qtbot, tmp_path: Path) -> None:
    console = Console(folder=tmp_path)
    qtbot.addWidget(console.window)
    before, now = QObject(), QObject()
    console.place = now  # type: ignore[assignment]
    console._closed(before)  # type: ignore[arg-type]
    assert console.place is now
    console._closed(now)
    assert console.place is None


def test_only_the_last_laptop_asked_for_its_key_is_compared(qtbot, tmp_path: Path, monkeypatch) -> None:
    """The address is put right while the wrong one has not answered yet."""
    console = Console(folder=tmp_path)
    qtbot.addWidget(console.window)
    go = threading.Event()

    def key_at(link: JoiningLink) -> bytes:
        if "wrong" in link.url:
            go.wait(WAIT_S)
        return bytes(32) if "wrong" in link.url else b"\x11" * 32

    monkeypatch.setattr("ui.console.key_at", key_at)
    console._asked(JoiningLink("https://wrong:1", "123456", None), "罗静宜")
    first = console._asking
    assert first is not None
    console._asked(JoiningLink("https://right:1", "123456", None), "罗静宜")
    qtbot.waitUntil(lambda: console.join.key.text().startswith("1111"))
    with qtbot.waitSignal(first.ended):
        go.set()
    assert console.join.key.text().startswith("1111")


def test_a_replay_wound_up_after_its_event_was_closed_is_not_shown(qtbot) -> None:
    owner = QObject()
    replays = Replays(owner)
    go = threading.Event()
    shown: list[str] = []
    replays.open(lambda _told: go.wait(WAIT_S), lambda: shown.append("shown"), lambda _fault: None)  # type: ignore[arg-type, return-value]
    (task,) = replays._opening
    replays.close()
    with qtbot.waitSignal(task.ended):
        go.set()
    assert shown == [] and replays.windows == []
    assert isinstance(task, tasks.Task) and not task.progress.wanted
