"""A second laptop follows the event: what comes is made durable in its own event file (`followed`), and acknowledged.

    follower = Follower.open(pairing, path, keys, urls)     an event file of its own; follows by itself from now on
    follower.status                                          how far it is, from any thread
    follower.close()                                         stop following; `promote` the file, or go on later

Nothing here takes over by itself: `promote` is a person's decision.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.clock import Clock, SystemClock
from venue_app.base.errors import Known
from venue_app.domain.hosts import HostPromoted, promoted_text
from venue_app.domain.roles import Role
from venue_app.host.followed import HEARD, STEP, FollowedEvent, hosts
from venue_app.host.session import EventHost
from venue_app.journal import Journal
from venue_app.journal.faults import try_room
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import join
from venue_app.lan.line import Link
from venue_app.lan.link import JoiningLink
from venue_app.lan.pace import Pace
from venue_app.lan.standby_client import StandbyClient, StandbyEvents
from venue_app.lan.thread import LoopThread
from venue_app.seal.keys import VenueKeys
from venue_app.state import State
from venue_app.state.under_way import under_way
from venue_app.venue.standing_by import take_over

log = logging.getLogger(__name__)

_BEAT_S = 1.0
#: How often a disk that took nothing is tried again by itself, in seconds.
RETRY_S = 5.0
#: Faults of this laptop's disk, after which it goes on as soon as the disk takes something again.
PASSING = frozenset({"journal.disk_full", "journal.disk_fault", "journal.read_only"})
#: A host that lives answers this often at least; what is here then is what it has.
PACE = Pace(ping_s=1.0, silence_s=4.0, connect_s=4.0, longest_wait_s=2.0)


@dataclass(frozen=True, slots=True)
class Following:
    """How the standby is: the line, entries here and entries the host had when last heard, whether it is named.

    `in_step`: all that the host has acknowledged was here when it was last heard, at `heard` (own wall ms; 0: not yet).
    """

    link: Link
    title: str
    have: int
    newest: int
    named: bool
    in_step: bool
    heard: int
    fault: Known | None = None
    under_way: str = ""
    """Open votes and draws as a sentence, '' when there are none."""
    stuck: bool = False
    """The disk here takes nothing, which is the `fault`; it is tried again."""

    @property
    def behind(self) -> int:
        """Entries still to come."""
        return max(0, self.newest - self.have)


def join_as_standby(
    link: JoiningLink,
    device_name: str,
    waiting: Callable[[], None] = lambda: None,
) -> Pairing:
    """Take the standby's place with its code, once the proctor has let this laptop in. Waits.

    Raises `Known` as `lan.joining.join` does.
    """
    asked = join(link, device_name, wants=(Role.STANDBY.value,), waiting=lambda _reply: waiting())
    return asyncio.run(asked)


class Follower:
    """The standby of one event, in a thread of its own."""

    def __init__(
        self,
        pairing: Pairing,
        path: Path,
        keys: VenueKeys,
        urls: Sequence[str],
        *,
        pace: Pace | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Go on with the file at `path`, or begin it. One that the disk does not take now is tried again (`status.stuck`).

        Raises `Known`: journal.*, standby.host_already when this laptop took over with that file before.
        """
        self.path = path
        self._keys = keys
        self._clock = clock or SystemClock()
        self._changed = threading.Condition()
        self._event = FollowedEvent(path, keys)
        self._newest = 0
        self._heard = 0
        self._in_step = False
        self._link = Link.OFFLINE
        self._stuck: Known | None = None
        self._again = asyncio.Event()
        self._ended = False
        self._loop = LoopThread("standby")
        self._offer = s.Offer(keys=keys.announced(), urls=tuple(urls))
        self._client = StandbyClient(pairing, _Ears(self), self._offer, pace=pace or PACE)
        self._pace = pace or PACE
        try:
            self._loop.run(self._begin())
        except BaseException:
            self._loop.stop()
            raise
        self._works = [self._loop.start(self._stay()), self._loop.start(self._beats())]

    async def _begin(self) -> None:
        try:
            self._open()
        except Known as fault:
            if fault.code not in PASSING:
                raise
            self._stuck = fault
            self._event.look()
        self._heard = self._event.heard

    def _open(self) -> None:
        self._event.open()
        self._client.size, self._client.root = self._event.size, self._event.root

    # ---- from any thread ----

    @property
    def status(self) -> Following:
        """How it is now."""
        state = self._event.state
        have = state.size if state is not None else 0
        standby = state.standby if state is not None else None
        return Following(
            link=self._link,
            title=state.event.title if state is not None else self._client.pairing.title,
            have=have,
            newest=max(have, self._newest),
            named=standby is not None and standby.keys == self._keys.announced(),
            in_step=self._in_step,
            heard=self._heard,
            fault=self._stuck or self._client.fault,
            under_way=under_way(state) if state is not None else "",
            stuck=self._stuck is not None,
        )

    def wait(self, reached: Callable[[Following], bool], patience_s: float) -> bool:
        """Wait until it is so; False when it was not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: reached(self.status), patience_s)

    def retry(self) -> None:
        """Somebody made room on the disk: try again now."""
        with suppress(RuntimeError):  # closed meanwhile
            self._loop.loop.call_soon_threadsafe(self._again.set)

    def close(self) -> None:
        """Stop following; the file is closed. A second call does nothing."""
        if self._loop.loop.is_closed():
            return
        try:
            self._loop.run(self._client.close(), timeout=1.0)
        except TimeoutError:
            log.info("the host did not take the goodbye in time")
        self._loop.run(self._end())
        self._loop.stop()

    async def _end(self) -> None:
        self._ended = True
        with suppress(Known):  # on a full disk: what was kept before stands
            if self._stuck is not None:
                self._event.open()
            self._event.note(self._heard, self._in_step)
        self._event.close()

    # ---- in the line's thread ----

    async def _stay(self) -> None:
        """Follow; where the disk takes nothing, say so, and go on as soon as it does."""
        while not self._ended:
            if self._stuck is None:
                await self._client.run()
                fault = self._client.fault
                if fault is None or fault.code not in PASSING:
                    return
                self._stuck, self._in_step = fault, False
                with suppress(Known):
                    self._event.note(self._heard, False)
                self._event.close()
                self._tell()
            await self._pause()
            if not self._ended:
                self._try_again()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(RETRY_S):
                await self._again.wait()
        self._again.clear()

    def _try_again(self) -> None:
        """What was half written when the disk was full is undone by opening the files anew, as after a crash."""
        client = self._client
        try:
            try_room(self.path)
            self._client = StandbyClient(client.pairing, _Ears(self), self._offer, pace=self._pace)
            self._open()
            self._stuck = None
        except Known as still:
            self._stuck = still
        self._tell()

    async def _beats(self) -> None:
        """Where running clocks stand, each second, so that they come back where they were."""
        while True:
            await asyncio.sleep(_BEAT_S)
            if self._link is Link.ONLINE and self._stuck is None:
                try:
                    self._event.beat(self._client.server_mono())
                    self._event.note(self._heard, self._in_step)
                except Known as fault:
                    self._client.give_up(fault)
            self._tell()

    def take_entries(self, entries: r.Entries) -> None:
        """Check, fold and keep. Raises `Known` (console.journal_differs, entry.*, journal.*)."""
        self._event.take_entries(entries)
        self._note()

    def take_secrets(self, told: s.Secrets) -> None:
        """Keep them before the entries that rest on them come. Raises `Known` (journal.*)."""
        self._event.take_secrets(told)

    def take_papers(self, papers: s.Papers) -> None:
        """Keep a change of a box, once all of it is here. Raises `Known` (journal.*, ballots.box_missing)."""
        self._event.take_papers(papers)

    def take_picture(self, picture: s.Picture) -> None:
        """A part of a photograph."""
        self._event.pictures.take(picture)
        self._look_for_pictures()

    def _look_for_pictures(self) -> None:
        """Once all that matters more is here."""
        state = self._event.state
        if self._in_step and state is not None and (digest := self._event.pictures.next(state)):
            self._client.want(digest)

    def take_notes(self, notes: s.Notes) -> None:
        """Signed checkpoints; one that is not of this journal is left out."""
        self._event.take_notes(notes)

    def take_standing(self, standing: s.Standing) -> None:
        """How long the journal is there, and whether its answers wait for this laptop."""
        self._newest, self._in_step = standing.size, standing.waits
        self._note()
        self._look_for_pictures()

    def take_placed(self, placed: r.Placed) -> None:
        """The line is there, and how long the journal is at this moment."""
        self._newest, self._in_step = placed.size, False
        self._event.placed()
        self._note()

    def take_link(self, link: Link) -> None:
        """The connection changed."""
        self._link = link
        self._tell()

    def _note(self) -> None:
        self._heard = self._clock.wall_ms()
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


class _Ears(StandbyEvents):
    """Hears in the line's thread and passes on."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower

    def on_link(self, link: Link) -> None:
        self._follower.take_link(link)

    def on_placed(self, placed: r.Placed) -> None:
        self._follower.take_placed(placed)

    def on_entries(self, entries: r.Entries) -> None:
        self._follower.take_entries(entries)

    def on_secrets(self, secrets: s.Secrets) -> None:
        self._follower.take_secrets(secrets)

    def on_papers(self, papers: s.Papers) -> None:
        self._follower.take_papers(papers)

    def on_picture(self, picture: s.Picture) -> None:
        self._follower.take_picture(picture)

    def on_notes(self, notes: s.Notes) -> None:
        self._follower.take_notes(notes)

    def on_standing(self, standing: s.Standing) -> None:
        self._follower.take_standing(standing)


