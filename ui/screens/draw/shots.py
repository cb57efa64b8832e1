"""The draw screen's pictures, with made-up people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.draws import PURPOSES
from ui.screens.draw import asked
from ui.screens.draw.model import draw_model
from ui.screens.draw.slip_dialog import SlipDialog
from ui.screens.draw.slip_table import FIRST, SECOND
from ui.screens.draw.slips import slips_of
from ui.screens.draw.view import DrawView
from ui.widgets.ask import AskDialog
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.domain.nouns import Purpose
from venue_app.state import State


def _view(state: State, purpose: Purpose | None = None, typed: str = "", chosen: str = "") -> DrawView:
    view = DrawView()
    first = draw_model(state, purpose)
    line = view.parties.open_line(first)
    if line is not None:
        line.setText(typed)
    view.show_model(draw_model(state, purpose, typed, chosen))
    return view


def _refused() -> DrawView:
    view = _view(sample.committed(), typed="4,0,7")
    view.banner.show_known(Known("draw.nonce_lost"))
    return view


def _slips(step: str) -> SlipDialog:
    state = sample.committed()
    held = state.draw
    assert held is not None
    slips = slips_of(state, held)
    made = SlipDialog(held.purpose, slips, False)
    made.first.setText("蔡思齐")
    made.second.setText("傅佳宁")
    numbers: dict[str, int] = {}
    lots: dict[str, str] = {}
    for slip in slips:
        numbers[slip.places[0]] = numbers.get(slip.places[0], 0) + 1
        lots[slip.id] = str(numbers[slip.places[0]])
    if step == "first":
        lots = dict(list(lots.items())[:5])
        made.table.fill(FIRST, lots)
        return made
    made.table.fill(FIRST, lots)
    wrong = {**lots, slips[3].id: lots[slips[4].id], slips[4].id: lots[slips[3].id]}
    made.table.fill(SECOND, wrong)
    made.step = "compare"
    made.show_step()
    made.witness.setText("闵建中")
    made.other.setText("尤思远")
    made.means.setText("乒乓球")
    return made


def _change() -> AskDialog:
    state = sample.drawn()
    assert state.draw is not None
    title = Say("draw_screen.change.title", draw=PURPOSES["order"])
    fields = asked.change_fields(state, state.draw, "E016")
    return AskDialog(title, Say("draw_screen.change.about"), fields, Say("draw_screen.change.act"))


SHOTS: dict[str, Callable[[], QWidget]] = {
    "draw-empty": lambda: _view(sample.created()),
    "draw-ready": lambda: _view(sample.opened()),
    "draw-committed": lambda: _view(sample.committed(), typed=sample.PUBLIC),
    "draw-error": _refused,
    "draw-turn": lambda: _view(sample.turning(57)),
    "draw-several": lambda: _view(sample.several_draws(0)),
    "draw-commit": lambda: _view(sample.several_draws(2)),
    "draw-reveal": lambda: _view(sample.several_draws(6)),
    "draw-seats": lambda: _view(sample.several_draws(9), "seats"),
    "draw-earlier": lambda: _view(sample.several_draws(3), "order"),
    "draw-done": lambda: _view(sample.drawn(), chosen="E016"),
    "draw-slips-first": lambda: _slips("first"),
    "draw-slips-compare": lambda: _slips("compare"),
    "draw-change": _change,
}
