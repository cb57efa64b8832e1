"""Forms of the ballots screen: fields below each other, one action that says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.screens.ballots.model import Choice
from ui.theme import Type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import Words, column, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind, bind_items, bind_name
from venue_app.base.ids import new_id
from venue_app.domain.ballot_commands import Timing

#: What a form lacks, or None.
Missing = Callable[[], Text | None]


class AskDialog(QDialog):
    """`given` is emitted when the action is pressed; whoever hears it accepts, or shows why not in `banner`."""

    given = Signal()

    def __init__(self, title: Text, act: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bind(self, "setWindowTitle", title)
        self._act = act
        self._missing: Missing = _nothing
        self.sub = new_id()
        """What is asked is asked once, however often the action is pressed before the answer is here."""
        self.banner = ErrorBanner()
        self.fields: dict[str, QWidget] = {}
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self.given)
        self.cancel = Button(Say("ui.cancel"), kind="quiet")
        self.cancel.clicked.connect(self.reject)
        self._parts: list[QWidget] = [self.banner, Words(title, Type.TITLE, strong=True)]

    def note(self, text: Text, tone: str = "quiet") -> None:
        """A sentence."""
        self._parts.append(Words(text, tone=tone))

    def line(self, name: str, title: Text, given: str = "") -> QLineEdit:
        """A field to type in."""
        field = QLineEdit(given)
        field.textChanged.connect(self.look)
        self._add(name, title, field)
        return field

    def pick(self, name: str, title: Text, options: Sequence[tuple[str, Text]]) -> QComboBox:
        """One of several."""
        field = QComboBox()
        for key, words in options:
            field.addItem(str(words), key)
        bind_items(field, [words for _key, words in options])
        field.currentIndexChanged.connect(self.look)
        self._add(name, title, field)
        return field

    def tick(self, name: str, title: Text) -> QCheckBox:
        """Yes or no."""
        field = QCheckBox()
        bind(field, "setText", title)
        field.toggled.connect(self.look)
        self.fields[name] = field
        self._parts.append(field)
        return field

    def names(self, name: str, title: Text) -> QListWidget:
        """People to tick."""
        field = QListWidget()
        field.setMaximumHeight(space(55))
        field.itemChanged.connect(self.look)
        self._add(name, title, field)
        return field

    def _add(self, name: str, title: Text, field: QWidget) -> None:
        bind_name(field, title)
        label = Words(title, Type.CAPTION, strong=True, tone="quiet")
        label.setBuddy(field)
        self.fields[name] = field
        self._parts += [label, field]

    def lay_out(self, missing: Missing) -> None:
        """All fields are there."""
        self._missing = missing
        foot = row(self.action, self.cancel, gap=3)
        foot.setStretch(0, 1)
        self.setLayout(column(*self._parts, foot, gap=2, margin=6))
        self.resize(space(130), self.sizeHint().height())
        self.look()

    def look(self) -> None:
        """Offer the action, or say what is missing."""
        missing = self._missing()
        if missing is None:
            self.action.offer(self._act)
        else:
            self.action.refuse(self._act, missing)

    def text(self, name: str) -> str:
        """What stands in a field."""
        field = self.fields[name]
        if isinstance(field, QComboBox):
            return str(field.currentData())
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def number(self, name: str) -> int | None:
        """A number typed; None for nothing, -1 for what is no number."""
        typed = self.text(name)
        return None if not typed else int(typed) if typed.isascii() and typed.isdigit() else -1

    def numbers_wrong(self, names: Sequence[str]) -> bool:
        """Whether something typed is no number."""
        return any(self.number(name) == -1 for name in names)


def _nothing() -> Text | None:
    return None


class TwoDialog(AskDialog):
    """The class whose papers come, and the two people who type them."""

    def __init__(
        self, title: Text, act: Text, classes: Sequence[tuple[str, Text]], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, act, parent)
        self.pick("class", Say("ballots.print.class"), classes)
        self.line("first", Say("ballots.two.first"))
        self.line("second", Say("ballots.two.second"))
        self.lay_out(self._lacks)

    def _lacks(self) -> Text | None:
        one, two = self.text("first"), self.text("second")
        return None if one and two and one != two else Say("ballots.two.need")


class OpenDialog(AskDialog):
    """Which ballot, where, who stands on it, who votes, before or after the speeches."""

    def __init__(self, options: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(Say("ballots.open.title"), Say("ballots.open.act"), parent)
        self._options = tuple(options)
        which = [(str(at), option.title) for at, option in enumerate(self._options)]
        self.which = self.pick("which", Say("ballots.open.which"), which)
        self.people = self.names("names", Say("ballots.open.names"))
        self.pick(
            "timing",
            Say("ballots.open.timing"),
            (
                ("", Say("ballots.open.apart")),
                ("before", Say("ballots.open.before")),
                ("after", Say("ballots.open.after")),
            ),
        )
        self.rolls = self.line("rolls", Say("ballots.open.rolls"))
        self.again = self.tick("again", Say("ballots.open.again"))
        self.which.currentIndexChanged.connect(self._chosen)
        self._chosen()
        self.lay_out(self._lacks)

    @property
    def option(self) -> Choice:
        """The ballot chosen."""
        return self._options[max(0, self.which.currentIndex())]

    def ticked(self) -> tuple[str, ...]:
        """Who stands on the paper."""
        items = (self.people.item(at) for at in range(self.people.count()))
        return tuple(
            str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked
        )

    def timing(self) -> Timing:
        """Before or after the speeches, or apart from them."""
        chosen = self.text("timing")
        return "before" if chosen == "before" else "after" if chosen == "after" else ""

    def body(self) -> tuple[tuple[int | None, int | None], ...]:
        """Members and present, class by class, as typed: `30/28` for each, parted by spaces."""
        parts = self.text("rolls").split()
        found: list[tuple[int | None, int | None]] = []
        for part in parts[: len(self.option.classes)]:
            members, _, present = part.partition("/")
            found.append((_number(members), _number(present)))
        return tuple(found)

    def _chosen(self) -> None:
        option = self.option
        self.people.clear()
        for key, name in option.names:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            ticked = option.proposed is None or key in option.proposed
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.people.addItem(item)
        self.again.setVisible(option.held)
        self.again.setChecked(False)

    def _lacks(self) -> Text | None:
        if not self.ticked():
            return Say("ballots.open.need_names")
        parts = self.text("rolls").split()
        wrong = any(not p.replace("/", "", 1).isdigit() for p in parts)
        if wrong or len(parts) > len(self.option.classes):
            return Say("ballots.open.need_rolls")
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None
