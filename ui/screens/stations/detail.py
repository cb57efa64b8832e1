"""The chosen seat: its code to be typed or scanned, or its device, and the held press that lets it go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ui.phrases import Joined
from ui.screens.stations.qr import QrCode
from ui.screens.stations.view import SeatRow
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.widgets.leaves import Leaves
from ui.widgets.state import ShapedWord
from ui.words import Say, Text, bind, bind_name
from venue_app.lan.presence import CLOCK_MS

_LIFE_S = 600
LOOKS: dict[str, tuple[str, str, Say]] = {
    "free": ("circle", "quiet", Say("stations.look.free")),
    "code": ("dot", "primary", Say("stations.look.code")),
    "online": ("check", "done", Say("stations.look.online")),
    "lost": ("alarm", "alarm", Say("stations.look.lost")),
}


class Detail(QFrame):
    """One seat."""

    issue = Signal(str)
    release = Signal(str, str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="card")
        self.seat = ""
        self.title = Words("", Type.TITLE, strong=True)
        self.who = Words("", tone="quiet")
        self.state = ShapedWord(strong=True)
        self.stack = Leaves()
        self.free, self.code, self.device = QWidget(), QWidget(), QWidget()
        for page, layout in (
            (self.free, self._lay_free()),
            (self.code, self._lay_code()),
            (self.device, self._lay_device()),
        ):
            page.setLayout(layout)
            self.stack.addWidget(page if page is self.code else scrolled(page))
        whole = column(self.title, self.who, self.state, self.stack, gap=2, margin=4)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.setMinimumWidth(space(84))

    def _lay_free(self) -> QVBoxLayout:
        self.issue_button = Button(Say("stations.issue"))
        self.issue_button.clicked.connect(lambda: self.issue.emit(self.seat))
        self.how = Words("", tone="quiet")
        return column(self.how, row(self.issue_button, STRETCH), STRETCH, gap=3)

    def _lay_code(self) -> QVBoxLayout:
        self.qr = QrCode()
        self.number = Words("", Type.DISPLAY, strong=True, wrap=False)
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.life = QProgressBar()
        self.life.setRange(0, _LIFE_S)
        self.life.setTextVisible(False)
        self.left = Words("", Type.CAPTION, tone="quiet", wrap=False)
        again = Button(Say("stations.issue_again"), kind="quiet")
        again.clicked.connect(lambda: self.issue.emit(self.seat))
        layout = column(
            self.qr,
            Words(Say("stations.scan"), Type.CAPTION, tone="quiet"),
            self.number,
            self.life,
            row(self.left, STRETCH, again),
        )
        layout.setStretch(0, 1)
        return layout

    def _lay_device(self) -> QVBoxLayout:
        self.facts = Words("")
        self.calls = ShapedWord(strong=True)
        self.calls.show_word("alarm", "wait", Say("stations.calls"))
        self.answer = Button(Say("stations.answer"))
        self.answer.clicked.connect(lambda: self.answered.emit(self.seat))
        self.call_part = holder(column(self.calls, row(self.answer, STRETCH)))
        self.next_code = Words("", strong=True)
        self.replace = Button(Say("stations.replace"))
        self.replace.clicked.connect(lambda: self.issue.emit(self.seat))
        self.reason = QLineEdit()
        bind(self.reason, "setPlaceholderText", Say("stations.reason_hint"))
        bind_name(self.reason, Say("stations.reason"))
        self.reason.textChanged.connect(self._judge)
        self.let_go = HeldButton(Say("stations.release"), tone="alarm", size=Type.BODY)
        self.let_go.held.connect(self._release)
        return column(
            self.facts,
            self.call_part,
            row(self.replace, STRETCH),
            self.next_code,
            STRETCH,
            Words(Say("stations.release_how"), Type.CAPTION, tone="quiet"),
            self.reason,
            self.let_go,
            gap=3,
        )

    def show_seat(self, seat: SeatRow) -> None:
        """Show a seat as it stands."""
        if seat.id != self.seat:
            self.seat = seat.id
            self.reason.clear()
        self.title.say(seat.title or Say("stations.seat_in", where=seat.where, number=seat.number))
        self.how.say(Say("stations.place_how") if seat.title else Say("stations.free_how"))
        self.who.say(seat.who)
        self.who.setVisible(bool(seat.who))
        shape, tone, word = LOOKS[seat.look]
        self.state.show_word(shape, tone, seat.following or word)
        if seat.look == "free":
            self.stack.setCurrentIndex(0)
        elif seat.look == "code":
            self._show_code(seat)
        else:
            self._show_device(seat)

    def _show_code(self, seat: SeatRow) -> None:
        self.stack.setCurrentIndex(1)
        self.qr.show_text(seat.link)
        self.number.say(seat.code)
        self.life.setValue(min(_LIFE_S, seat.left_s))
        self.left.say(Say("stations.left", time=_minutes(seat.left_s)))

    def _show_device(self, seat: SeatRow) -> None:
        self.stack.setCurrentIndex(2)
        self.facts.say(device_facts(seat))
        self.call_part.setVisible(seat.calls)
        self.next_code.setVisible(bool(seat.code))
        self.next_code.say(Say("stations.replace_code", code=seat.code, time=_minutes(seat.left_s)))
        self._judge()

    def _judge(self) -> None:
        self.let_go.setEnabled(bool(self.reason.text().strip()))

    def _release(self) -> None:
        self.release.emit(self.seat, self.reason.text().strip())


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def device_facts(seat: SeatRow) -> Text:
    """Everything known of a device, a line each."""
    return Say(
        "stations.facts",
        device=seat.device,
        joined=seat.joined,
        address=seat.address or "—",
        heard=heard(seat),
        pending=seat.pending,
        clock=clock_words(seat),
        client=seat.client or "—",
        battery="—" if seat.battery is None else f"{seat.battery}%",
    )


def clock_words(seat: SeatRow) -> Text:
    """How its clocks stand against the laptop's: the stage clock it shows, and its calendar clock."""
    if seat.error is None:
        return Say("stations.clock.unknown")
    key = "stations.clock.beyond" if seat.error > CLOCK_MS else "stations.clock.within"
    if seat.ahead is None or abs(seat.ahead) < 1000:
        return Say(key, error=seat.error)
    calendar = Say(
        "stations.clock.ahead" if seat.ahead > 0 else "stations.clock.behind", seconds=abs(seat.ahead) // 1000
    )
    return Joined((Say(key, error=seat.error), calendar))


def heard(seat: SeatRow) -> Text:
    """When it was last heard."""
    if seat.silent_s is None:
        return Say("stations.heard.never")
    if seat.look == "online":
        return Say("stations.heard.now") if seat.rtt is None else Say("stations.heard.rtt", rtt=seat.rtt)
    return Say("stations.heard.ago", seconds=seat.silent_s)
