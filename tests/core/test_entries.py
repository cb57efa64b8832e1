"""Entries: what is written is read back the same, and the document names every kind and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.world import PROCTOR, created
from venue_app.base.errors import Known
from venue_app.domain import entries as e
from venue_app.domain.record import Record, decode, encode

DOCUMENT = Path(__file__).parents[2] / "docs" / "formats" / "entries.md"


def sheet(**changes: Any) -> Record:
    fact = e.SheetReceived(
        room="R1",
        lot=17,
        entry="E001",
        seat="R1-3",
        marks={"content": "24.5"},
        total="24.5",
        receipt="K7F-2Q9",
    )
    given: dict[str, Any] = {
        "seq": 7,
        "at": 1,
        "mono": 2,
        "boot": "b",
        "actor": PROCTOR,
        "data": fact,
        "sub": "s",
    } | changes
    return Record(**given)


def test_an_entry_is_one_spelling():
    raw = encode(sheet())
    assert decode(raw) == sheet() and encode(decode(raw)) == raw
    assert raw.startswith(b'{"actor":{') and b": " not in raw and b"\n" not in raw
    assert "考务".encode() in raw


def test_every_kind_survives_its_journal():
    record = sheet(data=created(), sub=None)
    assert decode(encode(record)) == record
    assert len(e.KINDS) == len(set(e.KINDS.values())) == len(e.NAMES)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[1]",
        encode(sheet()).replace(b'"lot":17', b'"lot":"17"'),
        encode(sheet()).replace(b"sheet.received", b"sheet.invented"),
        encode(sheet()).replace(b'"v":1', b'"v":2'),
        encode(sheet())[:-3],
    ],
)
def test_what_is_no_entry_is_said_so(raw):
    with pytest.raises(Known) as caught:
        decode(raw)
    assert caught.value.code in ("entry.unreadable", "entry.unknown")


def test_the_document_names_every_kind_and_field():
    parts = re.split(r"^## `([a-z.]+)`$", DOCUMENT.read_text(encoding="utf-8"), flags=re.M)
    said = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert said.keys() == e.KINDS.keys()
    for kind, cls in e.KINDS.items():
        named = re.findall(r"`(\w+)`", said[kind].rpartition("Fields:")[2])
        assert set(named) == set(cls.__struct_fields__), kind
