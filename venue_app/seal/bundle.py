"""The bundle: everything somebody needs to check an event without us, in one signed file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import msgspec

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.journal import leaf_hash
from venue_app.journal.faults import known, sync
from venue_app.journal.merkle import root_of
from venue_app.seal import certificates, container
from venue_app.seal.keys import VenueKeys, fingerprint

KIND = "venue-app.bundle"
VERSION = 1
MANIFEST, SIGNATURE, JOURNAL, KEYS, CERTIFICATE = (
    "manifest.json",
    "manifest.sig",
    "journal.jsonl",
    "keys.json",
    "document.crt",
)
_CHECKPOINT = "checkpoints/{:06d}.note"
_OURS = (MANIFEST, SIGNATURE, JOURNAL, KEYS, CERTIFICATE)


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manifest says of one member: its length in bytes and its SHA-256 in hex."""

    sha256: str
    size: int


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The journal's size and root (hex) when the bundle was made."""

    root: str
    size: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed list of what is in a bundle. `key` is the Ed25519 public key in hex, `at` wall ms."""

    at: int
    event: str
    journal: Head
    key: str
    kind: str
    members: dict[str, Member]
    mode: str
    software: str
    v: int


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a bundle.

    `entries` are the journal's exact bytes, `checkpoints` signed notes, oldest first, `files` further members
    by name: `scheme.toml`, `results.json`, `reports/….pdf`.
    """

    event: str
    mode: str
    software: str
    at: int
    entries: Sequence[bytes]
    checkpoints: Sequence[bytes]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle on its medium: its SHA-256 as any tool computes it, and the same for writing on paper."""

    path: Path
    digest: bytes
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle taken apart. Its members are what its manifest lists; who signed that is still to check."""

    manifest: Manifest
    manifest_bytes: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    entries: list[bytes] = field(repr=False)
    checkpoints: list[bytes] = field(repr=False)
    files: dict[str, bytes] = field(repr=False)


def make(content: Content, keys: VenueKeys) -> bytes:
    """The bundle's bytes: the same content and keys give the same bytes.

    Raises `ValueError` for an entry with a line end in it, or a file name that is not allowed.
    """
    if any(b"\n" in entry for entry in content.entries):
        raise ValueError("an entry is one line of canonical JSON")
    if any(name in _OURS or name.startswith("checkpoints/") for name in content.files):
        raise ValueError("that name belongs to the bundle itself")
    members = dict(content.files)
    members[JOURNAL] = b"".join(entry + b"\n" for entry in content.entries)
    members[KEYS] = canonical(keys.announced()) + b"\n"
    members[CERTIFICATE] = certificates.pem(keys.document)
    for number, note in enumerate(content.checkpoints):
        members[_CHECKPOINT.format(number)] = note
    root = root_of(leaf_hash(entry) for entry in content.entries)
    manifest = canonical(
        {
            "at": content.at,
            "event": content.event,
            "journal": {"root": root.hex(), "size": len(content.entries)},
            "key": keys.public.hex(),
            "kind": KIND,
            "members": {
                name: {"sha256": sha256(data).hexdigest(), "size": len(data)}
                for name, data in members.items()
            },
            "mode": content.mode,
            "software": content.software,
            "v": VERSION,
        }
    )
    members[MANIFEST] = manifest
    members[SIGNATURE] = keys.sign_manifest(manifest).hex().encode() + b"\n"
    return container.pack(members)


def write(
    path: Path, content: Content, keys: VenueKeys, progress: Callable[[int, int], None] | None = None
) -> Written:
    """Write the bundle, read it back, and only then give it its name.

    `progress` is told (bytes written, bytes in all); raising from it cancels and leaves nothing.
    `journal.disk_full` and the like when the medium fails, `seal.bundle_lost` when it does not give back
    what was written.
    """
    data = make(content, keys)
    part = path.with_name(path.name + ".part")
    with known(path):
        try:
            _write(part, data, progress)
            if part.read_bytes() != data:
                raise Known("seal.bundle_lost", file=path.name)
            part.replace(path)
            sync(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Written(path, sha256(data).digest(), fingerprint(data))


def _write(part: Path, data: bytes, progress: Callable[[int, int], None] | None) -> None:
    step = 1 << 20
    with part.open("wb") as out:
        for start in range(0, len(data), step):
            out.write(data[start : start + step])
            if progress is not None:
                progress(min(start + step, len(data)), len(data))
        out.flush()
        os.fsync(out.fileno())


def read(path: Path) -> Bundle:
    """Take a bundle apart, trusting nothing in it before it is checked.

    `seal.not_a_bundle`, `seal.bundle_newer`, or `seal.bundle_altered` with the member that does not fit.
    """
    with known(path):
        if path.stat().st_size > container.MAX_BYTES:
            raise Known("seal.not_a_bundle", file=path.name)
        data = path.read_bytes()
    return parse(data, path.name)


def parse(data: bytes, file: str) -> Bundle:
    """As `read`, from bytes; `file` is the name that faults speak of."""
    try:
        members = container.unpack(data)
    except container.BadContainer as error:
        member = container.damaged_member(data)
        if member is not None:
            raise Known("seal.bundle_altered", file=file, member=member) from error
        raise Known("seal.not_a_bundle", file=file) from error
    manifest_bytes = members.pop(MANIFEST, b"")
    signature = members.pop(SIGNATURE, b"")
    manifest = _manifest(manifest_bytes, file)
    if set(manifest.members) != set(members):
        name = sorted(set(manifest.members) ^ set(members))[0]
        raise Known("seal.bundle_altered", file=file, member=name)
    for name, said in manifest.members.items():
        if said.size != len(members[name]) or said.sha256 != sha256(members[name]).hexdigest():
            raise Known("seal.bundle_altered", file=file, member=name)
    lines = members.get(JOURNAL, b"").split(b"\n")
    if lines.pop() != b"" or len(lines) != manifest.journal.size:
        raise Known("seal.bundle_altered", file=file, member=JOURNAL)
    return Bundle(
        manifest=manifest,
        manifest_bytes=manifest_bytes,
        signature=_signature(signature, file),
        entries=lines,
        checkpoints=[members[name] for name in sorted(members) if name.startswith("checkpoints/")],
        files=members,
    )


def _manifest(data: bytes, file: str) -> Manifest:
    try:
        plain = msgspec.json.decode(data)
        if isinstance(plain, dict) and plain.get("kind") == KIND and plain.get("v") != VERSION:
            raise Known("seal.bundle_newer", file=file)
        found = msgspec.convert(plain, Manifest)
        if canonical(plain) != data or found.kind != KIND or len(bytes.fromhex(found.key)) != 32:
            raise Known("seal.bundle_altered", file=file, member=MANIFEST)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise Known("seal.bundle_altered", file=file, member=MANIFEST) from error
    return found


def _signature(data: bytes, file: str) -> bytes:
    try:
        found = bytes.fromhex(data.decode("ascii").removesuffix("\n"))
    except ValueError as error:
        raise Known("seal.bundle_altered", file=file, member=SIGNATURE) from error
    if found.hex().encode() + b"\n" != data or len(found) != 64:
        raise Known("seal.bundle_altered", file=file, member=SIGNATURE)
    return found
