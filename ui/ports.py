"""What screens need from outside and do not own; the program hands it in, tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Protocol

from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.domain.commands import Command
from venue_app.domain.roles import Actor
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.venue import Change, Reply

Lines = Mapping[str, Presence]
"""Seat → what is known of its device; seats that nobody joined are not in it."""


class Owner(Protocol):
    """The owner of an event's state: `Venue` here, `RemoteVenue` for one on another machine."""

    @property
    def state(self) -> State:
        """The newest durable state."""

    @property
    def now(self) -> Change:
        """The newest durable state with the journal's root."""

    @property
    def clock(self) -> Clock:
        """The server's clock."""

    def submit(self, command: Command, actor: Actor, sub: str | None = None) -> Future[Reply]:
        """Ask for something; the future holds the reply, or the `Known` refusal."""

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Hear of every change, in the owner's thread; returns how to stop."""


class Send(Protocol):
    """How a controller asks the venue for something (`ui.bridge.Bridge.send` is one)."""

    def __call__(
        self,
        command: Command,
        *,
        done: Callable[[Reply], None] | None = None,
        refused: Callable[[Known], None] | None = None,
    ) -> object:
        """`done` or `refused` is called in the GUI thread once it is durable or refused."""
