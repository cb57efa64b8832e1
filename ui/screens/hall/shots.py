"""Pictures of the big screen and of the page that steers it, with made-up lots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.sample import Sample
from ui.screens.hall.build import Choice, hall
from ui.screens.hall.panel import HallPanel
from ui.screens.hall.view import HallPoll
from ui.screens.hall.window import HallWindow
from venue_app.domain import commands as c
from venue_app.state import State
from venue_app.state.room import panel

_NOW = 600_000_000


def shots() -> dict[str, Callable[[], QWidget]]:
    """Name of the picture → how to make its widget."""
    return {
        "hall-welcome": lambda: _view(sample.opened()),
        "hall-draw": lambda: _view(sample.committed()),
        "hall-draw-parties": lambda: _view(sample.several_draws(4)),
        "hall-seats": lambda: _view(sample.several_draws(9)),
        "hall-lots-first": lambda: _view(sample.turning(0)),
        "hall-lots-turn": lambda: _view(sample.turning(57)),
        "hall-lots-shown": _turned,
        "hall-lots-done": lambda: _view(sample.turning(150)),
        "hall-board": lambda: _view(sample.drawn()),
        "hall-order": lambda: _view(sample.under_way(), "order"),
        "hall-order-one": lambda: _view(sample.under_way(), "order", "R1"),
        "hall-next": lambda: _view(sample.under_way(), "auto", "R2"),
        "hall-speech": lambda: _view(_speaking(), "auto", "R2"),
        "hall-rooms": lambda: _view(_speaking(), "now"),
        "hall-marking": lambda: _view(sample.under_way(), "auto", "R1"),
        "hall-still": lambda: _view(_released(), "auto", "R1"),
        "hall-result": lambda: _view(_released(), "auto", "R1", told=True),
        "hall-rules": lambda: _view(sample.under_way(), "welcome"),
        "hall-break": lambda: _view(_speaking(), "break"),
        "hall-vote": _voting,
        "hall-panel": _panel,
    }


def _speaking() -> State:
    made = Sample.of(sample.under_way(), _NOW - 437_000)
    made.do(c.CallCandidate(room="R2", lot=8), after_ms=0)
    made.do(c.StartStage(room="R2", stage="speech"), after_ms=0)
    made = Sample.of(made.state, _NOW - 61_000)
    made.do(c.CallCandidate(room="R3", lot=9), after_ms=0)
    made.do(c.StartStage(room="R3", stage="speech"), after_ms=0)
    return made.state


def _released() -> State:
    made = Sample.of(sample.under_way(), 30_000_000)
    for seat in panel(made.state, "R1")[5:]:
        made.send_sheet(seat, "R1", 10)
    made.do(c.CheckResult(room="R1", lot=10, checker="闵建中"))
    made.do(c.ReleaseResult(room="R1", lot=10))
    return made.state


def _view(state: State, choice: Choice = "auto", room: str = "", told: bool = False) -> HallWindow:
    made = HallWindow(lambda: _NOW, lambda: sample.MORNING + _NOW)
    made.pages.resize(1366, 768)
    made.pages.show_hall(hall(state, choice, room, "1863 · 5DD8 D73E"))
    if told:
        made.pages.result.still.end()
    return made


def _turned() -> HallWindow:
    """The moment after a press: the lot stands."""
    made = _view(sample.turning(57))
    made.pages.show_hall(hall(sample.turning(58)))
    made.pages.lots.stage.lot.rest()
    return made


def _voting() -> HallWindow:
    made = _view(sample.opened())
    polls = (HallPoll("民主测评票", 140, 97), HallPoll("民主推荐票", 140, 64))
    made.pages.show_hall(replace(hall(sample.opened()), page="vote", polls=polls))
    return made


def _panel() -> HallPanel:
    made = HallPanel(lambda: _NOW)
    state = _speaking()
    made.show_choice("auto", "", tuple((r.id, r.title) for r in state.rooms.values()))
    made.show_hall(hall(state, "now"), is_open=False, second=True)
    return made


SHOTS = shots()
