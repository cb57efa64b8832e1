"""A panel below its minimum in a real window: the gate offers the decision, the form asks for two people and a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.core.test_accepting import few
from tests.ui.test_room_forms import appearance, hold, opened, screen, typed, venue
from tests.world import PROCTOR, on_floor, send, stages_over
from ui.screens.room.form_fields import ChoiceField
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.rules.facts import Accepted

__all__ = ["screen", "venue"]

RETURN = Qt.Key.Key_Return


def test_decided_at_the_gate_by_keyboard_alone(screen, venue, qtbot):
    few(venue)
    floor = screen.widget.page.floor
    qtbot.waitUntil(floor.accept.isVisible)
    assert "4" in floor.tally.missing.text() and "5" in floor.tally.missing.text()
    panel = opened(qtbot, screen, "D", "accept")
    assert set(panel.fields) == {"group", "reason", "first", "second"}
    assert panel.values()["group"] == "panel"
    assert panel.hold.isVisible() and not panel.hold.isEnabled()
    typed(qtbot, "三席回避", "主考官甲", "监督员甲")
    hold(qtbot, panel, lambda: bool(appearance(venue).accepted))
    assert appearance(venue).accepted == {"panel": Accepted(by=("主考官甲", "监督员甲"), reason="三席回避")}
    assert appearance(venue).value == "79.00"
    qtbot.waitUntil(lambda: screen.view.rooms[0].step.kind == "check")
    qtbot.waitUntil(lambda: not floor.accept.isVisible())
    [sheet] = screen.view.rooms[0].sheets
    assert "由主考官甲、监督员甲决定照此计算" in str(sheet.sentence)


def test_the_button_opens_the_same_form_and_a_refusal_stands_in_it(screen, venue, qtbot):
    few(venue)
    page = screen.widget.page
    qtbot.waitUntil(page.floor.accept.isVisible)
    page.floor.accept.click()
    panel = page.panel
    assert panel.isVisible() and panel.form is not None and panel.form.act == "accept"
    typed(qtbot, "三席回避", "主考官甲", "主考官甲")
    panel.hold.held.emit()
    qtbot.waitUntil(panel.banner.isVisible)
    assert panel.form is not None and panel.values()["first"] == "主考官甲"
    assert appearance(venue).accepted == {}


def test_it_is_not_offered_where_there_is_nothing_to_decide(screen, venue, qtbot):
    few(venue, ("20", "22"))  # the trim would leave nobody
    page = screen.widget.page
    qtbot.waitUntil(lambda: screen.view.rooms[0].step.kind == "set-aside")
    assert page.floor.accept.isHidden() and page.lot_for("accept") is None
    assert "2" in str(screen.view.rooms[0].step.note)


def test_decided_on_from_the_list_of_what_is_owed(screen, venue, qtbot):
    few(venue)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    page = screen.widget.page
    qtbot.waitUntil(lambda: [line.act for line in screen.view.rooms[0].owed] == ["accept"])
    page.open_owed()
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    panel = page.panel
    assert panel.form is not None and (panel.form.act, panel.form.lot) == ("accept", 1)
    typed(qtbot, "三席回避", "主考官甲", "监督员甲")
    hold(qtbot, panel, lambda: appearance(venue).value is not None)
    qtbot.waitUntil(lambda: [line.act for line in screen.view.rooms[0].owed] == ["check"])


def test_what_can_never_count_is_owed_without_a_button(screen, venue, qtbot):
    few(venue, ("20", "22"))
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    qtbot.waitUntil(lambda: [line.act for line in screen.view.rooms[0].owed] == [""])
    screen.widget.page.open_owed()
    assert screen.widget.page.owed_panel.buttons == {}


def test_a_decision_undone_by_a_correction_is_owed_again(screen, venue, qtbot):
    few(venue)
    two = ("主考官甲", "监督员甲")
    venue.ask(f.AcceptPanel(room="R1", lot=1, group="panel", people=two, reason="回避"), PROCTOR)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-4", reason="笔误", second="监督员甲"), PROCTOR)
    qtbot.waitUntil(
        lambda: [(line.act, line.corrected) for line in screen.view.rooms[0].owed] == [("", True)]
    )
    marks = {"content": "30", "language": "16", "post": "16", "response": "16", "manner": "8"}
    paper = f.EnterPaperSheet(
        room="R1", lot=1, seat="R1-4", marks=marks, again=marks, first="甲", second="乙"
    )
    venue.ask(paper, PROCTOR)
    qtbot.waitUntil(
        lambda: [(line.act, line.corrected) for line in screen.view.rooms[0].owed] == [("accept", True)]
    )


def observed(venue, room: str, lot: int) -> None:
    """A lot heard to the end; one of twenty observers marks, the others are excused: fifteen are asked for."""
    on_floor(venue, room, lot)
    for number in range(1, 8):
        send(venue, f"{room}-{number}", lot, room)
    send(venue, "OBS-01", lot, room)
    for number in range(2, 21):
        excused = c.ExcuseSeat(room=room, lot=lot, seat=f"OBS-{number:02d}", kind="excused", reason="未到")
        venue.ask(excused, PROCTOR)
    stages_over(venue, room)
    venue.ask(c.CheckResult(room=room, lot=lot, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room=room, lot=lot), PROCTOR)
    venue.ask(c.CloseAppearance(room=room, lot=lot), PROCTOR)


def test_a_group_of_the_whole_event_is_decided_on_once_for_all_its_lots(screen, venue, qtbot):
    observed(venue, "R1", 1)
    observed(venue, "R2", 1)
    page = screen.widget.page
    qtbot.waitUntil(lambda: [(line.act, line.lot) for line in screen.view.rooms[0].owed] == [("accept", 1)])
    assert venue.state.scheme.group("observers").title.say("zh-CN") in str(screen.view.rooms[0].owed[0].text)
    page.open_owed()
    qtbot.keyClick(QApplication.focusWidget(), RETURN)
    panel = page.panel
    assert panel.form is not None and panel.form.also == {"observers": (("R2", 1),)}
    assert panel.values()["covers/observers"] == "one"
    covers = panel.fields["covers/observers"]
    assert isinstance(covers, ChoiceField)
    covers.buttons[1].click()
    typed(qtbot, "观察员不足", "主考官甲", "监督员甲")
    hold(qtbot, panel, lambda: bool(appearance(venue).accepted))
    assert [list(venue.state.appearances[room, 1].accepted) for room in ("R1", "R2")] == [["observers"]] * 2
    qtbot.waitUntil(lambda: screen.view.rooms[0].owed == ())


def test_a_sheet_that_is_still_owed_is_named_before_the_observers(screen, venue, qtbot):
    observed(venue, "R1", 1)
    again = f.ReopenSheet(room="R1", lot=1, seat="R1-4", reason="笔误", second="监督员甲")
    venue.ask(again, PROCTOR)
    qtbot.waitUntil(
        lambda: [(line.act, line.corrected) for line in screen.view.rooms[0].owed] == [("", True)]
    )
    assert "4" in str(screen.view.rooms[0].owed[0].text)
