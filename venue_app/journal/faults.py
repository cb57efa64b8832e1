"""What SQLite and the file system complain of, as faults the user can do something about."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from venue_app.base.errors import Known

_BY_CODE = {
    sqlite3.SQLITE_FULL: "journal.disk_full",
    sqlite3.SQLITE_BUSY: "journal.in_use",
    sqlite3.SQLITE_LOCKED: "journal.in_use",
    sqlite3.SQLITE_READONLY: "journal.read_only",
    sqlite3.SQLITE_PERM: "journal.read_only",
    sqlite3.SQLITE_CANTOPEN: "journal.read_only",
    sqlite3.SQLITE_NOTADB: "journal.not_an_event",
    sqlite3.SQLITE_CORRUPT: "journal.damaged",
    sqlite3.SQLITE_IOERR: "journal.disk_fault",
}
#: So many bytes are enough to try whether there is room.
_ROOM = 1 << 20
_BY_ERRNO = {
    errno.ENOSPC: "journal.disk_full",
    errno.EDQUOT: "journal.disk_full",
    errno.EFBIG: "journal.disk_full",
    errno.EROFS: "journal.read_only",
    errno.EACCES: "journal.read_only",
    errno.EPERM: "journal.read_only",
    errno.ENOENT: "journal.missing",
}


@contextmanager
def known(path: Path) -> Iterator[None]:
    """Turn environment faults inside the block into `Known`; our own mistakes pass through."""
    try:
        yield
    except sqlite3.Error as error:
        # The extended code's low byte is the primary one; driver mistakes carry no code at all.
        code = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise Known(code, file=path.name) from error
    except OSError as error:
        raise Known(_BY_ERRNO.get(error.errno or 0, "journal.disk_fault"), file=path.name) from error


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, durable. Windows has no folders to sync."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def try_room(path: Path) -> None:
    """Write a little beside a file, durably, and take it away again: whether the disk takes anything at all.

    Raises `Known` journal.disk_full, read_only, disk_fault.
    """
    tried = path.with_name(f"{path.name}.room")
    with known(path):
        try:
            tried.parent.mkdir(parents=True, exist_ok=True)
            tried.write_bytes(bytes(_ROOM))
            sync(tried)
        finally:
            tried.unlink(missing_ok=True)
