"""An open event: the frame with all its screens, its network, its big screen, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ui import tasks
from ui.bridge import Bridge
from ui.exporting import exporter
from ui.frame import MainFrame
from ui.program.finding import People
from ui.program.leaving import LeavingDialog
from ui.program.network import HostNetwork
from ui.program.told import told
from ui.replay.app import Replays
from ui.screen import Screen
from ui.screens.ballots.port import HostPolls
from ui.screens.ballots.screen import BallotsScreen
from ui.screens.draw.screen import DrawScreen
from ui.screens.hall.screen import HallScreen
from ui.screens.prepare.office import HostOffice
from ui.screens.prepare.screen import PrepareScreen
from ui.screens.results.screen import ResultsScreen
from ui.screens.room.screen import RoomScreen
from ui.screens.scheme.dialog import SchemeDialog
from ui.screens.scheme.port import EventOffice
from ui.screens.seal.screen import SealScreen
from ui.screens.seal.work import HostWork
from ui.screens.settings.screen import SettingsScreen
from ui.screens.stations.screen import StationsScreen
from ui.screens.witness.screen import WitnessScreen
from ui.settings import Settings
from ui.widgets.state import Mark
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.base.i18n import tr
from venue_app.domain.floor_commands import UndoStep
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor, Role
from venue_app.host.history import history
from venue_app.host.photos import Photo, Taken, photo_of, photos_in, take_photos
from venue_app.host.replay import open_running
from venue_app.host.session import EventHost
from venue_app.lan.server import LanServer
from venue_app.state import State
from venue_app.venue import Change

_RAIL_MS = 300
_COPY_MS = 1000


def _nothing() -> None:
    """A replay's window says itself that it is there."""


def proctor(state: State) -> Actor:
    """Who sits at this laptop: the proctor named when the run was opened, else just the office."""
    name = next((p.name for p in state.people if p.role == Role.PROCTOR.value), "")
    return Actor(role=Role.PROCTOR, name=name or tr("app.proctor"))


