"""One open event: its keys, its venue, signed checkpoints at every milestone, and the LAN when it is wanted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from venue_app import __version__
from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.base.ids import new_id
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain.ballot_entries import BallotClosed
from venue_app.domain.commands import Command
from venue_app.domain.hosts import NameStandby, StandbyNamed
from venue_app.domain.nouns import Mode
from venue_app.domain.roles import Actor
from venue_app.host import second_copy, superseding
from venue_app.host.clockwatch import ClockWatch
from venue_app.host.history import asked
from venue_app.host.second_copy import CopyStatus, SecondCopy
from venue_app.journal import Journal
from venue_app.journal.checkpoint import origin
from venue_app.lan.hosting import Hosting
from venue_app.lan.link import DEFAULT_PORT, JoiningLink, addresses, base_url
from venue_app.lan.lockstep import StandbyStatus, Step
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.thread import LoopThread
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.state import State
from venue_app.state.places import STANDBY
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
        self.server: LanServer | None = None
        self.identity: TlsIdentity | None = None
        self._loop: LoopThread | None = None
        self._lan = threading.Lock()  # opened in one thread while it may be closed in another
        self._closed = False
        self._deaf: tuple[Callable[[], None], ...] = ()
        self._urls: tuple[str, ...] = ()
        self.second: SecondCopy | None = None
        self.superseded = ""
        """The proof of the standby that took over from this laptop; '' while it is the host."""
        venue.listen(self._milestone)
        venue.gate = self._gate
        venue.with_journal(self._take_up)

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

    # ---- the second copy ----

    def copy_to(self, folder: Path | None) -> None:
        """Copy the journal to this folder from now on, also after the next start; None stops it."""
        self._stop_copy()
        self.venue.with_journal(lambda journal: second_copy.remember(journal, folder))
        if folder is not None:
            self.second = SecondCopy(self.venue, self.keys, folder)

    def _take_up(self, journal: Journal) -> None:
        learned = superseding.remembered(journal)
        if learned:  # another thread may have learned it meanwhile: never set back
            self.superseded = learned
        folder = second_copy.remembered(journal)
        if folder is not None and self.second is None:
            self.second = SecondCopy(self.venue, self.keys, folder)

    def _stop_copy(self) -> None:
        if self.second is not None:
            self.second.close()
            self.second = None

    @property
    def copy_status(self) -> CopyStatus | None:
        """How the copy stands; None when no folder was chosen."""
        return None if self.second is None else self.second.status

    @property
    def copy_warning(self) -> Known | None:
        """What must be said loudly of the copy now."""
        return second_copy.warning(self.venue.state, self.copy_status, self.venue.clock.mono_ms())

    @property
    def box_warning(self) -> Known | None:
        """What must be said loudly of a vote whose box the disk does not take."""
        for poll, fault in self.venue.polls.faults().items():
            return Known("ballots.box_stopped", poll=poll, why=say(fault))
        return None

    def _gate(self, state: State, command: Command) -> None:
        if self.superseded:
            raise superseding.gone(state)
        second_copy.refuse(state, self.copy_status, self.venue.clock.mono_ms(), command)

    def checkpoint(self) -> None:
        """Sign the journal's head and keep it, without waiting."""
        self.venue.with_journal(self._sign_head)

    def _milestone(self, change: Change) -> None:
        if any(isinstance(r.data, MILESTONES) for r in change.records):
            self.checkpoint()

    def _sign_head(self, journal: Journal) -> None:
        said = journal.checkpoint(origin(self.venue.state.event.event))
        journal.store_checkpoint(self.keys.sign_checkpoint(said))

    # ---- the standby ----

    def believe(self, proof: str) -> bool:
        """Whether the standby this laptop had named has taken over; then nothing is done here any more. Any thread."""
        if self.superseded:
            return True
        if superseding.believed(self.venue.state, proof) is None:
            return False
        self.superseded = proof
        self.venue.with_journal(lambda journal: superseding.remember(journal, proof))
        if self.server is not None:
            self.server.dismiss_all()
        return True

    async def _ask_standby(self) -> None:
        """While its standby does not follow, a host looks whether it was promoted behind its back."""
        while not self.superseded:
            await asyncio.sleep(superseding.ASK_S)
            status = self.standby
            if status is not None and status.step not in (Step.IN_STEP, Step.CATCHING_UP):
                self.believe(await superseding.proof_elsewhere(self.venue.state))

    def _name(self, actor: Actor, keys: dict[str, str], urls: tuple[str, ...]) -> None:
        """A standby that was let in offers itself: signed and journaled, it may take over next."""
        epoch, signature = superseding.sign_offer(self.venue.state, self.keys, keys)
        command = NameStandby(epoch=epoch, keys=keys, urls=urls, hosts=self._urls, signature=signature)
        self.venue.submit(command, actor)

    @property
    def standby(self) -> StandbyStatus | None:
        """How the standby is; None while no device holds its place, or no network is open."""
        joined = STANDBY in self.venue.state.stations
        return self.server.standby() if joined and self.server is not None else None

    @property
    def standby_warning(self) -> Known | None:
        """What must be said loudly of the standby now: it took over, or the event goes on without it."""
        if self.superseded:
            return superseding.gone(self.venue.state)
        status = self.standby
        if status is None or self.venue.state.closed_at is not None:
            return None
        behind = self.venue.clock.mono_ms() - status.since > superseding.BEHIND_MS
        if status.step is not Step.LOST and not (status.step is Step.CATCHING_UP and behind):
            return None
        return Known("standby.lost", count=self.venue.state.size - status.have)

    def start_lan(self, host: str = "0.0.0.0", port: int = DEFAULT_PORT) -> LanServer:
        """Let stations in, over TLS, from the networks this laptop is on; `port` 0 takes a free one.

        A laptop whose standby has taken over does not: it asks there first, for two seconds at most.
        Raises `Known`: lan.port_taken, lan.no_network, seal.keys_unwritable, standby.superseded_at, venue.program_closing.
        """
        with self._lan:
            if self.server is None:
                self._open_lan(host, port)
            assert self.server is not None
            return self.server

    def _open_lan(self, host: str, port: int) -> None:
        if self._closed:
            raise Known("venue.program_closing")
        self.superseded = self.superseded or asked(self.venue, superseding.remembered)
        from venue_app.lan.server import LanServer  # half a second to load, wanted by an open network only
        from venue_app.lan.tls import server_context

        reachable = [*addresses(), "127.0.0.1"] if host == "0.0.0.0" else [host]
        self.identity = self.keys.tls(list(dict.fromkeys(reachable)))
        server = LanServer(
            self.venue,
            server_context(self.identity.chain, self.identity.key),
            names=("localhost", *reachable),
            key=self.identity.key_sha256,
            announced=addresses() if host == "0.0.0.0" else (),
            polls=self.venue.polls,
            hosting=Hosting(named=self._name, challenged=self.believe),
        )
        self._loop = LoopThread("lan")
        try:
            found = self._loop.run(self._start(server, host, port))
        except BaseException:
            self._loop.stop()
            self._loop = None
            raise
        self.server = server
        self._loop.start(self._ask_standby())
        self._urls = tuple(base_url(address, found) for address in reachable)
        watch = ClockWatch(self.venue, server.presence)
        self._deaf = (self.venue.listen(watch.hear), server.on_presence(watch.present))

    async def _start(self, server: LanServer, host: str, port: int) -> int:
        """Serve, unless the standby has taken over: then every step here is refused from now on."""
        state = self.venue.state
        if self.superseded or self.believe(await superseding.proof_elsewhere(state)):
            raise superseding.gone(state)
        return await server.start(host, port)

    def url(self, address: str | None = None) -> str:
        """Where stations find this laptop."""
        assert self.server is not None
        return base_url(address or addresses()[0], self.server.port)

    def key_words(self) -> str:
        """The key that answers on the LAN, in groups of four, for comparing with a seat card."""
        assert self.identity is not None
        digits = self.identity.key_sha256.hex()[:32].upper()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def joining_link(self, code: JoiningCode, address: str | None = None) -> JoiningLink:
        """What a seat card's QR holds: address, code, and the key that must answer there."""
        assert self.identity is not None
        return JoiningLink(self.url(address), code.code, self.identity.key_sha256)

    def stop_lan(self) -> None:
        """Tell the stations and stop listening. A second call does nothing."""
        with self._lan:
            if self.server is None or self._loop is None:
                return
            for deaf in self._deaf:
                deaf()
            self._deaf = ()
            self._loop.run(self.server.stop())
            self._loop.stop()
            self.server = self._loop = None

    def close(self) -> None:
        """Let the stations go, sign the last head, finish what is queued, close the file. A second call does nothing.

        A network that is just being opened is waited for, and closed.
        """
        with self._lan:
            if self._closed:
                return
            self._closed = True
        self.stop_lan()
        self._stop_copy()
        self.checkpoint()
        self.venue.close()
