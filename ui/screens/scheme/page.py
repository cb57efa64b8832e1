"""The page: form left, plan right, the digest below it, and adopting as the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.screens.scheme.fields import Remark
from ui.screens.scheme.form_view import FormView, RemarkLines
from ui.screens.scheme.plan_view import PlanView
from ui.theme import PAGE_WIDTH, Type, mark, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, OneLine, Words, card, column, holder, row, rule, scrolled
from ui.widgets.notices import Banner, ErrorBanner
from ui.words import Say, Text


class SchemePage(QWidget):
    """Shows what it is given and says what the user wants; decides nothing.

    `note` tells of files kept, `roster` asks whether the roster may go, `leaving` whether changes may.
    """

    other_wanted = Signal()
    file_wanted = Signal()
    reread = Signal()
    save_wanted = Signal()
    cancelled = Signal()
    next_problem = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.from_file = False
        self.title = OneLine("", Type.TITLE, strong=True)
        self.origin = OneLine("", Type.CAPTION, tone="quiet")
        self.other = Button(Say("scheme_screen.other"), kind="quiet")
        self.open_button = Button(Say("scheme_screen.open"), kind="quiet", icon="open")
        self.again = Button(Say("scheme_screen.reread"), icon="undo")
        self.save = Button(Say("scheme_screen.save"))
        self.cancel = Button(Say("scheme_screen.cancel"), kind="quiet")
        self.jump = Button(Say("scheme_screen.next_problem"), icon="down")
        self.banner = ErrorBanner()
        self.note = Banner("done")
        self.roster = Banner("wait")
        self.leaving = Banner("wait")
        self.form = FormView()
        self.file_problems = RemarkLines(Type.BODY)
        self.plan = PlanView()
        self.stale = Words(Say("scheme_screen.plan_old"), Type.CAPTION, tone="wait")
        self.digest = DigestLabel("0" * 64, groups=8, size=Type.CAPTION)
        self.digest_words = Words(Say("scheme_screen.digest_how"), Type.CAPTION, tone="quiet")
        kept = self.digest.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.digest.setSizePolicy(kept)
        self.bar = ActionBar(self.jump, self.save, self.cancel)
        self._lay_out()
        self.other.clicked.connect(self.other_wanted)
        self.open_button.clicked.connect(self.file_wanted)
        self.again.clicked.connect(self.reread)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.jump.clicked.connect(self.next_problem)

    def _lay_out(self) -> None:
        head = row(column(self.title, self.origin, gap=0), self.again, self.other, self.open_button, gap=2)
        head.setStretch(0, 1)
        listed = holder(column(self.file_problems, STRETCH))
        self.problems_card = card(
            column(
                Words(Say("scheme_screen.problems"), Type.LEAD, strong=True),
                scrolled(listed),
                gap=2,
                margin=4,
            )
        )
        left = QWidget()
        parts = column(self.problems_card, self.form, gap=3)
        parts.setStretch(0, 1)
        parts.setStretch(1, 4)
        left.setLayout(parts)
        legend = row(
            Words(Say("scheme_screen.plan"), Type.LEAD, strong=True, wrap=False),
            Words(Say("scheme_screen.legend"), Type.CAPTION, tone="quiet"),
            gap=3,
        )
        legend.setStretch(1, 1)
        right = QWidget()
        right.setLayout(
            column(
                legend,
                self.stale,
                self.plan,
                row(
                    self.digest_words,
                    self.digest,
                    gap=3,
                ),
                gap=2,
            )
        )
        right.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.split = QSplitter(Qt.Orientation.Horizontal)
        mark(self.split, quiet=True)
        self.split.setHandleWidth(space(3))
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setSizes([PAGE_WIDTH * 11 // 20, PAGE_WIDTH * 9 // 20])
        body = column(head, self.banner, self.note, self.roster, self.leaving, self.split, gap=3, margin=4)
        body.setStretch(5, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(rule())
        whole.addWidget(self.bar)

    def show_head(self, title: Text, origin: Text, *, from_file: bool) -> None:
        """What is being changed and where it came from."""
        self.title.say(title)
        self.origin.say(origin)
        self.from_file = from_file

    def show_digest(self, digest: str, *, known: bool) -> None:
        """The digest of a plan that can be used."""
        self.digest.show_digest(digest)
        self.digest.setVisible(known)
        self.digest_words.setVisible(known)

    def show_rest(self, rest: list[Remark], *, formless: bool) -> None:
        """What is wrong and belongs to no field; without a form it is all there is on the left."""
        self.problems_card.setVisible(bool(rest))
        self.file_problems.show_remarks(rest)
        self.form.setVisible(not formless)
        self.again.setVisible(self.from_file and not formless)
