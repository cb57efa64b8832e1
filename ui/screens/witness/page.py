"""The witness's page: the journal on the left, its head and what waits for a signature on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.phrases import spoken
from ui.screens.witness.journal import JournalList
from ui.screens.witness.view import DueView, Signer, WitnessView
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.flow import flow
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.notices import ErrorBanner
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import Mark, StateMark
from ui.words import Say
from venue_app.base.clock import local_hms
from venue_app.domain.record import Record
from venue_app.state import State
from venue_app.state.telling import tell

_PER_LINE = 4


class WitnessPage(QWidget):
    """Shows a `WitnessView` and the journal; says who was chosen and what is to be signed."""

    signer_chosen = Signal(object)
    signed = Signal(object)
    """The `DueView` whose button was held."""

    def __init__(self, state: Callable[[], State], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._view: WitnessView | None = None
        self._busy = False
        self._chosen: Record | None = None
        self.banner = ErrorBanner()
        self.journal = JournalList(state)
        self.journal.chosen.connect(self._show_entry)
        self.latest = Button(Say("witness.page.latest"), kind="quiet", icon="up")
        self.latest.clicked.connect(self.journal.newest)
        self.latest.hide()
        self.journal.away.connect(self.latest.setVisible)
        self.entry = Words(Say("witness.screen.not_for"), tone="quiet")
        self.head = DigestLabel(size=Type.LEAD, groups=_PER_LINE)
        self.length = Words("", Type.LEAD, strong=True, wrap=False)
        self.own_check = StateMark(Mark.DONE)
        self.alone = Words("", Type.LEAD)
        self.who = QHBoxLayout()
        self.who.setSpacing(space(2))
        self.nobody = Words(Say("witness.screen.nobody"), tone="wait")
        self.due = RowsTable((Column(Say("witness.page.due"), stretch=True),), name=Say("witness.page.due"))
        self.due.horizontalHeader().hide()
        self.due.row_changed.connect(lambda _id: self._offer())
        self.nothing = StateMark(Mark.DONE)
        self.nothing.show_mark(Mark.DONE, Say("witness.page.nothing_due"))
        self.sign = HeldButton("", tone="seal")
        self.sign.held.connect(self._held)
        self.count = Words("", Type.CAPTION, tone="quiet")
        self._buttons: dict[Signer, Button] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        left = column(
            row(Words(Say("witness.page.journal"), Type.LEAD, strong=True), STRETCH, self.latest),
            self.journal,
            self.entry,
            gap=2,
            margin=4,
        )
        left.setStretch(1, 1)
        top = card(
            column(
                flow(
                    Words(Say("witness.page.head"), Type.LEAD, strong=True, wrap=False), STRETCH, self.length
                ),
                self.head,
                self.own_check,
                gap=2,
                margin=4,
            )
        )
        waits = column(
            Words(Say("witness.page.due"), Type.LEAD, strong=True),
            self.alone,
            self.who,
            self.nobody,
            self.due,
            self.nothing,
            STRETCH,
            self.sign,
            self.count,
            gap=2,
            margin=4,
        )
        waits.setStretch(4, 100)
        right = column(top, card(waits), gap=3)
        right.setStretch(1, 1)
        body = row(card(left), right, gap=3)
        body.setStretch(0, 1)
        whole = column(self.banner, body, gap=3)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # ---- what is shown ----

    def show_witness(self, view: WitnessView) -> None:
        """Show everything as it stands."""
        self._view = view
        self.length.say(Say("witness.page.size", size=view.size))
        self.head.show_digest(view.head)
        if view.own_check:
            self.own_check.show_mark(Mark.DONE, Say("witness.page.checked"))
        self.own_check.setVisible(view.own_check)
        self._show_signers(view)
        self.nobody.setVisible(not view.signers)
        rows = [Row(one.id, (Cell(one.text),)) for one in view.due]
        self.due.show_rows(rows)
        self.due.setVisible(bool(rows))
        self.nothing.setVisible(not rows and view.signer is not None)
        if rows and not self.due.current_id:
            self.due.choose(rows[0].id)
        self.count.say(Say("witness.page.signed", count=view.signed))
        self.count.setVisible(view.signer is not None)
        self._offer()

    def set_busy(self, busy: bool) -> None:
        """A signature is on its way."""
        self._busy = busy
        self._offer()

    def _show_signers(self, view: WitnessView) -> None:
        single = view.signers[0] if len(view.signers) == 1 else None
        self.alone.setVisible(single is not None)
        self.alone.say(single.title if single is not None else "")
        several = view.signers if single is None else ()
        if tuple(self._buttons) != several:
            while (item := self.who.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.deleteLater()
            self._buttons = {}
            for signer in several:
                button = Button(signer.title)
                button.setCheckable(True)
                button.clicked.connect(lambda _=False, signer=signer: self.signer_chosen.emit(signer))
                self._buttons[signer] = button
                self.who.addWidget(button)
            self.who.addStretch(1)
        for signer, button in self._buttons.items():
            button.setChecked(signer == view.signer)

    def _offer(self) -> None:
        view, one = self._view, self.chosen_due
        self.sign.setVisible(
            view is not None and bool(view.signers) and (one is not None or view.signer is None)
        )
        if one is not None:
            self.sign.say(
                Say("witness.page.signing") if self._busy else Say("witness.page.sign", what=one.text)
            )
        else:
            self.sign.say(Say("witness.screen.choose"))
        self.sign.setEnabled(one is not None and not self._busy)

    @property
    def chosen_due(self) -> DueView | None:
        """What the button would sign for."""
        waits = () if self._view is None else self._view.due
        return next((one for one in waits if one.id == self.due.current_id), None)

    def _show_entry(self, record: Record | None) -> None:
        self._chosen = record
        if record is None:
            self.entry.say(Say("witness.screen.not_for"))
            self.entry.set_tone("quiet")
        else:
            before, state = f"{record.seq}   {local_hms(record.at)}   ", self._state()
            self.entry.say(spoken(lambda lang: before + tell(state, record, lang).text))
            self.entry.set_tone("ink")

    # ---- what is pressed ----

    def _held(self) -> None:
        one = self.chosen_due
        if one is not None:
            self.signed.emit(one)

    def to_sign(self) -> None:
        """To the button that signs."""
        self.sign.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_journal(self) -> None:
        """To the journal."""
        self.journal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_due(self) -> None:
        """To what waits."""
        self.due.setFocus(Qt.FocusReason.ShortcutFocusReason)
