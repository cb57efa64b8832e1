"""The prepare screen's pictures, with the made-up county's own spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.screens.prepare.guide import Outside
from ui.screens.prepare.import_model import confirmations, import_model
from ui.screens.prepare.model import prepare_model
from ui.screens.prepare.reading import Reading, answered, read
from ui.screens.prepare.view import PrepareView
from ui.tasks import Progress
from venue_app.base.errors import Known
from venue_app.base.paths import resources
from venue_app.host.readiness import Point
from venue_app.roster.source import Source
from venue_app.state import State


def _view(state: State, step: str) -> PrepareView:
    view = PrepareView()
    view.people.lines[0].name.setText(sample.PROCTOR.name)
    view.show_model(prepare_model(state))
    view.go(step)
    return view


def _reading(answers: Mapping[str, str] | None = None) -> Reading:
    state = sample.created()
    folder = (resources() / "demo" / "county",)
    reading = read(folder, state.scheme, {}, Progress(lambda _done, _total: None))
    return reading if answers is None else answered(reading, answers, state.scheme)


def _importing(*, confirm: bool = False) -> PrepareView:
    state = sample.created()
    reading = _reading()
    model = import_model(reading)
    if confirm:
        answers = {k: v for group in model.asked for k, v in confirmations(group).items()}
        model = import_model(answered(reading, answers, state.scheme))
    view = _view(state, "roster")
    view.resize(1150, 620)
    view.show_import(model)
    return view


def _found() -> PrepareView:
    view = _importing(confirm=True)
    view.imports.views.setCurrentIndex(1)
    return view


def _wrong() -> PrepareView:
    """A registration list with faults that must be put right in the file."""
    text = (
        "姓名,身份证号,性别,报考职位,资格审查意见\n"
        "何雪,990000197810180324,女,水务局副局长,合格\n"
        "何雪,990000197810180324,女,林业局副局长,合格\n"
        "王㛃,9.90000198303161E+17,男,水务局副局长,合格\n"
        ",990000197801137121,女,水务局副局长,待定\n"
    )
    state = sample.created()
    given = [Source("报名登记表.csv", text.encode("gb18030"))]
    reading = read(given, state.scheme, {}, Progress(lambda _done, _total: None))
    view = _view(state, "roster")
    view.resize(1150, 620)
    view.show_import(import_model(reading))
    view.imports.views.setCurrentIndex(1)
    return view


def _refused() -> PrepareView:
    view = _view(sample.roster_ready(), "people")
    view.banner.show_known(Known("venue.people_missing"))
    return view


_POINTS = (
    Point("printer", "ok", "readiness.printer.ready", {"name": "HP LaserJet"}),
    Point("copy", "fault", "readiness.copy.none"),
    Point("disk", "ok", "readiness.disk.ready", {"free": "68.5 GB"}),
    Point("clock", "ok", "readiness.clock.ready", {"now": "2026-05-15 08:02:11", "zone": "UTC+8"}),
    Point("fonts", "ok", "readiness.fonts.ready"),
    Point("network", "ok", "readiness.network.ready", {"addresses": "192.168.1.5 (eth0)", "port": 8443}),
    Point("network", "attention", "readiness.network.untried"),
    Point("tls", "ok", "readiness.tls.answered", {"library": "OpenSSL 3.5"}),
    Point(
        "stations",
        "attention",
        "readiness.stations.missing",
        {"connected": 39, "seats": 41, "names": "第2考场 3、第3考场 1"},
    ),
    Point("power", "ok", "readiness.power.mains", {"charge": 98}),
    Point("sleep", "attention", "readiness.sleep.after", {"minutes": 30}),
)


def _guide(step: str, outside: Outside) -> PrepareView:
    view = _view(sample.official_ready(), "roster")
    view.show_model(prepare_model(sample.official_ready(), outside=outside))
    view.go(step)
    return view


def _ready() -> PrepareView:
    return _guide("ready", Outside(points=_POINTS, looked_at="08:02:11"))


def _rehearsal() -> PrepareView:
    return _guide("rehearsal", Outside(rehearsals=("某县竞聘 演练 20260514-1602.venue",)))


def _people() -> PrepareView:
    view = _view(sample.roster_ready(), "people")
    for line, person in zip(view.people.lines, sample.PEOPLE, strict=True):
        line.name.setText(person.name)
    return view


SHOTS: dict[str, Callable[[], QWidget]] = {
    "prepare-empty": lambda: _view(sample.created(), "roster"),
    "prepare-scheme": lambda: _view(sample.created(), "scheme"),
    "prepare-decide": _importing,
    "prepare-found": _found,
    "prepare-wrong": _wrong,
    "prepare-imported": lambda: _view(sample.roster_ready(), "roster"),
    "prepare-rooms": lambda: _view(sample.roster_ready(), "rooms"),
    "prepare-scores": lambda: _view(sample.roster_ready(), "scores"),
    "prepare-printer": lambda: _guide("printer", Outside()),
    "prepare-copy": lambda: _guide("copy", Outside(points=_POINTS, looked_at="08:02:11")),
    "prepare-stations": lambda: _guide("stations", Outside()),
    "prepare-witnesses": lambda: _guide("witnesses", Outside()),
    "prepare-ready": _ready,
    "prepare-rehearsal": _rehearsal,
    "prepare-people": _people,
    "prepare-refused": _refused,
    "prepare-opened": lambda: _view(sample.opened(), "people"),
}
