"""The panel's table: the chief at its head, the others along both sides, the candidate at its foot."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.phrases import spoken
from ui.screens.room.view import ObserversView, SeatLine
from ui.theme import Type, of, space
from ui.widgets.layout import STRETCH, Words, column, holder, scrolled
from ui.widgets.painting import box, painting
from ui.widgets.state import ShapedWord
from ui.widgets.tiles import SeatTile
from ui.words import Say, bind, bind_tip
from venue_app.base.i18n import tr_in

_WIDE_FROM = 14
"""From so many seats on, three columns instead of two."""


class _Foot(QWidget):
    """The foot of the table, where the candidate stands."""

    def __init__(self) -> None:
        super().__init__()
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(space(7))
        bind(self, "setWord", Say("room.seat.table"))

    def setWord(self, text: str) -> None:
        self._word = text
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = of(self)
        with painting(self) as painter:
            third = self.width() / 3
            box(painter, QRectF(third, 0, third, self.height()), theme.colour("sunken"), theme.colour("line"))
            painter.setFont(theme.font(Type.CAPTION))
            painter.setPen(theme.colour("quiet"))
            painter.drawText(
                QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignCenter, self._word
            )


class Seats(QWidget):
    """The seats as tiles around the table; a press asks to leave one out."""

    pressed_seat = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, SeatTile] = {}
        self._lines: dict[str, SeatLine] = {}
        self._order: tuple[tuple[str, bool], ...] = ()
        self.count = Words("", Type.CAPTION, strong=True, tone="quiet", wrap=False)
        self.calling = ShapedWord(strong=True)
        self.late = ShapedWord(strong=True)
        self.observers = Words("", Type.BODY, tone="quiet")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(2))
        table = scrolled(holder(column(self._grid, _Foot(), STRETCH)))
        self.setLayout(column(self.count, self.calling, self.late, table, self.observers))

    def show_seats(
        self,
        lines: tuple[SeatLine, ...],
        marked: int,
        observers: ObserversView | None,
        calling: tuple[int, ...] = (),
        late: tuple[int, ...] = (),
    ) -> None:
        """Show the panel as it stands."""
        order = tuple((line.id, line.chief) for line in lines)
        self._lines = {line.id: line for line in lines}
        if order != self._order:
            self._order = order
            self._lay(lines)
        for line in lines:
            tile = self.tiles[line.id]
            tile.show_seat(line.seat)
        self.count.say(Say("room.floor.marks_in", marked=marked, total=len(lines)))
        self.calling.setVisible(bool(calling))
        self.calling.show_word(
            "alarm", "wait", spoken(lambda lang: _calling(lang, calling)) if calling else ""
        )
        self.late.setVisible(bool(late))
        self.late.show_word("alarm", "wait", spoken(lambda lang: _late(lang, late)) if late else "")
        self.observers.setVisible(observers is not None)
        if observers is not None:
            self.observers.say(
                Say(
                    "room.observers.line",
                    title=observers.title,
                    marked=observers.marked,
                    total=observers.total,
                    online=observers.online,
                )
            )

    def line(self, seat: str) -> SeatLine:
        """What is shown of a seat."""
        return self._lines[seat]

    def focus_first(self) -> None:
        """Put the keyboard on the table."""
        first = next(iter(self.tiles.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay(self, lines: tuple[SeatLine, ...]) -> None:
        for tile in self.tiles.values():
            tile.deleteLater()
        while self._grid.takeAt(0) is not None:
            continue
        self.tiles = {}
        across = 2 if len(lines) < _WIDE_FROM else 3
        heads = [line for line in lines if line.chief]
        down = 0
        for line in heads:
            self._grid.addWidget(self._tile(line), down, 0, 1, across)
            bind_tip(self.tiles[line.id], Say("room.seat.chief_tip", number=line.seat.number))
            down += 1
        for at, line in enumerate(x for x in lines if not x.chief):
            self._grid.addWidget(self._tile(line), down + at // across, at % across)

    def _tile(self, line: SeatLine) -> SeatTile:
        tile = SeatTile(line.seat)
        tile.clicked.connect(lambda: self.pressed_seat.emit(line.id))
        self.tiles[line.id] = tile
        return tile


def _calling(lang: str, seats: tuple[int, ...]) -> str:
    return tr_in(lang, "room.seat.calling", seats=tr_in(lang, "room.comma").join(map(str, seats)))


def _late(lang: str, seats: tuple[int, ...]) -> str:
    return tr_in(lang, "room.seat.late", seats=tr_in(lang, "room.comma").join(map(str, seats)))
