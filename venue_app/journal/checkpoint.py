"""Checkpoints: the journal's size and root, signed (C2SP tlog-checkpoint).

The origin line opens the signed text and is its domain tag:
`venue-app.journal.v1/EVENT_ID`. It is also the name of the key.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from venue_app.journal import note
from venue_app.journal.merkle import HASH
from venue_app.journal.note import BadNote

_DOMAIN = "venue-app.journal.v1/"


def origin(event_id: str) -> str:
    """The origin line, and key name, of one event's journal."""
    return _DOMAIN + event_id


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says: of which log, how many entries, which root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse(body: str) -> Checkpoint:
    """The checkpoint in a note's text; `BadNote` unless it is spelled the one allowed way."""
    lines = body.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadNote("a checkpoint has three lines")
    try:
        root = base64.b64decode(lines[2], validate=True)
        size = int(lines[1])
    except (ValueError, binascii.Error) as error:
        raise BadNote("a checkpoint's size or root cannot be read") from error
    found = Checkpoint(lines[0], size, root)
    if size < 0 or len(root) != HASH or found.body() != body:
        raise BadNote("a checkpoint's size or root is not spelled as it must be")
    return found


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """The checkpoint as a note, signed under the name of its origin."""
    return note.sign(checkpoint.body(), checkpoint.origin, key)


def read(signed: bytes) -> Checkpoint:
    """What a stored note says, its signature not yet checked."""
    return parse(note.split(signed)[0].decode())


def verify(signed: bytes, origin_line: str, public: bytes) -> Checkpoint:
    """The checkpoint in a note signed by `public` for `origin_line`; `BadNote` when it is not that."""
    found = parse(note.verify(signed, origin_line, public))
    if found.origin != origin_line:
        raise BadNote("a checkpoint of another journal")
    return found
