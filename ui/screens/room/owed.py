"""What is still owed to those who have left: corrected results on their way, results held back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.phrases import Joined
from ui.screens.room.view import OwedLine
from ui.theme import Type, mark, of, space
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, column, holder, row, scrolled
from ui.widgets.state import ShapedWord
from ui.words import Say

_WIDE = 105
_DO = {
    "check": Say("room.owed.do_check"),
    "tell": Say("room.owed.do_tell"),
    "accept": Say("room.owed.do_accept"),
}


class OwedStrip(QFrame):
    """One line above the floor, only while something is owed; its button opens the list."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="wait_soft")
        self.words = ShapedWord(strong=True)
        self.button = Button(Say("room.owed.open"))
        self.button.clicked.connect(self.opened)
        line = row(self.words, self.button, gap=3, margin=1)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_lines(self, lines: tuple[OwedLine, ...]) -> None:
        """Count what is owed; hidden when nothing is."""
        counts = (
            (Say("room.owed.count_tell", count=n) if (n := _count(lines, "tell")) else None),
            (Say("room.owed.count_check", count=n) if (n := _count(lines, "check")) else None),
            (Say("room.owed.count_decide", count=n) if (n := _count(lines, "accept")) else None),
            (Say("room.owed.count_wait", count=n) if (n := _count(lines, "")) else None),
        )
        ready = any(line.act for line in lines)
        self.words.show_word(
            "dot" if ready else "pause", "wait", Joined(words for words in counts if words is not None)
        )
        self.setVisible(bool(lines))


def _count(lines: tuple[OwedLine, ...], act: str) -> int:
    return sum(line.act == act for line in lines)


class OwedPanel(QFrame):
    """Every one by lot, with what can be done about it now."""

    acted = Signal(str, int)
    """`check` or `tell`, and the lot."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="card")
        self.wanted = False
        self._widen()
        self.buttons: dict[int, Button] = {}
        self._lines: tuple[OwedLine, ...] = ()
        self.close_button = Button("", kind="quiet", icon="close")
        self.close_button.name(Say("ui.close"))
        self.close_button.clicked.connect(self.put_away)
        head = row(Words(Say("room.owed.title"), Type.TITLE, strong=True), self.close_button)
        head.setStretch(0, 1)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = scrolled(holder(self._list))
        whole = column(head, area, gap=3, margin=4)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hide()

    def _widen(self) -> None:
        """As wide as its words need in this size of type."""
        self.setFixedWidth(of(self).scale.px(space(_WIDE)))

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()

    def show_lines(self, lines: tuple[OwedLine, ...]) -> None:
        """Show the list as it stands; put away once nothing is owed."""
        if not lines:
            self.put_away()
        if lines == self._lines:
            return
        held = self.isVisible() and any(b.hasFocus() for b in self.buttons.values())
        self._lines = lines
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        for line in lines:
            self._list.addWidget(self._row(line))
        if held:
            self.to_first()

    def open(self) -> None:
        """It is to be shown, if anything is owed."""
        self.wanted = bool(self._lines)

    def put_away(self) -> None:
        """It is not to be shown any more."""
        if self.wanted:
            self.wanted = False
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away; Enter presses."""
        pressed = next((b for b in self.buttons.values() if b.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pressed is not None:
            pressed.click()
        else:
            super().keyPressEvent(event)

    def to_first(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        first = next(iter(self.buttons.values()), self.close_button)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _row(self, line: OwedLine) -> QFrame:
        lot = Words(Say("room.floor.lot_is", lot=line.lot), Type.LEAD, strong=True, wrap=False)
        head = row(lot, gap=3)
        if line.corrected:
            head.addWidget(Words(Say("room.owed.corrected"), Type.CAPTION, tone="quiet", wrap=False))
        head.addStretch(1)
        about = column(head, Words(line.text, tone="quiet"), gap=0)
        whole = row(about, gap=3, margin=2)
        whole.setStretch(0, 1)
        if line.act:
            words = _DO[line.act]
            button = Button(words)
            button.name(Say("room.owed.button_name", act=words, lot=line.lot))
            button.clicked.connect(lambda: self.acted.emit(line.act, line.lot))
            self.buttons[line.lot] = button
            whole.addWidget(button)
        return holder(whole, "paper")
