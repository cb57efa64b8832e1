"""The station as a program: line, desk and window put together.

    station = StationScreen(url, code); station.window.show()

What is heard goes to the desk, what the desk makes of it to the window, what is pressed back to both.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer

from ui import settings, words
from ui.line import StationLine
from ui.screens.station.desk import Desk
from ui.screens.station.drafts import Drafts
from ui.screens.station.over import StayDialog
from ui.screens.station.picture import picture
from ui.screens.station.window import StationWindow
from ui.theme import Theme, dress
from ui.words import Say
from venue_app.base import i18n
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.base.paths import data_dir
from venue_app.lan import messages as m
from venue_app.lan.link import JoiningLink
from venue_app.lan.pace import Pace

_TICK_MS = 500
_MEASURE_EACH = 6
"""The clocks' offset is asked for with every sixth tick."""


class StationScreen(QObject):
    """One judge's or observer's station. `folder` keeps pairing, sheets and drafts."""

    def __init__(
        self,
        url: str = "",
        code: str = "",
        folder: Path | None = None,
        pace: Pace | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Raises `Known` (lan.outbox_unwritable) when nothing could be kept on this device."""
        super().__init__(parent)
        keep = folder or data_dir() / "station"
        self._clock = SystemClock()
        self._ticks = 0
        self.line = StationLine(keep, pace, self)
        self.desk = Desk(self._clock.mono_ms)
        self._drafts = Drafts(keep / "drafts.json")
        self.window = StationWindow(self._clock.mono_ms)
        self.dialog: StayDialog | None = None
        self._kept = settings.load()
        self._wear()
        self._listen()
        self._press()
        self._timer = QTimer(self.window)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.window.join.fill(url, code)
        self._tell_strangers()
        if self.line.pairing is not None and not code:
            self._begin()

    def _tell_strangers(self) -> None:
        """Sheets of another seat or event that are kept here."""
        count = self.line.strangers
        self.window.join.tell(Say("station.join.other_kept", count=count) if count else "")

    # ---- what is heard ----

    def _listen(self) -> None:
        line = self.line
        line.linked.connect(self._linked)
        line.welcomed.connect(self._welcomed)
        line.viewed.connect(self._viewed)
        line.received.connect(self._received)
        line.refused.connect(self._refused)
        line.called.connect(self._called)
        line.pending.connect(self._pending)
        line.offset.connect(self.window.head.clock.set_offset)
        line.joined.connect(lambda _pairing: self._begin())
        line.join_refused.connect(self.window.join.refuse)
        line.key_seen.connect(self.window.join.compare)
        line.keep_refused.connect(self._keep_refused)
        line.kept.connect(self._sheet_kept)

    def _begin(self) -> None:
        pairing = self.line.pairing
        if pairing is None:
            return
        self.desk.drafts = self._drafts.read(pairing.event, pairing.seat)
        self.line.start()
        self.show()

    def _linked(self, link: str) -> None:
        self.desk.hear_link(link)
        self.show()

    def _welcomed(self, welcome: m.Welcome) -> None:
        self.desk.hear_welcome(welcome)
        self.show()

    def _viewed(self, view: m.View) -> None:
        self.desk.hear_view(view)
        self.show()

    def _received(self, receipt: m.Receipt) -> None:
        self.desk.hear_receipt(receipt)
        self.show()

    def _refused(self, told: tuple[m.Sheet, m.Refused]) -> None:
        self.desk.hear_refused(*told)
        self.show()

    def _called(self, on: bool) -> None:
        self.desk.hear_called(on)
        self.show()

    def _pending(self, sheets: tuple[m.Sheet, ...]) -> None:
        self.desk.hear_pending(sheets)
        self.show()

    def _keep_refused(self, fault: Known) -> None:
        self.window.banner.show_known(fault)
        self.window.review.send.setEnabled(True)

    # ---- what is pressed ----

    def _press(self) -> None:
        window = self.window
        window.join.asked.connect(self._ask)
        window.join.trusted.connect(self._trust)
        window.head.called.connect(self.line.call)
        window.looks.chosen.connect(self._look)
        window.score.given.connect(self._give)
        window.score.reviewed.connect(lambda: self._do(self.desk.review))
        window.score.opened.connect(self._open)
        window.review.edited.connect(lambda: self._do(self.desk.back))
        window.review.sent.connect(self._send)
        window.wait.opened.connect(self._open)
        window.wait.corrected.connect(lambda sheet: self._do(lambda: self.desk.correct(sheet)))
        window.wait.dismissed.connect(lambda sheet: self._do(lambda: self.desk.dismiss(sheet)))
        window.over.acted.connect(self._over)
        window.connecting.retried.connect(self.line.retry)
        window.close_asked.connect(self.leave)

    def _do(self, act: object) -> None:
        assert callable(act)
        act()
        self.show()

    def _ask(self, link: JoiningLink, device: str) -> None:
        self.line.join(link, device)

    def _trust(self, link: JoiningLink, device: str, key: str) -> None:
        self.line.join(link, device, key)

    def _open(self, room: str, lot: int) -> None:
        self.desk.open(room, lot)
        self.show()

    def _give(self, criterion: str, steps: int) -> None:
        self.desk.give(criterion, steps)
        self._keep_drafts()
        self.show()

    def _send(self) -> None:
        sheet = self.desk.sheet()
        if sheet is not None:
            self.window.banner.hide()
            self.window.review.send.setEnabled(False)
            self.line.submit(*sheet)

    def _sheet_kept(self, room: str, lot: int) -> None:
        self.window.review.send.setEnabled(True)
        self.desk.sent(room, lot)
        self._keep_drafts()
        self.show()

    def _keep_drafts(self) -> None:
        pairing = self.line.pairing
        if pairing is not None:
            self._drafts.write(pairing.event, pairing.seat, self.desk.drafts)

    def _over(self, kind: str) -> None:
        if kind in ("released", "elsewhere"):
            self.line.forget()
            self.desk.leave()
            self.window.join.begin()
            self._tell_strangers()
            self.window.show_joining()
        elif kind == "replaced":
            self.desk.hear_link("connecting")
            self.line.again()
            self.show()
        else:
            self.leave()

    # ---- what is shown ----

    def show(self) -> None:
        """Show what follows from all that is known."""
        if self.line.pairing is not None:
            self.window.show_station(picture(self.desk))

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % _MEASURE_EACH == 0:
            self.line.measure()
        if self.window.isVisible():
            self.show()

    def _look(self, what: str, which: str) -> None:
        if what == "size":
            self._kept = msgspec.structs.replace(self._kept, large=which == "large")
        elif what == "light":
            self._kept = msgspec.structs.replace(self._kept, theme=which)
        else:
            i18n.ask_for(None)
            self._kept = msgspec.structs.replace(self._kept, language=which)
            words.switch(which)
        settings.save(self._kept)
        self._wear()

    def _wear(self) -> None:
        kept = self._kept
        dress(self.window, Theme(kept.theme, large=kept.large, touch=True))
        self.window.looks.show_chosen("large" if kept.large else "normal", kept.theme, i18n.language())

    # ---- the way out ----

    def leave(self) -> None:
        """Close, unless marks have not arrived: then only with a held press."""
        if self.dialog is not None:
            return
        if not self.desk.unsent:
            self.finish()
            return
        self.dialog = StayDialog(len(self.desk.pending), self.window)
        self.dialog.left.connect(self.finish)
        self.dialog.finished.connect(self._stayed)
        self.dialog.open()

    def _stayed(self) -> None:
        self.dialog = None

    def finish(self) -> None:
        """End the line and the window; what is kept stays kept."""
        self._timer.stop()
        self.line.close()
        self.window.let_close()
