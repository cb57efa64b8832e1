"""The event file: entries kept exactly as they were hashed, durable before anyone is told.

One thread owns a `Journal`; only `size` and `root` may be read from others.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from weakref import WeakValueDictionary

from sqlite_utils import Database

from venue_app.base.errors import Known
from venue_app.journal import schema
from venue_app.journal.checkpoint import Checkpoint
from venue_app.journal.checkpoint import read as read_checkpoint
from venue_app.journal.faults import known, sync
from venue_app.journal.merkle import EMPTY_ROOT, Tree, leaf_hash

# Event files this process has open for writing, by device and inode. POSIX forgets a process's locks on a
# file when the process closes any handle to it, so a second look at an open file must be refused before
# the file is touched at all.
_open_here: WeakValueDictionary[tuple[int, int], Journal] = WeakValueDictionary()


_MOST_ROWS = 64


@dataclass(frozen=True, slots=True)
class AppendResult:
    """One group of entries is durable: the first's number, and the journal's size and root after it."""

    first_seq: int
    size: int
    root: bytes


def short_head(root: bytes) -> str:
    """The beginning of a root as people read it aloud and copy it: `AB12 CD34` (8 hex digits)."""
    digits = root.hex()[:8].upper()
    return f"{digits[:4]} {digits[4:]}"


class Journal:
    """The append-only journal of one event, in one SQLite file with a few side tables.

    Faults of disk and file are `Known("journal.…")`; use from a thread that does not own it is a
    `RuntimeError`, for it is our mistake.
    """

    def __init__(self, path: Path, db: Database, *, readonly: bool, scratch: Path | None) -> None:
        self.path = path
        self.readonly = readonly
        self._db = db
        self._scratch = scratch
        self._ident = _identity(path)
        self._owner = threading.get_ident()
        self._tree = Tree()
        self._head: tuple[int, bytes] = (0, EMPTY_ROOT)

    @classmethod
    def create(cls, path: Path, head: bytes) -> Journal:
        """Make a new event file whose entry 0 is `head`, and open it for writing.

        The file appears under its name only when it is whole. Raises `journal.exists`,
        `journal.read_only`, `journal.disk_full`.
        """
        if path.exists():
            raise Known("journal.exists", file=path.name)
        part = path.with_name(path.name + ".part")
        with known(path):
            _discard(part)
            try:
                _lay(part, head)
                sync(part)
                part.rename(path)
                sync(path.parent)
            except BaseException:
                _discard(part)
                raise
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Journal:
        """Open an event file and check every entry against the stored tree.

        Raises `journal.missing`, `not_an_event`, `newer_version`, `read_only`, `in_use`, `disk_full`
        or `damaged`. A read-only journal changes nothing, not even beside the file.
        """
        refuse_if_open(path)
        schema.check_header(path)
        with known(path):
            scratch = None
            if readonly:
                db, scratch = schema.connect_reader(path)
            else:
                db = schema.connect_writer(path)
            journal = cls(path, db, readonly=readonly, scratch=scratch)
            try:
                journal._load()
                if not readonly:
                    journal._claim()
            except BaseException:
                journal.close()
                raise
        return journal

    def _load(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.VERSION:
            raise Known("journal.newer_version", file=self.path.name)
        leaves: list[bytes] = []
        try:
            for seq, entry, leaf in self._db.execute("SELECT seq, entry, leaf FROM entries ORDER BY seq"):
                if seq != len(leaves) or leaf_hash(entry) != leaf:
                    raise Known("journal.damaged", file=self.path.name)
                leaves.append(leaf)
            row = self._db.execute("SELECT size, root FROM head").fetchone()
        except sqlite3.OperationalError as error:
            raise schema.damaged_or(error, self.path) from error
        self._tree = Tree(leaves)
        self._head = (self._tree.size, self._tree.root())
        if row is None or (row[0], row[1]) != self._head:
            raise Known("journal.damaged", file=self.path.name)

    def _claim(self) -> None:
        """Write something new, so that a WAL lies beside the file for as long as it is open: readers look for it."""
        with self._db.atomic():
            self._db.execute("UPDATE head SET openings = openings + 1")
        _open_here[self._ident] = self

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._db.close()
        if not self.readonly:
            _open_here.pop(self._ident, None)
        if self._scratch is not None:
            rmtree(self._scratch, ignore_errors=True)

    def adopt(self) -> None:
        """Make the calling thread the owner: opened with a progress bar here, written to there."""
        self._owner = threading.get_ident()

    def _mine(self) -> None:
        if threading.get_ident() != self._owner:
            raise RuntimeError("a journal belongs to one thread")

    @property
    def size(self) -> int:
        """How many entries are durable."""
        return self._head[0]

    @property
    def root(self) -> bytes:
        """The tree's root over all durable entries: 32 bytes."""
        return self._head[1]

    @property
    def head(self) -> tuple[int, bytes]:
        """Size and root of the same moment; safe to read from any thread."""
        return self._head

    @property
    def short_head(self) -> str:
        """The first 8 hex digits of the root in two groups."""
        return short_head(self.root)

    def append(self, entries: Sequence[bytes], *, submissions: Sequence[str | None]) -> AppendResult:
        """Store a group of entries in one transaction; when this returns they are durable.

        `submissions` names, entry by entry, the submission it answers (or None); a name can be used
        once. When this raises, nothing of the group is stored and the journal is as before.
        """
        self._mine()
        if len(entries) != len(submissions) or not entries:
            raise ValueError("a group has entries, and a submission or None for each")
        first = self.size
        leaves = [leaf_hash(entry) for entry in entries]
        rows = list(zip(range(first, first + len(entries)), entries, leaves, submissions, strict=True))
        try:
            self._tree.extend(leaves)
            root = self._tree.root()
            with known(self.path), self._db.atomic():
                self._insert(rows)
                self._db.execute("UPDATE head SET size = ?, root = ?", (self._tree.size, root))
        except BaseException:
            self._tree.truncate(first)
            raise
        self._head = (self._tree.size, root)
        return AppendResult(first, self._tree.size, root)

    def _insert(self, rows: Sequence[tuple[int, bytes, bytes, str | None]]) -> None:
        """Many rows in few statements: Python lets other threads have their turn at each statement, and a station's
        sheet would wait for that turn. Their sizes are powers of two, so that SQLite knows them all after a while."""
        at = 0
        while at < len(rows):
            some = min(_MOST_ROWS, 1 << (len(rows) - at).bit_length() - 1)
            values = ", ".join(["(?, ?, ?, ?)"] * some)
            fields = [field for row in rows[at : at + some] for field in row]
            self._db.conn.execute(f"INSERT INTO entries VALUES {values}", fields)
            at += some

    def entries(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Every entry from number `start` on, as (number, exact bytes)."""
        self._mine()
        with known(self.path):
            yield from self._db.execute(
                "SELECT seq, entry FROM entries WHERE seq >= ? ORDER BY seq", (start,)
            )

    def submissions(self) -> dict[str, int]:
        """All submissions answered so far, with the number of their entry."""
        self._mine()
        with known(self.path):
            return dict(
                self._db.execute(
                    "SELECT submission, seq FROM entries WHERE submission IS NOT NULL"
                ).fetchall()
            )

    def root_at(self, size: int) -> bytes:
        """The root when the journal had `size` entries; `ValueError` beyond its present size."""
        self._mine()
        return self._tree.root(size)

    def inclusion_proof(self, seq: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 audit path of entry `seq` in the journal of `size` entries (now, when None)."""
        self._mine()
        return self._tree.inclusion(seq, size)

    def consistency_proof(self, old: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 proof that the journal only grew from `old` to `size` entries (now, when None)."""
        self._mine()
        return self._tree.consistency(old, size)

    def checkpoint(self, origin: str) -> Checkpoint:
        """The present size and root, ready to sign."""
        return Checkpoint(origin, *self._head)

    def checkpoint_at(self, origin: str, size: int) -> Checkpoint:
        """Size and root when the journal had `size` entries; `ValueError` beyond its present size."""
        self._mine()
        return Checkpoint(origin, size, self._tree.root(size))

    def store_checkpoint(self, signed: bytes) -> None:
        """Keep a signed checkpoint; the same note twice is kept once.

        `journal.foreign_checkpoint` when its size and root are not of this journal's history.
        """
        self._mine()
        found = read_checkpoint(signed)
        if found.size > self.size or self._tree.root(found.size) != found.root:
            raise Known("journal.foreign_checkpoint", size=found.size)
        with known(self.path), self._db.atomic():
            self._db.execute(
                "INSERT INTO checkpoints (size, note) SELECT ?, ?"
                " WHERE NOT EXISTS (SELECT 1 FROM checkpoints WHERE note = ?)",
                (found.size, signed, signed),
            )

    def checkpoints(self) -> list[bytes]:
        """The stored notes, oldest first."""
        self._mine()
        with known(self.path):
            return [row[0] for row in self._db.execute("SELECT note FROM checkpoints ORDER BY size, id")]

    def beat(self, key: str, value: bytes) -> None:
        """Durably keep the newest value of `key`, outside the journal (a clock's heartbeat)."""
        self._put("beats", {key: value})

    def beat_all(self, values: Mapping[str, bytes]) -> None:
        """`beat` for several keys in one transaction."""
        if values:
            self._put("beats", values)

    def beats(self) -> dict[str, bytes]:
        """The newest value of every beat."""
        return self._all("beats")

    def set_meta(self, key: str, value: bytes) -> None:
        """Durably keep a fact about the file itself; it is not part of the record."""
        self._put("meta", {key: value})

    def meta(self) -> dict[str, bytes]:
        """All facts kept by `set_meta`."""
        return self._all("meta")

    def _put(self, table: str, values: Mapping[str, bytes]) -> None:
        self._mine()
        with known(self.path), self._db.atomic():
            self._db.conn.executemany(
                f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                list(values.items()),
            )

    def _all(self, table: str) -> dict[str, bytes]:
        self._mine()
        with known(self.path):
            return dict(self._db.execute(f"SELECT key, value FROM {table} ORDER BY key").fetchall())


def _lay(part: Path, head: bytes) -> None:
    """A complete event file with one entry, closed again."""
    db = schema.connect_writer(part)
    try:
        with db.atomic():
            schema.lay(db)
            leaf = leaf_hash(head)
            db.execute("INSERT INTO entries VALUES (0, ?, ?, NULL)", (head, leaf))
            db.execute("INSERT INTO head VALUES (1, 1, ?, 0)", (leaf,))
    finally:
        db.close()


def refuse_if_open(path: Path) -> None:
    """`journal.in_use` when this very process has the file open for writing."""
    with known(path):
        if _identity(path) in _open_here:
            raise Known("journal.in_use", file=path.name)


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _discard(part: Path) -> None:
    for name in (part.name, part.name + "-wal", part.name + "-shm", part.name + "-journal"):
        part.with_name(name).unlink(missing_ok=True)
