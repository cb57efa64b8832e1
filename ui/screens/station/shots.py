"""The station's pictures, with made-up lots."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.sample import FixedClock, Sample
from ui.screens.station.desk import Desk
from ui.screens.station.picture import picture
from ui.screens.station.window import StationWindow
from ui.theme import Theme, dress
from venue_app.domain import commands as c
from venue_app.lan import messages as m
from venue_app.lan.link import JoiningLink
from venue_app.lan.views import Viewer, welcome
from venue_app.state import State

_NOW = 600_000_000
_MARKS = {"content": 261, "language": 172, "post": 168, "response": 175, "manner": 88}


def shots() -> dict[str, Callable[[], QWidget]]:
    """Name of the picture → how to make its widget."""
    return {
        "station-join": _join,
        "station-compare": _compare,
        "station-first": lambda: _window(_desk(sample.drawn(), "R1-5")),
        "station-score": lambda: _window(_desk(_speaking(), "R1-5")),
        "station-marks": lambda: _window(_given("R1-5")),
        "station-review": lambda: _window(_reviewed("R1-5")),
        "station-received": lambda: _window(_received("R1-5")),
        "station-offline": lambda: _window(_offline("R1-5")),
        "station-refused": lambda: _window(_refused("R1-5")),
        "station-observer": lambda: _window(_desk(_speaking(), "OBS-07")),
        "station-released": _released,
    }


def _speaking() -> State:
    made = Sample.of(sample.under_way(), _NOW - 430_000)
    for seat in ("R1-6", "R1-7"):
        made.send_sheet(made.state.seats[seat], "R1", 10)
    made.do(c.CheckResult(room="R1", lot=10, checker="闵建中"))
    made.do(c.ReleaseResult(room="R1", lot=10))
    made.do(c.CloseAppearance(room="R1", lot=10))
    made.do(c.CallCandidate(room="R1", lot=11))
    made.do(c.StartStage(room="R1", stage="speech"))
    return made.state


def _desk(state: State, seat: str) -> Desk:
    made = Desk(lambda: _NOW)
    made.hear_link("online")
    made.hear_welcome(welcome(state, seat, FixedClock(_NOW)))
    made.hear_view(Viewer(state, 6).of(seat))
    return made


def _given(seat: str) -> Desk:
    made = _desk(_speaking(), seat)
    made.open("R1", 11)
    for name, steps in list(_MARKS.items())[:4]:
        made.give(name, steps)
    return made


def _reviewed(seat: str) -> Desk:
    made = _given(seat)
    made.give("manner", _MARKS["manner"])
    made.review()
    return made


def _received(seat: str) -> Desk:
    made = Sample.of(_speaking(), _NOW)
    made.send_sheet(made.state.seats[seat], "R1", 11)
    return _desk(made.state, seat)


def _sheet(lot: int) -> m.Sheet:
    marks = {name: f"{steps / 10:.1f}" for name, steps in _MARKS.items()}
    return m.Sheet(id="0" * 32, event="e", seat="R1-5", room="R1", lot=lot, marks=marks)


def _offline(seat: str) -> Desk:
    made = _desk(_speaking(), seat)
    made.hear_link("offline")
    made.hear_pending((_sheet(11),))
    return made


def _refused(seat: str) -> Desk:
    made = _desk(_speaking(), seat)
    text = "5 号席已经交过签号 11 的评分表。要改请走更正手续。"
    made.hear_refused(_sheet(11), m.Refused(code="venue.sheet_already_in", params={}, text=text, id="0" * 32))
    return made


def _window(desk: Desk) -> StationWindow:
    made = StationWindow(lambda: _NOW)
    dress(made, Theme("light", large=True, touch=True))
    made.show_station(picture(desk))
    return made


def _join() -> StationWindow:
    made = StationWindow(lambda: _NOW)
    dress(made, Theme("light", large=True, touch=True))
    made.join.fill("192.168.1.5:8443", "K7F2Q9")
    return made


def _compare() -> StationWindow:
    made = _join()
    made.join.compare(JoiningLink("https://192.168.1.5:8443"), "3f9a07c1d2b488e6" * 4)
    return made


def _released() -> StationWindow:
    desk = _desk(_speaking(), "R1-5")
    desk.hear_link("released")
    return _window(desk)


SHOTS = shots()
