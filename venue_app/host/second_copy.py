"""The journal copied to a second medium while it grows, so that a lost laptop takes nothing with it.

The copy's own thread writes; a medium that is slow, full or gone never holds the room up. What follows from a copy
that is not well is decided in `copying`.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.host.history import asked, entries_of
from venue_app.journal.checkpoint import origin
from venue_app.journal.copy import copy_lines, read_copy
from venue_app.seal.keys import VenueKeys
from venue_app.venue import Change, Venue

log = logging.getLogger(__name__)

_TICK_S = 1.0
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """Where the copy is, how many entries it holds, since when (monotonic ms) it lies behind, and what is wrong."""

    file: Path
    size: int = 0
    behind_since: int | None = None
    fault: Known | None = None


class SecondCopy:
    """One growing copy in one folder. Close it when done."""

    def __init__(self, venue: Venue, keys: VenueKeys, folder: Path) -> None:
        event = venue.state.event.event
        self._venue, self._keys = venue, keys
        self._status = CopyStatus(folder / f"{venue.path.stem}-{event[:8]}.copy", behind_since=_now(venue))
        self._length = -1
        self._wake = threading.Event()
        self._stop = False
        self._unlisten = venue.listen(self._grown)
        self._thread = threading.Thread(target=self._run, name="second-copy", daemon=True)
        self._thread.start()

    @property
    def status(self) -> CopyStatus:
        """How the copy stands; safe from any thread."""
        return self._status

    def close(self) -> None:
        """Write what is left and stop. A second call does nothing."""
        if not self._stop:
            self._stop = True
            self._unlisten()
            self._wake.set()
            self._thread.join()

    def _grown(self, _change: Change) -> None:
        if self._status.behind_since is None:
            self._say(behind_since=_now(self._venue))
        self._wake.set()

    def _say(self, **change: object) -> None:
        now = self._status
        said = {"file": now.file, "size": now.size, "behind_since": now.behind_since, "fault": now.fault}
        self._status = CopyStatus(**(said | change))  # type: ignore[arg-type]

    # ---- the copy's own thread ----

    def _run(self) -> None:
        while True:
            stop = self._stop
            self._wake.clear()
            self._once()
            if stop:
                return
            self._wake.wait(_TICK_S)

    def _once(self) -> None:
        try:
            if self._length < 0 or not self._there():
                self._open()
            self._catch_up()
            self._say(behind_since=None, fault=None)
            if self._venue.state.size > self._status.size:
                self._grown(self._venue.now)  # more came while this was being written
        except Known as fault:
            self._fail(fault)
        except OSError as error:
            file = str(self._status.file)
            self._fail(Known("copy.lost", file=file, reason=error.strerror or str(error)))

    def _fail(self, fault: Known) -> None:
        self._length = -1
        since = self._status.behind_since
        self._say(fault=fault, behind_since=_now(self._venue) if since is None else since)

    def _there(self) -> bool:
        return self._status.file.stat().st_size == self._length

    def _open(self) -> None:
        """Find out how far the copy has come; half a line at its end is cut away.

        Raises `Known` copy.other when what is there is no part of this journal.
        """
        file = self._status.file
        data = file.read_bytes() if file.exists() else b""
        found = read_copy(data)
        own = entries_of(self._venue)
        if found.entries != own[: len(found.entries)]:
            raise Known("copy.other", file=str(file))
        with file.open("r+b" if data else "wb") as handle:
            handle.truncate(len(data) - found.torn)
            handle.flush()
            os.fsync(handle.fileno())
        self._length = len(data) - found.torn
        self._say(size=len(found.entries))

    def _catch_up(self) -> None:
        new = entries_of(self._venue, self._status.size)
        if not new:
            return
        note = self._note(self._status.size + len(new))
        added = copy_lines(new, note)
        with self._status.file.open("ab") as handle:
            handle.write(added)
            handle.flush()
            os.fsync(handle.fileno())
        self._length += len(added)
        self._say(size=self._status.size + len(new))

    def _note(self, size: int) -> bytes:
        said = origin(self._venue.state.event.event)
        head = asked(self._venue, lambda journal: journal.checkpoint_at(said, size), _PATIENCE_S)
        return self._keys.sign_checkpoint(head)


def _now(venue: Venue) -> int:
    return venue.clock.mono_ms()
