"""终端: keeps the page in step with venue and network, and sends what is pressed on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import tasks
from ui.bridge import Bridge
from ui.screen import RailState, Section, Turns
from ui.screens.stations.carried import CarriedDialog
from ui.screens.stations.page import StationsPage
from ui.screens.stations.port import StationsPort
from ui.screens.stations.view import StationsView, stations
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.domain.commands import ReleaseStation

_LOOK_MS = 1000


def _nowhere(_screen: str) -> None:
    """Where nobody leads."""


class StationsScreen(QObject):
    """As the frame registers it. The network is asked once a second while the page is seen."""

    id = "stations"
    icon = "stations"
    section: Section = "below"
    title: Text = Say("stations.title")

    def __init__(
        self,
        bridge: Bridge,
        port: StationsPort,
        go: Callable[[str], None] = _nowhere,
        parent: QObject | None = None,
        page: StationsPage | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._port = bridge, port
        self.widget = page or StationsPage()
        self.widget.issue.connect(lambda seat: self._try(lambda: self._port.issue(seat)))
        self.widget.issue_all.connect(lambda: self._try(self._port.issue_all))
        self.widget.answered.connect(lambda seat: self._try(lambda: self._port.answer(seat)))
        self.widget.retry.connect(lambda: self._try(self._port.retry))
        self.widget.release.connect(self._release)
        self.widget.decided.connect(lambda wish, yes: self._try(lambda: self._port.decide(wish, yes)))
        self.widget.carried_asked.connect(self.open_carried)
        self.widget.cards_asked.connect(self.open_cards)
        self.widget.prepare_asked.connect(lambda: go("prepare"))
        bridge.changed.connect(self._changed)
        self._timer = QTimer(self.widget)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.refresh()

    @classmethod
    def in_turns(
        cls, bridge: Bridge, port: StationsPort, go: Callable[[str], None], parent: QObject, home: QWidget
    ) -> Turns[StationsScreen]:
        """The same, made in several turns of the loop, and where it will stand."""
        page = StationsPage(home, later=True)
        page.hide()  # until it is turned to
        yield from page.build()
        yield
        return cls(bridge, port, go, parent, page)

    @property
    def view(self) -> StationsView:
        """What is to be shown now."""
        return stations(self._bridge.state, self._port, self._bridge.clock.mono_ms())

    def refresh(self) -> None:
        """Show how everything is now."""
        self.widget.show_stations(self.view)

    def rail_state(self) -> RailState:
        """Counts the seats nobody sits in or whose device is silent."""
        view = self.view
        if not view.seats:
            return RailState(Mark.NOT_YET)
        if view.fault is not None:
            return RailState(Mark.ALARM)
        if view.wishes:
            return RailState(Mark.WAIT, len(view.wishes))
        absent = len(view.seats) - view.count("online")
        if absent == 0:
            return RailState(Mark.DONE)
        return RailState(Mark.IN_PROGRESS if view.count("online") else Mark.READY, absent)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Codes for all, a code for the chosen seat, the table."""
        page = self.widget
        return (
            Shortcut("all", "Ctrl+Return", Say("stations.key_all"), page.bar.action.button.click),
            Shortcut("one", "F5", Say("stations.key_one"), self._issue_chosen),
            Shortcut("table", "F6", Say("stations.key_table"), page.table.setFocus),
        )

    def _issue_chosen(self) -> None:
        chosen = next((s for s in self.view.rows if s.id == self.widget.table.current_id), None)
        if chosen is not None and chosen.look in ("free", "code"):
            self._try(lambda: self._port.issue(chosen.id))

    def open_carried(self) -> CarriedDialog:
        """Take sheets in that somebody brought by hand."""
        dialog = CarriedDialog(self.widget)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def bring(data: bytes, by: str) -> None:
            tasks.run(
                lambda _progress: self._port.bring(data, by),
                owner=dialog,
                done=dialog.show_brought,
                failed=dialog.banner.show_known,
            )

        dialog.brought.connect(bring)
        dialog.open()
        return dialog

    def open_cards(self) -> QFileDialog:
        """Ask where the seat cards go."""
        dialog = QFileDialog(self.widget, str(Say("stations.cards.open")), f"{Say('cards.title.seat')}.pdf")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(str(Say("manual.print.filter")) + " (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda path: self.print_cards(Path(path)))
        dialog.open()
        return dialog

    def print_cards(self, file: Path) -> None:
        """Write the seat cards beside the window."""
        self.widget.banner.hide()
        self.widget.notice.hide()
        tasks.run(
            lambda _progress: self._port.print_cards(file),
            owner=self.widget,
            done=lambda _nothing: self.widget.notice.show_text(Say("stations.cards.saved", file=str(file))),
            failed=self.widget.banner.show_known,
        )

    def _release(self, seat: str, reason: str) -> None:
        command = ReleaseStation(seat=seat, reason=reason)
        self._bridge.send(command, done=lambda _: self.refresh(), refused=self.widget.banner.show_known)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Known as fault:
            self.widget.banner.show_known(fault)
        self.refresh()

    def _changed(self, _change: object) -> None:
        self._look()

    def _look(self) -> None:
        if self.widget.isVisible():
            self.refresh()
