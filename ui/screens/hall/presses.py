"""What people in front press: a key or a presenter's button is a press, a scanner types a code and ends it by Enter.

presses = Presses(parent)
presses.pressed.connect(...)         Space, Enter, an arrow to the right or down, Page Down
presses.coded.connect(...)           what was typed, at Enter
presses.typed.connect(...)           what has been typed so far, to be shown
presses.take(event)                  True when the key was meant for us
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

FORGET_MS = 3_000
"""What was typed and not ended by Enter is forgotten after so long."""
_LONGEST = 64
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: The keys that presenters send, and the two largest of a keyboard.
_PRESS = (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down)
_NOT_TEXT = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Presses(QObject):
    """See the module."""

    pressed = Signal()
    coded = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(FORGET_MS)
        self._forget.timeout.connect(self.clear)

    def take(self, event: QKeyEvent) -> bool:
        """Hear a key; a key that is only held down repeats nothing."""
        key = Qt.Key(event.key())
        if event.modifiers() & _NOT_TEXT:
            return False
        if key in _ENTER and self.text:
            typed, self.text = self.text, ""
            self.clear()
            self.coded.emit(typed)
        elif key == Qt.Key.Key_Backspace:
            self._say(self.text[:-1])
        elif key in _PRESS:
            if not event.isAutoRepeat():
                self.clear()
                self.pressed.emit()
        elif event.text().isprintable() and event.text():
            self._say((self.text + event.text())[:_LONGEST])
        else:
            return False
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        self._forget.stop()
        self._say("")

    def _say(self, text: str) -> None:
        self.text = text
        if text:
            self._forget.start()
        self.typed.emit(text)
