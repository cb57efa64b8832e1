"""The plan as a page to be read, copied and compared: defaults and fresh changes carry their word."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.screens.scheme.plan import PlanPart
from ui.theme import Theme, Type, of, space
from ui.words import Say, bind_name, follow


class PlanView(QTextBrowser):
    """Read-only; keeps its place when the plan changes, and brings a fresh change into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[PlanPart, ...] = ()
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(space(3))
        bind_name(self, Say("scheme_screen.plan_name"))
        follow(self, self._draw)

    def show_parts(self, parts: tuple[PlanPart, ...]) -> None:
        """Show another plan."""
        if parts == self.parts:
            return
        known = {line.text for part in self.parts for line in part.lines if line.changed}
        old = bool(self.parts)
        self.parts = parts
        self._draw()
        fresh = (
            line.text for part in parts for line in part.lines if line.changed and line.text not in known
        )
        first = next(fresh, "")
        if old and first:
            self._bring(first)

    def changeEvent(self, event: QEvent) -> None:
        """A new style means other colours and sizes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._draw()

    def _draw(self) -> None:
        bar = self.verticalScrollBar()
        at = bar.value()
        look = _Look(of(self))
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for number, part in enumerate(self.parts):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_spaced(space(3) if number else 0, 0))
            cursor.insertText(part.title, look.title)
            for line in part.lines:
                cursor.insertBlock(look.changed_line if line.changed else look.line)
                cursor.insertText(line.text, look.words)
                if line.default:
                    self._tag(cursor, Say("scheme_screen.default"), look, look.default)
                if line.changed:
                    self._tag(cursor, Say("scheme_screen.changed"), look, look.changed)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        bar.setValue(at)

    @staticmethod
    def _tag(cursor: QTextCursor, text: Say, look: _Look, shape: QTextCharFormat) -> None:
        cursor.insertText("  ", look.words)
        cursor.insertText(f" {text} ", shape)

    def _bring(self, text: str) -> None:
        block = self.document().begin()
        while block.isValid() and not block.text().startswith(text):
            block = block.next()
        if not block.isValid():
            return
        where = self.document().documentLayout().blockBoundingRect(block)
        bar = self.verticalScrollBar()
        if where.top() < bar.value() or where.bottom() > bar.value() + self.viewport().height():
            bar.setValue(round(where.center().y()) - self.viewport().height() // 2)


class _Look:
    """The formats of one drawing."""

    def __init__(self, theme: Theme) -> None:
        self.title = _format(theme, Type.LEAD, "ink", strong=True)
        self.words = _format(theme, Type.BODY, "ink")
        self.default = _format(theme, Type.CAPTION, "quiet")
        self.default.setBackground(theme.colour("sunken"))
        self.changed = _format(theme, Type.CAPTION, "primary", strong=True)
        self.line = _spaced(space(1), space(2))
        self.changed_line = _spaced(space(1), space(2))
        self.changed_line.setBackground(theme.colour("primary_soft"))


def _format(theme: Theme, size: Type, tone: str, *, strong: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(size, strong))
    made.setForeground(theme.colour(tone))
    return made


def _spaced(above: float, left: float) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(above)
    made.setLeftMargin(left)
    return made
