"""All seats in a table, the address to be typed, and the chosen seat beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.screen import Turns, at_once
from ui.screens.stations.detail import LOOKS, Detail, heard
from ui.screens.stations.view import SeatRow, Section, StationsView
from ui.screens.stations.wish import WishBar
from ui.theme import Type
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.flow import flow
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.leaves import Leaves
from ui.widgets.notices import Banner, EmptyState, ErrorBanner
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import Mark
from ui.words import Say, Text, known_text

_COLUMNS = (
    Column(Say("stations.column.seat")),
    Column(Say("stations.column.state"), sample="未加入（已发码）"),
    Column(Say("stations.column.code"), sample="MMM-MMM"),
    Column(Say("stations.column.device"), stretch=True),
    Column(Say("stations.column.heard"), sample="从未听到过它的消息"),
    Column(Say("stations.column.pending"), "right", "00"),
)


class StationsPage(QWidget):
    """Shows a `StationsView`; says what was pressed."""

    issue_all = Signal()
    issue = Signal(str)
    release = Signal(str, str)
    answered = Signal(str)
    retry = Signal()
    prepare_asked = Signal()
    decided = Signal(str, bool)
    carried_asked = Signal()
    cards_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._view: StationsView | None = None
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the parts, each where it stays and in a turn of its own."""
        self.stack = Leaves()
        self._whole = column(gap=3)
        self.setLayout(self._whole)
        self._messages()
        yield
        self.empty = EmptyState(
            Say("stations.empty.title"), Say("stations.empty.how"), Say("stations.empty.action")
        )
        self.empty.acted.connect(self.prepare_asked)
        self.stack.addWidget(self.empty)
        full = QWidget()
        self.stack.addWidget(full)
        outer, body, left = column(gap=3), row(gap=4), column(gap=3)
        full.setLayout(outer)
        outer.addLayout(body, 1)
        body.addLayout(left, 3)
        yield
        self.url = Words("", Type.TITLE, strong=True, wrap=False)
        self.key = Words("", Type.BODY, wrap=False)
        left.addWidget(self._address())
        yield
        self.table = RowsTable(_COLUMNS, name=Say("stations.title"))
        self.table.row_changed.connect(lambda _id: self._show_chosen())
        left.addWidget(self.table, 1)
        yield
        self.detail = Detail()
        self.detail.issue.connect(self.issue)
        self.detail.release.connect(self.release)
        self.detail.answered.connect(self.answered)
        body.addWidget(self.detail, 1)
        yield
        self.counts = Words("", tone="quiet", wrap=False)
        self.bar = ActionBar(self.counts)
        self.bar.pressed.connect(self.issue_all)
        outer.addWidget(self.bar)

    def _messages(self) -> None:
        self.banner = ErrorBanner()
        self.notice = Banner("done")
        self.notice.hide()
        self.network = Banner("alarm", closable=False)
        self.network.acted.connect(self.retry)
        self.wish = WishBar()
        self.wish.decided.connect(self.decided)
        for part in (self.banner, self.notice, self.network, self.wish):
            self._whole.addWidget(part)
        self._whole.addWidget(self.stack, 1)

    def _address(self) -> QFrame:
        def part(caption: Text, words: Words) -> QWidget:
            made = QWidget()
            made.setLayout(column(Words(caption, Type.CAPTION, tone="quiet", wrap=False), words, gap=0))
            return made

        self.carried = Button(Say("stations.carried.open"), kind="quiet", icon="open")
        self.carried.clicked.connect(self.carried_asked)
        self.cards = Button(Say("stations.cards.open"), kind="quiet", icon="print")
        self.cards.clicked.connect(self.cards_asked)
        line = flow(
            part(Say("stations.address"), self.url),
            part(Say("stations.key"), self.key),
            STRETCH,
            self.cards,
            self.carried,
            gap=4,
        )
        return card(column(line, margin=3))

    def show_stations(self, view: StationsView) -> None:
        """Show everything as it stands."""
        self._view = view
        self.network.setVisible(view.fault is not None)
        if view.fault is not None:
            self.network.show_text(known_text(view.fault), Say("stations.retry"))
        self.wish.show_wishes(view.wishes)
        self.stack.setCurrentIndex(1 if view.sections else 0)
        if not view.sections:
            return
        self.url.say(view.url or "—")
        self.key.say(view.key_words or "—")
        self.counts.say(
            Say(
                "stations.counts", online=view.count("online"), lost=view.count("lost"), total=len(view.seats)
            )
        )
        rows = [r for section in view.sections for r in _rows(section)]
        if view.places:
            rows += [Row("places", (Say("stations.places"),), heading=True), *(_row(s) for s in view.places)]
        self.table.show_rows(rows)
        if not self.table.current_id:
            self.table.choose(view.seats[0].id)
        self._show_chosen()
        self._offer(view)

    def _offer(self, view: StationsView) -> None:
        free, waiting = view.count("free"), view.count("code")
        if not view.url:
            self.bar.refuse(Say("stations.issue_all", count=free), Say("stations.no_network"))
        elif free:
            self.bar.offer(Say("stations.issue_all", count=free))
        elif waiting:
            self.bar.rest(Say("stations.all_have_codes", count=waiting), Mark.WAIT)
        else:
            self.bar.rest(Say("stations.all_joined"))

    def _show_chosen(self) -> None:
        if self._view is not None:
            chosen = next((s for s in self._view.rows if s.id == self.table.current_id), None)
            if chosen is not None:
                self.detail.show_seat(chosen)


def _rows(section: Section) -> list[Row]:
    joined = sum(1 for s in section.seats if s.look in ("online", "lost"))
    head = Say("stations.section", title=section.title, joined=joined, total=len(section.seats))
    return [Row(f"section:{section.id}", (head,), heading=True), *(_row(s) for s in section.seats)]


def _row(seat: SeatRow) -> Row:
    _shape, tone, word = LOOKS[seat.look]
    state: Text = Say("stations.look.calls") if seat.calls else seat.following or word
    return Row(
        seat.id,
        (
            Cell(seat.title or str(seat.number), strong=True),
            Cell(state, tone="wait" if seat.calls else tone, strong=seat.calls or seat.look == "lost"),
            Cell(seat.code, strong=True),
            seat.device,
            Cell(heard(seat) if seat.device else "", tone="alarm" if seat.look == "lost" else "quiet"),
            Cell(str(seat.pending) if seat.pending else "", tone="wait"),
        ),
    )
