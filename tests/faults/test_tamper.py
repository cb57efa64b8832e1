"""Tampering: single bytes at random places, and what the owner of the laptop could do to whole entries.

VENUE_TAMPER=10000 pytest tests/faults/test_tamper.py is the long form.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.faults.hall import recorded
from tests.heard import hear_all, opened
from venue_app.domain.record import decode
from venue_app.host.audit import audit
from venue_app.host.bundling import write_bundle
from venue_app.host.proving import report_checks
from venue_app.host.reporting import produce
from venue_app.journal import Journal
from venue_app.journal.raw import read_raw
from venue_app.seal.check import Check
from venue_app.seal.keys import load_or_create
from venue_app.seal.pages import codes_on_pages
from venue_app.seal.verify import verify_file

FLIPS = int(os.environ.get("VENUE_TAMPER", "300"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A closed event with its bundle and a report of six pages."""
    folder = tmp_path_factory.mktemp("tamper")
    host = opened(folder / "e.venue")
    hear_all(host)
    report = produce(host.venue, host.keys, ("candidate-sheets",), folder)[0].path
    bundle = folder / "e.bundle"
    write_bundle(host.venue, host.keys, bundle, [report])
    host.close()
    return folder / "e.venue", bundle, report


def flips(data: bytes, count: int, start: int = 0, end: int | None = None):
    """`count` copies of `data` with one byte changed between `start` and `end`, with the place."""
    dice = random.Random(count)
    for _ in range(count):
        at = dice.randrange(start, len(data) if end is None else end)
        changed = bytearray(data)
        changed[at] ^= dice.randrange(1, 256)
        yield at, bytes(changed)


def refused(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.ok is False]


