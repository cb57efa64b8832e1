"""The whole program: from the start page to an open event, its screens, its network, and out again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt

from tests.ui.lanworld import drawn, fresh, here
from tests.waits import BRISK
from tests.world import PROCTOR, on_floor, send, stages_over
from ui import bootstrap, settings
from ui.program.check import CheckDialog
from ui.program.event_window import EventWindow, proctor
from ui.program.leaving import LeavingDialog
from ui.program.program import Program
from ui.program.told import told
from ui.screens.scheme.dialog import SchemeDialog
from ui.screens.start.new_event import NewEvent
from ui.screens.station.screen import StationScreen
from ui.settings import Settings
from venue_app.base import i18n
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.domain.record import Record
from venue_app.host.session import EventHost
from venue_app.scheme import preset_text
from venue_app.seal.check import Outcome
from venue_app.state import State
from venue_app.venue import Venue

LEFT = Qt.MouseButton.LeftButton
DAY = ["prepare", "draw", "room", "results", "seal"]


@pytest.fixture
def opened(qtbot):
    """Opens windows on hosts and sees them closed whatever happens."""
    made: list[EventWindow] = []

    def open_(host: EventHost) -> EventWindow:
        window = EventWindow(host, Settings(), lambda: here(host))
        made.append(window)
        with qtbot.waitSignal(window.ready):
            window.frame.show()
        return window

    yield open_
    for window in made:
        if not window._leaving:
            with qtbot.waitSignal(window.closed):
                window.finish()
        window.frame.deleteLater()


def test_an_open_event_has_the_day_in_its_rail_and_its_network_open(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    ids = [screen.id for screen in window.frame.screens]
    assert ids[: len(DAY)] == DAY
    assert {"hall", "stations", "settings"} <= set(ids)
    assert window.frame.here == "room"  # lots are drawn: the day goes on there
    qtbot.waitUntil(lambda: window.network.url() != "")
    assert window.frame.top.title.text() == "测试活动"
    head = window.host.venue.now.root.hex().upper()
    assert f"{head[:4]} {head[4:8]}" in window.frame.top.head.text()
    for screen in window.frame.screens:
        window.frame.go(screen.id)
        assert screen.widget.isVisible()


def test_a_new_event_begins_with_preparing(tmp_path, keys, opened):
    window = opened(fresh(tmp_path, keys))
    assert window.frame.here == "prepare"


def test_the_plan_is_changed_from_prepare(tmp_path, keys, opened, qtbot):
    window = opened(fresh(tmp_path, keys))
    venue = window.host.venue
    window.open_scheme()
    dialog = window.frame.findChild(SchemeDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.desk.take_preset("s4-town-mid-level")
    qtbot.mouseClick(dialog.page.bar.action.button, LEFT)
    qtbot.waitUntil(dialog.page.bar.hold.isVisible)  # the roster was imported for other judges
    dialog.page.bar.hold.held.emit()
    qtbot.waitUntil(lambda: venue.state.scheme.text == preset_text("s4-town-mid-level"))
    qtbot.waitUntil(lambda: window.frame.bottom.sentence.text() == "方案已更换，名单要重新导入")
    assert window.frame.here == "prepare"
    for screen in window.frame.screens:  # every screen stands on the new plan
        window.frame.go(screen.id)
        assert screen.widget.isVisible()


def test_what_happens_is_told_in_one_line(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    window.host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    qtbot.waitUntil(lambda: window.frame.bottom.sentence.text() == "第1组 叫签号 1")
    window.host.venue.ask(c.StartStage(room="R1", stage="speech"), PROCTOR)
    reply = send(window.host.venue, "R1-2")
    wanted = f"第1组 2 号席 已交签号 1 的评分，回执 {reply.sheet.receipt}"
    qtbot.waitUntil(lambda: window.frame.bottom.sentence.text() == wanted)


def test_the_last_step_can_be_taken_back_where_that_is_honest(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    venue = window.host.venue
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    qtbot.waitUntil(window.frame.bottom.undo_button.isVisible)
    qtbot.mouseClick(window.frame.bottom.undo_button, LEFT)
    qtbot.waitUntil(lambda: venue.state.floor == {})
    assert venue.state.appearances[("R1", 1)].status == "waiting"
    on_floor(venue)
    send(venue, "R1-1")
    qtbot.waitUntil(lambda: "回执" in window.frame.bottom.sentence.text())
    assert not window.frame.bottom.undo_button.isVisible()


def test_every_kind_of_entry_has_its_sentence_in_every_language(tmp_path, keys):
    from tests.world import roster
    from ui import words

    host = drawn(tmp_path, keys)
    venue = host.venue
    heard: list[tuple[State, Record]] = []
    venue.listen(lambda change: heard.extend((change.state, record) for record in change.records))
    on_floor(venue)
    venue.ask(c.PauseStage(room="R1", reason="停电"), PROCTOR)
    venue.ask(c.ResumeStage(room="R1"), PROCTOR)
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-7", kind="recused", reason="亲属"), PROCTOR)
    venue.ask(f.ConfirmIdentity(room="R1", lot=1, by="引导员"), PROCTOR)
    venue.ask(f.NoteIncident(room="R1", text="停电"), PROCTOR)
    venue.ask(f.NoteIncident(room="R1", lot=1, text="报出姓名", violation=True), PROCTOR)
    venue.ask(f.RecuseFromPost(seat="R1-6", post="P2", reason="亲属"), PROCTOR)
    for how in ("at-end", "after-next", "at-once"):
        venue.ask(f.ChooseAnnouncing(room="R1", announcing=how), PROCTOR)
    stages_over(venue)
    for seat in range(1, 7):
        send(venue, f"R1-{seat}")
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(f.RecordSignature(room="R1", lot=1, refused="有异议"), PROCTOR)
    venue.ask(f.RecordSignature(room="R1", lot=1), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    venue.ask(c.JoinStation(seat="R1-1", device="d", device_name="平板"), PROCTOR)
    venue.ask(c.ReleaseStation(seat="R1-1", reason="换"), PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=2), PROCTOR)
    host.close()
    assert len(heard) > 15
    for language in i18n.LANGUAGES:
        words.switch(language)
        other = i18n.tr("app.told.other")
        for state, record in heard:
            said = str(told(state, record))
            assert said != other and "{" not in said and "app.told" not in said
    words.switch("zh-CN")
    names = {p.name for p in roster().candidates}
    assert not [s for s, r in heard if any(name in str(told(s, r)) for name in names)]


def test_people_are_found_by_name_and_by_lot(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    state = window.host.venue.state
    entry = state.appearances[("R2", 3)].entry
    name = state.candidate_of(entry).name
    people = window.frame._providers[-1]
    hit = people.search(name)[0]
    assert str(hit.title) == name
    assert str(hit.detail) == f"第2组 签号 3，{state.post_of(entry).title}"
    window.frame.go("settings")
    hit.act()
    assert window.frame.here == "room"
    assert window.room.widget.room == "R2"
    assert window.room.widget.page.queue.chosen.lot == 3
    lots = people.search("2")
    assert {str(h.detail).split("，")[0] for h in lots[:2]} == {"第1组 签号 2", "第2组 签号 2"}


def asked(window: EventWindow) -> LeavingDialog:
    window.leave()
    assert window.dialog is not None
    return window.dialog


def test_closing_in_mid_room_asks_and_loses_nothing(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    path = window.host.venue.path
    on_floor(window.host.venue)
    send(window.host.venue, "R1-4")
    qtbot.waitUntil(lambda: window.bridge.state.floor != {})
    window.frame.close()
    assert window.frame.isVisible()
    assert window.dialog is not None
    qtbot.mouseClick(window.dialog.stay, LEFT)
    assert window.dialog is None and window.frame.isVisible()
    dialog = asked(window)
    with qtbot.waitSignal(window.closed):
        qtbot.mousePress(dialog.hold, LEFT)
    venue = Venue(path)
    assert "R1-4" in venue.state.appearances[("R1", 1)].sheets
    clock = venue.state.appearances[("R1", 1)].clock
    assert clock is not None
    assert (clock.phase, clock.reason) == ("paused", "restart")
    venue.close()


def test_a_judge_marks_at_a_station_while_the_proctor_watches(tmp_path, keys, opened, qtbot):
    window = opened(drawn(tmp_path, keys))
    host, board = window.host, window.room.widget
    qtbot.waitUntil(lambda: window.network.url() != "")
    board.open("R1")
    link = str(host.joining_link(host.server.issue_code("R1-6")))
    station = StationScreen(link, "", tmp_path / "device", BRISK)
    qtbot.addWidget(station.window)
    station.window.show()
    qtbot.mouseClick(station.window.join.action.button, LEFT)
    qtbot.waitUntil(lambda: station.desk.state is not None)

    def online() -> bool:
        window.room.refresh()
        return bool(board.page.seats.tiles["R1-6"].view.state == "online")

    qtbot.waitUntil(online)
    on_floor(host.venue)
    qtbot.waitUntil(lambda: board.page.seats.tiles["R1-6"].view.state == "scoring")
    qtbot.waitUntil(lambda: station.window.stack.currentWidget() is station.window.score)
    station.line.submit(
        "R1", 1, {"content": "24", "language": "16", "post": "16", "response": "16", "manner": "8"}
    )
    qtbot.waitUntil(lambda: board.page.seats.tiles["R1-6"].view.state == "submitted")
    assert board.page.seats.tiles["R1-6"].view.mark == ""
    station.finish()


# ---- the start page ----


@pytest.fixture
def program(qtbot):
    made = Program(here)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    if made.open_event is not None:
        frame = made.open_event.frame
        with qtbot.waitSignal(made.open_event.closed):
            made.open_event.finish()
        frame.deleteLater()


def stands(program: Any, qtbot) -> EventWindow:
    qtbot.waitUntil(lambda: program.open_event is not None)
    qtbot.waitUntil(lambda: "settings" in {s.id for s in program.open_event.frame.screens})
    event: EventWindow = program.open_event
    return event


def plan(program: Program, qtbot: Any, preset: str = "s0-county-self-nomination") -> None:
    """Choose a preset and adopt it as it is."""
    dialog = program.scheme
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.chooser.cards))
    card = next(card for card in dialog.chooser.cards if card.preset.id == preset)
    qtbot.mouseClick(card, LEFT)
    qtbot.mouseClick(dialog.page.bar.action.button, LEFT)


def test_a_new_event_from_the_start_page(program, tmp_path, qtbot):
    wanted = NewEvent(path=tmp_path / "新活动.venue", title="公开自荐", mode="official")
    program.page.new_requested.emit(wanted)
    plan(program, qtbot, "s4-town-mid-level")
    event = stands(program, qtbot)
    assert program.scheme is None
    assert event.host.venue.state.event.mode == "official"
    assert event.host.venue.state.event.scheme == preset_text("s4-town-mid-level")
    assert not program.window.isVisible()
    assert event.frame.isVisible()
    assert [r.title for r in settings.load().recents] == ["公开自荐"]


def test_a_new_event_given_up_makes_no_file(program, tmp_path):
    wanted = NewEvent(path=tmp_path / "a.venue", title="甲", mode="rehearsal")
    program.page.new_requested.emit(wanted)
    program.scheme.chooser.cancel_button.click()
    assert program.scheme is None
    assert not wanted.path.exists()
    assert program.window.isEnabled()


def test_a_file_that_is_no_event_is_said_on_the_start_page(program, tmp_path, qtbot):
    wrong = tmp_path / "错.venue"
    wrong.write_bytes(b"not an event")
    program.page.open_requested.emit(wrong)
    qtbot.waitUntil(program.page.banner.isVisible)
    assert "错.venue" in program.page.banner.sentence.text()
    assert program.window.isVisible()
    assert program.page.isEnabled()


def test_language_is_kept_for_the_next_start(program):
    program.page.language_chosen.emit("en")
    assert settings.load().language == "en"


def test_the_command_lines_language_stands_for_the_run_and_is_not_kept(qtbot):
    settings.save(Settings(language="zh-TW"))
    i18n.ask_for("en")
    bootstrap.application()
    program = Program(here)
    qtbot.addWidget(program.window)
    assert (i18n.language(), program.window.windowTitle()) == ("en", i18n.tr_in("en", "ui.window.title"))
    assert program.page.replay_button.text() == "Replay…"
    program._forget("/nothing")
    program._looks(bootstrap.shown(program.kept.without("")))
    assert (settings.load().language, i18n.language()) == ("zh-TW", "en")
    program._looks(msgspec.structs.replace(bootstrap.shown(program.kept), theme="dark"))
    assert (settings.load().language, settings.load().theme, i18n.language()) == ("zh-TW", "dark", "en")


def test_a_language_chosen_in_the_window_is_kept_whatever_was_asked_for(qtbot):
    settings.save(Settings(language="zh-CN"))
    i18n.ask_for("en")
    bootstrap.application()
    program = Program(here)
    qtbot.addWidget(program.window)
    program.page.language_chosen.emit("zh-CN")
    assert (settings.load().language, i18n.language(), i18n.asked()) == ("zh-CN", "zh-CN", None)
    i18n.ask_for("en")
    program._looks(Settings(language="zh-TW"))
    assert (settings.load().language, i18n.language()) == ("zh-TW", "zh-TW")


def test_settings_changed_in_an_event_keep_the_recent_events(program, tmp_path, qtbot):
    program.page.new_requested.emit(NewEvent(path=tmp_path / "a.venue", title="甲", mode="rehearsal"))
    plan(program, qtbot)
    event = stands(program, qtbot)
    event.settings_chosen.emit(Settings(theme="dark"))
    kept = settings.load()
    assert (kept.theme, [r.title for r in kept.recents]) == ("dark", ["甲"])


def test_an_event_file_is_checked_from_the_start_page(tmp_path, keys, qtbot):
    host = fresh(tmp_path, keys)
    path = host.venue.path
    host.close()
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.take_file(str(path))
    with qtbot.waitSignal(dialog.told) as heard:
        qtbot.mouseClick(dialog.go, LEFT)
    assert heard.args[0].outcome is not Outcome.WRONG
    assert dialog.outcome.isVisible()
    raw = bytearray(path.read_bytes())
    at = raw.find("文化局".encode())
    assert at > 0
    raw[at : at + 9] = "水利局".encode()
    spoilt = tmp_path / "spoilt.venue"
    spoilt.write_bytes(raw)
    dialog.take_file(str(spoilt))
    with qtbot.waitSignal(dialog.told) as heard:
        qtbot.mouseClick(dialog.go, LEFT)
    assert heard.args[0].outcome is Outcome.WRONG
    dialog.take_file(str(path))
    assert not dialog.outcome.isVisible(), "a verdict never stands beside another file's name"


def test_a_verdict_is_not_shown_beside_the_name_of_a_file_chosen_meanwhile(tmp_path, keys, qtbot):
    host = fresh(tmp_path, keys)
    path = host.venue.path
    host.close()
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    told: list[object] = []
    dialog.told.connect(told.append)
    dialog.take_file(str(path))
    dialog.start()
    task = dialog._task
    assert task is not None
    with qtbot.waitSignal(task.ended):
        dialog.take_file(str(tmp_path / "other.venue"))
    assert told == [] and not dialog.outcome.isVisible() and dialog.go.isEnabled()


def test_who_sits_at_the_laptop(tmp_path, keys):
    from venue_app.domain.nouns import Person

    host = fresh(tmp_path, keys)
    assert proctor(host.venue.state).name == "考务"
    people = (Person(role="proctor", name="罗静宜"), Person(role="notary", name="尤思远"))
    host.venue.ask(c.OpenRun(people=people), PROCTOR)
    assert proctor(host.venue.state).name == "罗静宜"
    host.close()


def test_the_start_page_needs_neither_network_nor_seals():
    code = (
        "import sys, ui.app; from ui.program.program import Program;"
        "heavy = {'aiohttp', 'sqlite3', 'reportlab', 'pyhanko', 'cryptography', 'openpyxl'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert ran.stdout.strip() == "[]"
