"""Bundles of several venues: one ranking by the rule worked by hand, or the one clear reason why not."""

from __future__ import annotations

import csv
import io
import json
import os
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from tests.core.forging import rewritten, with_marks
from tests.venues import Heard, bundle, plan
from tests.world import FakeClock
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.cli.consolidate import consolidate as command
from venue_app.consolidation import run as run_module
from venue_app.consolidation.crew import Crew
from venue_app.consolidation.expected import read_expected
from venue_app.consolidation.merging import apart_note
from venue_app.consolidation.output import write
from venue_app.consolidation.part import Part, Refused, examine
from venue_app.consolidation.run import Answer, bundles_in, consolidate
from venue_app.domain import entries as e
from venue_app.domain.record import Record
from venue_app.rules.number import text
from venue_app.seal.bundle import read as read_bundle
from venue_app.seal.keys import load_or_create
from venue_app.seal.pdfsign import PdfState, verify_pdf
from venue_app.tables import xlsx
from venue_app.venue.sheets import receipt_of

#: 东镇: one mild room, mean (95 + 90 + 85) ÷ 3 = 90. 西镇: one strict room, (80 + 75 + 70 + 75) ÷ 4 = 75.
#: Mean of the rooms' means: (90 + 75) ÷ 2 = 82.5. Coefficients to 4 places: 82.5 ÷ 90 = 0.9167 (0.91666…),
#: 82.5 ÷ 75 = 1.1000. Marks to 2 places: 东 95 → 87.0865 → 87.09, 90 → 82.503 → 82.50, 85 → 77.9195 → 77.92;
#: 西 80 → 88.00, 75 → 82.50, 70 → 77.00, 75 → 82.50. The post has one place and the ratio is 2:1, so two go on and
#: with them all who tie with the second: 88.00, 87.09; the third place is shared by three at 82.50.
EAST: dict[str, list[Heard]] = {
    "第1考场": [
        ("110001", "乡长", ("96", "94")),
        ("110002", "乡长", ("90", "90")),
        ("110003", "乡长", ("85", "85")),
    ]
}
WEST: dict[str, list[Heard]] = {
    "第1考场": [
        ("220001", "乡长", ("80", "80")), ("220002", "乡长", ("74", "76")), ("220003", "乡长", ("70", "70")),
        ("220004", "乡长", ("75", "75")), ("220005", "乡长", None),
    ]
}  # fmt: skip
BY_HAND = {
    "220001": ("88.00", 1), "110001": ("87.09", 2), "110002": ("82.50", 3), "220002": ("82.50", 3),
    "220004": ("82.50", 3), "110003": ("77.92", 6), "220003": ("77.00", 7), "220005": (None, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def east(tmp_path_factory) -> Path:
    return bundle(tmp_path_factory.mktemp("east"), "东镇", EAST)


@pytest.fixture(scope="module")
def west(tmp_path_factory) -> Path:
    return bundle(tmp_path_factory.mktemp("west"), "西镇", WEST)


def faults(answer: Answer) -> list[str]:
    """Codes of the faults; each says in every language what to do next."""
    for fault in answer.faults:
        for language in LANGUAGES:
            assert len(say(fault, language)) > 15 and "{" not in say(fault, language)
    assert answer.whole is None
    return [fault.code for fault in answer.faults]


def ranked(answer: Answer) -> dict[str, tuple[str | None, int | None]]:
    assert answer.whole is not None, [say(fault) for fault in answer.faults]
    return {
        answer.whole.people[name].identity: (None if r.composite is None else text(r.composite), r.rank)
        for name, r in answer.whole.results.entries.items()
    }


def test_two_venues_are_ranked_and_balanced_as_worked_by_hand(east, west):
    answer = consolidate([east, west])
    assert ranked(answer) == BY_HAND
    assert answer.whole is not None
    post = answer.whole.results.posts["乡长"]
    assert [answer.whole.people[name].identity for name in post.passed] == ["220001", "110001"]
    assert (post.entries, post.places) == (8, 1)
    assert answer.whole.results.entries["220005/乡长"].outcome.code == "absent"


def test_everybody_tied_at_the_cut_goes_on(east, west, tmp_path):
    # Alone, the rooms of one venue would be compared with each other only: 82.5 is no mean of theirs.
    more = {"第1考场": [("330001", "乡长", ("60", "60")), ("330002", "乡长", ("72", "72"))]}
    third = bundle(tmp_path, "南镇", more, places=1)
    # Rooms' means 90, 75, 66; their mean 77. Coefficients 0.8556 (0.85555…), 1.0267 (1.02666…), 1.1667 (1.16666…).
    # 95 × 0.8556 = 81.282, 80 × 1.0267 = 82.136, 72 × 1.1667 = 84.0024, 60 × 1.1667 = 70.002.
    found = ranked(consolidate([third, west, east]))
    assert [found[who] for who in ("330002", "220001", "110001", "330001")] == [
        ("84.00", 1), ("82.14", 2), ("81.28", 3), ("70.00", 9),
    ]  # fmt: skip
    # Two for each of two places: 88.00, 87.09 and then the three at 82.50 share the last places, all go on.
    folder = tmp_path / "two"
    folder.mkdir()
    both = [bundle(folder, "东镇", EAST, places=2), bundle(folder, "西镇", WEST, places=2)]
    whole = consolidate(both).whole
    assert whole is not None
    passed = whole.results.posts["乡长"].passed
    assert sorted(whole.people[name].identity for name in passed) == [
        "110001",
        "110002",
        "220001",
        "220002",
        "220004",
    ]


def test_the_order_of_the_bundles_changes_nothing(east, west, tmp_path):
    keys = load_or_create(tmp_path / "keys")
    made = [consolidate(order) for order in ([east, west], [west, east])]
    bytes_of = []
    for number, answer in enumerate(made):
        assert answer.whole is not None
        written = write(answer.whole, keys, tmp_path / str(number))
        bytes_of.append(written.files[0].read_bytes())
    assert bytes_of[0] == bytes_of[1]


def test_one_bundle_alone_is_what_its_own_results_say(east):
    own = json.loads(read_bundle(east).files["results.json"])["candidates"]
    assert {who: (one["composite"], one["rank"]) for who, one in own.items()} == ranked(consolidate([east]))


def test_rooms_of_one_venue_on_two_laptops(tmp_path):
    rooms = [{"第1考场": EAST["第1考场"]}, {"第2考场": WEST["第1考场"]}]
    both = [bundle(tmp_path, "县委党校", heard, keys=f"laptop{n}") for n, heard in enumerate(rooms)]
    assert ranked(consolidate(both)) == BY_HAND


def test_a_person_in_two_bundles(east, tmp_path):
    other = bundle(tmp_path, "西镇", {"第2考场": [("110002", "书记", ("80", "80"))]})
    answer = consolidate([east, other])
    assert faults(answer) == ["consolidate.person_twice"]
    assert answer.faults[0].params == {
        "name": "考生002", "identity": "110002", "file": "东镇-0.bundle", "other": "西镇-0.bundle",
    }  # fmt: skip


def test_a_post_marked_by_several_panels_is_pointed_out_where_the_plan_is_silent(east, west, tmp_path):
    silent = plan().replace('composite = "fair"', 'composite = "live"').replace('by = "fair"', 'by = "live"')
    start, end = silent.index('[[components]]\nid = "fair"'), silent.index("[[rounds]]")
    silent = silent[:start] + silent[end:]
    rooms: dict[str, list[Heard]] = {"第2考场": [("330001", "书记", ("88", "88"))]}
    three = [
        bundle(tmp_path, "东镇", {**EAST, **rooms}, scheme=silent),
        bundle(tmp_path, "西镇", WEST, scheme=silent),
        bundle(tmp_path, "南镇", {"第1考场": [("330002", "书记", ("70", "71"))]}, scheme=silent),
    ]
    whole = consolidate(three).whole
    # As given: 东 95, 90, 85 and 西 80, 75, 75, 70, side by side.
    assert whole is not None and whole.results.entries["220001/乡长"].rank == 4
    assert whole.apart == {"乡长": ("东镇", "西镇"), "书记": ("东镇", "南镇")}
    for lang in LANGUAGES:
        said = apart_note(whole, lang)
        assert len(said) > 40 and "2" in said and "{" not in said
    write(whole, load_or_create(tmp_path / "keys"), tmp_path / "out")
    plainly = json.loads((tmp_path / "out/consolidated.json").read_text("utf-8"))
    assert plainly["apart"] == {"乡长": ["东镇", "西镇"], "书记": ["东镇", "南镇"]}
    printed = pypdfium2.PdfDocument((tmp_path / "out/consolidated.pdf").read_bytes())
    words = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "没有规定不同评委组的分数怎样平衡" in words.replace("\r\n", "")
    # One venue alone has nothing to compare, and a plan that balances rooms says how.
    alone, balanced = consolidate(three[:1]).whole, consolidate([east, west]).whole
    assert alone is not None and balanced is not None and not alone.apart and not balanced.apart
    assert apart_note(balanced, "en") == ""
    code, told, _ = run(*map(str, three), "--out", str(tmp_path / "told"))
    assert code == 0 and "没有规定不同评委组的分数怎样平衡" in told


def test_an_event_given_twice(east, tmp_path):
    copy = tmp_path / "copy.bundle"
    copy.write_bytes(east.read_bytes())
    answer = consolidate([east, copy])
    assert faults(answer) == ["consolidate.event_twice"], "and not a fault for each of its people"


def test_a_room_of_that_name_and_place_twice(east, tmp_path):
    other = bundle(tmp_path, "东镇", {"第1考场": [("440001", "乡长", ("80", "80"))]}, keys="other")
    assert faults(consolidate([east, other])) == ["consolidate.room_twice"]


def test_a_rehearsal_among_official_runs_and_rehearsals_alone(east, west, tmp_path):
    practice = bundle(tmp_path, "南镇", {"第1考场": [("550001", "乡长", ("80", "80"))]}, mode="rehearsal")
    answer = consolidate([east, west, practice])
    assert faults(answer) == ["consolidate.rehearsal_among"]
    assert answer.faults[0].params["venue"] == "南镇"
    alone = consolidate([practice])
    assert alone.whole is not None and alone.whole.mode == "rehearsal"
    write(alone.whole, load_or_create(tmp_path / "keys"), tmp_path / "out")
    ranking = (tmp_path / "out/consolidated.csv/ranking.csv").read_text("utf-8-sig").splitlines()
    assert len(ranking) == 2 and ranking[1].endswith(",rehearsal")


def test_an_event_that_is_still_open(east, tmp_path):
    late = bundle(tmp_path, "南镇", {"第1考场": [("550001", "乡长", ("80", "80"))]}, close=False)
    assert faults(consolidate([east, late])) == ["consolidate.not_closed"]


def test_another_plan_and_the_same_plan_in_other_words(east, tmp_path):
    heard: dict[str, list[Heard]] = {"第1考场": [("550001", "乡长", ("80", "80"))]}
    other = bundle(tmp_path, "南镇", heard, scheme=plan().replace("ratio = 2", "ratio = 3"))
    answer = consolidate([east, other])
    assert faults(answer) == ["consolidate.scheme_other"]
    assert answer.faults[0].params["parts"] == "rounds"
    worded = bundle(tmp_path, "北镇", heard, scheme=plan('note = "本镇的说明"'))
    whole = consolidate([east, worded]).whole
    assert whole is not None
    assert len(whole.differences) == 1, (
        "as many of the one as of the other: the digest decides which is the main one"
    )
    assert whole.differences[0].parts == ("note",)
    assert whole.differences[0].files in ((east.name,), (worded.name,))


def test_a_post_with_other_places_elsewhere(east, tmp_path):
    other = bundle(tmp_path, "南镇", {"第1考场": [("550001", "乡长", ("80", "80"))]}, places=3)
    assert faults(consolidate([east, other])) == ["consolidate.post_differs"]


def test_a_bundle_with_one_mark_changed(east, west, tmp_path):
    data = bytearray(east.read_bytes())
    data[data.index(b'"marks":{"total":"9') + len(b'"marks":{"total":"9')] ^= 1
    forged = tmp_path / "forged.bundle"
    forged.write_bytes(bytes(data))
    answer = consolidate([forged, west])
    assert faults(answer) == ["seal.bundle_altered"]
    assert [isinstance(one, Part) for one in answer.examined] == [False, True]


def test_a_bundle_whose_maker_rewrote_everything_but_a_stations_signature(west, tmp_path):
    """The owner of the laptop can sign any manifest; not a sheet in a judge's name."""
    forged = with_marks(tmp_path, "东镇", EAST)
    answer = consolidate([forged, west])
    assert faults(answer) == ["consolidate.wrong"]
    # Without the stations' signatures it is not seen, and that they were not looked at is said.
    quick = consolidate([forged, west], depth="journal")
    assert quick.whole is not None
    assert all("consolidate.check.left" in part.open_points for part in quick.whole.parts)
    full = consolidate([west]).whole
    assert full is not None and "consolidate.check.left" not in full.parts[0].open_points


def _another_result(record: Record, _event: str) -> Record:
    fact = record.data
    return (
        replace(record, data=replace(fact, value="99.00")) if isinstance(fact, e.ResultComputed) else record
    )


def _another_receipt(record: Record, _event: str) -> Record:
    fact = record.data
    return (
        replace(record, data=replace(fact, receipt="AAA-AAA"))
        if isinstance(fact, e.SheetReceived)
        else record
    )


def _a_mark_above_all(record: Record, event: str) -> Record:
    fact = record.data
    if not isinstance(fact, e.SheetReceived):
        return record
    bare = replace(fact, marks={"total": "100.5"}, total="100.5")
    return replace(record, data=replace(bare, receipt=receipt_of(event, bare, record.sub)))


def _a_number_passed_over(record: Record, _event: str) -> Record:
    return replace(record, seq=record.seq + 1) if isinstance(record.data, e.RunClosed) else record


def _a_result_before_its_sheets(record: Record, _event: str) -> Record:
    """Said of a lot that nobody has heard yet: the sheets come later."""
    fact = record.data
    return (
        replace(record, data=replace(fact, lot=fact.lot + 1))
        if isinstance(fact, e.ResultComputed)
        else record
    )


@pytest.mark.parametrize("depth", ["journal", "all"])
@pytest.mark.parametrize(
    ("change", "check"),
    [
        (_another_result, "audit.results"),
        (_another_receipt, "audit.receipts"),
        (_a_mark_above_all, "audit.unreadable"),
        (_a_number_passed_over, "seal.check.entries"),
        (_a_result_before_its_sheets, "audit.unreadable"),
    ],
)
def test_what_does_not_follow_is_refused_at_either_depth(west, tmp_path, change, check, depth):
    """The owner of the laptop signs anything; the short check still works out receipts, results and order anew."""
    forged = rewritten(tmp_path, "东镇", EAST, change)
    answer = consolidate([west, forged], depth=depth)
    assert faults(answer) == ["consolidate.wrong"]
    refused = answer.examined[1]
    assert isinstance(refused, Refused) and refused.check is not None and refused.check.code == check


def test_venues_missing_unknown_or_on_another_laptop(east, west, tmp_path):
    key = consolidate([west]).whole.parts[0].key  # type: ignore[union-attr]
    listing = tmp_path / "venues.txt"
    listing.write_text(f"# 考点,公钥\n西镇,{key[:4]} {key[4:16].upper()}\n东镇\n", encoding="utf-8")
    whole = consolidate([east, west], expected=read_expected(listing)).whole
    assert whole is not None and whole.listed
    listing.write_text(f"西镇,{'0' * 16}\n南镇\n", encoding="utf-8")
    answer = consolidate([east, west], expected=read_expected(listing))
    assert sorted(faults(answer)) == [
        "consolidate.key_other",
        "consolidate.venue_missing",
        "consolidate.venue_unknown",
    ]


def test_what_is_written_says_the_same_everywhere(east, west, tmp_path):
    answer = consolidate([east, west])
    assert answer.whole is not None
    made = write(answer.whole, load_or_create(tmp_path / "keys"), tmp_path / "out")
    said = json.loads(made.files[0].read_text(encoding="utf-8"))
    assert {e["identity"]: (e["composite"], e["rank"]) for e in said["entries"].values()} == BY_HAND
    assert [(s["place"], s["entries"], s["journal"]["size"] > 30) for s in said["sources"]] == [
        ("东镇", 3, True),
        ("西镇", 5, True),
    ]
    assert said["listed"] is False
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "out/consolidated.csv/ranking.csv").read_text("utf-8-sig")))
    )
    assert [(r["rank"], r["identity"], r["composite"]) for r in rows[:2]] == [
        ("1", "220001", "88.00"),
        ("2", "110001", "87.09"),
    ]
    sheet = openpyxl.load_workbook(tmp_path / "out/consolidated.xlsx")["总排名"]
    top = [cell.value for cell in next(sheet.iter_rows(min_row=2, max_row=2))]
    assert (top[1], top[3], Decimal(str(top[7])), sheet.freeze_panes) == (1, "220001", Decimal(88), "A2")
    pdf = (tmp_path / "out/consolidated.pdf").read_bytes()
    assert verify_pdf(pdf).state is PdfState.VALID
    words = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    for word in ("合并成绩与入围名单", "西镇 第1考场", "88.00", "考生001", "东镇", "没有与考点名单核对"):
        assert word in words, word


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_or_says_why_not(east, west, tmp_path):
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    for one in (east, west):
        (folder / one.name).write_bytes(one.read_bytes())
    assert [p.name for p in bundles_in([tmp_path / "in", folder / east.name])] == [east.name, west.name]
    code, said, _ = run(str(tmp_path / "in"), "--out", str(tmp_path / "out"))
    assert code == 0 and "2 个存证包、8 个报名" in said
    assert (tmp_path / "out/consolidated.json").is_file()
    (folder / "twice.bundle").write_bytes(east.read_bytes())
    code, said, wrong = run(str(tmp_path / "in"), "--out", str(tmp_path / "none"), "--json")
    plain = json.loads(said)
    assert code == 1 and [fault["code"] for fault in plain["faults"]] == ["consolidate.event_twice"]
    assert not (tmp_path / "none").exists() and wrong == ""


