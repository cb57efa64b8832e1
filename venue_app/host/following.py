"""A second laptop follows the event: every entry checked, and with the boxes of open polls and the program's own secrets
made durable beside its own event file, and acknowledged.

    follower = Follower.open(pairing, path, keys, urls)     an event file of its own; follows by itself from now on
    follower.status                                          how far it is, from any thread
    follower.close()                                         stop following; `promote` the file, or go on later

Nothing here takes over by itself: `promote` is a person's decision.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.clock import Clock, SystemClock
from venue_app.base.errors import Known
from venue_app.domain.hosts import HostPromoted, promoted_text
from venue_app.domain.record import decode
from venue_app.domain.roles import Role
from venue_app.host.followed_boxes import FollowedBoxes
from venue_app.host.incoming import checked, folded
from venue_app.host.session import EventHost
from venue_app.journal import Journal, Tree, leaf_hash
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.box_feed import BoxParts
from venue_app.lan.hold import Pairing
from venue_app.lan.joining import join
from venue_app.lan.line import Link
from venue_app.lan.link import JoiningLink
from venue_app.lan.pace import Pace
from venue_app.lan.standby_client import StandbyClient, StandbyEvents
from venue_app.lan.thread import LoopThread
from venue_app.seal.keys import VenueKeys
from venue_app.state import State
from venue_app.venue import clocks, secrets
from venue_app.venue.standing_by import take_over

log = logging.getLogger(__name__)

_HEARD = "standby.heard"
_STEP = "standby.in-step"
_BEAT_S = 1.0
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
        """Go on with the file at `path`, or begin it.

        Raises `Known`: journal.*, standby.host_already when this laptop took over with that file before.
        """
        self.path = path
        self.pairing = pairing
        self._keys = keys
        self._clock = clock or SystemClock()
        self._changed = threading.Condition()
        self._journal: Journal | None = None
        self._boxes = FollowedBoxes(path)
        self._parts = BoxParts()
        self._secrets: Mapping[str, str] = {}
        self._tree = Tree()
        self._state: State | None = None
        self._newest = 0
        self._heard = 0
        self._in_step = False
        self._link = Link.OFFLINE
        self._loop = LoopThread("standby")
        try:
            self._loop.run(self._begin(pace, s.Offer(keys=keys.announced(), urls=tuple(urls))))
        except BaseException:
            self._loop.stop()
            raise
        self._works = [self._loop.start(self._client.run()), self._loop.start(self._beats())]

    async def _begin(self, pace: Pace | None, offer: s.Offer) -> None:
        if self.path.exists():
            self._take_up(Journal.open(self.path))
        self._client = StandbyClient(self.pairing, _Ears(self), offer, pace=pace or PACE)
        self._client.size = self._tree.size
        self._client.root = self._tree.root().hex() if self._tree.size else ""

    def _take_up(self, journal: Journal) -> None:
        self._journal = journal
        self._heard = int(journal.meta().get(_HEARD, b"0"))
        raws = [raw for _, raw in journal.entries()]
        self._tree.extend(map(leaf_hash, raws))
        self._state = folded(None, map(decode, raws))
        if self._state is not None and hosts(self._state, self._keys):
            self._journal = None
            journal.close()
            raise Known("standby.host_already", file=str(self.path))
        if self._state is not None:
            self._boxes.begin(self._state)

    # ---- from any thread ----

    @property
    def status(self) -> Following:
        """How it is now."""
        state, fault = self._state, self._client.fault
        have = state.size if state is not None else 0
        standby = state.standby if state is not None else None
        return Following(
            link=self._link,
            title=state.event.title if state is not None else self.pairing.title,
            have=have,
            newest=max(have, self._newest),
            named=standby is not None and standby.keys == self._keys.announced(),
            in_step=self._in_step,
            heard=self._heard,
            fault=fault,
        )

    def wait(self, reached: Callable[[Following], bool], patience_s: float) -> bool:
        """Wait until it is so; False when it was not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: reached(self.status), patience_s)

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
        if self._journal is not None:
            self._keep_heard()
            self._journal.close()
            self._journal = None
        self._boxes.close()

    # ---- in the line's thread ----

    async def _beats(self) -> None:
        """Where running clocks stand, each second, so that they come back where they were."""
        while True:
            await asyncio.sleep(_BEAT_S)
            journal, state = self._journal, self._state
            if self._link is Link.ONLINE and journal is not None and state is not None:
                journal.beat_all(clocks.beats(state, self._client.server_mono()))
                self._keep_heard()
            self._tell()

    def _keep_heard(self) -> None:
        if self._journal is not None:
            self._journal.set_meta(_HEARD, str(self._heard).encode())
            self._journal.set_meta(_STEP, b"1" if self._in_step else b"")

    def take_entries(self, entries: r.Entries) -> None:
        """Check, fold and keep. Raises `Known` (console.journal_differs, entry.*, journal.*)."""
        raws, records = checked(self._tree, entries)
        state = folded(self._state, records)
        self._store(raws, [record.sub for record in records])
        before, self._state = self._state, state
        if state is not None:
            self._boxes.follow(before, state)
        self._note()

    def _store(self, raws: list[bytes], subs: list[str | None]) -> None:
        if self._journal is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._journal = Journal.create(self.path, raws[0])
            secrets.keep(self._journal, self._secrets)
            raws, subs = raws[1:], subs[1:]
        if raws:
            self._journal.append(raws, submissions=subs)

    def take_secrets(self, told: s.Secrets) -> None:
        """Keep them before the entries that rest on them come. Raises `Known` (journal.*)."""
        if self._journal is not None:
            secrets.keep(self._journal, told.secrets)
        else:  # with the first entry there is a file
            self._secrets = {**self._secrets, **told.secrets}

    def take_papers(self, papers: s.Papers) -> None:
        """Keep a change of a box, once all of it is here. Raises `Known` (journal.*, ballots.box_missing)."""
        change = self._parts.take(papers)
        if change is not None and self._state is not None:
            self._boxes.take(self._state, change)

    def take_notes(self, notes: s.Notes) -> None:
        """Signed checkpoints; one that is not of this journal is left out."""
        for note in notes.notes:
            if self._journal is not None:
                try:
                    self._journal.store_checkpoint(note.encode())
                except (Known, ValueError):
                    log.warning("a checkpoint does not fit the journal followed")

    def take_standing(self, standing: s.Standing) -> None:
        """How long the journal is there, and whether its answers wait for this laptop."""
        self._newest, self._in_step = standing.size, standing.waits
        self._note()

    def take_placed(self, placed: r.Placed) -> None:
        """The line is there, and how long the journal is at this moment."""
        self._newest, self._in_step = placed.size, False
        self._parts = BoxParts()
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
            in_step=meta.get(_STEP) == b"1",
            heard=int(meta.get(_HEARD, b"0")),
            signature=keys.sign_bytes(b"", said).hex(),
        )

    take_over(path, promotion, clock)
    return EventHost.open(path, keys=keys)


def hosts(state: State, keys: VenueKeys) -> bool:
    """Whether the laptop with these keys is the event's host."""
    return state.speaking.get("ed25519") == keys.announced()["ed25519"]


def _meta(path: Path) -> dict[str, bytes]:
    journal = Journal.open(path, readonly=True)
    try:
        return journal.meta()
    finally:
        journal.close()
