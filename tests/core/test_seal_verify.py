"""The verifier: what it proves, what it refuses, and what it admits it cannot know."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reportlab.pdfgen.canvas import Canvas

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.domain.entries import RunClosed
from venue_app.domain.record import Record, encode
from venue_app.domain.roles import Actor, Role
from venue_app.journal import Checkpoint, Journal, checkpoint, short_head
from venue_app.seal import bundle, qr
from venue_app.seal.check import Check, Outcome, Verdict
from venue_app.seal.evidence import gather, read_entries
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.seal.pdfsign import PdfState, sign_pdf, verify_pdf
from venue_app.seal.statement import PageStatement
from venue_app.seal.verify import verify_entries, verify_file

EVENT = "00112233445566778899aabbccddeeff"
AT = 1777600000000


def entry(seq: int, keys: VenueKeys | None = None, **change: object) -> bytes:
    """An entry with the envelope that every entry has."""
    data = {"event": EVENT, "mode": "official", "keys": keys.announced()} if keys else {"text": f"记录 {seq}"}
    plain = {
        "v": 1,
        "seq": seq,
        "at": AT + seq,
        "mono": seq,
        "boot": "b",
        "kind": "event.created" if keys else "note",
        "actor": {"role": "proctor", "name": "张三"},
        "data": data,
        "sub": None,
    }
    return canonical(plain | change)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return load_or_create(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, keys):
    """An event of 30 entries with two checkpoints, the newest over all of it."""
    path = tmp_path_factory.mktemp("event") / "e.venue"
    journal = Journal.create(path, entry(0, keys))
    origin = checkpoint.origin(EVENT)
    journal.append([entry(seq) for seq in range(1, 20)], submissions=[None] * 19)
    journal.store_checkpoint(keys.sign_checkpoint(journal.checkpoint(origin)))
    journal.append([entry(seq) for seq in range(20, 30)], submissions=[None] * 10)
    journal.store_checkpoint(keys.sign_checkpoint(journal.checkpoint(origin)))
    journal.close()
    return path


@pytest.fixture
def event(made, tmp_path) -> Path:
    """A fresh copy of the event, to be spoiled."""
    return Path(shutil.copy(made, tmp_path / "e.venue"))


def head_of(path: Path) -> tuple[int, bytes]:
    journal = Journal.open(path, readonly=True)
    head = journal.head
    journal.close()
    return head


def answers(verdict: Verdict) -> dict[str, bool | None]:
    return {check.code.removeprefix("seal.check."): check.ok for check in verdict.checks}


def wrong(verdict: Verdict) -> list[str]:
    return [code for code, ok in answers(verdict).items() if ok is False]


def test_a_good_event_with_a_head_noted_outside_is_proved(event):
    size, root = head_of(event)
    verdict = verify_file(event, head=f"{size}/{short_head(root)}")
    assert answers(verdict) == dict.fromkeys(
        ("file", "entries", "root", "keys", "checkpoints", "tail", "head"), True
    )
    assert verdict.outcome is Outcome.PROVED
    assert int(verdict.outcome) == 0


def test_without_a_noted_head_it_says_what_is_missing(event):
    verdict = verify_file(event)
    assert [code for code, ok in answers(verdict).items() if ok is not True] == ["head"]
    assert verdict.outcome is Outcome.NOT_ALL_PROVED
    assert int(verdict.outcome) == 1
    assert verdict.limits


def test_verifying_changes_nothing(event):
    before = sha256(event.read_bytes()).digest(), sorted(event.parent.iterdir())
    verify_file(event)
    assert (sha256(event.read_bytes()).digest(), sorted(event.parent.iterdir())) == before


@pytest.mark.parametrize("spelling", ["30/{0}", "30:{0}", "{0}", "{1}", "30·{1}", "{2}"])
def test_a_head_is_read_as_people_write_it(event, spelling):
    _, root = head_of(event)
    forms = (short_head(root), root.hex(), short_head(root).lower().replace(" ", "-"))
    assert answers(verify_file(event, head=spelling.format(*forms)))["head"] is True


def test_an_older_head_lies_in_the_history(event):
    journal = Journal.open(event, readonly=True)
    older = journal.root_at(17)
    journal.close()
    assert answers(verify_file(event, head=f"17/{short_head(older)}"))["head"] is True
    assert answers(verify_file(event, head=short_head(older)))["head"] is True
    assert answers(verify_file(event, head=f"18/{short_head(older)}"))["head"] is False


@pytest.mark.parametrize("head", ["", "ABCD", "17/", "17/XYZW ABCD", "17/ABCD ABC"])
def test_a_head_that_is_none_is_told(event, head):
    with pytest.raises(Known) as caught:
        verify_file(event, head=head)
    assert caught.value.code == "seal.bad_head"


def edit(path: Path, *statements: str) -> None:
    """Alter an event as its owner can: with the triggers dropped."""
    tool = sqlite3.connect(path, isolation_level=None)
    for (name,) in tool.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        tool.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        tool.execute(statement)
    tool.close()


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (
            "UPDATE entries SET entry = CAST(replace(entry, '记录 7', '记录 8') AS BLOB) WHERE seq = 7",
            {"file", "root", "checkpoints"},
        ),
        ("DELETE FROM entries WHERE seq = 7", {"file", "entries", "root", "checkpoints"}),
        ("UPDATE entries SET leaf = zeroblob(32) WHERE seq = 7", {"file"}),
        ("UPDATE head SET root = zeroblob(32)", {"root"}),
        ("DELETE FROM head", {"root"}),
        (
            "UPDATE checkpoints SET note = CAST(replace(note, '30', '29') AS BLOB) WHERE size = 30",
            {"file", "checkpoints"},
        ),
        ("UPDATE checkpoints SET note = x'00' WHERE size = 30", {"checkpoints"}),
        ("DELETE FROM entries WHERE seq > 25", {"root", "checkpoints"}),
        (
            "UPDATE entries SET entry = CAST(entry || ' ' AS BLOB) WHERE seq = 29",
            {"file", "entries", "root", "checkpoints"},
        ),
    ],
)
def test_alterations_are_found_where_they_are(event, statement, codes):
    edit(event, statement)
    found = wrong(verify_file(event))
    assert set(found) == codes
    assert verify_file(event).outcome is Outcome.WRONG


def rewritten(path: Path, keys: VenueKeys, entries: list[bytes], *, signer: VenueKeys | None = None) -> Path:
    """A whole new history with everything inside it right: what the owner of the laptop can do."""
    journal = Journal.create(path, entries[0])
    journal.append(entries[1:], submissions=[None] * (len(entries) - 1))
    note = (signer or keys).sign_checkpoint(journal.checkpoint(checkpoint.origin(EVENT)))
    journal.store_checkpoint(note)
    journal.close()
    return path


def test_a_rewritten_history_is_caught_by_the_noted_head_alone(event, keys, tmp_path):
    size, root = head_of(event)
    entries = [
        entry(0, keys),
        *(entry(seq, text="other") if seq == 7 else entry(seq) for seq in range(1, 30)),
    ]
    entries[7] = entry(7, data={"text": "改过"})
    forged = rewritten(tmp_path / "forged.venue", keys, entries)
    assert wrong(verify_file(forged)) == []
    assert wrong(verify_file(forged, head=f"{size}/{short_head(root)}")) == ["head"]


def test_a_truncated_history_is_caught_by_the_noted_head_alone(event, keys, tmp_path):
    size, root = head_of(event)
    short = rewritten(tmp_path / "short.venue", keys, [entry(0, keys), *map(entry, range(1, 20))])
    assert wrong(verify_file(short)) == []
    assert wrong(verify_file(short, head=f"{size}/{short_head(root)}")) == ["head"]
    assert wrong(verify_file(short, head=short_head(root))) == ["head"]


def test_another_laptops_signature_is_refused(keys, tmp_path):
    other = load_or_create(tmp_path / "other")
    entries = [entry(0, keys), entry(1)]
    forged = rewritten(tmp_path / "forged.venue", keys, entries, signer=other)
    assert wrong(verify_file(forged)) == ["checkpoints"]


def test_entries_behind_the_newest_checkpoint_are_left_open(event, keys):
    journal = Journal.open(event)
    journal.append([entry(30), entry(31)], submissions=[None, None])
    journal.close()
    verdict = verify_file(event)
    assert answers(verdict)["tail"] is None
    tail = next(check for check in verdict.checks if check.code == "seal.check.tail")
    assert tail.params["left"] == 2


@pytest.mark.parametrize(
    "second",
    [
        b"not json",
        b'{"v":1}',
        entry(2),
        entry(1) + b" ",
        entry(1).replace(b'"seq":1', b'"seq":1,"seq":1'),
        entry(1, sub=7),
        entry(1, data={"x": "1"}).replace(b'"1"', b"1.5"),
        entry(1, data={"x": "1"}).replace(b'"1"', b"1e3"),
        entry(1).replace("记".encode(), b"\\u8bb0"),
    ],
)
def test_an_entry_that_is_not_canonical_is_named(keys, tmp_path, second):
    path = rewritten(tmp_path / "e.venue", keys, [entry(0, keys), second])
    verdict = verify_file(path)
    assert wrong(verdict) == ["entries"]
    assert next(check for check in verdict.checks if check.ok is False).params["seq"] == 1


def test_an_event_that_names_no_keys_proves_nothing(keys, tmp_path):
    verdict = verify_file(rewritten(tmp_path / "e.venue", keys, [entry(0), entry(1)]))
    assert {"keys", "checkpoints"} <= set(wrong(verdict))


def test_an_event_without_checkpoints_leaves_that_open(keys, tmp_path):
    Journal.create(tmp_path / "e.venue", entry(0, keys)).close()
    verdict = verify_file(tmp_path / "e.venue")
    assert answers(verdict)["checkpoints"] is None
    assert verdict.outcome is Outcome.NOT_ALL_PROVED


def test_a_checkpoint_of_a_later_journal_is_refused(event, keys):
    note = keys.sign_checkpoint(Checkpoint(checkpoint.origin(EVENT), 31, b"\x01" * 32))
    tool = sqlite3.connect(event)
    tool.execute("INSERT INTO checkpoints (size, note) VALUES (31, ?)", (note,))
    tool.commit()
    tool.close()
    assert wrong(verify_file(event)) == ["checkpoints"]


def test_an_entry_is_one_spelling_whether_this_version_would_write_it_or_not():
    """Of an entry known here only the spelling written here is read once; every other goes the long way, and is judged."""
    known = encode(
        Record(
            seq=0, at=1, mono=2, boot="b", actor=Actor(role=Role.PROCTOR), data=RunClosed(people=()), sub=None
        )
    )
    plain = msgspec.json.decode(known)
    newer = canonical(plain | {"data": plain["data"] | {"later": "字"}})
    older = canonical(plain | {"data": {"people": []}})
    for good in (known, newer, older, entry(0)):
        assert read_entries([good])[0].ok is True, good
    assert [len(read_entries([one])[1] or ()) for one in (known, newer, older, entry(0))] == [1, 1, 1, 0]
    spellings = [
        known.replace(b'"at":1', b'"at": 1'),
        known.replace(b'"at":1', b'"at":1.0'),
        known.replace(b'"at":1', b'"at":1,"at":1'),
        known.replace(b'"at":1,', b"").replace(b'"boot":"b",', b'"boot":"b","at":1,'),
        known.replace(b'"boot":"b"', b'"boot":"\\u0062"'),
        known.replace(b'"seq":0', b'"seq":1'),
        known + b" ",
        b"\xff" + known,
    ]
    assert len({known, *spellings}) == 9
    for other in spellings:
        assert read_entries([other]) == (Check("seal.check.entries", False, {"seq": 0}), None), other


def test_meaning_is_checked_by_those_who_know_it(event):
    seen: list[int] = []

    def extra(entries, _records):
        seen.append(len(entries))
        yield Check("seal.check.root", False, {"size": 1, "head": "x"})

    assert verify_file(event, extra=extra).outcome is Outcome.WRONG
    assert seen == [30]


def test_an_open_journal_can_be_checked_without_its_file(event):
    journal = Journal.open(event)
    inside = [line for _, line in journal.entries()]
    verdict = verify_entries("now", inside, journal.checkpoints(), head=journal.root.hex())
    assert verdict.outcome is Outcome.PROVED
    unreadable = verify_file(event)
    assert answers(unreadable) == {"readable": False}
    assert "e.venue" in unreadable.checks[0].sentence("en")
    journal.close()


def test_files_of_other_kinds(tmp_path):
    (tmp_path / "x.txt").write_text("hello", encoding="ascii")
    with pytest.raises(Known) as caught:
        verify_file(tmp_path / "x.txt")
    assert caught.value.code == "seal.unknown_file"
    assert verify_file(tmp_path / "gone").outcome is Outcome.WRONG
    (tmp_path / "torn.venue").write_bytes(b"SQLite format 3\x00" + b"\x00" * 10)
    assert wrong(verify_file(tmp_path / "torn.venue")) == ["readable"]


# Reports


def report(keys: VenueKeys, head: tuple[int, bytes], **change: object) -> bytes:
    """A report of two pages with a code of 40 mm on each, not yet signed."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in (1, 2):
        fields: dict[str, object] = {
            "event": EVENT,
            "form": "room",
            "serial": "2026-0042",
            "page": page,
            "pages": 2,
            "digest": sha256(b"facts").digest(),
            "numbers": (("final", "87.53"),),
            "size": head[0],
            "root": head[1],
            "at": AT,
            "mode": "official",
        }
        statement = PageStatement(**(fields | change))  # type: ignore[arg-type]
        draw(canvas, qr.matrix(keys.sign_page(statement)))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw(canvas: Canvas, code: qr.Matrix) -> None:
    module = 40 * 72 / 25.4 / (len(code) + 2 * qr.QUIET)
    for column, row, width in qr.runs(code):
        canvas.rect(60 + column * module, 700 - row * module, width * module, module, stroke=0, fill=1)


