"""The second copy: a file of lines that only grows and can be read whatever was written last (docs/formats/copy.md).

A line is an entry's exact bytes, or `=` and the base64 of a signed checkpoint. What stands behind the last line end
was being written when the stick was pulled, and counts for nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field

START = b'{"actor":'
_NOTE = b"="


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: entries, signed checkpoints, and how many bytes at the end are only half a line.

    A checkpoint that cannot be decoded is kept as it stands, so that whoever checks it finds it false.
    """

    entries: list[bytes] = field(repr=False)
    notes: list[bytes] = field(repr=False)
    torn: int = 0


def copy_lines(entries: Iterable[bytes], note: bytes | None) -> bytes:
    """What is added to a copy: these entries, then the checkpoint that covers them."""
    lines = list(entries)
    if note is not None:
        lines.append(_NOTE + base64.b64encode(note))
    return b"".join(line + b"\n" for line in lines)


def read_copy(data: bytes) -> Copied:
    """The whole lines of a copy, however it ends."""
    whole, _, rest = data.rpartition(b"\n")
    entries: list[bytes] = []
    notes: list[bytes] = []
    for line in whole.split(b"\n") if whole else ():
        if line.startswith(_NOTE):
            notes.append(_note(line[1:]))
        else:
            entries.append(line)
    return Copied(entries, notes, len(rest))


def _note(line: bytes) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except binascii.Error:
        return line
