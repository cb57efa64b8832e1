"""The box of an open poll: which slips are used, and papers, with nothing between the two (docs/ballots.md).

Two files beside the event. `…slips` holds one byte a slip. `…papers` is filled with random bytes when it is made and
divided into slots of one size; a paper is written once, in place, into a free slot chosen at random. So neither file
knows an order: there is no log, no page that fills from one end, nothing that is moved or freed. SQLite would keep all
of that: the order of commits in its WAL, the order of insertion in the cells of each page.

A group of papers is in as a whole or not at all. What is being written stands for a few milliseconds in the head of the
slips file (the intent) and is overwritten before the next; a crash in between is mended when the box is opened again.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from venue_app.base.errors import Known
from venue_app.journal.faults import known, sync

UNUSED, USED, EXCHANGED = 0, 1, 2
#: At most so many papers are written together.
GROUP = 64

_MAGIC = b"VENUBOX1"
_HEAD = struct.Struct("<8sI")
_INTENT = 64
_INTENT_SIZE = 1024
_STATES = 4096
_DIGEST = 32
_LENGTH = struct.Struct("<I")
_LARGEST = 256 * 1024
_rng = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Put:
    """A paper to write: its bytes, and the number of the slip it uses (None for a paper ballot typed in)."""

    body: bytes
    slip: int | None = None


def slot_size(longest: int) -> int:
    """The size of a slot that holds papers of up to `longest` bytes: whole KiB, so that lengths tell less."""
    return min(_LARGEST, -(-(longest + _DIGEST + _LENGTH.size) // 1024) * 1024)


def box_files(event: Path, poll: str) -> tuple[Path, Path]:
    """The two files of a poll's box beside the event file: slips, papers."""
    return event.with_name(f"{event.name}.{poll}.slips"), event.with_name(f"{event.name}.{poll}.papers")


def part_of(poll: str) -> str:
    """The name of a poll's box while it is being copied: half a box must not be taken for a whole one."""
    return f"{poll}.part"


