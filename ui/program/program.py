"""From the start page to an open event and back. One event at a time.

What the start page does not need is imported when it is: the page stands half a second after the start.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import bootstrap, collector, settings, tasks
from ui.screens.start.new_event import NewEvent
from ui.screens.start.page import StartScreen
from ui.settings import Recent
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH
from ui.widgets.notices import Banner
from ui.words import Say, bind
from venue_app.base import i18n
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.base.paths import data_dir

if TYPE_CHECKING:
    from ui.program.check import CheckDialog
    from ui.program.event_window import EventWindow
    from ui.replay.app import Replays
    from ui.screens.scheme.dialog import SchemeDialog
    from ui.standby import Standby
    from venue_app.host.session import EventHost
    from venue_app.lan.server import LanServer
    from venue_app.state import State

StartLan = Callable[["EventHost"], "LanServer"]


def _everywhere(host: EventHost) -> LanServer:
    return host.start_lan()


def _host_class() -> type[EventHost]:
    """Network, seals and screens are loaded with the first event, not before the start page stands."""
    import_module("ui.program.event_window")
    for language in i18n.LANGUAGES:
        i18n.catalogue(language)  # a sentence in three languages must not read three catalogues in mid-room
    from venue_app.host.session import EventHost

    return EventHost


def stage_of(state: State) -> str:
    """How far an event is, as the start page names it."""
    if state.closed_at is not None:
        return "closed"
    if state.opened_at is None:
        return "prepare"
    if state.draw is None or state.draw.held_at is None:
        return "draw"
    left = any(a.status in ("waiting", "floor") for a in state.appearances.values())
    return "room" if left else "seal"


class Program(QObject):
    """`start_lan` opens an event's network; tests keep it on this machine."""

    def __init__(self, start_lan: StartLan = _everywhere, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept = settings.load()
        self._start_lan = start_lan
        self._opening = False
        self.open_event: EventWindow | None = None
        self.dialog: CheckDialog | None = None
        self.scheme: SchemeDialog | None = None
        self.replays: Replays | None = None
        self.standby: Standby | None = None
        self.page = StartScreen()
        self.busy = Banner("primary", closable=False)
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.busy)
        layout.addWidget(self.page, 1)
        bind(self.window, "setWindowTitle", Say("ui.window.title"))
        self.window.resize(PAGE_WIDTH, PAGE_HEIGHT)
        self.page.show_recents(self.kept.recents)
        self.page.open_requested.connect(self.open)
        self.page.new_requested.connect(self.create)
        self.page.demo_requested.connect(self.demo)
        self.page.rehearse_requested.connect(self.rehearse)
        self.page.check_requested.connect(self.check)
        self.page.replay_requested.connect(self.replay)
        self.page.standby_requested.connect(self.stand_by)
        self.page.forget_requested.connect(self._forget)
        self.page.language_chosen.connect(self._speak)
        QTimer.singleShot(0, self._look_ahead)

    def _look_ahead(self) -> None:
        """Load what an open event needs while the user still reads the start page."""
        tasks.run(lambda _progress: _host_class(), owner=self)

    # ---- the doors ----

    def open(self, path: Path) -> None:
        """Open an event file."""
        self._open(lambda: _host_class().open(path))

    def open_handed(self, path: Path) -> None:
        """Open a file that the desktop hands over; an event that is open, or being opened, stays before it."""
        if self.open_event is None and not self._opening:
            self.open(path)

    def create(self, wanted: NewEvent) -> None:
        """Ask for the plan, then make a new event file with it; it can be changed until the run is open."""
        from ui.screens.scheme.dialog import SchemeDialog
        from ui.screens.scheme.port import NewOffice

        self.scheme = SchemeDialog(NewOffice(), self.window)
        self.scheme.adopted.connect(lambda text: self._make(wanted, text))
        self.scheme.finished.connect(self._planned)
        self.scheme.open()

    def _make(self, wanted: NewEvent, scheme: str) -> None:
        self._open(
            lambda: _host_class().create(wanted.path, title=wanted.title, mode=wanted.mode, scheme=scheme)
        )

    def _planned(self) -> None:
        if self.scheme is not None:
            self.scheme.deleteLater()
            self.scheme = None

    def rehearse(self, path: Path) -> None:
        """Run an event's own plan and roster by robots in a file beside it, then open that."""

        def ready() -> Path:
            from venue_app.rehearsal.own import read_own, rehearsal_stem
            from venue_app.rehearsal.run import free_name, rehearse_event

            file = free_name(path.parent, rehearsal_stem(path, SystemClock().wall_ms()))
            rehearse_event(
                read_own(path), file, file.with_suffix(""), speed=None, progress=lambda *_told: None
            )
            return file

        self._open(lambda: _host_class().open(ready()), Say("start.rehearse.busy"))

    def demo(self) -> None:
        """Open the demonstration, made the first time."""

        def ready() -> Path:
            from venue_app.cli.demo import ready_event  # spreadsheets and robots are needed only here

            return ready_event(data_dir() / "demo")

        self.open_made(ready)

    def open_made(self, ready: Callable[[], Path]) -> None:
        """Open the event file that `ready` makes or finds, beside the window's thread."""
        self._open(lambda: _host_class().open(ready()))

    def check(self) -> None:
        """Check a report, a bundle or an event file."""
        from ui.program.check import CheckDialog

        self.dialog = CheckDialog(self.window)
        self.dialog.replay_wanted.connect(self.replay)
        self.dialog.finished.connect(self._checked)
        self.dialog.open()

    def _checked(self) -> None:
        self.dialog = None

    def replay(self, path: Path) -> None:
        """Look back at an event file, a bundle or a second copy, in a window of its own."""
        from ui.replay.app import Replays
        from venue_app.host.replay import open_file

        if self.replays is None:
            self.replays = Replays(self)
        self.page.setEnabled(False)
        self.page.banner.hide()
        self.busy.show_text(Say("replay.opening"))
        self.replays.open(lambda told: open_file(path, told), self._at_rest, self._refused)

    def stand_by(self, url: str = "", code: str = "", *, back: bool = True) -> Standby:
        """Follow an event on another laptop, and go on with it here when people decide so.

        `back`: the start page comes again when following is ended.
        """
        from ui.standby import Standby  # the network is needed only here

        self.standby = Standby(url, code, parent=self)
        self.standby.promoted.connect(self._opened)
        if back:
            self.standby.closed.connect(self.window.show)
        self.standby.closed.connect(self._end_standby)
        self.standby.window.show()
        self.window.hide()
        return self.standby

    def _end_standby(self) -> None:
        if self.standby is not None:
            self.standby.window.hide()
            self.standby.window.deleteLater()
            self.standby.deleteLater()
            self.standby = None

    def _at_rest(self) -> None:
        self.busy.hide()
        self.page.setEnabled(True)

    def _open(self, work: Callable[[], EventHost], words: Say | None = None) -> None:
        self._opening = True
        self.page.setEnabled(False)
        self.page.banner.hide()
        self.busy.show_text(words or Say("app.opening"))
        tasks.run(lambda _progress: work(), owner=self, done=self._opened, failed=self._not_opened)

    def _not_opened(self, fault: Known) -> None:
        self._opening = False
        self._refused(fault)

    def _refused(self, fault: Known) -> None:
        self._at_rest()
        self.page.show_known(fault)

    def _opened(self, host: EventHost) -> None:
        self._opening = False
        self._at_rest()
        from ui.program.event_window import EventWindow

        collector.keep_loaded()
        self._remember(host)
        self.open_event = EventWindow(host, bootstrap.shown(self.kept), lambda: self._start_lan(host), self)
        self.open_event.closed.connect(self._closed)
        self.open_event.moving.connect(self.window.show)
        self.open_event.ready.connect(collector.calm)
        self.open_event.settings_chosen.connect(self._looks)
        QTimer.singleShot(0, self._show_event)  # a turn of its own: made and painted in one would be a pause

    def _show_event(self) -> None:
        if self.open_event is not None:
            self.open_event.frame.show()
            self.window.hide()
            self._end_standby()

    def _closed(self) -> None:
        if self.open_event is None:
            return
        wanted = self.open_event.wanted
        self._remember(self.open_event.host)
        self.open_event.deleteLater()
        self.open_event = None
        if wanted is not None:
            self.open(wanted)

    # ---- what is remembered ----

    def _remember(self, host: EventHost) -> None:
        event = host.venue.state.event
        recent = Recent(
            path=str(host.venue.path.resolve()),
            title=event.title,
            mode=event.mode,
            stage=stage_of(host.venue.state),
            opened_ms=SystemClock().wall_ms(),
        )
        self._choose(self.kept.with_recent(recent))

    def _forget(self, path: str) -> None:
        self._choose(self.kept.without(path))
        self.page.show_recents(self.kept.recents)

    def _speak(self, language: str) -> None:
        i18n.ask_for(None)
        self._choose(msgspec.structs.replace(self.kept, language=language))
        bootstrap.wear(self.kept)
        self.page.show_language(language)

    def _looks(self, chosen: settings.Settings) -> None:
        """The settings' page knows nothing of events opened since."""
        kept = bootstrap.to_keep(chosen, self.kept)
        self._choose(msgspec.structs.replace(kept, recents=self.kept.recents))

    def _choose(self, chosen: settings.Settings) -> None:
        looks = (chosen.language, chosen.theme, chosen.large, chosen.sound)
        changed = looks != (self.kept.language, self.kept.theme, self.kept.large, self.kept.sound)
        self.kept = chosen
        settings.save(chosen)
        if changed:
            bootstrap.wear(chosen)
