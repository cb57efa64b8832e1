"""The open event's LAN as the windows see it: started beside the window, never waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui import tasks
from ui.ports import Lines
from ui.tasks import Progress
from venue_app.base.errors import Known
from venue_app.host.cards import save_seat_cards
from venue_app.host.carried import Brought, import_carried
from venue_app.host.session import EventHost
from venue_app.lan.lockstep import StandbyStatus
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.server import LanServer
from venue_app.lan.wishes import Wish


class HostNetwork(QObject):
    """Fits `ui.screens.stations.port.StationsPort`. `changed` is sent when it opened or failed."""

    changed = Signal()

    def __init__(
        self, host: EventHost, start: Callable[[], LanServer] | None = None, parent: QObject | None = None
    ) -> None:
        """`start` opens the network (in another thread); the host's own way when not given."""
        super().__init__(parent)
        self._host = host
        self._start = start or host.start_lan
        self._url = ""
        self._key = ""
        self.fault: Known | None = None

    @property
    def server(self) -> LanServer | None:
        """The server, once it runs."""
        return self._host.server

    def retry(self) -> None:
        """Open the network; the answer comes by `changed`."""
        tasks.run(self._open, owner=self, done=self._opened, failed=self._failed)

    def _open(self, _progress: Progress) -> tuple[str, str]:
        self._start().approval = (
            "replacements"  # a seat that is taken changes hands with the proctor's consent only
        )
        return self._host.url(), self._host.key_words()

    def _opened(self, found: tuple[str, str]) -> None:
        self._url, self._key = found
        self.fault = None
        self.changed.emit()

    def _failed(self, fault: Known) -> None:
        self.fault = fault
        self.changed.emit()

    def url(self) -> str:
        """Where stations find this laptop; '' while nobody can come in."""
        return self._url

    def key_words(self) -> str:
        """The key that answers there, in groups of four."""
        return self._key

    def link(self, code: JoiningCode) -> str:
        """Address, code and key in one text."""
        return str(self._host.joining_link(code, _address(self._url))) if self._url else ""

    def issue(self, seat: str) -> JoiningCode:
        """A fresh code for a seat."""
        if self.server is None:
            raise self.fault or Known("stations.not_open")
        return self.server.issue_code(seat)

    def issue_all(self) -> None:
        """A code for every free seat that has none."""
        waiting = {code.seat for code in self.codes()}
        state = self._host.venue.state
        for seat in state.seats:
            if seat not in state.stations and seat not in waiting:
                self.issue(seat)

    def codes(self) -> Sequence[JoiningCode]:
        """Codes that are still good."""
        return self.server.codes() if self.server is not None else ()

    def lines(self) -> Lines:
        """What is known of each joined device."""
        return self.server.presence() if self.server is not None else {}

    def answer(self, seat: str) -> None:
        """The proctor has gone to the judge who called."""
        if self.server is not None:
            self.server.answer_call(seat)

    def wishes(self) -> Sequence[Wish]:
        """Devices that wait to be let in."""
        return self.server.wishes() if self.server is not None else ()

    def standby(self) -> StandbyStatus | None:
        """How the standby laptop is."""
        return self._host.standby

    def decide(self, wish: str, granted: bool) -> None:
        """Let a device in, or not."""
        if self.server is not None:
            self.server.decide(wish, granted)

    def bring(self, data: bytes, by: str) -> tuple[Brought, ...]:
        """Take sheets in that somebody brought by hand."""
        return import_carried(self._host.venue, data, by)

    def print_cards(self, file: Path) -> None:
        """Write seat cards for every free seat."""
        save_seat_cards(self._host, file)

    def pardon(self) -> None:
        """Listen to joining codes again."""
        if self.server is not None:
            self.server.pardon()


def _address(url: str) -> str:
    """The host in `https://192.168.1.5:8443`, without the brackets of IPv6."""
    return url.partition("://")[2].rpartition(":")[0].strip("[]")
