"""The hash tree of RFC 6962 over journal entries.

A leaf is SHA-256(0x00 ‖ entry), an inner node SHA-256(0x01 ‖ left ‖ right).
Every complete node is kept in memory (about 64 bytes an entry), so that the
root at any past size and any proof cost a few dozen hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of one entry's exact bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The inner node over two children."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, keeping only the right edge of the tree."""
    peaks: list[bytes] = []
    for count, leaf in enumerate(leaves):
        node = leaf
        while count & 1:
            node = node_hash(peaks.pop(), node)
            count >>= 1
        peaks.append(node)
    if not peaks:
        return EMPTY_ROOT
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


class Tree:
    """An append-only tree that can also be cut back when a transaction fails."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0]) // HASH

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes (32 bytes each) and complete the nodes above them."""
        levels = self._levels
        levels[0] += b"".join(leaves)
        level = 0
        while len(levels[level]) >= 2 * HASH:
            if level + 1 == len(levels):
                levels.append(bytearray())
            below, above = levels[level], levels[level + 1]
            new = bytes(below[2 * len(above) : len(below) & -2 * HASH])
            above += b"".join(
                [sha256(b"\x01" + new[at : at + 2 * HASH]).digest() for at in range(0, len(new), 2 * HASH)]
            )
            level += 1

    def truncate(self, size: int) -> None:
        """Forget every leaf from `size` on."""
        for level, nodes in enumerate(self._levels):
            del nodes[(size >> level) * HASH :]

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves (all of them when None)."""
        size = self._checked(size)
        return self._span(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 audit path: that leaf `index` is in the tree of the first `size` leaves."""
        size = self._checked(size)
        if not 0 <= index < size:
            raise ValueError(f"no leaf {index} in a tree of {size}")
        return self._path(index, 0, size)

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 proof that the tree of `old` leaves is the beginning of the tree of `size` leaves."""
        size = self._checked(size)
        if not 0 <= old <= size:
            raise ValueError(f"a tree of {size} does not contain one of {old}")
        if old in (0, size):
            return []
        return self._grown(old, 0, size, whole=True)

    def _checked(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"no tree of {size} leaves here, only {self.size}")
        return size

    def _span(self, start: int, end: int) -> bytes:
        """The node over leaves start..end-1; `start` is a multiple of the span's power of two."""
        count = end - start
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            at = (start >> level) * HASH
            return bytes(self._levels[level][at : at + HASH])
        split = start + _split(count)
        return node_hash(self._span(start, split), self._span(split, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        split = start + _split(end - start)
        if index < split:
            return [*self._path(index, start, split), self._span(split, end)]
        return [*self._path(index, split, end), self._span(start, split)]

    def _grown(self, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [self._span(start, end)]
        split = start + _split(end - start)
        if old <= split:
            return [*self._grown(old, start, split, whole=whole), self._span(split, end)]
        return [*self._grown(old, split, end, whole=False), self._span(start, split)]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _hashes(*values: bytes) -> bool:
    return all(len(value) == HASH for value in values)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` (a leaf hash) stands at `index` in the tree of `size` and `root`."""
    if not 0 <= index < size or not _hashes(leaf, root, *proof):
        return False
    at, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree `old`/`old_root` is the beginning of `size`/`root`."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof
    if not proof or not _hashes(old_root, root, *proof):
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == root
