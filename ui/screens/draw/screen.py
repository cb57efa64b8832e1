"""The draw screen's controller: it listens to the venue and sends its two commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ui.bridge import Bridge
from ui.screen import RailState, Section
from ui.screens.draw.model import DrawModel, draw_model
from ui.screens.draw.view import DrawView
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.domain.draw_commands import FreezeDraw, HoldDraw
from venue_app.venue import Reply

_RAIL = {
    "no_roster": RailState(Mark.NOT_YET),
    "not_open": RailState(Mark.NOT_YET),
    "ready": RailState(Mark.READY, 2),
    "committed": RailState(Mark.IN_PROGRESS, 1),
    "held": RailState(Mark.DONE),
}


class DrawScreen(QObject):
    """抽签, as the frame registers it."""

    id = "draw"
    icon = "draw"
    section: Section = "day"
    title: Text = Say("draw_screen.title")

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen = ""
        self.widget = DrawView()
        self.widget.prepare.connect(self._prepare)
        self.widget.reveal.connect(self._reveal)
        self.widget.typed.connect(lambda _text: self.refresh())
        self.widget.chosen.connect(self._choose)
        self._seen = WhenSeen(self.widget, self.refresh)
        bridge.changed.connect(self._seen.touch)
        self.refresh()

    @property
    def model(self) -> DrawModel:
        """What is to be shown now."""
        return draw_model(self._bridge.state, self.widget.field.text(), self._chosen)

    def refresh(self) -> None:
        """Show the newest state."""
        self.widget.show_model(self.model)

    def rail_state(self) -> RailState:
        """Two steps to go, one, or none."""
        return _RAIL[self.model.stage]

    def shortcuts(self) -> Sequence[Shortcut]:
        """Everything but the held press, which is held on its button."""
        view = self.widget
        return (
            Shortcut("prepare", "Ctrl+Return", Say("draw_screen.keys.prepare"), view.bar.action.button.click),
            Shortcut("field", "Ctrl+E", Say("draw_screen.keys.field"), view.field.setFocus),
            Shortcut("order", "Ctrl+L", Say("draw_screen.keys.order"), view.order_table.setFocus),
        )

    def _choose(self, entry: str) -> None:
        self._chosen = entry
        self.refresh()

    def _prepare(self) -> None:
        self._bridge.send(
            FreezeDraw(purpose=self._bridge.state.scheme.draw.lots), done=self._done, refused=self._refused
        )

    def _reveal(self) -> None:
        public = self.widget.field.text()
        self._bridge.send(
            HoldDraw(purpose=self._bridge.state.scheme.draw.lots, public=public),
            done=self._done,
            refused=self._refused,
        )

    def _done(self, _reply: Reply) -> None:
        self.widget.banner.hide()
        self.refresh()
        if self.model.stage == "committed":
            self.widget.field.setFocus()

    def _refused(self, fault: Known) -> None:
        self.widget.banner.show_known(fault)
        self.refresh()
