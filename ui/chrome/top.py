"""The top of the window: which event, which run, what time, and that the record is safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Type, mark, space
from ui.widgets.band import ModeBand
from ui.widgets.buttons import Button
from ui.widgets.layout import OneLine, Words, column, row
from ui.widgets.state import SHAPES, TONES, Mark, ShapedWord
from ui.words import Say, Text, bind_name
from venue_app.base.clock import SystemClock, local_hms
from venue_app.domain.nouns import Mode

_TICK_MS = 200


class TopBar(QFrame):
    """Event and room left, the mode's band in the middle, clock and record right.

    `now_ms` is the server's wall time in milliseconds; the clock shows its seconds.
    """

    people_asked = Signal()

    def __init__(self, now_ms: Callable[[], int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="surface")
        self._now = now_ms or SystemClock().wall_ms
        self.title = OneLine("", Type.LEAD, strong=True)
        self.room = OneLine("", Type.CAPTION, tone="quiet")
        self.band = ModeBand()
        self.people = Button("", kind="quiet", icon="people", size=Type.CAPTION)
        self.people.clicked.connect(self.people_asked)
        self.clock = Words("", Type.TITLE, strong=True, wrap=False)
        self.copy = ShapedWord(Type.CAPTION)
        self.head = Words("", Type.CAPTION, tone="quiet", wrap=False)
        self._lay_out()
        self.set_people(0)
        self.set_head("")
        self.set_copy(Mark.NOT_YET, Say("ui.top.copy_none"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def _lay_out(self) -> None:
        left = column(self.title, self.room, gap=0)
        record = column(self.head, self.copy, gap=0.5)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(4), space(2))
        layout.setSpacing(space(4))
        layout.addLayout(left, 5)
        layout.addWidget(self.band, 4)
        layout.addLayout(row(self.people, gap=0))
        layout.addLayout(record)
        layout.addWidget(self.clock)

    def set_event(self, title: Text, mode: Mode | None, room: Text = "") -> None:
        """Which event, which run, which room."""
        self.title.say(title)
        self.room.say(room)
        self.band.show_mode(mode)

    def set_people(self, count: int) -> None:
        """How many are signed in; the button asks who."""
        self.people.say(Say("ui.top.people", count=count))

    def set_head(self, short: str) -> None:
        """The journal's head as a short code (K7F-2Q9)."""
        self.head.say(Say("ui.top.head", code=short or "—"))

    def set_copy(self, state: Mark, text: Text) -> None:
        """How the second copy is."""
        self.copy.show_word(SHAPES[state], TONES[state], text)

    def tick(self) -> None:
        """Show the second it is."""
        shown = local_hms(self._now())
        if shown != self.clock.text():
            self.clock.say(shown)
            bind_name(self.clock, Say("ui.top.clock", time=shown))
