"""Slips that can be scanned, an empty paper, a tally: read back from their PDFs; papers published in the bundle."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.ballots_world import EVENT, PROCTOR, WITNESS, close, grades, open_poll, opened, paper, slips
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.domain import ballot_commands as c
from venue_app.host.bundling import write_bundle
from venue_app.host.reporting import produce
from venue_app.host.results import results_plain
from venue_app.host.slips import issue_slips
from venue_app.reports.forms.ballot_paper import letters
from venue_app.rules import compute
from venue_app.seal.keys import load_or_create
from venue_app.state.facts import facts_of
from venue_app.venue.ballots import slip_digest


@pytest.fixture
def venue(tmp_path):
    found = opened(tmp_path / "event.venue")
    yield found
    found.close()


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return load_or_create(tmp_path_factory.mktemp("keys"))


def text_of(pdf: Path | bytes) -> str:
    given = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=given, capture_output=True, check=True)
    return done.stdout.decode()


def test_every_slip_scans_and_votes_and_reads_the_same(venue):
    poll = open_poll(venue)
    made = issue_slips(venue, PROCTOR, [poll], "staff", 14, "https://192.168.10.20:8443")
    document = pypdfium2.PdfDocument(io.BytesIO(made))
    assert len(document) == 2
    found = [
        code.text
        for page in document
        for code in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())
    ]
    assert len(set(found)) == 14
    assert all(one.startswith("https://192.168.10.20:8443/b#") for one in found)
    codes = [one.rpartition("#")[2] for one in found]
    assert sorted(slip_digest(EVENT, c) for c in codes) == [d for d, _ in venue.state.polls[poll].slips]
    words = text_of(made)
    assert all(f"{c[:4]}-{c[4:8]}-{c[8:]}" in words for c in codes)
    assert words.count("职工") == 14 and "演练" in words
    assert venue.polls.cast(poll, codes[0], paper(grades("优秀"))).result(WAIT_S) is False


def test_one_slip_for_two_papers_names_both(venue):
    first, second = open_poll(venue), open_poll(venue, "decide")
    words = text_of(issue_slips(venue, PROCTOR, [first, second], "staff", 1, ""))
    assert "民主测评、票决" in words
    assert [len(venue.state.polls[p].slips) for p in (first, second)] == [1, 1]


def test_slips_for_several_polls_are_for_all_of_them_or_for_none(venue):
    first, second = open_poll(venue), open_poll(venue, "decide")
    venue.ask(c.AbandonBallot(poll=second, reason="改期", second=WITNESS), PROCTOR)
    before = venue.state.size
    with pytest.raises(Known) as caught:
        issue_slips(venue, PROCTOR, [first, second], "staff", 3, "")
    assert caught.value.code == "ballots.not_open"
    assert (venue.state.size, venue.state.polls[first].slips) == (before, ())
    with pytest.raises(Known) as caught:
        issue_slips(venue, PROCTOR, [first, first], "staff", 3, "")
    assert caught.value.code == "ballots.slips"
    assert len(venue.state.polls[first].slips) == 0


def test_the_order_on_the_sheets_is_not_that_of_the_journal(venue):
    poll = open_poll(venue)
    made = issue_slips(venue, PROCTOR, [poll], "staff", 40, "")
    shown = [w for w in text_of(made).split() if w.count("-") == 2 and len(w) == 14]
    digests = [slip_digest(EVENT, w.replace("-", "")) for w in shown]
    assert len(digests) == 40 and digests != sorted(digests)


def test_the_empty_paper_has_a_box_for_every_grade(venue, keys, tmp_path):
    open_poll(venue)
    (made,) = produce(venue, keys, ("ballot-paper",), tmp_path / "out")
    words = text_of(made.path)
    for word in ("民主测评", "不记名", "王甲", "李乙", "张丙", "优秀", "基本称职", "德", "能"):
        assert word in words


def test_short_signs_of_answers():
    assert letters(("优秀", "称职", "基本称职", "不称职")) == ("优", "称", "基", "不")
    assert letters(("好", "较好", "较差")) == ("A", "B", "C")
    assert letters(("Good", "Fair")) == ("A", "B")


def test_the_tally_says_what_was_counted(venue, keys, tmp_path):
    poll = open_poll(venue)
    for code in slips(venue, poll, 3)[:2]:
        venue.polls.cast(poll, code, paper(grades("优秀", "称职"))).result(WAIT_S)
    (boss,) = slips(venue, poll, 1, "leaders")
    venue.polls.cast(poll, boss, paper(grades("称职", "称职"), "leaders")).result(WAIT_S)
    close(venue, poll, unissued={"staff": 1})
    (made,) = produce(venue, keys, ("tally",), tmp_path / "out")
    words = text_of(made.path)
    assert "计票报告单" in words and "监督员甲" in words
    assert "2/0/0/0/0" in words and "0/2/0/0/0" in words  # staff: C1 德 and 能
    assert "0/1/0/0/0" in words  # leaders
    assert "84.00" in words  # leaders 80, staff (100 + 80) ÷ 2: 0.6 × 80 + 0.4 × 90
    digest = venue.state.polls[poll].digest
    assert digest[:4] in words.replace("\n", " ")


def test_papers_and_sums_are_in_bundle_and_results(venue, keys, tmp_path):
    poll = open_poll(venue, "decide")
    (code,) = slips(venue, poll, 1, "")
    mine = paper({"C1": {"": ("for",)}}, "")
    venue.polls.cast(poll, code, mine).result(WAIT_S)
    write_bundle(venue, keys, tmp_path / "open.bundle", ())
    close(venue, poll)
    write_bundle(venue, keys, tmp_path / "closed.bundle", ())
    assert not [n for n in zipfile.ZipFile(tmp_path / "open.bundle").namelist() if n.startswith("ballots/")]
    table = zipfile.ZipFile(tmp_path / "closed.bundle").read("ballots/V1.csv").decode("utf-8-sig")
    assert table.split("\r\n")[1] == f"{mine.code},,for,,,,"
    plain = results_plain(venue.state, compute(venue.state.scheme, facts_of(venue.state)))["ballots"]["V1"]
    assert plain["names"]["C1"] == "王甲" and plain["attempt"] == 1
    assert plain["classes"][""]["votes"]["C1"] == {"": {"for": 1}}
    assert (plain["classes"][""]["issued"], plain["classes"][""]["valid"]) == (1, 1)
