"""What screens need from outside and do not own; the program hands it in, tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from venue_app.domain.commands import Command
from venue_app.venue import Reply
from venue_app.base.errors import Known


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a seat's line: whether it is open, and when it last spoke (server's monotonic ms)."""

    connected: bool
    at_mono: int


Presence = Mapping[str, Heard]
"""Seat → its line; seats that never spoke are not in it."""


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
