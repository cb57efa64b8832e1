"""What the LAN needs of the owner of state. `venue_app.venue.Venue` fits; nothing here imports it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, Protocol

from venue_app.base.clock import Clock
from venue_app.domain.commands import Command
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor
from venue_app.journal import Journal
from venue_app.journal.box_change import BoxChange
from venue_app.state import State


class Answer(Protocol):
    """What became of an accepted command."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The entries it made, or made the first time."""

    @property
    def sheet(self) -> SheetReceived | None:
        """The sheet among them."""

    @property
    def repeated(self) -> bool:
        """Whether the same submission had been answered before."""


class News(Protocol):
    """What a commit changed."""

    @property
    def state(self) -> State:
        """The state after it."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The entries it wrote."""

    @property
    def root(self) -> bytes:
        """The root of the journal's tree after it."""


class VenuePort(Protocol):
    """The owner of state, as far as stations go."""

    @property
    def state(self) -> State:
        """The newest durable state."""

    @property
    def clock(self) -> Clock:
        """The only clock."""

    def submit(self, command: Command, actor: Actor, sub: str | None = None) -> Future[Any]:
        """Queue a command; the future holds an `Answer` after the commit, or the `Known` refusal."""

    def listen(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Hear of every commit, in the owner's thread; returns how to stop."""

    @property
    def now(self) -> News:
        """The newest durable state with the root of that same moment."""

    @property
    def kept(self) -> Mapping[str, str]:
        """The program's own secrets by name, for the standby alone; here before any entry that rests on them is told."""

    def with_journal(self, work: Callable[[Journal], None]) -> None:
        """Do `work` in the owner's thread with the journal, after every commit told so far; without waiting."""


class BoxPort(Protocol):
    """The boxes of open polls. `venue_app.venue.polls.PollDesk` fits; nothing here imports it."""

    def watch(self, listener: Callable[[BoxChange], None]) -> Callable[[], None]:
        """Hear every change once it is durable, before whoever caused it does; returns how to stop."""

    def tell_whole(self) -> None:
        """Let whoever watches hear all that is in the boxes, without waiting."""
