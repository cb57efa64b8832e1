"""The pages of the big screen, and the stack that shows one of them.

pages = HallPages(clock.mono_ms)
pages.show_hall(view)
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.phrases import Joined, spoken
from ui.screens.hall.lots import LotsPage, stacked
from ui.screens.hall.painted import Line, MarkRow, OrderBoard
from ui.screens.hall.view import HallRoom, HallView
from ui.screens.hall.votes import Votes
from ui.theme import RING, Theme, Type, dress, mark, space
from ui.widgets.clock import ClockFace
from ui.words import Say, Text
from venue_app.base.clock import SystemClock, local_hms

_SLATE_MS = 500
WALL_MS = SystemClock().wall_ms

STILL_MS = 3_000
"""How long the marks stand alone before the result appears."""

_HALL = Theme("hall")


class Welcome(QWidget):
    """The event, the place, and the rules in short lines."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Line()
        self.place = Line(tone="quiet", bold=False, most=0.8)
        self.rules = QVBoxLayout()
        self.rules.setSpacing(0)
        self._lines: list[Line] = []
        layout = stacked((QWidget(), 2), (self.title, 4), (self.place, 2), (QWidget(), 1))
        layout.addLayout(self.rules, 5)
        layout.addWidget(QWidget(), 1)
        self.setLayout(layout)

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        self.title.say(view.title)
        self.place.say(view.place)
        while len(self._lines) < len(view.rules):
            self._lines.append(Line(tone="quiet", bold=False, most=0.6))
            self.rules.addWidget(self._lines[-1], 1)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(view.rules))
            if at < len(view.rules):
                line.say(view.rules[at])


class _Promise(QWidget):
    """A fingerprint with its heading: on two lines where it stands alone, on one beside others."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Line(tone="quiet", bold=False, most=0.85)
        self.lines = [Line(bold=False, most=0.9) for _ in range(2)]
        self.setLayout(stacked((self.heading, 4), (self.lines[0], 5), (self.lines[1], 5)))

    def show_promise(self, heading: Text, digest: str, alone: bool) -> None:
        """Show it; one that is still awaited stands as a dash."""
        groups = [digest[i : i + 4] for i in range(0, len(digest), 4)]
        self.heading.say(heading)
        self.lines[0].say(" ".join(groups[:8] if alone else groups) or "—")
        self.lines[1].say(" ".join(groups[8:]))
        self.lines[1].setVisible(alone)


class Break(QWidget):
    """Nothing goes on: the word, large, and who is next in each room."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Line(Say("hall.pause.title"), most=0.7)
        self.day = Line(tone="quiet", bold=False, most=0.7)
        self.rooms = QVBoxLayout()
        self.rooms.setSpacing(0)
        self._lines: list[Line] = []
        layout = stacked((QWidget(), 2), (self.title, 7), (self.day, 2), (QWidget(), 1))
        layout.addLayout(self.rooms, 5)
        layout.addWidget(QWidget(), 1)
        self.setLayout(layout)

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        self.day.say(view.title)
        coming = [room for room in view.rooms if room.lot is not None]
        while len(self._lines) < len(coming):
            self._lines.append(Line(tone="primary", most=0.6))
            self.rooms.addWidget(self._lines[-1], 1)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(coming))
            if at < len(coming):
                key = "hall.pause.on" if coming[at].here else "hall.pause.next"
                line.say(Say(key, room=coming[at].title, lot=coming[at].lot))


