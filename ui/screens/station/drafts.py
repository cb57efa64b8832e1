"""Marks that were given and not sent yet, kept so that a crash or a pulled plug costs the judge nothing."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from ui.screens.station.desk import Key, Marks

log = logging.getLogger(__name__)


class _Draft(msgspec.Struct, frozen=True):
    room: str
    lot: int
    marks: Marks


class _File(msgspec.Struct, frozen=True):
    event: str
    seat: str
    drafts: tuple[_Draft, ...]


class Drafts:
    """One small file. What cannot be kept is logged: a draft is a convenience, the sheet is not."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, event: str, seat: str) -> dict[Key, Marks]:
        """The drafts of this seat; none when the file is missing, damaged, or another's."""
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=_File)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as fault:
            log.warning("drafts cannot be read: %s", fault)
            return {}
        if (found.event, found.seat) != (event, seat):
            return {}
        return {(d.room, d.lot): dict(d.marks) for d in found.drafts}

    def write(self, event: str, seat: str, drafts: dict[Key, Marks]) -> None:
        """Keep them."""
        rows = tuple(_Draft(room, lot, marks) for (room, lot), marks in drafts.items())
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(_File(event, seat, rows)))
            part.replace(self._path)
        except OSError as fault:
            log.warning("drafts cannot be kept: %s", fault)