@pytest.fixture(scope="module")
def signed(keys, made):
    return sign_pdf(report(keys, head_of(made)), keys, AT)


@pytest.fixture
def judge(tmp_path, made) -> Callable[..., Verdict]:
    """Verify a PDF's bytes against the event."""

    def run(pdf: bytes, event: Path | list[bytes] | None = made, **options) -> Verdict:
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf)
        return verify_file(path, event=event, **options)

    return run


def test_a_signed_report_is_compared_with_its_event(judge, signed, made):
    size, root = head_of(made)
    verdict = judge(signed, head=f"{size}/{short_head(root)}")
    assert answers(verdict) == dict.fromkeys(
        (
            "event_file",
            "head",
            "pdf_signature",
            "pdf_signer",
            "codes",
            "page_signatures",
            "numbering",
            "same_event",
            "history",
        ),
        True,
    )
    assert "seal.limit.copy" in verdict.limits


def test_without_the_event_a_report_proves_little(judge, signed):
    found = answers(judge(signed, None))
    assert [code for code, ok in found.items() if ok] == ["pdf_signature", "codes", "numbering"]
    assert [code for code, ok in found.items() if ok is None] == [
        "pdf_signer",
        "page_signatures",
        "same_event",
    ]


def test_a_report_is_compared_with_an_open_journal(judge, signed, keys):
    entries = [entry(0, keys), *map(entry, range(1, 30))]
    assert wrong(judge(signed, entries)) == []
    assert wrong(judge(signed, entries[:29])) == ["history"]


