"""The middle of the room: who is on the floor, the clock, the sheet, and the bar of the one next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.screens.room.floor_parts import Checker, Papers, PauseButton, Person, ReasonLine, Tally, spent_words
from ui.screens.room.more import MoreButton
from ui.screens.room.sheet import Sheet
from ui.screens.room.view import FloorView, RoomView, StepView
from ui.theme import Type, mark, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.clock import ClockFace
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text
from venue_app.base.clock import SystemClock
from venue_app.domain.entries import ASLEEP, RESTART

#: After the step has changed, presses are not taken for so long: the second half of a double click
#: must not take the step that has just come up.
SETTLE_MS = 400

_BY_ITSELF = {RESTART: Say("room.pause.restart"), ASLEEP: Say("room.pause.asleep")}
"""Why the program itself stops a clock."""


class Floor(QFrame):
    """The card in the middle, and `bar`, laid out by the page. It only says what was pressed; the controller sends it."""

    stepped = Signal(object, str)
    """The `StepView` that was taken and the checker's name ('' unless it is the check)."""
    paused = Signal(str)
    resumed = Signal()
    absent = Signal(int)

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="card")
        self._now = now_ms
        self._local = SystemClock().mono_ms
        self._step: StepView | None = None
        self._settled = self._lot = 0
        self._busy = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SETTLE_MS)
        self._slow.timeout.connect(self._offer)
        self.person = Person()
        self.absent_button = HeldButton(Say("room.floor.absent"), tone="alarm", size=Type.BODY)
        self.absent_button.held.connect(self._absent)
        self.more = MoreButton()
        self.papers = Papers()
        self.spent = Words("", tone="quiet", wrap=False)
        self.clock = ClockFace(now_ms)
        self.tally = Tally()
        self.awaits = Words("", tone="quiet")
        self.pause_note = Words("", tone="wait", strong=True)
        self.checked = StateMark(Mark.DONE)
        self.sheets = QVBoxLayout()
        self.sheets.setContentsMargins(0, 0, 0, 0)
        self._sheets: list[Sheet] = []
        self.sheet_area = scrolled(holder(self.sheets))
        self.checker = Checker()
        self.checker.typed.connect(self._offer)
        self.checker.edit.returnPressed.connect(self.press)
        self.reason = ReasonLine(Say("room.pause.other_hint"), Say("room.pause.go"))
        self.reason.given.connect(self.paused)
        self.pause = PauseButton()
        self.pause.paused.connect(self._pause)
        self.end = Button("")
        self.end.clicked.connect(self._end)
        self.accept = Button(Say("room.act.accept"))
        self.accept.clicked.connect(self._accept)
        self.bar = ActionBar(self.pause, self.end, self.accept)
        self.bar.pressed.connect(self.press)
        self._room: RoomView | None = None
        self._lay()

    def _lay(self) -> None:
        aside = column(row(STRETCH, self.absent_button, self.more, gap=3), row(STRETCH, self.spent), STRETCH)
        head = row(self.person, aside, gap=4)
        head.setStretch(0, 1)
        body = column(
            head,
            self.papers,
            self.clock,
            self.pause_note,
            self.awaits,
            self.sheet_area,
            self.checked,
            self.checker,
            self.reason,
            gap=2,
            margin=5,
        )
        body.setStretch(body.indexOf(self.clock), 3)
        body.setStretch(body.indexOf(self.sheet_area), 5)
        body.addWidget(self.tally, 1)
        self.setLayout(body)

    def sizeHint(self) -> QSize:
        """The largest of the three columns."""
        return QSize(space(170), space(140))

    def show_room(self, room: RoomView) -> None:
        """Show the room as it stands."""
        self._room = room
        floor = room.floor
        self.more.show_acts(room.acts, 0 if floor is None else floor.lot)
        self.papers.setVisible(floor is not None)
        if floor is None:
            self._show_empty(room)
        else:
            self._show_floor(room, floor)
        self._show_sheets(room)
        if self._step != room.step:
            self._settled = self._local() + SETTLE_MS if self._step is not None else 0
            if self._step is None or self._step.lot != room.step.lot:
                self.checker.edit.clear()
                self.reason.hide()
            self._step = room.step
        self._offer()

    def set_busy(self, busy: bool) -> None:
        """While a command is on its way nothing more is taken; if it takes long, that is said."""
        self._busy = busy
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self._offer()

    def press(self) -> None:
        """Take the next step, as the primary action does."""
        step = self._step
        if step is None or self._busy or self._refusal() is not None or self._local() < self._settled:
            return
        if self._standing:
            self.resumed.emit()
        else:
            self.stepped.emit(step, self.checker.name if step.kind == "check" else "")

    def toggle_pause(self) -> None:
        """Ask for a reason to pause, or let the clock go on."""
        if self._standing:
            self.resumed.emit()
        elif self.pause.isVisible():
            self.pause.click()

    @property
    def _standing(self) -> bool:
        """Whether a clock is paused: then the next step is to let it go on, and ending it stands apart."""
        floor = self._room.floor if self._room is not None else None
        return floor is not None and floor.can_resume

    def _end(self) -> None:
        if self._step is not None and not self._busy:
            self.stepped.emit(self._step, "")

    def _accept(self) -> None:
        if self._step is not None and self._step.lot is not None:
            self.more.chosen.emit("accept", self._step.lot)

    def _show_empty(self, room: RoomView) -> None:
        following = next((x for x in room.queue if x.lot.state == "next"), None)
        if following is None:
            self.person.show_nobody(Say("room.floor.finished"))
        else:
            line = following
            self.person.show_person(Say("room.floor.next"), line.lot.number, line.post, line.name)
        for part in (self.clock, self.spent, self.pause_note, self.awaits, self.absent_button, self.reason):
            part.hide()
        self.tally.setVisible(following is None)
        self.tally.tell(Say("room.floor.over"), f"{room.over} / {room.total}")

    def _show_floor(self, room: RoomView, floor: FloorView) -> None:
        if floor.lot != self._lot:
            self.absent_button.let_go()  # who began to hold it meant somebody else
            self._lot = floor.lot
        self.person.show_person(Say("room.floor.lot"), floor.lot, floor.post, floor.name)
        self.papers.show_floor(floor)
        self.absent_button.setVisible(floor.can_be_absent)
        self.clock.setVisible(floor.clock is not None)
        if floor.clock is not None:
            self.clock.show_reading(floor.clock, floor.stage)
        self.spent.setVisible(bool(floor.ended))
        self.spent.say(spent_words(floor.ended))
        self.pause_note.setVisible(floor.can_resume)
        reason: Text = _BY_ITSELF.get(floor.pause_reason, floor.pause_reason)
        self.pause_note.say(Say("room.floor.paused", reason=reason))
        if not floor.can_pause:
            self.reason.hide()
        self.awaits.setVisible(bool(floor.awaits))
        self.awaits.say(floor.awaits)
        self.tally.setVisible(floor.clock is None and not room.sheets)
        self.tally.tell(
            Say("room.floor.in"), f"{room.marked} / {len(room.seats)}", room.step.why or room.step.note
        )

    def _show_sheets(self, room: RoomView) -> None:
        while len(self._sheets) > len(room.sheets):
            self._sheets.pop().deleteLater()
        while len(self._sheets) < len(room.sheets):
            sheet = Sheet()
            self._sheets.append(sheet)
            self.sheets.addWidget(sheet)
        for widget, view in zip(self._sheets, room.sheets, strict=True):
            widget.show_sheet(view)
        self.sheet_area.setVisible(bool(room.sheets))
        self.checked.setVisible(bool(room.checker))
        if room.checker:
            key = "room.check.released" if room.released else "room.check.done"
            self.checked.show_mark(Mark.DONE, Say(key, checker=room.checker))
        self.checker.setVisible(room.step.kind == "check")
        self.checker.offer(room.checkers)

    def _refusal(self) -> Text | None:
        if self._step is None or (self._busy and not self._slow.isActive()):
            return Say("room.gate.sending")
        if self._step.why is not None:
            return self._step.why
        if self._step.kind == "check" and not self.checker.name:
            return Say("room.gate.checker")
        return None

    def _offer(self) -> None:
        if self._step is None:
            return
        why = self._refusal()
        floor = self._room.floor if self._room is not None else None
        self.pause.setVisible(floor is not None and floor.can_pause)
        self.end.setVisible(self._standing)
        self.accept.setVisible(
            self._step.kind == "set-aside" and self.more.lot_of("accept") == self._step.lot
        )
        self.end.say(self._step.text)
        if self._standing:
            self.bar.offer(Say("room.pause.resume"))
        elif why is None:
            self.bar.offer(self._step.text)
        else:
            self.bar.refuse(self._step.text, why)

    def _pause(self, reason: str) -> None:
        if reason:
            self.paused.emit(reason)
        else:
            self.reason.ask()

    def _absent(self) -> None:
        if self._room is not None and self._room.floor is not None:
            self.absent.emit(self._room.floor.lot)
