"""The tables of an event file, and how a connection to one is set up.

The file is SQLite with application id `VENU` and the schema's version in
`user_version`. The tables are described in docs/formats/journal.md.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path
from shutil import copyfile, rmtree

from sqlite_utils import Database

from venue_app.base.errors import Known
from venue_app.journal.faults import known

APPLICATION_ID = 0x56454E55  # "VENU"
VERSION = 1
_MAGIC = b"SQLite format 3\x00"

TABLES = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY CHECK (seq >= 0),
    entry BLOB NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    submission TEXT UNIQUE
) STRICT;
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    openings INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE beats (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""

# INSERT OR REPLACE deletes a row without firing the delete trigger of a connection that has
# recursive_triggers off, so inserting checks both keys itself.
_TRIGGERS = (
    "CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
    "CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
    "CREATE TRIGGER entries_only_next BEFORE INSERT ON entries"
    " WHEN NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM entries)"
    " OR EXISTS (SELECT 1 FROM entries WHERE submission = NEW.submission)"
    " BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
    "CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints"
    " BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END",
    "CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints"
    " BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END",
    "CREATE TRIGGER checkpoints_only_new BEFORE INSERT ON checkpoints"
    " WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id OR note = NEW.note)"
    " BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END",
)


#: What SQLite says where it cannot make its index of a WAL.
_CANNOT_WRITE = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)


def lay(db: Database) -> None:
    """Lay the tables in an empty database; the caller commits."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for trigger in _TRIGGERS:
        db.execute(trigger)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def check_header(path: Path) -> None:
    """Refuse, before SQLite touches it, a file that is missing, no event, or of a newer program."""
    with known(path), path.open("rb") as handle:
        head = handle.read(100)
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise Known("journal.not_an_event", file=path.name)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Known("journal.not_an_event", file=path.name)
    if int.from_bytes(head[60:64], "big") > VERSION:
        raise Known("journal.newer_version", file=path.name)


def damaged_or(error: sqlite3.OperationalError, path: Path) -> Exception:
    """A missing table is damage to the event; any other complaint stays what it is."""
    # Text that is no UTF-8 is a fault of the driver, which gives it no code.
    if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
        return Known("journal.damaged", file=path.name)
    return error


def connect_writer(path: Path) -> Database:
    """The one connection that writes: no other, in this program or another, can read or write beside it.

    SQLite up to 3.51.2 can corrupt a WAL when two connections write or checkpoint at once; with the
    exclusive lock there is only ever one. synchronous does not persist, so it is set each time.
    """
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise Known("journal.read_only", file=path.name)
    conn = sqlite3.connect(path, timeout=0.2, check_same_thread=False)
    try:
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        conn.execute("PRAGMA fullfsync = ON")
        conn.execute("PRAGMA checkpoint_fullfsync = ON")
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("COMMIT")
        return Database(conn, execute_plugins=False)
    except BaseException:
        conn.close()
        raise


def _read(uri: str) -> Database:
    conn = sqlite3.connect(uri, uri=True, timeout=0.2, check_same_thread=False)
    try:
        conn.execute("PRAGMA query_only = ON")
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return Database(conn, execute_plugins=False)
    except BaseException:
        conn.close()
        raise


def connect_reader(path: Path) -> tuple[Database, Path | None]:
    """A connection that changes nothing, and the temporary folder to remove when it closes.

    A file that was closed well is read where it lies and nothing is written beside it. After a crash a
    WAL lies beside it; SQLite may then need to write there, and where it cannot (a notary's write-protected
    stick, a full disk) both files are copied first.
    """
    wal = path.with_name(path.name + "-wal")
    if not wal.exists() or wal.stat().st_size == 0:
        return _read(f"{path.resolve().as_uri()}?immutable=1"), None
    try:
        return _read(f"{path.resolve().as_uri()}?mode=ro"), None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE:
            raise
    folder = Path(tempfile.mkdtemp(prefix="venue-read-"))
    try:
        copyfile(path, folder / "event")
        copyfile(wal, folder / "event-wal")
        return _read(f"{(folder / 'event').as_uri()}?mode=ro"), folder
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
