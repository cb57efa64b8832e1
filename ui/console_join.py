"""Taking a room's console or a witness's screen: address, code, one's name; and whom a person trusts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from ui.theme import Type, set_type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_name
from venue_app.base.errors import Known
from venue_app.base.ids import normal_code
from venue_app.lan.link import CODE_LENGTH, JoiningLink, read_link


def _field(name: Text, hint: Text = "", size: Type = Type.LEAD) -> QLineEdit:
    made = QLineEdit()
    set_type(made, size)
    bind_name(made, name)
    if hint:
        bind(made, "setPlaceholderText", hint)
    return made


def groups(key: str) -> str:
    """A key's first half in groups of four, as the laptop shows it."""
    digits = key[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


class ConsoleJoin(QWidget):
    """Says by `asked` what was typed, by `trusted` that the shown key is the right one."""

    asked = Signal(object, str)
    """`JoiningLink`, the person's name."""
    trusted = Signal(object, str, str)
    """`JoiningLink`, the person's name, the key (hex) that a person compared."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[JoiningLink, str] | None = None
        self.banner = ErrorBanner()
        self.address = _field(Say("station.desk.address"), Say("station.desk.address_hint"))
        self.code = _field(Say("station.join.code"), size=Type.TITLE)
        self.code.setMaxLength(CODE_LENGTH + 1)
        self.person = _field(Say("console.join.person"), Say("console.join.person_hint"))
        for field in (self.address, self.code, self.person):
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
        def part(name: Text, field: QLineEdit) -> QWidget:
            made = QWidget()
            made.setLayout(column(Words(name, tone="quiet"), field, gap=1))
            return made

        return card(
            column(
                Words(Say("console.join.title"), Type.TITLE, strong=True),
                Words(Say("console.join.lead"), tone="quiet"),
                part(Say("station.desk.address"), self.address),
                part(Say("station.join.code"), self.code),
                part(Say("console.join.person"), self.person),
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

    def fill(self, address: str, code: str, person: str) -> None:
        """What the command line knew."""
        self.address.setText(address)
        self.person.setText(person)
        if code:
            self.code.setText(code)
        first = self.address if not address else self.code if not self.code.text() else self.person
        first.setFocus()

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
        self.action.refuse(Say("console.join.go"), Say("station.join.busy"))
        typed = JoiningLink(link.url, normal_code(self.code.text()), link.pin)
        self.asked.emit(typed, self.person.text().strip())

    def show_waiting(self, holder: str) -> None:
        """The proctor is asked; `holder` is the device that has the place now, or ''."""
        held = Say("station.join.waiting_held", device=holder)
        self.action.refuse(Say("console.join.go"), held if holder else Say("station.join.waiting"))

    def compare(self, link: JoiningLink, key: str) -> None:
        """Show the key that answered, for a person to compare."""
        self._seen = (link, key)
        self.key.say(groups(key))
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
        missing = CODE_LENGTH - len(normal_code(self.code.text()))
        if not self.address.text().strip():
            self.action.refuse(Say("console.join.go"), Say("station.desk.address_hint"))
        elif missing:
            self.action.refuse(Say("console.join.go"), Say("station.join.need_code", count=max(0, missing)))
        elif not self.person.text().strip():
            self.action.refuse(Say("console.join.go"), Say("console.join.person_hint"))
        else:
            self.action.offer(Say("console.join.go"))

    def _trust(self) -> None:
        if self._seen is not None:
            (link, key), self._seen = self._seen, None
            self.stack.setCurrentIndex(0)
            self.action.refuse(Say("console.join.go"), Say("station.join.busy"))
            self.trusted.emit(link, self.person.text().strip(), key)

    def _distrust(self) -> None:
        self._seen = None
        self.stack.setCurrentIndex(0)
        self.banner.show_text(Say("station.desk.differs_text"))
        self._judge()
