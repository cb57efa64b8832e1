"""The draw screen's controller: it listens to the venue and sends the commands of a draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.bridge import Bridge
from ui.draws import PURPOSES
from ui.screen import RailState, Section, Turns
from ui.screens.draw import asked
from ui.screens.draw.ceremony import Ceremony
from ui.screens.draw.judges import JudgesIn
from ui.screens.draw.model import DrawModel, draw_model
from ui.screens.draw.slip_dialog import SlipDialog
from ui.screens.draw.slips import slips_of
from ui.screens.draw.steps import mark_of, now_of
from ui.screens.draw.view import DrawView
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.ask import AskDialog, Field
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.domain import draw_commands as d
from venue_app.domain.commands import Command
from venue_app.domain.nouns import Purpose
from venue_app.domain.showing import ChooseShowing
from venue_app.venue import Change


class DrawScreen(QObject):
    """抽签, as the frame registers it. Whatever happens before the big screen is given to `ceremony`."""

    id = "draw"
    icon = "draw"
    section: Section = "day"
    title: Text = Say("draw_screen.title")

    def __init__(self, bridge: Bridge, parent: QObject | None = None, view: DrawView | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen = ""
        self._purpose: Purpose | None = None
        self._missing: frozenset[str] = frozenset()
        self._turned = bridge.state.showing.last
        self.dialog: AskDialog | SlipDialog | None = None
        self.ceremony = Ceremony(bridge, self)
        self.ceremony.refused.connect(self._refused)
        self.widget = view or DrawView()
        self.judges = JudgesIn(bridge, self.widget, self)
        self.judges.refused.connect(self._refused)
        self._wire(self.widget)
        self._seen = WhenSeen(self.widget, self.refresh)
        bridge.changed.connect(self._changed)
        self.refresh()

    @classmethod
    def in_turns(cls, bridge: Bridge, parent: QObject, home: QWidget) -> Turns[DrawScreen]:
        """The same, made in several turns of the loop, and where it will stand."""
        view = DrawView(home, later=True)
        view.hide()  # until it is turned to
        yield from view.build()
        yield
        return cls(bridge, parent, view)

    def _wire(self, view: DrawView) -> None:
        view.acted.connect(self._act)
        view.typed.connect(self.refresh)
        view.chosen.connect(self._choose)
        view.purpose_chosen.connect(self._choose_purpose)
        view.missing_toggled.connect(self._toggle_missing)
        view.one_by_one.toggled.connect(self._choose_showing)
        view.turn.field.pressed_now.connect(self.ceremony.press)
        view.turn.field.coded.connect(self.ceremony.read)
        view.turn.passed.connect(self.ceremony.pass_turn)
        view.turn.rest.connect(self.ceremony.show_rest)
        view.judges.clicked.connect(self.open_judges)
        view.by_hand.clicked.connect(self.open_slips)
        view.envelope.clicked.connect(self.open_envelope)
        view.change.clicked.connect(self.open_change)
        view.discard.clicked.connect(self.open_discard)

    # ---- shown ----

    @property
    def purpose(self) -> Purpose:
        """The draw that is looked at: the one that was chosen, else the next one due."""
        return self._purpose or now_of(self._bridge.state)

    @property
    def model(self) -> DrawModel:
        """What is to be shown now."""
        state, what = self._bridge.state, self.purpose
        first = draw_model(state, what, chosen=self._chosen, missing=self._missing)
        line = self.widget.parties.open_line(first)
        if line is None or not line.text():
            return first
        return draw_model(state, what, line.text(), self._chosen, self._missing)

    def refresh(self) -> None:
        """Show the newest state."""
        self.widget.show_model(self.model)

    def rail_state(self) -> RailState:
        """The first draw that is not over; how many draws are to go."""
        state = self._bridge.state
        held = state.scheme.draw.held
        open_ones = [p for p in held if mark_of(state, p) is not Mark.DONE]
        if not open_ones:
            return RailState(Mark.DONE)
        now = mark_of(state, open_ones[0])
        begun = len(open_ones) < len(held)
        return RailState(Mark.IN_PROGRESS if begun and now is not Mark.ALARM else now, len(open_ones))

    def shortcuts(self) -> Sequence[Shortcut]:
        """Everything but the held press, which is held on its button."""
        view = self.widget
        return (
            Shortcut("next", "Ctrl+Return", Say("draw_screen.keys.next"), self._press),
            Shortcut("field", "Ctrl+E", Say("draw_screen.keys.field"), self.to_field),
            Shortcut("order", "Ctrl+L", Say("draw_screen.keys.order"), view.order_table.setFocus),
            Shortcut("list", "Ctrl+Shift+L", Say("draw_screen.keys.list"), view.list_table.setFocus),
            Shortcut("place", "F6", Say("draw_screen.keys.place"), view.next_place),
            Shortcut("draw", "F7", Say("draw_screen.keys.draw"), lambda: view.next_purpose(1)),
            Shortcut("missing", "Ctrl+M", Say("draw_screen.keys.missing"), view.missing.click),
            Shortcut("one", "Ctrl+B", Say("draw_screen.keys.one_by_one"), self._toggle_showing),
            Shortcut("later", "F8", Say("draw_screen.keys.later"), self.ceremony.pass_turn),
            Shortcut("judges", "Ctrl+J", Say("draw_screen.keys.judges"), self.open_judges),
            Shortcut("slips", "Ctrl+T", Say("draw_screen.keys.slips"), self.open_slips),
            Shortcut("change", "Ctrl+D", Say("draw_screen.keys.change"), self.open_change),
            Shortcut("discard", "Ctrl+Shift+R", Say("draw_screen.keys.discard"), self.open_discard),
            Shortcut("envelope", "Ctrl+Shift+E", Say("draw_screen.keys.envelope"), self.open_envelope),
        )

    def to_field(self) -> None:
        """To whatever is to be typed now."""
        model = self.model
        line: QLineEdit | None = (
            self.widget.turn.field if model.turn else self.widget.parties.open_line(model)
        )
        if line is not None:
            line.setFocus()

    def _changed(self, change: Change) -> None:
        if self._missing and self.purpose in change.state.draws:
            self._missing = frozenset()
        self._seen.touch()
        last = change.state.showing.last
        if last != self._turned:
            self._turned = last
            self.widget.show_place_of(last)

    def _choose(self, entry: str) -> None:
        self._chosen = entry
        self.refresh()

    def _choose_purpose(self, purpose: str) -> None:
        self._purpose = cast(Purpose, purpose)
        self._missing = frozenset()
        self._chosen = ""
        self.widget.parties.clear()
        self.widget.banner.hide()
        self.refresh()

    def _toggle_missing(self, name: str) -> None:
        self._missing ^= {name}
        self.refresh()
        self.widget.list_table.choose(name)

    # ---- the next step ----

    def _press(self) -> None:
        bar = self.widget.bar
        if bar.action.isVisible():
            bar.action.button.click()
        elif bar.hold.isVisible():
            bar.hold.setFocus()

    def _act(self) -> None:
        model = self.model
        line = self.widget.parties.open_line(model)
        typed = line.text() if line is not None else ""
        party = model.awaited.id if model.awaited is not None else ""
        what = model.purpose
        commands: dict[str, Command] = {
            "freeze": d.FreezeDraw(purpose=what, missing=tuple(sorted(self._missing))),
            "commit": d.CommitDraw(purpose=what, party=party, commitment=typed),
            "public": d.GivePublic(purpose=what, public=typed),
            "reveal": d.RevealDraw(purpose=what, party=party, nonce=typed),
            "hold": d.HoldDraw(purpose=what, public=typed if model.stage == "public" else ""),
        }
        if model.action.act == "turn":
            self.ceremony.press()
        elif model.action.act in commands:
            self._purpose = what  # what was just done stays in sight
            command = commands[model.action.act]
            self._bridge.send(command, done=lambda _reply: self._done(typed), refused=self._refused)

    def _choose_showing(self, one_by_one: bool) -> None:
        self._bridge.send(ChooseShowing(one_by_one=one_by_one), refused=self._refused)

    def _toggle_showing(self) -> None:
        if self.widget.one_by_one.isVisible():
            self.widget.one_by_one.click()

    def _done(self, sent: str) -> None:
        """`sent` is durable; what has been typed for the next step meanwhile stays, and so does a held press."""
        self.widget.banner.hide()
        self.widget.parties.clear(sent)
        self.refresh()
        line = self.widget.parties.open_line(self.model)
        if line is None or not line.text():
            self.to_field()

    def _refused(self, fault: Known) -> None:
        self.widget.banner.show_known(fault)
        self.refresh()

    # ---- small forms ----

    def open_discard(self) -> None:
        """Set the draw aside: why, and before whom."""
        model = self.model
        if not model.can_discard:
            return
        self._ask(
            Say("draw_screen.discard.title", draw=PURPOSES[model.purpose]),
            Say("draw_screen.discard.about"),
            asked.discard_fields(),
            Say("draw_screen.discard.act"),
            lambda given: asked.discard(model.purpose, given),
        )

    def open_change(self) -> None:
        """Somebody withdraws, stays away, comes late, or is replaced."""
        state, model = self._bridge.state, self.model
        if not model.can_change:
            return
        self._ask(
            Say("draw_screen.change.title", draw=PURPOSES[model.purpose]),
            Say("draw_screen.change.about"),
            asked.change_fields(state, state.draws[model.purpose], self._chosen),
            Say("draw_screen.change.act"),
            lambda given: asked.change(model.purpose, given),
        )

    def open_envelope(self) -> None:
        """A party does not reveal."""
        model = self.model
        if not model.can_open:
            return
        self._ask(
            Say("draw_screen.envelope.title"),
            Say("draw_screen.envelope.about"),
            asked.envelope_fields(self._bridge.state.draws[model.purpose]),
            Say("draw_screen.envelope.act"),
            lambda given: asked.envelope(model.purpose, given),
        )

    def open_judges(self) -> None:
        """Take down the judges a draw is held over, from a spreadsheet."""
        if self.model.can_list:
            self.judges.choose()

    def open_slips(self) -> None:
        """Type a hand draw in."""
        model = self.model
        if not model.can_type:
            return
        held = self._bridge.state.draws[model.purpose]
        slips = slips_of(self._bridge.state, held)
        dialog = SlipDialog(model.purpose, slips, held.plan.rules.reserve, self.widget)
        dialog.given.connect(lambda command: self._give(dialog, command))
        self._open(dialog)

    def _ask(
        self,
        title: Text,
        about: Text,
        fields: tuple[Field, ...],
        act: Text,
        command: Callable[[Mapping[str, str]], Command],
    ) -> None:
        dialog = AskDialog(title, about, fields, act, self.widget)
        dialog.given.connect(lambda given: self._give(dialog, command(given)))
        self._open(dialog)

    def _open(self, dialog: AskDialog | SlipDialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _give(self, dialog: AskDialog | SlipDialog, command: Command) -> None:
        self._purpose = self.purpose
        self._bridge.send(
            command, done=lambda _reply: self._taken(dialog), refused=dialog.refuse, asker=dialog
        )

    def _taken(self, dialog: AskDialog | SlipDialog) -> None:
        dialog.accept()
        self.refresh()
