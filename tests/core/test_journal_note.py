"""Signed notes and checkpoints against the vectors of the Go reference and C2SP."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from venue_app.journal import BadNote, Checkpoint, checkpoint, note

# golang.org/x/mod/sumdb/note
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PUBLIC = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
KEY = Ed25519PrivateKey.from_private_bytes(SEED)


def test_the_reference_note_is_reproduced_and_verified():
    assert note.key_id("PeterNeumann", PUBLIC).hex() == "c74f20a3"
    assert note.sign(TEXT, "PeterNeumann", KEY) == NOTE
    assert note.verify(NOTE, "PeterNeumann", PUBLIC) == TEXT


def test_an_altered_note_is_refused():
    with pytest.raises(BadNote, match="false"):
        note.verify(NOTE.replace(b"answer", b"Answer"), "PeterNeumann", PUBLIC)
    with pytest.raises(BadNote, match="not signed"):
        note.verify(NOTE, "PeterNeuman", PUBLIC)
    other = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32).public_key().public_bytes_raw()
    with pytest.raises(BadNote, match="not signed"):
        note.verify(NOTE, "PeterNeumann", other)


def test_a_second_signature_leaves_the_first():
    second = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
    both = NOTE + note.sign(TEXT, "station-3", second).removeprefix(TEXT.encode() + b"\n")
    assert both.startswith(NOTE)
    assert note.verify(both, "PeterNeumann", PUBLIC) == TEXT
    assert note.verify(both, "station-3", second.public_key().public_bytes_raw()) == TEXT


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        TEXT.encode(),
        TEXT.encode() + b"\n",
        NOTE[:-1],
        NOTE.replace(b"\n\n", b"\n"),
        NOTE.replace("— ".encode(), b"- "),
        NOTE.replace(b"x08go/", b"x08go*"),
        NOTE.replace(b"PeterNeumann", b"Peter+Neumann"),
        NOTE.replace(b"If you", b"If\x01you"),
        NOTE.replace(b"If you", b"If\xffyou"),
        NOTE.replace(b"If you", b"If\ryou"),
        NOTE + b"x" * (1 << 20) + b"\n",
    ],
)
def test_what_is_no_note_is_refused(spoiled):
    with pytest.raises(BadNote):
        note.verify(spoiled, "PeterNeumann", PUBLIC)


def test_the_checkpoint_of_the_public_specification_parses():
    body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = checkpoint.parse(body)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert found.body() == body


@pytest.mark.parametrize(
    "body",
    [
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\n١\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\nx\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "o\n1\nCsUYapGG\n",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n",
    ],
)
def test_a_checkpoint_has_one_spelling(body):
    with pytest.raises(BadNote):
        checkpoint.parse(body)


def test_a_checkpoint_is_bound_to_its_event():
    origin = checkpoint.origin("a1b2")
    assert origin == "venue-app.journal.v1/a1b2"
    said = Checkpoint(origin, 7, b"\x05" * 32)
    signed = checkpoint.sign(said, KEY)
    assert checkpoint.verify(signed, origin, PUBLIC) == said
    assert checkpoint.read(signed) == said
    with pytest.raises(BadNote):
        checkpoint.verify(signed, checkpoint.origin("other"), PUBLIC)
    foreign = note.sign(Checkpoint("elsewhere", 7, b"\x05" * 32).body(), origin, KEY)
    with pytest.raises(BadNote, match="another journal"):
        checkpoint.verify(foreign, origin, PUBLIC)