class EventWindow(QObject):
    """Owns the host it is given and closes it at the end. `closed` comes when all is safe."""

    ready = Signal()
    """All screens are there."""
    closed = Signal()
    moving = Signal()
    """This event is put away for another one, `wanted`; comes before its window is gone."""
    settings_chosen = Signal(object)

    def __init__(
        self,
        host: EventHost,
        settings: Settings,
        start_lan: Callable[[], LanServer] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.host = host
        self.bridge = Bridge(host.venue, proctor(host.venue.state), self)
        self.network = HostNetwork(host, start_lan, self)
        self.frame = MainFrame(host.venue.clock.wall_ms)
        self.replays = Replays(self)
        self.dialog: LeavingDialog | None = None
        self._leaving = False
        self._undoable = ""
        self.wanted: Path | None = None
        self.room: RoomScreen | None = None
        self.hall: HallScreen | None = None
        self.seal: SealScreen | None = None
        self.stations: StationsScreen | None = None
        self._rest = self._makers(settings)
        self._made: Screen | None = None
        self._build = QTimer(self)
        self._build.timeout.connect(self._build_next)
        self._rail = QTimer(self)
        self._rail.setSingleShot(True)
        self._rail.setInterval(_RAIL_MS)
        self._rail.timeout.connect(self.frame.refresh_rail)
        self._copy = QTimer(self)
        self._copy.setInterval(_COPY_MS)
        self._copy.timeout.connect(self._watch_copy)
        self._wire()
        self._copy.start()
        self._show_top(host.venue.state, host.venue.now.root)
        self._build.start(0)

    def _makers(self, settings: Settings) -> Iterator[Screen | None]:
        """The screens in the order of the rail, each made when it is asked for, the large ones in several turns."""
        go, home = self.frame.go, self.frame.home
        prepare = yield from PrepareScreen.in_turns(self.bridge, self, home(), HostOffice(self.host))
        prepare.scheme_wanted.connect(self.open_scheme)
        prepare.stations_wanted.connect(lambda: go("stations"))
        prepare.print_wanted.connect(self._print)
        prepare.open_wanted.connect(self._open_other)
        prepare.photos_given.connect(self._take_photos)
        yield prepare
        draw = yield from DrawScreen.in_turns(self.bridge, self, home())
        yield draw
        self.room = yield from RoomScreen.in_turns(
            self.bridge, self.network.lines, go, self, home(), self._photo
        )
        yield self.room
        if self.host.venue.state.scheme.ballots:
            yield BallotsScreen(self.bridge, HostPolls(self.host), self)
        tables = (exporter(self.host.venue), self.host.venue.path)
        yield (yield from ResultsScreen.in_turns(self.bridge, self, home(), tables))
        self.seal = yield from SealScreen.in_turns(self.bridge, HostWork(self.host), self, home())
        self.seal.replay_wanted.connect(self.replay)
        yield self.seal
        self.hall = yield from HallScreen.in_turns(self.bridge, self)
        self.hall.turnout = self.host.venue.polls.turnout
        self.hall.steered.connect(self._steer_hall)
        self.hall.lot_pressed.connect(draw.ceremony.press)
        self.hall.lot_coded.connect(draw.ceremony.read)
        draw.ceremony.noted.connect(self.hall.note)
        yield self.hall
        yield WitnessScreen(self.bridge, lambda: history(self.host.venue), parent=self)
        self.stations = yield from StationsScreen.in_turns(self.bridge, self.network, go, self, home())
        yield self.stations
        chosen = SettingsScreen(settings, self)
        chosen.chosen.connect(self.settings_chosen)
        yield chosen

    def _print(self, file: Path) -> None:
        """A form made elsewhere goes to the printer as all others do."""
        if self.seal is not None:
            self.seal.ask_printer([file])

    def _open_other(self, file: Path) -> None:
        """Another event is to be looked at: this one is put away first."""
        self.wanted = file
        self.leave()

    def _photo(self, candidate: str) -> Photo:
        return photo_of(self.host.venue.path, self.bridge.state, candidate)

    def _take_photos(self, places: tuple[Path, ...]) -> None:
        """Pictures that lay with the roster; without any there is nothing to do."""
        venue, actor = self.host.venue, self.bridge.actor

        def take(_progress: tasks.Progress) -> Taken | None:
            return take_photos(venue, places, actor) if any(photos_in(places)) else None

        tasks.run(take, owner=self.frame, done=self._photos_taken, failed=self.frame.show_known)

    def _photos_taken(self, taken: Taken | None) -> None:
        if taken is not None and taken.strangers:
            names = "、".join(taken.strangers[:5])
            self.frame.show_known(Known("host.photos_strange", count=len(taken.strangers), names=names))

    def _build_next(self) -> None:
        """One screen is made or put into its place a turn of the loop: the window is drawn and can be used meanwhile."""
        if self._made is not None:
            self.frame.register(self._made)
            self._made = None
            if len(self.frame.screens) == 1:
                self.frame.refresh_rail()
            return
        try:
            self._made = next(self._rest)
        except StopIteration:
            self._build.stop()
            self._built()

    def _built(self) -> None:
        self.frame.add_provider(People(lambda: self.bridge.state, self._go_to_lot))
        state = self.bridge.state
        if state.draw is not None and state.draw.held_at is not None:
            self.frame.go("room")
        elif state.opened_at is not None:
            self.frame.go("draw")
        self.frame.refresh_rail()
        self.network.retry()
        self.ready.emit()

    def _wire(self) -> None:
        self.bridge.changed.connect(self._changed)
        self.bridge.refused.connect(self.frame.show_known)
        self.network.changed.connect(self._network_changed)
        self.frame.shown.connect(lambda _id: self._rail.start())
        self.frame.close_asked.connect(self.leave)
        self.frame.undo_asked.connect(self._undo)
        self.frame.standing.acted.connect(self._to_copy)

    # ---- what happens ----

    def _changed(self, change: Change) -> None:
        self.bridge.actor = proctor(change.state)
        self._show_top(change.state, change.root)
        if change.records:
            last = change.records[-1]
            self._undoable = self._undoable_room(change.state, last)
            undo = Say("app.undo") if self._undoable else None
            self.frame.tell(told(change.state, last), last.at, undo)
        if not self._rail.isActive():
            self._rail.start()

    @staticmethod
    def _undoable_room(state: State, last: Record) -> str:
        """The room whose last step is this very entry and can be taken back, else ''."""
        return next((room for room, step in state.undoable.items() if step.seq == last.seq), "")

    def _undo(self) -> None:
        if self._undoable:
            self.bridge.send(UndoStep(room=self._undoable))

    def _show_top(self, state: State, root: bytes) -> None:
        top = self.frame.top
        top.set_event(state.event.title, state.event.mode, state.event.place)
        top.set_people(len(state.people))
        digits = root.hex()[:8].upper()
        top.set_head(f"{digits[:4]} {digits[4:]}")

    def _watch_copy(self) -> None:
        """What may not be overlooked, across the whole window: a standby that is gone, a box that takes no papers, an
        official run without its second copy."""
        standby, box = self.host.standby_warning, self.host.box_warning
        where = Say("app.to_stations") if standby else None if box else Say("app.copy_where")
        self.frame.show_standing(standby or box or self.host.copy_warning, where)
        status = self.host.copy_status
        if status is None:
            self.frame.top.set_copy(Mark.NOT_YET, Say("ui.top.copy_none"))
        elif status.fault is None and status.behind_since is None:
            self.frame.top.set_copy(Mark.DONE, Say("app.copy_fine", count=status.size))
        else:
            self.frame.top.set_copy(Mark.ALARM, Say("app.copy_behind", count=status.size))
        if self.seal is not None:
            self.seal.show_copy()

    def _to_copy(self) -> None:
        if self.host.standby_warning is not None:
            self.frame.go("stations")
        elif self.seal is not None:
            self.frame.go("seal")
            self.seal.choose_copy()

    def _network_changed(self) -> None:
        if self.stations is not None:
            self.stations.refresh()
        self._rail.start()
        if self.network.fault is not None:
            self.frame.show_known(self.network.fault)

    def _steer_hall(self) -> None:
        """Big screens in browsers show what the one on the projector shows."""
        if self.hall is not None and self.network.server is not None:
            self.network.server.steer_hall(self.hall.choice, self.hall.room)

    def _go_to_lot(self, room: str, lot: int) -> None:
        self.frame.go("room")
        if self.room is not None:
            self.room.show_lot(room, lot)

    def replay(self) -> None:
        """Look back at this event as far as it has come, in a window of its own."""
        self.frame.tell(Say("replay.opening"))
        venue = self.host.venue
        self.replays.open(lambda told: open_running(venue, told), _nothing, self.frame.show_known)

    def open_scheme(self) -> SchemeDialog:
        """The plan: to be changed, or read once the run is open."""
        dialog = SchemeDialog(EventOffice(self.bridge), self.frame)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # ---- the way out ----

    def leave(self) -> None:
        """Ask first while somebody is on a floor; then let all go and close."""
        if self._leaving or self.dialog is not None:
            return
        if not self.bridge.state.floor:
            self.finish()
            return
        self.dialog = LeavingDialog(len(self.bridge.state.floor), self.frame)
        self.dialog.leave.connect(self.finish)
        self.dialog.finished.connect(self._stayed)
        self.dialog.open()

    def _stayed(self) -> None:
        self.dialog = None
        if not self._leaving:
            self.wanted = None

    def finish(self) -> None:
        """Let the stations go, keep everything, close the windows."""
        if self._leaving:
            return
        self._leaving = True
        self.frame.setEnabled(False)
        self.frame.tell(Say("app.closing"))
        self._build.stop()
        self._rail.stop()
        self._copy.stop()
        if self.hall is not None:
            self.hall.close()
        self.replays.close()
        self.bridge.close()
        tasks.run(lambda _progress: self.host.close(), owner=self, done=self._finished)

    def _finished(self, _nothing: object) -> None:
        if self.wanted is not None:
            self.moving.emit()
        self.frame.let_close()
        self.closed.emit()
