"""The order of a room: every lot with its state, and what can be done with a chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.room.more import MoreButton
from ui.screens.room.view import LotLine
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import Words, column, row, scrolled
from ui.widgets.tiles import LotChip
from ui.words import Say


class _Chosen(QFrame):
    """The lot somebody pressed: who it is, call it out of turn, or record it absent."""

    call = Signal(int)
    absent = Signal(int)
    away = Signal()
    asked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        mark(self, ground="card")
        self.lot = 0
        self.number = Words("", Type.LEAD, strong=True, wrap=False)
        self.who = Words("")
        self.busy = Words(Say("room.queue.busy"), Type.CAPTION, tone="wait")
        self.call_button = Button("")
        self.call_button.clicked.connect(lambda: self.call.emit(self.lot))
        self.absent_button = HeldButton(Say("room.queue.absent"), tone="alarm", size=Type.BODY)
        self.absent_button.held.connect(lambda: self.absent.emit(self.lot))
        self.more = MoreButton()
        self.more.chosen.connect(self.asked)
        close = Button("", kind="quiet", icon="close")
        close.name(Say("room.queue.put_away"))
        close.clicked.connect(self.away)
        head = row(self.number, close)
        head.setStretch(0, 1)
        self.setLayout(
            column(head, self.who, self.busy, self.call_button, self.absent_button, self.more, margin=2)
        )
        self.hide()

    def show_line(self, line: LotLine) -> None:
        self.lot = line.lot.number
        self.number.say(Say("room.floor.lot_is", lot=line.lot.number))
        self.who.say(f"{line.name}\n{line.post}")
        over = line.lot.state in ("done", "absent", "waived", "hall")
        self.busy.setVisible(not over and not line.can_call)
        self.call_button.say(Say("room.queue.call", lot=line.lot.number))
        self.call_button.setVisible(line.can_call)
        self.absent_button.setVisible(line.can_be_absent)
        self.more.show_acts(line.acts, self.lot)


class Queue(QWidget):
    """All lots of the room in order; the one on the floor, or the next, is kept in sight.

    Where it is only `watched`, a press says `picked` and offers nothing.
    """

    call = Signal(int)
    absent = Signal(int)
    asked = Signal(str, int)
    """An act from the menu, and the lot."""
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.watched = False
        self.chips: dict[int, LotChip] = {}
        self._lines: dict[int, LotLine] = {}
        self._inner = QWidget()
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, space(2), 0)
        self._list.setSpacing(space(1))
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = scrolled(self._inner)
        self.chosen = _Chosen()
        self.chosen.call.connect(self.call)
        self.chosen.absent.connect(self.absent)
        self.chosen.asked.connect(self.asked)
        self.chosen.away.connect(self.choose)
        outer = column(
            Words(Say("room.queue.title"), Type.CAPTION, strong=True, tone="quiet"), self.area, self.chosen
        )
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: tuple[LotLine, ...]) -> None:
        """Show the queue as it stands."""
        before = self.current
        self._lines = {line.lot.number: line for line in lines}
        for number in [n for n in self.chips if n not in self._lines]:
            self.chips.pop(number).deleteLater()
        for line in lines:
            self._chip(line.lot.number).show_lot(line.lot)
        if not self.chosen.isHidden():
            self.choose(self.chosen.lot)
        if self.current != before:
            self.reveal()

    def choose(self, lot: int = 0) -> None:
        """Open what can be done with a lot; 0 puts it away."""
        line = self._lines.get(lot)
        self.chosen.setVisible(line is not None)
        if line is not None:
            self.chosen.show_line(line)

    def reveal(self) -> None:
        """Scroll to where the room is."""
        self.reveal_lot(self.current)

    def reveal_lot(self, lot: int) -> None:
        """Scroll to a lot."""
        at = self.chips.get(lot)
        if at is not None:
            self._list.activate()
            self.area.ensureWidgetVisible(at, 0, space(40))

    def focus_current(self) -> None:
        """Put the keyboard on the lot that is up."""
        chip = self.chips.get(self.current)
        if chip is not None:
            chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def current(self) -> int:
        """The lot on the floor, else the next, else 0."""
        up = [n for n, line in self._lines.items() if line.lot.state in ("hall", "next")]
        return min(up, key=lambda n: self._lines[n].lot.state != "hall", default=0)

    def _pressed(self, lot: int) -> None:
        if self.watched:
            self.picked.emit(lot)
        else:
            self.choose(lot)

    def _chip(self, number: int) -> LotChip:
        if number not in self.chips:
            chip = LotChip()
            chip.clicked.connect(lambda: self._pressed(number))
            self.chips[number] = chip
            self._list.addWidget(chip)
        return self.chips[number]
