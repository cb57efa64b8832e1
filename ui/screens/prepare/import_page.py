"""Importing: drop files, see the sheets as they are with marked cells, decide what is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QSizePolicy,
    QSplitter,
    QTabBar,
    QWidget,
)

from ui.phrases import Joined
from ui.screens.prepare.import_model import FileLine, ImportModel, Place, nothing_read
from ui.screens.prepare.questions import QuestionsPanel
from ui.theme import Type, mark, of, space
from ui.widgets.busy import BusyLine
from ui.widgets.buttons import Button
from ui.widgets.dropping import DropPage
from ui.widgets.flow import flow
from ui.widgets.grid import GridView
from ui.widgets.layout import STRETCH, OneLine, Words, card, column, row
from ui.widgets.leaves import Leaves
from ui.widgets.state import Mark, StateMark
from ui.widgets.trees import FindingsView
from ui.words import Say, Text, bind_name, bind_tip, follow

_MEASURED = 200
"""Rows looked at to find how wide a column is."""
_FILES_ACROSS = 3
_WIDEST = 240
"""Pixels, at the ordinary type size, of the widest column."""


class FilesCard(QFrame):
    """Which kinds of file there are and which are wanted, and the ways to give them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FileLine, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(1))
        self._across = 0

    def show_files(self, lines: tuple[FileLine, ...], across: int) -> None:
        """Show the lines, so many beside each other."""
        if (lines, across) == (self._lines, self._across):
            return
        self._lines, self._across = lines, across
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        short = [line for line in lines if line.mark is not Mark.ALARM or not line.name]
        for at, line in enumerate(short):
            self._grid.addWidget(self._line(line), at // across, at % across)
        below = -(-len(short) // across)
        for at, line in enumerate(line for line in lines if line not in short):
            self._grid.addWidget(self._line(line), below + at, 0, 1, across)
        for column_ in range(across):
            self._grid.setColumnStretch(column_, 1)

    @staticmethod
    def _line(line: FileLine) -> QWidget:
        told = QWidget()
        state = StateMark(line.mark, Type.CAPTION)
        state.show_mark(line.mark, line.kind)
        state.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if line.mark is Mark.ALARM and line.name:
            parts: tuple[QWidget, ...] = (
                Words(line.name, Type.CAPTION, wrap=False),
                Words(line.note, Type.CAPTION, tone="alarm"),
            )
        else:
            said = Joined(part for part in (line.name, line.note) if part)
            parts = (OneLine(said, Type.CAPTION, tone="ink" if line.name else "quiet"),)
            told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bind_tip(told, Say("prepare.import.line", kind=line.kind, name=line.name, note=line.note))
        layout = row(state, *parts, gap=2)
        layout.setStretch(len(parts), 1)
        told.setLayout(layout)
        return told


class ImportPage(DropPage):
    """See the module."""

    given = Signal(object)
    """A tuple of paths: files, or one folder."""
    again = Signal()
    decided = Signal(str, str)
    confirmed = Signal(object)
    templates_to = Signal(object)
    """A folder that empty spreadsheets are to be written to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = nothing_read()
        self.busy = BusyLine()
        self.files = FilesCard()
        self.choose = Button(Say("prepare.import.choose"), icon="open")
        self.choose.clicked.connect(self.ask_files)
        self.folder = Button(Say("prepare.import.folder"), kind="quiet")
        self.folder.clicked.connect(self.ask_folder)
        self.reread = Button(Say("prepare.import.again"), kind="quiet")
        self.reread.clicked.connect(self.again)
        self.blank = Button(Say("prepare.import.templates"), kind="quiet", icon="new")
        self.blank.clicked.connect(self.ask_templates)
        self.stack = Leaves()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self._read())
        whole = column(self._head(), self.busy, self.stack, gap=2)
        whole.setStretch(2, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.show_model(self._model)

    # ---- made once ----

    def _head(self) -> QWidget:
        head = QFrame()
        head.setLayout(column(flow(self.choose, self.folder, self.reread, STRETCH, self.blank), self.files))
        return head

    def _empty(self) -> QWidget:
        self.drop = card(
            column(
                STRETCH,
                _centred(Words(Say("prepare.import.drop"), Type.TITLE, strong=True)),
                _centred(Words(Say("prepare.import.drop_how"), tone="quiet")),
                STRETCH,
                gap=3,
                margin=6,
            )
        )
        return self.drop

    def _read(self) -> QWidget:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        bind_name(self.tabs, Say("prepare.import.sheets"))
        self.tabs.currentChanged.connect(self._show_sheet)
        self.grid = GridView()
        self.grid.cell_chosen.connect(self._say_cell)
        self.cell = Words("", Type.CAPTION, tone="quiet")
        left = QWidget()
        inner = column(self.tabs, self.grid, self.cell, gap=1)
        inner.setStretch(1, 1)
        inner.setContentsMargins(0, 0, 0, 0)
        left.setLayout(inner)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(space(3))
        mark(self.split, quiet="true")
        self.split.addWidget(left)
        self.split.addWidget(self._right())
        for at, share in enumerate((57, 43)):
            self.split.setStretchFactor(at, share)
        return self.split

    def _right(self) -> QWidget:
        self.views = QTabBar()
        self.views.setExpanding(False)
        self.views.setDrawBase(False)
        self.views.addTab("")
        self.views.addTab("")
        bind_name(self.views, Say("prepare.import.views"))
        self.questions = QuestionsPanel()
        self.questions.decided.connect(self.decided)
        self.questions.confirmed.connect(self.confirmed)
        self.questions.jump.connect(self.go_to)
        self.findings = FindingsView()
        self.findings.setColumnHidden(1, True)  # the sentence names its cell already
        self.findings.chosen.connect(self._show_finding)
        self.right = Leaves()
        self.right.addWidget(self.questions)
        self.right.addWidget(self.findings)
        self.views.currentChanged.connect(self.right.setCurrentIndex)
        follow(self, self._name_views, slot="views")
        whole = QWidget()
        inner = column(self.views, self.right, gap=1)
        inner.setStretch(1, 1)
        inner.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(inner)
        whole.setMinimumWidth(space(80))
        return whole

    # ---- shown again and again ----

    def show_model(self, model: ImportModel) -> None:
        """Show another reading, or the same with other answers."""
        before, self._model = self._model, model
        self.files.show_files(model.files, _FILES_ACROSS)
        self.reread.setVisible(model.read)
        self.choose.setVisible(model.read)
        self.stack.setCurrentIndex(1 if model.read else 0)
        if not model.read:
            return
        if [s.title for s in before.sheets] != [s.title for s in model.sheets] or self.tabs.count() == 0:
            self._show_tabs()
        elif before.sheets != model.sheets:
            self._show_sheet(self.tabs.currentIndex())
        self.questions.show_groups(model.asked)
        if before.groups != model.groups:
            self.findings.show_groups(model.groups)
        if not before.read:
            self.views.setCurrentIndex(0 if model.open else 1)
        self._name_views()

    def _name_views(self) -> None:
        model = self._model
        self.views.setTabText(0, str(Say("prepare.import.to_decide", count=model.open)))
        self.views.setTabText(1, str(Say("prepare.import.found", count=model.findings)))

    def _show_tabs(self) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in self._model.sheets:
            self.tabs.addTab(sheet.sheet or sheet.file)
            self.tabs.setTabToolTip(self.tabs.count() - 1, sheet.title)
        self.tabs.blockSignals(False)
        self._show_sheet(0)

    def _show_sheet(self, at: int) -> None:
        if 0 <= at < len(self._model.sheets):
            sheet = self._model.sheets[at]
            self.grid.show_sheet(sheet.rows, sheet.marks)
            self._fit_columns(sheet.rows)
            self.grid.clearSpans()
            for merge in sheet.merges:
                self.grid.setSpan(*merge)
            self.cell.set_tone("quiet")
            self.cell.say(sheet.caption)

    def _fit_columns(self, rows: Sequence[Sequence[str]]) -> None:
        """As wide as the table's own cells, not as a title that runs across them all."""
        metrics = self.grid.fontMetrics()
        lines = [line for line in rows[:_MEASURED] if sum(bool(text.strip()) for text in line) > 1]
        for at in range(max((len(line) for line in lines), default=0)):
            texts = (line[at].replace("\n", " ") for line in lines if at < len(line))
            wide = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.grid.setColumnWidth(at, min(wide, of(self).scale.px(_WIDEST)) + space(7))

    def _show_finding(self, told: tuple[Place | None, Text]) -> None:
        """Lead to a finding's cell and say it in full; one about no cell is only said."""
        place, said = told
        self.go_to(place)
        self.cell.set_tone("ink")
        self.cell.say(said)

    def _say_cell(self, row_: int, column_: int) -> None:
        sheet = self._model.sheets[self.tabs.currentIndex()]
        found = sheet.marks.get((row_, column_))
        self.cell.set_tone("quiet" if found is None else found.tone)
        self.cell.say(sheet.caption if found is None else found.text)

    def go_to(self, place: Place | None) -> None:
        """Lead to a cell; nothing happens where a finding is about no cell."""
        at = None if place is None else self._model.sheet_at(place)
        if place is None or at is None:
            return
        self.tabs.setCurrentIndex(at)
        self.grid.go_to(place.row, place.column)
        self._say_cell(place.row, place.column)

    # ---- files ----

    def ask_files(self) -> None:
        """Choose files with the system's dialog."""
        dialog = QFileDialog(self, str(Say("prepare.import.choose")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(str(Say("prepare.import.filter")) + " (*.xlsx *.xlsm *.csv *.txt *.tsv)")
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def ask_folder(self) -> None:
        """Choose a folder; the spreadsheets in it are sorted by what is in them."""
        dialog = QFileDialog(self, str(Say("prepare.import.folder")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def ask_templates(self) -> QFileDialog:
        """Choose the folder for empty spreadsheets."""
        dialog = QFileDialog(self, str(Say("prepare.import.templates")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.templates_to.emit(Path(name)))
        dialog.open()
        return dialog

    def _take(self, names: Sequence[str]) -> None:
        paths = tuple(Path(name) for name in names)
        if paths:
            self.given.emit(paths)

    def take_dropped(self, files: tuple[Path, ...]) -> None:
        """Read them."""
        self.given.emit(files)


def _centred(words: Words) -> Words:
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return words
