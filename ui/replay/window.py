"""The window of a replay: the band, the hall's picture over the list of entries, the room board, the line of time.

    window = ReplayWindow(replay); window.show()

Everything shown comes from the state at the moment shown, by the same functions as on the day.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QModelIndex, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.phrases import spoken
from ui.ports import Lines
from ui.replay.band import ReplayBand
from ui.replay.transport import Transport
from ui.screens.hall.build import hall, head_words
from ui.screens.hall.pages import STILL_MS
from ui.screens.hall.panel import Preview
from ui.screens.room.build import board
from ui.screens.room.watched import WatchedBoard
from ui.screens.witness.journal import JournalList
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, mark, space
from ui.widgets.band import ModeBand
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, row, scrolled
from ui.widgets.notices import Banner, ErrorBanner
from ui.words import Say, bind
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.host.aim import aim
from venue_app.host.replay import Replay
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.venue import Change

_TICK_MS = 50
_SMALL, _LARGE = 60, 85
"""The picture's share of the height in percent, beside the room board and alone."""
_LEAST = 80
_VIEWS: tuple[tuple[str, Say], ...] = (
    ("both", Say("replay.view.both")),
    ("room", Say("replay.view.room")),
    ("hall", Say("replay.view.hall")),
)


def joined(state: State) -> Lines:
    """Every seat with a station counts as heard: who could be heard is not in the journal."""
    return {
        seat: Presence(seat, station.device_name, connected=True) for seat, station in state.stations.items()
    }


