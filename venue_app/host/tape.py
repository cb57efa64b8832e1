"""An event's journal wound up for looking back: the state after every entry, and when each was written.

The line of time runs as the laptop's unchanging clock ran: within one boot by the monotonic readings of the entries,
from one boot to the next by the calendar. What the calendar was set to in between moves nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from venue_app.base.errors import Known
from venue_app.domain import ballot_entries as b
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.record import Record, decode
from venue_app.journal import Tree, leaf_hash
from venue_app.state import apply, begin
from venue_app.venue import Change

StopKind = Literal["opened", "draw", "called", "released", "corrected", "decided", "ballot", "closed"]
"""What a mark on the line of time stands for."""

_STOPS: dict[type, StopKind] = {
    e.RunOpened: "opened",
    d.DrawDrawn: "draw",
    d.DrawTyped: "draw",
    d.DrawChanged: "draw",
    e.CandidateCalled: "called",
    e.ResultReleased: "released",
    f.SheetReopened: "corrected",
    f.PanelAccepted: "decided",
    f.StepUndone: "corrected",
    f.RunReopened: "corrected",
    b.BallotOpened: "ballot",
    b.BallotClosed: "ballot",
    e.RunClosed: "closed",
}
#: A state is kept after so many entries: a jump folds fewer than these.
_EVERY = 200
_REPORT = 500


@dataclass(frozen=True, slots=True)
class Stop:
    """A mark on the line of time: entry number, where it stands in ms from the beginning, and what it is."""

    seq: int
    at: int
    kind: StopKind


class Tape:
    """Every entry of a journal that can be read, in order. Immutable once wound."""

    def __init__(self, entries: Sequence[bytes], told: Callable[[int, int], None] | None = None) -> None:
        """Fold all of it once; `told` hears (entries done, entries in all), and what it raises ends the work.

        `unread` names the first entry that cannot be read or cannot follow those before it; the tape ends before it.
        Raises `Known` when not even the first can be read.
        """
        if not entries:
            raise Known("replay.nothing")
        first = decode(entries[0])
        state = begin(first)
        self.records: list[Record] = [first]
        self._kept = [state]
        self.unread: int | None = None
        for number, raw in enumerate(entries[1:], 1):
            try:
                record = decode(raw)
                state = apply(state, record)
            except (Known, KeyError, AssertionError, ValueError):
                self.unread = number
                break
            self.records.append(record)
            if len(self.records) % _EVERY == 0:
                self._kept.append(state)
            if told is not None and number % _REPORT == 0:
                told(number, len(entries))
        self._tree = Tree(leaf_hash(raw) for raw in entries[: len(self.records)])
        self._times = _times(self.records)
        self.stops = tuple(
            Stop(record.seq, at, kind)
            for record, at in zip(self.records, self._times, strict=True)
            if (kind := _STOPS.get(type(record.data))) is not None
        )

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.records)

    @property
    def length_ms(self) -> int:
        """From the first entry to the last, on the line of time."""
        return self._times[-1]

    def change(self, size: int, past: Change | None = None) -> Change:
        """The state after the first `size` entries, as a venue would have told it then.

        `past` is an earlier one to go on from: the change carries the entries since, else none.
        """
        if not 1 <= size <= self.size:
            raise ValueError(f"no journal of {size} entries here, only of {self.size}")
        records: tuple[Record, ...] = ()
        near = min(size // _EVERY, len(self._kept) - 1)
        base, state = max(1, near * _EVERY), self._kept[near]
        if past is not None and past.state.size <= size:
            records = tuple(self.records[past.state.size : size])
            if past.state.size >= base:
                base, state = past.state.size, past.state
        for record in self.records[base:size]:
            state = apply(state, record)
        return Change(state, records, self._tree.root(size))

    def time_of(self, seq: int) -> int:
        """Where entry `seq` stands on the line of time, in ms from the first."""
        return self._times[seq]

    def size_at(self, at: int) -> int:
        """How many entries were written by then; never less than the first."""
        return max(1, bisect_right(self._times, at))

    def wall_at(self, size: int, at: int) -> int:
        """The laptop's calendar clock (wall ms) at a point of the line that lies behind `size` entries."""
        return self.records[size - 1].at + max(0, at - self._times[size - 1])

    def mono_at(self, size: int, at: int) -> int:
        """Its monotonic clock, in the boot the newest of those entries was written in."""
        return self.records[size - 1].mono + max(0, at - self._times[size - 1])

    def at_wall(self, wall: int) -> int:
        """The point of the line where the calendar clock first showed `wall` (ms) or later; the end when it never did."""
        for size, record in enumerate(self.records, 1):
            if record.at >= wall:
                before = self._times[max(0, size - 2)]
                return max(before, self._times[size - 1] - (record.at - wall))
        return self.length_ms

    def calls_of(self, lot: int, room: str = "") -> tuple[int, ...]:
        """The entries by which this lot was called, in any room or in one."""
        return tuple(
            record.seq
            for record in self.records
            if isinstance(record.data, e.CandidateCalled)
            and record.data.lot == lot
            and room in ("", record.data.room)
        )


def _times(records: Sequence[Record]) -> list[int]:
    times = [0]
    for before, record in pairwise(records):
        same = before.boot == record.boot
        gone = record.mono - before.mono if same else record.at - before.at
        times.append(times[-1] + max(0, gone))
    return times