def test_any_byte_of_a_bundle(made, tmp_path):
    _, bundle, _ = made
    data = bundle.read_bytes()
    path = tmp_path / "e.bundle"
    named = 0
    for at, changed in flips(data, FLIPS * 4 // 10):
        path.write_bytes(changed)
        wrong = refused(list(verify_file(path).checks))
        assert wrong, f"byte {at} of the bundle"
        named += bool(re.search(r"“[^”]+”.*“[^”]+”", wrong[0].sentence("zh-CN")))
    assert named > FLIPS * 3 // 10, "nearly every byte belongs to a member, which is named"


def test_any_byte_of_an_event_file_that_means_anything(made, tmp_path):
    """SQLite keeps room that holds nothing; a byte there changes no entry, no checkpoint, no head."""
    event, _, _ = made
    data = event.read_bytes()
    path = tmp_path / "e.venue"
    before = read_raw(event)
    meaningless = 0
    for at, changed in flips(data, FLIPS * 4 // 10):
        path.write_bytes(changed)
        if not refused(list(verify_file(path).checks)):
            meaningless += 1
            assert read_raw(path) == before, f"byte {at} of the event file"
    assert meaningless < FLIPS * 4 // 10


def test_any_byte_of_an_entry_is_found_and_named(made, tmp_path):
    event, _, _ = made
    entries = recorded(event)
    data = event.read_bytes()
    path = tmp_path / "e.venue"
    dice = random.Random(5)
    for _ in range(FLIPS // 10):
        seq = dice.randrange(len(entries))
        where = data.find(entries[seq][:60])
        if where < 0 or data.count(entries[seq]) != 1:
            continue  # torn over two pages of the file
        at = data.index(entries[seq]) + dice.randrange(len(entries[seq]))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        said = [check.sentence("zh-CN") for check in refused(list(verify_file(path).checks))]
        assert any(f"第 {seq} 条" in sentence for sentence in said)


def test_any_byte_of_a_pages_drawing_is_found_and_the_page_named(made):
    event, _, report = made
    pdf, entries = report.read_bytes(), recorded(event)
    codes = codes_on_pages(pdf)
    numbers = list(dict.fromkeys(re.findall(rb"/Contents (\d+) 0 R", pdf)))
    for page, number in enumerate(numbers, 1):
        start = pdf.index(b"stream\n", pdf.index(b"\n" + number + b" 0 obj")) + 7
        end = pdf.index(b"endstream", start) - 1
        for _, changed in flips(pdf, max(2, FLIPS // 30), start, end):
            wrong = refused(list(report_checks(codes, changed, entries)))
            assert [check.code for check in wrong] == ["audit.report_file"]
            assert wrong[0].params["pages"] == str(page)


def test_a_byte_more_or_less_is_found(made, tmp_path):
    for whole in made[:2]:
        path = tmp_path / whole.name
        for changed in (whole.read_bytes() + b"\0", whole.read_bytes()[:-1], whole.read_bytes()[:-4096]):
            path.write_bytes(changed)
            assert refused(list(verify_file(path).checks))


def wrong_after(made, tmp_path: Path, *statements: str) -> set[str]:
    """What is disproved once the owner of the laptop has had a go at the file, triggers dropped."""
    event, _, _ = made
    path = Path(shutil.copy(event, tmp_path / "e.venue"))
    tool = sqlite3.connect(path, isolation_level=None)
    for (name,) in tool.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        tool.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        tool.execute(statement)
    tool.close()
    return {check.code for check in refused(list(verify_file(path, extra=audit).checks))}


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM entries WHERE seq = 20",),
        ("DELETE FROM entries WHERE seq > 40",),
        ("UPDATE entries SET entry = (SELECT entry FROM entries WHERE seq = 30) WHERE seq = 31",),
        (
            "UPDATE entries SET seq = 900000 WHERE seq = 30",
            "UPDATE entries SET seq = 30 WHERE seq = 31",
            "UPDATE entries SET seq = 31 WHERE seq = 900000",
        ),
        ("UPDATE entries SET entry = CAST(replace(CAST(entry AS TEXT), '\"at\":17', '\"at\":16') AS BLOB)",),
    ],
    ids=["dropped", "truncated", "doubled", "reordered", "back-dated"],
)
def test_entries_dropped_doubled_reordered_or_back_dated(made, tmp_path, statements):
    assert wrong_after(made, tmp_path, *statements)


def relaid(made, tmp_path: Path, change) -> set[str]:
    """What is disproved when the whole journal is laid anew with everything right but the signatures."""
    event, _, _ = made
    entries = change(recorded(event))
    path = tmp_path / "new.venue"
    journal = Journal.create(path, entries[0])
    journal.append(entries[1:], submissions=[decode(raw).sub for raw in entries[1:]])
    for note in read_raw(event).checkpoints:
        journal._db.execute("INSERT INTO checkpoints (size, note) VALUES (1, ?)", (note,))
    journal.close()
    return {check.code for check in refused(list(verify_file(path, extra=audit).checks))}


def test_a_journal_laid_anew_is_not_what_was_signed(made, tmp_path):
    def raised(entries: list[bytes]) -> list[bytes]:
        at = next(n for n, raw in enumerate(entries) if b'"kind":"sheet.received"' in raw)
        entries[at] = re.sub(
            rb'"content":"(\d)', lambda m: b'"content":"' + (b"1" if m[1] != b"1" else b"2"), entries[at]
        )
        return entries

    wrong = relaid(made, tmp_path, raised)
    assert "seal.check.checkpoints" in wrong and "audit.receipts" in wrong


def test_a_replaced_key_is_found(made, tmp_path):
    other = load_or_create(tmp_path / "other").announced()["ed25519"].encode()

    def replaced(entries: list[bytes]) -> list[bytes]:
        ours = decode(entries[0]).data
        entries[0] = entries[0].replace(ours.keys["ed25519"].encode(), other)  # type: ignore[union-attr]
        return entries

    assert "seal.check.checkpoints" in relaid(made, tmp_path, replaced)


def test_two_candidates_sheets_swapped_are_found(made, tmp_path):
    """Two pages of the file change places: each is genuine, the file is not."""
    event, _, report = made
    pdf = report.read_bytes()
    first, second, *_ = dict.fromkeys(re.findall(rb"/Contents (\d+) 0 R", pdf))
    swapped = pdf.replace(b"/Contents " + first + b" 0 R", b"/Contents @ 0 R")
    swapped = swapped.replace(b"/Contents " + second + b" 0 R", b"/Contents " + first + b" 0 R")
    swapped = swapped.replace(b"/Contents @ 0 R", b"/Contents " + second + b" 0 R")
    assert swapped != pdf
    path = tmp_path / "swapped.pdf"
    path.write_bytes(swapped)
    verdict = verify_file(path, event=event, report=report_checks)
    wrong = {check.code for check in refused(list(verdict.checks))}
    assert {"seal.check.pdf_signature", "seal.check.numbering"} <= wrong
