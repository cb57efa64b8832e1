"""Sheets that the laptop has not acknowledged yet. A sheet is in here before it is sent for the first time.

Where there is a standby, what was acknowledged stays on a shelf until the event closes: a host that takes over may lack it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from venue_app.base.errors import Known
from venue_app.lan.messages import Sheet

#: How the file of a sheet ends that was acknowledged, after the epoch of the host that did.
_KEPT = ".kept"


class Outbox(Protocol):
    """Keeps sheets until they are received or refused for good."""

    def add(self, sheet: Sheet) -> None:
        """Keep a sheet; when this returns it survives a crash."""

    def remove(self, sheet_id: str) -> None:
        """The sheet is settled. One that is not here is no fault."""

    def pending(self) -> list[Sheet]:
        """What is kept, oldest first."""

    def shelve(self, sheet_id: str, epoch: int) -> None:
        """The host of `epoch` has acknowledged the sheet: it waits no more, but stays until the event closes."""

    def shelf(self) -> list[Shelved]:
        """What was acknowledged and is still here."""

    def take_down(self, sheet_id: str) -> None:
        """A later host lacks the sheet: it waits again."""

    def clear_shelf(self) -> None:
        """The event is closed: nothing acknowledged is needed any more."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A sheet that the host of `epoch` has acknowledged."""

    sheet: Sheet
    epoch: int


class MemoryOutbox:
    """For robots, which have nothing to lose."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}
        self._shelf: dict[str, Shelved] = {}

    def add(self, sheet: Sheet) -> None:
        """Keep a sheet for as long as the robot lives."""
        self._sheets[sheet.id] = sheet

    def remove(self, sheet_id: str) -> None:
        """The sheet is settled."""
        self._sheets.pop(sheet_id, None)

    def pending(self) -> list[Sheet]:
        """What is kept, oldest first."""
        return list(self._sheets.values())

    def shelve(self, sheet_id: str, epoch: int) -> None:
        """Acknowledged by the host of `epoch`."""
        sheet = self._sheets.pop(sheet_id, None) or (
            self._shelf[sheet_id].sheet if sheet_id in self._shelf else None
        )
        if sheet is not None:
            self._shelf[sheet_id] = Shelved(sheet, epoch)

    def shelf(self) -> list[Shelved]:
        """What was acknowledged."""
        return list(self._shelf.values())

    def take_down(self, sheet_id: str) -> None:
        """It waits again."""
        found = self._shelf.pop(sheet_id, None)
        if found is not None:
            self._sheets[sheet_id] = found.sheet

    def clear_shelf(self) -> None:
        """Nothing is needed any more."""
        self._shelf.clear()


class FileOutbox:
    """One small file a sheet in a folder of its own, written whole and forced to the disk."""

    def __init__(self, folder: Path) -> None:
        """Read what an earlier run left. Raises `Known` (lan.outbox_unwritable)."""
        self._folder = folder
        self._files: dict[str, tuple[Path, Sheet]] = {}
        self._shelf: dict[str, tuple[Path, Shelved]] = {}
        self._next = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for part in folder.glob("*.part"):
                part.unlink()  # died while writing: it was never sent, the judge was never told «kept»
            for path in sorted(folder.glob("*.json")):
                self._read(path)
            for path in sorted(folder.glob(f"*{_KEPT}")):
                self._read_kept(path)
        except OSError as error:
            raise Known("lan.outbox_unwritable", folder=str(folder)) from error

    def _read(self, path: Path) -> None:
        try:
            sheet = msgspec.json.decode(path.read_bytes(), type=Sheet)
        except msgspec.MsgspecError:
            path.rename(path.with_suffix(".bad"))  # kept for a person to look at, out of the way
            return
        self._files[sheet.id] = (path, sheet)
        self._next = max(self._next, int(path.name.partition("-")[0]) + 1)

    def _read_kept(self, path: Path) -> None:
        try:
            sheet = msgspec.json.decode(path.read_bytes(), type=Sheet)
            epoch = int(path.name.removesuffix(_KEPT).rpartition(".")[2])
        except (msgspec.MsgspecError, ValueError):
            path.unlink()  # acknowledged long ago; only a copy
            return
        self._shelf[sheet.id] = (path, Shelved(sheet, epoch))
        self._next = max(self._next, int(path.name.partition("-")[0]) + 1)

    def add(self, sheet: Sheet) -> None:
        """Write the sheet and its folder to the disk. Raises `Known` (lan.outbox_unwritable)."""
        if sheet.id in self._files:
            return
        path = self._folder / f"{self._next:08d}-{sheet.id}.json"
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as out:
                out.write(msgspec.json.encode(sheet))
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
            self._sync_folder()
        except OSError as error:
            raise Known("lan.outbox_unwritable", folder=str(self._folder)) from error
        self._next += 1
        self._files[sheet.id] = (path, sheet)

    def remove(self, sheet_id: str) -> None:
        """Forget a settled sheet. If the file stays (read-only disk), it is sent again: that does no harm."""
        found = self._files.pop(sheet_id, None)
        if found is not None:
            try:
                found[0].unlink(missing_ok=True)
            except OSError as error:
                raise Known("lan.outbox_unwritable", folder=str(self._folder)) from error

    def pending(self) -> list[Sheet]:
        """What is kept, oldest first."""
        return [sheet for _, sheet in self._files.values()]

    def shelve(self, sheet_id: str, epoch: int) -> None:
        """Acknowledged by the host of `epoch`. Raises `Known` (lan.outbox_unwritable)."""
        found = self._files.pop(sheet_id, None)
        if found is None and sheet_id in self._shelf:
            path, kept = self._shelf[sheet_id]
            found = (path, kept.sheet)
        if found is not None:
            path = self._renamed(found[0], f".{epoch}{_KEPT}")
            self._shelf[sheet_id] = (path, Shelved(found[1], epoch))

    def shelf(self) -> list[Shelved]:
        """What was acknowledged."""
        return [kept for _, kept in self._shelf.values()]

    def take_down(self, sheet_id: str) -> None:
        """It waits again. Raises `Known` (lan.outbox_unwritable)."""
        found = self._shelf.pop(sheet_id, None)
        if found is not None:
            self._files[sheet_id] = (self._renamed(found[0], ".json"), found[1].sheet)

    def clear_shelf(self) -> None:
        """Nothing is needed any more. Raises `Known` (lan.outbox_unwritable)."""
        for path, _ in self._shelf.values():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise Known("lan.outbox_unwritable", folder=str(self._folder)) from error
        self._shelf.clear()

    def _renamed(self, path: Path, ending: str) -> Path:
        target = path.with_name(path.name.partition(".")[0] + ending)
        try:
            path.replace(target)
        except OSError as error:
            raise Known("lan.outbox_unwritable", folder=str(self._folder)) from error
        return target

    def _sync_folder(self) -> None:
        if os.name != "posix":
            return  # Windows has no handle for a folder's own entry; the rename is journalled there
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
