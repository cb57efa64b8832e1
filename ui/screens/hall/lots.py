"""Lots turned over one by one: whose turn it is, the lot that settles, and the board that fills.

Nothing here spins: the order was fixed before, so a lot only comes into view, and stands still at once where the
desktop asks for less motion.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRect, QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QStyle, QVBoxLayout, QWidget

from ui.screens.hall.painted import Line, fitted
from ui.screens.hall.view import HallLots, LotCell, LotRoom, TurnedLot
from ui.theme import RING, Theme, mark, of
from ui.widgets.painting import box, elided, painting
from ui.words import Say, Text

SETTLE_MS = 700
"""How long a lot takes to come into view."""
STAY_MS = 3_000
"""How long it stands before the next turn is announced in its place; a press does not wait for it."""
_PAGE_MS = 8_000
_NOTE_MS = 4_000
_ROWS, _LEAST_ROWS, _COLUMNS = 12, 8, 3


def stacked(*parts: tuple[QWidget, int]) -> QVBoxLayout:
    """Parts below each other, each with its share of the height."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part, share in parts:
        layout.addWidget(part, share)
    return layout


class SettlingLine(Line):
    """A line that comes into view: never moved, never another word on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 1.0
        self._rise = QVariantAnimation(self)
        self._rise.setDuration(SETTLE_MS)
        self._rise.setStartValue(0.0)
        self._rise.setEndValue(1.0)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rise.valueChanged.connect(self._show_part)

    def settle(self) -> None:
        """Come into view; at once where less motion is wanted."""
        self._rise.stop()
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) == 0:
            self._show_part(1.0)
        else:
            self._rise.start()

    def rest(self) -> None:
        """Stand still now."""
        self._rise.stop()
        self._show_part(1.0)

    @property
    def settling(self) -> bool:
        """Whether it is still on its way."""
        return self._rise.state() == QVariantAnimation.State.Running

    def _show_part(self, part: float) -> None:
        self.seen = part
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, as far as they have come into view."""
        if self.seen >= 1.0:
            super().paintEvent(event)
            return
        theme = of(self)
        with painting(self) as painter:
            painter.setOpacity(self.seen)
            painter.setFont(fitted(theme, self._text, self.rect(), self._bold, self._most))
            painter.setPen(theme.colour(self._tone))
            painter.drawText(self.rect(), self._flags, self._text)


class LotStage(QWidget):
    """Left: the turn that is announced, or the lot that was turned over last."""

    def __init__(self) -> None:
        super().__init__()
        self.asks = Line(Say("hall.lots.turn"), tone="quiet", bold=False, most=0.8)
        self.whose = Line(tone="primary")
        self.post = Line(tone="quiet", bold=False, most=0.85)
        self.how = Line(Say("hall.lots.how"), bold=False, most=0.75)
        self.who = Line(tone="quiet", most=0.85)
        self.room = Line(tone="quiet", bold=False, most=0.8)
        self.lot = SettlingLine()
        self.following = Line(tone="quiet", bold=False, most=0.75)
        self.turn_page, self.lot_page = QWidget(), QWidget()
        self.turn_page.setLayout(
            stacked(
                (QWidget(), 2), (self.asks, 3), (self.whose, 7), (self.post, 3), (QWidget(), 1), (self.how, 2)
            )
        )
        self.lot_page.setLayout(
            stacked((QWidget(), 1), (self.who, 3), (self.room, 3), (self.lot, 9), (self.following, 2))
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.turn_page)
        self.stack.addWidget(self.lot_page)
        self.setLayout(stacked((self.stack, 1)))
        self._lots: HallLots | None = None
        self._stay = _once(self, STAY_MS, self.announce)
        self._note = _once(self, _NOTE_MS, lambda: self.show_typed(""))

    def show_lots(self, lots: HallLots) -> None:
        """Show where it stands; a lot that is new since the last picture settles."""
        before, self._lots = self._lots, lots
        fresh = before is not None and lots.last is not None and lots.last != before.last
        self._fill(lots)
        if fresh:
            self.stack.setCurrentWidget(self.lot_page)
            self.lot.settle()
            self._stay.start()
        elif lots.last is None or not self._stay.isActive():
            self.announce()

    def announce(self) -> None:
        """Whose turn it is; with nobody left, the last lot stays."""
        self._stay.stop()
        self.lot.rest()
        left = self._lots is not None and self._lots.turn is not None
        self.stack.setCurrentWidget(self.turn_page if left else self.lot_page)

    def show_typed(self, typed: str) -> None:
        """What a scanner or a keyboard has typed so far stands where the hint was."""
        self._note.stop()
        self.how.set_tone("ink")
        self.how.say(typed or Say("hall.lots.how"))

    def note(self, text: Text) -> None:
        """Why nothing was turned over, for a moment."""
        self.announce()
        self.how.set_tone("wait")
        self.how.say(text)
        self._note.start()

    def _fill(self, lots: HallLots) -> None:
        if lots.turn is not None:
            self.whose.say(lots.turn.entry)
            self.post.say(lots.turn.post)
        if lots.last is not None:
            self._fill_last(lots.last)
        self.following.say(
            Say("hall.lots.all") if lots.turn is None else Say("hall.lots.next", entry=lots.turn.entry)
        )

    def _fill_last(self, last: TurnedLot) -> None:
        self.who.say(f"{last.entry}   {last.post}")
        self.room.say(last.room)
        self.lot.say(Say("hall.lot", lot=last.lot))


