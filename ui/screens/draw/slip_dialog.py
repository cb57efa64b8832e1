"""Typing a hand draw in: one person, then another who does not see the first, then both side by side.

The differences stand cell by cell; nothing is taken over while there is one. Two witnesses are named.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.screens.draw.slip_table import FIRST, NOTE, SECOND, SlipTable
from ui.screens.draw.slips import Slip, differing, pasted, read
from ui.theme import Type, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, column, holder, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_name
from venue_app.base.errors import Known
from venue_app.domain.draw_commands import TypeDraw
from venue_app.domain.nouns import Purpose

Step = Literal["first", "second", "compare"]
_STEPS = {
    "first": Say("draw_screen.slips.step_first"),
    "second": Say("draw_screen.slips.step_second"),
    "compare": Say("draw_screen.slips.step_compare"),
}


class SlipDialog(QDialog):
    """`given` carries the `TypeDraw`; whoever hears it accepts the dialog or shows the refusal."""

    given = Signal(object)

    def __init__(
        self, purpose: Purpose, slips: tuple[Slip, ...], reserve: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._purpose, self._slips, self._reserve = purpose, slips, reserve
        self.step: Step = "first"
        bind(self, "setWindowTitle", Say("draw_screen.slips.title"))
        self.banner = ErrorBanner()
        self.says = Words("", Type.LEAD, strong=True)
        self.how = Words("", tone="quiet")
        self.first, self.second = _line(), _line()
        self.witness, self.other = _line(), _line()
        self.means = _line()
        self.table = SlipTable(slips)
        self.table.edited.connect(self._look)
        self.table.pasted.connect(self._paste)
        self.note = Words("", tone="wait")
        self.paste_button = Button(Say("draw_screen.slips.paste"), icon="copy")
        self.paste_button.clicked.connect(self._paste_here)
        self.next_fault = Button(Say("draw_screen.slips.next_fault"), kind="quiet")
        self.next_fault.clicked.connect(self.go_on)
        self.cancel = Button(Say("ui.cancel"), kind="quiet")
        self.cancel.clicked.connect(self.reject)
        self.bar = ActionBar(self.next_fault, self.paste_button, self.cancel)
        self.bar.pressed.connect(self._onwards)
        self.bar.held.connect(self._give)
        for line in (self.first, self.second, self.witness, self.other, self.means):
            line.textChanged.connect(self._look)
        self._lay_out()
        for keys, act in (("Ctrl+Return", self._act), ("F4", self.go_on)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.resize(space(250), space(165))
        self.show_step()

    def _lay_out(self) -> None:
        self._parts = {
            "first": _named(Say("draw_screen.slips.typist_first"), self.first),
            "second": _named(Say("draw_screen.slips.typist_second"), self.second),
            "compare": holder(
                row(
                    _named(Say("draw_screen.slips.witness"), self.witness),
                    _named(Say("draw_screen.slips.witness_other"), self.other),
                    _named(Say("draw_screen.slips.means"), self.means),
                    gap=3,
                )
            ),
        }
        bind(self.means, "setPlaceholderText", Say("draw_screen.slips.means_hint"))
        whole = column(
            self.banner,
            self.says,
            self.how,
            *self._parts.values(),
            self.table,
            self.note,
            self.bar,
            gap=2,
            margin=4,
        )
        whole.setStretch(whole.indexOf(self.table), 1)
        self.setLayout(whole)

    # ---- step by step ----

    def show_step(self) -> None:
        """Show what is to be done at this step."""
        self.says.say(_STEPS[self.step])
        several = any(len(slip.places) > 1 for slip in self._slips)
        self.how.say(
            Say("draw_screen.slips.how_places", places="、".join(self._slips[0].places))
            if several
            else Say("draw_screen.slips.how")
        )
        for step, part in self._parts.items():
            part.setVisible(step == self.step)
        columns = {"first": (FIRST, NOTE), "second": (SECOND, NOTE), "compare": (FIRST, SECOND, NOTE)}
        self.table.show_columns(*columns[self.step])
        self.paste_button.setVisible(self.step != "compare")
        line = {"first": self.first, "second": self.second, "compare": self.witness}[self.step]
        self._look()
        QTimer.singleShot(0, line, line.setFocus)

    @property
    def _column(self) -> int:
        return FIRST if self.step == "first" else SECOND

    def faults(self) -> dict[str, Text]:
        """What is the matter with each slip at this step."""
        if self.step != "compare":
            return read(self._slips, self.table.texts(self._column), self._reserve).faults
        found: dict[str, Text] = {}
        for column_ in (FIRST, SECOND):
            found |= read(self._slips, self.table.texts(column_), self._reserve).faults
        return found | {slip: Say("draw_screen.slips.differs") for slip in self.differing()}

    def differing(self) -> tuple[str, ...]:
        """The slips the two typed differently."""
        return differing(self._slips, self.table.texts(FIRST), self.table.texts(SECOND), self._reserve)

    def go_on(self) -> None:
        """To the next slip with which something is the matter."""
        faults = self.faults()
        order = [slip.id for slip in self._slips if slip.id in faults]
        if not order:
            return
        at = self.table.currentRow()
        later = [x for x in order if next(n for n, s in enumerate(self._slips) if s.id == x) > at]
        self.table.go_to((later or order)[0], self._column)

    def _look(self) -> None:
        faults = self.faults()
        empty = Say("draw_screen.slips.empty")
        told = {slip: said for slip, said in faults.items() if said != empty or self.step == "compare"}
        self.table.mark_cells(told, self.differing() if self.step == "compare" else ())
        lacking = self._lacking()
        self.next_fault.setVisible(bool(faults) and self.step == "compare")
        self.note.setVisible(False)
        if self.step == "compare":
            why = Say("draw_screen.slips.why_faults", count=len(faults)) if faults else lacking
            text = Say("draw_screen.slips.take")
            if why:
                self.bar.refuse_held(text, why)
            else:
                self.bar.offer_held(text, tone="seal")
            return
        text = Say(
            "draw_screen.slips.onwards_first" if self.step == "first" else "draw_screen.slips.onwards_second"
        )
        why = lacking or (Say("draw_screen.slips.why_open", count=len(faults)) if faults else "")
        if why:
            self.bar.refuse(text, why)
        else:
            self.bar.offer(text)

    def _lacking(self) -> Text:
        first, second = self.first.text().strip(), self.second.text().strip()
        if self.step == "first":
            return "" if first else Say("draw_screen.slips.why_typist")
        if self.step == "second":
            if not second:
                return Say("draw_screen.slips.why_typist")
            return Say("draw_screen.slips.why_same") if second == first else ""
        witness, other = self.witness.text().strip(), self.other.text().strip()
        if not (witness and other) or witness == other:
            return Say("draw_screen.slips.why_witnesses")
        return "" if self.means.text().strip() else Say("draw_screen.slips.why_means")

    def _onwards(self) -> None:
        self.step = "second" if self.step == "first" else "compare"
        self.show_step()

    def _act(self) -> None:
        button = self.bar.action.button
        if button.isVisible() and button.isEnabled():
            self._onwards()
        elif self.bar.hold.isVisible():
            self.bar.hold.setFocus()

    # ---- what is typed ----

    def _paste_here(self) -> None:
        self._paste(QGuiApplication.clipboard().text(), max(0, self.table.currentRow()))

    def _paste(self, text: str, at: int) -> None:
        if self.step == "compare":
            return
        found, strange = pasted(self._slips, text, at)
        self.table.fill(self._column, found)
        if strange or not found:
            self.note.setVisible(True)
            self.note.say(
                Say("draw_screen.slips.strange", count=len(strange), line=(strange or ("",))[0][:40])
            )

    def _give(self) -> None:
        typed = read(self._slips, self.table.texts(FIRST), self._reserve)
        again = read(self._slips, self.table.texts(SECOND), self._reserve)
        self.banner.hide()
        self.given.emit(
            TypeDraw(
                purpose=self._purpose,
                result=typed.result,
                again=again.result,
                reserve=typed.reserve,
                witnesses=(self.witness.text().strip(), self.other.text().strip()),
                means=self.means.text().strip(),
                typists=(self.first.text().strip(), self.second.text().strip()),
            )
        )

    def refuse(self, fault: Known) -> None:
        """It was not taken; everything typed stays."""
        self.banner.show_known(fault)


def _line() -> QLineEdit:
    return QLineEdit()


def _named(title: Text, line: QLineEdit) -> QWidget:
    bind_name(line, title)
    label = Words(title, Type.CAPTION, strong=True, tone="quiet")
    label.setBuddy(line)
    return holder(column(label, line, gap=1))
