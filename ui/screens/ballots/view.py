"""The ballots screen: polls on the left, the one chosen on the right. It shows, and says what was pressed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.screens.ballots.model import BallotsModel, ClassLine, PollView
from ui.theme import Type, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.flow import flow
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.leaves import Leaves
from ui.widgets.notices import EmptyState, ErrorBanner
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text


class BallotsView(QFrame):
    """See the module."""

    opening = Signal()
    chosen = Signal(str)
    slips = Signal()
    exchange = Signal()
    typing = Signal()
    importing = Signal()
    withdrawing = Signal()
    closing = Signal()
    abandoning = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = ErrorBanner()
        self.new = Button(Say("ballots.open.new"), icon="plus")
        self.new.clicked.connect(self.opening)
        self.why = Words("", tone="wait")
        self.list = RowsTable(
            (
                Column(Say("ballots.column.poll"), stretch=True),
                Column(Say("ballots.column.voted"), "right", "000 / 000"),
            ),
            name=Say("ballots.names.polls"),
        )
        self.list.row_changed.connect(self.chosen)
        self.list.setMinimumWidth(space(80))
        self.title = Words("", Type.TITLE, strong=True)
        self.state = StateMark(Mark.NOT_YET)
        self.voted = Words("", Type.HERO, strong=True)
        self.note = Words("", tone="quiet")
        self.where = Words("", tone="quiet")
        self.classes = RowsTable(self._class_columns(), name=Say("ballots.names.classes"))
        counted = (Column(Say("reports.column.name"), stretch=True),)
        self.counts = RowsTable(counted, name=Say("ballots.names.counts"))
        self.fill = QWidget()
        self.acts = {
            "slips": self._button(Say("ballots.act.slips"), "print", self.slips),
            "exchange": self._button(Say("ballots.act.exchange"), "", self.exchange),
            "typing": self._button(Say("ballots.act.typing"), "keys", self.typing),
            "importing": self._button(Say("ballots.act.importing"), "open", self.importing),
            "withdrawing": self._button(Say("ballots.act.withdrawing"), "", self.withdrawing),
        }
        self.abandon = Button(Say("ballots.act.abandon"), kind="danger")
        self.abandon.clicked.connect(self.abandoning)
        self.bar = ActionBar(self.abandon)
        self.bar.pressed.connect(self.closing)
        self.empty = EmptyState(Say("ballots.empty.title"), Say("ballots.empty.how"))
        self._lay_out()

    @staticmethod
    def _button(text: Text, icon: str, signal: object) -> Button:
        button = Button(text, icon=icon)
        button.clicked.connect(signal)
        return button

    @staticmethod
    def _class_columns() -> tuple[Column, ...]:
        numbers = (
            Say("ballots.print.issued"),
            Say("ballots.column.exchanged"),
            Say("ballots.column.cast"),
            Say("ballots.column.entered"),
            Say("ballots.print.valid"),
            Say("ballots.print.void"),
            Say("ballots.print.blank"),
        )
        return (
            Column(Say("ballots.print.class"), stretch=True),
            *(Column(title, "right", "0000") for title in numbers),
        )

    def _lay_out(self) -> None:
        left = card(column(row(self.new, STRETCH), self.why, self.list, gap=2, margin=3))
        head = row(self.title, STRETCH, self.state, gap=3)
        acts = flow(*self.acts.values(), gap=2)
        self.classes.setMaximumHeight(space(42))
        shown = column(
            head,
            self.voted,
            self.note,
            self.where,
            acts,
            self.classes,
            self.counts,
            self.fill,
            gap=3,
            margin=4,
        )
        shown.setStretch(6, 1)
        shown.setStretch(7, 1)
        whole = column(card(shown), self.bar, gap=2)
        whole.setStretch(0, 1)
        right = QFrame()
        right.setLayout(whole)
        self.stack = Leaves()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(right)
        body = row(left, self.stack, gap=3)
        body.setStretch(0, 2)
        body.setStretch(1, 5)
        outer = column(self.banner, body, gap=2)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    # ---- what is shown ----

    def show_model(self, model: BallotsModel, chosen: str, address: str = "") -> None:
        """All polls, and the chosen one; `address` is where voters find the page, empty without a network."""
        self.new.setEnabled(model.why_not is None)
        self.why.setVisible(model.why_not is not None)
        self.why.say(model.why_not or "")
        self.list.show_rows(
            [Row(p.id, (Cell(p.title), Cell(f"{p.voted} / {p.issued}", strong=True))) for p in model.polls]
        )
        shown = model.poll(chosen)
        self.stack.setCurrentIndex(0 if shown is None else 1)
        if shown is not None:
            self._show(shown)
            self.where.setVisible(shown.mark is Mark.IN_PROGRESS)
            self.where.say(Say("ballots.where", url=address) if address else Say("ballots.where_none"))

    def _show(self, poll: PollView) -> None:
        if self.list.current_id != poll.id:
            self.list.choose(poll.id)
        self.title.say(Say("ballots.named", title=poll.title, id=poll.id))
        self.state.show_mark(poll.mark, poll.word)
        self.voted.say(Say("ballots.voted", voted=poll.voted, issued=poll.issued))
        self.note.say(self._note(poll))
        self.note.set_tone("alarm" if poll.lost or poll.void_vote else "quiet")
        self.classes.show_rows([_class_row(at, line) for at, line in enumerate(poll.classes)])
        running = poll.mark is Mark.IN_PROGRESS
        for button in self.acts.values():
            button.setVisible(running)
        self.acts["withdrawing"].setVisible(running and any(line.entered for line in poll.classes))
        self.abandon.setVisible(running or poll.lost)
        self.counts.setVisible(bool(poll.counts))
        self.fill.setVisible(not poll.counts)
        self._show_counts(poll)
        if running:
            self.bar.offer(Say("ballots.act.close"))
        elif poll.lost:
            self.bar.refuse(Say("ballots.act.close"), Say("ballots.why_not.lost"))
        elif poll.mark is Mark.DONE:
            self.bar.rest(Say("ballots.closed_before", witness=poll.witness))
        else:
            self.bar.rest(Say("ballots.given_up", reason=poll.reason), Mark.WAIT)

    @staticmethod
    def _note(poll: PollView) -> Text:
        if poll.lost:
            return Say("ballots.note.lost")
        if poll.void_vote:
            return Say("ballots.print.void_vote")
        return Say(
            "ballots.note.open" if poll.mark is Mark.IN_PROGRESS else "ballots.note.closed", names=poll.names
        )

    def _show_counts(self, poll: PollView) -> None:
        columns = (
            Column(Say("reports.column.name"), stretch=True),
            Column(Say("ballots.column.item"), sample="德德"),
            *(Column(title, "right", "000000") for title in poll.answers),
        )
        rows = [
            Row(f"{line.name}-{at}", (Cell(line.name), Cell(line.item), *(Cell(str(n)) for n in line.votes)))
            for at, line in enumerate(poll.counts)
        ]
        self.counts.show_rows(rows, columns)


def _class_row(at: int, line: ClassLine) -> Row:
    numbers = (line.issued, line.exchanged, line.cast, line.entered, line.valid, line.void, line.blank)
    return Row(str(at), (Cell(line.title, strong=True), *(Cell(str(number) or "—") for number in numbers)))
