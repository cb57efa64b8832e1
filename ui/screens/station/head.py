"""The top of the station: which run, whose seat, which lot, how much time, how the line is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.screens.station.view import HeadView
from ui.theme import Type, mark, space
from ui.widgets.band import ModeBand
from ui.widgets.buttons import Button
from ui.widgets.clock import ClockFace
from ui.widgets.layout import STRETCH, Words, column, row
from ui.widgets.state import ConnectionWord
from ui.words import Say, bind_tip


class Head(QFrame):
    """Shows a `HeadView`."""

    called = Signal(bool)
    looks = Signal()

    def __init__(self, now_ms: Callable[[], int]) -> None:
        super().__init__()
        mark(self, ground="surface")
        self._on = False
        self.band = ModeBand()
        self.band.setFixedHeight(space(9))
        self.seat = Words("", tone="quiet", wrap=False)
        self.caption = Words("", Type.CAPTION, strong=True, tone="quiet", wrap=False)
        self.lot = Words("", Type.HERO, strong=True, wrap=False)
        self.post = Words("", Type.LEAD, strong=True, wrap=False)
        self.clock = ClockFace(now_ms, least=Type.TITLE)
        self.clock.setFixedWidth(space(75))
        self.clock.setMaximumHeight(space(24))
        self.link = ConnectionWord()
        self.call = Button(Say("station.call.proctor"))
        self.call.clicked.connect(lambda: self.called.emit(not self._on))
        self.menu = Button("", kind="quiet", icon="textsize")
        self.menu.name(Say("station.shown.title"))
        self.menu.clicked.connect(self.looks)
        number = column(self.caption, self.lot, gap=0)
        about = column(STRETCH, self.post, self.seat, gap=0)
        side = column(row(STRETCH, self.link), row(STRETCH, self.call, self.menu), gap=1)
        line = row(number, about, STRETCH, self.clock, side, gap=6, margin=2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.band)
        line.setContentsMargins(space(4), space(1), space(4), space(2))
        whole.addLayout(line)

    def show_head(self, head: HeadView) -> None:
        """Show it."""
        self._on = head.called
        self.band.show_mode(head.mode)
        self.seat.say(head.seat)
        there = head.lot is not None
        for part in (self.caption, self.lot, self.post):
            part.setVisible(there)
        self.caption.say(
            Say("station.desk.in_room", room=head.where, what=Say("station.lot"))
            if head.where
            else Say("station.lot")
        )
        self.lot.say(str(head.lot or ""))
        self.post.say(head.post)
        self.clock.setVisible(head.clock is not None)
        if head.clock is not None:
            self.clock.show_reading(head.clock, head.stage)
        self.link.show_link(head.link, head.pending)
        self.call.say(Say("station.call.called") if head.called else Say("station.call.proctor"))
        self.call.setEnabled(head.link == "online")
        bind_tip(self.call, "" if head.link == "online" else Say("station.call.offline"))
