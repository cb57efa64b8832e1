"""Whatever is changed in a bundle, by a stranger or by the owner of the key, is found, and the message names the place."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.verifier.conftest import Verifier
from tests.verifier.small_event import Forgery
from venue_app.base.canonical import canonical
from venue_app.base.i18n import LANGUAGES
from venue_app.journal import short_head
from venue_app.journal.merkle import leaf_hash, root_of
from venue_app.seal import container
from venue_app.seal.keys import VenueKeys, load_or_create

FLIPS = int(os.environ.get("VENUE_VERIFIER_FLIPS", "60"))


@pytest.fixture(scope="module")
def forger(small: tuple[bytes, VenueKeys]) -> Forgery:
    return Forgery.of(*small)


def head_of(forger: Forgery) -> str:
    lines = forger.members["journal.jsonl"].splitlines()
    return f"{len(lines)}/{short_head(root_of(leaf_hash(line) for line in lines))}"


def test_the_event_itself_is_without_fault(
    verifier: Verifier, small: tuple[bytes, VenueKeys], forger: Forgery
):
    said = verifier.verify(small[0], noted=head_of(forger))
    assert said.wrong() == {}
    assert [c["code"] for c in said.checks if c["ok"] is None] == [
        "unsigned"
    ]  # an observer's device and a paper sheet
    counts = {c["code"]: c["params"].get("count") for c in said.checks if c["ok"]}
    assert counts["entries"] == len(forger.entries)
    assert counts["receipts"] == sum(e["kind"] == "sheet.received" for e in forger.entries) == 22
    assert (counts["signatures"], counts["panels"], counts["results"]) == (20, 4, 6)


def test_made_again_by_its_owner_it_is_the_same(verifier: Verifier, forger: Forgery):
    assert verifier.verify(forger.signed()).wrong() == {}


def _place_of(data: bytes, at: int) -> str:
    """The member a byte of the file lies in, headers included; '' for the directory behind them."""
    for name, content in container.unpack(data).items():
        start = data.index(name.encode() + content[:64]) - 30
        if start <= at < start + 30 + len(name.encode()) + len(content):
            return name
    return ""


def test_every_flipped_bit_is_found_and_its_place_named(verifier: Verifier, small: tuple[bytes, VenueKeys]):
    data, random = small[0], Random(7)
    places = {0, len(data) - 1, data.index(b"manifest.sig"), data.index(b"PK\x01\x02"), *range(100, 140, 10)}
    places |= {random.randrange(len(data)) for _ in range(FLIPS - len(places))}
    for at in sorted(places):
        forged = bytearray(data)
        forged[at] ^= 1 << random.randrange(8)
        said = verifier.verify(bytes(forged))
        assert said.outcome == "wrong", at
        sentences = " ".join(check["sentence"] for check in said.wrong().values())
        where = _place_of(data, at)
        named = where in sentences if where else True
        inside = where in ("manifest.json", "manifest.sig") and "清单" in sentences
        assert named or inside or str(at) in sentences, (at, where, sentences)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_breaks_off(verifier: Verifier, small: tuple[bytes, VenueKeys], share: float):
    data = small[0]
    said = verifier.verify(data[: int(len(data) * share)])
    assert said.outcome == "wrong"
    assert said.wrong()["cut"]["params"]["at"] == int(len(data) * share)
    assert verifier.verify(b"").outcome == verifier.verify(b"PK\x05\x06").outcome == "wrong"


def test_a_member_renamed(verifier: Verifier, small: tuple[bytes, VenueKeys]):
    for name in ("journal.jsonl", "reports/composite.pdf"):
        forged = small[0].replace(b"\0\0" + name.encode(), b"\0\0" + name.replace("o", "0", 1).encode(), 1)
        assert name in verifier.verify(forged).wrong()["container"]["sentence"]


def test_members_added_left_out_or_changed(verifier: Verifier, forger: Forgery):
    more = container.pack({**forger.members, "note.txt": b"hello"})
    assert "note.txt" in verifier.verify(more).wrong()["member_unlisted"]["sentence"]
    less = {name: data for name, data in forger.members.items() if name != "reports/composite.pdf"}
    assert (
        "reports/composite.pdf" in verifier.verify(container.pack(less)).wrong()["member_missing"]["sentence"]
    )
    other = container.pack({**forger.members, "results.json": b"{}\n"})
    assert "results.json" in verifier.verify(other).wrong()["members"]["sentence"]


def _mark(entry: dict[str, Any]) -> None:
    entry["data"]["marks"]["content"] = "29.0"


def test_a_mark_changed_by_a_stranger(verifier: Verifier, forger: Forgery):
    seq = forger.find("sheet.received", 3)
    wrong = verifier.verify(forger.changed(seq, _mark).packed()).wrong()
    assert {"manifest", "checkpoints", "receipts", "signatures", "marks"} <= wrong.keys()
    assert wrong["receipts"]["seq"] == wrong["signatures"]["seq"] == seq
    between = wrong["checkpoints"]["params"]
    assert between["from"] <= seq <= between["to"] < len(forger.entries)
    assert f"第 {seq} 条" in wrong["receipts"]["sentence"]
    assert "R1-4" in wrong["receipts"]["sentence"] and "1 号签" in wrong["receipts"]["sentence"]


def _receipt(forger: Forgery) -> Callable[[dict[str, Any]], None]:
    """A mark changed with its total and receipt, as only a program could."""
    from venue_app.domain.record import decode
    from venue_app.venue.sheets import receipt_of

    def change(entry: dict[str, Any]) -> None:
        _mark(entry)
        entry["data"]["total"] = "85.0"
        record = decode(canonical(entry))
        entry["data"]["receipt"] = receipt_of(forger.entries[0]["data"]["event"], record.data, record.sub)  # type: ignore[arg-type]

    return change


def test_a_mark_changed_by_the_owner_of_the_laptop(verifier: Verifier, forger: Forgery):
    seq = forger.find("sheet.received", 3)
    wrong = verifier.verify(forger.changed(seq, _receipt(forger)).signed()).wrong()
    assert wrong.keys() == {"signatures", "panels", "results"}
    assert wrong["signatures"]["seq"] == seq
    assert wrong["panels"]["seq"] == forger.find("result.computed")


def test_two_candidates_sheets_swapped(verifier: Verifier, forger: Forgery):
    entries = forger.entries
    first, second = forger.find("sheet.received", 0), forger.find("sheet.received", 8)
    mine, other = entries[first]["data"], entries[second]["data"]
    for key in ("marks", "total", "signature", "receipt"):
        mine[key], other[key] = other[key], mine[key]
    wrong = verifier.verify(forger.with_entries(entries).signed()).wrong()
    assert wrong["receipts"]["seq"] == wrong["signatures"]["seq"] == first
    assert "R1-1" in wrong["signatures"]["sentence"]


def test_entries_dropped_doubled_or_moved(verifier: Verifier, forger: Forgery):
    entries, seq = forger.entries, forger.find("sheet.received", 5)
    for forged, at in (
        (entries[:seq] + entries[seq + 1 :], seq),
        (entries[: seq + 1] + entries[seq:], seq + 1),
        ([*entries[:seq], entries[seq + 1], entries[seq], *entries[seq + 2 :]], seq),
    ):
        said = verifier.verify(forger.with_entries(forged).packed())
        assert said.wrong()["sequence"]["params"]["seq"] == at
        assert f"第 {at} 条" in said.wrong()["sequence"]["sentence"]
    # Numbered anew, and signed anew by the owner, what is left no longer gives the results.
    renumbered = [{**entry, "seq": n} for n, entry in enumerate(entries[:seq] + entries[seq + 1 :])]
    wrong = verifier.verify(forger.with_entries(renumbered).signed()).wrong()
    assert wrong["panels"]["seq"] == forger.find("result.computed") - 1


def test_an_entry_back_dated(verifier: Verifier, forger: Forgery):
    seq = forger.find("result.checked", 1)
    forged = forger.changed(seq, lambda entry: entry.update(at=entry["at"] - 3_600_000))
    between = verifier.verify(forged.packed()).wrong()["checkpoints"]["params"]
    assert between["from"] <= seq <= between["to"]
    # Signed anew by the owner it is no contradiction, but the clock that went back is told; a head noted outside ends it.
    codes = {check["code"]: check["ok"] for check in verifier.verify(forged.signed()).checks}
    assert codes["wall_clock"] is None
    assert verifier.verify(forged.signed(), noted=head_of(forger)).wrong().keys() == {"head"}


def test_the_end_cut_off(verifier: Verifier, forger: Forgery):
    shorter = forger.with_entries(forger.entries[:-2])
    wrong = verifier.verify(shorter.packed()).wrong()
    assert wrong["checkpoint_beyond"]["params"] == {
        "name": max(name for name in forger.members if name.startswith("checkpoints/")), "size": len(forger.entries), "count": len(forger.entries) - 2,
    }  # fmt: skip
    assert "head" in verifier.verify(shorter.signed(), noted=head_of(forger)).wrong()


def test_another_key(verifier: Verifier, forger: Forgery, tmp_path):
    other = load_or_create(tmp_path / "keys")
    assert "manifest" in verifier.verify(forger.signed(other)).wrong()  # entry 0 still names the laptop's key
    renamed = forger.changed(0, lambda entry: entry["data"].update(keys=other.announced()))
    assert {"manifest", "checkpoint_signature"} & verifier.verify(renamed.packed()).wrong().keys()
    # Made anew altogether: only what was noted outside, the head or the key's fingerprint, can tell.
    whole = verifier.verify(renamed.signed(other))
    assert whole.wrong() == {} and whole.outcome == "open"
    assert verifier.verify(renamed.signed(other), noted=head_of(forger)).wrong().keys() == {"head"}
    swapped = {**forger.members, "keys.json": canonical(other.announced()) + b"\n"}
    assert "keys.json" in verifier.verify(container.pack(swapped)).wrong()["members"]["sentence"]


def _owner(forger: Forgery, **members: bytes) -> bytes:
    return Forgery({**forger.members, **members}, forger.keys).signed()


def test_results_plan_or_reports_of_the_owners_own(verifier: Verifier, forger: Forgery):
    results = forger.members["results.json"].replace(b'"lot":1,', b'"lot":9,', 1)
    wrong = verifier.verify(_owner(forger, **{"results.json": results})).wrong()
    assert wrong.keys() == {"results"}
    assert wrong["results"]["params"]["path"].endswith("lot")
    assert (wrong["results"]["params"]["said"], wrong["results"]["params"]["found"]) == ("9", "1")
    plan = forger.members["scheme.toml"] + b"# more\n"
    assert verifier.verify(_owner(forger, **{"scheme.toml": plan})).wrong().keys() == {"scheme"}
    report = verifier.verify(_owner(forger, **{"reports/composite.pdf": b"%PDF-1.7 other\n"})).wrong()
    assert "reports/composite.pdf" in report["reports"]["sentence"]


def test_results_and_draws_in_the_journal(verifier: Verifier, forger: Forgery):
    seq = forger.find("result.computed", 1)
    value = forger.changed(seq, lambda entry: entry["data"].update(value="99.99"))
    assert verifier.verify(value.signed()).wrong()["panels"]["seq"] == seq

    def swap(entry: dict[str, Any]) -> None:
        row = entry["data"]["result"]["R1"]
        row[1], row[2] = row[2], row[1]

    drawn = forger.changed(forger.find("draw.drawn"), swap)
    wrong = verifier.verify(drawn.signed()).wrong()
    assert wrong["draw"]["seq"] == forger.find("draw.drawn")
    nonce = forger.changed(forger.find("draw.revealed"), lambda entry: entry["data"].update(nonce="0" * 32))
    assert "draw" in verifier.verify(nonce.signed()).wrong()
    late = forger.entries
    a, b = forger.find("draw.committed"), forger.find("draw.public")
    late[a]["kind"], late[b]["kind"] = late[b]["kind"], late[a]["kind"]
    late[a]["data"], late[b]["data"] = late[b]["data"], late[a]["data"]
    assert verifier.verify(forger.with_entries(late).signed()).wrong()["steps"]["seq"] == a


def test_a_kind_that_is_not_known_stops_it(verifier: Verifier, forger: Forgery):
    seq = forger.find("result.checked")
    said = verifier.verify(forger.changed(seq, lambda entry: entry.update(kind="result.doubted")).signed())
    assert said.outcome == "open"
    [unknown] = [check for check in said.checks if check["code"] == "kinds"]
    assert unknown["seq"] == seq and "result.doubted" in unknown["sentence"]
    assert not any(check["code"] == "results" for check in said.checks)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_whole(verifier: Verifier, forger: Forgery, lang: str):
    forged = [forger.packed(), forger.changed(30, _safe).packed(), forger.changed(31, _safe).signed(), b"PK"]
    sentences = [c["sentence"] for data in forged for c in verifier.verify(data, lang=lang).checks]
    assert len(sentences) > 20
    assert [s for s in sentences if "{" in s or "check." in s or "undefined" in s or "null" in s] == []


def _safe(entry: dict[str, Any]) -> None:
    entry["at"] += 1


def test_a_roster_that_names_nobody(verifier: Verifier, forger: Forgery):
    """What the program would never write stops neither the page nor the answer."""

    def rename(entry: dict[str, Any]) -> None:
        entry["data"]["entries"][0]["id"] = "X"

    said = verifier.verify(forger.changed(forger.find("roster.imported"), rename).signed())
    assert said.outcome == "wrong"
    assert {"meaning", "steps", "draw"} & said.wrong().keys()
