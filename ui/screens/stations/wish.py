"""A device that brought a right code and waits: who it is, whose place it wants, and the proctor's yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import mark
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, row
from ui.widgets.notices import Shape
from ui.words import Say, bind_name
from venue_app.lan.wishes import Wish
from venue_app.state.places import STANDBY


class WishBar(QFrame):
    """The device that has waited longest; `decided` says its id and whether it is let in."""

    decided = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="wait_soft")
        self.wish = ""
        self.sentence = Words("")
        self.yes = Button(Say("stations.wish.yes"))
        self.yes.clicked.connect(lambda: self.decided.emit(self.wish, True))
        self.no = Button(Say("stations.wish.no"), kind="quiet")
        self.no.clicked.connect(lambda: self.decided.emit(self.wish, False))
        layout = row(Shape("pause", "wait"), self.sentence, self.yes, self.no, gap=3, margin=2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_wishes(self, wishes: Sequence[Wish]) -> None:
        """Show the first of those who wait."""
        self.setVisible(bool(wishes))
        if not wishes:
            self.wish = ""
            return
        first = wishes[0]
        self.wish = first.id
        key = "stations.wish.replaces" if first.holder else "stations.wish.joins"
        seat = Say("standby.place") if first.seat == STANDBY else first.seat
        words = {"device": first.device_name, "address": first.address, "seat": seat}
        said = Say(key, **words, holder=first.holder) if first.holder else Say(key, **words)
        self.sentence.say(said)
        bind_name(self, said)
