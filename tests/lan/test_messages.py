"""The protocol's document and its code say the same, and nothing else is a message."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from venue_app.domain import signing
from venue_app.lan import messages as m
from venue_app.lan import proof
from venue_app.lan import standby_messages as s
from venue_app.lan.connection import text_frame

DOC = (Path(__file__).parents[2] / "docs/formats/station-protocol.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOC, re.DOTALL)]
FROM_STATION = typing.get_args(m.FromStation)
JOINING = (m.JoinRequest, m.JoinReply, m.Fault, m.JoinWaiting, proof.ProofAsked, proof.Proof)
FROM_SERVER = typing.get_args(m.FromServer)
TAGS = {cls.__struct_config__.tag: cls for cls in (*FROM_STATION, *FROM_SERVER)}
#: The P-256 key of RFC 6979, A.2.5: public, and so worth nothing.
RFC_6979 = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
HELLO = {"type": "hello", "token": "ab" * 32, "version": 1}


def fields(cls: type) -> set[str]:
    return {f.encode_name for f in msgspec.structs.fields(cls)}


def test_every_message_stands_in_the_document_once() -> None:
    documented = sorted(e["type"] for e in EXAMPLES if "type" in e)
    assert documented == sorted(TAGS)
    assert len(EXAMPLES) - len(documented) == len(JOINING)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "type" in e], ids=lambda e: e["type"])
def test_an_example_has_all_fields_and_reads_back_the_same(example: dict) -> None:
    cls = TAGS[example["type"]]
    assert set(example) - {"type"} == fields(cls)
    read = m.read_from_station if cls in FROM_STATION else m.read_from_server
    message = read(json.dumps(example))
    assert type(message) is cls
    assert json.loads(m.encode(message)) == example


def test_the_joining_examples_are_the_bodies_there_are() -> None:
    bodies = [e for e in EXAMPLES if "type" not in e]
    for example, cls in zip(bodies, JOINING, strict=True):
        assert set(example) == fields(cls)
        assert json.loads(m.encode(msgspec.convert(example, cls))) == example


def test_no_message_to_a_station_has_room_for_a_name() -> None:
    seen: set[str] = set()

    def walk(kind: object) -> None:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            for field in msgspec.structs.fields(kind):
                seen.add(field.name)
                walk(field.type)
        for inner in typing.get_args(kind):
            walk(inner)

    for cls in FROM_SERVER:
        walk(cls)
    assert {"lot", "criteria", "look_for", "awaited"} <= seen  # the walk reached the inner parts
    assert not {"name", "identity", "candidate", "entry", "unit"} & seen


@pytest.mark.parametrize(
    "wrong",
    [
        {**HELLO, "extra": 1},
        {**HELLO, "token": "AB" * 32},
        {**HELLO, "token": "ab" * 31},
        {**HELLO, "version": "1"},
        {**HELLO, "pending": -1},
        {**HELLO, "type": "welcome"},
        {"type": "hello", "version": 1},
        {"token": "ab" * 32, "version": 1},
        {"type": "ping", "t": 1.5},
        {"type": "call", "on": "yes"},
        {"type": "sheet", "id": "short", "event": "e", "seat": "s", "room": "r", "lot": 1, "marks": {}},
        {"type": "sheet", "id": "0" * 32, "event": "e", "seat": "s", "room": "r", "lot": 0, "marks": {}},
        {
            "type": "sheet",
            "id": "0" * 32,
            "event": "e",
            "seat": "s",
            "room": "r",
            "lot": 1,
            "marks": {"a": 3},
        },
        {
            "type": "sheet",
            "id": "0" * 32,
            "event": "e",
            "seat": "s",
            "room": "r",
            "lot": 1,
            "marks": {"a": "1" * 17},
        },
        [HELLO],
        None,
    ],
)
def test_what_is_not_of_the_protocol_is_refused(wrong: object) -> None:
    with pytest.raises(msgspec.MsgspecError):
        m.read_from_station(json.dumps(wrong))


@pytest.mark.parametrize("token", ["ab" * 32 + "\n", "AB" * 32, "ab" * 31])
def test_a_text_of_digits_is_that_to_its_end(token: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        m.read_from_station(json.dumps({**HELLO, "token": token}))


def offer(url: str) -> str:
    return json.dumps({"type": "offer", "keys": {"ed25519": "ab" * 32}, "urls": [url]})


@pytest.mark.parametrize(
    "url", ["https://192.168.1.6:8443", "https://[fe80::1]:8443", "https://standby.local"]
)
def test_where_a_standby_may_say_it_answers(url: str) -> None:
    read = s.read_from_standby(offer(url))
    assert isinstance(read, s.Offer) and read.urls == (url,)


@pytest.mark.parametrize(
    "url",
    [
        "https://192.168.1.6\n",  # it goes into the header of every answer
        "https://a b",
        "https://a;script-src *",
        "https://a/b",
        "https://a@b",
        "https://:::",
        "https://a:8443:1",
        "http://a",
        "javascript:alert(1)",
        "",
    ],
)
def test_where_no_standby_answers(url: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        s.read_from_standby(offer(url))


def test_the_pattern_that_the_wrong_ones_break_is_right() -> None:
    assert m.read_from_station(json.dumps(HELLO)) == m.Hello(token="ab" * 32, version=1)


@given(
    st.text()
    | st.recursive(
        st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    ).map(json.dumps)
)
def test_noise_is_never_taken_for_a_message(noise: str) -> None:
    with pytest.raises((msgspec.MsgspecError, UnicodeError)):
        m.read_from_station(noise)


def test_the_documents_sheet_is_signed_by_the_documents_device() -> None:
    by_type = {e.get("type", ""): e for e in EXAMPLES if e.get("type") == "sheet" or "public_key" in e}
    sheet, joined = by_type["sheet"], by_type[""]
    text = re.search(r"```\n(venue-sheet-1\n.*?)\n```", DOC, re.DOTALL)
    assert text is not None
    point = bytes.fromhex(joined["public_key"].removeprefix("p256:"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert key == ec.derive_private_key(RFC_6979, ec.SECP256R1()).public_key()
    raw = bytes.fromhex(sheet["signature"])
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, text[1].encode(), ec.ECDSA(SHA256()))  # raises when it is another's
    said = signing.sheet_text(
        sheet["event"], sheet["seat"], sheet["room"], sheet["lot"], sheet["marks"], sheet["id"]
    )
    assert said == text[1].encode()


def test_frames_are_those_of_rfc_6455() -> None:
    """The lengths of its section 5.7, as text."""
    assert text_frame(b"Hello") == bytes.fromhex("810548656c6c6f")
    assert text_frame(b"x" * 125)[:2] == bytes.fromhex("817d")
    assert text_frame(b"x" * 126)[:4] == bytes.fromhex("817e007e")
    assert text_frame(b"x" * 256)[:4] == bytes.fromhex("817e0100")
    assert text_frame(b"x" * 65535)[:4] == bytes.fromhex("817effff")
    long = text_frame(b"x" * 65536)
    assert (long[:10], len(long)) == (bytes.fromhex("817f0000000000010000"), 65546)
