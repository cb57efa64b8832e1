"""The quieter pages of preparation: scheme, what is imported, rooms, scores, people present."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.screens.prepare.model import InEvent, RoomPart, SchemeLine, SchemePage, ScorePart
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, Words, card, column, row, scrolled
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind, bind_name, follow
from venue_app.domain.nouns import Person

ROLES = ("proctor", "supervisor", "notary", "chief", "timekeeper", "scorekeeper", "other")
_FIRST = ("proctor", "supervisor", "notary")


class Filled(QWidget):
    """A scrolling column that is filled anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, space(2), 0)
        self._column.setSpacing(space(3))
        self.area: QScrollArea = scrolled(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def fill(self, parts: Sequence[QWidget], keep: QWidget | None = None) -> None:
        """Show other parts; `keep`, the first of them, stays as it is.

        It is not even taken out: put in again, it would no longer be asked how high it is in another language.
        """
        first = 0 if keep is None or self._column.indexOf(keep) < 0 else 1
        while (item := self._column.takeAt(first)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for part in parts[first:]:
            self._column.addWidget(part)
        self._column.addStretch(1)


class SchemeView(Filled):
    """The plan in plain words; `change` asks for the window in which it is changed, or read once frozen."""

    change = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", "")

    def show_page(self, page: SchemePage, opened: str) -> None:
        """Show a plan; since the run was `opened` (a time of day) it does not change any more."""
        if self._shown == (page.digest, opened):
            return
        self._shown = (page.digest, opened)
        self.change_button = Button(Say("prepare.scheme.read") if opened else Say("prepare.scheme.change"))
        self.change_button.clicked.connect(self.change)
        title = row(Words(page.title, Type.TITLE, strong=True), self.change_button, gap=3)
        title.setStretch(0, 1)
        told = Say("prepare.scheme.frozen", at=opened) if opened else Say("prepare.scheme.open")
        head = card(
            column(
                title,
                Words(told, tone="quiet"),
                Words(Say("prepare.scheme.digest"), Type.CAPTION, tone="quiet"),
                DigestLabel(page.digest, groups=8, size=Type.CAPTION),
                gap=2,
                margin=4,
            )
        )
        parts: list[QWidget] = [head]
        for section in page.sections:
            lines = [_plan_line(line) for line in section.lines]
            parts.append(
                card(column(Words(section.title, Type.LEAD, strong=True), *lines, gap=1.5, margin=4))
            )
        self.fill(parts)


def _plan_line(line: SchemeLine) -> Words:
    if line.default:
        return Words(Say("prepare.scheme.default", text=line.text), tone="quiet")
    return Words(line.text)


class ImportedView(Filled):
    """What is in the event: counts, cancelled posts, moved people, and the files it came from."""

    replace = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: InEvent | None = None

    def show_roster(self, roster: InEvent) -> None:
        """Show another roster."""
        if roster == self._shown:
            return
        self._shown = roster
        lines: list[QWidget] = [
            Words(
                Say("prepare.roster.counts", people=roster.people, posts=roster.posts),
                Type.TITLE,
                strong=True,
            )
        ]
        if roster.unqualified:
            lines.append(Words(Say("prepare.roster.unqualified", count=roster.unqualified), tone="quiet"))
        for title in roster.cancelled:
            lines.append(Words(Say("prepare.roster.cancelled", title=title), tone="wait"))
        for moved in roster.moved:
            lines.append(Words(moved, tone="quiet"))
        again = Button(Say("prepare.roster.replace"))
        again.clicked.connect(self.replace)
        again.setEnabled(roster.can_replace)
        why = Words("" if roster.can_replace else Say("prepare.import.after_draw"), tone="wait")
        lines.append(row_widget(again, why))
        sources: list[QWidget] = [Words(Say("prepare.roster.sources"), Type.LEAD, strong=True)]
        for name, sha256 in roster.sources:
            sources += [Words(name), DigestLabel(sha256, groups=8, size=Type.CAPTION)]
        self.fill([card(column(*lines, gap=2, margin=4)), card(column(*sources, gap=2, margin=4))])


def row_widget(*parts: QWidget) -> QWidget:
    """Parts beside each other as one widget."""
    whole = QFrame()
    layout = row(*parts, STRETCH, gap=3)
    layout.setContentsMargins(0, 0, 0, 0)
    whole.setLayout(layout)
    return whole


class RoomsView(QWidget):
    """All panels in one table, room by room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = Words("", tone="quiet")
        self.table = RowsTable(
            (
                Column(Say("prepare.rooms.seat"), "right", "000"),
                Column(Say("prepare.rooms.name"), sample="古丽娜尔·艾山"),
                Column(Say("prepare.rooms.unit"), stretch=True),
                Column(Say("prepare.rooms.role"), sample="主评委 Chief"),
            ),
            name=Say("prepare.step.rooms"),
        )
        inner = column(self.note, self.table, gap=2)
        inner.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inner)

    def show_rooms(self, rooms: tuple[RoomPart, ...], everywhere: tuple[Text, ...]) -> None:
        """Show rooms, posts and seats."""
        self.note.say(everywhere[0] if everywhere else Say("prepare.rooms.none_how"))
        rows: list[Row] = []
        for room in rooms:
            heading = Say(
                "prepare.rooms.room", title=room.title, people=room.people, posts="、".join(room.posts)
            )
            rows.append(Row(room.title, (Cell(heading, strong=True),), heading=True))
            for seat in room.seats:
                name = Cell(seat.name) if seat.name else Cell(Say("prepare.rooms.unnamed"), "wait")
                role: Text = Say("prepare.rooms.chief") if seat.chief else ""
                rows.append(Row(f"{room.title}/{seat.number}", (str(seat.number), name, seat.unit, role)))
            for number in range(len(room.seats) + 1, room.expected + 1):
                empty = Cell(Say("prepare.rooms.no_seat"), "wait")
                rows.append(Row(f"{room.title}/-{number}", (Cell("—", "quiet"), empty, "", "")))
        self.table.show_rows(rows)


class ScoresView(Filled):
    """Imported components: how many have them, who lacks them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ScorePart, ...] | None = None

    def show_scores(self, scores: tuple[ScorePart, ...]) -> None:
        """Show each component."""
        if scores == self._shown:
            return
        self._shown = scores
        parts: list[QWidget] = []
        for score in scores:
            done = score.have == score.total and score.total > 0
            state = StateMark(Mark.DONE if done else Mark.NOT_YET if score.total == 0 else Mark.WAIT)
            state.show_mark(state.mark, Say("prepare.scores.of", have=score.have, total=score.total))
            lines: list[QWidget] = [Words(score.title, Type.LEAD, strong=True), state]
            if score.lacking:
                names = "、".join(score.lacking[:60])
                lines.append(Words(Say("prepare.scores.lacking", names=names), tone="quiet"))
            parts.append(card(column(*lines, gap=2, margin=4)))
        if not scores:
            parts.append(card(column(Words(Say("prepare.scores.not_needed_how"), tone="quiet"), margin=4)))
        self.fill(parts)


class _PersonLine(QFrame):
    """One person: office, name, and the way to leave them out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = QComboBox()
        self.role.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        bind_name(self.role, Say("prepare.people.role"))
        follow(self, self._fill, slot="roles")
        at = self.role.findData(person.role)
        if at < 0:
            self.role.addItem(person.role, person.role)
            at = self.role.count() - 1
        self.role.setCurrentIndex(at)
        self.name = QLineEdit(person.name)
        bind_name(self.name, Say("prepare.people.name"))
        bind(self.name, "setPlaceholderText", Say("prepare.people.name"))
        self.name.textChanged.connect(self.changed)
        self.role.currentIndexChanged.connect(self.changed)
        self.out = Button("", kind="quiet", icon="close")
        self.out.name(Say("prepare.people.remove"))
        self.out.clicked.connect(self.removed)
        layout = row(self.role, self.name, self.out, gap=3)
        layout.setStretch(1, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def _fill(self) -> None:
        chosen = self.role.currentData()
        blocked = self.role.blockSignals(True)
        self.role.clear()
        for role in ROLES:
            self.role.addItem(str(_ROLE_WORDS[role]), role)
        self.role.setCurrentIndex(max(0, self.role.findData(chosen)))
        self.role.blockSignals(blocked)

    @property
    def person(self) -> Person:
        """As it stands."""
        return Person(role=str(self.role.currentData()), name=self.name.text().strip())


_ROLE_WORDS = {
    "proctor": Say("prepare.role.proctor"),
    "supervisor": Say("prepare.role.supervisor"),
    "notary": Say("prepare.role.notary"),
    "chief": Say("prepare.role.chief"),
    "timekeeper": Say("prepare.role.timekeeper"),
    "scorekeeper": Say("prepare.role.scorekeeper"),
    "other": Say("prepare.role.other"),
}


class PeopleView(QWidget):
    """Who is present with an office; `changed` is sent with every key, `people` is what stands there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[_PersonLine] = []
        self.note = Words(Say("prepare.people.how"), tone="quiet")
        self.add_button = Button(Say("prepare.people.add"), icon="plus")
        self.add_button.clicked.connect(lambda: self.add(Person(role="other", name="")))
        self._column = QVBoxLayout()
        self._column.setSpacing(space(2))
        self.told = Words("", Type.LEAD)
        body = column(
            Words(Say("prepare.people.title"), Type.LEAD, strong=True),
            self.note,
            self._column,
            row(self.add_button, STRETCH),
            self.told,
            gap=3,
            margin=4,
        )
        outer = column(card(body), STRETCH)
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        for role in _FIRST:
            self.add(Person(role=role, name=""))

    def add(self, person: Person) -> None:
        """A further line."""
        line = _PersonLine(person)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.addWidget(line)
        self.changed.emit()

    def _remove(self, line: _PersonLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.changed.emit()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody as typed, nameless lines included."""
        return tuple(line.person for line in self.lines)

    def show_opened(self, people: tuple[Person, ...], at: str) -> None:
        """The run is open: who was present, and nothing to type any more."""
        opened = bool(at)
        for line in self.lines:
            line.setVisible(not opened)
        self.note.setVisible(not opened)
        self.add_button.setVisible(not opened)
        self.told.setVisible(opened)
        self.told.say(_present(people))


def _present(people: tuple[Person, ...]) -> Text:
    return _People(people)


class _People(Say):
    """Offices and names, one person a line."""

    __slots__ = ()

    def __init__(self, people: tuple[Person, ...]) -> None:
        super().__init__("", people=people)

    def __str__(self) -> str:
        people = self.params["people"]
        assert isinstance(people, tuple)
        return "\n".join(f"{_ROLE_WORDS.get(p.role, p.role)}  {p.name}" for p in people)
