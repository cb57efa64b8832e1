"""How many have voted while a vote is open: handed out and returned, never how anybody voted."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.hall.lots import stacked
from ui.screens.hall.painted import Line
from ui.screens.hall.view import HallPoll, HallView
from ui.theme import of
from ui.widgets.painting import painting
from ui.words import Say

MOST = 4
"""Votes open at once that are still read from the last row."""


class Part(QWidget):
    """A bar as long as the part that is returned."""

    def __init__(self) -> None:
        super().__init__()
        self.part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_part(self, part: float) -> None:
        """Show it, 0 to 1."""
        self.part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet line, and over it the part."""
        theme = of(self)
        wide, high = self.width() * 0.8, min(self.height() * 0.4, self.width() / 60)
        whole = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        with painting(self) as painter:
            painter.fillRect(whole, theme.colour("line"))
            whole.setWidth(wide * self.part)
            painter.fillRect(whole, theme.colour("done"))


class PollLines(QWidget):
    """One vote: its title, how many of how many, the bar."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Line(most=0.7)
        self.count = Line(tone="primary", most=0.85)
        self.part = Part()
        self.setLayout(stacked((self.title, 3), (self.count, 5), (self.part, 2)))

    def show_poll(self, poll: HallPoll) -> None:
        """Show it; where nobody knows how many have voted, only what was handed out."""
        self.title.say(poll.title)
        known = poll.voted is not None
        self.count.say(
            Say("station.vote.voted", voted=poll.voted, issued=poll.issued)
            if known
            else Say("hall.vote.issued", issued=poll.issued)
        )
        self.part.setVisible(known)
        self.part.show_part(min(1.0, (poll.voted or 0) / poll.issued) if poll.issued else 0.0)


class Votes(QWidget):
    """The votes that are open, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.head = Line(Say("station.vote.hall"), tone="quiet", bold=False, most=0.6)
        self.polls = [PollLines() for _ in range(MOST)]
        layout = stacked((QWidget(), 1), (self.head, 3))
        for poll in self.polls:
            layout.addWidget(poll, 8)
        layout.addWidget(QWidget(), 1)
        self.setLayout(layout)

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        for at, lines in enumerate(self.polls):
            lines.setVisible(at < len(view.polls))
            if at < len(view.polls):
                lines.show_poll(view.polls[at])
