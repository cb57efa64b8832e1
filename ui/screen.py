"""What the frame knows of a screen, and a screen of the frame: nothing but this.

A screen is any object with these members; its widget is built once and kept. When something changes
that the rail shows, whoever owns the frame calls `MainFrame.refresh_rail()`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Text

T = TypeVar("T")
Turns = Generator[None, None, T]
"""Something made in several turns of the window's loop: each `yield` lets the window be drawn and used meanwhile."""


def at_once(turns: Turns[T]) -> T:
    """What is made, without letting go in between."""
    while True:
        try:
            next(turns)
        except StopIteration as end:
            made: T = end.value
            return made


Section = Literal["day", "below"]
"""The day's order above; stations, witness and settings below."""


@dataclass(frozen=True, slots=True)
class RailState:
    """How far a screen's work is, and how much it still lacks. `mark` None shows neither."""

    mark: Mark | None = None
    missing: int = 0


class Screen(Protocol):
    """A screen as the frame registers it."""

    @property
    def id(self) -> str:
        """prepare, draw, room, …: unique."""

    @property
    def title(self) -> Text:
        """Its name in the rail."""

    @property
    def icon(self) -> str:
        """A name in `resources/icons`."""

    @property
    def section(self) -> Section:
        """Which part of the rail it stands in."""

    @property
    def widget(self) -> QWidget:
        """What fills the middle of the window."""

    def rail_state(self) -> RailState:
        """Asked again on each `refresh_rail`."""

    def shortcuts(self) -> Sequence[Shortcut]:
        """Keys that work while it is shown; asked once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to Ctrl+K; `act` goes there."""

    title: Text
    detail: Text
    act: Callable[[], None]
    icon: str = "jump"


class SearchProvider(Protocol):
    """Finds people, lots or actions; answers at once, from memory, the best first."""

    def search(self, typed: str) -> Sequence[Hit]:
        """At most a few dozen hits; `typed` is never empty."""
