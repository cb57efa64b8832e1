"""Sealing: counts on the left, forms, bundle and checking beside them, the close below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QTabBar, QVBoxLayout, QWidget

from ui.screen import Turns, at_once
from ui.screens.seal.model import Count, SealModel
from ui.screens.seal.packages import PackagesPage
from ui.screens.seal.tabs import BundlePage, CheckPage, FormsPage
from ui.theme import Type, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.busy import BusyLine
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, card, column, row, rule, scrolled
from ui.widgets.leaves import Leaves
from ui.widgets.notices import Banner, ErrorBanner, Shape
from ui.words import Say, bind, bind_name, follow

_PAGES = 4


class CountLine(QFrame):
    """One sum with a tick, or with the difference."""

    def __init__(self, count: Count, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shape, tone = {True: ("check", "done"), False: ("cross", "alarm"), None: ("half", "quiet")}[count.ok]
        said = column(Words(count.title, strong=True), Words(count.sum, Type.CAPTION, tone="quiet"), gap=0)
        line = row(Shape(shape, tone, Type.BODY), said, gap=2)
        line.setStretch(1, 1)
        if count.off:
            tone = "alarm" if count.ok is False else "wait"
            line.addWidget(
                Words(Say("seal_screen.count.off", count=count.off), strong=True, tone=tone, wrap=False)
            )
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)


class ReopenLine(QFrame):
    """What it takes to open the record again after its close: two people, a reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = (
            Say("seal_screen.reopen.first"),
            Say("seal_screen.reopen.second"),
            Say("seal_screen.reopen.reason"),
        )
        self.edits = tuple(QLineEdit() for _ in names)
        for edit, name in zip(self.edits, names, strict=True):
            bind(edit, "setPlaceholderText", name)
            bind_name(edit, name)
            edit.textChanged.connect(self._typed)
        self.act = Button(Say("seal_screen.reopen.act"), kind="danger")
        line = row(*self.edits, self.act, gap=2)
        for at, share in enumerate((3, 3, 4, 0)):
            line.setStretch(at, share)
        whole = column(Words(Say("seal_screen.reopen.lead"), tone="quiet"), line, gap=1)
        whole.setContentsMargins(space(2), space(1), space(2), space(1))
        self.setLayout(whole)
        self._typed()

    @property
    def typed(self) -> tuple[str, ...]:
        """Two names and the reason."""
        return tuple(edit.text().strip() for edit in self.edits)

    def clear(self) -> None:
        """Empty for the next time."""
        for edit in self.edits:
            edit.clear()

    def _typed(self) -> None:
        self.act.setEnabled(all(self.typed))


def _closed(model: SealModel) -> Say:
    if model.reopened:
        return Say("seal_screen.close.done_again", at=model.closed_at, count=model.reopened)
    return Say("seal_screen.close.done", at=model.closed_at)


class SealView(QWidget):
    """Reads a `SealModel`, decides nothing."""

    close_now = Signal()
    reopen_now = Signal(str, str, str)
    """Two people's names and a reason."""

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._counts: tuple[Count, ...] | None = None
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the pages, one in each turn."""
        self.banner = ErrorBanner()
        self.notice = Banner("done")
        self.busy = BusyLine()
        self.bar = ActionBar()
        self.bar.held.connect(self.close_now)
        self.reopening = ReopenLine()
        self.reopening.hide()
        self.reopening.act.clicked.connect(lambda: self.reopen_now.emit(*self.reopening.typed))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _ in range(_PAGES):
            self.tabs.addTab("")
        bind_name(self.tabs, Say("seal_screen.title"))
        follow(self, self._name_tabs, slot="tabs")
        self.pages = Leaves()
        whole = self._lay_out()  # pages come into a page that stands: a whole that is moved is dressed anew
        yield
        self.forms = FormsPage()
        self.pages.addWidget(self.forms)
        yield
        self.bundle = BundlePage()
        self.pages.addWidget(self.bundle)
        yield
        self.check = CheckPage()
        self.pages.addWidget(self.check)
        yield
        self.packages = PackagesPage()
        self.pages.addWidget(self.packages)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        for part in (rule(), self.reopening, self.bar):  # last for the Tab key too
            whole.addWidget(part)

    def _lay_out(self) -> QVBoxLayout:
        right = column(self.tabs, self.busy, self.pages, gap=2)
        right.setStretch(2, 1)
        middle = row(self._left(), right, gap=4)
        for at, share in enumerate((27, 73)):
            middle.setStretch(at, share)
        body = column(self.banner, self.notice, middle, gap=3, margin=1)
        body.setStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        return layout

    def _left(self) -> QWidget:
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, space(1), 0)
        self._column.setSpacing(space(1.5))
        head = Words(Say("seal_screen.count.title"), Type.LEAD, strong=True)
        layout = column(head, scrolled(self._inner), gap=2, margin=3)
        layout.setStretch(1, 1)
        return card(layout)

    def _name_tabs(self) -> None:
        self.tabs.setTabText(0, str(Say("seal_screen.tab.forms")))
        self.tabs.setTabText(1, str(Say("seal_screen.tab.bundle")))
        self.tabs.setTabText(2, str(Say("seal_screen.tab.check")))
        self.tabs.setTabText(3, str(Say("envelopes.page.tab")))

    def show_model(self, model: SealModel, folder: Path, bundle: Path) -> None:
        """Show another moment; `folder` is where forms go, `bundle` what the bundle would be called."""
        if model.counts != self._counts:
            self._show_counts(model.counts)
        self.forms.show_forms(model, folder)
        self.bundle.show_bundle(sum(len(form.files) for form in model.forms), bundle)
        words = Say("seal_screen.close.act")
        self.reopening.setVisible(bool(model.closed_at))
        if model.closed_at:
            self.bar.rest(_closed(model))
        elif model.why_not_close:
            self.bar.refuse_held(words, model.why_not_close, tone="seal")
        else:
            self.bar.offer_held(words, tone="seal")

    def _show_counts(self, counts: tuple[Count, ...]) -> None:
        self._counts = counts
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, count in enumerate(counts):
            if at:
                self._column.addWidget(rule())
            self._column.addWidget(CountLine(count))
        self._column.addStretch(1)
