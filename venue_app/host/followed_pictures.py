"""Photographs of candidates at the standby: asked for one by one, and kept where they are the ones on record.

The journal says whose picture has which SHA-256; whatever the host sends is nothing before it has it. Nobody waits for
them: a picture that cannot be had is one that the identity check says is lost.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.host.photos import LARGEST, folder_of, is_digest, lay
from venue_app.lan import standby_messages as s
from venue_app.state import State

log = logging.getLogger(__name__)


class FollowedPictures:
    """Beside one followed event. Used in the line's thread."""

    def __init__(self, event: Path) -> None:
        self._folder = folder_of(event)
        self._over: set[str] = set()
        self._wanted = ""
        self._data = bytearray()

    def begin(self) -> None:
        """A new line: what was not had on the last one is asked for again."""
        self._over, self._wanted, self._data = set(), "", bytearray()

    def next(self, state: State) -> str:
        """The digest to ask for now; '' while one is on its way and when none is lacking."""
        if self._wanted:
            return ""
        for digest in state.photos.values():
            if digest not in self._over and is_digest(digest) and not self._here(digest):
                self._wanted = digest
                return digest
        return ""

    def _here(self, digest: str) -> bool:
        found = (self._folder / digest).exists()
        if found:
            self._over.add(digest)
        return found

    def take(self, picture: s.Picture) -> None:
        """A part of what was asked for; the whole is kept if it is what the journal speaks of."""
        if picture.digest != self._wanted:
            return
        self._data += picture.data
        if picture.more and len(self._data) <= LARGEST:
            return
        data, digest = bytes(self._data), self._wanted
        self._over.add(digest)
        self._wanted, self._data = "", bytearray()
        if hashlib.sha256(data).hexdigest() != digest:
            log.warning("a photograph does not follow: the host has it no more, or not as it is on record")
            return
        try:
            lay(self._folder / digest, data)
        except Known as fault:  # the journal is more: it goes on, and says what it finds of the disk
            log.warning("a photograph cannot be kept: code=%s", fault.code)
