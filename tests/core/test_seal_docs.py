"""The vectors in docs/formats are true: by the program, and by another way round it."""

from __future__ import annotations

import base64
import json
import re
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from venue_app.base.canonical import canonical
from venue_app.journal import Tree, checkpoint, leaf_hash, schema, short_head
from venue_app.seal import container, cose, statement
from venue_app.seal.keys import BUNDLE_DOMAIN
from venue_app.seal.statement import PageStatement, Verdict

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
EVENT = "00112233445566778899aabbccddeeff"


def block(name: str, kind: str) -> str:
    text = (FORMATS / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def vectors(name: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in block(name, "vector").splitlines())


@pytest.fixture(scope="module")
def journal() -> dict[str, str]:
    return vectors("journal")


def test_entries_and_leaves(journal):
    for seq in range(3):
        raw = journal[f"entry {seq}"].encode()
        assert canonical(json.loads(raw)) == raw
        assert json.loads(raw)["seq"] == seq
        assert journal[f"leaf {seq}"] == sha256(b"\x00" + raw).hexdigest() == leaf_hash(raw).hex()


def test_roots_and_proofs(journal):
    leaves = [bytes.fromhex(journal[f"leaf {seq}"]) for seq in range(3)]
    pair = sha256(b"\x01" + leaves[0] + leaves[1]).digest()
    whole = sha256(b"\x01" + pair + leaves[2]).digest()
    assert [journal[f"root of {size}"] for size in (1, 2, 3)] == [leaves[0].hex(), pair.hex(), whole.hex()]
    tree = Tree(leaves)
    assert tree.root() == whole
    assert journal["head"] == short_head(whole)
    assert journal["inclusion of entry 1 in 3"] == " ".join(step.hex() for step in tree.inclusion(1))
    assert journal["consistency of 2 with 3"] == " ".join(step.hex() for step in tree.consistency(2))


def test_the_checkpoint(journal):
    note = block("journal", "note").encode()
    assert journal["public key"] == PUBLIC.hex()
    found = checkpoint.verify(note, checkpoint.origin(EVENT), PUBLIC)
    assert (found.size, found.root.hex()) == (3, journal["root of 3"])
    assert checkpoint.sign(found, KEY) == note
    body, _, tail = note.decode().rpartition("\n\n")
    lines = (body + "\n").split("\n")
    assert lines == [f"venue-app.journal.v1/{EVENT}", "3", base64.b64encode(found.root).decode(), ""]
    raw = base64.b64decode(tail.split(" ")[2])
    assert raw[:4] == sha256(lines[0].encode() + b"\n\x01" + PUBLIC).digest()[:4]
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(raw[4:], (body + "\n").encode())


def test_the_files_marks():
    text = (FORMATS / "journal.md").read_text(encoding="utf-8")
    assert f"0x{schema.APPLICATION_ID:08X}" in text
    assert schema.APPLICATION_ID.to_bytes(4, "big") == b"VENU"
    assert f"version, {schema.VERSION}, in `user_version`" in text
    tables = set(re.findall(r"CREATE TABLE (\w+)", schema.TABLES))
    assert tables == set(re.findall(r"^\| (\w+) \| (?:seq|one|id|key),? ", text, re.MULTILINE))


def test_the_page(journal):
    said = vectors("seal")
    page = PageStatement(
        event=EVENT,
        form="candidate",
        serial="2026-0042",
        page=1,
        pages=2,
        digest=b"\x11" * 32,
        numbers=(("final", "87.53"), ("lot", "17")),
        size=3,
        root=bytes.fromhex(journal["root of 3"]),
        at=1777600000000,
        mode="official",
    )
    assert said["public key"] == PUBLIC.hex()
    assert said["key id"] == sha256(PUBLIC).hexdigest()[:16] == cose.key_id(PUBLIC).hex()
    assert statement.payload(page).hex() == said["payload"]
    assert statement.make(page, KEY) == said["text"]
    assert statement.read(said["text"], PUBLIC).verdict is Verdict.VALID


def test_the_page_by_hand(journal):
    said = vectors("seal")
    protected, payload, signature = (
        bytes.fromhex(said[name]) for name in ("protected", "payload", "signature")
    )
    assert protected == bytes.fromhex("a2 01 27 04 48" + said["key id"])
    assert cbor2.loads(payload) == {
        1: 1,
        2: bytes.fromhex(EVENT),
        3: "candidate",
        4: "2026-0042",
        5: 1,
        6: 2,
        7: b"\x11" * 32,
        8: ["final", "87.53", "lot", "17"],
        9: 3,
        10: bytes.fromhex(journal["root of 3"]),
        11: 1777600000000,
        12: 1,
    }
    head = b"\x84\x6aSignature1" + bytes([0x40 + len(protected)]) + protected + b"\x51venue-app.page.v1"
    to_sign = head + b"\x58" + bytes([len(payload)]) + payload
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(signature, to_sign)
    message = b"\xd2\x84" + bytes([0x40 + len(protected)]) + protected + b"\xa0"
    message += b"\x58" + bytes([len(payload)]) + payload + b"\x58\x40" + signature
    assert said["text"] == "VA1:" + base45.b45encode(message).decode()


def test_the_bundle(journal):
    said = vectors("bundle")
    data = bytes.fromhex(said["container"])
    assert container.pack({"a": b"hi"}) == data
    assert zipfile.ZipFile(BytesIO(data)).read("a") == b"hi"
    manifest = said["manifest"].encode()
    plain = json.loads(manifest)
    assert canonical(plain) == manifest
    lines = b"".join(journal[f"entry {seq}"].encode() + b"\n" for seq in range(3))
    assert plain["members"]["journal.jsonl"] == {"sha256": sha256(lines).hexdigest(), "size": len(lines)}
    assert plain["journal"] == {"root": journal["root of 3"], "size": 3}
    assert BUNDLE_DOMAIN == b"venue-app.bundle.v1\n"
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(
        bytes.fromhex(said["signature"]), b"venue-app.bundle.v1\n" + manifest
    )
