"""What screens need from outside and do not own; the program hands it in, tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from venue_app.base.errors import Known
from venue_app.domain.commands import Command
from venue_app.lan.presence import Presence
from venue_app.venue import Reply

Lines = Mapping[str, Presence]
"""Seat → what is known of its device; seats that nobody joined are not in it."""


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
