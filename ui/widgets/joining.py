"""Taking a place on the proctor's laptop: its address, the joining code, a name; and whom a person trusts.

form = JoinForm(JoinWords(title=…, lead=…, go=…, name=…, name_hint=…))
form.asked.connect(...)                     the link and the name that were typed
form.compare(link, key)                     show the key that answered …
form.trusted.connect(...)                   … and hear that a person found it to be the right one
form.refuse(known); form.begin()
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from ui.theme import Type, set_type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import STRETCH, Words, card, column, holder, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_name
from venue_app.base.errors import Known
from venue_app.base.ids import normal_code
from venue_app.lan.link import CODE_LENGTH, JoiningLink, read_link
from venue_app.seal.keys import grouped

_CODE = Say("station.join.code")


@dataclass(frozen=True, slots=True)
class JoinWords:
    """What a form says of its place. `name` is the person's or the device's; `name_missing` why it must be there."""

    title: Text
    lead: Text
    go: Text
    name: Text
    name_hint: Text
    name_missing: Text = ""
    code: Text = _CODE


def _field(name: Text, hint: Text = "", size: Type = Type.LEAD) -> QLineEdit:
    made = QLineEdit()
    set_type(made, size)
    bind_name(made, name)
    if hint:
        bind(made, "setPlaceholderText", hint)
    return made


def _part(name: Text, field: QLineEdit) -> QWidget:
    return holder(column(Words(name, tone="quiet"), field, gap=1))


class JoinForm(QWidget):
    """See the module."""

    asked = Signal(object, str)
    """`JoiningLink`, the name."""
    trusted = Signal(object, str, str)
    """`JoiningLink`, the name, the key (hex) that a person compared."""

    def __init__(self, words: JoinWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._seen: tuple[JoiningLink, str] | None = None
        self.banner = ErrorBanner()
        self.note = Words("", tone="wait")
        self.note.hide()
        self.address = _field(Say("station.desk.address"), Say("station.desk.address_hint"))
        self.code = _field(words.code, size=Type.TITLE)
        self.code.setMaxLength(CODE_LENGTH + 1)
        self.name = _field(words.name, words.name_hint)
        for field in (self.address, self.code, self.name):
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self.press)
        self.address.textChanged.connect(self._take_link)
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self.press)
        self.key = Words("", Type.DISPLAY, strong=True)
        self.same = Button(Say("station.desk.same"), kind="primary", size=Type.LEAD)
        self.same.clicked.connect(self._trust)
        self.differs = Button(Say("station.desk.differs"), size=Type.LEAD)
        self.differs.clicked.connect(self._distrust)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._form())
        self.stack.addWidget(self._compare())
        self.stack.setMaximumWidth(space(200))
        across = row(STRETCH, self.stack, STRETCH)
        across.setStretch(1, 100)
        self.setLayout(column(self.banner, STRETCH, across, STRETCH, STRETCH, margin=4))
        self._judge()

    def _form(self) -> QWidget:
        return card(
            column(
                Words(self._words.title, Type.TITLE, strong=True),
                Words(self._words.lead, tone="quiet"),
                _part(Say("station.desk.address"), self.address),
                _part(self._words.code, self.code),
                _part(self._words.name, self.name),
                self.note,
                self.action,
                gap=4,
                margin=8,
            )
        )

    def _compare(self) -> QWidget:
        return card(
            column(
                Words(Say("station.desk.compare_title"), Type.TITLE, strong=True),
                Words(Say("station.desk.compare_lead"), Type.LEAD),
                self.key,
                row(self.same, STRETCH, self.differs),
                STRETCH,
                gap=6,
                margin=8,
            )
        )

    def fill(self, address: str, code: str, name: str = "") -> None:
        """What is known before anybody types; the first line that is still empty is typed into."""
        self.address.setText(address)
        if name:
            self.name.setText(name)
        if code:
            self.code.setText(code)
        fields = (self.address, self.code, self.name)
        next((field for field in fields if not field.text()), self.code).setFocus()

    def tell(self, note: Text) -> None:
        """A word above the button; '' for none."""
        self.note.say(note)
        self.note.setVisible(bool(note))

    def press(self) -> None:
        """Join, if enough is there."""
        if not self.action.button.isEnabled():
            return
        try:
            link = read_link(self.address.text())
        except Known as fault:
            self.refuse(fault)
            return
        self.banner.hide()
        self._wait()
        typed = JoiningLink(link.url, normal_code(self.code.text()), link.pin)
        self.asked.emit(typed, self.name.text().strip())

    def show_waiting(self, holder: str = "") -> None:
        """The proctor is asked; `holder` is the device that has the place now, or ''."""
        held = Say("station.join.waiting_held", device=holder)
        self.action.refuse(self._words.go, held if holder else Say("station.join.waiting"))

    def compare(self, link: JoiningLink, key: str) -> None:
        """Show the key that answered, for a person to compare."""
        self._seen = (link, key)
        self.key.say(grouped(key[:32]))
        self.stack.setCurrentIndex(1)
        self.differs.setFocus()

    def refuse(self, fault: Known) -> None:
        """It did not work."""
        self.stack.setCurrentIndex(0)
        self.banner.show_known(fault)
        self._judge()

    def begin(self) -> None:
        """From the start, with an empty code."""
        self.stack.setCurrentIndex(0)
        self.code.clear()
        self._judge()

    def _wait(self) -> None:
        self.action.refuse(self._words.go, Say("station.join.busy"))

    def _take_link(self, text: str) -> None:
        """A whole link brings its code along."""
        if "#" in text:
            try:
                link = read_link(text)
            except Known:
                return  # not whole yet; what is wrong is said when it is sent
            if link.code:
                self.code.setText(f"{link.code[:3]}-{link.code[3:]}")

    def _judge(self) -> None:
        go = self._words.go
        missing = CODE_LENGTH - len(normal_code(self.code.text()))
        if not self.address.text().strip():
            self.action.refuse(go, Say("station.desk.address_hint"))
        elif missing:
            self.action.refuse(go, Say("station.join.need_code", count=max(0, missing)))
        elif self._words.name_missing and not self.name.text().strip():
            self.action.refuse(go, self._words.name_missing)
        else:
            self.action.offer(go)

    def _trust(self) -> None:
        if self._seen is not None:
            (link, key), self._seen = self._seen, None
            self.stack.setCurrentIndex(0)
            self._wait()
            self.trusted.emit(link, self.name.text().strip(), key)

    def _distrust(self) -> None:
        self._seen = None
        self.stack.setCurrentIndex(0)
        self.banner.show_text(Say("station.desk.differs_text"))
        self._judge()
