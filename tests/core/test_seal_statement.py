"""Page codes: COSE against the working group's example, base45 against RFC 9285, strictness, and QR by scanning."""

from __future__ import annotations

from dataclasses import replace

import base45
import cbor2
import pytest
import qrcode
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.util import MODE_ALPHA_NUM, QRData

from venue_app.base.errors import Known
from venue_app.seal import cose, qr, statement
from venue_app.seal.statement import PageStatement, Verdict

# cose-wg/Examples, eddsa-examples/eddsa-sig-01
EXAMPLE_KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
EXAMPLE_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
EXAMPLE = bytes.fromhex(
    "D28445A201270300A10442313154546869732069732074686520636F6E74656E742E"
    "58407142FD2FF96D56DB85BEE905A76BA1D0B7321A95C8C4D3607C5781932B7AFB87"
    "11497DFA751BF40B58B3BCC32300B1487F3DB34085EEF013BF08F4A44D6FEF0D"
)
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
PAGE = PageStatement(
    event="00112233445566778899aabbccddeeff",
    form="candidate",
    serial="2026-0042",
    page=1,
    pages=2,
    digest=b"\x11" * 32,
    numbers=(("final", "87.53"), ("lot", "17")),
    size=1234,
    root=b"\x22" * 32,
    at=1777600000000,
    mode="official",
)


def test_the_working_groups_example_verifies():
    message = cose.parse(EXAMPLE)
    assert message.payload == b"This is the content."
    assert (message.algorithm, message.unprotected) == (-8, {4: b"11"})
    assert cose.verify(message, EXAMPLE_PUBLIC, b"")
    assert EXAMPLE_KEY.public_key().public_bytes_raw() == EXAMPLE_PUBLIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"This is the content.", b"This is the Content."),
        (b"\x71\x42\xfd\x2f", b"\x71\x42\xfd\x2e"),
        (b"\xa2\x01\x27\x03\x00", b"\xa2\x01\x27\x03\x01"),
    ],
)
def test_a_changed_example_does_not(old, new):
    assert old in EXAMPLE
    assert not cose.verify(cose.parse(EXAMPLE.replace(old, new)), EXAMPLE_PUBLIC, b"")


def test_other_algorithms_and_other_domains_are_not_taken_for_ours():
    other = cose.parse(EXAMPLE.replace(b"\xa2\x01\x27\x03\x00", b"\xa2\x01\x26\x03\x00"))
    assert other.algorithm == -7
    assert not cose.verify(other, EXAMPLE_PUBLIC, b"")
    signed = cose.parse(cose.sign(b"x", KEY, b"one"))
    assert cose.verify(signed, PUBLIC, b"one")
    assert not cose.verify(signed, PUBLIC, b"two")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        EXAMPLE + b"\x00",  # trailing byte
        EXAMPLE[1:],  # no tag
        b"\xd1" + EXAMPLE[1:],  # tag of COSE_Mac0
        b"\xd8\x12" + EXAMPLE[1:],  # tag 18 in two bytes
        EXAMPLE.replace(b"\x45\xa2\x01\x27\x03\x00", b"\x45\xa2\x01\x27\x01\x27"),  # key twice
        cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b""])),
        cbor2.dumps(cbor2.CBORTag(18, [b"", {}, "text", b""])),
        cbor2.dumps(cbor2.CBORTag(18, [b"\x01", {}, b"", b""])),
        b"\x81" * 5000 + b"\x00",
    ],
)
def test_what_is_not_the_one_spelling_is_refused(data):
    with pytest.raises(cose.BadMessage):
        cose.parse(data)


@pytest.mark.parametrize(
    ("plain", "coded"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")],
)
def test_base45_is_that_of_rfc_9285(plain, coded):
    assert base45.b45encode(plain).decode() == coded
    assert bytes(base45.b45decode(coded)) == plain


def test_a_page_is_read_back_with_its_key():
    text = statement.make(PAGE, KEY)
    assert text.startswith("VA1:")
    assert set(text) <= set(qr.ALPHABET)
    read = statement.read(text, PUBLIC)
    assert (read.statement, read.verdict, read.key_id) == (PAGE, Verdict.VALID, cose.key_id(PUBLIC))


def test_without_the_key_nothing_is_vouched_for():
    text = statement.make(PAGE, KEY)
    assert statement.read(text, None).verdict is Verdict.UNKNOWN_KEY
    assert statement.read(text, EXAMPLE_PUBLIC).verdict is Verdict.UNKNOWN_KEY


def resigned(payload: bytes, *, domain: bytes = statement.DOMAIN) -> str:
    return "VA1:" + str(base45.b45encode(cose.sign(payload, KEY, domain)), "ascii")


def test_a_false_signature_is_false():
    data = bytearray(base45.b45decode(statement.make(PAGE, KEY)[4:]))
    data[-1] ^= 1
    text = "VA1:" + base45.b45encode(bytes(data)).decode()
    assert statement.read(text, PUBLIC).verdict is Verdict.FALSE
    elsewhere = resigned(statement.payload(PAGE), domain=b"venue-app.other")
    assert statement.read(elsewhere, PUBLIC).verdict is Verdict.FALSE


FIELDS = cbor2.loads(statement.payload(PAGE))


@pytest.mark.parametrize(
    "change",
    [
        {1: 2},
        {1: True},
        {2: b"\x00" * 15},
        {2: "00112233445566778899aabbccddeeff"},
        {3: b"candidate"},
        {5: 0},
        {5: 3},
        {5: True},
        {6: -2},
        {7: b"\x11" * 31},
        {8: ["odd"]},
        {8: [1, 2]},
        {9: 1 << 63},
        {9: 1234.0},
        {10: "root"},
        {12: 2},
        {13: 0},
    ],
)
def test_a_signed_statement_that_says_nonsense_is_no_statement(change):
    payload = cbor2.dumps({**FIELDS, **change}, canonical=True)
    with pytest.raises(Known) as caught:
        statement.read(resigned(payload), PUBLIC)
    assert caught.value.code == "seal.not_a_statement"


def test_the_unchanged_fields_are_a_statement():
    assert statement.read(resigned(cbor2.dumps(FIELDS, canonical=True)), PUBLIC).verdict is Verdict.VALID


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[4:],
        lambda text: text.lower(),
        lambda text: text + "\n",
        lambda text: text + " ",
        lambda text: text[:-1],
        lambda text: text.replace("VA1", "VA2"),
        lambda text: text + "0" * 5000,
        lambda text: "VA1:",
        lambda text: "VA1:é",
    ],
)
def test_another_spelling_of_the_text_is_refused(spoil):
    with pytest.raises(Known) as caught:
        statement.read(spoil(statement.make(PAGE, KEY)), PUBLIC)
    assert caught.value.code == "seal.not_a_statement"