def _once(parent: QWidget, ms: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(act)
    return timer


def _page_size(lots: int) -> int:
    """Lots on a page, so that a room's pages are equally full."""
    pages = max(1, -(-lots // (_ROWS * _COLUMNS)))
    return max(1, -(-lots // pages))


class LotBoard(QWidget):
    """Right: every lot of a room, each filled with whose it is once it is turned over; longer boards turn pages."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms: tuple[LotRoom, ...] = ()
        self.page = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAGE_MS)
        self._timer.timeout.connect(self.turn)

    def show_rooms(self, rooms: tuple[LotRoom, ...]) -> None:
        """Show another state; a lot turned over since brings its page."""
        if rooms == self._rooms:
            return
        self._rooms = rooms
        pages = self.pages
        last = next((at for at, (_, cells) in enumerate(pages) if any(c.last for c in cells)), None)
        self.page = last if last is not None else min(self.page, max(0, len(pages) - 1))
        if len(pages) > 1:
            self._timer.start()
        else:
            self._timer.stop()
        self._changed()

    def _changed(self) -> None:
        """What a screen reader is told: the lots of this page that have been turned over."""
        pages = self.pages
        if pages:
            title, cells = pages[self.page]
            told = "  ".join(f"{cell.number} {cell.entry}" for cell in cells if cell.entry)
            self.setAccessibleName(f"{title}  {told}".strip())
        self.update()

    @property
    def pages(self) -> list[tuple[str, tuple[LotCell, ...]]]:
        """Title and cells of each page: room after room."""
        return [
            (room.title, room.cells[at : at + size])
            for room in self._rooms
            for size in (_page_size(len(room.cells)),)
            for at in range(0, len(room.cells), size)
        ]

    def turn(self) -> None:
        """The next page."""
        self.page = (self.page + 1) % max(1, len(self.pages))
        self._changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The title, the columns, the page's number."""
        pages = self.pages
        if not pages:
            return
        theme = of(self)
        title, cells = pages[self.page]
        columns = min(_COLUMNS, -(-len(cells) // _LEAST_ROWS))
        rows = max(_LEAST_ROWS, -(-len(cells) // columns))
        line = self.height() / (rows + 2.4)
        gap = self.width() / 50
        wide = (self.width() - gap * (columns - 1)) / columns
        with painting(self) as painter:
            head = QRect(0, 0, self.width(), int(line * 1.2))
            painter.setFont(fitted(theme, title, head, bold=False, most=0.8))
            painter.setPen(theme.colour("quiet"))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
            for at, cell in enumerate(cells):
                left = (wide + gap) * (at // rows)
                rect = QRectF(left, line * (at % rows + 1.4), wide, line)
                self._cell(painter, theme, rect, cell)
            if len(pages) > 1:
                foot = QRect(0, int(self.height() - line * 0.8), self.width(), int(line * 0.8))
                painter.setFont(fitted(theme, "0", foot, bold=False, most=0.8))
                painter.setPen(theme.colour("quiet"))
                painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{self.page + 1} / {len(pages)}")

    def _cell(self, painter: QPainter, theme: Theme, rect: QRectF, cell: LotCell) -> None:
        high = rect.height()
        body = rect.adjusted(0, high * 0.06, 0, -high * 0.06)
        if cell.last:
            box(painter, body, theme.colour("primary_soft"), theme.colour("primary"))
        elif cell.entry:
            box(painter, body, theme.colour("surface"), theme.colour("line"))
        number = QRect(int(rect.left() + high * 0.15), int(rect.top()), int(high * 1.2), int(high))
        painter.setFont(fitted(theme, "888", number, most=0.8))
        painter.setPen(theme.colour("ink" if cell.entry else "quiet"))
        painter.drawText(
            number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(cell.number)
        )
        if not cell.entry:
            return
        left = number.right() + int(high * 0.35)
        rest = QRect(left, int(rect.top()), int(rect.right() - high * 0.2) - left, int(high))
        painter.setFont(fitted(theme, cell.entry, rest, bold=cell.last, most=0.72))
        painter.setPen(theme.colour("primary" if cell.last else "ink"))
        elided(painter, rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cell.entry)


class LotsPage(QWidget):
    """The stage, the board, how far it is, and one quiet line that the press only turns over."""

    def __init__(self) -> None:
        super().__init__()
        self.stage, self.board = LotStage(), LotBoard()
        self.count = Line(tone="quiet", bold=False, left=True, most=0.85)
        self.fixed = Line(Say("hall.lots.fixed"), tone="quiet", bold=False, most=0.85)
        edge = QFrame()
        mark(edge, ground="rule")
        edge.setFixedWidth(RING)
        self._row = QHBoxLayout()
        for part, share in ((self.stage, 46), (edge, 0), (self.board, 54)):
            self._row.addWidget(part, share)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.fixed, 3)
        layout = stacked()
        layout.addLayout(self._row, 15)
        layout.addLayout(foot, 1)
        self.setLayout(layout)

    def show_lots(self, lots: HallLots) -> None:
        """Show where it stands."""
        self.stage.show_lots(lots)
        self.board.show_rooms(lots.rooms)
        self.count.say(Say("hall.lots.count", shown=lots.shown, total=lots.total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gaps are a share of the width."""
        super().resizeEvent(event)
        self._row.setSpacing(self.width() // 40)
