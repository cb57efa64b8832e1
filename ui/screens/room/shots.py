"""The room board's pictures, with made-up people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QWidget

from ui import sample
from ui.ports import Lines
from ui.sample import Sample
from ui.screens.room.board import Board
from ui.screens.room.build import board
from ui.screens.room.form_fields import ChoiceField
from ui.screens.room.forms import form_of
from venue_app.base.errors import Known
from venue_app.base.palette import LIGHT
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.host.photos import Photo
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.state.room import panel

_NOW = 600_000_000


def shots() -> dict[str, Callable[[], QWidget]]:
    """Name of the picture → how to make its widget."""
    return {
        "room-empty": lambda: _view(sample.opened(), ""),
        "room-all": lambda: _view(_speaking(), ""),
        "room-call": lambda: _view(_drawn(), "R2"),
        "room-called": lambda: _view(_called(), "R2"),
        "room-speech": lambda: _view(_speaking(), "R2"),
        "room-warned": lambda: _view(_running(425_000), "R2"),
        "room-overrun": lambda: _view(_running(492_400), "R2"),
        "room-paused": lambda: _view(_paused(), "R2"),
        "room-waiting": lambda: _view(sample.under_way(), "R1", offline=True),
        "room-check": lambda: _view(_all_in(), "R1"),
        "room-released": lambda: _view(_released(), "R1"),
        "room-error": _refused,
        "room-done": lambda: _view(sample.judged(), "R3"),
        "room-identified": lambda: _view(_identified(), "R2"),
        "room-identity": lambda: _identity(Photo("here", _portrait())),
        "room-identity-none": lambda: _identity(Photo("none")),
        "room-waive": lambda: _form(_called(), "R2", 8, "waive"),
        "room-recuse": lambda: _form(_called(), "R2", 0, "recuse"),
        "room-extend": lambda: _form(_speaking(), "R2", 8, "extend"),
        "room-reopen": lambda: _form(_all_in(), "R1", 10, "reopen"),
        "room-paper": _paper,
        "room-sign": lambda: _form(_released(), "R1", 10, "sign"),
        "room-note": lambda: _form(_speaking(), "R2", 8, "note"),
        "room-announcing": lambda: _form(_speaking(), "R2", 0, "announcing"),
        "room-form-error": _form_refused,
        "room-few": lambda: _view(_few(), "R2"),
        "room-accept": lambda: _form(_few(), "R2", 8, "accept"),
        "room-accepted": lambda: _view(_accepted(), "R2"),
        "room-corrected": lambda: _view(_corrected(), "R1"),
        "room-owed": _owed_list,
        "room-recheck": lambda: _form(_owed(), "R1", 8, "check"),
    }


def _lines(state: State, offline: bool = False) -> Lines:
    """Devices in all seats but the last of room 3; with `offline` two of room 1 have gone quiet."""
    quiet = {"R1-6": _NOW - 12_000, "R1-7": _NOW - 75_000} if offline else {}
    return {
        seat: Presence(
            seat=seat,
            device_name="平板",
            connected=seat not in quiet,
            heard=quiet.get(seat, _NOW),
            called=_NOW if offline and seat == "R1-4" else None,
        )
        for seat in state.stations
    }


def _joined(made: Sample) -> Sample:
    for seat in list(made.state.seats)[:-3]:
        made.do(c.JoinStation(seat=seat, device=seat, device_name="平板"), after_ms=0)
    return made


def _seated(state: State) -> State:
    """The same event with a device in each seat."""
    return _joined(Sample.of(state, 20_000_000)).state


def _drawn() -> State:
    return _seated(sample.drawn())


@cache
def _under_way() -> State:
    return _seated(sample.under_way())


@cache
def _called() -> State:
    made = Sample.of(_under_way(), 20_000_000)
    made.do(c.CallCandidate(room="R2", lot=8))
    return made.state


def _started() -> Sample:
    made = Sample.of(_called(), _NOW - 437_000)
    made.do(c.StartStage(room="R2", stage="speech"), after_ms=0)
    made = Sample.of(made.state, _NOW - 61_000)
    made.do(c.CallCandidate(room="R3", lot=9), after_ms=0)
    made.do(c.StartStage(room="R3", stage="speech"), after_ms=0)
    return made


@cache
def _speaking() -> State:
    return _started().state


def _running(spent_ms: int) -> State:
    """The same speech so long on."""
    made = Sample.of(_called(), _NOW - spent_ms)
    made.do(c.StartStage(room="R2", stage="speech"), after_ms=0)
    return made.state


@cache
def _paused() -> State:
    made = Sample.of(_speaking(), _NOW)
    made.do(c.PauseStage(room="R2", reason="设备故障"), after_ms=0)
    return made.state


def _full() -> Sample:
    made = Sample.of(_under_way(), 30_000_000)
    seats = panel(made.state, "R1")
    made.do(c.ExcuseSeat(room="R1", lot=10, seat="R1-6", kind="recused", reason="亲属关系"))
    made.send_sheet(seats[6], "R1", 10)
    return made


@cache
def _all_in() -> State:
    return _full().state


@cache
def _released() -> State:
    made = _full()
    made.do(c.CheckResult(room="R1", lot=10, checker="闵建中"))
    made.do(c.ReleaseResult(room="R1", lot=10))
    return made.state


def _view(state: State, room: str, offline: bool = False) -> Board:
    state = state if state.stations or not state.lots else _seated(state)
    made = Board(lambda: _NOW)
    made.show_board(board(state, _lines(state, offline), _NOW, "罗静宜"))
    made.open(room)
    return made


def _refused() -> Board:
    made = _view(_all_in(), "R1")
    made.banner.show_known(Known("venue.second_person"))
    return made


@cache
def _identified() -> State:
    made = Sample.of(_called(), 30_000_000)
    made.do(f.RecallCandidate(room="R2", lot=8))
    made.do(f.ConfirmIdentity(room="R2", lot=8, by="罗静宜"))
    return made.state


@cache
def _few() -> State:
    """Three of seven recused: below the minimum of five."""
    made = Sample.of(_called(), 30_000_000)
    for stage in made.state.scheme.stages:
        made.do(c.StartStage(room="R2", stage=stage.id))
        made.do(c.EndStage(room="R2"), after_ms=400_000)
    for number, seat in enumerate(panel(made.state, "R2")):
        if number < 4:
            made.send_sheet(seat, "R2", 8)
        else:
            made.do(c.ExcuseSeat(room="R2", lot=8, seat=seat.id, kind="recused", reason="亲属关系"))
    return made.state


@cache
def _accepted() -> State:
    made = Sample.of(_few(), 31_000_000)
    people = ("闵建中", "罗静宜")
    made.do(f.AcceptPanel(room="R2", lot=8, group="panel", people=people, reason="三席回避"))
    return made.state


@cache
def _corrected() -> State:
    """Seat 3's sheet was given back while the candidate is still there."""
    made = _full()
    made.do(f.ReopenSheet(room="R1", lot=10, seat="R1-3", reason="漏评一项", second="闵建中"))
    made.send_sheet(made.state.seats["R1-3"], "R1", 10)
    return made.state


