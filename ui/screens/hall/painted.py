"""Words and boards of the big screen, drawn as large as their place allows, at any resolution."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.hall.view import HallMark, OrderLot, OrderRoom
from ui.theme import Theme, Type, of
from ui.widgets.painting import box, elided, painting, shape
from ui.widgets.tiles import lot_look
from ui.words import Say, Text, bind

_PAGE_MS = 8_000
_ROWS = 12
"""Lots under each other on one page of the board."""


def fitted(theme: Theme, text: str, rect: QRect, bold: bool = True, most: float = 1.0) -> QFont:
    """The typeface at the largest size at which one line of `text` stands within `rect`.

    `most` is the share of the rect's height the size may take.
    """
    face = theme.font(Type.HERO, bold)
    size = max(8, int(rect.height() * 0.78 * most))
    face.setPixelSize(size)
    wide = QFontMetrics(face).horizontalAdvance(text)
    if wide > rect.width() > 0:
        face.setPixelSize(max(8, int(size * rect.width() / wide)))
    return face


class Line(QWidget):
    """One line of words that fills its place."""

    def __init__(
        self,
        text: Text = "",
        *,
        tone: str = "ink",
        bold: bool = True,
        left: bool = False,
        right: bool = False,
        most: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._bold, self._most = "", tone, bold, most
        self._flags = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignLeft
            if left
            else Qt.AlignmentFlag.AlignRight
            if right
            else Qt.AlignmentFlag.AlignHCenter
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.say(text)

    def say(self, text: Text) -> None:
        """Show other words."""
        bind(self, "setText", text)

    def set_tone(self, tone: str) -> None:
        """Another colour by meaning."""
        self._tone = tone
        self.update()

    def setText(self, text: str) -> None:
        """The words themselves, already in the hall's language."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Whatever the layout gives."""
        return QSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words."""
        theme = of(self)
        with painting(self) as painter:
            painter.setFont(fitted(theme, self._text, self.rect(), self._bold, self._most))
            painter.setPen(theme.colour(self._tone))
            painter.drawText(self.rect(), self._flags, self._text)


class MarkRow(QWidget):
    """The marks in a row; the highest and the lowest struck, each with its word below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[HallMark, ...] = ()
        self._words = {"high": "", "low": "", "": ""}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        bind(self, "setHigh", Say("hall.result.high"))
        bind(self, "setLow", Say("hall.result.low"))

    def setHigh(self, text: str) -> None:
        """The word under a struck highest mark."""
        self._words["high"] = text
        self._tell()

    def setLow(self, text: str) -> None:
        """The word under a struck lowest mark."""
        self._words["low"] = text
        self._tell()

    def show_marks(self, marks: tuple[HallMark, ...]) -> None:
        """Show other marks."""
        self._marks = marks
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(" ".join(f"{m.text} {self._words[m.struck]}".strip() for m in self._marks))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cells of one width."""
        if not self._marks:
            return
        theme = of(self)
        count = len(self._marks)
        gap = self.width() // 100
        wide = (self.width() - gap * (count - 1)) / count
        with painting(self) as painter:
            for at, mark in enumerate(self._marks):
                cell = QRectF(at * (wide + gap), 0, wide, self.height())
                self._cell(painter, theme, cell, mark)

    def _cell(self, painter: QPainter, theme: Theme, cell: QRectF, mark: HallMark) -> None:
        box(painter, cell, theme.colour("surface"), theme.colour("line"))
        whole = cell.toRect()
        inner = whole.adjusted(whole.width() // 10, 0, -whole.width() // 10, 0)
        face = fitted(theme, mark.text, inner, most=0.55)
        face.setStrikeOut(bool(mark.struck))
        painter.setFont(face)
        painter.setPen(theme.colour("quiet" if mark.struck else "ink"))
        painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, mark.text)
        word = self._words[mark.struck]
        below = QRect(inner.left(), whole.top() + whole.height() * 3 // 4, inner.width(), whole.height() // 5)
        painter.setFont(fitted(theme, word or "0", below, bold=False))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, word)


class OrderBoard(QWidget):
    """The order of one or more rooms in columns; longer than a page, it turns by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms: tuple[OrderRoom, ...] = ()
        self.page = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAGE_MS)
        self._timer.timeout.connect(self.turn)

    def show_order(self, rooms: tuple[OrderRoom, ...]) -> None:
        """Show other orders; starts on the page that holds the lot that is up."""
        if rooms == self._rooms:
            return
        fresh = [r.title for r in rooms] != [r.title for r in self._rooms]
        self._rooms = rooms
        if fresh or self.page >= self.pages:
            self.page = 0
        if self.pages > 1:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
        self.update()

    @property
    def columns(self) -> int:
        """Columns on a page: one for each room, or as many as one room needs, four at most."""
        if len(self._rooms) != 1:
            return max(1, len(self._rooms))
        return min(4, max(1, -(-len(self._rooms[0].lots) // _ROWS)))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        if len(self._rooms) == 1:
            return max(1, -(-len(self._rooms[0].lots) // (_ROWS * self.columns)))
        return max((-(-len(r.lots) // _ROWS) for r in self._rooms), default=1) or 1

    def turn(self) -> None:
        """The next page."""
        self.page = (self.page + 1) % self.pages
        self.update()

    def cells(self) -> list[tuple[str, tuple[OrderLot, ...]]]:
        """Title and lots of each column on this page."""
        if len(self._rooms) == 1:
            room = self._rooms[0]
            first = self.page * _ROWS * self.columns
            starts = range(first, first + _ROWS * self.columns, _ROWS)
            return [(str(room.title) if at == first else "", room.lots[at : at + _ROWS]) for at in starts]
        first = self.page * _ROWS
        return [(str(room.title), room.lots[first : first + _ROWS]) for room in self._rooms]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes follow."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Columns, each with its title; the page's number below."""
        theme = of(self)
        cells = self.cells()
        if not cells:
            return
        foot = self.height() // 18
        line = (self.height() - foot) / (_ROWS + 1.4)
        gap = self.width() / 40
        wide = (self.width() - gap * (len(cells) - 1)) / len(cells)
        with painting(self) as painter:
            for at, (title, lots) in enumerate(cells):
                left = at * (wide + gap)
                head = QRect(int(left), 0, int(wide), int(line * 1.2))
                painter.setFont(fitted(theme, title or "0", head, most=0.8))
                painter.setPen(theme.colour("quiet"))
                painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
                for down, lot in enumerate(lots):
                    rect = QRectF(left, line * (down + 1.4), wide, line)
                    self._lot(painter, theme, rect, lot)
            if self.pages > 1:
                self._foot(painter, theme, foot)

    def _lot(self, painter: QPainter, theme: Theme, rect: QRectF, lot: OrderLot) -> None:
        name, tone = lot_look(lot.state)
        faded = lot.state in ("done", "absent", "waived")
        if lot.state == "hall":
            box(painter, rect.adjusted(0, 2, 0, -2), theme.colour("primary_soft"), theme.colour("primary"))
        high = rect.height()
        cell = QRect(int(rect.left() + high * 0.2), int(rect.top()), int(high * 1.25), int(high))
        painter.setFont(fitted(theme, "888", cell, most=0.85))
        painter.setPen(theme.colour("quiet" if faded else "primary" if lot.state == "next" else "ink"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(lot.number))
        edge = high * 0.42
        at = QRectF(cell.right() + high * 0.35, rect.top() + (high - edge) / 2, edge, edge)
        shape(painter, name, at, theme.colour(tone), theme.colour("paper"))
        rest = QRect(
            int(at.right() + high * 0.3),
            int(rect.top()),
            int(rect.right() - at.right() - high * 0.4),
            int(high),
        )
        face = theme.font(Type.BODY)
        face.setPixelSize(max(8, int(high * 0.46)))
        painter.setFont(face)
        words = f"{lot.entry}  {lot.post}" if lot.entry else lot.post
        elided(painter, rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _foot(self, painter: QPainter, theme: Theme, high: int) -> None:
        rect = QRect(0, self.height() - high, self.width(), high)
        painter.setFont(fitted(theme, "0", rect, bold=False, most=0.7))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{self.page + 1} / {self.pages}")
