"""Results by post, with the working of the number that was opened. Reads a `ResultsModel`, decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.screen import Turns, at_once
from ui.screens.results.explain import Opened
from ui.screens.results.model import ResultLine, ResultsModel, found
from ui.theme import Type, mark, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.busy import BusyLine
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, card, column, row, rule
from ui.widgets.leaves import Leaves
from ui.widgets.notices import Banner, EmptyState, ErrorBanner, Shape
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.trees import WorkingTree
from ui.words import Say, Text, bind, bind_name


class ResultsView(QWidget):
    """See the module. `opened` names the entry and the component whose working is asked for ('': composite)."""

    opened = Signal(str, str)
    chosen = Signal(str)
    enter = Signal()
    closed_panel = Signal()

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._model: ResultsModel | None = None
        self._components: list[str] = []
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the parts, one in each turn."""
        self.banner = ErrorBanner()
        self.bar = ActionBar()
        self.bar.pressed.connect(self.enter)
        self.notice = Banner("done")
        self.busy = BusyLine()
        self.export = Button(Say("tables.button"), kind="quiet", size=Type.CAPTION)
        self.export.hide()
        self.empty = EmptyState(Say("results.empty"), Say("results.empty_how"))
        self.stack = Leaves()
        self.stack.addWidget(self.empty)
        full = QWidget()
        self.stack.addWidget(full)
        whole = self._lay_out()  # parts come into a page that stands: a whole that is moved is dressed anew
        yield
        inner = column(self._head(), gap=3)
        inner.setContentsMargins(0, 0, 0, 0)
        full.setLayout(inner)
        yield
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(space(3))
        mark(self.split, quiet="true")
        self.split.addWidget(self._table())
        inner.addWidget(self.split, 1)
        yield
        self.panel = self._panel()
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        self.panel.hide()
        for part in (rule(), self.bar):  # last for the Tab key too
            whole.addWidget(part)

    def _lay_out(self) -> QVBoxLayout:
        body = column(self.banner, self.notice, self.busy, self.stack, gap=3, margin=1)
        body.setStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        return layout

    def _head(self) -> QWidget:
        """What is still provisional, the rule, and a field to find people."""
        head = QFrame()
        self._shape = Shape("pause", "wait", Type.BODY)
        self.provisional = Words("")
        self.rule_words = Words("", Type.CAPTION, tone="quiet")
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        bind_name(self.field, Say("results.find"))
        bind(self.field, "setPlaceholderText", Say("results.find"))
        self.field.textChanged.connect(lambda _text: self._show_rows())
        self.field.setFixedWidth(space(60))
        self.count = Words("", Type.CAPTION, tone="quiet", wrap=False)
        state = row(self._shape, self.provisional, gap=2)
        state.setStretch(1, 1)
        state.setAlignment(self._shape, Qt.AlignmentFlag.AlignTop)
        words = column(state, self.rule_words, gap=1)
        line = row(words, self.count, self.export, self.field, gap=4)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        head.setLayout(line)
        return head

    def _table(self) -> QWidget:
        self.table = RowsTable((), name=Say("results.title"), by_row=False)
        self.table.opened.connect(self._open)
        self.table.row_changed.connect(self.chosen)
        return self.table

    def _panel(self) -> QWidget:
        self.who = Words("", Type.BODY, strong=True)
        self.outcome = Words("", tone="quiet")
        self.close_button = Button("", kind="quiet", icon="close")
        self.close_button.name(Say("ui.close"))
        self.close_button.clicked.connect(self.close_panel)
        self.working = WorkingTree()
        head = row(self.who, self.close_button, gap=2)
        head.setStretch(0, 1)
        panel = card(column(head, self.outcome, rule(), self.working, gap=2, margin=3))
        panel.setMinimumWidth(space(90))
        return panel

    # ---- shown again and again ----

    def show_model(self, model: ResultsModel | None) -> None:
        """Show another moment; None before anything can be shown."""
        self._model = model
        self.stack.setCurrentIndex(0 if model is None else 1)
        if model is None:
            return
        self._show_head(model)
        self.rule_words.say(Say("results.rule.whole", rule=model.rule))
        self._show_rows()

    def _show_head(self, model: ResultsModel) -> None:
        if model.provisional:
            shape, tone = "pause", "wait"
            said = Say("results.provisional", what=_Several(model.provisional))
        elif model.later:
            shape, tone = "dot", "primary"
            said = Say("results.later", passed=model.passed, what=_Several(model.later))
        else:
            shape, tone = "check", "done"
            said = Say("results.final", passed=model.passed)
        self._shape.show_shape(shape, tone)
        self.provisional.set_tone(tone)
        self.provisional.say(said)

    def show_opened(self, opened: Opened | None) -> None:
        """Show a number's working, or put the panel away."""
        if opened is None:
            self.panel.hide()
            return
        self.who.say(opened.who)
        self.outcome.say(opened.outcome)
        self.working.setVisible(opened.working is not None)
        if opened.working is not None:
            self.working.show_working(opened.working, opened.sentence)
        if not self.panel.isVisibleTo(self):
            self.panel.show()
            wide = self.split.width()
            self.split.setSizes([wide - wide // 2, wide // 2])

    def close_panel(self) -> None:
        """Put the working away; the cursor goes back to the table."""
        self.panel.hide()
        self.table.setFocus()
        self.closed_panel.emit()

    def _show_rows(self) -> None:
        if self._model is None:
            return
        model = found(self._model, self.field.text())
        self.count.say(Say("results.count", count=model.shown))
        self._components, columns = _columns(model)
        rows: list[Row] = []
        for post in model.posts:
            rows.append(Row(post.id, (Cell(post.summary, strong=True),), heading=True))
            rows += [_row(model, line) for line in post.lines]
        self.table.show_rows(rows, columns)

    def _open(self, entry: str, column: int) -> None:
        self.opened.emit(entry, self._components[column])


class _Several(Say):
    """Sentences one after the other."""

    __slots__ = ()

    def __init__(self, parts: tuple[Text, ...]) -> None:
        super().__init__("", parts=parts)

    def __str__(self) -> str:
        parts = self.params["parts"]
        assert isinstance(parts, tuple)
        return str(Say("results.and")).join(str(part) for part in parts)


def _columns(model: ResultsModel) -> tuple[list[str], list[Column]]:
    """The table's columns, and for each the component that opens from it ('': the composite)."""
    of = ["", "", ""]
    columns = [
        Column(Say("results.column.rank"), "right", "00"),
        Column(Say("results.column.lot"), "right", "0-00", tip=Say("results.column.lot_tip")),
        Column(Say("results.column.name")),
    ]
    for score in model.columns:
        if score.later:
            continue
        of.append(score.id)
        columns.append(Column(score.title, "right", "000.00"))
        if score.weight:
            of.append(score.id)
            tip = Say("results.column.weighted_tip", title=score.title, weight=score.weight)
            columns.append(Column(f"×{score.weight}", "right", "00.0000", tip=tip))
    of.append("")
    columns.append(Column(model.composite, "right", "000.00"))
    of.append("")
    columns.append(Column(Say("results.column.outcome"), stretch=True))
    for score in model.columns:
        if score.later:
            of.append(score.id)
            columns.append(Column(score.title, "right", "00.00"))
    return of, columns


def _row(model: ResultsModel, line: ResultLine) -> Row:
    cells: list[Cell] = [
        Cell(line.rank, strong=line.passed),
        Cell(line.lot, "quiet"),
        Cell(line.name, strong=line.passed),
    ]
    for score, value in zip(model.columns, line.values, strict=True):
        if score.later:
            continue
        cells.append(_number(value.raw))
        if score.weight:
            cells.append(_number(value.points, "quiet"))
    cells.append(Cell(line.composite or "—", "ink" if line.composite else "quiet", strong=True))
    cells.append(Cell(line.outcome, line.tone, strong=line.passed))
    for score, value in zip(model.columns, line.values, strict=True):
        if score.later:
            cells.append(_number(value.raw))
    ground = "done_soft" if line.passed else ""
    if ground:
        cells = [Cell(c.text, c.tone, c.strong, c.struck, ground, c.tip) for c in cells]
    return Row(line.entry, tuple(cells))


def _number(text: str, tone: str = "ink") -> Cell:
    return Cell(text, tone) if text else Cell("—", "quiet")
