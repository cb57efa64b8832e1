"""The papers around the room, filled from a real event's journal."""

from __future__ import annotations

import pytest

from tests.heard import hear, hear_all, opened
from tests.world import PEOPLE, PROCTOR
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.host.reporting import produce
from venue_app.reports.fill import day_forms, fill, form_names
from venue_app.reports.fill.ending import form_title
from venue_app.reports.models import CandidateSheets, RoomLog, RoomSummary
from venue_app.reports.papers import (
    Appointment,
    Closing,
    Notice,
    ScoreSheets,
    SealingList,
    SiteRecord,
)
from venue_app.state.balance import balances


@pytest.fixture
def host(tmp_path):
    made = opened(tmp_path / "e.venue")
    yield made
    made.close()


def made_of(host, form: str, kind: type, part: str = ""):
    found = next(one for one in fill(host.venue.state, (form,), 480) if one.part == part)
    assert isinstance(found.model, kind)
    return found.model


def test_a_sheet_given_back_shows_what_it_was(host):
    hear(host, "R1", 1, content="20")
    venue = host.venue
    marks = {"content": "25", "language": "16", "post": "16", "response": "16", "manner": "8"}
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="写错", second="监督员甲"), PROCTOR)
    again = f.EnterPaperSheet(
        room="R1", lot=1, seat="R1-3", marks=marks, again=marks, first="甲", second="乙"
    )
    venue.ask(again, PROCTOR)
    sheets = made_of(host, "score-sheets", ScoreSheets, "R1").sheets
    assert len(sheets) == 7 + 4
    third = next(s for s in sheets if s.seat == "3号" and s.group == sheets[0].group)
    assert third.paper and third.criteria[0].before == ("20.0",)
    assert (third.criteria[0].mark, third.total) == ("25.0", "81.0")
    assert all(not one.before for one in third.criteria[1:])
    assert not next(s for s in sheets if s.seat == "2号").paper


def test_blank_sheets_are_there_before_anybody_is_heard(host):
    sheets = made_of(host, "blank-sheets", ScoreSheets, "R2").sheets
    assert len(sheets) == 7 + 1 and {s.total for s in sheets} == {""}
    assert sheets[-1].seat == ""


def test_whoever_gave_up_is_no_absentee(host):
    venue = host.venue
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(f.WaiveEntry(room="R1", lot=1, reason="身体不适", second="监督员甲"), PROCTOR)
    for lot in (2, 3):
        hear(host, "R1", lot)
    summary = made_of(host, "room-summary", RoomSummary, "R1")
    assert next((line.lot, line.waived, line.absent) for line in summary.lines) == (1, True, False)
    log = made_of(host, "room-log", RoomLog, "R1")
    assert (log.expected, log.present, log.absent, log.waived) == (3, 2, (), (1,))
    assert made_of(host, "candidate-sheets", CandidateSheets).sheets[0].waived
    room = next(one for one in balances(venue.state) if one.of == "R1")
    assert (room.numbers["waived"], room.off, room.over) == (1, 0, True)


def test_a_notice_waits_for_the_last_candidate(host):
    hear(host, "R1", 1)
    with pytest.raises(Known) as caught:
        made_of(host, "notice", Notice)
    assert caught.value.code == "fill.notice_too_early" and caught.value.params["count"] == 5


def test_sums_come_out_at_the_end_or_say_what_lacks(host):
    hear_all(host)
    closing = made_of(host, "closing-report", Closing)
    assert {one.off for one in closing.sums} == {0} and closing.closed == ""
    said = {one.title: one.numbers for one in closing.sums}
    assert said["第1组"] == "签号 3 ＝ 完成 3 ＋ 缺考 0 ＋ 弃权 0 ＋ 未完 0"
    assert said["第2组"] == "签号 3 ＝ 完成 2 ＋ 缺考 1 ＋ 弃权 0 ＋ 未完 0"
    assert said["评委组评分表"] == "应收 35 ＝ 已收 35 ＋ 免评 0"
    reopen = f.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="写错", second="监督员甲")
    host.venue.ask(reopen, PROCTOR)
    off = {one.title: one.off for one in made_of(host, "closing-report", Closing).sums if one.off}
    assert off["评委组评分表"] == 1 and off["成绩"] == 1


def test_the_notary_reads_the_whole_day(host):
    hear_all(host)
    venue = host.venue
    venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
    venue.ask(f.ReopenRun(people=PEOPLE, reason="漏录一份"), PROCTOR)
    record = made_of(host, "site-record", SiteRecord)
    said = [step.what for step in record.course]
    assert said[0] == "宣布开场，核对到场人员" and "抽签完成，共 6 人" in said[1]
    assert "重新打开：漏录一份（监督员甲、公证员乙）" in said
    assert record.closed == "" and record.result[0][1] == "到考 5 人，缺考 1 人，弃权 0 人"
    assert [one.what for one in made_of(host, "closing-report", Closing).reopened] == [
        "重新打开：漏录一份（监督员甲、公证员乙）"
    ]


def test_bags_hold_what_was_printed_last(host, tmp_path):
    with pytest.raises(Known) as caught:
        made_of(host, "sealing-list", SealingList)
    assert caught.value.code == "fill.nothing_to_seal"
    hear_all(host)
    produce(host.venue, host.keys, day_forms(), tmp_path / "out")
    bags = made_of(host, "sealing-list", SealingList).bags
    assert [bag.title for bag in bags] == ["第1组", "第2组", "开场、抽签与成绩"]
    assert [one.what for one in bags[0].contents] == ["成绩汇总表", "考场记录"]
    assert bags[2].contents[-1].what == "存证包 U 盘"
    assert len({bag.digest for bag in bags}) == 3


def test_people_are_posted_once_nothing_is_waited_for(tmp_path):
    host = opened(tmp_path / "whole.venue", people=2, observers=20)
    try:
        with pytest.raises(Known) as caught:
            made_of(host, "appointment", Appointment)
        assert caught.value.code == "fill.nobody_to_appoint"
        hear(host, "R1", 1)
        hear(host, "R2", 1)
        enter = [x.id for x in host.venue.state.scheme.components if type(x).__name__ == "Entered"]
        for entry in host.venue.state.entries:
            for component in enter:
                value = c.EnterValue(component=component, entry=entry, value="8", second="乙")
                host.venue.ask(value, PROCTOR)
        people = made_of(host, "appointment", Appointment).people
    finally:
        host.close()
    assert {(p.name, p.sex, p.born) for p in people} == {
        ("张某1", "女", "1980.01"),
        ("张某2", "女", "1980.01"),
    }
    assert {p.intended for p in people} == {"文化局副局长", "水利局副局长"}


def test_names_of_forms_are_kept():
    assert set(day_forms()) < set(form_names())
    assert not {"blank-sheets", "score-sheets", "appointment", "sealing-list"} & set(day_forms())


def test_titles_of_files_by_their_names():
    assert form_title("room-log", "zh-CN") == "考场记录"
    assert form_title("tally-P1", "zh-CN").endswith(" P1")
    assert form_title("entry-passes-R1", "zh-CN") == "准考证 R1"
    assert form_title("draw-record-seats", "en") == "Draw Record seats"
    assert form_title("score-sheets", "en") == "Judge's Score Sheet" and form_title("other", "en") == "other"
