"""What the tables of an event are made from: its state, its results, and its journal's records with their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from venue_app.domain.record import Record, decode
from venue_app.rules import Results, compute
from venue_app.state import State, replay
from venue_app.state.facts import facts_of


@dataclass(frozen=True)
class Contents:
    """An event as far as its journal goes; `raw` are the entries' exact bytes."""

    raw: Sequence[bytes] = field(repr=False)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every entry. Raises `Known` for one this program cannot read."""
        return tuple(map(decode, self.raw))

    @cached_property
    def state(self) -> State:
        """The state after the last entry."""
        return replay(self.records)

    @cached_property
    def results(self) -> Results:
        """All results as they stand."""
        return compute(self.state.scheme, facts_of(self.state))