class _Seen(QFrame):
    """The hall's picture above in its own shape, the entries below with what height is left."""

    def __init__(self, picture: Preview, entries: JournalList) -> None:
        super().__init__()
        self._picture, self._entries, self._share = picture, entries, _SMALL
        picture.setParent(self)
        entries.setParent(self)
        self.setMinimumWidth(space(_LEAST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_share(self, percent: int) -> None:
        """How much of the height the picture may take."""
        self._share = percent
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture keeps its shape."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = min(self.width() * 9 // 16, self.height() * self._share // 100)
        below = high + space(2)
        self._picture.setGeometry(0, 0, self.width(), high)
        self._entries.setGeometry(0, below, self.width(), max(0, self.height() - below))


class _Flat(QWidget):
    """As high as its place, and never lower than what it holds can be: an area scrolls only then."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        inner.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """What it holds."""
        return self._inner.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All of it is filled."""
        super().resizeEvent(event)
        self._inner.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """Another size is wanted inside."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class ReplayWindow(QWidget):
    """Plays a `Replay`. Nothing pressed here reaches any event."""

    closed = Signal()

    def __init__(self, replay: Replay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.replay = replay
        self.band = ReplayBand()
        self.doubt = Banner("alarm", closable=False)
        self.banner = ErrorBanner()
        self.mode = ModeBand()
        self.title = Words("", strong=True, wrap=False)
        self.head = Words("", tone="quiet", wrap=False)
        self.proved = Words("", tone="quiet", wrap=False)
        self.picture = Preview(replay.clock.mono_ms, replay.clock.wall_ms, band=Say("replay.band.word"))
        self.board = WatchedBoard(replay.clock.mono_ms)
        self.board.page.queue.picked.connect(self._to_lot)
        self.board.shown_again.connect(self.refresh)
        self.board.turned.connect(lambda _room: self.refresh())
        self.entries = JournalList(lambda: replay.state)
        self.entries.activated.connect(self._to_entry)
        self.entries.clicked.connect(self._to_entry)
        self.transport = Transport(replay)
        self.views: dict[str, Button] = {}
        self._lay_out()
        self._wire()
        self.entries.put_past(replay.tape.records[: replay.size])
        self._say_doubt()
        self.show_view("both")
        self.refresh()

    # ---- how it is laid out ----

    def _lay_out(self) -> None:
        self.mode.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head = row(self.mode, self.title, self.head, self.proved, STRETCH, self._switch(), gap=4)
        head.setContentsMargins(space(4), 0, space(4), 0)
        self._left = _Seen(self.picture, self.entries)
        self._right = scrolled(_Flat(self.board))  # a large panel is higher than what the line of time leaves
        self._body = row(self._left, self._right, gap=3)
        self._body.setContentsMargins(space(4), 0, space(4), 0)
        whole = column(self.band, self.doubt, self.banner, head, self._body, self.transport, gap=2, margin=0)
        whole.setStretch(4, 1)
        self.setLayout(whole)
        mark(self, ground="paper")
        self.resize(PAGE_WIDTH, PAGE_HEIGHT)
        bind(self, "setWindowTitle", Say("replay.title", file=self.replay.source.name))

    def _switch(self) -> QHBoxLayout:
        group = QButtonGroup(self)
        line = row(gap=1)
        for view, words in _VIEWS:
            button = Button(words, kind="quiet")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, view=view: self.show_view(view))
            group.addButton(button)
            self.views[view] = button
            line.addWidget(button)
        return line

    def show_view(self, view: str) -> None:
        """`both` beside each other, `room` or `hall` alone."""
        self.views[view].setChecked(True)
        self._right.setVisible(view != "hall")
        self._left.setVisible(view != "room")
        both = view == "both"
        self._left.set_share(_SMALL if both else _LARGE)
        self._body.setStretch(0, 4 if both else 1)
        self._body.setStretch(1, 9 if both else 1)

    def _wire(self) -> None:
        replay, transport = self.replay, self.transport
        replay.listen(self._changed)
        transport.toggled.connect(self.toggle)
        transport.back.connect(lambda: replay.to_size(replay.size - 1))
        transport.onwards.connect(replay.next)
        transport.speed_chosen.connect(self.set_speed)
        transport.aimed.connect(self.aim)
        transport.line.aimed.connect(replay.to_time)
        transport.line.stopped_at.connect(lambda seq: replay.to_size(seq + 1))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        for keys, act in (
            ("Ctrl+Return", self.toggle),
            ("Ctrl+Right", replay.next),
            ("Ctrl+Left", lambda: replay.to_size(replay.size - 1)),
            ("Ctrl+L", transport.where.setFocus),
            *((f"Alt+{n}", lambda view=view: self.show_view(view)) for n, (view, _) in enumerate(_VIEWS, 1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # ---- what is asked for ----

    def toggle(self) -> None:
        """Play, or let it stand."""
        if self.replay.playing:
            self.replay.pause()
        else:
            self.replay.play()
        self._look()

    def set_speed(self, speed: Decimal) -> None:
        """So many times as fast as it was."""
        self.replay.set_speed(speed)
        self._look()

    def aim(self, typed: str) -> None:
        """Go to a lot, a time or an entry; say so when there is none."""
        self.banner.hide()
        try:
            aim(self.replay, typed, self.board.room)
        except Known as fault:
            self.banner.show_known(fault)

    def _to_lot(self, lot: int) -> None:
        self.aim(str(lot))

    def _to_entry(self, index: QModelIndex) -> None:
        self.replay.to_size(self.entries.record_at(index).seq + 1)

    # ---- what is shown ----

    def _tick(self) -> None:
        if self.replay.playing:
            self.replay.advance()
            self._look()

    def _changed(self, change: Change) -> None:
        listed = len(self.entries.records)
        if change.records and listed == change.records[0].seq:
            self.entries.add(change.records)
        elif listed != change.state.size:
            self.entries.put_only(self.replay.tape.records[: change.state.size])
        self.entries.newest()
        self.refresh()

    def refresh(self) -> None:
        """Show the moment as it stands."""
        now, clock = self.replay.now, self.replay.clock
        state = now.state
        self.board.show_board(board(state, joined(state), clock.mono_ms(), ""))
        head = head_words(state.size, now.root)
        self.picture.pages.show_hall(hall(state, "auto", self.board.room, head))
        self.mode.show_mode(state.event.mode)
        self.title.say(state.event.title)
        self.head.say(Say("replay.head", head=head))
        self._look()

    def _look(self) -> None:
        """What time alone changes."""
        replay = self.replay
        self.band.show_moment(local_hms(replay.clock.wall_ms()))
        self.transport.refresh()
        self.picture.pages.slate.tick()
        told = [s.at for s in replay.tape.stops if s.kind == "released" and s.seq < replay.size]
        if told and replay.position >= told[-1] + STILL_MS:
            self.picture.pages.reveal()

    def _say_doubt(self) -> None:
        source, tape = self.replay.source, self.replay.tape
        if source.wrong is not None:
            self.doubt.show_text(Say("replay.wrong", why=spoken(source.wrong.sentence)))
        elif tape.unread is not None:
            self.doubt.show_text(Say("replay.unread", seq=tape.unread))
        else:
            self.proved.say(Say("replay.sound"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is left running."""
        self._timer.stop()
        self.replay.pause()
        super().closeEvent(event)
        self.closed.emit()
