"""The results screen's pictures, with made-up people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.phrases import Phrase
from ui.screens.results.enter import Asked, EnterDialog
from ui.screens.results.explain import opened
from ui.screens.results.model import results_model
from ui.screens.results.view import ResultsView
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.rules import Results, compute
from venue_app.scheme import load_scheme, preset_text
from venue_app.state import State
from venue_app.state.facts import facts_of

_INSPECTION = Phrase(load_scheme(preset_text(sample.SCHEME), sample.SCHEME).component("inspection").title)


@cache
def _computed(make: Callable[[], State]) -> Results:
    state = make()
    return compute(state.scheme, facts_of(state))


def _view(make: Callable[[], State], open_component: str | None = None) -> ResultsView:
    state, results = make(), _computed(make)
    view = ResultsView()
    model = results_model(state, results)
    view.show_model(model)
    view.export.show()
    view.resize(1150, 620)
    first = model.posts[0].lines[0]
    view.table.choose(first.entry, 5)
    view.bar.refuse(Say("results.action.any", title=_INSPECTION), Say("results.why_not.choose"))
    if open_component is not None:
        view.show_opened(opened(state, results, first.entry, open_component))
        view.bar.offer(Say("results.action.enter", title=_INSPECTION, name=first.name))
    return view


def _empty() -> ResultsView:
    view = ResultsView()
    view.show_model(None)
    view.bar.refuse(Say("results.action.any", title=_INSPECTION), Say("results.why_not.choose"))
    return view


def _entering() -> EnterDialog:
    asked = Asked(
        entry="E001",
        who=Say("results.who", name="𠮷永平", post="水务局副局长"),
        component="inspection",
        title=_INSPECTION,
        maximum="10",
        now="8.5",
    )
    dialog = EnterDialog(asked)
    dialog.value.setText("11")
    dialog.again.setText("11")
    dialog.second.setText("闵建中")
    dialog.banner.show_known(Known("venue.value_out_of_range", value="11", low="0", high="10"))
    return dialog


SHOTS: dict[str, Callable[[], QWidget]] = {
    "results-empty": _empty,
    "results-under-way": lambda: _view(sample.under_way),
    "results-all": lambda: _view(sample.judged),
    "results-working": lambda: _view(sample.judged, "composite"),
    "results-panel": lambda: _view(sample.judged, "live"),
    "results-enter": _entering,
}
