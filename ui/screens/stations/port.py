"""What the stations' page needs of the laptop's LAN server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ui.ports import Lines
from venue_app.base.errors import Known
from venue_app.host.carried import Brought
from venue_app.lan.lockstep import StandbyStatus
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.wishes import Wish


class StationsPort(Protocol):
    """The network as the proctor steers it. Every call answers at once, from any state."""

    @property
    def fault(self) -> Known | None:
        """Why stations cannot come in, or None."""

    def url(self) -> str:
        """Where stations find this laptop; '' while nobody can come in."""

    def key_words(self) -> str:
        """The key that answers there, in groups of four, for comparing with what a device shows."""

    def link(self, code: JoiningCode) -> str:
        """Address, code and key in one text, for a QR."""

    def issue(self, seat: str) -> JoiningCode:
        """A fresh code for a seat."""

    def issue_all(self) -> None:
        """A code for every free seat that has none."""

    def codes(self) -> Sequence[JoiningCode]:
        """Codes that are still good."""

    def lines(self) -> Lines:
        """What is known of each joined device."""

    def answer(self, seat: str) -> None:
        """The proctor has gone to the judge who called."""

    def wishes(self) -> Sequence[Wish]:
        """Devices that brought a right code and wait to be let in, the longest first."""

    def standby(self) -> StandbyStatus | None:
        """How the standby laptop is; None where no device holds its place."""

    def decide(self, wish: str, granted: bool) -> None:
        """Let one of them in, or not; whoever holds its place gives way."""

    def bring(self, data: bytes, by: str) -> tuple[Brought, ...]:
        """Take sheets in that somebody brought by hand. Waits for the disk: not in the window's thread.

        Raises `Known` (lan.carried_unreadable, venue.people_missing).
        """

    def print_cards(self, file: Path) -> None:
        """Write seat cards with a fresh code for every free seat. Waits for the disk: not in the window's thread.

        Raises `Known` (cards.empty, lan.*, journal.* when it cannot be written).
        """

    def pardon(self) -> None:
        """Listen to joining codes again after too many wrong ones."""

    def retry(self) -> None:
        """Try to let stations in once more."""
