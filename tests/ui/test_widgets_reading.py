"""The sheet as it is, what was found in it, how a number came about, what is said."""

from __future__ import annotations

import pytest
from openpyxl.utils import get_column_letter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from ui import words
from ui.widgets.grid import CellMark, GridView, column_letters
from ui.widgets.notices import BottomLine, EmptyState, ErrorBanner
from ui.widgets.trees import Finding, FindingGroup, FindingsView, Working, WorkingTree
from ui.words import Say
from venue_app.base.errors import Known

SHEET = [["序号", "姓名"], ["1", "考生甲"], ["2"]]


@pytest.mark.parametrize("column", [0, 25, 26, 51, 52, 701, 702, 16383])
def test_columns_are_named_as_spreadsheets_do(column):
    assert column_letters(column) == get_column_letter(column + 1)


def test_the_sheet_stands_as_it_is(qtbot):
    grid = GridView()
    qtbot.addWidget(grid)
    grid.show_sheet(SHEET, {(1, 1): CellMark("alarm", Say("ui.mark.alarm"))})
    model = grid.model()
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    assert model.index(1, 1).data() == "考生甲"
    assert model.index(2, 1).data() == ""
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "考生甲\n异常"
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "1"
    assert not model.flags(model.index(1, 1)) & Qt.ItemFlag.ItemIsEditable


def test_a_marked_cell_is_seen_without_colour(qtbot):
    grid = GridView()
    qtbot.addWidget(grid)
    grid.resize(300, 200)
    pictures = []
    for marks in ({}, {(1, 1): CellMark("done", "x")}):
        grid.show_sheet(SHEET, marks)
        image = grid.grab().toImage()
        pictures.append(bytes(image.convertToFormat(image.Format.Format_Mono).constBits()))
    assert pictures[0] != pictures[1]


def test_going_to_a_cell(qtbot):
    grid = GridView()
    qtbot.addWidget(grid)
    grid.show_sheet([[str(n)] for n in range(500)])
    grid.resize(200, 200)
    grid.show()
    grid.go_to(400, 0)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (400, 0)
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))
    grid.go_to(999, 0)
    assert grid.currentIndex().row() == 400


def test_enter_chooses_a_cell(qtbot):
    grid = GridView()
    qtbot.addWidget(grid)
    grid.show_sheet(SHEET)
    grid.show()
    grid.go_to(1, 1)
    with qtbot.waitSignal(grid.cell_chosen) as heard:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert heard.args == [1, 1]


class _Listening(FindingsView):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.chosen.connect(self.heard.append)


@pytest.fixture
def findings(qtbot):
    view = _Listening()
    qtbot.addWidget(view)
    view.show_groups(
        [
            FindingGroup("alarm", Say("ui.mark.alarm"), (Finding("甲", "C4", (3, 2)),)),
            FindingGroup("done", "已改正", (Finding("乙", "C8", (7, 2)),)),
        ]
    )
    view.show()
    return view


def test_findings_lead_to_their_cells_in_turn(findings):
    findings.step(1)
    findings.step(1)
    findings.step(1)
    findings.step(-1)
    assert findings.heard == [(3, 2), (7, 2), (3, 2), (7, 2)]


def test_enter_on_a_finding_leads_there_and_on_a_group_nowhere(findings):
    model = findings.model()
    findings.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(findings, Qt.Key.Key_Return)
    assert findings.heard == []
    findings.setCurrentIndex(model.index(0, 0, model.index(0, 0)))
    QTest.keyClick(findings, Qt.Key.Key_Return)
    assert findings.heard == [(3, 2)]


def test_findings_follow_the_language(findings):
    words.switch("en")
    assert findings.model().index(0, 0).data() == "Needs attention"


def test_no_findings_no_steps(qtbot):
    view = FindingsView()
    qtbot.addWidget(view)
    heard: list[object] = []
    view.chosen.connect(heard.append)
    view.step(1)
    assert heard == []


def test_a_number_opens_into_its_parts(qtbot):
    tree = WorkingTree()
    qtbot.addWidget(tree)
    tree.show_working(
        Working("综合成绩", "87.50", (Working("演讲 × 60%", "52.80"), Working("测评 × 40%", "34.70"))),
        "综合成绩 87.50 分",
    )
    model = tree.tree.model()
    top = model.index(0, 0)
    assert tree.value.text() == "87.50"
    assert [model.index(n, 1, top).data() for n in range(model.rowCount(top))] == ["52.80", "34.70"]
    QTest.mouseClick(tree.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "综合成绩 87.50 分"


def test_a_fault_is_a_sentence_that_follows_the_language(qtbot):
    banner = ErrorBanner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_known(Known("host.no_event", file="a.venue"))
    assert not banner.isHidden()
    before = banner.sentence.text()
    words.switch("en")
    assert banner.sentence.text() != before
    assert "a.venue" in banner.sentence.text()
    banner.close_button.click()
    assert banner.isHidden()


def test_an_empty_screen_says_what_to_do_first(qtbot):
    empty = EmptyState("还没有名册", "把报名表拖到这里", "选择文件")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        QTest.keyClick(empty.action, Qt.Key.Key_Space)


def test_what_just_happened_can_be_undone_once(qtbot):
    line = BottomLine()
    qtbot.addWidget(line)
    line.show()
    line.tell("签号 17 已叫入考场", undo="撤回")
    with qtbot.waitSignal(line.undo):
        QTest.mouseClick(line.undo_button, Qt.MouseButton.LeftButton)
    assert line.undo_button.isHidden()
    line.tell("签号 17 已离场")
    assert line.undo_button.isHidden()
