"""Ctrl+K: any person, lot, screen or action, by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.screen import Hit, SearchProvider
from ui.theme import Type, of, set_type, space
from ui.widgets.icons import icon
from ui.widgets.layout import Words, column
from ui.words import Say, bind, bind_name

_MOST = 30
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Finder(QDialog):
    """A line to type in and what it finds; Enter goes there, Esc leaves."""

    def __init__(self, providers: Sequence[SearchProvider], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._providers = providers
        self._hits: list[Hit] = []
        bind(self, "setWindowTitle", Say("ui.find.title"))
        self.line = QLineEdit()
        set_type(self.line, Type.LEAD)
        bind(self.line, "setPlaceholderText", Say("ui.find.hint"))
        bind_name(self.line, Say("ui.find.hint"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bind_name(self.list, Say("ui.find.results"))
        self.none = Words(Say("ui.find.none"), tone="quiet")
        self.setLayout(column(self.line, self.none, self.list, gap=2, margin=4))
        self.line.textChanged.connect(self._look)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self.go())
        self.resize(space(150), space(110))
        self._look("")

    @property
    def hits(self) -> list[Hit]:
        """What is shown, in order."""
        return self._hits

    def _look(self, typed: str) -> None:
        typed = typed.strip()
        self._hits = [hit for p in self._providers for hit in p.search(typed)][:_MOST] if typed else []
        self.list.clear()
        theme = of(self)
        for hit in self._hits:
            detail = str(hit.detail)
            item = QListWidgetItem(f"{hit.title}\n{detail}" if detail else str(hit.title))
            item.setIcon(icon(hit.icon, theme.colour("quiet"), theme.scale.px(20), self.devicePixelRatioF()))
            item.setSizeHint(QSize(0, theme.scale.target + (space(4) if detail else 0)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.none.setVisible(bool(typed) and not self._hits)

    def go(self) -> None:
        """Do what the chosen line says."""
        at = self.list.currentRow()
        if 0 <= at < len(self._hits):
            act = self._hits[at].act
            self.accept()
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the line keeps the cursor."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go()
                return True
        return super().eventFilter(watched, event)
