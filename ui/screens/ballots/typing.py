"""A paper ballot typed twice: the second person does not see what the first typed; differences are shown, then settled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.screens.ballots.model import answer_titles
from ui.theme import Type, of, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import Words, column, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, bind, bind_name, follow
from venue_app.base.ids import random_code
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.roster.ballot_papers import Difference, TypedPaper, differences, parse_answers
from venue_app.scheme.ballots import FOR, Ballot

_ONE = "1"


class TypingDialog(QDialog):
    """`given` carries a `TypedPaper` that two people typed alike; then the next paper is awaited."""

    given = Signal(object)

    def __init__(
        self,
        ballot: Ballot,
        names: Sequence[tuple[str, str]],
        people: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ballot, self._names, self._people = ballot, tuple(names), people
        self._items = ballot.item_ids()
        self._answers = tuple(answer for answer, _ in answer_titles(ballot))
        self._first: TypedPaper | None = None
        self.count = 0
        self.code = ""
        bind(self, "setWindowTitle", Say("ballots.typing.title"))
        self.banner = ErrorBanner()
        self.who = Words("", Type.TITLE, strong=True)
        self.told = Words("", tone="quiet")
        self.table = self._table()
        self.void = QCheckBox()
        bind(self.void, "setText", Say("ballots.typing.void"))
        self.others = QLineEdit()
        bind_name(self.others, Say("ballots.print.other"))
        self.others.setVisible(ballot.write_in)
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self._give)
        self.again = Button(Say("ballots.typing.again"), kind="quiet")
        self.again.clicked.connect(self.start)
        self.leave = Button(Say("ui.close"), kind="quiet")
        self.leave.clicked.connect(self.accept)
        foot = row(self.action, self.again, self.leave, gap=3)
        foot.setStretch(0, 1)
        label = Words(Say("ballots.print.other"), Type.CAPTION, strong=True, tone="quiet")
        label.setVisible(ballot.write_in)
        self._rules = Words("", tone="quiet")
        inner = column(
            self.banner,
            self.who,
            self._rules,
            self.told,
            self.table,
            label,
            self.others,
            self.void,
            foot,
            gap=2,
            margin=6,
        )
        self.setLayout(inner)
        self.resize(space(210), space(165))
        follow(self, self.retranslate)
        self.start()

    def retranslate(self) -> None:
        """Answers and heads in the language in force."""
        self._rules.say(self._how())
        self.table.setHorizontalHeaderLabels(
            [item or str(Say("ballots.print.opinion")) for item in self._items]
        )

    def _how(self) -> Say:
        if self._ballot.kind == "choose":
            return Say("ballots.typing.how_choose")
        if not self._answers:
            return Say("ballots.typing.how_numbers")
        keys = "  ".join(f"{at} {title}" for at, (_, title) in enumerate(answer_titles(self._ballot), 1))
        return Say("ballots.typing.how", keys=keys)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._names), len(self._items))
        table.setVerticalHeaderLabels([f"{at} {name}" for at, (_, name) in enumerate(self._names, 1)])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        bind_name(table, Say("ballots.typing.title"))
        table.itemChanged.connect(self._changed)
        return table

    # ---- one paper ----

    def start(self) -> None:
        """The first person's turn, on an empty paper, which has one code however often it is handed in."""
        self._first = None
        self.code = random_code(12)
        self._empty()
        self.who.say(Say("ballots.typing.first", name=self._people[0]))
        self.action.offer(Say("ballots.typing.hand_over", name=self._people[1]))
        self.told.say(Say("ballots.typing.count", count=self.count))
        self.told.set_tone("quiet")

    def _empty(self) -> None:
        self.banner.put_away()
        self.void.setChecked(False)
        self.others.clear()
        for at in range(len(self._names)):
            for column_ in range(len(self._items)):
                self.table.setItem(at, column_, QTableWidgetItem(""))
        self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    def cell(self, name: int, item: int) -> str:
        """What stands in a cell, as typed."""
        found = self.table.item(name, item)
        return "" if found is None else found.text().strip()

    def answers(self, text: str) -> tuple[str, ...] | None:
        """A cell read: the numbers of answers, or their words; None when it is neither."""
        if self._ballot.kind == "choose":
            return (FOR,) if text == _ONE else () if not text else parse_answers(self._ballot, text)
        if self._answers and text.isascii() and text.isdigit():
            places = [int(digit) for digit in text]
            if not all(1 <= place <= len(self._answers) for place in places):
                return None
            return tuple(dict.fromkeys(self._answers[place - 1] for place in places))
        return parse_answers(self._ballot, text)

    def _changed(self, item: QTableWidgetItem) -> None:
        wrong = self.answers(item.text().strip()) is None
        tone = of(self).colour("alarm_soft" if wrong else "surface")
        self.table.blockSignals(True)
        item.setBackground(QColor(tone))
        self.table.blockSignals(False)

    def typed(self) -> TypedPaper | None:
        """The paper as it stands; None while a cell cannot be read."""
        paper = TypedPaper(str(self.count + 1), void=self.void.isChecked())
        written = self.others.text().replace(",", "、").split("、")
        paper.others = tuple(one.strip() for one in written if one.strip())
        for at, (name, _) in enumerate(self._names):
            for column_, item in enumerate(self._items):
                answers = self.answers(self.cell(at, column_))
                if answers is None:
                    return None
                if answers:
                    paper.marks.setdefault(name, {})[item] = answers
        return paper

    def _give(self) -> None:
        paper = self.typed()
        if paper is None:
            self.banner.show_text(Say("ballots.typing.unreadable"))
            return
        if self._first is None:
            self._first = paper
            self._empty()
            self.who.say(Say("ballots.typing.second", name=self._people[1]))
            self.action.offer(Say("ballots.typing.compare"))
            return
        ids = tuple(name for name, _ in self._names)
        found = differences([self._first], [paper], ids, self._items)
        if found:
            self._show(found)
        else:
            self.given.emit(paper)

    def _show(self, found: tuple[Difference, ...]) -> None:
        """The cells that differ, with what the first person typed; both look at the paper and mend here."""
        places = {name: at for at, (name, _) in enumerate(self._names)}
        said = [
            f"{self._names[places[d.name]][1]} {d.item}: {d.first or '—'} ≠ {d.second or '—'}"
            if d.name
            else f"{d.first or '—'} ≠ {d.second or '—'}"
            for d in found
        ]
        self.banner.show_text(Say("ballots.typing.differ", count=len(found), what="；".join(said[:6])))
        soft = of(self).colour("wait_soft")
        self.table.blockSignals(True)
        for one in found:
            if one.name:
                item = self.table.item(places[one.name], self._items.index(one.item))
                if item is not None:
                    item.setBackground(QColor(soft))
        self.table.blockSignals(False)
        # whoever was wrong mends it: what stands here next is compared with what the first person typed,
        # and where the first was wrong, both begin this paper again
        self.told.say(Say("ballots.typing.mend"))
        self.told.set_tone("wait")

    def taken(self, code: str) -> None:
        """The paper is in the box; its code is to be written on it. On to the next."""
        self.count += 1
        self.start()
        self.told.say(Say("ballots.typing.taken", code=code, count=self.count))
        self.told.set_tone("done")


def paper_of(typed: TypedPaper, code: str, voter_class: str) -> BallotPaper:
    """A paper as the desk takes it, under the code that finds it again."""
    return BallotPaper(
        code=code, voter_class=voter_class, marks=typed.marks, others=typed.others, void=typed.void
    )
