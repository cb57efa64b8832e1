"""What the code on a page says, signed: enough to compare the paper with the record.

The text in the code is `VA1:` and the base45 of a COSE_Sign1 whose payload is a
CBOR map with small integer keys (docs/formats/seal.md). It proves that the venue's
key said so; a photocopy carries the same code, so it does not prove that the
sheet in the hand is the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from venue_app.base.errors import Known
from venue_app.seal import cose

PREFIX = "VA1:"
DOMAIN = b"venue-app.page.v1"
VERSION = 1
MODES = ("rehearsal", "official")
_MAX_TEXT = 4296  # what the largest QR code holds
_HEX_ID = re.compile(r"[0-9a-f]{32}")


class Verdict(Enum):
    """What can be said of a statement's signature."""

    VALID = "valid"
    FALSE = "false"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True, slots=True)
class PageStatement:
    """One page of one report.

    `digest` is the SHA-256 of the page's facts, `numbers` the few figures worth reading from the code
    itself as (name, value) pairs, `size` and `root` the journal's head when the report was made, `at` wall
    time in ms.
    """

    event: str
    form: str
    serial: str
    page: int
    pages: int
    digest: bytes
    numbers: tuple[tuple[str, str], ...]
    size: int
    root: bytes
    at: int
    mode: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement read from a code, the verdict on its signature, and the id of the key that it names."""

    statement: PageStatement
    verdict: Verdict
    key_id: bytes


def payload(statement: PageStatement) -> bytes:
    """The CBOR that is signed. Raises `ValueError` for a statement that could not be read back."""
    event: bytes | str = statement.event
    if _HEX_ID.fullmatch(statement.event):
        event = bytes.fromhex(statement.event)
    encoded = cbor2.dumps(
        {
            1: VERSION,
            2: event,
            3: statement.form,
            4: statement.serial,
            5: statement.page,
            6: statement.pages,
            7: statement.digest,
            8: [part for pair in statement.numbers for part in pair],
            9: statement.size,
            10: statement.root,
            11: statement.at,
            12: MODES.index(statement.mode),
        },
        canonical=True,
    )
    if _from_payload(encoded) != statement:
        raise ValueError("a page statement has numbers in range and digests of 32 bytes")
    return encoded


def _from_payload(data: bytes) -> PageStatement:
    fields = cose.plain(data)
    if not isinstance(fields, dict) or list(fields) != list(range(1, 13)) or fields[1] != VERSION:
        raise cose.BadMessage("not a page statement of version 1")
    event, numbers = fields[2], fields[8]
    if isinstance(event, bytes) and len(event) == 16:
        event = event.hex()
    elif not _is_text(event) or _HEX_ID.fullmatch(event):
        raise cose.BadMessage("the event's id is not spelled as it must be")
    if not isinstance(numbers, list | tuple) or len(numbers) % 2 or not all(map(_is_text, numbers)):
        raise cose.BadMessage("numbers are pairs of texts")
    counts = (fields[5], fields[6], fields[9], fields[11], fields[12])
    digests = (fields[7], fields[10])
    if not (
        all(map(_is_text, (fields[3], fields[4])))
        and all(type(count) is int and 0 <= count < 1 << 63 for count in counts)
        and all(isinstance(digest, bytes) and len(digest) == 32 for digest in digests)
        and 1 <= fields[5] <= fields[6]
        and fields[12] < len(MODES)
    ):
        raise cose.BadMessage("a field of the statement has the wrong type or range")
    return PageStatement(
        event=event,
        form=fields[3],
        serial=fields[4],
        page=fields[5],
        pages=fields[6],
        digest=fields[7],
        numbers=tuple(zip(numbers[::2], numbers[1::2], strict=True)),
        size=fields[9],
        root=fields[10],
        at=fields[11],
        mode=MODES[fields[12]],
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def make(statement: PageStatement, key: Ed25519PrivateKey) -> str:
    """The text of the page's code."""
    return PREFIX + str(base45.b45encode(cose.sign(payload(statement), key, DOMAIN)), "ascii")


def read(text: str, public: bytes | None) -> Reading:
    """Read a code's text; with `public` (32 raw bytes) its signature is checked.

    Without the key, or when the code names another key, the verdict is `UNKNOWN_KEY`.
    `seal.not_a_statement` when the text is not one of ours, or spelled another way than ours.
    """
    try:
        message = cose.parse(_unprefixed(text))
        statement = _from_payload(message.payload)
        if payload(statement) != message.payload:
            raise cose.BadMessage("not the one spelling of this statement")
        if set(message.header) != {cose.ALGORITHM, cose.KEY_ID} or message.unprotected:
            raise cose.BadMessage("a page's header holds algorithm and key id")
    except ValueError as error:
        raise Known("seal.not_a_statement") from error
    if public is None or message.key_id != cose.key_id(public) or message.algorithm != cose.EDDSA:
        return Reading(statement, Verdict.UNKNOWN_KEY, message.key_id)
    valid = cose.verify(message, public, DOMAIN)
    return Reading(statement, Verdict.VALID if valid else Verdict.FALSE, message.key_id)


def _unprefixed(text: str) -> bytes:
    if len(text) > _MAX_TEXT or not text.startswith(PREFIX):
        raise ValueError("not a code of this program")
    # The decoder forgives a line end; one text, one meaning, so it has to encode to itself.
    body = text[len(PREFIX) :]
    data = bytes(base45.b45decode(body))
    if base45.b45encode(data).decode() != body:
        raise ValueError("not the one spelling in base45")
    return data