def test_spaces_inside_the_code_are_part_of_it():
    pages = [replace(PAGE, page=1, pages=100, size=size) for size in range(60)]
    texts = [statement.make(page, KEY) for page in pages]
    spaced = [text for text in texts if "  " in text]
    assert spaced, "among sixty codes some have two spaces running"
    with pytest.raises(Known):
        statement.read(spaced[0].replace("  ", " "), PUBLIC)
    assert all(statement.read(text, PUBLIC).verdict is Verdict.VALID for text in texts)


@pytest.mark.parametrize(
    "bad", [{"page": 0}, {"page": 3}, {"digest": b""}, {"mode": "other"}, {"size": -1}, {"at": 1 << 63}]
)
def test_we_never_sign_what_could_not_be_read(bad):
    with pytest.raises(ValueError):
        statement.make(replace(PAGE, **bad), KEY)


@given(
    st.builds(
        PageStatement,
        event=st.one_of(st.binary(min_size=16, max_size=16).map(bytes.hex), st.text(max_size=12)),
        form=st.text(max_size=20),
        serial=st.text(max_size=20),
        page=st.just(1),
        pages=st.integers(1, 999),
        digest=st.binary(min_size=32, max_size=32),
        numbers=st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=5).map(tuple),
        size=st.integers(0, (1 << 63) - 1),
        root=st.binary(min_size=32, max_size=32),
        at=st.integers(0, (1 << 63) - 1),
        mode=st.sampled_from(statement.MODES),
    )
)
@settings(max_examples=60)
def test_any_page_survives_the_way(page):
    read = statement.read(statement.make(page, KEY), PUBLIC)
    assert (read.statement, read.verdict) == (page, Verdict.VALID)


def library_matrix(text: str) -> list[list[bool]]:
    """The same code as the qrcode library makes it, slowly."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0, mask_pattern=3)
    code.add_data(QRData(text.encode(), mode=MODE_ALPHA_NUM, check_data=False), optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


@pytest.mark.parametrize("length", [1, 2, 16, 17, 47, 150, 371, 600, 1000, 2420])
def test_the_matrix_is_the_librarys_bit_for_bit(length):
    text = "".join(qr.ALPHABET[(at * at + at // 7) % 45] for at in range(length))
    assert [list(row) for row in qr.matrix(text)] == library_matrix(text)


@pytest.mark.parametrize("text", ["", "lower", "2" * 2421])
def test_what_no_code_can_carry_is_our_mistake(text):
    with pytest.raises(ValueError):
        qr.matrix(text)


def test_a_scanner_reads_the_page_back_from_the_bars():
    text = statement.make(PAGE, KEY)
    code = qr.matrix(text)
    side, scale = len(code) + 2 * qr.QUIET, 3
    image = bytearray(b"\xff" * (side * scale) ** 2)
    for column, row, width in qr.runs(code):
        for line in range((row + qr.QUIET) * scale, (row + qr.QUIET + 1) * scale):
            start = line * side * scale + (column + qr.QUIET) * scale
            image[start : start + width * scale] = bytes(width * scale)
    view = memoryview(image).cast("B", (side * scale, side * scale))
    found = zxingcpp.read_barcodes(view, text_mode=zxingcpp.TextMode.Plain)
    assert [code.text for code in found] == [text]
    assert sum(width for _, _, width in qr.runs(code)) == sum(map(sum, code))


def test_a_page_code_stays_small_enough_for_paper():
    marks = tuple((str(seat), "87.5") for seat in range(1, 10))
    full = replace(PAGE, numbers=(("final", "87.53"), *marks))
    version = (len(qr.matrix(statement.make(full, KEY))) - 17) // 4
    assert version <= 16, "at 40 mm with its quiet zone a module is 0.45 mm: 2.6 dots of a 150 dpi scan"
