"""What a station shows follows from what it heard and what was pressed; and it loses nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.world import FakeClock, on_floor, prepared, send
from ui.screens.station import view as v
from ui.screens.station.desk import STILL_MS, Desk
from ui.screens.station.drafts import Drafts
from ui.screens.station.picture import picture
from venue_app.lan import messages as m
from venue_app.lan.views import Viewer, receipt, welcome

# Whole steps of 0.1 that come to 80.0.
STEPS = {"content": 240, "language": 160, "post": 160, "response": 160, "manner": 80}


@pytest.fixture
def venue(tmp_path):
    made = prepared(tmp_path / "desk.venue")
    yield made
    made.close()


@pytest.fixture
def clock():
    return FakeClock()


def shown(desk: Desk) -> Any:
    """The picture; which page it is, each test says itself."""
    return picture(desk)


def seated(venue, clock, seat: str = "R1-3") -> Desk:
    made = Desk(clock.mono_ms)
    made.hear_link("online")
    made.hear_welcome(welcome(venue.state, seat, venue.clock))
    seen(made, venue, seat)
    return made


def seen(desk: Desk, venue, seat: str = "R1-3") -> None:
    desk.hear_view(Viewer(venue.state, 6).of(seat))


def fill(desk: Desk, steps=STEPS) -> None:
    for name, value in steps.items():
        desk.give(name, value)


def test_the_candidate_before_the_panel_opens_by_itself(venue, clock):
    desk = seated(venue, clock)
    assert isinstance(shown(desk).body, v.WaitView)
    on_floor(venue)
    seen(desk, venue)
    seen_ = shown(desk)
    assert isinstance(seen_.body, v.ScoreView)
    assert (seen_.head.lot, seen_.head.post) == (
        1,
        venue.state.post_of(venue.state.appearances[("R1", 1)].entry).title,
    )
    assert seen_.head.clock.limit_ms == 480_000


def test_no_name_reaches_a_judge(venue, clock):
    on_floor(venue)
    desk = seated(venue, clock)
    told = repr(shown(desk))
    assert not [p.name for p in venue.state.candidates.values() if p.name in told]


def test_a_sum_is_never_zero_before_anything_is_given_and_says_what_is_missing(venue, clock):
    on_floor(venue)
    desk = seated(venue, clock)
    body = shown(desk).body
    assert (body.total, body.missing, str(body.why)) == (None, 5, "还有 5 项未打")
    fill(desk, {name: STEPS[name] for name in ("content", "language", "post", "response")})
    body = shown(desk).body
    assert (body.total, body.missing) == (Decimal("72.0"), 1)
    assert str(body.why) == "还有 1 项未打：仪表举止"
    desk.review()
    assert isinstance(shown(desk).body, v.ScoreView)  # nothing to review yet
    desk.give("manner", 80)
    assert shown(desk).body.why is None


def test_the_sheet_that_goes_is_what_was_reviewed(venue, clock):
    on_floor(venue)
    desk = seated(venue, clock)
    shown(desk)
    fill(desk)
    assert desk.sheet() is None
    desk.review()
    body = shown(desk).body
    assert isinstance(body, v.ReviewView)
    assert next((str(r.title), str(r.band), r.mark) for r in body.rows) == ("演讲内容", "好", "24.0")
    assert body.total == "80.0"
    assert desk.sheet() == (
        "R1",
        1,
        {"content": "24.0", "language": "16.0", "post": "16.0", "response": "16.0", "manner": "8.0"},
    )
    desk.back()
    assert isinstance(shown(desk).body, v.ScoreView)


def sheet_of(desk: Desk) -> m.Sheet:
    reviewed = desk.sheet()
    assert reviewed is not None
    room, lot, marks = reviewed
    return m.Sheet(id="a" * 32, event="e", seat="R1-3", room=room, lot=lot, marks=marks)


def submitted(venue, clock) -> tuple[Desk, m.Sheet]:
    on_floor(venue)
    desk = seated(venue, clock)
    shown(desk)
    fill(desk)
    desk.review()
    sheet = sheet_of(desk)
    desk.hear_pending((sheet,))
    desk.sent("R1", 1)
    return desk, sheet


def test_offline_the_sheet_is_kept_and_the_judge_goes_on(venue, clock):
    desk, _sheet = submitted(venue, clock)
    desk.hear_link("offline")
    seen_ = shown(desk)
    assert (seen_.body.kept, seen_.body.online) == ((1,), False)
    assert (seen_.head.link, seen_.head.pending) == ("offline", 1)
    assert desk.unsent == 1
    assert desk.drafts == {}
    clock.pass_ms(STILL_MS * 2)
    assert isinstance(shown(desk).body, v.WaitView)  # its own lot is not opened a second time


def test_a_receipt_is_shown_before_the_view_says_so_and_stands_for_a_while(venue, clock):
    desk, sheet = submitted(venue, clock)
    reply = send(venue, "R1-3", sub=sheet.id)
    desk.hear_receipt(receipt(sheet.id, reply.sheet, reply.records[0].at))
    desk.hear_pending(())
    body = shown(desk).body
    assert (body.received.lot, body.received.code) == (1, reply.sheet.receipt)
    assert desk.unsent == 0
    before = body.sent_count
    seen(desk, venue)
    assert shown(desk).body.sent_count == before == 1


def test_the_next_candidate_waits_until_the_receipt_was_seen(venue, clock):
    desk, sheet = submitted(venue, clock)
    reply = send(venue, "R1-3", sub=sheet.id)
    desk.hear_receipt(receipt(sheet.id, reply.sheet, reply.records[0].at))
    desk.hear_pending(())
    task = m.Task(room="R1", room_title="第1组", lot=2, post="某职位", here=True)
    assert desk.state is not None
    desk.state = m.View(size=9, closed=False, tasks=(task,), floor=(), sent=desk.state.sent, sent_count=1)
    assert isinstance(shown(desk).body, v.WaitView)
    clock.pass_ms(STILL_MS)
    assert shown(desk).body.lot == 2


def test_a_refused_sheet_comes_back_with_its_marks(venue, clock):
    desk, sheet = submitted(venue, clock)
    desk.hear_pending(())
    desk.hear_refused(sheet, m.Refused(code="rules.mark_above", params={}, text="超过满分。", id=sheet.id))
    body = shown(desk).body
    assert [(r.lot, r.text, r.can_edit) for r in body.refusals] == [(1, "超过满分。", True)]
    desk.correct(sheet.id)
    body = shown(desk).body
    assert isinstance(body, v.ScoreView)
    assert body.marks == tuple(STEPS.values())
    assert desk.refusals == []


def test_a_seat_left_out_has_nothing_to_mark_and_is_told_so(venue, clock):
    from tests.world import PROCTOR
    from venue_app.domain import commands as c

    on_floor(venue)
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-3", kind="recused", reason="亲属"), PROCTOR)
    body = shown(seated(venue, clock)).body
    assert isinstance(body, v.WaitView)
    assert str(body.floor[0].fact) == "这位考生您回避，不用打分"


def test_whom_the_panel_waits_for_never_with_what_marks(venue, clock):
    on_floor(venue)
    for seat in ("R1-1", "R1-2", "R1-3"):
        send(venue, seat)
    body = shown(seated(venue, clock)).body
    assert str(body.floor[0].fact) == "还在等 4、5、6、7 号席位"
    assert "80.0" not in repr(body.floor)


def test_an_observer_marks_in_every_room(venue, clock):
    on_floor(venue, "R1", 1)
    on_floor(venue, "R2", 2)
    desk = seated(venue, clock, "OBS-04")
    seen_ = shown(desk)
    assert isinstance(seen_.body, v.ScoreView)
    assert [(t.room, t.lot) for t in seen_.body.others] == [("R2", 2)]
    assert seen_.head.where == "第1组"
    desk.open("R2", 2)
    assert shown(desk).head.where == "第2组"


@pytest.mark.parametrize(
    ("link", "kind"), [("released", "released"), ("replaced", "replaced"), ("refused", "version")]
)
def test_the_end_of_the_line_says_why(venue, clock, link, kind):
    desk = seated(venue, clock)
    desk.hear_link(link)
    assert shown(desk).body.kind == kind


def test_drafts_survive_a_crash_and_belong_to_one_seat(tmp_path):
    drafts = Drafts(tmp_path / "keep" / "drafts.json")
    assert drafts.read("e", "R1-3") == {}
    drafts.write("e", "R1-3", {("R1", 4): {"content": 231}})
    assert Drafts(tmp_path / "keep" / "drafts.json").read("e", "R1-3") == {("R1", 4): {"content": 231}}
    assert drafts.read("e", "R1-4") == {}
    assert drafts.read("other", "R1-3") == {}
    (tmp_path / "keep" / "drafts.json").write_bytes(b"{half")
    assert drafts.read("e", "R1-3") == {}
