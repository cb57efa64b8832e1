"""A place on a second laptop: the board of its room, or the witness's screen, in the frame the proctor knows.

While the line is down a banner says since when, and nothing can be pressed; the clocks go on.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from ui import tasks
from ui.bridge import Bridge
from ui.frame import MainFrame
from ui.program.told import told
from ui.screen import Screen
from ui.screens.room.screen import RoomScreen
from ui.screens.settings.screen import SettingsScreen
from ui.screens.witness.screen import WitnessScreen
from ui.screens.witness.view import Signer
from ui.settings import Settings
from ui.widgets.notices import Banner
from ui.words import Say, Text, bind, known_text
from venue_app.base.clock import local_hms
from venue_app.domain.floor_commands import UndoStep
from venue_app.domain.roles import Role
from venue_app.host.remote import RemoteVenue, Standing
from venue_app.lan.line import FINAL, Link
from venue_app.venue import Change


class ConsoleWindow(QObject):
    """Owns the remote venue it is given and closes it at the end."""

    closed = Signal()
    rejoin_asked = Signal()
    """The place is gone, or is to be given up: join anew."""
    settings_chosen = Signal(object)

    _stood = Signal()

    def __init__(self, venue: RemoteVenue, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.venue = venue
        self.bridge = Bridge(venue, venue.actor, self)
        self.frame = MainFrame(venue.clock.wall_ms)
        self.frame.top.copy.hide()  # the proctor's laptop keeps it
        self.line = Banner("wait", closable=False)
        self.line.acted.connect(self._act)
        centre = self.frame.centralWidget()
        assert centre is not None
        layout = centre.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.line)
        self._undoable = ""
        self._leaving = False
        self.screen: RoomScreen | WitnessScreen = self._screen()
        chosen = SettingsScreen(settings, self)
        chosen.chosen.connect(self.settings_chosen)
        for screen in (self.screen, chosen):
            self._register(screen)
        self.bridge.changed.connect(self._changed)
        self.bridge.refused.connect(self.frame.show_known)
        self.frame.close_asked.connect(self.finish)
        self.frame.undo_asked.connect(self._undo)
        self._stood.connect(self.show_standing, Qt.ConnectionType.QueuedConnection)
        self._forget = venue.on_standing(lambda _standing: self._tell_standing())
        self._show_top(venue.now)
        self.show_standing()

    def _screen(self) -> RoomScreen | WitnessScreen:
        venue, actor = self.venue, self.bridge.actor
        if actor.role is Role.PROCTOR:
            return RoomScreen(self.bridge, lambda: venue.lines, parent=self, only=actor.room or "")
        return WitnessScreen(self.bridge, venue.records, Signer(actor.role, actor.name), self)

    def _register(self, screen: Screen) -> None:
        self.frame.register(screen)
        self.frame.refresh_rail()

    # ---- what happens ----

    def _changed(self, change: Change) -> None:
        self.bridge.actor = self.venue.actor
        self._show_top(change)
        mine = self.bridge.actor.room
        records = [r for r in change.records if mine is None or getattr(r.data, "room", mine) == mine]
        if records:
            last = records[-1]
            step = change.state.undoable.get(mine or "")
            self._undoable = mine if mine and step is not None and step.seq == last.seq else ""
            self.frame.tell(told(change.state, last), last.at, Say("app.undo") if self._undoable else None)
        self.frame.refresh_rail()

    def _undo(self) -> None:
        if self._undoable:
            self.bridge.send(UndoStep(room=self._undoable))

    def _show_top(self, change: Change) -> None:
        top, event = self.frame.top, change.state.event
        top.set_event(event.title, event.mode, self._where())
        top.set_people(len(change.state.people))
        digits = change.root.hex()[:8].upper()
        top.set_head(f"{digits[:4]} {digits[4:]}")
        bind(self.frame, "setWindowTitle", self._where())

    def _where(self) -> Text:
        placed = self.venue.placed
        if placed is not None and placed.room:
            return Say("console.window.console", room=placed.room_title, person=placed.name)
        actor = self.venue.actor
        return Signer(actor.role, actor.name).title

    # ---- the line ----

    def _tell_standing(self) -> None:
        """Called in the line's thread."""
        try:
            self._stood.emit()
        except RuntimeError:
            return  # the window is gone

    @Slot()
    def show_standing(self) -> None:
        """Say how the line is; without one nothing can be pressed."""
        standing = self.venue.standing
        self.frame.stack.setEnabled(standing.online)
        if standing.online:
            self.line.hide()
        elif standing.link in FINAL and not self._leaving:
            self.line.set_tone("alarm")
            self.line.show_text(_why(standing), Say("console.line.again"))
        elif not self._leaving:
            self.line.set_tone("wait")
            time = local_hms(standing.since or self.venue.clock.wall_ms())
            self.line.show_text(Say("console.line.down", time=time), Say("console.line.retry"))

    def _act(self) -> None:
        if self.venue.standing.link in FINAL:
            self.rejoin_asked.emit()
        else:
            self.venue.retry()

    # ---- the way out ----

    def finish(self) -> None:
        """Say goodbye and close; nothing here is lost, the laptop has it all."""
        if self._leaving:
            return
        self._leaving = True
        self.frame.setEnabled(False)
        self._forget()
        self.bridge.close()
        tasks.run(lambda _progress: self.venue.close(), owner=self, done=self._finished)

    def _finished(self, _nothing: object) -> None:
        self.frame.let_close()
        self.closed.emit()


def _why(standing: Standing) -> Text:
    if standing.link is Link.REPLACED:
        return Say("console.line.replaced")
    if standing.fault is not None and standing.link is Link.REFUSED:
        return known_text(standing.fault)
    return Say("console.line.released")
