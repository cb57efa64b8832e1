"""Below the picture: the line of time, play and pause, how fast, the next step, and where to go."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit

from ui.replay.timeline import Legend, TimeLine
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, bind, bind_name
from venue_app.host.replay import Replay

SPEEDS = (Decimal(1), Decimal(2), Decimal(10), Decimal(60))


class Transport(QFrame):
    """Says by signals what is wanted; shows how far the replay has come."""

    toggled = Signal()
    back = Signal()
    onwards = Signal()
    speed_chosen = Signal(object)
    """A `Decimal`."""
    aimed = Signal(str)
    """What was typed under «go to»."""

    def __init__(self, replay: Replay) -> None:
        super().__init__()
        mark(self, ground="surface")
        self._replay = replay
        self.line = TimeLine()
        self.line.put(replay.tape.stops, replay.tape.length_ms)
        self.legend = Legend()
        self.legend.put(replay.tape.stops)
        self.play = Button("", kind="primary", icon="play")
        self.play.clicked.connect(self.toggled)
        self.before = Button(Say("replay.before"), icon="left")
        self.before.clicked.connect(self.back)
        self.next = Button(Say("replay.next"), icon="right")
        self.next.clicked.connect(self.onwards)
        self.speeds: dict[Decimal, Button] = {}
        self._group = QButtonGroup(self)
        self.count = Words("", Type.CAPTION, tone="quiet", wrap=False)
        self.where = QLineEdit()
        self.where.setMinimumWidth(space(56))
        bind(self.where, "setPlaceholderText", Say("replay.go_hint"))
        bind_name(self.where, Say("replay.go_name"))
        self.go = Button(Say("replay.go"), icon="jump")
        for asked in (self.where.returnPressed, self.go.clicked):
            asked.connect(self._aim)
        speeds = row(Words(Say("replay.speed"), Type.CAPTION, tone="quiet", wrap=False), gap=1)
        for speed in SPEEDS:
            speeds.addWidget(self._speed(speed))
        buttons = row(self.before, self.play, self.next, gap=2)
        below = row(buttons, speeds, STRETCH, self.count, STRETCH, self.where, self.go, gap=4)
        self.setLayout(column(self.line, self.legend, below, gap=1, margin=2))
        self.refresh()

    def _speed(self, speed: Decimal) -> Button:
        button = Button(f"{speed}×", kind="quiet")
        button.setCheckable(True)
        button.name(Say("replay.speed_name", speed=speed))
        button.clicked.connect(lambda: self.speed_chosen.emit(speed))
        self.speeds[speed] = button
        self._group.addButton(button)
        return button

    def refresh(self) -> None:
        """How it stands now."""
        replay = self._replay
        self.line.show_at(replay.position, replay.size)
        self.count.say(Say("replay.count", size=replay.size, total=replay.tape.size))
        self.play.say(Say("replay.pause") if replay.playing else Say("replay.play"))
        self.play.setEnabled(not replay.over)
        self.next.setEnabled(not replay.over)
        self.before.setEnabled(replay.size > 1)
        self._group.setExclusive(False)  # a speed given on the command line may be none of these
        for speed, button in self.speeds.items():
            button.setChecked(speed == replay.speed)
        self._group.setExclusive(True)

    def _aim(self) -> None:
        if self.where.text().strip():
            self.aimed.emit(self.where.text())
