"""Who knows the code is the laptop: a key exchange by password (CPace), so that a typed code needs no comparing.

The code is never sent. The station names its first three signs; both sides prove that they know all six,
bound to the public key that answered the TLS handshake. Somebody in between knows neither the
code nor the laptop's key, has one guess a try among 32,768, and is counted as a wrong guess.
"""

from __future__ import annotations

import secrets
from typing import Annotated

import msgspec
from cpace import CPace, CPaceError, CPaceRole
from msgspec import Meta

#: How many signs of a code name it; the others are its secret.
NAMED = 3

_Share = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]


class ProofAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/prove`: the first signs of the code, a session of 128 random bits, and the station's share (hex)."""

    place: Annotated[str, Meta(pattern=r"^[0-9A-Z]{3}$(?!\n)")]
    session: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
    share: _Share


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The laptop's share and its tag: it knows the code and has this very key."""

    share: _Share
    tag: Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$(?!\n)")]


class Asking:
    """The station's side of one try. `key` is the SHA-256 of the public key that answered."""

    def __init__(self, code: str, key: bytes) -> None:
        session = secrets.token_hex(16)
        self._run = CPace.start(
            role=CPaceRole.INITIATOR, prs=code.encode(), sid=bytes.fromhex(session), ci=key
        )
        self.asked = ProofAsked(place=code[:NAMED], session=session, share=self._run.public_share.hex())

    def holds(self, proof: Proof) -> bool:
        """Whether the other side knows the code and is the one that holds the key."""
        try:
            self._run.derive(bytes.fromhex(proof.share))
        except CPaceError:
            return False
        return self._run.verify(bytes.fromhex(proof.tag))


def prove(code: str, key: bytes, asked: ProofAsked) -> Proof | None:
    """The laptop's side; None for a share that is none."""
    run = CPace.start(role=CPaceRole.RESPONDER, prs=code.encode(), sid=bytes.fromhex(asked.session), ci=key)
    try:
        run.derive(bytes.fromhex(asked.share))
    except CPaceError:
        return None
    return Proof(share=run.public_share.hex(), tag=run.tag().hex())
