"""The standby's side of the line: offers itself, takes the journal, secrets and papers, and says how much of it is safe.

Use it in one asyncio loop. What is done with the entries is the owner's (`venue_app.host.following`).
"""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.hold import Pairing
from venue_app.lan.line import Link
from venue_app.lan.messages import Message
from venue_app.lan.pace import Pace
from venue_app.lan.place_client import PlaceClient, PlaceEvents


class StandbyEvents(PlaceEvents):
    """What the standby's owner hears besides."""

    def on_secrets(self, secrets: s.Secrets) -> None:
        """The program's own secrets. Raise `Known` when they cannot be kept: the line ends with that fault."""

    def on_papers(self, papers: s.Papers) -> None:
        """A change of an open poll's box, or a part of it. Raise `Known` when it cannot be kept."""

    def on_picture(self, picture: s.Picture) -> None:
        """A part of the photograph that was asked for."""

    def on_notes(self, notes: s.Notes) -> None:
        """Signed checkpoints."""

    def on_standing(self, standing: s.Standing) -> None:
        """How long the journal is, and whether the host waits for this laptop."""


class StandbyClient(PlaceClient):
    """One standby laptop. `on_entries` and `on_papers` make what came durable; then it is acknowledged.

    client = StandbyClient(pairing, events, s.Offer(keys=keys.announced(), urls=("https://10.0.0.6:8443",)))
    task = asyncio.create_task(client.run())
    """

    path = "/ws/standby"

    def __init__(
        self, pairing: Pairing, events: StandbyEvents, offer: s.Offer, *, pace: Pace | None = None
    ) -> None:
        super().__init__(pairing, events, pace=pace)
        self._ears = events
        self._offer = offer

    def heard(self, frame: str) -> None:
        """What the host said."""
        message = s.read_to_standby(frame)
        match message:
            case s.Picture():
                self._ears.on_picture(message)
            case s.Notes():
                self._ears.on_notes(message)
            case s.Standing():
                self._ears.on_standing(message)
            case s.Secrets() | s.Papers():
                self._keep(message)
            case _:
                self._heard_place(frame, message)

    def _keep(self, message: s.Secrets | s.Papers) -> None:
        try:
            if isinstance(message, s.Secrets):
                self._ears.on_secrets(message)
                return
            self._ears.on_papers(message)
        except Known as fault:
            self._end(fault)
            return
        if not message.more:
            self._soon(s.Safe(number=message.number))

    def _heard_place(self, frame: str, message: s.ToStandby) -> None:
        super().heard(frame)
        if isinstance(message, r.Placed):
            self._soon(self._offer)
            if self.size == message.size:  # nothing will come that could be acknowledged
                self._soon(s.Have(size=self.size, root=self.root))
        elif isinstance(message, r.Entries) and self.link is Link.ONLINE:
            self._soon(s.Have(size=self.size, root=self.root))

    def want(self, digest: str) -> None:
        """Ask for a photograph by its SHA-256 (hex); one at a time."""
        self._soon(s.Want(digest=digest))

    def give_up(self, fault: Known) -> None:
        """What comes cannot be kept here: end the line with that fault."""
        self._end(fault)

    def last_words(self) -> list[Message]:
        """Why the line ends, where the disk here is at fault: the host goes on without waiting."""
        if self.fault is None or not self.fault.code.startswith("journal."):
            return []
        return [s.Trouble(disk="full" if self.fault.code == "journal.disk_full" else "fault")]

    def told_hosts(self, hosts: m.Hosts) -> None:
        """Its own address stands there: it does not look for itself."""
