"""The stations' pictures, with made-up devices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.ports import Lines
from ui.sample import Sample
from ui.screens.stations.carried import CarriedDialog
from ui.screens.stations.page import StationsPage
from ui.screens.stations.view import stations
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.host.carried import Brought
from venue_app.lan.lockstep import StandbyStatus, Step
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.presence import Presence
from venue_app.lan.wishes import Wish
from venue_app.state import State
from venue_app.state.places import STANDBY

_NOW = 600_000_000
_KEY = "3F9A 07C1 D2B4 88E6 51AF 0C3D 97E2 64B8"


class _Network:
    """A network that is only drawn."""

    def __init__(
        self,
        lines: Lines,
        codes: Sequence[JoiningCode] = (),
        fault: Known | None = None,
        wishes: Sequence[Wish] = (),
    ) -> None:
        self._lines, self._codes, self.fault, self._wishes = lines, codes, fault, wishes

    def url(self) -> str:
        return "" if self.fault else "https://192.168.1.5:8443"

    def key_words(self) -> str:
        return "" if self.fault else _KEY

    def link(self, code: JoiningCode) -> str:
        return f"{self.url()}/#{code.code}-{'3f9a07c1d2b488e6' * 4}"

    def issue(self, seat: str) -> JoiningCode:
        return JoiningCode("K7F2Q9", seat, _NOW)

    def issue_all(self) -> None:
        """Nothing comes of it in a picture."""

    def codes(self) -> Sequence[JoiningCode]:
        return self._codes

    def lines(self) -> Lines:
        return self._lines

    def answer(self, seat: str) -> None:
        """Nothing comes of it in a picture."""

    def wishes(self) -> Sequence[Wish]:
        return self._wishes

    def standby(self) -> StandbyStatus | None:
        """In step with all but the newest entry."""
        return StandbyStatus(Step.IN_STEP, have=800, since=_NOW - 60_000)

    def decide(self, wish: str, granted: bool) -> None:
        """Nothing comes of it in a picture."""

    def bring(self, data: bytes, by: str) -> tuple[Brought, ...]:
        """Nobody brings anything."""
        return ()

    def print_cards(self, file: Path) -> None:
        """Nothing is written for a picture."""

    def pardon(self) -> None:
        """Nothing comes of it in a picture."""

    def retry(self) -> None:
        """Nothing comes of it in a picture."""


def shots() -> dict[str, Callable[[], QWidget]]:
    """Name of the picture → how to make its widget."""
    return {
        "stations-empty": lambda: _page(sample.created(), _Network({})),
        "stations-free": lambda: _page(sample.opened(), _Network({})),
        "stations-code": _with_codes,
        "stations-joined": lambda: _joined("R1-4"),
        "stations-wish": lambda: _joined("R1-3", taking_over=True),
        "stations-standby": lambda: _joined(STANDBY),
        "stations-carried": _carried,
        "stations-lost": lambda: _joined("R1-6"),
        "stations-error": lambda: _page(
            sample.opened(), _Network({}, fault=Known("lan.port_taken", port=8443))
        ),
    }


def _page(state: State, network: _Network, chosen: str = "") -> StationsPage:
    made = StationsPage()
    view = stations(state, network, _NOW)
    made.show_stations(view)
    made.table.choose(chosen)
    return made


def _with_codes() -> StationsPage:
    names = ("K7F2Q9", "3MXB0W", "T48HZC", "9QJ1VD", "PN65RA", "YG2E7K", "0BW4XS")
    codes = [JoiningCode(name, f"R1-{n}", _NOW + 437_000) for n, name in enumerate(names, 1)]
    return _page(sample.opened(), _Network({}, codes), "R1-3")


def _carried() -> CarriedDialog:
    made = CarriedDialog()
    made.by.setText("李芳")
    made.show_brought(
        (
            Brought("R1-3", "R1", 7, receipt="K7F-2Q9"),
            Brought("R1-5", "R1", 7, receipt="3MX-B0W", known=True),
            Brought("R2-1", "R2", 4, fault=Known("venue.signature_wrong", lot=4)),
        )
    )
    return made


def _joined(chosen: str, taking_over: bool = False) -> StationsPage:
    made = Sample.of(sample.opened(), 1_500_000)
    seats = [s for s in made.state.seats if s.startswith(("R1", "R2", "OBS-0"))]
    for n, seat in enumerate(seats, 1):
        made.do(c.JoinStation(seat=seat, device=seat, device_name=f"平板 {n}"))
    made.do(c.JoinStation(seat=STANDBY, device=STANDBY, device_name="备用笔记本"))
    seats.append(STANDBY)
    lines = {
        seat: Presence(
            seat=seat,
            device_name=f"平板 {n}",
            connected=seat != "R1-6",
            address=f"192.168.1.{20 + n}",
            heard=_NOW - (75_000 if seat == "R1-6" else 900),
            rtt=3 + n % 7,
            pending=2 if seat == "R1-6" else 0,
            called=_NOW if seat == "R1-4" else None,
            client="venue-app 0.1.0",
            battery=88 - n if n % 3 else None,
        )
        for n, seat in enumerate(seats, 1)
    }
    if not taking_over:
        return _page(made.state, _Network(lines), chosen)
    wish = Wish("w", "R1-3", "平板 19", "192.168.1.77", _NOW, holder="平板 3")
    return _page(
        made.state,
        _Network(lines, (JoiningCode("T48HZC", "R1-3", _NOW + 521_000),), wishes=(wish,)),
        chosen,
    )


SHOTS = shots()
