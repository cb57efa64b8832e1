"""`venue-app report` without `--form`: every form the event has something to say on, and why the others are left out."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests import heard
from tests.ballots_world import SCHEME, begin, close, grades, open_poll, paper, slips
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.base.i18n import say, set_language
from venue_app.cli.report import report
from venue_app.host.session import EventHost
from venue_app.journal import Journal


@pytest.fixture(autouse=True)
def chinese():
    set_language("zh-CN")


def _run(event, out):
    return CliRunner().invoke(report, [str(event), "--out", str(out)], catch_exceptions=False)


def _names(out):
    return sorted(file.stem for file in out.iterdir())


def test_an_event_of_ballots_alone_gets_all_but_what_speaks_of_rooms(tmp_path):
    event, out = tmp_path / "ballots.venue", tmp_path / "out"
    host = EventHost.create(event, title="测评会", mode="rehearsal", scheme=SCHEME)
    begin(host.venue)
    for ballot in ("appraisal", "decide"):
        poll = open_poll(host.venue, ballot)
        if ballot == "appraisal":
            for code in slips(host.venue, poll, 2):
                host.venue.polls.cast(poll, code, paper(grades(*["优秀", "称职"] * 3))).result(WAIT_S)
        close(host.venue, poll)
    host.close()
    done = _run(event, out)
    assert done.exit_code == 0
    made = [
        "closing-report",
        "composite",
        "opening-report",
        "shortlist",
        "site-record",
        "tally-V1",
        "tally-V2",
    ]
    assert _names(out) == made, done.stderr
    assert sorted(done.stdout.split()) == [str(out / f"{name}.pdf") for name in made]
    assert done.stderr == "", "where nobody is heard, nobody asks for forms of the heard"
    with pytest.raises(Known) as fault:
        CliRunner().invoke(
            report, [str(event), "--form", "draw-record", "--out", str(out)], catch_exceptions=False
        )
    assert "没有人上场" in say(fault.value)


def test_before_the_end_what_waits_is_told_and_the_rest_is_made(tmp_path):
    event, out = tmp_path / "day.venue", tmp_path / "out"
    host = heard.opened(event)
    heard.hear(host, "R1", 1)
    host.close()
    done = _run(event, out)
    assert done.exit_code == 0
    made = _names(out)
    assert {"opening-report", "draw-record", "draw-check", "candidate-sheets", "room-summary-R1"} <= set(made)
    assert not [name for name in made if name.startswith(("room-log", "notice", "tally"))]
    told = done.stderr.splitlines()
    assert [line.partition("（")[2].partition("）")[0] for line in told] == ["room-log", "notice"]
    assert "还有 2 人没有上场" in told[0] and "还有 5 人没有结束" in told[1]


def test_files_of_another_event_in_a_shared_folder_stay_as_they_are(tmp_path):
    out = tmp_path / "shared"
    for name in ("first", "second"):
        host = heard.opened(tmp_path / f"{name}.venue")
        heard.hear(host, "R1", 1)
        host.close()
    assert _run(tmp_path / "first.venue", out).exit_code == 0
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    with pytest.raises(Known) as refused:
        _run(tmp_path / "second.venue", out)
    assert refused.value.code == "reporting.taken" and str(out) in say(refused.value)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert _size_of(tmp_path / "second.venue") == _size_of(tmp_path / "first.venue") - len(before)


def _size_of(event):
    journal = Journal.open(event, readonly=True)
    try:
        return journal.size
    finally:
        journal.close()
