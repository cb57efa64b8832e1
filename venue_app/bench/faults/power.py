"""The plug is pulled: of what was not yet synced, sectors of chance are on the disk and the others are not.

Between two waits for the disk SQLite's log only grows, or pages of the file are written from a log that is safe. So what
lies unsynced is exactly what differs between the files as they were after the last wait and as they are now, sector by
sector; a disk that loses power keeps any choice of these.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.journal import Journal
from venue_app.journal.merkle import Tree, leaf_hash

_SECTOR = 512
_HEAD = b'{"kind":"bench"}'
_KEPT = ("", "-wal")
_dice = secrets.SystemRandom()

Files = Mapping[str, bytes]


def bench_power(home: Path, cuts: int) -> dict[str, int]:
    """`cuts` groups of entries, each cut off while its sectors were being written. Counts.

    `lost`: acknowledged entries that were not there after the power came back; `unopened`: files that did not open;
    `half`: groups of which a part was there and a part was not; `torn`: cuts that left the disk other than before and after; `checkpoints`: cuts while pages went from the log into the file.
    """
    path = home / "power.venue"
    Journal.create(path, _HEAD).close()
    journal = Journal.open(path)
    found = {"cuts": cuts, "lost": 0, "unopened": 0, "half": 0, "torn": 0, "checkpoints": 0}
    entries = [_HEAD]
    try:
        before = _files(path)
        for number in range(cuts):
            group = [
                secrets.token_bytes(20 + secrets.randbelow(20_000)) for _ in range(1 + secrets.randbelow(6))
            ]
            journal.append(group, submissions=[f"{number}-{at}" for at in range(len(group))])
            after = _files(path)
            left = pulled(before, after)
            found["checkpoints"] += before[""] != after[""]
            found["torn"] += left not in (before, after)
            for name, one in _came_back(home / "again", left, entries, group).items():
                found[name] += one
            before, entries = after, [*entries, *group]
    finally:
        journal.close()
    return found


def pulled(before: Files, after: Files) -> dict[str, bytes]:
    """What a disk may hold between two waits: every sector of one or of the other, the end anywhere between."""
    if before[""] != after[""]:  # a checkpoint: its log, the newest group included, was safe before
        return {"": _mixed(before[""], after[""]), "-wal": after["-wal"]}
    return {"": before[""], "-wal": _mixed(before["-wal"], after["-wal"])}


def _mixed(old: bytes, new: bytes) -> bytes:
    length = len(old) + _dice.randrange(len(new) - len(old) + 1) if len(new) > len(old) else len(old)
    out = bytearray(old.ljust(length, b"\0")[:length])
    for at in range(0, length, _SECTOR):
        if _dice.random() < 0.5:
            part = new[at : min(at + _SECTOR, length)]
            out[at : at + len(part)] = part
    return bytes(out)


def _files(path: Path) -> dict[str, bytes]:
    found = {}
    for suffix in _KEPT:
        file = path.with_name(path.name + suffix)
        found[suffix] = file.read_bytes() if file.exists() else b""
    return found


def _came_back(folder: Path, files: Files, entries: list[bytes], group: list[bytes]) -> dict[str, int]:
    """Open what is left, as on the next morning; what is wrong with it."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    path = folder / "power.venue"
    for suffix, data in files.items():
        path.with_name(path.name + suffix).write_bytes(data)
    try:
        journal = Journal.open(path)
    except Known:
        return {"unopened": 1}
    try:
        there = [entry for _, entry in journal.entries()]
        sound = journal.root == Tree(leaf_hash(entry) for entry in there).root()
    finally:
        journal.close()
    return {
        "lost": sum(a != b for a, b in zip(entries, there, strict=False)) + max(0, len(entries) - len(there)),
        "unopened": int(not sound),
        "half": int(there[len(entries) :] not in ([], group)),
    }
