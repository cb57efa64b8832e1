"""One open event: its keys, its venue, signed checkpoints at every milestone, and the LAN when it is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from venue_app import __version__
from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.i18n import say, tr
from venue_app.base.ids import new_id
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain.ballot_entries import BallotClosed
from venue_app.domain.commands import Command
from venue_app.domain.hosts import StandbyNamed
from venue_app.domain.nouns import Mode
from venue_app.host.copying import Copying
from venue_app.host.network import Network
from venue_app.host.second_copy import CopyStatus
from venue_app.host.succession import Succession
from venue_app.host.superseding import gone
from venue_app.journal import Journal
from venue_app.journal.checkpoint import origin
from venue_app.lan.link import DEFAULT_PORT, JoiningLink
from venue_app.lan.lockstep import StandbyStatus
from venue_app.lan.pairing import JoiningCode
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.state import State
from venue_app.state.under_way import votes_taken_behind
from venue_app.venue import Change, Venue

if TYPE_CHECKING:
    from venue_app.lan.server import LanServer

#: After these the journal's head is signed and kept.
MILESTONES = (
    BallotClosed,
    e.RosterImported,
    e.RunOpened,
    d.DrawDrawn,
    d.DrawTyped,
    e.ResultReleased,
    e.ReportIssued,
    e.RunClosed,
    StandbyNamed,
)


class EventHost:
    """Everything that runs for one event file. Close it when done."""

    def __init__(self, venue: Venue, keys: VenueKeys) -> None:
        self.venue = venue
        self.keys = keys
        self._copying = Copying(venue, keys)
        self._succession = Succession(venue, keys)
        self._network = Network(venue, keys, self._succession)
        venue.listen(self._milestone)
        venue.gate = self._gate

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        title: str,
        mode: Mode,
        scheme: str,
        place: str = "",
        keys: VenueKeys | None = None,
        clock: Clock | None = None,
    ) -> EventHost:
        """Make a new event file with the scheme's text, and open it.

        Raises `Known`: journal.exists, journal.read_only, journal.disk_full, scheme.*, host.title_missing.
        """
        if not title.strip():
            raise Known("host.title_missing")
        keys = keys or load_or_create()
        first = e.EventCreated(
            event=new_id(),
            title=title.strip(),
            mode=mode,
            place=place.strip(),
            scheme=scheme,
            keys=keys.announced(),
            software=f"venue-app {__version__}",
        )
        return cls(Venue.create(path, first, clock), keys)

    @classmethod
    def open(cls, path: Path, *, keys: VenueKeys | None = None, clock: Clock | None = None) -> EventHost:
        """Open an event file on the laptop whose keys speak for it.

        Raises `Known`: journal.*, host.other_laptop when the file was made with other keys.
        """
        keys = keys or load_or_create()
        venue = Venue(path, clock)
        if venue.state.speaking.get("ed25519") != keys.announced()["ed25519"]:
            venue.close()
            raise Known("host.other_laptop", file=path.name)
        return cls(venue, keys)

    def checkpoint(self) -> None:
        """Sign the journal's head and keep it, without waiting."""
        self.venue.with_journal(self._sign_head)

    def _milestone(self, change: Change) -> None:
        if any(isinstance(r.data, MILESTONES) for r in change.records):
            self.checkpoint()

    def _sign_head(self, journal: Journal) -> None:
        said = journal.checkpoint(origin(self.venue.state.event.event))
        journal.store_checkpoint(self.keys.sign_checkpoint(said))

    def _gate(self, state: State, command: Command) -> None:
        if self.superseded:
            raise gone(state)
        self._copying.refuse(state, command)

    @property
    def box_warning(self) -> Known | None:
        """What must be said loudly of a vote: its box is not taken by the disk, or may lack papers since a takeover."""
        for poll, fault in self.venue.polls.faults().items():
            return Known("ballots.box_stopped", poll=poll, why=say(fault))
        lacking = votes_taken_behind(self.venue.state)
        return Known("standby.votes_behind", votes=tr("standby.and").join(lacking)) if lacking else None

    # ---- the second copy ----

    def copy_to(self, folder: Path | None) -> None:
        """Copy the journal to this folder from now on, also after the next start; None stops it."""
        self._copying.choose(folder)

    @property
    def copy_status(self) -> CopyStatus | None:
        """How the copy stands; None when no folder was chosen."""
        return self._copying.status

    @property
    def copy_warning(self) -> Known | None:
        """What must be said loudly of the copy now."""
        return self._copying.warning

    # ---- the standby ----

    @property
    def superseded(self) -> str:
        """The proof of the standby that took over from this laptop; '' while it is the host."""
        return self._succession.superseded

    def believe(self, proof: str) -> bool:
        """Whether the standby this laptop had named has taken over; then nothing is done here any more. Any thread."""
        return self._succession.believe(proof)

    @property
    def standby(self) -> StandbyStatus | None:
        """How the standby is; None while no device holds its place, or no network is open."""
        return self._succession.status

    @property
    def standby_warning(self) -> Known | None:
        """What must be said loudly of the standby now: it took over, or the event goes on without it."""
        return self._succession.warning

    def until_safe(self) -> None:
        """Wait until the standby has all that is in the journal and in the boxes by now, where one is in step; one that is
        lost is gone on without, loudly. Not from the venue's thread or the network's.

        Raises `Known` standby.superseded_at where another laptop is the host by then.
        """
        self._network.until_safe()
        if self.superseded:
            raise gone(self.venue.state)

    # ---- the network ----

    def start_lan(self, host: str = "0.0.0.0", port: int = DEFAULT_PORT) -> LanServer:
        """Let stations in, over TLS, from the networks this laptop is on; `port` 0 takes a free one.

        A laptop whose standby has taken over does not: it asks there first, for two seconds at most.
        Raises `Known`: lan.port_taken, lan.no_network, seal.keys_unwritable, standby.superseded_at, venue.program_closing.
        """
        return self._network.open(host, port)

    @property
    def server(self) -> LanServer | None:
        """What the stations speak with; None while no network is open."""
        return self._network.server

    @property
    def identity(self) -> TlsIdentity | None:
        """The key and certificate that answer on the network opened last."""
        return self._network.identity

    def url(self, address: str | None = None) -> str:
        """Where stations find this laptop."""
        return self._network.url(address)

    def key_words(self) -> str:
        """The key that answers on the LAN, in groups of four, for comparing with a seat card."""
        return self._network.key_words()

    def joining_link(self, code: JoiningCode, address: str | None = None) -> JoiningLink:
        """What a seat card's QR holds: address, code, and the key that must answer there."""
        return self._network.joining_link(code, address)

    def stop_lan(self) -> None:
        """Tell the stations and stop listening. A second call does nothing."""
        self._network.close()

    def close(self) -> None:
        """Let the stations go, sign the last head, finish what is queued, close the file. A second call does nothing.

        A network that is just being opened is waited for, and closed.
        """
        if not self._network.shut():
            return
        self._copying.close()
        self.checkpoint()
        self.venue.close()
