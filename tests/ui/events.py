"""A small event on a real file: two posts, ten people, one room, run to the end in a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui import sample
from ui.bridge import Bridge
from ui.screens.draw.screen import DrawScreen
from ui.widgets.held import HeldButton
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.entries import EventCreated
from venue_app.domain.nouns import Candidate, Entry, Post, Room, Seat
from venue_app.domain.roles import Actor, Role
from venue_app.scheme import preset_text
from venue_app.venue import Venue


def answered(bridge: Bridge, qtbot: QtBot) -> None:
    """All that was asked is answered, and whoever asked has heard it: until then a button takes no second press."""
    qtbot.waitUntil(lambda: not bridge._waiting)


def hold(qtbot: QtBot, button: HeldButton, done: Callable[[], bool], *, stays: bool = False) -> None:
    """Hold Space on a button once it can be held, till `done`; a form goes with it unless it `stays`: that is waited for."""
    form = button.window()
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    button.setFocus()
    qtbot.keyPress(button, Qt.Key.Key_Space)
    qtbot.waitUntil(done)
    if isinstance(form, QDialog) and not stays:
        qtbot.waitUntil(lambda: not isValid(form) or not form.isVisible())
    if isValid(button):
        qtbot.keyRelease(button, Qt.Key.Key_Space)


@contextmanager
def draw_screen(venue: Venue, qtbot: QtBot, actor: Actor) -> Iterator[DrawScreen]:
    """The draw screen of an event, shown."""
    bridge = Bridge(venue, actor)
    made = DrawScreen(bridge)
    qtbot.addWidget(made.widget)
    made.widget.show()
    yield made
    bridge.close()


def created(folder: Path) -> Venue:
    """A new event file, open."""
    event = EventCreated(
        event="e1",
        title="公开自荐",
        mode="rehearsal",
        place="县礼堂",
        scheme=preset_text(sample.SCHEME),
        keys={},
        software="test",
    )
    return Venue.create(folder / "small.venue", event)


def roster() -> c.ImportRoster:
    """E01 to E05 for post P1, E06 to E10 for P2; written speeches of 80."""
    numbers = range(1, 11)
    return c.ImportRoster(
        candidates=tuple(Candidate(id=f"C{n:02d}", identity=f"id{n}", name=f"考生{n}") for n in numbers),
        posts=(Post(id="P1", title="甲职位", room="R1"), Post(id="P2", title="乙职位", room="R1")),
        entries=tuple(
            Entry(id=f"E{n:02d}", candidate=f"C{n:02d}", post="P1" if n < 6 else "P2") for n in numbers
        ),
        rooms=(Room(id="R1", title="第1考场"),),
        seats=(
            *(Seat(id=f"R1-{n}", group="panel", number=n, room="R1", chief=n == 1) for n in range(1, 8)),
            *(Seat(id=f"OBS-{n:02d}", group="observers", number=n) for n in range(1, 21)),
        ),
        values={"draft": {f"E{n:02d}": "80" for n in numbers}},
        sources=(),
    )


def drawn(venue: Venue) -> None:
    """From nothing to lots."""
    venue.ask(roster(), sample.PROCTOR)
    venue.ask(c.OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    venue.ask(dc.FreezeDraw(), sample.PROCTOR)
    venue.ask(dc.HoldDraw(public="4071"), sample.PROCTOR)


def judged(venue: Venue) -> None:
    """Every lot heard. All judges of a candidate mark alike: E01 has 90 of 100, E02 89, E03 88 and so on."""
    drawn(venue)
    for appearance in venue.state.queue("R1"):
        lot, number = appearance.lot, int(appearance.entry[1:])
        venue.ask(c.CallCandidate(room="R1", lot=lot), sample.PROCTOR)
        for stage in venue.state.scheme.stages:
            venue.ask(c.StartStage(room="R1", stage=stage.id), sample.PROCTOR)
            venue.ask(c.EndStage(room="R1"), sample.PROCTOR)
        marks = {
            "content": str(31 - number),
            "language": "18",
            "post": "17",
            "response": "17",
            "manner": "8",
        }
        sheets = [
            venue.submit(_sheet(seat, lot, marks), _judge(seat), sub=f"{seat}/{lot}")
            for seat in (f"R1-{n}" for n in range(1, 8))
        ]
        sheets += [
            venue.submit(_sheet(seat, lot, {"overall": "8"}), _judge(seat), sub=f"{seat}/{lot}")
            for seat in (f"OBS-{n:02d}" for n in range(1, 21))
        ]
        for sheet in sheets:
            sheet.result()
        venue.ask(c.CheckResult(room="R1", lot=lot, checker="闵建中"), sample.PROCTOR)
        venue.ask(c.ReleaseResult(room="R1", lot=lot), sample.PROCTOR)
        venue.ask(c.CloseAppearance(room="R1", lot=lot), sample.PROCTOR)


def _sheet(seat: str, lot: int, marks: dict[str, str]) -> c.SubmitSheet:
    return c.SubmitSheet(room="R1", lot=lot, seat=seat, marks=marks)


def _judge(seat: str) -> Actor:
    if seat.startswith("OBS"):
        return Actor(role=Role.OBSERVER, seat=seat)
    return Actor(role=Role.JUDGE, seat=seat, room="R1")