def promote(
    path: Path, keys: VenueKeys, *, reason: str, names: Sequence[str], clock: Clock | None = None
) -> EventHost:
    """The followed event goes on here, by the decision of two people: write so, and open it as its host.

    Where this laptop took over already, as when it was switched off at that very moment, that decision stands.
    Raises `Known`: standby.not_named (this laptop was never named in the journal), standby.two_people,
    standby.closed, venue.reason_missing, journal.*.
    """
    clock = clock or SystemClock()
    meta = _meta(path)
    announced = keys.announced()

    def promotion(state: State, root: bytes) -> HostPromoted | None:
        if hosts(state, keys):
            return None
        said = promoted_text(state.event.event, state.epoch + 1, announced["ed25519"], state.size, root.hex())
        return HostPromoted(
            epoch=state.epoch + 1,
            keys=announced,
            urls=state.standby.urls if state.standby is not None else (),
            size=state.size,
            root=root.hex(),
            reason=reason.strip(),
            names=tuple(name.strip() for name in names),
            in_step=meta.get(STEP) == b"1",
            heard=int(meta.get(HEARD, b"0")),
            signature=keys.sign_bytes(b"", said).hex(),
        )

    take_over(path, promotion, clock)
    return EventHost.open(path, keys=keys)


def _meta(path: Path) -> dict[str, bytes]:
    journal = Journal.open(path, readonly=True)
    try:
        return journal.meta()
    finally:
        journal.close()
