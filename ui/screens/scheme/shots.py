"""The scheme's pictures: choosing, a county's plan as it comes, changed, faulty, and frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.screens.scheme.cards import presets
from ui.screens.scheme.dialog import SchemeDialog
from ui.screens.scheme.port import NewOffice
from venue_app.base.errors import Known
from venue_app.scheme import preset_text
from venue_app.state import State


@dataclass(frozen=True, slots=True)
class _Office(NewOffice):
    """An event that stands still and refuses nothing."""

    state: State | None = None  # type: ignore[assignment]


def _new() -> SchemeDialog:
    presets()  # read already, so that nothing is under way when the picture is taken
    return SchemeDialog(NewOffice())


def _preset(name: str, **typed: str) -> SchemeDialog:
    dialog = _new()
    dialog.desk.take_preset(name)
    return _type(dialog, typed)


def _type(dialog: SchemeDialog, typed: dict[str, str]) -> SchemeDialog:
    for key, text in typed.items():
        dialog.page.form.views[key].editor.show_text(text)
        dialog.desk.typed(key, text)
    dialog.desk.settled()
    return dialog


def _choose() -> QWidget:
    dialog = _new()
    dialog.chooser.show_presets(presets())
    return dialog


def _changed() -> QWidget:
    typed = {
        "groups[1].trim.high": "2",
        "stages[1].limit_s": "6:00",
        "rounds[1].gates[1].at_least": "72",
        "rounds[1].gates[1].at_least.included": "false",
    }
    return _type(SchemeDialog(_Office(sample.created())), typed)


def _faulty() -> QWidget:
    typed = {"intake.minimum_entries": "五人", "groups[1].minimum": "9", "stages[1].limit_s": "八分"}
    return _type(_preset(sample.SCHEME), typed)


def _file() -> QWidget:
    dialog = _new()
    text = (
        preset_text(sample.SCHEME)
        .replace("seats = 7", "seat = 7")
        .replace("maximum = 30", 'maximum = "三十"')
    )
    dialog.desk.take_file("本县方案.toml", text)
    return dialog


def _roster() -> QWidget:
    dialog = _type(SchemeDialog(_Office(sample.roster_ready())), {"groups[2].seats": "30"})
    dialog.desk._refused(Known("venue.scheme_drops_roster"))
    return dialog


SHOTS: dict[str, Callable[[], QWidget]] = {
    "scheme-choose": _choose,
    "scheme-new": lambda: _preset(sample.SCHEME),
    "scheme-changed": _changed,
    "scheme-faulty": _faulty,
    "scheme-file": _file,
    "scheme-roster": _roster,
    "scheme-ranks": lambda: _preset("s2-4-city-by-rank"),
    "scheme-appraisal": lambda: _preset("s2-8-performance-appraisal"),
    "scheme-frozen": lambda: SchemeDialog(_Office(sample.opened())),
}
