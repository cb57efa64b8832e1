"""The results screen: its numbers by an independent method, its words, and entering what comes later."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.ui import events
from tests.ui.walk import unsaid
from ui import sample, words
from ui.bridge import Bridge
from ui.exporting import exporter
from ui.screens.results.explain import opened
from ui.screens.results.model import found, results_model
from ui.screens.results.screen import ResultsScreen
from ui.screens.results.shots import SHOTS
from ui.widgets.state import Mark
from venue_app.rules import compute
from venue_app.state import State
from venue_app.state.facts import facts_of
from venue_app.venue import Venue

CENT = Decimal("0.01")


def table(state: State):
    results = compute(state.scheme, facts_of(state))
    return results, results_model(state, results)


def by_hand(state: State, entry: str) -> Decimal:
    """The composite worked out anew from sheets and drafts, as the plan's text says it."""
    lot = state.lots[entry]
    sheets = state.appearances[(lot.room, lot.number)].sheets.values()
    totals = sorted(Decimal(s.total) for s in sheets if not s.seat.startswith("OBS"))[1:-1]
    live = (sum(totals, Decimal(0)) / len(totals)).quantize(CENT, ROUND_HALF_UP)
    votes = [Decimal(s.total) for s in sheets if s.seat.startswith("OBS")]
    audience = (sum(votes, Decimal(0)) / len(votes)).quantize(CENT, ROUND_HALF_UP)
    draft = Decimal(state.values["draft"][entry])
    whole = draft * Decimal("0.15") + live * Decimal("0.65") + audience
    return whole.quantize(CENT, ROUND_HALF_UP)


def test_every_composite_on_the_screen_follows_from_the_sheets() -> None:
    state = sample.judged()
    _, model = table(state)
    lines = [line for post in model.posts for line in post.lines if line.composite]
    assert len(lines) == 148
    assert {line.entry: line.composite for line in lines} == {
        line.entry: str(by_hand(state, line.entry)) for line in lines
    }


def test_who_goes_on_is_the_best_two_of_a_post_with_seventy() -> None:
    state = sample.judged()
    _, model = table(state)
    for post in model.posts:
        reached = sorted((Decimal(line.composite) for line in post.lines if line.composite), reverse=True)
        wanted = [value for value in reached[:2] if value >= 70]
        assert [Decimal(line.composite) for line in post.lines if line.passed] == wanted
        assert [line.rank for line in post.lines if line.passed] == ["1", "2"][: len(wanted)]


def test_the_outcome_says_rank_ratio_and_threshold() -> None:
    _, model = table(sample.judged())
    first = model.posts[0].lines[0]
    assert str(first.outcome) == "入围：第 1 名，门槛 70，2:1"


def test_while_marks_are_missing_it_says_so_and_how_many() -> None:
    state = sample.under_way()
    _, model = table(state)
    open_ = sum(a.status in ("waiting", "floor") for a in state.appearances.values())
    assert any(str(open_) in str(line) and "演讲及测试" in str(line) for line in model.provisional)
    assert model.passed == 0
    _, final = table(sample.judged())
    assert final.provisional == ()
    assert "30" in str(final.later[0])


def test_finding_by_name_lot_or_post() -> None:
    _, model = table(sample.judged())
    assert [line.name for post in found(model, "艾山").posts for line in post.lines] == ["古丽娜尔·艾山"]
    assert found(model, "审计局").shown == 12
    assert found(model, "").shown == model.shown == 154
    lots = {line.lot for post in found(model, "2-17").posts for line in post.lines}
    assert lots == {"2-17"}


def test_an_opened_number_shows_seven_seats_two_of_them_struck() -> None:
    state = sample.judged()
    results, model = table(state)
    told = opened(state, results, model.posts[0].lines[0].entry, "live")
    assert told.working is not None
    assert len(told.working.parts) == 7
    assert sorted(str(p.note) for p in told.working.parts if p.note) == ["去掉最低分", "去掉最高分"]
    assert "去掉一个最高分" in str(told.sentence)


def test_whoever_is_not_ranked_has_no_working() -> None:
    state = sample.judged()
    results, _ = table(state)
    told = opened(state, results, "E023", "composite")
    assert told.working is None
    assert str(told.outcome)


# ---- with a real venue ----


@pytest.fixture
def screen(venue: Venue, bridge: Bridge, qtbot) -> ResultsScreen:
    made = ResultsScreen(bridge, export=(exporter(venue), venue.path))
    qtbot.addWidget(made.widget)
    made.widget.resize(1150, 620)
    made.widget.show()
    return made


