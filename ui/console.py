"""`venue-app console`: a room's board, or a witness's screen, on a second laptop.

    console = Console(url, code); console.window.show()

From the joining page to the open place and back. What is remembered is the pairing alone: everything
else comes from the proctor's laptop, and is checked here.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import bootstrap, settings, tasks
from ui.console_window import ConsoleWindow
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, Type, mark
from ui.widgets.buttons import Button
from ui.widgets.joining import JoinForm, JoinWords
from ui.widgets.layout import STRETCH, Words, column, holder, row
from ui.widgets.notices import ErrorBanner
from ui.words import Say, bind
from venue_app.base.errors import Known
from venue_app.base.paths import data_dir
from venue_app.host.remote import RemoteVenue, key_at, take_place
from venue_app.lan.hold import Pairing, load_pairing, save_pairing
from venue_app.lan.link import JoiningLink
from venue_app.lan.pace import Pace

log = logging.getLogger(__name__)
T = TypeVar("T")


class Console(QObject):
    """`folder` keeps the pairing. With a code the place is taken anew, else the last one is gone on with."""

    _waits = Signal(object, str)

    def __init__(
        self,
        url: str = "",
        code: str = "",
        person: str = "",
        folder: Path | None = None,
        pace: Pace | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = (folder or data_dir() / "console") / "place.json"
        self._pace = pace
        self._kept = settings.load()
        self.place: ConsoleWindow | None = None
        self._asking: tasks.Task | None = None
        self.join = JoinForm(
            JoinWords(
                Say("console.join.title"),
                Say("console.join.lead"),
                Say("console.join.go"),
                Say("console.join.person"),
                Say("console.join.person_hint"),
                name_missing=Say("console.join.person_hint"),
                code=Say("console.join.code"),
            )
        )
        self.join.asked.connect(self._asked)
        self.join.trusted.connect(lambda link, person, key: self._take(link, person, bytes.fromhex(key)))
        self._waits.connect(self._show_waiting, Qt.ConnectionType.QueuedConnection)
        self.banner = ErrorBanner()
        self.again = Button(Say("console.line.retry"), kind="primary")
        self.again.clicked.connect(self._go_on)
        self.give_up = Button(Say("console.line.leave"), kind="quiet")
        self.give_up.clicked.connect(self.begin)
        self.opening = self._opening()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.join)
        self.stack.addWidget(self.opening)
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        bind(self.window, "setWindowTitle", Say("console.join.title"))
        mark(self.window, ground="paper")
        self.window.resize(PAGE_WIDTH, PAGE_HEIGHT)
        self.join.fill(url, code, person)
        self._pairing = None if code or "#" in url else load_pairing(self._file)
        if self._pairing is not None:
            self._go_on()

    def _opening(self) -> QWidget:
        words = Words(Say("console.line.opening"), Type.TITLE)
        self.actions = holder(row(self.again, self.give_up, STRETCH))
        self.actions.hide()
        return holder(column(self.banner, STRETCH, words, self.actions, STRETCH, STRETCH, gap=4, margin=12))

    # ---- joining ----

    def begin(self) -> None:
        """From the start: the place that was held is forgotten here."""
        self._file.unlink(missing_ok=True)
        self._pairing = None
        self.join.begin()
        self.stack.setCurrentWidget(self.join)
        if self.place is not None:
            self.window.show()
            self.place.finish()

    def _asked(self, link: JoiningLink, person: str) -> None:
        if link.pin is not None:
            self._take(link, person, None)
            return
        self._ask(lambda _progress: key_at(link).hex(), lambda key: self.join.compare(link, key))

    def _ask(self, work: Callable[[tasks.Progress], T], done: Callable[[T], None]) -> None:
        """What was asked before is not waited for any more: only the last answer counts."""
        if self._asking is not None:
            self._asking.drop()
        self._asking = tasks.run(work, owner=self, done=done, failed=self.join.refuse)

    def _take(self, link: JoiningLink, person: str, key: bytes | None) -> None:
        def work(progress: tasks.Progress) -> Pairing:
            name = platform.node() or str(Say("console.join.device_default"))
            found = take_place(link, name, person, key, lambda holder: self._waits.emit(progress, holder))
            if progress.wanted:
                save_pairing(self._file, found)
            return found

        self._ask(work, self._taken)

    def _show_waiting(self, progress: tasks.Progress, holder: str) -> None:
        if progress.wanted:
            self.join.show_waiting(holder)

    def _taken(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._go_on()

    # ---- opening ----

    def _go_on(self) -> None:
        pairing = self._pairing
        assert pairing is not None
        self.banner.hide()
        self.actions.hide()
        self.stack.setCurrentWidget(self.opening)
        tasks.run(
            lambda _progress: RemoteVenue.open(
                pairing, self._pace, moved=lambda now: save_pairing(self._file, now)
            ),
            owner=self,
            done=self._opened,
            failed=self._not_opened,
        )

    def _not_opened(self, fault: Known) -> None:
        if fault.code == "lan.unknown_station":  # given back meanwhile: only a new code helps
            self.begin()
            self.join.banner.show_known(fault)
            return
        self.banner.show_known(fault)
        self.actions.show()

    def _opened(self, venue: RemoteVenue) -> None:
        place = self.place = ConsoleWindow(venue, bootstrap.shown(self._kept), self)
        place.closed.connect(lambda: self._closed(place))
        place.rejoin_asked.connect(self.begin)
        place.settings_chosen.connect(self._looks)
        place.frame.show()
        self.window.hide()

    def _closed(self, place: ConsoleWindow) -> None:
        """Saying goodbye takes a moment; another place may have been taken meanwhile."""
        place.deleteLater()
        if self.place is place:
            self.place = None

    def _looks(self, chosen: settings.Settings) -> None:
        kept = bootstrap.to_keep(chosen, self._kept)
        self._kept = msgspec.structs.replace(kept, recents=settings.load().recents)
        settings.save(self._kept)
        bootstrap.wear(self._kept)


def run_console(url: str | None = None, code: str | None = None, person: str | None = None) -> int:
    """Open a console; returns the exit status."""
    bootstrap.application()
    console = Console(url or "", code or "", person or "")
    return bootstrap.run(lambda: console.window)
