"""Signed notes: C2SP signed-note, with Ed25519 keys.

A note is a text that ends in a newline, an empty line, and one line a
signature: `— NAME BASE64(key id ‖ signature)`. The key id is the first four
bytes of SHA-256(NAME ‖ 0x0A ‖ 0x01 ‖ public key). 0x01 is the algorithm field:
Ed25519; other bytes are reserved by the public format for other algorithms.
"""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
_MARK = "— "
_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")
_MAX = 1 << 20
_MAX_SIGNATURES = 64


class BadNote(ValueError):
    """The bytes are no note, or no key that we trust has signed it. The message says which."""


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes that name a key: `public` is the 32 raw bytes of an Ed25519 public key."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(char.isspace() for char in name):
        raise ValueError(f"not a key name: {name!r}")


def sign(text: str, name: str, key: Ed25519PrivateKey) -> bytes:
    """`text` (ends in a newline) as a note with one signature by `key` under `name`."""
    _check_name(name)
    body = text.encode()
    _check_body(body)
    return body + b"\n" + _line(body, name, key)


def _line(body: bytes, name: str, key: Ed25519PrivateKey) -> bytes:
    raw = key_id(name, key.public_key().public_bytes_raw()) + key.sign(body)
    return f"{_MARK}{name} {base64.b64encode(raw).decode()}\n".encode()


def _check_body(body: bytes) -> None:
    if not body.endswith(b"\n") or _CONTROL.search(body):
        raise BadNote("a note's text ends in a newline and holds no control characters")


def split(note: bytes) -> tuple[bytes, list[tuple[str, bytes, bytes]]]:
    """A note's text, and its signatures as (key name, key id, signature). Proves nothing yet."""
    if len(note) > _MAX:
        raise BadNote("longer than any note of ours")
    _check_body(note)
    try:
        note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadNote("not UTF-8") from error
    body, blank, tail = note.rpartition(b"\n\n")
    if not blank or not tail:
        raise BadNote("no signature lines")
    lines = tail.decode().removesuffix("\n").split("\n")
    if len(lines) > _MAX_SIGNATURES:
        raise BadNote("too many signatures")
    return body + b"\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, space, encoded = line.removeprefix(_MARK).partition(" ")
    try:
        _check_name(name)
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadNote("malformed signature line") from error
    if not line.startswith(_MARK) or not space or len(raw) < 5:
        raise BadNote("malformed signature line")
    return name, raw[:4], raw[4:]


def verify(note: bytes, name: str, public: bytes) -> str:
    """The text of a note signed by the key `name`/`public`; `BadNote` when it is not.

    Signatures of keys we do not know are passed over; a false one of the key we know refuses the note.
    """
    body, signatures = split(note)
    wanted = key_id(name, public)
    seen = False
    for signer, ident, signature in signatures:
        if signer != name or ident != wanted:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
        except InvalidSignature as error:
            raise BadNote("the signature is false") from error
        seen = True
    if not seen:
        raise BadNote("not signed by the key asked for")
    return body.decode()