def test_the_same_report_keys_and_time_give_the_same_bytes(keys, made, signed):
    assert sign_pdf(report(keys, head_of(made)), keys, AT) == signed
    assert verify_pdf(signed).claimed_at == AT


def test_a_byte_changed_after_signing_is_tampering(judge, signed):
    at = signed.index(b"stream") + 20
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert verify_pdf(changed).state is PdfState.TAMPERED
    assert "pdf_signature" in wrong(judge(changed))


def appended(pdf: bytes) -> bytes:
    """The forgery that other tools still call valid: content added behind the signed part."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Forged"] = generic.pdf_name("/Yes")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_something_appended_after_signing_is_told_apart(judge, signed):
    forged = appended(signed)
    assert verify_pdf(forged).state is PdfState.NOT_WHOLE
    assert wrong(judge(forged)) == ["pdf_whole"]
    assert verify_pdf(signed + b"\n% more\n").state is PdfState.NOT_WHOLE


@pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="an independent reader of signatures is not installed"
)
def test_an_independent_reader_agrees(tmp_path, signed):
    (tmp_path / "good.pdf").write_bytes(signed)
    (tmp_path / "forged.pdf").write_bytes(appended(signed))
    good = subprocess.run(
        ["pdfsig", tmp_path / "good.pdf"], capture_output=True, text=True, check=False
    ).stdout
    forged = subprocess.run(
        ["pdfsig", tmp_path / "forged.pdf"], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid" in good
    assert "Total document signed" in good
    assert "Not total document signed" in forged


def test_a_report_forged_on_another_laptop_is_valid_and_not_ours(judge, tmp_path):
    other = load_or_create(tmp_path / "other")
    resigned = sign_pdf(report(other, (1, b"\x00" * 32)), other, AT)
    assert verify_pdf(resigned).state is PdfState.VALID
    assert wrong(judge(resigned)) == ["pdf_signer", "page_signatures", "history"]


@pytest.mark.parametrize("pdf", [b"%PDF-1.4 junk", b"%PDF-1.4\n" + b"\x00" * 5000])
def test_broken_reports_are_refused_and_not_crashed_on(judge, pdf):
    assert verify_pdf(pdf).state is PdfState.UNREADABLE
    assert set(wrong(judge(pdf))) == {"pdf_signature", "codes"}


def test_a_scan_without_signature_is_judged_by_its_codes(judge, keys, made):
    found = judge(report(keys, head_of(made)))
    assert answers(found)["pdf_signature"] is None
    assert wrong(found) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"page": 1}, ["numbering"]),
        ({"pages": 3}, ["numbering"]),
        ({"event": "f" * 32}, ["same_event"]),
        ({"mode": "rehearsal"}, ["same_event"]),
        ({"root": b"\x05" * 32}, ["history"]),
        ({"size": 29}, ["history"]),
        ({"size": 31}, ["history"]),
    ],
)
def test_codes_that_tell_another_story_are_found(judge, keys, made, change, codes):
    assert wrong(judge(sign_pdf(report(keys, head_of(made), **change), keys, AT))) == codes


def test_pages_of_two_reports_are_told_apart(judge, keys, made):
    size, root = head_of(made)
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page, serial in ((1, "A"), (2, "B")):
        statement = PageStatement(
            EVENT, "room", serial, page, 2, b"\x01" * 32, (), size, root, AT, "official"
        )
        draw(canvas, qr.matrix(keys.sign_page(statement)))
        canvas.showPage()
    canvas.save()
    assert wrong(judge(sign_pdf(out.getvalue(), keys, AT))) == ["numbering"]


def test_pages_without_a_code_are_named(judge, keys):
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(100, 700, "no code here")
    canvas.showPage()
    canvas.save()
    verdict = judge(sign_pdf(out.getvalue(), keys, AT))
    assert answers(verdict)["codes"] is None
    assert "1" in next(check for check in verdict.checks if check.code == "seal.check.codes").sentence("en")


# Bundles


@pytest.fixture(scope="module")
def content(keys, signed):
    entries = [entry(0, keys), *map(entry, range(1, 30))]
    tree = gather(entries).tree
    note = keys.sign_checkpoint(Checkpoint(checkpoint.origin(EVENT), 30, tree.root()))
    return bundle.Content(EVENT, "official", "0.1.0", AT, entries, [note], {"reports/r.pdf": signed})


def packed(tmp_path: Path, content: bundle.Content, keys: VenueKeys) -> Path:
    return bundle.write(tmp_path / "e.bundle", content, keys).path


def test_a_good_bundle_with_a_noted_head_is_proved(tmp_path, keys, content, made):
    size, root = head_of(made)
    verdict = verify_file(packed(tmp_path, content, keys), head=f"{size}/{short_head(root)}")
    assert answers(verdict) == dict.fromkeys(
        ("members", "entries", "root", "keys", "manifest", "checkpoints", "tail", "reports", "head"), True
    )
    assert verdict.outcome is Outcome.PROVED


def test_a_report_is_compared_with_a_bundle(tmp_path, keys, content, judge, signed):
    assert wrong(judge(signed, packed(tmp_path, content, keys))) == []


def test_a_bundle_signed_by_another_laptop_is_refused(tmp_path, content):
    other = load_or_create(tmp_path / "other")
    assert wrong(verify_file(packed(tmp_path, content, other))) == ["manifest"]


def test_a_bundle_of_another_mode_or_event_than_its_journal_is_refused(tmp_path, keys, content):
    assert wrong(verify_file(packed(tmp_path, replace(content, mode="rehearsal"), keys))) == ["manifest"]
    assert wrong(verify_file(packed(tmp_path, replace(content, event="f" * 32), keys))) == ["manifest"]


def test_reports_that_are_not_signed_by_the_event_are_named(tmp_path, keys, content, signed):
    files = {"reports/a.pdf": signed, "reports/b.pdf": appended(signed), "reports/c.pdf": b"%PDF-1.4"}
    verdict = verify_file(packed(tmp_path, replace(content, files=files), keys))
    reports = next(check for check in verdict.checks if check.code == "seal.check.reports")
    assert reports.ok is False
    assert reports.params["names"] == "reports/b.pdf, reports/c.pdf"


def test_a_spoiled_bundle_is_told(tmp_path, keys, content):
    path = packed(tmp_path, content, keys)
    data = path.read_bytes()
    path.write_bytes(data[:-30])
    assert wrong(verify_file(path)) == ["readable"]


# Sentences

STATES = {
    "readable": "no",
    "file": "yes no",
    "entries": "yes no",
    "root": "yes no",
    "keys": "yes no",
    "takeover": "yes no",
    "against": "no",
    "same_record": "yes",
    "left_behind": "open",
    "overtaken": "no",
    "forked": "no",
    "checkpoints": "yes no open",
    "tail": "yes open",
    "head": "yes no open",
    "members": "yes",
    "manifest": "yes no",
    "reports": "yes no open",
    "event_file": "yes no",
    "pdf_signature": "yes no open",
    "pdf_whole": "no",
    "pdf_signer": "yes no open",
    "codes": "yes no open",
    "code_text": "no",
    "page_signatures": "yes no open",
    "numbering": "yes no",
    "same_event": "yes no open",
    "history": "yes no",
    "scanned": "yes",
    "copy_end": "yes open",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_has_its_sentence_and_no_other(lang):
    wanted = {f"seal.check.{code}.{state}" for code, states in STATES.items() for state in states.split()}
    assert {key for key in catalogue(lang) if key.startswith("seal.check.")} == wanted


def test_every_answer_given_in_these_tests_can_be_said(judge, signed, event, tmp_path, keys, content):
    edit(event, "DELETE FROM entries WHERE seq = 7")
    verdicts = [
        judge(signed),
        judge(signed, None),
        judge(appended(signed)),
        judge(b"%PDF-1.4"),
        verify_file(event, head="AB12 CD34"),
        verify_file(packed(tmp_path, content, keys)),
        verify_file(tmp_path / "gone"),
    ]
    for lang in LANGUAGES:
        for verdict in verdicts:
            said = [check.sentence(lang) for check in verdict.checks] + verdict.limit_sentences(lang)
            assert all(text and "{" not in text and not text.startswith("seal.") for text in said)
