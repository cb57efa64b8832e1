"""COSE_Sign1 (RFC 9052) with Ed25519: the little of it that a page needs.

A message is CBOR tag 18 around [protected, unprotected, payload, signature];
protected holds the algorithm (-8, EdDSA; others are reserved) and the key id.
What is signed is the CBOR array ["Signature1", protected, domain, payload]:
the domain tag travels as COSE's external data and so is bound without being sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TAG = 18
ALGORITHM = 1
KEY_ID = 4
EDDSA = -8


class BadMessage(ValueError):
    """The bytes are no COSE_Sign1 of the one allowed spelling."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message taken apart, its signature not yet checked. Header maps are as they were sent."""

    protected: bytes
    header: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    @property
    def algorithm(self) -> object:
        """The COSE algorithm number; only -8 is known here."""
        return self.header.get(ALGORITHM)

    @property
    def key_id(self) -> bytes:
        """The protected key id, empty when there is none."""
        found = self.header.get(KEY_ID, b"")
        return found if isinstance(found, bytes) else b""


def key_id(public: bytes) -> bytes:
    """The eight bytes that name a key: the beginning of the SHA-256 of its 32 raw bytes."""
    return sha256(public).digest()[:8]


def _to_sign(protected: bytes, payload: bytes, domain: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, domain, payload])


def sign(payload: bytes, key: Ed25519PrivateKey, domain: bytes) -> bytes:
    """`payload` as a message whose key id is protected."""
    ident = key_id(key.public_key().public_bytes_raw())
    protected = cbor2.dumps({ALGORITHM: EDDSA, KEY_ID: ident}, canonical=True)
    signature = key.sign(_to_sign(protected, payload, domain))
    return cbor2.dumps(cbor2.CBORTag(TAG, [protected, {}, payload, signature]))


def plain(data: bytes) -> Any:
    """The CBOR value in `data`; `BadMessage` unless encoding it again gives exactly `data`.

    That refuses repeated keys, long integers, indefinite lengths and trailing bytes, which decoders accept.
    """
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadMessage("not CBOR") from error
    if again != data:
        raise BadMessage("not the one spelling of this CBOR value")
    return value


def parse(data: bytes) -> Sign1:
    """Take a message apart; `BadMessage` when it is none."""
    outer = plain(data)
    if not isinstance(outer, cbor2.CBORTag) or outer.tag != TAG:
        raise BadMessage("not tagged as COSE_Sign1")
    parts = outer.value
    if not isinstance(parts, list | tuple) or len(parts) != 4:
        raise BadMessage("a COSE_Sign1 has four parts")
    protected, unprotected, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise BadMessage("protected header, payload and signature are byte strings")
    header = plain(protected) if protected else {}
    if not isinstance(header, Mapping) or not isinstance(unprotected, Mapping):
        raise BadMessage("headers are maps")
    return Sign1(protected, dict(header), dict(unprotected), payload, signature)


def verify(message: Sign1, public: bytes, domain: bytes) -> bool:
    """Whether the key `public` (32 raw bytes) signed this message for this domain."""
    if message.algorithm != EDDSA:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            message.signature, _to_sign(message.protected, message.payload, domain)
        )
    except InvalidSignature:
        return False
    return True
