"""What the middle of the room is put together from: the person, pausing, reasons, the checker's name, the tally."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QMenu, QWidget

from ui.phrases import Joined
from ui.screens.room.view import FloorView, StageTime
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind, bind_name, bind_tip, follow

MORE_MS = 60_000
"""What a stage is given when more time is allowed: a minute."""

_REASONS = ("room.pause.equipment", "room.pause.order", "room.pause.unwell")


class Person(QWidget):
    """The lot, large; the post beside it; the name small, because the proctor may see it."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = Words("", Type.CAPTION, strong=True, tone="quiet", wrap=False)
        self.lot = Words("", Type.HERO, strong=True, wrap=False)
        self.post = Words("", Type.TITLE, strong=True)
        self.name = Words("", tone="quiet", wrap=False)
        number = column(self.caption, self.lot, gap=0)
        about = column(STRETCH, self.post, self.name, gap=0)
        whole = row(number, about, gap=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_person(self, caption: Text, lot: int, post: str, name: str) -> None:
        """Show somebody."""
        self.caption.say(caption)
        self.lot.say(str(lot))
        self.post.say(post)
        bind_tip(self.post, post)
        self.name.say(name)
        for part in (self.lot, self.post, self.name):
            part.show()

    def show_nobody(self, caption: Text) -> None:
        """Nobody is coming any more."""
        self.caption.say(caption)
        for part in (self.lot, self.post, self.name):
            part.hide()


class Papers(QWidget):
    """Whether the person was compared with the papers, how often the lot was called, whether it signed."""

    def __init__(self) -> None:
        super().__init__()
        self.identity = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.calls = Words("", Type.CAPTION, tone="quiet", wrap=False)
        self.signature = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.setLayout(row(self.identity, self.calls, self.signature, STRETCH, gap=4))

    def show_floor(self, floor: FloorView) -> None:
        """Show it of whoever is on the floor."""
        if floor.identified:
            self.identity.show_mark(Mark.DONE, Say("room.papers.identified", by=floor.identified))
        else:
            self.identity.show_mark(Mark.NOT_YET, Say("room.papers.not_identified"))
        self.calls.say(floor.calls)
        self.calls.setVisible(floor.can_be_absent)
        self.signature.setVisible(bool(floor.signature))
        marks = {"signed": Mark.DONE, "refused": Mark.WAIT}
        words = {
            "waits": Say("room.papers.unsigned"),
            "signed": Say("room.papers.signed"),
            "refused": Say("room.papers.refused", reason=floor.refused),
        }
        if floor.signature:
            self.signature.show_mark(marks.get(floor.signature, Mark.NOT_YET), words[floor.signature])


class PauseButton(Button):
    """Pause with a reason from a short list; `paused` carries it, '' when it is to be written."""

    paused = Signal(str)
    extended = Signal(int)
    """Milliseconds more for the stage."""

    def __init__(self) -> None:
        super().__init__(Say("room.pause.button"), icon="pause")
        self.reasons = QMenu(self)
        self.clicked.connect(self._ask)
        follow(self, self.retranslate, "reasons")

    def retranslate(self) -> None:
        """The reasons in the language in force; the journal keeps them as they were said."""
        self.reasons.clear()
        for key in _REASONS:
            text = str(Say(key))
            self.reasons.addAction(text).triggered.connect(lambda _=False, t=text: self.paused.emit(t))
        self.reasons.addSeparator()
        other = self.reasons.addAction(str(Say("room.pause.other")))
        other.triggered.connect(lambda: self.paused.emit(""))
        self.reasons.addSeparator()
        more = self.reasons.addAction(str(Say("room.pause.extend")))
        more.triggered.connect(lambda: self.extended.emit(MORE_MS))

    def _ask(self) -> None:
        above = QPoint(0, self.reasons.sizeHint().height())
        self.reasons.popup(self.mapToGlobal(self.rect().topLeft()) - above)


class Tally(QWidget):
    """What the room waits for while nothing else fills the middle: how much is in, and what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = Words("", Type.LEAD, tone="quiet", wrap=False)
        self.count = Words("", Type.HERO, strong=True, wrap=False)
        self.missing = Words("", Type.LEAD, tone="wait")
        for words in (self.caption, self.count, self.missing):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        told = column(STRETCH, self.caption, self.count, self.missing, STRETCH, STRETCH)
        self.setLayout(column(scrolled(holder(told))))  # a small screen with large type and a form beside it

    def tell(self, caption: Text, count: str, missing: Text = "") -> None:
        """Say it."""
        self.caption.say(caption)
        self.count.say(count)
        self.missing.say(missing)


class ReasonLine(QFrame):
    """A line in which a reason is written."""

    given = Signal(str)

    def __init__(self, hint: Text, go: Text) -> None:
        super().__init__()
        mark(self, ground="wait_soft")
        self.edit = QLineEdit()
        bind(self.edit, "setPlaceholderText", hint)
        bind_name(self.edit, hint)
        self.edit.returnPressed.connect(self._give)
        self.go = Button(go)
        self.go.clicked.connect(self._give)
        close = Button("", kind="quiet", icon="close")
        close.name(Say("ui.close"))
        close.clicked.connect(self.hide)
        line = row(self.edit, self.go, close, margin=2)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def ask(self) -> None:
        """Open it for writing."""
        self.edit.clear()
        self.show()
        self.edit.setFocus()

    def _give(self) -> None:
        if self.edit.text().strip():
            self.given.emit(self.edit.text().strip())
            self.hide()
        else:
            self.edit.setFocus()


class Checker(QWidget):
    """The second person's name."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setMinimumWidth(space(70))
        bind(self.edit, "setPlaceholderText", Say("room.check.hint"))
        bind_name(self.edit, Say("room.check.label"))
        self.edit.textChanged.connect(self.typed)
        self._known: tuple[str, ...] = ()
        line = row(Words(Say("room.check.label"), strong=True, wrap=False), self.edit, STRETCH, gap=3)
        self.setLayout(line)

    @property
    def name(self) -> str:
        """What was typed."""
        return self.edit.text().strip()

    def offer(self, known: tuple[str, ...]) -> None:
        """Names to complete from."""
        if known != self._known:
            self._known = known
            completer = QCompleter(list(known), self.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.edit.setCompleter(completer)


def spent_words(times: tuple[StageTime, ...]) -> Text:
    """How long each stage that is over took."""
    return Joined(
        Say("room.floor.spent_over" if t.over else "room.floor.spent", stage=t.title, spent=t.spent)
        for t in times
    )
