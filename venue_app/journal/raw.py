"""An event file as it lies, for the verifier: nothing is refused that can still be read and judged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

from sqlite_utils import Database

from venue_app.base.errors import Known
from venue_app.journal import schema
from venue_app.journal.checkpoint import read
from venue_app.journal.faults import known
from venue_app.journal.store import refuse_if_open


@dataclass(frozen=True, slots=True)
class RawEvent:
    """What an event file holds.

    `sound` says whether SQLite finds its own structures whole; `numbers` are the entries' stored numbers,
    `leaves` their stored leaf hashes; `head` is the stored size and root, None when it is missing.
    """

    sound: bool
    numbers: list[int] = field(repr=False)
    entries: list[bytes] = field(repr=False)
    leaves: list[bytes] = field(repr=False)
    head: tuple[int, bytes] | None
    checkpoints: list[bytes] = field(repr=False)


def read_raw(path: Path) -> RawEvent:
    """Read an event file without changing it or anything beside it.

    Raises `journal.missing`, `not_an_event`, `newer_version`, `in_use`, or `damaged` when SQLite cannot
    read it at all.
    """
    refuse_if_open(path)
    schema.check_header(path)
    try:
        return _read(path)
    except (sqlite3.Error, UnicodeDecodeError, TypeError, ValueError) as error:
        # A damaged type or text inside the file's own tables comes up as a fault of reading it.
        raise Known("journal.damaged", file=path.name) from error


def _read(path: Path) -> RawEvent:
    with known(path):
        db, scratch = schema.connect_reader(path)
        try:
            sound = [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
            sound = sound and _no_more_than_pages(db, path, scratch)
            rows = db.execute("SELECT seq, entry, leaf FROM entries ORDER BY seq").fetchall()
            head = db.execute("SELECT size, root FROM head").fetchone()
            notes = db.execute("SELECT note, size FROM checkpoints ORDER BY size, id").fetchall()
        except sqlite3.OperationalError as error:
            raise schema.damaged_or(error, path) from error
        finally:
            db.close()
            if scratch is not None:
                rmtree(scratch, ignore_errors=True)
    kept = [item for row in rows for item in row[1:]] + [row[0] for row in notes]
    if not all(isinstance(item, bytes) for item in kept) or not all(isinstance(row[0], int) for row in rows):
        raise Known("journal.damaged", file=path.name)
    if head is not None and not (isinstance(head[0], int) and isinstance(head[1], bytes)):
        raise Known("journal.damaged", file=path.name)
    return RawEvent(
        sound=sound and all(_says(note, size) for note, size in notes),
        numbers=[row[0] for row in rows],
        entries=[row[1] for row in rows],
        leaves=[row[2] for row in rows],
        head=None if head is None else (head[0], head[1]),
        checkpoints=[row[0] for row in notes],
    )


def _no_more_than_pages(db: Database, path: Path, scratch: Path | None) -> bool:
    """Whether the file is exactly its pages: SQLite reads past what was added behind them.

    While a WAL lies beside it the last pages may not be in the file yet.
    """
    wal = path.with_name(path.name + "-wal")
    if scratch is not None or (wal.exists() and wal.stat().st_size):
        return True
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    return int(path.stat().st_size) == int(pages * db.execute("PRAGMA page_size").fetchone()[0])


def _says(note: bytes, size: object) -> bool:
    """Whether a checkpoint is kept under the size it speaks of; one that cannot be read is for others to judge."""
    try:
        return read(note).size == size
    except ValueError:
        return True
