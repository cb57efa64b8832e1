"""What the page needs from outside: the plan in force, and somebody who takes another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.bridge import Bridge
from venue_app.base.errors import Known
from venue_app.domain.floor_commands import ChangeScheme
from venue_app.scheme import Scheme
from venue_app.state import State

DROPS_ROSTER = "venue.scheme_drops_roster"


class Office(Protocol):
    """Where an adopted plan goes. The answer is for `asker` while that is open."""

    @property
    def state(self) -> State | None:
        """The event whose plan it is; None while it is still to be made."""

    def adopt(
        self,
        text: str,
        *,
        drop_roster: bool,
        done: Callable[[], None],
        refused: Callable[[Known], None],
        asker: QWidget | None = None,
    ) -> None:
        """Take this plan; `done` or `refused` is called in the window's thread."""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """A new event: the plan is handed on to whoever makes the file."""

    state: None = None

    def adopt(
        self,
        text: str,
        *,
        drop_roster: bool,
        done: Callable[[], None],
        refused: Callable[[Known], None],
        asker: QWidget | None = None,
    ) -> None:
        """There is nothing yet that could refuse."""
        done()


@dataclass(frozen=True, slots=True)
class EventOffice:
    """An event that is there already."""

    bridge: Bridge

    @property
    def state(self) -> State:
        """The newest."""
        return self.bridge.state

    def adopt(
        self,
        text: str,
        *,
        drop_roster: bool,
        done: Callable[[], None],
        refused: Callable[[Known], None],
        asker: QWidget | None = None,
    ) -> None:
        """Ask the venue, which refuses once the run is open."""
        command = ChangeScheme(scheme=text, drop_roster=drop_roster)
        self.bridge.send(command, done=lambda _reply: done(), refused=refused, asker=asker)


def in_force(office: Office) -> Scheme | None:
    """The event's plan now."""
    return None if office.state is None else office.state.scheme
