"""What is said to the user: faults with a next step, empty screens, the line of what just happened.

banner.show_known(known)                     the sentence of a known fault, in the user's language
banner.show_text(Say("..."), action=Say("roster.choose_sheet"))   `banner.acted` on its button
EmptyState(Say("prepare.roster.empty"), Say("prepare.roster.empty_how"), action=Say("prepare.roster.choose"))
line.tell(Say("room.happened.called", lot=17), at_ms=wall, undo=Say("room.undo_call"))
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Type, mark, of, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, OneLine, Words, column, row
from ui.widgets.painting import painting, shape
from ui.words import Say, Text, bind_name, known_text
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known

_SHAPES = {"alarm": "alarm", "wait": "pause", "done": "check", "primary": "dot"}


class Shape(QWidget):
    """Only the shape of a state, beside words that already say it."""

    def __init__(self, name: str, tone: str, size: Type = Type.LEAD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_shape(self, name: str, tone: str) -> None:
        """Another shape."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A little higher than the type beside it."""
        edge = of(self).scale.px(self._size * 1.2)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shape."""
        theme = of(self)
        with painting(self) as painter:
            shape(painter, self._name, QRectF(self.rect()), theme.colour(self._tone), theme.colour("surface"))


class Banner(QFrame):
    """A sentence across the top of a screen with at most one thing to do. `tone`: alarm, wait, done, primary."""

    acted = Signal()
    closed = Signal()

    def __init__(self, tone: str = "alarm", *, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Words("")
        self.action = Button("")
        self.action.clicked.connect(self.acted)
        self.close_button = Button("", kind="quiet", icon="close")
        self.close_button.name(Say("ui.close"))
        self.close_button.clicked.connect(self.put_away)
        self.close_button.setVisible(closable)
        self._shape = Shape("alarm", "alarm")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(2), space(2))
        layout.setSpacing(space(3))
        layout.addWidget(self._shape)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.close_button)
        self.set_tone(tone)
        self.hide()

    def set_tone(self, tone: str) -> None:
        """Which kind of news this is."""
        mark(self, ground=f"{tone}_soft")
        self._shape.show_shape(_SHAPES[tone], tone)

    def show_text(self, text: Text, action: Text | None = None) -> None:
        """Say a sentence; `action` names the button that helps."""
        self.sentence.say(text)
        bind_name(self, text)
        self.action.setVisible(action is not None)
        if action is not None:
            self.action.say(action)
        self.show()

    def put_away(self) -> None:
        """Hide and tell `closed`."""
        self.hide()
        self.closed.emit()


class ErrorBanner(Banner):
    """A fault: what is wrong and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alarm", parent=parent)

    def show_known(self, error: Known, action: Text | None = None) -> None:
        """The sentence of a known fault; it follows the language while it stands."""
        self.show_text(known_text(error), action)


class EmptyState(QFrame):
    """An empty screen says what to do first."""

    acted = Signal()

    def __init__(
        self, title: Text, how: Text, action: Text | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = Words(title, Type.TITLE, strong=True)
        self.how = Words(how, tone="quiet")
        self.action = Button(action or "", kind="primary")
        self.action.setVisible(action is not None)
        self.action.clicked.connect(self.acted)
        for words in (self.title, self.how):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        inner = column(self.title, self.how, row(STRETCH, self.action, STRETCH, margin=2), gap=2, margin=8)
        outer.addStretch(2)
        outer.addLayout(inner)
        outer.addStretch(3)


class BottomLine(QFrame):
    """One line of what just happened, with undo where that is honest."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="surface")
        self.time = Words("", Type.CAPTION, tone="quiet", wrap=False)
        self.sentence = OneLine("", Type.CAPTION)
        self.undo_button = Button("", kind="quiet", icon="undo", size=Type.CAPTION)
        self.undo_button.clicked.connect(self._undone)
        self.undo_button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), 0, space(2), 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.time)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.undo_button)

    def tell(self, text: Text, at_ms: int | None = None, undo: Text | None = None) -> None:
        """Say what happened; `at_ms` is wall time, shown in the venue's time zone."""
        self.time.say("" if at_ms is None else local_hms(at_ms))
        self.sentence.say(text)
        bind_name(self, text)
        self.undo_button.setVisible(undo is not None)
        if undo is not None:
            self.undo_button.say(undo)

    def _undone(self) -> None:
        self.undo_button.hide()
        self.undo.emit()
