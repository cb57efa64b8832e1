"""Preparing: the demo county's spreadsheets through a real window into a real event, and every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui import events
from tests.ui.walk import drop, unsaid
from ui import sample, words
from ui.bridge import Bridge
from ui.screens.prepare.import_model import confirmations, import_model, place_of
from ui.screens.prepare.model import prepare_model
from ui.screens.prepare.reading import answered, read
from ui.screens.prepare.screen import PrepareScreen
from ui.screens.prepare.shots import SHOTS
from ui.tasks import Progress
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.base.paths import resources
from venue_app.roster.findings import Finding
from venue_app.roster.source import Source
from venue_app.venue import Venue

COUNTY = resources() / "demo" / "county"
QUIET = Progress(lambda _done, _total: None)


def reading(*given: Source):
    return read(given or (COUNTY,), sample.created().scheme, {}, QUIET)


def sheet(text: str) -> Source:
    return Source("名单.csv", text.encode())


# ---- what is shown ----


def test_steps_say_what_is_there_and_what_is_missing() -> None:
    before = prepare_model(sample.created())
    assert [s.mark for s in before.steps[:4]] == [Mark.DONE, Mark.READY, Mark.NOT_YET, Mark.NOT_YET]
    assert before.step("people").mark is Mark.NOT_YET
    assert before.next == "roster"
    ready = prepare_model(sample.roster_ready())
    assert [s.mark for s in ready.steps[:4]] == [Mark.DONE] * 4
    assert (ready.next, str(ready.step("roster").detail)) == ("printer", "150 人参加抽签")
    assert prepare_model(sample.opened()).step("people").mark is Mark.DONE


def test_the_plan_is_told_in_plain_words_with_its_defaults_marked() -> None:
    page = prepare_model(sample.created()).scheme
    lines = [line for section in page.sections for line in section.lines]
    told = [str(line.text) for line in lines]
    assert any("0.15" in line and "0.65" in line for line in told)
    assert any("最高分" in line for line in told)
    assert [str(line.text) for line in lines if line.default] == [
        "依次抽签：考生出场顺序",
        "抽签时不在场的，剩下的签归其所有",
        "抽签后才到的，不得参加",
        "有人退出的，不递补",
    ]


def test_proposals_must_be_confirmed_before_anything_enters() -> None:
    model = import_model(reading())
    assert [(g.code, g.open) for g in model.asked] == [("post_under_minimum", 1), ("move", 4)]
    assert "5" in str(model.refusal)
    answers = {k: v for group in model.asked for k, v in confirmations(group).items()}
    after = import_model(answered(reading(), answers, sample.created().scheme))
    assert (after.open, after.refusal, after.people) == (0, "", 150)


def test_keeping_the_post_takes_the_moves_away() -> None:
    first = reading()
    question = import_model(first).asked[0].questions[0]
    after = import_model(answered(first, {question.id: "keep"}, sample.created().scheme))
    assert "move" not in [g.code for g in after.asked]
    assert after.asked[0].questions[0].confirmed


def test_an_error_blocks_and_names_what_to_do() -> None:
    model = import_model(reading(sheet("姓名,身份证号,报考职位\n何雪,9.90000197810180E+17,水务局副局长\n")))
    assert "重新读取" in str(model.refusal)
    assert any(group.tone == "alarm" for group in model.groups)


def test_files_of_no_use_are_named_and_a_missing_list_is_the_reason() -> None:
    model = import_model(reading(sheet("菜名,价钱\n白菜,3\n")))
    assert [(line.name, line.mark) for line in model.files if line.name] == [("名单.csv", Mark.NOT_YET)]
    assert "报名登记表" in str(model.refusal)


def test_a_finding_leads_to_its_cell() -> None:
    found = Finding("mended", "name_spaces", "a.xlsx", "表一", "AB17", 17, " 何雪", "何雪")
    place = place_of(found)
    assert place is not None
    assert (place.row, place.column) == (16, 27)
    assert place_of(Finding("doubt", "post_under_minimum")) is None


def test_every_marked_cell_lies_in_the_sheet_it_marks() -> None:
    model = import_model(reading())
    marked = 0
    for shown in model.sheets:
        for row, column in shown.marks:
            marked += 1
            assert row < len(shown.rows)
            assert column < max(len(line) for line in shown.rows)
    assert marked > 10


def test_after_the_draw_nothing_can_be_imported() -> None:
    assert "抽签" in str(import_model(reading(), after_draw=True).refusal)


# ---- with a real venue ----


@pytest.fixture
def screen(bridge: Bridge, qtbot) -> PrepareScreen:
    made = PrepareScreen(bridge)
    qtbot.addWidget(made.widget)
    made.widget.resize(1150, 620)
    made.widget.show()
    return made


def test_from_dropped_files_to_an_open_run(screen: PrepareScreen, venue: Venue, qtbot) -> None:
    view = screen.widget
    assert str(view.here) == "roster"
    drop(screen.widget.imports, COUNTY)
    qtbot.waitUntil(lambda: screen.reading is not None)
    action = view.bar.action.button
    assert not action.isEnabled()
    assert venue.state.entries == {}
    for group in list(view.imports.questions.groups.values()):
        qtbot.mouseClick(group.confirm, Qt.MouseButton.LeftButton)
    assert action.isEnabled()
    assert action.text() == "导入 150 人"
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is not view.imports)
    assert len(venue.state.entries) == 154
    assert len(venue.state.decisions) == 5
    assert str(view.here) == "printer"
    view.steps.chosen.emit("people")
    hold = view.bar.hold
    assert not hold.isEnabled()
    for line, person in zip(view.people.lines, sample.PEOPLE, strict=True):
        line.name.setText(person.name)
    assert hold.isEnabled()
    events.hold(qtbot, hold, lambda: venue.state.opened_at is not None)
    assert venue.state.people == sample.PEOPLE
    qtbot.waitUntil(lambda: screen.rail_state().mark is Mark.DONE)


def test_another_answer_by_keyboard_is_what_is_imported(screen: PrepareScreen, qtbot) -> None:
    screen.read([COUNTY])
    qtbot.waitUntil(lambda: screen.reading is not None)
    move = screen.widget.imports.questions.groups["move"]
    card = next(iter(move.cards.values()))
    assert card._box is not None
    other = card._box.findData("withdraw")
    card._box.setFocus()
    card._box.setCurrentIndex(other)
    card._box.activated.emit(other)
    assert screen.reading is not None
    assert screen.reading.plan is not None
    assert screen.reading.plan.drawing == 149


def test_read_again_after_the_sheet_was_put_right(screen: PrepareScreen, tmp_path: Path, qtbot) -> None:
    file = tmp_path / "名单.csv"
    lines = "".join(f"考生{n},99000019780101{n:03d}X,水务局副局长,合格\n" for n in range(2, 7))
    head = "姓名,身份证号,报考职位,资格审查意见\n"
    file.write_text(f"{head},990000197801010011,水务局副局长,合格\n{lines}", encoding="utf-8")
    screen.read([file])
    qtbot.waitUntil(lambda: screen.reading is not None)
    wrong = screen.reading
    assert not screen.widget.bar.action.button.isEnabled()
    file.write_text(f"{head}何雪,990000197801010011,水务局副局长,合格\n{lines}", encoding="utf-8")
    qtbot.mouseClick(screen.widget.imports.reread, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.reading is not wrong)
    qtbot.waitUntil(lambda: screen.widget.bar.action.button.isEnabled())
    assert screen.widget.bar.action.button.text() == "导入 6 人"


def test_a_cancelled_reading_leaves_everything_as_it_was(screen: PrepareScreen, qtbot) -> None:
    screen.read([COUNTY])
    task = screen._task
    assert task is not None
    task.cancel()
    with qtbot.waitSignal(task.ended):
        pass
    assert screen.reading is None
    assert not screen.widget.banner.isVisible()


def test_a_click_on_a_finding_goes_to_the_marked_cell(screen: PrepareScreen, qtbot) -> None:
    screen.read([COUNTY])
    qtbot.waitUntil(lambda: screen.reading is not None)
    page = screen.widget.imports
    assert screen.reading is not None
    model = import_model(screen.reading)
    at, shown = next((i, s) for i, s in enumerate(model.sheets) if len(s.marks) > 5)
    page.tabs.setCurrentIndex(len(model.sheets) - 1)
    finding = next(
        f
        for group in model.groups
        for f in group.findings
        if f.ref[0] is not None and model.sheet_at(f.ref[0]) == at  # type: ignore[index]
    )
    page.findings.chosen.emit(finding.ref)
    assert page.tabs.currentIndex() == at
    place = finding.ref[0]  # type: ignore[index]
    here = page.grid.currentIndex()
    assert (here.row(), here.column()) == (place.row, place.column)
    assert page.cell.text() == str(finding.text)
    assert shown.marks


def test_a_refused_import_says_why(screen: PrepareScreen, venue: Venue, qtbot) -> None:
    screen._refused(Known("venue.roster_after_draw"))
    assert screen.widget.banner.isVisible()
    assert "抽" in screen.widget.banner.sentence.text()


def test_keys_alone_reach_every_step(screen: PrepareScreen, qtbot) -> None:
    steps = screen.widget.steps
    for name, tile in steps.tiles.items():
        tile.setFocus()
        qtbot.keyClick(tile, Qt.Key.Key_Space)
        assert screen.widget.here == name
        assert tile.accessibleName()


def test_every_moment_can_be_shown_in_traditional_chinese(qtbot) -> None:
    words.switch("zh-TW")
    assert unsaid(qtbot, SHOTS, "prepare") == []