def test_in_processes_of_their_own_they_give_the_same(east, west, tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "_ALONE", 2)
    bad = tmp_path / "bad.bundle"
    bad.write_bytes(b"PK nothing")
    steps: list[tuple[int, int]] = []
    answer = consolidate([east, bad, west], progress=lambda done, of: steps.append((done, of)))
    assert faults(answer) == ["seal.not_a_bundle"], "a fault comes back whole from the other process"
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert (answer.examined[0], answer.examined[2]) == (examine(east), examine(west))


def test_a_process_that_the_system_ends_is_said_in_words_and_nothing_is_written(
    east, west, tmp_path, monkeypatch
):
    answer = consolidate([east, west])
    monkeypatch.setattr(run_module, "_ALONE", 2)
    assert answer.whole is not None
    with Crew() as crew:
        crew.hire(1)
        crew.give(partial(os._exit, 9)).exception()
        for again in (
            lambda: write(answer.whole, load_or_create(tmp_path / "keys"), tmp_path / "out", crew=crew),
            lambda: consolidate([east, west], crew=crew),
        ):
            with pytest.raises(Known) as fault:
                again()
            assert fault.value.code == "consolidate.process_lost"
    assert list((tmp_path / "out").iterdir()) == []
    for language in LANGUAGES:
        assert len(say(fault.value, language)) > 15


