"""The standby as the host sees it: named when it offers itself, missed when it does not follow, believed when it took over.

A host whose standby took over does nothing more, and keeps in the event file why.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from venue_app.base.errors import Known
from venue_app.domain.hosts import NameStandby
from venue_app.domain.roles import Actor
from venue_app.host import superseding
from venue_app.host.history import asked
from venue_app.journal import Journal
from venue_app.lan.hosting import Hosting
from venue_app.lan.lockstep import StandbyStatus, Step
from venue_app.seal.keys import VenueKeys
from venue_app.state.places import STANDBY
from venue_app.state.under_way import under_way
from venue_app.venue import Venue

if TYPE_CHECKING:
    from venue_app.lan.server import LanServer


class Succession:
    """Whether this laptop is still the host of its event, and which one may follow it."""

    def __init__(self, venue: Venue, keys: VenueKeys) -> None:
        self._venue, self._keys = venue, keys
        self._server: LanServer | None = None
        self._urls: tuple[str, ...] = ()
        self.superseded = ""
        """The proof of the standby that took over from this laptop; '' while it is the host."""
        venue.with_journal(self._take_up)

    def _take_up(self, journal: Journal) -> None:
        learned = superseding.remembered(journal)
        if learned:  # another thread may have learned it meanwhile: never set back
            self.superseded = learned

    def recall(self) -> None:
        """Wait until it is known what earlier starts learned."""
        self.superseded = self.superseded or asked(self._venue, superseding.remembered)

    def meets_at(self, server: LanServer | None, urls: tuple[str, ...]) -> None:
        """Where this laptop and its standby meet from now on; None and () while no network is open.

        A takeover may have been learned since the server let the first device in: then all are sent away here.
        """
        self._server, self._urls = server, urls
        if self.superseded and server is not None:
            server.dismiss_all()

    @property
    def hosting(self) -> Hosting:
        """The owner's part in what the network does."""
        return Hosting(named=self._name, challenged=self.believe, picture=self._picture)

    def _picture(self, digest: str) -> bytes:
        from venue_app.host.photos import of_record  # pictures take a while to load, and few events have any

        return of_record(self._venue.path, digest)

    def believe(self, proof: str) -> bool:
        """Whether the standby this laptop had named has taken over; then nothing is done here any more. Any thread."""
        if self.superseded:
            return True
        if not proof or superseding.believed(self._venue.state, proof) is None:
            return False
        self.superseded = proof
        self._venue.with_journal(lambda journal: superseding.remember(journal, proof))
        if self._server is not None:
            self._server.dismiss_all()
        return True

    async def look(self) -> None:
        """Ask the standby, two seconds at most. Raises `Known` standby.superseded_at when it has taken over."""
        state = self._venue.state
        if self.superseded or self.believe(await superseding.proof_elsewhere(state)):
            raise superseding.gone(state)

    async def keep_looking(self) -> None:
        """While its standby does not follow, a host looks whether it was promoted behind its back."""
        while not self.superseded:
            await asyncio.sleep(superseding.ASK_S)
            status = self.status
            if (
                status is not None and status.step is not Step.IN_STEP
            ):  # a line that is cut is not over at once
                self.believe(await superseding.proof_elsewhere(self._venue.state))

    def _name(self, actor: Actor, keys: dict[str, str], urls: tuple[str, ...]) -> None:
        """A standby that was let in offers itself: signed and journaled, it may take over next."""
        epoch, signature = superseding.sign_offer(self._venue.state, self._keys, keys)
        command = NameStandby(epoch=epoch, keys=keys, urls=urls, hosts=self._urls, signature=signature)
        self._venue.submit(command, actor)

    @property
    def status(self) -> StandbyStatus | None:
        """How the standby is; None while no device holds its place, or no network is open."""
        joined = STANDBY in self._venue.state.stations
        return self._server.standby() if joined and self._server is not None else None

    @property
    def warning(self) -> Known | None:
        """What must be said loudly of the standby now: it took over, or the event goes on without it."""
        if self.superseded:
            return superseding.gone(self._venue.state)
        status = self.status
        if status is None or self._venue.state.closed_at is not None:
            return None
        behind = self._venue.clock.mono_ms() - status.since > superseding.BEHIND_MS
        if status.step is not Step.LOST and not (status.step is Step.CATCHING_UP and behind):
            return None
        state = self._venue.state
        missing, now_open = state.size - status.have, under_way(state)
        if status.disk == "full":
            return Known("standby.full", count=missing, open=now_open)
        if status.disk:
            return Known("standby.disk_fault", count=missing, open=now_open)
        return Known("standby.lost", count=missing, open=now_open)
