"""The left column: everybody who contributes to the seed, what they promised, and what came to light."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.draws import PARTIES
from ui.screen import Turns, at_once
from ui.screens.draw.model import DrawModel, Party
from ui.theme import Type, mark, space
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, Words, column, holder, row, rule, scrolled
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind, bind_name


class _Block(QFrame):
    """One who contributes: name and state, a note, captioned parts."""

    def __init__(self, title: Text, note: Text = "") -> None:
        super().__init__()
        self.state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.note = Words(note, Type.CAPTION, tone="quiet")
        self.note.setVisible(bool(note))
        self.body = QVBoxLayout()
        self.body.setSpacing(space(1))
        outer = column(
            row(Words(title, strong=True, wrap=False), STRETCH, self.state), self.note, self.body, gap=1.5
        )
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)

    def add(self, caption: Words, widget: QWidget) -> QWidget:
        """A captioned part; returns the whole, to be shown or hidden."""
        part = holder(column(caption, widget, gap=1))
        self.body.addWidget(part)
        return part


def _caption(text: Text) -> Words:
    return Words(text, Type.CAPTION, tone="quiet")


class PartyBlock(_Block):
    """A party with its commitment, its number once it is known, and a line while one of them is awaited."""

    def __init__(self, party: str, note: Text) -> None:
        super().__init__(PARTIES[party], note)
        self.commitment = DigestLabel(groups=4, size=Type.BODY)
        self.nonce = DigestLabel(groups=4, size=Type.BODY)
        self.field = QLineEdit()
        self._asked = _caption("")
        self._commitment = self.add(_caption(Say("draw_screen.program.commitment")), self.commitment)
        self._nonce = self.add(_caption(Say("draw_screen.program.nonce")), self.nonce)
        self._line = self.add(self._asked, self.field)

    def show_party(self, party: Party) -> None:
        """Show another moment."""
        self.state.show_mark(party.mark, party.word)
        self._commitment.setVisible(bool(party.commitment))
        self.commitment.show_digest(party.commitment)
        self._nonce.setVisible(bool(party.nonce))
        self.nonce.show_digest(party.nonce)
        self._line.setVisible(bool(party.awaits))
        if party.awaits:
            asks = (
                Say("draw_screen.party.commit")
                if party.awaits == "commit"
                else Say("draw_screen.party.reveal")
            )
            self._asked.say(asks)
            bind_name(self.field, asks)


class PartiesColumn(QWidget):
    """See the module. `typed` comes whenever the line that is open changes."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self.blocks: dict[str, PartyBlock] = {}
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the blocks, one in each turn."""
        for party in PARTIES:
            note = Say("draw_screen.program.note") if party == "program" else ""
            self.blocks[party] = PartyBlock(party, note)
            yield
        self.hall = _Block(Say("draw_screen.hall.title"), Say("draw_screen.hall.note"))
        self.field = QLineEdit()
        bind_name(self.field, Say("draw_screen.hall.field"))
        bind(self.field, "setPlaceholderText", Say("draw_screen.hall.hint"))
        for line in (self.field, *(block.field for block in self.blocks.values())):
            line.textChanged.connect(lambda _text: self.typed.emit())
        self._field_part = self.hall.add(_caption(Say("draw_screen.hall.field")), self.field)
        self.dice = Words("", Type.CAPTION, tone="quiet")
        self.hall.body.addWidget(self.dice)
        self.public = Words("", Type.LEAD, strong=True)
        self._public_part = self.hall.add(_caption(Say("draw_screen.hall.enters")), self.public)
        self.by_hand = Words("", strong=True)
        self.hall.body.addWidget(self.by_hand)
        self._inner = holder(column(*self.blocks.values(), rule(), self.hall, STRETCH, gap=4))
        self._area = scrolled(self._inner)
        self._shown_line: QLineEdit | None = None
        self._inner.installEventFilter(self)
        whole = column(self._area)
        self.setLayout(whole)

    def show_model(self, model: DrawModel) -> None:
        """Show another moment."""
        shown = {party.id: party for party in model.parties}
        for party, block in self.blocks.items():
            block.setVisible(party in shown)
            if party in shown:
                block.show_party(shown[party])
        self.blocks["program"].note.setVisible(not shown["program"].commitment)
        self.hall.state.show_mark(*model.hall)
        done = model.stage == "held"
        self.hall.note.setVisible(not done and not model.public)
        self._field_part.setVisible(model.stage == "public")
        self.dice.setVisible(model.dice > 0)
        self.dice.say(Say("draw_screen.hall.dice", dice=model.dice))
        line = self.open_line(model)
        if line is not None:
            mark(line, fault=bool(model.action.why and line.text()))
        if line is not None and line is not self._shown_line:
            QTimer.singleShot(0, line, lambda: self._area.ensureWidgetVisible(line))
        self._shown_line = line
        self._public_part.setVisible(bool(model.public))
        self.public.say(model.public)
        self.by_hand.setVisible(bool(model.by_hand))
        self.by_hand.say(model.by_hand)
        self._fit()

    def open_line(self, model: DrawModel) -> QLineEdit | None:
        """The line something is awaited in now."""
        if model.awaited is not None:
            return self.blocks[model.awaited.id].field
        return self.field if model.stage == "public" else None

    def clear(self, sent: str | None = None) -> None:
        """Nothing is typed any more; with `sent`, only lines that hold just that are cleared."""
        for line in (self.field, *(block.field for block in self.blocks.values())):
            if sent is None or line.text() == sent:
                line.clear()

    def _fit(self) -> None:
        """Fingerprints are shown whole: the column never gets narrower than they are."""
        self._area.setMinimumWidth(self._inner.minimumSizeHint().width() + space(4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words, other sizes."""
        if watched is self._inner and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False
