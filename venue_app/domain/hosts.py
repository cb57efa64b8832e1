"""Who runs the event: the laptop it began on, the standby that was named, the takeover, and what each of them signs.

A host is known by the keys it announces (`seal.keys.VenueKeys.announced`). The first entry announces those of epoch 1;
each takeover begins the next epoch. No private key ever leaves its machine: the host in force signs the public keys
of its standby beforehand, and the standby signs the point at which it goes on. `docs/formats/entries.md`, Hosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta

from venue_app.base.canonical import canonical
from venue_app.domain.bases import CommandBase, FactBase

#: Stand before what is signed, so that each signature means one thing.
NAMED = b"venue-standby-1\n"
PROMOTED = b"venue-host-1\n"

_Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
_Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$(?!\n)")]


class NameStandby(CommandBase, frozen=True, kw_only=True, tag="name-standby"):
    """The device in the standby's place is the one that may take over in `epoch`.

    `keys` are what it announces, `urls` where it will answer, `hosts` where the host in force does; `signature` is
    that host's (`named_text`).
    """

    epoch: int
    keys: dict[str, str]
    urls: tuple[str, ...]
    hosts: tuple[str, ...]
    signature: str


class StandbyNamed(FactBase, frozen=True, kw_only=True):
    """A second laptop may take over in `epoch`: its keys and addresses, those of the host, and the host's signature."""

    epoch: int
    keys: dict[str, str]
    urls: tuple[str, ...]
    hosts: tuple[str, ...]
    signature: str


class HostPromoted(FactBase, frozen=True, kw_only=True):
    """The standby goes on as the host of `epoch`, from the journal of `size` entries with this `root`.

    Decided by the people in `names` for `reason`. `in_step`: when it last heard the earlier host, all that this had
    acknowledged was here. `heard` is that moment by the standby's own calendar clock (ms). `signature` is by the new
    host (`promoted_text`).
    """

    epoch: int
    keys: dict[str, str]
    urls: tuple[str, ...]
    size: int
    root: str
    reason: str
    names: tuple[str, ...]
    in_step: bool
    heard: int
    signature: str


class HostProof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host of a later epoch shows of itself: stations carry it, an earlier host checks it (`proves`)."""

    epoch: Annotated[int, Meta(ge=2, le=1_000_000)]
    event: str
    key: _Hex32
    root: _Hex32
    signature: _Hex64
    size: Annotated[int, Meta(ge=1)]


def named_text(event: str, epoch: int, keys: Mapping[str, str]) -> bytes:
    """What the host signs of its standby: the event, the epoch it would begin, its announced keys."""
    return NAMED + canonical({"epoch": epoch, "event": event, "keys": dict(keys)})


def promoted_text(event: str, epoch: int, key: str, size: int, root: str) -> bytes:
    """What the new host signs: its Ed25519 key (hex), and the journal from which it goes on."""
    return PROMOTED + canonical({"epoch": epoch, "event": event, "key": key, "root": root, "size": size})


def signed_by_host(key: str, text: bytes, signature: str) -> bool:
    """Whether the Ed25519 key (hex) signed `text`; False for what is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def rightly_named(event: str, host: Mapping[str, str], fact: StandbyNamed | NameStandby) -> bool:
    """Whether the host with these keys signed for this standby."""
    return signed_by_host(host.get("ed25519", ""), named_text(event, fact.epoch, fact.keys), fact.signature)


def rightly_promoted(event: str, fact: HostPromoted) -> bool:
    """Whether the new host's own key signed the point it goes on from."""
    key = fact.keys.get("ed25519", "")
    return signed_by_host(key, promoted_text(event, fact.epoch, key, fact.size, fact.root), fact.signature)


def read_proof(text: str) -> HostProof | None:
    """A proof as it travels; None when it is none."""
    try:
        return msgspec.json.decode(text, type=HostProof)
    except (msgspec.MsgspecError, UnicodeError):
        return None


def proves(proof: HostProof, event: str, key: str) -> bool:
    """Whether the standby with this Ed25519 key (hex) has taken over this event."""
    said = promoted_text(event, proof.epoch, key, proof.size, proof.root)
    return (proof.event, proof.key) == (event, key) and signed_by_host(key, said, proof.signature)
