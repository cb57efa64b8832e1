"""Size of type, light or dark, language: for this device alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.settings import LANGUAGE_NAMES
from ui.words import Say, follow

_CHOICES = (
    ("size", "station.shown.size", (("normal", "station.shown.normal"), ("large", "station.shown.large"))),
    ("light", "station.shown.light", (("light", "station.shown.day"), ("dark", "station.shown.night"))),
)


class LooksMenu(QMenu):
    """`chosen` carries what (size, light, language) and which."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.in_force: dict[str, str] = {}
        follow(self, self.retranslate)

    def show_chosen(self, size: str, light: str, language: str) -> None:
        """Mark what is in force."""
        self.in_force = {"size": size, "light": light, "language": language}
        self.retranslate()

    def retranslate(self) -> None:
        """The words in the language in force."""
        self.clear()
        for what, title, options in _CHOICES:
            self._part(what, str(Say(title)), [(which, str(Say(key))) for which, key in options])
        self._part("language", str(Say("station.shown.language")), list(LANGUAGE_NAMES.items()))

    def _part(self, what: str, title: str, options: list[tuple[str, str]]) -> None:
        self.addSection(title)
        group = QActionGroup(self)
        for which, word in options:
            action = self.addAction(word)
            action.setCheckable(True)
            action.setChecked(self.in_force.get(what) == which)
            group.addAction(action)
            action.triggered.connect(lambda _=False, w=what, o=which: self.chosen.emit(w, o))

    def open_at(self, button: QWidget) -> None:
        """Below a button, kept within the window's right edge."""
        corner = button.mapToGlobal(button.rect().bottomRight())
        corner.setX(corner.x() - self.sizeHint().width())
        self.popup(corner)