@cache
def _owed() -> State:
    """Three earlier results on their way again, one of them marked anew and two waiting for their judges."""
    made = _full()
    for lot in (4, 8, 9):
        made.do(f.ReopenSheet(room="R1", lot=lot, seat="R1-2", reason="笔误", second="闵建中"))
    for lot in (8, 9):
        made.send_sheet(made.state.seats["R1-2"], "R1", lot)
    made.do(c.CheckResult(room="R1", lot=9, checker="闵建中"))
    return made.state


def _form(state: State, room: str, lot: int, act: str) -> Board:
    made = _view(state, room)
    made.page.show_form(form_of(state, room, lot, act, "罗静宜"))
    return made


def _form_refused() -> Board:
    made = _form(_all_in(), "R1", 10, "reopen")
    made.page.panel.refuse(Known("venue.second_person"))
    return made


def _paper() -> Board:
    made = _form(_under_way(), "R1", 10, "paper")
    panel = made.page.panel
    seat = panel.fields["seat"]
    assert isinstance(seat, ChoiceField) and seat.box is not None
    seat.box.setCurrentIndex(0)
    assert panel.marks is not None
    for line, mark in zip(panel.marks.first.values(), ("24.5", "17.0", "16.5", "16.0", "8.5"), strict=True):
        line.setText(mark)
    return made


def _identity(photo: Photo) -> Board:
    made = _view(_called(), "R2")
    made.page.show_form(form_of(_called(), "R2", 8, "identity", "罗静宜"), photo)
    return made


def _portrait() -> bytes:
    """A made-up face: a head and shoulders on blue, as identity photographs are."""
    image = QImage(358, 441, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.primary))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.ink))
    painter.drawEllipse(40, 290, 278, 300)
    painter.setBrush(QColor(LIGHT.line))
    painter.drawEllipse(109, 90, 140, 185)
    painter.end()
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(data, QByteArray(b"PNG")).write(image)
    return bytes(data.data().data())


def _owed_list() -> Board:
    made = _view(_owed(), "R1")
    made.page.open_owed()
    return made


SHOTS = shots()
