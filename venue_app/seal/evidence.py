"""What an event file or a bundle offers as evidence, and the checks both share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from venue_app.base.errors import Known
from venue_app.domain.record import Record, decode, encode
from venue_app.journal import BadNote, Tree, checkpoint, leaf_hash, short_head
from venue_app.seal.check import Check
from venue_app.seal.speakers import Succession, hosts_said, succession


class _Envelope(msgspec.Struct):
    """The keys every entry has; what `data` holds is for those who know the kinds."""

    v: int
    seq: int
    at: int
    mono: int
    boot: str
    kind: str
    actor: dict[str, object]
    data: dict[str, object]
    sub: str | None


def _no_float(text: str) -> object:
    raise ValueError(f"a float in an entry: {text}")


_plain = msgspec.json.Decoder(float_hook=_no_float)
_sorted = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class NotedHead:
    """A journal head somebody wrote down outside: at least 8 hex digits of a root, and its size if known."""

    size: int | None
    digits: str


def noted_head(text: str) -> NotedHead | None:
    """Read `1234/AB12 CD34`, `1234:ab12cd34…` or the digits alone; None when it is none of them."""
    found = re.fullmatch(r"(?:(\d{1,12})[/:·])?((?:[0-9a-f]{4}){2,16})", re.sub(r"[\s-]", "", text).lower())
    if found is None:
        return None
    return NotedHead(None if found[1] is None else int(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class Evidence:
    """A journal with what it announces of itself: the event, and the keys that speak for it (hex)."""

    entries: Sequence[bytes] = field(repr=False)
    tree: Tree = field(repr=False)
    event: str
    mode: str
    keys: dict[str, str]
    hosts: Succession

    @property
    def public(self) -> bytes | None:
        """The Ed25519 key that the first entry announces, None when there is no proper one."""
        return _hex32(self.keys.get("ed25519"))

    def public_at(self, size: int) -> bytes | None:
        """The Ed25519 key that speaks for the journal of `size` entries."""
        return _hex32(self.hosts.at(size).keys.get("ed25519"))

    @property
    def certificates(self) -> frozenset[bytes]:
        """SHA-256 of the announced certificates of report files, of every host."""
        found = (_hex32(one.keys.get("pdf")) for one in self.hosts.speakers)
        return frozenset(digest for digest in found if digest is not None)

    def root_at(self, size: int) -> bytes | None:
        """The root when the journal had `size` entries; None beyond its end."""
        return self.tree.root(size) if 0 <= size <= self.tree.size else None


def _hex32(text: object) -> bytes | None:
    if isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text):
        return bytes.fromhex(text)
    return None


def gather(entries: Sequence[bytes], records: Sequence[Record] | None = None) -> Evidence:
    """The evidence in these entries; what the first one fails to say is left empty.

    `records` are the same entries, where all of them have been read and found to be as they should.
    """
    data: object = {}
    if entries:
        try:
            first = _plain.decode(entries[0])
            data = first.get("data") if isinstance(first, dict) else {}
        except (msgspec.MsgspecError, ValueError):
            data = {}
    said = data if isinstance(data, dict) else {}
    keys = said.get("keys")
    tree = Tree(map(leaf_hash, entries))
    event = str(said.get("event", ""))
    announced = {str(k): str(v) for k, v in keys.items()} if isinstance(keys, dict) else {}
    return Evidence(
        entries=entries,
        tree=tree,
        event=event,
        mode=str(said.get("mode", "")),
        keys=announced,
        hosts=succession(hosts_said(entries, records), tree, event, announced),
    )


def read_entries(entries: Sequence[bytes]) -> tuple[Check, list[Record] | None]:
    """Whether every entry is one line of canonical JSON with the envelope's keys, numbered without a gap.

    With it the entries as records, each read once for all who ask; None where one is not known to this version.
    """
    records: list[Record] = []
    for at, entry in enumerate(entries):
        record = _record(entry)
        if record is not None:
            records.append(record)
        # What an entry of ours is encoded to is canonical and one line: the same bytes need no second reading.
        ours = record is not None and record.seq == at and encode(record) == entry
        if not ours and not _well_formed(entry, at):
            return Check("seal.check.entries", False, {"seq": at}), None
    check = Check("seal.check.entries", bool(entries), {"count": len(entries), "seq": 0})
    return check, records if len(records) == len(entries) else None


def _record(entry: bytes) -> Record | None:
    try:
        return decode(entry)
    except (Known, ValueError, RecursionError):
        return None


def _well_formed(entry: bytes, at: int) -> bool:
    """The same of an entry that this version would spell otherwise, or does not know."""
    try:
        plain = _plain.decode(entry)
        envelope = msgspec.convert(plain, _Envelope)
        return envelope.seq == at and _sorted.encode(plain) == entry and b"\n" not in entry
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False


def keys_checks(evidence: Evidence) -> Iterator[Check]:
    """Whether the first entry names the event and the keys that speak for it, and every takeover was rightly made."""
    named = (
        bool(evidence.event) and evidence.public is not None and _hex32(evidence.keys.get("pdf")) is not None
    )
    yield Check("seal.check.keys", named, {"event": evidence.event})
    takeover = evidence.hosts.check()
    if takeover is not None:
        yield takeover


def checkpoint_checks(evidence: Evidence, notes: Sequence[bytes]) -> Iterator[Check]:
    """Whether each signed checkpoint is true of this journal, and how much lies behind the newest."""
    if not notes:
        yield Check("seal.check.checkpoints", None)
        return
    newest = 0
    for note in notes:
        size = _true_checkpoint(evidence, note)
        if size is None:
            yield Check("seal.check.checkpoints", False)
            return
        newest = max(newest, size)
    yield Check("seal.check.checkpoints", True, {"count": len(notes), "size": newest})
    left = evidence.tree.size - newest
    yield Check("seal.check.tail", True if left == 0 else None, {"left": left})


def _true_checkpoint(evidence: Evidence, note: bytes) -> int | None:
    """The checkpoint's size when its signature and root are true of this journal."""
    try:
        public = evidence.public_at(checkpoint.read(note).size)
        if public is None:
            return None
        found = checkpoint.verify(note, checkpoint.origin(evidence.event), public)
    except (BadNote, ValueError):
        return None
    return found.size if evidence.root_at(found.size) == found.root else None


def head_check(evidence: Evidence, noted: NotedHead | None) -> Check:
    """Whether a head noted outside lies in this journal's history."""
    if noted is None:
        return Check(
            "seal.check.head", None, {"size": evidence.tree.size, "head": short_head(evidence.tree.root())}
        )
    sizes = [noted.size] if noted.size is not None else range(evidence.tree.size, 0, -1)
    for size in sizes:
        root = evidence.root_at(size)
        if root is not None and root.hex().startswith(noted.digits):
            return Check("seal.check.head", True, {"size": size, "head": short_head(root)})
    return Check("seal.check.head", False, {"noted": noted.digits.upper()})