def test_whoever_writes_the_files_they_are_the_same_to_the_byte(east, west, tmp_path):
    keys = load_or_create(tmp_path / "keys")
    with Crew() as crew:
        crew.hire(2)
        answer = consolidate([east, west], crew=crew)
        assert answer.whole is not None
        shared = write(answer.whole, keys, tmp_path / "shared", FakeClock(), crew)
    alone = write(answer.whole, keys, tmp_path / "alone", FakeClock())
    assert [path.name for path in shared.files[:3]] == [
        "consolidated.json",
        "consolidated.pdf",
        "consolidated.xlsx",
    ]
    assert [path.relative_to(tmp_path / "shared") for path in shared.files] == [
        path.relative_to(tmp_path / "alone") for path in alone.files
    ]
    for one, other in zip(shared.files, alone.files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    left = {path.name for path in (tmp_path / "shared").iterdir()}
    assert left == {*(path.name for path in shared.files[:3]), "consolidated.csv"}


def test_a_fault_of_the_one_who_writes_beside_is_said_here(east, west, tmp_path, monkeypatch):
    """The workbook has a bound of rows; whoever finds it passed, it is the same fault, and nothing half lies about."""
    answer = consolidate([east, west])
    assert answer.whole is not None
    monkeypatch.setattr(xlsx, "MOST_ROWS", 7)
    with pytest.raises(Known) as fault:
        write(answer.whole, load_or_create(tmp_path / "keys"), tmp_path / "out")
    assert fault.value.code == "tables.too_many_rows"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["consolidated.csv"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_list_of_venues_as_windows_writes_it(tmp_path, encoding):
    listing = tmp_path / "venues.txt"
    listing.write_bytes("东镇\r\n西镇,9b08c2c269ca3139\r\n".encode(encoding))
    assert [one.venue for one in read_expected(listing)] == ["东镇", "西镇"]


def test_a_list_that_cannot_be_drawn_leaves_no_results(east, west, tmp_path):
    answer = consolidate([east, west], title="\U00012000")  # a sign no typeface here has
    assert answer.whole is not None
    with pytest.raises(Known) as fault:
        write(answer.whole, load_or_create(tmp_path / "keys"), tmp_path / "out")
    assert fault.value.code == "reports.no_glyph"
    assert list((tmp_path / "out").iterdir()) == []
