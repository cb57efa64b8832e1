"""The pages of the guide: what was looked at, who has joined, the rehearsal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.phrases import spoken
from ui.screens.prepare.guide import Outside, SeatPart
from ui.screens.prepare.pages import Filled, row_widget
from ui.theme import Type, space
from ui.widgets.busy import BusyLine
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, card, column, rule
from ui.widgets.state import Mark, ShapedWord, StateMark
from ui.words import Say, Text
from venue_app.host.readiness import Point, check_title, in_words, level_word

_LOOKS = {"ok": ("check", "done"), "attention": ("pause", "wait"), "fault": ("alarm", "alarm")}
_MOST_NUMBERS = 30
_LINE = 80


class ReadyView(Filled):
    """Readiness points, all of them or those of some checks; each with shape, word and sentence."""

    look = Signal()
    print_form = Signal()
    choose_folder = Signal()

    def __init__(
        self,
        title: Text,
        how: Text,
        checks: Sequence[str] = (),
        *,
        folder: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._how = title, how
        self._checks = frozenset(checks)
        self._shown: Outside | None = None
        self.again = Button(Say("prepare.ready.again"), icon="undo")
        self.again.clicked.connect(self.look)
        self.print_button = Button(Say("prepare.ready.print"), icon="print")
        self.print_button.clicked.connect(self.print_form)
        self.folder_button = Button(Say("prepare.copy.choose"), icon="open")
        self.folder_button.clicked.connect(self.choose_folder)
        buttons = [self.again, self.print_button, *([self.folder_button] if folder else [])]
        self._buttons = row_widget(*buttons)
        self.busy = BusyLine()
        self._found = QWidget()
        self.points: list[ShapedWord] = []
        head = column(
            Words(title, Type.TITLE, strong=True),
            Words(how, tone="quiet"),
            self._buttons,
            self.busy,
            gap=2,
            margin=4,
        )
        self._head = card(head)
        self.show_outside(Outside())

    def show_outside(self, outside: Outside) -> None:
        """Show what was found last."""
        if outside == self._shown:
            return
        self._shown = outside
        points = [p for p in outside.points or () if not self._checks or p.check in self._checks]
        self.print_button.setEnabled(outside.points is not None)
        self.points = []
        parts: list[QWidget] = [self._head]
        if points:
            said = Words(Say("prepare.ready.at", at=outside.looked_at), Type.CAPTION, tone="quiet")
            parts.append(card(column(said, self._table(points), gap=3, margin=4)))
        self.fill(parts, keep=self._head)

    def _table(self, points: Sequence[Point]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(2, 1)
        for at, point in enumerate(points):
            shape, tone = _LOOKS[point.level]
            word = ShapedWord(strong=True)
            word.show_word(shape, tone, spoken(lambda lang, p=point: level_word(p.level, lang)))  # type: ignore[misc]
            title = Words(
                spoken(lambda lang, p=point: check_title(p.check, lang)),  # type: ignore[misc]
                strong=True,
                wrap=False,
            )
            found = Words(spoken(lambda lang, p=point: in_words(p, lang)))  # type: ignore[misc]
            found.setMinimumWidth(
                space(_LINE)
            )  # without it a scroll area asks for the height of a narrow column
            found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if at:
                grid.addWidget(rule(), 2 * at - 1, 0, 1, 3)
            for place, part in enumerate((word, title, found)):
                grid.addWidget(part, 2 * at, place, Qt.AlignmentFlag.AlignTop)
            self.points.append(word)
        return grid


class SeatsView(Filled):
    """How many have joined, room by room, and who is still missing; `go` leads to where they are let in."""

    go = Signal()

    def __init__(self, title: Text, how: Text, go: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._how = title, how
        self.button = Button(go, icon="stations")
        self.button.clicked.connect(self.go)
        self._head = card(
            column(
                Words(title, Type.TITLE, strong=True),
                Words(how, tone="quiet"),
                row_widget(self.button),
                gap=2,
                margin=4,
            )
        )
        self._shown: object = None

    def show_seats(self, parts: tuple[SeatPart, ...]) -> None:
        """Room by room."""
        self._show([(part.title, part.seats, part.lacking) for part in parts])

    def show_places(self, names: Sequence[tuple[Text, bool]]) -> None:
        """Places that are no seats, each there or not."""
        self._show([(name, 1, () if there else (0,)) for name, there in names])

    def _show(self, lines: list[tuple[Text, int, tuple[int, ...]]]) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        widgets: list[QWidget] = [self._head]
        for title, seats, lacking in lines:
            mark = StateMark()
            joined = seats - len(lacking)
            kind = Mark.DONE if not lacking else Mark.IN_PROGRESS if joined else Mark.READY
            mark.show_mark(kind, Say("prepare.guide.stations_of", joined=joined, seats=seats))
            parts: list[QWidget] = [Words(title, Type.LEAD, strong=True), mark]
            if lacking and lacking != (0,):
                numbers = "、".join(str(number) for number in lacking[:_MOST_NUMBERS])
                parts.append(Words(Say("prepare.stations.lacking", numbers=numbers), tone="quiet"))
            widgets.append(card(column(*parts, gap=1.5, margin=4)))
        self.fill(widgets, keep=self._head)


class RehearsalView(Filled):
    """The rehearsal of this very event: what it does, how far it is, what it left behind."""

    open_file = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.busy = BusyLine()
        self.told = Words("", tone="quiet")
        self._head = card(
            column(
                Words(Say("prepare.rehearsal.title"), Type.TITLE, strong=True),
                Words(Say("prepare.rehearsal.how")),
                Words(Say("prepare.rehearsal.apart"), tone="wait"),
                self.busy,
                self.told,
                gap=2,
                margin=4,
            )
        )
        self.told.hide()
        self.buttons: list[Button] = []
        self._shown: tuple[str, ...] | None = None
        self.show_rehearsals(())

    def tell(self, text: Text) -> None:
        """What the rehearsal that just ended left behind."""
        self.told.say(text)
        self.told.setVisible(bool(text))

    def show_rehearsals(self, paths: tuple[str, ...]) -> None:
        """Those that lie beside the event, the newest first, each with a way in."""
        if paths == self._shown:
            return
        self._shown = paths
        self.buttons = []
        parts: list[QWidget] = [self._head]
        lines: list[QWidget] = []
        for path in reversed(paths):
            button = Button(Say("prepare.rehearsal.open"))
            name = path.replace("\\", "/").rpartition("/")[2]
            button.name(Say("prepare.rehearsal.open_named", name=name))
            button.clicked.connect(lambda _checked=False, at=path: self.open_file.emit(at))
            self.buttons.append(button)
            lines.append(row_widget(Words(name, wrap=False), button))
        if lines:
            heading = Words(Say("prepare.rehearsal.made"), Type.LEAD, strong=True)
            parts.append(card(column(heading, *lines, gap=2, margin=4)))
        self.fill(parts, keep=self._head)
