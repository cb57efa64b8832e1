"""Keeps the witness's page in step with the journal, and sends signatures.

screen = WitnessScreen(bridge, lambda: history(venue))                the laptop: who signs is chosen
screen = WitnessScreen(bridge, remote.records, signer=Signer(…))      a witness's own screen
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from ui import tasks
from ui.bridge import Bridge
from ui.screen import RailState, Section
from ui.screens.witness.page import WitnessPage
from ui.screens.witness.view import OFFICES, DueView, Signer, WitnessView, signers, witness_view
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.domain.floor_commands import CoSign
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.state.witness import due
from venue_app.venue import Change


class WitnessScreen(QObject):
    """见证, as the frame registers it. `past` fetches the journal so far, in another thread.

    With a `signer` the screen is that witness's alone, and its head was reckoned here.
    """

    id = "witness"
    icon = "witness"
    section: Section = "below"
    title: Text = Say("witness.page.title")

    def __init__(
        self,
        bridge: Bridge,
        past: Callable[[], Sequence[Record]],
        signer: Signer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._own = signer
        self._chosen = signer
        self.widget = WitnessPage(lambda: bridge.state)
        self.widget.signer_chosen.connect(self.choose)
        self.widget.signed.connect(self._sign)
        bridge.changed.connect(self._heard)
        self._seen = WhenSeen(self.widget, self.refresh)
        bridge.changed.connect(self._seen.touch)
        self.refresh()
        tasks.run(
            lambda _progress: past(), owner=self, done=self._take_past, failed=self.widget.banner.show_known
        )

    @property
    def view(self) -> WitnessView:
        """What is to be shown now."""
        now = self._bridge.venue.now
        known = (self._own,) if self._own is not None else signers(now.state)
        return witness_view(now, known, self._chosen, own_check=self._own is not None)

    def refresh(self) -> None:
        """Show the newest state."""
        self.widget.show_witness(self.view)

    def choose(self, signer: Signer) -> None:
        """Who signs."""
        self._chosen = signer
        self.refresh()

    def rail_state(self) -> RailState:
        """Counts what the witnesses have still to sign for."""
        state = self._bridge.state
        roles = {s.role for s in signers(state)} if self._own is None else {self._own.role}
        waits = sum(len(due(state, role.value)) for role in OFFICES if role in roles)
        if state.opened_at is None:
            return RailState(Mark.NOT_YET)
        return RailState(Mark.IN_PROGRESS if waits else Mark.DONE, waits)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Everything but the held press itself."""
        page = self.widget
        return (
            Shortcut("sign", "F5", Say("witness.screen.key_sign"), page.to_sign),
            Shortcut("due", "F6", Say("witness.screen.key_due"), page.to_due),
            Shortcut("journal", "F7", Say("witness.screen.key_journal"), page.to_journal),
            Shortcut("latest", "F8", Say("witness.screen.key_latest"), page.journal.newest),
        )

    def _take_past(self, records: Sequence[Record]) -> None:
        self.widget.journal.put_past(records)

    def _heard(self, change: Change) -> None:
        self.widget.journal.add(change.records)

    def _sign(self, one: DueView) -> None:
        signer = self.view.signer
        if signer is None:
            return
        self.widget.banner.hide()
        self.widget.set_busy(True)
        command = CoSign(milestone=one.due.milestone, room=one.due.room, lot=one.due.lot)
        actor = Actor(role=signer.role, name=signer.name)
        self._bridge.send(command, actor=actor, done=lambda _: self._settled(), refused=self._refused)

    def _settled(self) -> None:
        self.widget.set_busy(False)
        self.refresh()

    def _refused(self, fault: Known) -> None:
        self.widget.set_busy(False)
        self.widget.banner.show_known(fault)