class Slate(QWidget):
    """Small, for the camera: the time of day, who is up, the head of the journal."""

    def __init__(self, wall_ms: Callable[[], int]) -> None:
        super().__init__()
        self._wall = wall_ms
        self.time = Line(tone="quiet", bold=False, left=True, most=0.75)
        self.words = Line(tone="quiet", bold=False, right=True, most=0.75)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.time, 1)
        layout.addWidget(self.words, 5)
        self._timer = QTimer(self)
        self._timer.setInterval(_SLATE_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def show_words(self, words: tuple[Text, ...]) -> None:
        """Who is up, and the head."""
        self.words.say(Joined(_said(word) for word in words if word))

    def tick(self) -> None:
        """The time as it is."""
        self.time.say(local_hms(self._wall()))


def _said(word: Text) -> Say:
    return word if isinstance(word, Say) else spoken(lambda _lang: word)


class DrawPage(QWidget):
    """Between commitment and reveal: what was laid down before, to be photographed."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Line(Say("hall.draw.title"))
        self.count = Line(tone="quiet", bold=False, most=0.8)
        self.promises = [_Promise() for _ in range(5)]
        self.public = Line(tone="primary", most=0.9)
        layout = stacked((self.title, 4), (self.count, 2))
        for promise in self.promises:
            layout.addWidget(promise, 5)
        layout.addWidget(self.public, 2)
        self.setLayout(layout)

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        if view.draw is None:
            return
        self.count.say(Say("hall.draw.count_of", draw=view.draw.title, count=view.draw.count))
        alone = not view.draw.parties
        shown = [
            (Say("hall.draw.list"), view.draw.list_digest),
            (Say("hall.draw.commitment"), view.draw.commitment),
            *((Say("hall.draw.of_party", party=party), digest) for party, digest in view.draw.parties),
        ]
        for at, promise in enumerate(self.promises):
            promise.setVisible(at < len(shown))
            if at < len(shown):
                promise.show_promise(*shown[at], alone)
        self.public.setVisible(bool(view.draw.public))
        self.public.say(Say("hall.draw.public", public=view.draw.public))


class Stillness(QTimer):
    """Holds a result back for a moment, once: the same result again is told at once.

    When not `timed`, until `end` is called: where time itself is played back, the moment is not this machine's.
    """

    def __init__(self, tell: Callable[[Text], None], parent: QWidget, *, timed: bool = True) -> None:
        super().__init__(parent)
        self._tell, self._key, self._value = tell, "", ""
        self._timed, self._held = timed, False
        self.setSingleShot(True)
        self.setInterval(STILL_MS)
        self.timeout.connect(self.end)

    def hold(self, key: str, value: str) -> None:
        """Tell `value` after the stillness, if `key` is new."""
        self._value = value
        if key != self._key:
            self._key, self._held = key, True
            self._tell("")
            if self._timed:
                self.start()

    def end(self) -> None:
        """The stillness is over."""
        self.stop()
        if self._held:
            self._held = False
            self._tell(self._value)

    def forget(self) -> None:
        """What comes next begins with stillness again."""
        self.stop()
        self._key, self._held = "", False


class RoomPanel(QFrame):
    """One room: the lot, the post, and below them a clock, a word, or the released value."""

    def __init__(self, now_ms: Callable[[], int], whole: bool, *, timed: bool = True) -> None:
        super().__init__()
        self.head = Line(tone="quiet", bold=False, most=0.8)
        self.lot = Line()
        self.post = Line(tone="quiet", bold=False, most=0.85)
        self.clock = ClockFace(now_ms, least=Type.CAPTION)
        self.word = Line(tone="primary", most=0.3)
        self.value = Line(most=0.7)
        self.still = Stillness(self.value.say, self, timed=timed)
        self.body = QStackedWidget()
        for part in (self.clock, self.word, self.value):
            self.body.addWidget(part)
        below = 16 if whole else 14
        self.setLayout(stacked((self.head, 2), (self.lot, 6), (self.post, 3), (self.body, below)))

    def show_room(self, room: HallRoom) -> None:
        """Show the room as it stands."""
        self.head.say(room.title)
        self.lot.say("" if room.lot is None else Say("hall.lot", lot=room.lot))
        self.post.say(room.post)
        if room.result is not None:
            self.still.hold(f"{room.room}/{room.lot}", room.result.value)
            self.body.setCurrentWidget(self.value)
            return
        self.still.forget()
        if room.clock is not None:
            self.clock.show_reading(room.clock, room.stage)
            self.body.setCurrentWidget(self.clock)
        else:
            self.word.say(room.word)
            self.body.setCurrentWidget(self.word)


class Now(QWidget):
    """Who is up: one room large, or several beside each other."""

    def __init__(self, now_ms: Callable[[], int], *, timed: bool = True) -> None:
        super().__init__()
        self._now, self._timed = now_ms, timed
        self.panels: list[RoomPanel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        if len(self.panels) != len(view.rooms):
            self._make(len(view.rooms))
        self._row.setSpacing(self.width() // 24)
        for panel, room in zip(self.panels, view.rooms, strict=True):
            panel.show_room(room)

    def _make(self, count: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.panels = [RoomPanel(self._now, count == 1, timed=self._timed) for _ in range(count)]
        for at, panel in enumerate(self.panels):
            if at:
                line = QFrame()
                mark(line, ground="rule")
                line.setFixedWidth(RING)
                self._row.addWidget(line)
            self._row.addWidget(panel, 1)


class Result(QWidget):
    """Marks as announced; after a moment of stillness what they come to."""

    def __init__(self, *, timed: bool = True) -> None:
        super().__init__()
        self.head = Line(tone="quiet", bold=False, most=0.8)
        self.lot = Line()
        self.marks = MarkRow()
        self.title = Line(tone="quiet", bold=False, most=0.8)
        self.value = Line()
        self.still = Stillness(self.value.say, self, timed=timed)
        self.setLayout(
            stacked(
                (self.head, 3), (self.lot, 6), (QWidget(), 1), (self.marks, 7), (QWidget(), 1),
                (self.title, 3), (self.value, 9), (QWidget(), 1),
            )
        )  # fmt: skip

    def show_hall(self, view: HallView) -> None:
        """Show it."""
        room = view.rooms[0] if view.rooms else None
        if room is None or room.result is None:
            return
        self.head.say(f"{room.title}   {room.post}")
        self.lot.say(Say("hall.lot", lot=room.lot))
        self.marks.show_marks(room.result.marks)
        self.title.say(room.result.title)
        self.still.hold(f"{room.room}/{room.lot}", room.result.value)


class HallPages(QFrame):
    """One page at a time, dark whatever the rest of the program wears.

    `band` stands above every page; unless `timed`, a result waits for `reveal`.
    """

    def __init__(
        self,
        now_ms: Callable[[], int],
        parent: QWidget | None = None,
        wall_ms: Callable[[], int] = WALL_MS,
        *,
        band: Text = "",
        timed: bool = True,
    ) -> None:
        super().__init__(parent)
        self.band = Line(band, tone="wait", most=0.9)
        self.band.setVisible(bool(band))
        self.mode = Line(Say("hall.rehearsal"), tone="wait", most=0.8)
        self.welcome, self.draw = Welcome(), DrawPage()
        self.now, self.result = Now(now_ms, timed=timed), Result(timed=timed)
        self.votes = Votes()
        self.pause, self.slate = Break(), Slate(wall_ms)
        self._pages: dict[str, Welcome | DrawPage | Now | Result | Break | Votes] = {
            "welcome": self.welcome,
            "break": self.pause,
            "vote": self.votes,
            "draw": self.draw,
            "now": self.now,
            "result": self.result,
        }
        self.order, self.lots = OrderBoard(), LotsPage()
        self.stack = QStackedWidget()
        for page in (*self._pages.values(), self.lots, self.order):
            self.stack.addWidget(page)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.band, 2)
        self._layout.addWidget(self.mode, 1)
        self._layout.addWidget(self.stack, 22)
        self._layout.addWidget(self.slate, 1)
        mark(self, ground="paper")
        dress(self, _HALL)

    def show_hall(self, view: HallView) -> None:
        """Show a picture."""
        self.mode.setVisible(view.rehearsal)
        self.slate.show_words(view.slate)
        page = self._pages.get(view.page)
        if page is not None:
            page.show_hall(view)
        elif view.page == "lots" and view.lots is not None:
            self.lots.show_lots(view.lots)
        else:
            self.order.show_order(view.order)
        if page is not self.result:
            self.result.still.forget()
        self.stack.setCurrentWidget(page or (self.lots if view.page == "lots" else self.order))

    def reveal(self) -> None:
        """Results that are held back are told."""
        for still in (self.result.still, *(panel.still for panel in self.now.panels)):
            still.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The margin is a share of the width."""
        super().resizeEvent(event)
        edge = max(space(2), self.width() // 32)
        self._layout.setContentsMargins(edge, edge // 2, edge, edge // 2)