class Box:
    """An open box. One thread uses it. Faults of disk and file are `Known("journal.…")`."""

    def __init__(self, event: Path, poll: str) -> None:
        """Open what is there, mending what a crash left half-done. Raises `ballots.box_missing`."""
        self._slips_path, self._papers_path = box_files(event, poll)
        self._poll = poll
        self._slot = 0
        self._states = bytearray()
        self._free: list[int] = []
        with known(self._papers_path):
            self._finish_growth()
            if not self._slips_path.exists() or not self._papers_path.exists():
                raise Known("ballots.box_missing", poll=poll)
            self._slips: BinaryIO = self._slips_path.open("r+b", buffering=0)
            self._papers: BinaryIO = self._papers_path.open("r+b", buffering=0)
            self._load()

    @classmethod
    def create(cls, event: Path, poll: str, slot: int, papers: int) -> Box:
        """Make an empty box for about `papers` papers, each in a slot of `slot` bytes; or nothing."""
        slips, room = box_files(event, poll)
        before = cls.exists(event, poll)
        try:
            with known(room):
                with room.open("xb") as handle:
                    _fill(handle, slot * papers)
                with slips.open("xb") as handle:
                    handle.write(_HEAD.pack(_MAGIC, slot).ljust(_STATES, b"\0"))
                    os.fsync(handle.fileno())
                sync(room.parent)
        except Known:
            if not before:
                cls.destroy(event, poll)
            raise
        return cls(event, poll)

    @staticmethod
    def exists(event: Path, poll: str) -> bool:
        """Whether files of this box lie beside the event."""
        return any(path.exists() for path in box_files(event, poll))

    @staticmethod
    def destroy(event: Path, poll: str) -> None:
        """Overwrite and remove everything of a box; nothing where there is none."""
        for path in (*box_files(event, poll), *box_files(event, part_of(poll))):
            for one in (path, _side(path, ".new"), _side(path, ".old")):
                _shred(one)

    @staticmethod
    def finish(event: Path, poll: str) -> None:
        """A box made under `part_of(poll)` and closed again becomes the poll's own, instead of one that is there.

        Cut short, it is a missing box: the slips go first and come last.
        """
        slips, papers = box_files(event, poll)
        before = [path for path in (slips, papers) if path.exists()]
        with known(papers):
            for path in before:
                path.replace(_side(path, ".old"))
            for part, whole in zip(box_files(event, part_of(poll))[::-1], (papers, slips), strict=True):
                part.replace(whole)
            sync(papers.parent)
            for path in before:
                _shred(_side(path, ".old"))

    # ---- what is in it ----

    @property
    def slips(self) -> int:
        """How many slips it knows."""
        return len(self._states)

    @property
    def room(self) -> int:
        """How many more papers it takes."""
        return len(self._free)

    @property
    def slot(self) -> int:
        """The size of a slot in bytes."""
        return self._slot

    @property
    def longest(self) -> int:
        """How many bytes a paper may have."""
        return self._slot - _DIGEST - _LENGTH.size

    def state(self, slip: int) -> int:
        """UNUSED, USED or EXCHANGED."""
        return self._states[slip]

    def papers(self) -> list[bytes]:
        """All papers, ascending by their bytes: their places in the file tell nothing and are not told."""
        count = self._size() // self._slot
        return sorted(body for at in range(count) if (body := self._read(at)) is not None)

    # ---- writing ----

    def add_slips(self, count: int) -> None:
        """Know so many slips more, all unused."""
        if count:
            with known(self._slips_path):
                self._write(self._slips, _STATES + len(self._states), bytes(count))
                _durable(self._slips)
                self._states.extend(bytes(count))

    def set_state(self, slip: int, state: int) -> None:
        """Mark one slip durably (a slip exchanged for a paper ballot)."""
        with known(self._slips_path):
            self._write(self._slips, _STATES + slip, bytes([state]))
            _durable(self._slips)
            self._states[slip] = state

    def put(self, group: Sequence[Put], durable: Callable[[], None] = lambda: None) -> None:
        """Write papers and mark their slips, all or none. `durable` is called as soon as it is; then traces go.

        Raises `ValueError` for a paper longer than a slot or more than `GROUP` papers.
        """
        if len(group) > GROUP or any(len(p.body) > self.longest for p in group):
            raise ValueError("papers too many or too long")
        if len(group) > len(self._free):
            self.grow(len(self._free) + 2 * GROUP)
        slots = _rng.sample(self._free, len(group))
        slips = sorted(p.slip for p in group if p.slip is not None)  # the intent knows no pairs either
        with known(self._papers_path):
            self._intend(slots, slips)
            for at, paper in zip(slots, group, strict=True):
                self._write(self._papers, at * self._slot, _slot_bytes(paper.body, self._slot))
            _durable(self._papers)
            self._mark(slips)
            self._free = sorted(set(self._free) - set(slots))
            durable()
            self._forget()

    def remove(self, body: bytes) -> bool:
        """Overwrite the paper with exactly these bytes; whether there was one."""
        with known(self._papers_path):
            for at in range(self._size() // self._slot):
                if self._read(at) == body:
                    self._wipe(at)
                    _durable(self._papers)
                    self._free = sorted({*self._free, at})
                    return True
        return False

    def grow(self, room: int) -> None:
        """Make the box anew with room for so many papers more, all papers in places drawn afresh; or leave it as it is."""
        bodies = self.papers()
        new, old = _side(self._papers_path, ".new"), _side(self._papers_path, ".old")
        places = _rng.sample(range(len(bodies) + room), len(bodies))
        with known(self._papers_path):
            try:
                self._write_anew(new, places, bodies, room)
            except OSError:
                _shred(new)  # what is left of it would take the room that others need
                raise
            self._papers.close()
            self._papers_path.replace(old)
            new.replace(self._papers_path)
            sync(self._papers_path.parent)
            _shred(old)
            self._papers = self._papers_path.open("r+b", buffering=0)
            self._free = sorted(set(range(len(bodies) + room)) - set(places))

    def _write_anew(self, new: Path, places: list[int], bodies: list[bytes], room: int) -> None:
        with new.open("wb") as handle:
            _fill(handle, self._slot * (len(bodies) + room))
            for at, body in zip(places, bodies, strict=True):
                handle.seek(at * self._slot)
                handle.write(_slot_bytes(body, self._slot))
            handle.flush()
            os.fsync(handle.fileno())

    def close(self) -> None:
        """Close the files; a second call does nothing."""
        self._slips.close()
        self._papers.close()

    # ---- inside ----

    def _load(self) -> None:
        whole = self._slips_path.read_bytes()
        if len(whole) < _STATES or whole[:8] != _MAGIC:
            raise Known("journal.damaged", file=self._slips_path.name)
        self._slot = int(_HEAD.unpack_from(whole)[1])
        self._states = bytearray(whole[_STATES:])
        self._mend(whole[_INTENT : _INTENT + _INTENT_SIZE])
        count = self._size() // self._slot
        self._free = [at for at in range(count) if self._read(at) is None]

    def _mend(self, intent: bytes) -> None:
        """Finish what was being written when the program died if all of it is there, else undo it."""
        found = _read_intent(intent)
        if found is None:
            return
        slots, slips = found
        if all(self._read(at) is not None for at in slots):
            self._mark(slips)
        else:
            for at in slots:
                self._wipe(at)
            _durable(self._papers)
        self._forget()

    def _intend(self, slots: list[int], slips: list[int]) -> None:
        numbers = [*slots, *slips]
        body = struct.pack(f"<HH{len(numbers)}I", len(slots), len(slips), *numbers)
        self._write(self._slips, _INTENT, (sha256(body).digest() + body).ljust(_INTENT_SIZE, b"\0"))
        _durable(self._slips)

    def _forget(self) -> None:
        self._write(self._slips, _INTENT, bytes(_INTENT_SIZE))
        _durable(self._slips)

    def _mark(self, slips: Iterable[int]) -> None:
        for slip in slips:
            self._write(self._slips, _STATES + slip, bytes([USED]))
            self._states[slip] = USED
        _durable(self._slips)

    def _wipe(self, at: int) -> None:
        self._write(self._papers, at * self._slot, secrets.token_bytes(self._slot))

    def _read(self, at: int) -> bytes | None:
        self._papers.seek(at * self._slot)
        raw = self._papers.read(self._slot)
        digest, rest = raw[:_DIGEST], raw[_DIGEST:]
        if sha256(rest).digest() != digest:
            return None
        (length,) = _LENGTH.unpack_from(rest)
        return rest[_LENGTH.size : _LENGTH.size + length]

    def _size(self) -> int:
        return self._papers.seek(0, os.SEEK_END)

    def _write(self, handle: BinaryIO, at: int, data: bytes) -> None:
        handle.seek(at)
        written = handle.write(data)
        if written != len(data):
            raise Known("journal.disk_full", file=self._papers_path.name)

    def _finish_growth(self) -> None:
        """A growth that a crash cut short: the old file while the new one is not in its place, else the new."""
        new, old = _side(self._papers_path, ".new"), _side(self._papers_path, ".old")
        if not self._papers_path.exists() and new.exists():
            new.replace(self._papers_path)
        _shred(new)
        _shred(old)


def _slot_bytes(body: bytes, slot: int) -> bytes:
    rest = _LENGTH.pack(len(body)) + body
    rest += secrets.token_bytes(slot - _DIGEST - len(rest))
    return sha256(rest).digest() + rest


def _read_intent(raw: bytes) -> tuple[list[int], list[int]] | None:
    body = raw[_DIGEST:]
    slots, slips = struct.unpack_from("<HH", body)
    length = 4 + 4 * (slots + slips)
    if length > len(body) or slots + slips == 0 or sha256(body[:length]).digest() != raw[:_DIGEST]:
        return None
    numbers = struct.unpack_from(f"<{slots + slips}I", body, 4)
    return list(numbers[:slots]), list(numbers[slots:])


def _side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _fill(handle: BinaryIO, size: int) -> None:
    """Random bytes, durable; the handle stands behind them."""
    left = size
    while left:
        left -= handle.write(secrets.token_bytes(min(left, 1 << 20)))
    handle.flush()
    os.fsync(handle.fileno())


def _durable(handle: BinaryIO) -> None:
    os.fsync(handle.fileno())


def _shred(path: Path) -> None:
    """Overwrite a file's bytes, durably, and remove it."""
    if not path.exists():
        return
    with known(path):
        with path.open("r+b") as handle:
            size = handle.seek(0, os.SEEK_END)
            handle.seek(0)
            _fill(handle, size)
        path.unlink()
        sync(path.parent)
