"""The event file of a second laptop that follows: entries checked and kept, with the boxes of open polls, the program's
own secrets and the candidates' photographs beside it.

Whatever cannot be kept is not in it: a fault of the disk leaves the file as it was, and it can be opened again as after a crash.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.domain.record import decode
from venue_app.host.followed_boxes import FollowedBoxes
from venue_app.host.followed_pictures import FollowedPictures
from venue_app.host.incoming import checked, folded
from venue_app.journal import Journal, Tree, leaf_hash
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.box_feed import BoxParts
from venue_app.seal.keys import VenueKeys
from venue_app.state import State
from venue_app.venue import clocks, secrets

log = logging.getLogger(__name__)

#: When the host was last heard (wall ms), and whether all that it had acknowledged was here then.
HEARD = "standby.heard"
STEP = "standby.in-step"


class FollowedEvent:
    """Used in one thread. Faults of the disk are `Known("journal.…")`; after one, `close` and `open` again."""

    def __init__(self, path: Path, keys: VenueKeys) -> None:
        self.path = path
        self._keys = keys
        self._journal: Journal | None = None
        self._boxes = FollowedBoxes(path)
        self._parts = BoxParts()
        self.pictures = FollowedPictures(path)
        self._secrets: Mapping[str, str] = {}
        self._tree = Tree()
        self.state: State | None = None
        self.heard = 0

    @property
    def size(self) -> int:
        """How many entries are here."""
        return self._tree.size

    @property
    def root(self) -> str:
        """The tree's root over them (hex); '' for none."""
        return self._tree.root().hex() if self._tree.size else ""

    def open(self) -> None:
        """Take up what is there; nothing where there is no file yet.

        Raises `Known`: journal.*, standby.host_already when this laptop took over with that file before.
        """
        self._tree, self.state = Tree(), None
        if self.path.exists():
            self._journal = Journal.open(self.path)
            try:
                self._take_up(self._journal)
                if self.state is not None:
                    self._boxes.begin(self.state)
            except BaseException:
                self.close()
                raise

    def look(self) -> None:
        """Take up what is there to show it, where it cannot be opened for writing; nothing where it cannot be read."""
        try:
            journal = Journal.open(self.path, readonly=True)
        except (Known, OSError):
            return
        try:
            self._take_up(journal)
        finally:
            journal.close()

    def _take_up(self, journal: Journal) -> None:
        self.heard = int(journal.meta().get(HEARD, b"0"))
        raws = [raw for _, raw in journal.entries()]
        self._tree = Tree(list(map(leaf_hash, raws)))
        self.state = folded(None, map(decode, raws))
        if self.state is not None and hosts(self.state, self._keys):
            raise Known("standby.host_already", file=str(self.path))

    def close(self) -> None:
        """Close the files; they stay for whoever takes over, or goes on. A second call does nothing."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        self._boxes.close()
        self._boxes, self._parts = FollowedBoxes(self.path), BoxParts()

    def note(self, heard: int, in_step: bool) -> None:
        """Keep when the host was last heard (wall ms), and whether all was here then."""
        self.heard = heard
        if self._journal is not None:
            self._journal.set_meta(HEARD, str(heard).encode())
            self._journal.set_meta(STEP, b"1" if in_step else b"")

    def beat(self, mono: int) -> None:
        """Keep where running clocks stand at the host's monotonic time `mono` (ms)."""
        if self._journal is not None and self.state is not None:
            self._journal.beat_all(clocks.beats(self.state, mono))

    def placed(self) -> None:
        """A new line: half a change that came on the last one is nothing."""
        self._parts = BoxParts()
        self.pictures.begin()

    def take_entries(self, entries: r.Entries) -> None:
        """Check, fold and keep. Raises `Known` (console.journal_differs, entry.*, journal.*)."""
        raws, records = checked(self._tree, entries)
        state = folded(self.state, records)
        self._store(raws, [record.sub for record in records])
        before, self.state = self.state, state
        if state is not None:
            self._boxes.follow(before, state)

    def _store(self, raws: list[bytes], subs: list[str | None]) -> None:
        if self._journal is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._journal = Journal.create(self.path, raws[0])
            secrets.keep(self._journal, self._secrets)
            raws, subs = raws[1:], subs[1:]
        if raws:
            self._journal.append(raws, submissions=subs)

    def take_secrets(self, told: s.Secrets) -> None:
        """Keep them before the entries that rest on them come. Raises `Known` (journal.*)."""
        if self._journal is not None:
            secrets.keep(self._journal, told.secrets)
        else:  # with the first entry there is a file
            self._secrets = {**self._secrets, **told.secrets}

    def take_papers(self, papers: s.Papers) -> None:
        """Keep a change of a box, once all of it is here. Raises `Known` (journal.*, ballots.box_missing)."""
        change = self._parts.take(papers)
        if change is not None and self.state is not None:
            self._boxes.take(self.state, change)

    def take_notes(self, notes: s.Notes) -> None:
        """Signed checkpoints; one that is not of this journal is left out."""
        for note in notes.notes:
            if self._journal is not None:
                try:
                    self._journal.store_checkpoint(note.encode())
                except (Known, ValueError):
                    log.warning("a checkpoint does not fit the journal followed")


def hosts(state: State, keys: VenueKeys) -> bool:
    """Whether the laptop with these keys is the event's host."""
    return state.speaking.get("ed25519") == keys.announced()["ed25519"]