def ready(screen: ResultsScreen, qtbot) -> None:
    qtbot.waitUntil(lambda: screen.up_to_date)


def test_results_come_by_themselves_and_what_is_later_is_entered(
    screen: ResultsScreen, venue: Venue, qtbot
) -> None:
    assert screen.widget.stack.currentIndex() == 0
    events.judged(venue)
    ready(screen, qtbot)
    model = screen.model
    assert model is not None
    # 80 × 0.15 + 90 × 0.65 + 8 = 12 + 58.5 + 8 = 78.5, and one point less of the panel is 0.65 less
    assert [line.composite for line in model.posts[0].lines] == ["78.50", "77.85", "77.20", "76.55", "75.90"]
    assert screen.rail_state().mark is Mark.WAIT
    assert screen.rail_state().missing == 4
    screen.widget.table.choose("E01", 2)
    action = screen.widget.bar.action.button
    assert "考生1" in action.text()
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    dialog = screen.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.value, "11")
    qtbot.keyClicks(dialog.again, "11")
    dialog.second.setText("闵建中")
    qtbot.mouseClick(dialog.action.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert "10" in dialog.banner.sentence.text()
    for field in (dialog.value, dialog.again):
        field.setText("9.5")
    qtbot.mouseClick(dialog.action.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.dialog is None)
    assert venue.state.values["inspection"] == {"E01": "9.5"}
    ready(screen, qtbot)
    line = screen.model.line("E01") if screen.model else None
    assert line is not None
    assert [value.raw for value in line.values][-2:] == ["9.5", "88.00"]


def test_both_must_type_the_same_and_one_cannot_be_two(screen: ResultsScreen, venue: Venue, qtbot) -> None:
    events.judged(venue)
    ready(screen, qtbot)
    screen.widget.table.choose("E01")
    screen.ask()
    dialog = screen.dialog
    assert dialog is not None
    dialog.value.setText("9")
    dialog.again.setText("8")
    dialog.second.setText("闵建中")
    assert not dialog.action.button.isEnabled()
    dialog.again.setText("9")
    dialog.second.setText(sample.PROCTOR.name)
    qtbot.mouseClick(dialog.action.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert venue.state.values.get("inspection", {}) == {}


def test_nobody_is_entered_who_does_not_go_on(screen: ResultsScreen, venue: Venue, qtbot) -> None:
    events.judged(venue)
    ready(screen, qtbot)
    screen.widget.table.choose("E05")
    assert not screen.widget.bar.action.button.isEnabled()
    assert "考生5" in screen.widget.bar.action.reason.text()


def test_a_number_opens_by_keyboard_and_closes_by_escape(screen: ResultsScreen, venue: Venue, qtbot) -> None:
    events.judged(venue)
    ready(screen, qtbot)
    view = screen.widget
    view.table.choose("E01", 5)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.panel.isVisible()
    assert view.working.value.text() == "90.00"
    view.close_panel()
    assert not view.panel.isVisible()


def test_every_moment_can_be_shown_in_traditional_chinese(qtbot) -> None:
    words.switch("zh-TW")
    assert unsaid(qtbot, SHOTS, "results") == []


def test_the_tables_go_where_the_dialog_says(
    screen: ResultsScreen, venue: Venue, qtbot, tmp_path: Path
) -> None:
    events.judged(venue)
    ready(screen, qtbot)
    view = screen.widget
    qtbot.mouseClick(view.export, Qt.MouseButton.LeftButton)
    dialog = view.findChild(QFileDialog)
    assert dialog is not None and [f.partition("(")[2] for f in dialog.nameFilters()] == ["*.xlsx)", "*.csv)"]
    dialog.fileSelected.emit(str(tmp_path / "表格.csv"))
    dialog.reject()
    qtbot.waitUntil(view.notice.isVisible)
    made = sorted(path.stem for path in (tmp_path / "表格.csv").iterdir())
    assert {"candidates", "composites", "journal", "marks"} <= set(made)
    said = " ".join(label.text() for label in view.notice.findChildren(QLabel))
    assert str(len(made)) in said and "表格.csv" in said
    assert not view.banner.isVisible()
    # A file stands where the folder would be: said on the page, and nothing is lost.
    (tmp_path / "weg.csv").write_text("x")
    screen.export_to(tmp_path / "weg.csv")
    qtbot.waitUntil(view.banner.isVisible)
    assert not view.notice.isVisible() and (tmp_path / "weg.csv").read_text() == "x"
