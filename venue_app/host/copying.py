"""Where an event is copied to, and what a copy that is not well means for the room.

The folder chosen is kept in the event file, so that the copy goes on after the next start.
"""

from __future__ import annotations

import threading
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.domain import ballot_commands as ballot
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.host.second_copy import CopyStatus, SecondCopy
from venue_app.journal import Journal
from venue_app.seal.keys import VenueKeys
from venue_app.state import State
from venue_app.venue import Venue

#: How long the copy may lie behind the journal before it counts as stale, in ms.
STALE_MS = 10_000
_META = "second-copy"
#: What a run that may not go on without its copy does not begin.
BEGINS = (
    c.CallCandidate,
    c.StartStage,
    c.ResumeStage,
    c.ReleaseResult,
    c.CloseRun,
    dc.HoldDraw,
    dc.RevealDraw,
    dc.TypeDraw,
    ballot.OpenBallot,
)


class Copying:
    """The second copy of one open event: none, or one in the folder chosen. Close it when done."""

    def __init__(self, venue: Venue, keys: VenueKeys) -> None:
        """Go on where the last start left off."""
        self._venue, self._keys = venue, keys
        self._copy: SecondCopy | None = None
        self._changing = threading.Lock()
        self._chosen = self._shut = False
        venue.with_journal(self._take_up)

    def _take_up(self, journal: Journal) -> None:
        """In the venue's thread, some time after the opening: whoever chose or closed before decided otherwise."""
        found = journal.meta().get(_META, b"").decode()
        with self._changing:
            if found and not self._chosen and not self._shut:
                self._copy = SecondCopy(self._venue, self._keys, Path(found))

    def choose(self, folder: Path | None) -> None:
        """Copy to this folder from now on, also after the next start; None stops it."""
        with self._changing:
            self._chosen = True
        self._stop()
        kept = b"" if folder is None else str(folder).encode()
        self._venue.with_journal(lambda journal: journal.set_meta(_META, kept))
        with self._changing:
            if folder is not None and not self._shut:
                self._copy = SecondCopy(self._venue, self._keys, folder)

    @property
    def status(self) -> CopyStatus | None:
        """How the copy stands; None when no folder was chosen."""
        return None if self._copy is None else self._copy.status

    @property
    def warning(self) -> Known | None:
        """What must be said loudly of the copy now."""
        return warning(self._venue.state, self.status, self._venue.clock.mono_ms())

    def refuse(self, state: State, command: c.Command) -> None:
        """Raise what keeps this command from being begun now."""
        refuse(state, self.status, self._venue.clock.mono_ms(), command)

    def close(self) -> None:
        """Write what is left and stop, for good. A second call does nothing."""
        with self._changing:
            self._shut = True
        self._stop()

    def _stop(self) -> None:
        with self._changing:
            copy, self._copy = self._copy, None
        if (
            copy is not None
        ):  # not under the lock: its last write asks the venue's thread, which may want the lock
            copy.close()


def warning(state: State, status: CopyStatus | None, now_ms: int) -> Known | None:
    """What must be said loudly of the copy of an official run that is open; None when all is well.

    `now_ms` is monotonic. A rehearsal hears only of a copy that was chosen and is not well.
    """
    if state.closed_at is not None or state.opened_at is None or state.scheme.second_copy == "off":
        return None
    if status is None:
        return None if state.rehearsal else Known("copy.none")
    if status.fault is not None:
        return status.fault
    if status.behind_since is not None and now_ms - status.behind_since > STALE_MS:
        return Known("copy.stale", count=state.size - status.size)
    return None


def refuse(state: State, status: CopyStatus | None, now_ms: int, command: c.Command) -> None:
    """Raise the warning for a command that begins something, where the plan says so. What is under way goes on."""
    if state.scheme.second_copy == "required" and isinstance(command, BEGINS):
        wrong = warning(state, status, now_ms)
        if wrong is not None:
            raise Known("copy.required")
