"""A report beside its event: recomputed from the journal, drawn again, compared with what the page signed."""

from __future__ import annotations

import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.heard import hear_all, opened
from tests.world import PROCTOR
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.domain.roles import PROGRAM
from venue_app.host import reporting
from venue_app.host.checking import check_beside
from venue_app.host.reporting import produce, reprint
from venue_app.host.session import EventHost
from venue_app.reports.fill import Filled, fill
from venue_app.reports.models import CandidateSheet, CandidateSheets
from venue_app.seal.check import Verdict
from venue_app.seal.pdfsign import sign_pdf


@pytest.fixture
def host(tmp_path):
    """Two rooms of three people; everybody heard but one, who did not come."""
    made = opened(tmp_path / "e.venue")
    hear_all(made)
    yield made
    made.close()


def said(verdict: Verdict) -> dict[str, bool | None]:
    return {check.code: check.ok for check in verdict.checks}


def sentence(verdict: Verdict, code: str) -> str:
    return next(check for check in verdict.checks if check.code == code).sentence("zh-CN")


def one(host: EventHost, form: str, folder: Path) -> Path:
    return produce(host.venue, host.keys, (form,), folder)[0].path


def stream_spots(pdf: bytes) -> list[int]:
    """A byte in the middle of each page's drawing, in order of pages."""
    spots = []
    for number in dict.fromkeys(re.findall(rb"/Contents (\d+) 0 R", pdf)):
        start = pdf.index(b"stream", pdf.index(b"\n" + number + b" 0 obj"))
        spots.append((start + pdf.index(b"endstream", start)) // 2)
    return spots


def test_every_form_is_recomputed_from_the_journal(host, tmp_path):
    for form in ("opening-report", "draw-check", "candidate-sheets", "room-summary", "room-log", "composite"):
        for made in produce(host.venue, host.keys, (form,), tmp_path / "out"):
            verdict = check_beside(host.venue, made.path)
            found = said(verdict)
            for code in ("audit.report_known", "audit.report_facts", "audit.report_file"):
                assert found[code] is True, (made.path.name, code)
            assert False not in found.values()


def test_a_flipped_byte_in_a_page_is_found_and_the_page_named(host, tmp_path):
    path = one(host, "candidate-sheets", tmp_path)
    whole = path.read_bytes()
    spots = stream_spots(whole)
    assert len(spots) == 6
    for page in (1, 4, 6):
        at = spots[page - 1]
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        verdict = check_beside(host.venue, path)
        assert said(verdict)["audit.report_file"] is False
        assert sentence(verdict, "audit.report_file").endswith(f"页面内容被改动过的页：{page}")
        assert said(verdict)["seal.check.pdf_signature"] is False
    path.write_bytes(whole)
    assert said(check_beside(host.venue, path))["audit.report_file"] is True


def test_a_change_outside_the_pages_is_told_apart(host, tmp_path):
    path = one(host, "composite", tmp_path)
    path.write_bytes(path.read_bytes() + b"\n")
    assert said(check_beside(host.venue, path))["audit.report_other_bytes"] is False


def test_a_page_that_says_something_else_is_named_though_it_is_signed(host, tmp_path, monkeypatch):
    """The owner of the keys prints another mean: everything about the file is genuine but what it says."""

    def forged(state, forms, zone):
        for filled in true_fill(state, forms, zone):
            model = filled.model
            assert isinstance(model, CandidateSheets)
            sheet = model.sheets[1]
            other = CandidateSheet(**{x: getattr(sheet, x) for x in sheet.__slots__} | {"mean": "99.99"})
            yield Filled(
                filled.form, filled.part, CandidateSheets(sheets=(model.sheets[0], other, *model.sheets[2:]))
            )

    true_fill = fill
    monkeypatch.setattr(reporting, "fill", forged)
    path = one(host, "candidate-sheets", tmp_path)
    verdict = check_beside(host.venue, path)
    found = said(verdict)
    assert found["audit.report_facts"] is False
    assert sentence(verdict, "audit.report_facts").endswith("：2")
    assert found["seal.check.page_signatures"] is found["seal.check.pdf_signature"] is True


def test_the_same_facts_give_the_same_bytes_but_for_the_time_signed(host, tmp_path):
    first = one(host, "composite", tmp_path).read_bytes()
    again = one(host, "composite", tmp_path).read_bytes()
    assert first != again  # the second says that it is a reprint
    mark = host.venue.state.reports[-1]
    assert (mark.serial, mark.printing.reprint) == (1, 1)
    moment = host.venue.now
    filled = next(iter(fill(moment.state, ("room-log",), 480)))
    plan = reporting._planned(host.venue, moment, filled, host.venue.clock.wall_ms())
    drawn = [reporting._drawn(host.keys, plan, 5) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert sign_pdf(drawn[0], host.keys, 5) == sign_pdf(drawn[1], host.keys, 5)
    later = sign_pdf(drawn[0], host.keys, 99_000)
    assert later != sign_pdf(drawn[0], host.keys, 5) and later.startswith(drawn[0])


def test_a_corrected_report_is_reprinted_with_its_successors_number(host, tmp_path):
    venue = host.venue
    before = one(host, "room-log", tmp_path)
    venue.ask(f.NoteIncident(room="R1", text="再次无声", decision="更换"), PROCTOR)
    after = produce(venue, host.keys, ("room-log",), tmp_path)[0]
    assert before.exists() and after.path != before
    serials: dict[str, list[int]] = {r.form: [] for r in venue.state.reports}
    for r in venue.state.reports:
        serials[r.form].append(r.serial)
    first = serials["room-log-R1"][0]
    verdict = check_beside(venue, before)
    assert said(verdict)["audit.report_facts"] is True
    assert said(verdict)["audit.report_newest"] is None
    again = reprint(venue, host.keys, first, tmp_path)
    assert again.serial == first
    text = subprocess.run(
        ["pdftotext", "-layout", str(again.path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert f"已更正，以第 {serials['room-log-R1'][-1]:04d} 号为准" in text
    assert "第 1 次补打" in text and "再次无声" not in text
    found = said(check_beside(venue, again.path))
    assert found["audit.report_facts"] is found["audit.report_file"] is True


def test_a_report_the_journal_does_not_know_is_no_report(host, tmp_path):
    """The owner of the keys makes one beside the journal."""
    moment = host.venue.now
    filled = next(iter(fill(moment.state, ("composite",), 480)))
    plan = reporting._planned(host.venue, moment, filled, host.venue.clock.wall_ms())
    path = tmp_path / "beside.pdf"
    path.write_bytes(sign_pdf(reporting._drawn(host.keys, plan, 5), host.keys, 5))
    assert said(check_beside(host.venue, path))["audit.report_known"] is None  # the journal ends there
    host.venue.ask(f.NoteIncident(room="R1", text="停电", decision="等候"), PROCTOR)
    assert said(check_beside(host.venue, path))["audit.report_known"] is False


def test_a_report_of_another_event_is_told_as_such(host, tmp_path):
    path = one(host, "composite", tmp_path)
    other = opened(tmp_path / "other.venue")
    try:
        found = said(check_beside(other.venue, path))
    finally:
        other.close()
    assert found["seal.check.same_event"] is False
    assert not {code for code in found if code.startswith("audit.report")}


def test_what_cannot_be_reprinted_is_said(host, tmp_path):
    with pytest.raises(Known) as caught:
        reprint(host.venue, host.keys, 77, tmp_path)
    assert caught.value.code == "reporting.no_such_report"
    digest = sha256(b"x").hexdigest()
    host.venue.ask(c.IssueReport(form="composite", serial=9, pages=1, sha256=digest), PROGRAM)
    with pytest.raises(Known) as caught:
        reprint(host.venue, host.keys, 9, tmp_path)
    assert caught.value.code == "reporting.not_recorded"
