"""Venue: one thread decides, writes and folds; whoever asked hears after the commit.

Commands wait in a queue. The thread takes all that wait, decides each on the
state the ones before it would leave, writes all their entries in one
transaction, and only then answers. If the write fails nothing has happened,
and everyone waiting is told so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.clock import Clock, SystemClock, boot_id
from venue_app.base.errors import Known
from venue_app.base.ids import new_id
from venue_app.domain.commands import Command
from venue_app.domain.entries import EventCreated, Fact
from venue_app.domain.record import Record, decode, encode
from venue_app.domain.roles import PROGRAM, Actor
from venue_app.journal import Journal
from venue_app.state import State, apply, replay
from venue_app.venue import clocks, secrets
from venue_app.venue.batch import Batch
from venue_app.venue.context import Context
from venue_app.venue.decide import decide
from venue_app.venue.inbox import Inbox, Reply, Request, Work
from venue_app.venue.polls import PollDesk
from venue_app.venue.repeats import Repeats

log = logging.getLogger(__name__)

#: How often the position of running clocks is made durable, in seconds.
BEAT_S = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What listeners hear: the new state, the entries that led to it, and the journal's root then."""

    state: State
    records: tuple[Record, ...]
    root: bytes


class Venue:
    """The owner of one event. Use `submit` or `ask` from any thread; read `state` from any thread."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        """Open the event at `path`. Raises `Known` (journal.*, scheme.*) when it cannot be opened."""
        self.path = path
        self._clock = clock or SystemClock()
        self._boot = boot_id()
        self._inbox = Inbox()
        self._listeners: list[Callable[[Change], None]] = []
        self.gate: Callable[[State, Command], None] | None = None
        """Asked before every command is decided; raises the refusal. For what no journal knows (a lost copy)."""
        self._journal = Journal.open(path)
        try:
            state = replay(decode(raw) for _, raw in self._journal.entries())
            self._now = Change(state, (), self._journal.root)
            self._kept = secrets.kept(self._journal)
            self._repeats = Repeats(self._journal)
            self._slept = self._clock.slept_ms()
            self._by_itself(clocks.recovered(state, _positions(self._journal)))
            self._polls = PollDesk(path, state.event.event)
        except BaseException:
            self._journal.close()
            raise
        self._polls.recover(self.state)
        self._thread = threading.Thread(target=self._run, name="venue", daemon=True)
        self._beaten = self._clock.mono_ms()
        self._thread.start()

    @classmethod
    def create(cls, path: Path, event: EventCreated, clock: Clock | None = None) -> Venue:
        """Make a new event file with `event` as its first entry, and open it."""
        clock = clock or SystemClock()
        first = Record(
            seq=0, at=clock.wall_ms(), mono=clock.mono_ms(), boot=boot_id(), actor=PROGRAM, data=event
        )
        replay([first])  # refuses a scheme that cannot be read before a file exists
        Journal.create(path, encode(first)).close()
        return cls(path, clock)

    @property
    def state(self) -> State:
        """The newest durable state."""
        return self._now.state

    @property
    def polls(self) -> PollDesk:
        """Where papers of open polls are handed in."""
        return self._polls

    @property
    def now(self) -> Change:
        """The newest durable state with the journal's root at that same moment."""
        return self._now

    @property
    def clock(self) -> Clock:
        """The only clock."""
        return self._clock

    @property
    def kept(self) -> Mapping[str, str]:
        """The program's own secrets by name, for the standby alone; durable before any entry that rests on them."""
        return self._kept

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after every commit, in the venue's thread; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def submit(self, command: Command, actor: Actor, sub: str | None = None) -> Future[Reply]:
        """Queue a command. The future holds the reply after the commit, or the `Known` refusal.

        `sub` names the submission: the same name again gives the first reply and changes nothing.
        """
        request = Request(command, actor, sub)
        try:
            self._inbox.put(request)
        except Known as closing:
            request.future.set_exception(closing)
        return request.future

    def ask(self, command: Command, actor: Actor, sub: str | None = None) -> Reply:
        """`submit` and wait."""
        return self.submit(command, actor, sub).result()

    def with_journal(self, work: Work) -> None:
        """Run `work` in the venue's thread with the journal (checkpoints, backups), without waiting.

        Raises `Known` (venue.program_closing) once the venue is being closed.
        """
        self._inbox.put(work)

    def close(self) -> None:
        """Finish what is queued, keep the clocks' positions, close the file. A second call does nothing."""
        if self._inbox.shut():
            self._thread.join()
            self._polls.close()

    # ---- the venue's own thread from here on ----

    def _run(self) -> None:
        self._journal.adopt()
        self._inbox.adopt()
        while True:
            due = clocks.due(self.state, self._clock.mono_ms())
            turn = self._inbox.take(BEAT_S if not due else min(BEAT_S, due / 1000 + 0.001))
            _guarded(self._watch)
            if turn.requests:
                self._process(turn.requests)
            for work in turn.works:
                _guarded(work, self._journal)
            if turn.last or self._clock.mono_ms() - self._beaten >= BEAT_S * 1000:
                _guarded(self._beat)
            if turn.last:
                for work in self._inbox.left():
                    _guarded(work, self._journal)
                self._journal.close()
                return

    def _process(self, requests: list[Request]) -> None:
        batch = Batch(self.state)
        for request in requests:
            try:
                repeated = self._repeats.reply(request, batch.subs)
                if repeated is not None:
                    batch.answer(request, repeated)
                else:
                    records, keep = self._decided(batch.state, request, self._kept | batch.keep)
                    batch.accept(request, records, keep)
            except Exception as refusal:  # noqa: BLE001 the fault of one command is its own answer
                batch.answer(request, refusal)
        self._commit(batch)
        self._polls.settle()

    def _decided(
        self, state: State, request: Request, kept: dict[str, str]
    ) -> tuple[tuple[Record, ...], dict[str, str]]:
        context = self._context(request.actor, kept, request.sub)
        wall, mono = context.wall, context.mono
        if self.gate is not None:
            self.gate(state, request.command)
        decision = decide(state, request.command, context)
        records = tuple(
            self._record(state.size + i, fact, request.actor, wall, mono, request.sub if i == 0 else None)
            for i, fact in enumerate(decision.facts)
        )
        return records, decision.keep

    def _context(self, actor: Actor, kept: dict[str, str], sub: str | None = None) -> Context:
        wall, mono = self._clock.wall_ms(), self._clock.mono_ms()
        return Context(
            actor=actor,
            wall=wall,
            mono=mono,
            boot=self._boot,
            nonce=new_id,
            kept=kept,
            sub=sub,
            box=self._polls.shut,
        )

    def _record(self, seq: int, fact: Fact, actor: Actor, wall: int, mono: int, sub: str | None) -> Record:
        return Record(seq=seq, at=wall, mono=mono, boot=self._boot, actor=actor, data=fact, sub=sub)

    def _commit(self, batch: Batch) -> None:
        written = batch.written
        try:
            # A secret is durable before the entry that promises it.
            secrets.keep(self._journal, batch.keep)
            if written:
                self._journal.append([encode(r) for r in written], submissions=[r.sub for r in written])
        except Exception as fault:  # noqa: BLE001 nothing was written and everyone waiting must hear why
            batch.failed(fault)
            return
        self._kept = self._kept | batch.keep  # never changed in place: other threads read it
        self._repeats.learn(batch.subs)
        before = self.state
        self._now = change = Change(batch.state, tuple(written), self._journal.root)
        _guarded(
            self._polls.follow, before, batch.state
        )  # what is written is told, whatever a box's files do
        if written:
            self._tell(change)  # before the answers: whoever hears «done» already sees what was done
        batch.tell()

    def _tell(self, change: Change) -> None:
        for listener in list(self._listeners):
            _guarded(listener, change)

    # ---- what the program does to clocks ----

    def _watch(self) -> None:
        """Before anything else is decided: a sleep stops the clocks, a time that is up ends what the plan cuts."""
        mono, slept = self._clock.mono_ms(), self._clock.slept_ms()
        gone, self._slept = slept - self._slept, slept
        if gone >= clocks.SLEPT_MS:
            self._by_itself(clocks.asleep(self.state, mono, self._beaten, int(BEAT_S * 1000)))
        while clocks.due(self.state, mono) == 0:
            self._by_itself(clocks.cut(self.state, self._context(PROGRAM, {})))

    def _by_itself(self, facts: Sequence[Fact]) -> None:
        """Write what nobody asked for, and tell."""
        state, written = self.state, []
        for fact in facts:
            record = self._record(
                state.size, fact, PROGRAM, self._clock.wall_ms(), self._clock.mono_ms(), None
            )
            state = apply(state, record)
            written.append(record)
        if written:
            self._journal.append([encode(r) for r in written], submissions=[None] * len(written))
            self._now = Change(state, tuple(written), self._journal.root)
            self._tell(self._now)

    def _beat(self) -> None:
        now = self._beaten = self._clock.mono_ms()
        self._journal.beat_all(clocks.beats(self.state, now))


def _guarded(work: Callable[..., None], *args: object) -> None:
    """Run what others asked for: their mistake must not end the thread that owns the journal."""
    try:
        work(*args)
    except Exception:
        log.exception("a listener or journal work failed")


def _positions(journal: Journal) -> dict[str, str]:
    head = len(clocks.BEAT)
    return {k[head:]: v.decode() for k, v in journal.beats().items() if k.startswith(clocks.BEAT)}
