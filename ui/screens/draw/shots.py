"""The draw screen's pictures, with made-up people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.screens.draw.model import draw_model
from ui.screens.draw.view import DrawView
from venue_app.base.errors import Known
from venue_app.state import State


def _view(state: State, typed: str = "", chosen: str = "") -> DrawView:
    view = DrawView()
    view.field.setText(typed)
    view.show_model(draw_model(state, typed, chosen))
    return view


def _refused() -> DrawView:
    view = _view(sample.committed(), typed="4,0,7")
    view.banner.show_known(Known("draw.nonce_lost"))
    return view


SHOTS: dict[str, Callable[[], QWidget]] = {
    "draw-empty": lambda: _view(sample.created()),
    "draw-ready": lambda: _view(sample.opened()),
    "draw-committed": lambda: _view(sample.committed(), typed=sample.PUBLIC),
    "draw-error": _refused,
    "draw-done": lambda: _view(sample.drawn(), chosen="E016"),
}
