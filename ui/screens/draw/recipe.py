"""The three lines with which anybody checks the draw, and what they must print."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.draw.model import Recipe
from ui.theme import Type, mark, of, set_type, space
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import Words, row
from ui.words import Say, Text, bind_name


class CommandLine(QPlainTextEdit):
    """One command as it is typed, broken anywhere, to be read and copied."""

    def __init__(self, name: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_type(self, Type.CAPTION)
        mark(self, command="true")
        bind_name(self, name)

    def show_command(self, command: str) -> None:
        """Show another command."""
        if command != self.toPlainText():
            self.setPlainText(command)
            self._fit()

    def resizeEvent(self, event: object) -> None:
        """As high as its lines."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def sizeHint(self) -> QSize:
        """Two lines until it is known how wide it gets."""
        return QSize(space(40), self._line() * 2 + space(3))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: it breaks."""
        return QSize(space(30), self._line() + space(3))

    def _line(self) -> int:
        return QFontMetrics(of(self).font(Type.CAPTION)).lineSpacing()

    def _fit(self) -> None:
        metrics = QFontMetrics(of(self).font(Type.CAPTION))
        wide = max(1, self.viewport().width() - 2 * round(self.document().documentMargin()))
        parts = self.toPlainText().split("\n")
        lines = sum(max(1, -(-metrics.horizontalAdvance(part) * 101 // (100 * wide))) for part in parts)
        high = lines * self._line() + space(5)
        if high != self.height():
            self.setFixedHeight(high)


class RecipeCard(QFrame):
    """Commitment, seed, ticket: what to type and what must come out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe: Recipe | None = None
        self.who = Words("", tone="quiet", size=Type.CAPTION)
        self.commit = CommandLine(Say("draw_screen.recipe.commit"))
        self.seed = CommandLine(Say("draw_screen.recipe.seed"))
        self.ticket = CommandLine(Say("draw_screen.recipe.ticket"))
        self.ticket_gives = DigestLabel(groups=4, size=Type.CAPTION)
        self.copy_button = Button(
            Say("draw_screen.recipe.copy"), kind="quiet", icon="copy", size=Type.CAPTION
        )
        self.copy_button.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(Words(Say("draw_screen.recipe.commit"), Type.CAPTION, strong=True))
        layout.addWidget(self.commit)
        layout.addWidget(Words(Say("draw_screen.recipe.seed"), Type.CAPTION, strong=True))
        layout.addWidget(self.seed)
        layout.addWidget(Words(Say("draw_screen.recipe.ticket"), Type.CAPTION, strong=True))
        layout.addWidget(self.ticket)
        layout.addWidget(self.ticket_gives)
        self.ruled = Words(Say("draw_screen.recipe.ruled"), Type.CAPTION, tone="wait")
        layout.addWidget(self.ruled)
        line = row(self.who, self.copy_button)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addStretch(1)

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the lines for another person."""
        self._recipe = recipe
        self.who.say(recipe.who)
        self.ruled.setVisible(recipe.ruled)
        self.commit.show_command(recipe.commit)
        self.seed.show_command(recipe.seed)
        self.ticket.show_command(recipe.ticket)
        self.ticket_gives.show_digest(recipe.ticket_gives)

    def _copy(self) -> None:
        if self._recipe is not None:
            QGuiApplication.clipboard().setText(self._recipe.text)
