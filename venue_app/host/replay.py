"""A finished event, or any other, looked at again: an owner of state that nobody can command.

    replay = open_file(path)             an event file, a bundle or a second copy; nothing of it is changed
    replay.to_lot(17); replay.play(); replay.advance()

Windows take it for a venue (`ui.ports.Owner`): its state is that of the moment shown, its clock runs as the laptop's
ran, as fast as is wanted. One thread uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from venue_app.base.clock import Clock, SystemClock
from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.domain.commands import Command
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.host.history import asked
from venue_app.host.tape import Tape
from venue_app.seal.check import Check, Verdict
from venue_app.seal.verify import verify_entries, verify_file
from venue_app.state import State
from venue_app.venue import Change, Reply, Venue

Told = Callable[[int, int], None]
FASTEST = 3600
"""At most so many times as fast as it was."""


class _ReplayClock:
    """The laptop's clocks as they stood at the moment that is shown."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay

    def wall_ms(self) -> int:
        """See `Clock`."""
        return self._replay.tape.wall_at(self._replay.size, self._replay.position)

    def mono_ms(self) -> int:
        """See `Clock`; readings of one boot are comparable with those its entries carry."""
        return self._replay.tape.mono_at(self._replay.size, self._replay.position)

    def slept_ms(self) -> int:
        """The line of time leaves sleep out."""
        return 0


@dataclass(frozen=True, slots=True)
class Source:
    """What is shown: the file's name, and what the check of its journal said before anything was shown."""

    name: str
    verdict: Verdict

    @property
    def wrong(self) -> Check | None:
        """The first thing that does not hold; None when the chain of the journal does."""
        return next((check for check in self.verdict.checks if check.ok is False), None)


class Replay:
    """Stands at a number of entries and a point of time; plays, or is moved. `now_ms` is this machine's own time."""

    def __init__(self, tape: Tape, source: Source, real: Clock | None = None) -> None:
        self.tape = tape
        self.source = source
        self._real = real or SystemClock()
        self._now = tape.change(1)
        self._at = 0
        self._started: int | None = None
        self.speed = Decimal(1)
        self._clock = _ReplayClock(self)
        self._listeners: list[Callable[[Change], None]] = []

    # ---- an owner ----

    @property
    def state(self) -> State:
        """The state at the moment shown."""
        return self._now.state

    @property
    def now(self) -> Change:
        """The same with the journal's root at that size."""
        return self._now

    @property
    def clock(self) -> Clock:
        """The laptop's clocks at that moment."""
        return self._clock

    def submit(self, command: Command, actor: Actor, sub: str | None = None) -> Future[Reply]:
        """Refused, whatever it is: `replay.only_shown`."""
        answer: Future[Reply] = Future()
        answer.set_exception(Known("replay.only_shown"))
        return answer

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Hear of every move; the records are those passed by playing on, none after a jump back."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # ---- where it stands ----

    @property
    def size(self) -> int:
        """How many entries lie behind the moment shown."""
        return self._now.state.size

    @property
    def position(self) -> int:
        """The point of the line in ms; it waits at the next entry until that is told."""
        return min(self._raw(), self._ahead())

    @property
    def playing(self) -> bool:
        """Whether time runs."""
        return self._started is not None

    @property
    def over(self) -> bool:
        """Whether everything has been shown."""
        return self.size == self.tape.size

    def _raw(self) -> int:
        if self._started is None:
            return self._at
        gone = Decimal(self._real.mono_ms() - self._started) * self.speed
        return min(self._at + int(gone), self.tape.length_ms)

    def _ahead(self) -> int:
        """Where the next entry stands, or the end."""
        return self.tape.time_of(min(self.size, self.tape.size - 1))

    # ---- moving ----

    def play(self) -> None:
        """Let time run; at the end it has nowhere to run to."""
        if self._started is None and not self.over:
            self._started = self._real.mono_ms()

    def pause(self) -> None:
        """Let time stand."""
        self._at, self._started = self.position, None

    def set_speed(self, speed: Decimal) -> None:
        """So many times as fast as it was. Raises `Known` replay.bad_speed unless above 0 and at most `FASTEST`."""
        if not (speed.is_finite() and 0 < speed <= FASTEST):
            raise Known("replay.bad_speed", speed=str(speed), most=FASTEST)
        self._at = self.position
        if self._started is not None:
            self._started = self._real.mono_ms()
        self.speed = speed

    def advance(self) -> None:
        """Tell what has come meanwhile; call it often while playing."""
        at = self._raw()
        size = self.tape.size_at(at)
        if size > self.size:
            self._show(size)
        if self.over and self.playing:
            self._at, self._started = self.tape.length_ms, None

    def to_size(self, size: int) -> None:
        """To the moment just after entry number `size` - 1; beyond either end means that end."""
        size = min(max(size, 1), self.tape.size)
        self._move(self.tape.time_of(size - 1), size)

    def to_time(self, at: int) -> None:
        """To a point of the line, in ms."""
        at = min(max(at, 0), self.tape.length_ms)
        self._move(at, self.tape.size_at(at))

    def next(self) -> None:
        """To the next entry."""
        self.to_size(self.size + 1)

    def to_lot(self, lot: int, room: str = "") -> bool:
        """To where this lot is called: the next such call, from the end on the first again. False when it never was."""
        calls = self.tape.calls_of(lot, room)
        if not calls:
            return False
        self.to_size(next((seq for seq in calls if seq >= self.size), calls[0]) + 1)
        return True

    def _move(self, at: int, size: int) -> None:
        self._at = at
        if self._started is not None:
            self._started = self._real.mono_ms()
        self._show(size)
        if self.over:
            self._started = None

    def _show(self, size: int) -> None:
        self._now = self.tape.change(size, self._now)
        for listener in list(self._listeners):
            listener(self._now)


def open_file(path: Path, told: Told | None = None, real: Clock | None = None) -> Replay:
    """Check an event file, a bundle or a second copy, then wind it up; exactly what was checked is shown.

    Raises `Known`: replay.unreadable when there is no journal to be read, replay.not_a_journal for another kind of file,
    seal.unknown_file; `told` as for `Tape`.
    """
    found: list[bytes] = []

    def take(entries: Sequence[bytes], _records: Sequence[Record] | None) -> tuple[Check, ...]:
        found.extend(entries)
        return ()

    verdict = verify_file(path, extra=take)
    if verdict.kind in ("pdf", "scan"):
        raise Known("replay.not_a_journal", file=path.name)
    if not found:
        why = next((check.sentence() for check in verdict.checks if check.ok is False), "")
        raise Known("replay.unreadable", file=path.name, why=why)
    return _wound(found, Source(path.name, verdict), told, real)


def open_running(venue: Venue, told: Told | None = None, real: Clock | None = None) -> Replay:
    """The journal of an event that is open here, as far as it has come. Waits for the venue's thread."""
    entries, notes = asked(
        venue, lambda journal: ([raw for _, raw in journal.entries()], journal.checkpoints()), 30
    )
    verdict = verify_entries(venue.path.name, entries, notes)
    return _wound(entries, Source(venue.path.name, verdict), told, real)


def _wound(entries: Sequence[bytes], source: Source, told: Told | None, real: Clock | None) -> Replay:
    try:
        tape = Tape(entries, told)
    except Known as fault:
        raise Known("replay.unreadable", file=source.name, why=say(fault)) from fault
    return Replay(tape, source, real)
