"""A station's signature on a score sheet: what is signed, by which key, and how it is checked.

ECDSA with P-256 and SHA-256, because every browser's WebCrypto has it with keys that cannot be taken
out. A public key is `p256:` and 130 hex digits (the uncompressed point), a signature 128 hex digits
(r and s). `docs/formats/station-protocol.md` says the same to the byte, with a vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from venue_app.base.canonical import canonical

#: Stands before what is signed, so that the signature means nothing elsewhere.
DOMAIN = b"venue-sheet-1\n"
_CURVE = ec.SECP256R1()
_KIND = "p256:"
_HASH = ec.ECDSA(SHA256())


def plain_mark(text: str) -> str:
    """A decimal text without needless zeros: 027.50 is 27.5 and 16.0 is 16. What is no decimal stays as it is."""
    whole, dot, part = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (dot and not (part.isascii() and part.isdigit())):
        return text
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def sheet_text(event: str, seat: str, room: str, lot: int, marks: Mapping[str, str], sheet: str) -> bytes:
    """The bytes that are signed: the domain, then canonical JSON. `sheet` is the sheet's id."""
    content = {
        "event": event,
        "lot": lot,
        "marks": {name: plain_mark(mark) for name, mark in marks.items()},
        "room": room,
        "seat": seat,
        "sheet": sheet,
    }
    return DOMAIN + canonical(content)


class DeviceKey:
    """A station's own key. Its text is secret: keep it where only this user reads."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | None = None) -> None:
        self._key = key or ec.generate_private_key(_CURVE)

    @classmethod
    def read(cls, secret: str) -> DeviceKey:
        """From `secret`; `ValueError` when that is none."""
        return cls(ec.derive_private_key(int(secret, 16), _CURVE))

    @property
    def secret(self) -> str:
        """64 hex digits."""
        return f"{self._key.private_numbers().private_value:064x}"

    @property
    def public(self) -> str:
        """What others may know of it."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return _KIND + point.hex()

    def sign(self, text: bytes) -> str:
        """A signature as it travels."""
        r, s = decode_dss_signature(self._key.sign(text, _HASH))
        return f"{r:064x}{s:064x}"


@lru_cache(maxsize=4096)
def _public(text: str) -> ec.EllipticCurvePublicKey:
    if not text.startswith(_KIND):
        raise ValueError(text[:8])
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, bytes.fromhex(text[len(_KIND) :]))


def is_public_key(text: str) -> bool:
    """Whether this is a point on the curve, so that something can be checked with it."""
    try:
        _public(text)
    except ValueError:
        return False
    return True


def signed_by(keys: Iterable[str], text: bytes, signature: str) -> bool:
    """Whether one of these public keys signed `text`."""
    try:
        raw = bytes.fromhex(signature)
    except ValueError:
        return False
    if len(raw) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    for key in keys:
        try:
            _public(key).verify(der, text, _HASH)
        except (InvalidSignature, ValueError):
            continue
        return True
    return False
