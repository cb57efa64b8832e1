"""The standby laptop's window: from the joining page to following, and from there to the open event.

standby = Standby(url, code); standby.window.show()
standby.promoted                       an `EventHost`: the event goes on here
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import tasks
from ui.screens.standby import asked
from ui.screens.standby.join import standby_join
from ui.screens.standby.model import StandbyModel, standby_model
from ui.screens.standby.view import StandbyView
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, mark
from ui.widgets.ask import AskDialog
from ui.words import Say, bind
from venue_app.base.errors import Known
from venue_app.host import standby_place
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.lan.hold import Pairing
from venue_app.lan.link import DEFAULT_PORT, JoiningLink
from venue_app.lan.pace import Pace
from venue_app.seal.keys import VenueKeys, load_or_create

_LOOK_MS = 500


class _Window(QWidget):
    """Says when it was closed."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.taking_over = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Following ends with the window; the place and the file stay for the next start. An event that is just being
        taken over would be nobody's: it is waited for."""
        event.setAccepted(not self.taking_over)
        if not self.taking_over:
            self.closed.emit()


class Standby(QObject):
    """Without `url` the place that was held last is gone on with. `serves` are the addresses it offers for later."""

    promoted = Signal(object)
    """The `EventHost` of the event that goes on here."""
    closed = Signal()

    _waits = Signal(object)

    def __init__(
        self,
        url: str = "",
        code: str = "",
        *,
        keys: VenueKeys | None = None,
        serves: Callable[[], list[str]] | None = None,
        pace: Pace | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys or load_or_create()
        self._serves = serves or (lambda: standby_place.urls("0.0.0.0", DEFAULT_PORT))
        self._pace = pace
        self._pairing: Pairing | None = None
        self._gone = False
        self._asking: tasks.Task | None = None
        self.follower: Follower | None = None
        self.dialog: AskDialog | None = None
        self.join = standby_join()
        self.join.asked.connect(self._join)
        self._waits.connect(self._show_waiting, Qt.ConnectionType.QueuedConnection)
        self.view = StandbyView()
        self.view.takeover_asked.connect(self.ask)
        self.view.again.connect(self.retry)
        self.view.left.connect(self.leave)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.refresh)
        self.window = self._made()
        self.join.fill(url, code, standby_place.device_name())
        held = None if url else standby_place.held()
        if held is not None:
            self._taken(held)

    def _made(self) -> _Window:
        window = _Window()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.join)
        self.stack.addWidget(self.view)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        bind(window, "setWindowTitle", Say("standby_window.title"))
        mark(window, ground="paper")
        window.resize(PAGE_WIDTH, PAGE_HEIGHT)
        window.closed.connect(self.close)
        return window

    # ---- joining ----

    def _join(self, link: JoiningLink, device: str) -> None:
        def work(progress: tasks.Progress) -> Pairing:
            found = join_as_standby(link, device, lambda: self._waits.emit(progress))
            if progress.wanted:
                standby_place.hold(found)
            return found

        if self._asking is not None:  # what was asked before is not waited for any more
            self._asking.drop()
        self._asking = tasks.run(work, owner=self, done=self._taken, failed=self.join.refuse)

    def _show_waiting(self, progress: tasks.Progress) -> None:
        if progress.wanted:
            self.join.show_waiting()

    def _taken(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._follow()

    def leave(self) -> None:
        """Forget the place here, and ask for another one; the file that was followed stays."""
        standby_place.forget()
        self._pairing = None
        self._stop(self._ask_for_place)
        self.join.begin()

    def _ask_for_place(self) -> None:
        if not self._gone and self._pairing is None:
            self.stack.setCurrentWidget(self.join)

    # ---- following ----

    def _follow(self) -> None:
        pairing = self._pairing
        assert pairing is not None
        _file.take(partial(self._open, pairing))

    def _open(self, pairing: Pairing) -> None:
        if self._gone or pairing is not self._pairing:
            _file.free()
            return
        keys, pace, urls = self._keys, self._pace, self._serves()
        path = standby_place.file_of(pairing)
        tasks.run(
            lambda _progress: Follower(pairing, path, keys, urls, pace=pace),
            owner=_program(),
            done=partial(self._follows, pairing),
            failed=partial(self._not_followed, path),
        )

    def _follows(self, pairing: Pairing, follower: Follower) -> None:
        if self._gone or pairing is not self._pairing:  # closed, or the place given up, meanwhile
            _close(follower, _nothing)
            return
        self.follower = follower
        self.stack.setCurrentWidget(self.view)
        self.refresh()
        self._look.start()

    def _not_followed(self, path: Path, fault: Known) -> None:
        if (
            fault.code == "standby.host_already" and not self._gone
        ):  # switched off in the middle of a takeover
            keys = self._keys
            tasks.run(
                lambda _progress: EventHost.open(path, keys=keys),
                owner=self,
                done=self._promoted,
                failed=self._not_promoted,
            )
            return
        _file.free()
        if self._gone:
            return
        if self.stack.currentWidget() is self.view:
            self.view.banner.show_known(fault)
        else:
            self.join.refuse(fault)

    @property
    def model(self) -> StandbyModel | None:
        """What is shown now; None before anything is followed."""
        return standby_model(self.follower.status) if self.follower is not None else None

    def refresh(self) -> None:
        """Show how it stands."""
        model = self.model
        if model is not None:
            self.view.show_model(model)

    def retry(self) -> None:
        """Somebody made room on the disk here."""
        if self.follower is not None:
            self.follower.retry()

    def _stop(self, then: Callable[[], None]) -> None:
        """Stop following, beside the window."""
        self._look.stop()
        follower, self.follower = self.follower, None
        if follower is None:
            then()
        else:
            _close(follower, then)

    # ---- taking over ----

    def ask(self) -> None:
        """Why, and who decides."""
        model = self.model
        if model is None or model.why or self.dialog is not None:
            return
        self.dialog = AskDialog(
            Say("standby_window.ask.title"),
            asked.takeover_about(model.alive, model.open),
            asked.takeover_fields(),
            Say("standby_window.ask.act"),
            self.window,
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.given.connect(self.take_over)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def take_over(self, given: Mapping[str, str]) -> None:
        """The event goes on here, by the decision of the two who are named."""
        follower = self.follower
        if follower is None:
            return
        if self.dialog is not None:
            self.dialog.accept()
        self._look.stop()
        self.follower = None
        self.view.show_busy(True)
        self.window.taking_over = True
        keys, path = self._keys, follower.path

        def work(_progress: tasks.Progress) -> EventHost:
            follower.close()
            names = (given[asked.FIRST], given[asked.SECOND])
            return promote(path, keys, reason=given[asked.REASON], names=names)

        tasks.run(work, owner=self, done=self._promoted, failed=self._not_promoted)

    def _promoted(self, host: EventHost) -> None:
        _file.free()
        self._gone = True
        self.window.taking_over = False
        standby_place.forget()  # a host is nobody's standby
        self.view.show_busy(False)
        self.promoted.emit(host)

    def _not_promoted(self, fault: Known) -> None:
        _file.free()
        self.window.taking_over = False
        self.view.show_busy(False)
        self.view.banner.show_known(fault)
        self._follow()

    # ---- the end ----

    def close(self) -> None:
        """Stop following, without waiting, and let the window go. A second call does nothing."""
        if not self._gone:
            self._gone = True
            self._stop(_nothing)
            self.closed.emit()


class _File:
    """The file that is followed is one window's at a time, from before it is opened until it is closed. GUI thread only."""

    def __init__(self) -> None:
        self._taken = False
        self._next: Callable[[], None] | None = None

    def take(self, then: Callable[[], None]) -> None:
        """Do `then` once the file is free; whoever waited before waits no more."""
        if self._taken:
            self._next = then
        else:
            self._taken = True
            then()

    def free(self) -> None:
        """Nobody has it open."""
        self._taken = False
        then, self._next = self._next, None
        if then is not None:
            self.take(then)


_file = _File()


def _program() -> QObject:
    """What outlives every window: a file that is opened or closed for one that is gone must still be let go."""
    program = QCoreApplication.instance()
    assert program is not None
    return program


def _close(follower: Follower, then: Callable[[], None]) -> None:
    def closed(_none: None) -> None:
        _file.free()
        then()

    tasks.run(lambda _progress: follower.close(), owner=_program(), done=closed)


def _nothing() -> None:
    """What is left to do once following has ended with its window."""
