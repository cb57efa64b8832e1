"""The proctor's page for the big screen: what it shows now, and what it is to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.screens.hall.build import Choice
from ui.screens.hall.pages import WALL_MS, HallPages
from ui.screens.hall.view import HallView
from ui.theme import Type, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, scrolled
from ui.words import Say, Text, bind, bind_text

_CHOICES: tuple[tuple[Choice, Say, Say], ...] = (
    ("auto", Say("hall.choice.auto"), Say("hall.choice.auto_how")),
    ("welcome", Say("hall.choice.welcome"), Say("hall.choice.welcome_how")),
    ("draw", Say("hall.choice.draw"), Say("hall.choice.draw_how")),
    ("order", Say("hall.choice.order"), Say("hall.choice.order_how")),
    ("now", Say("hall.choice.now"), Say("hall.choice.now_how")),
    ("break", Say("hall.choice.pause"), Say("hall.choice.pause_how")),
)


class Preview(QFrame):
    """The big screen small, in the shape of a projector's picture."""

    def __init__(
        self, now_ms: Callable[[], int], wall_ms: Callable[[], int] = WALL_MS, *, band: Text = ""
    ) -> None:
        """`band` stands above what is only played back; a result is then held back until `pages.reveal`."""
        super().__init__()
        self.pages = HallPages(now_ms, self, wall_ms, band=band, timed=not band)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(space(100), space(56))

    def sizeHint(self) -> QSize:
        """16 to 9."""
        return QSize(space(192), space(108))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape, in the middle."""
        super().resizeEvent(event)
        wide = min(self.width(), self.height() * 16 // 9)
        high = wide * 9 // 16
        self.pages.setGeometry((self.width() - wide) // 2, (self.height() - high) // 2, wide, high)


class HallPanel(QWidget):
    """Preview left, choices right, the one action below."""

    chosen = Signal(str)
    room_chosen = Signal(str)
    pressed = Signal()

    def __init__(
        self, now_ms: Callable[[], int], parent: QWidget | None = None, preview: Preview | None = None
    ) -> None:
        super().__init__(parent)
        self.preview = preview or Preview(now_ms)
        self.choices: dict[str, QRadioButton] = {}
        self.rooms: dict[str, QRadioButton] = {}
        self._hows: dict[str, Words] = {}
        self._room_box = QVBoxLayout()
        self._room_box.setSpacing(0)
        self._room_group = QButtonGroup(self)
        self.bar = ActionBar()
        self.bar.pressed.connect(self.pressed)
        inside = holder(column(self._choices(), self._room_part(), STRETCH, gap=5))
        side = card(column(scrolled(inside), margin=5))
        side.setMinimumWidth(space(72))
        body = row(self.preview, side, gap=4)
        body.setStretch(0, 3)
        body.setStretch(1, 1)
        whole = column(body, self.bar, gap=3)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _choices(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        layout = column(Words(Say("hall.panel.shows"), Type.LEAD, strong=True), gap=1)
        for choice, word, how in _CHOICES:
            button = QRadioButton()
            bind_text(button, word)
            group.addButton(button)
            button.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self.choices[choice] = button
            layout.addWidget(button)
            self._hows[choice] = Words(how, Type.CAPTION, tone="quiet")
            bind(button, "setAccessibleDescription", how)
            layout.addLayout(_indented(self._hows[choice]))
        return layout

    def _room_part(self) -> QVBoxLayout:
        self._room_title = Words(Say("hall.panel.room"), Type.LEAD, strong=True)
        layout = column(self._room_title, gap=1)
        layout.addLayout(self._room_box)
        return layout

    def show_choice(self, choice: str, room: str, rooms: tuple[tuple[str, str], ...]) -> None:
        """Show what was chosen; `rooms` are ids and titles."""
        self.choices[choice].setChecked(True)
        for name, how in self._hows.items():
            how.setVisible(name == choice)  # all of them would not fit into the smallest window
        wanted: dict[str, Text] = {"": Say("hall.panel.all"), **dict(rooms)} if len(rooms) > 1 else {}
        self._room_title.setVisible(bool(wanted))
        if list(wanted) != list(self.rooms):
            self._make_rooms(wanted)
        if room in self.rooms:
            self.rooms[room].setChecked(True)

    def _make_rooms(self, wanted: dict[str, Text]) -> None:
        for old in self.rooms.values():
            self._room_group.removeButton(old)
            old.deleteLater()
        self.rooms = {}
        for room, title in wanted.items():
            button = QRadioButton()
            bind_text(button, title)
            button.clicked.connect(lambda _=False, room=room: self.room_chosen.emit(room))
            self._room_group.addButton(button)
            self._room_box.addWidget(button)
            self.rooms[room] = button

    def show_hall(self, view: HallView, is_open: bool, second: bool) -> None:
        """Show what the hall sees, and whether it sees it."""
        self.preview.pages.show_hall(view)
        if is_open:
            self.bar.offer(Say("hall.panel.close"))
        elif second:
            self.bar.offer(Say("hall.panel.open"))
        else:
            self.bar.offer(Say("hall.panel.open_here"))

    def showEvent(self, event: QShowEvent) -> None:
        """What was measured before it was dressed is measured again."""
        super().showEvent(event)
        for button in (*self.choices.values(), *self.rooms.values()):
            button.updateGeometry()


def _indented(words: Words) -> QHBoxLayout:
    line = row(words)
    line.setContentsMargins(space(8), 0, 0, space(1))
    return line
