"""The owner of state: what it takes, what it refuses, and what survives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.world import (
    MARKS,
    PEOPLE,
    PROCTOR,
    FakeClock,
    created,
    judge,
    on_floor,
    prepared,
    roster,
    send,
    stages_over,
)
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.floor_commands import ChangeScheme
from venue_app.domain.roles import Actor, Role
from venue_app.rules import draw, panel_result
from venue_app.state.facts import facts_of
from venue_app.state.room import next_step
from venue_app.venue import Venue


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    found = prepared(tmp_path / "a.venue", clock)
    yield found
    found.close()


def floor(venue, room="R1"):
    now = venue.state.on_floor(room)
    assert now is not None and now.clock is not None
    return now


def refused(code, call, *args):
    with pytest.raises(Known) as caught:
        call(*args)
    assert caught.value.code == code


def test_a_whole_appearance(venue):
    on_floor(venue)
    for stage in ("speech", "questions"):
        if stage != "speech":
            venue.ask(c.StartStage(room="R1", stage=stage), PROCTOR)
        venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert next_step(venue.state, "R1").missing == tuple(f"R1-{n}" for n in range(1, 8))
    # totals 80, 80, 80, 80, 80, 81, 70: one 81 and the 70 go, 400 / 5 = 80.00
    for n in range(1, 6):
        send(venue, f"R1-{n}")
    send(venue, "R1-6", content="25.0")
    assert venue.state.appearances["R1", 1].value is None
    send(venue, "R1-7", content="14.0")
    assert venue.state.appearances["R1", 1].value == "80.00"
    refused("venue.not_checked", venue.ask, c.ReleaseResult(room="R1", lot=1), PROCTOR)
    refused("venue.second_person", venue.ask, c.CheckResult(room="R1", lot=1, checker="考务"), PROCTOR)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    assert next_step(venue.state, "R1").lot == 2


def test_recusal_changes_the_arithmetic(venue):
    on_floor(venue)
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-7", kind="recused", reason="亲属"), PROCTOR)
    # 76 80 80 80 84 90 without seat 7: the 76 and the 90 go, 324 / 4 = 81.00
    for n, content in enumerate(("20", "24", "24", "24", "28"), start=1):
        send(venue, f"R1-{n}", content=content)
    send(venue, "R1-6", content="30", language="20")
    stages_over(venue)
    assert venue.state.appearances["R1", 1].value == "81.00"


def test_below_the_panel_minimum_waits(venue):
    on_floor(venue)
    for n in (5, 6, 7):
        venue.ask(c.ExcuseSeat(room="R1", lot=1, seat=f"R1-{n}", kind="excused", reason="病"), PROCTOR)
    for n in range(1, 5):
        send(venue, f"R1-{n}")
    for stage in ("speech", "questions"):
        if stage != "speech":
            venue.ask(c.StartStage(room="R1", stage=stage), PROCTOR)
        venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert venue.state.appearances["R1", 1].value is None
    assert next_step(venue.state, "R1").kind == "set-aside"
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)  # nobody is stuck in front of the hall
    assert next_step(venue.state, "R1").lot == 2
    now = venue.state.appearances["R1", 1]
    found = panel_result(venue.state.scheme, facts_of(venue.state), now.entry, "panel")
    assert found.state == "below_minimum" and found.value is None


def test_same_submission_same_receipt_and_nothing_new(venue):
    on_floor(venue)
    first = send(venue, "R1-1", sub="s1")
    size = venue.state.size
    again = send(venue, "R1-1", sub="s1")
    assert again.repeated and again.sheet == first.sheet and venue.state.size == size
    refused("venue.submission_reused", lambda: send(venue, "R1-1", sub="s1", content="25"))
    refused("venue.sheet_already_in", lambda: send(venue, "R1-1", sub="s2"))


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"content": "30.1"}, "rules.mark_above"),
        ({"content": "24.05"}, "rules.mark_step"),
        ({"content": "-1"}, "venue.mark_not_a_number"),
        ({"content": "1e1"}, "venue.mark_not_a_number"),
        ({"content": "NaN"}, "venue.mark_not_a_number"),
        ({"style": "1"}, "rules.mark_unknown"),
    ],
)
def test_impossible_marks_are_refused(venue, marks, code):
    on_floor(venue)
    refused(code, lambda: send(venue, "R1-1", **marks))
    assert not venue.state.appearances["R1", 1].sheets


def test_missing_criterion_is_refused(venue):
    on_floor(venue)
    marks = {k: v for k, v in MARKS.items() if k != "manner"}
    command = c.SubmitSheet(room="R1", lot=1, seat="R1-1", marks=marks)
    refused("rules.mark_missing", venue.ask, command, judge("R1-1"))


def test_roles_are_checked(venue):
    on_floor(venue)
    mine = c.SubmitSheet(room="R1", lot=1, seat="R1-1", marks=MARKS)
    refused("venue.not_your_seat", venue.ask, mine, judge("R1-2"))
    refused("venue.not_allowed", venue.ask, c.EndStage(room="R1"), judge("R1-1"))
    refused("venue.not_your_room", lambda: send(venue, "R2-1"))
    refused("venue.not_open_for_marks", lambda: send(venue, "OBS-01", lot=2))
    console = Actor(role=Role.PROCTOR, name="二室", room="R2")
    refused("venue.not_your_room", venue.ask, c.EndStage(room="R1"), console)


def test_marks_only_for_who_has_begun(venue):
    refused("venue.not_open_for_marks", lambda: send(venue, "R1-1"))
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    refused("venue.not_open_for_marks", lambda: send(venue, "R1-1"))
    refused("venue.floor_taken", venue.ask, c.CallCandidate(room="R1", lot=2), PROCTOR)


def test_absent_leaves_the_floor(venue):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    assert venue.state.appearances["R1", 1].status == "absent"
    assert next_step(venue.state, "R1").kind == "call"
    refused("venue.lot_not_waiting", venue.ask, c.CallCandidate(room="R1", lot=1), PROCTOR)


def test_clock_counts_only_while_running(venue, clock):
    on_floor(venue)
    clock.pass_ms(10_000)
    refused("venue.clock_running", venue.ask, c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.PauseStage(room="R1", reason="停电"), PROCTOR)
    clock.pass_ms(60_000)
    running = floor(venue).clock
    assert running.spent(clock.mono) == 10_000 and running.remaining(clock.mono) == 470_000
    venue.ask(c.ResumeStage(room="R1"), PROCTOR)
    clock.pass_ms(5_000)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert venue.state.appearances["R1", 1].ended_stages[0].spent_ms == 15_000


def test_wall_clock_set_back_changes_no_remaining_time(venue, clock):
    on_floor(venue)
    clock.pass_ms(1_000)
    clock.wall -= 3_600_000
    assert floor(venue).clock.remaining(clock.mono) == 479_000


def test_restart_is_where_it_was(tmp_path, clock):
    path = tmp_path / "b.venue"
    venue = prepared(path, clock)
    on_floor(venue)
    send(venue, "R1-1")
    clock.pass_ms(7_000)
    before = venue.state
    venue.close()  # keeps the clock's position
    clock.pass_ms(300_000)
    venue = Venue(path, clock)
    now = floor(venue)
    assert now.clock.phase == "paused" and now.clock.reason == "restart"
    assert now.clock.remaining(clock.mono) == 473_000
    assert now.sheets == before.appearances["R1", 1].sheets
    assert venue.state.lots == before.lots and venue.state.values == before.values
    venue.ask(c.ResumeStage(room="R1"), PROCTOR)
    clock.pass_ms(1_000)
    assert floor(venue).clock.remaining(clock.mono) == 472_000
    venue.close()


def test_draw_can_be_recomputed_by_hand(venue):
    held = venue.state.draw
    assert draw.commitment(held.nonce) == held.commitment
    for room, order in held.result.items():
        by_hand = sorted(held.listed[room], key=lambda x: (draw.ticket(held.seed, x), x))
        assert list(order) == by_hand
    assert {a.entry for a in venue.state.queue("R1")} == {"E001", "E003", "E005"}


def test_draw_once(venue):
    refused("draw.already_held", venue.ask, dc.HoldDraw(public="1"), PROCTOR)
    refused("draw.already_prepared", venue.ask, dc.FreezeDraw(), PROCTOR)
    refused("venue.roster_after_draw", venue.ask, roster(), PROCTOR)


def test_the_plan_can_change_until_the_run_is_open(tmp_path):
    venue = Venue.create(tmp_path / "d.venue", created())
    venue.ask(roster(), PROCTOR)
    shorter = created().scheme.replace("limit_s = 480", "limit_s = 360")
    venue.ask(ChangeScheme(scheme=shorter), PROCTOR)
    assert venue.state.scheme.stage("speech").limit_s == 360 and venue.state.entries
    fewer = shorter.replace("seats = 20", "seats = 15").replace("minimum = 15", "minimum = 10")
    refused("venue.scheme_drops_roster", venue.ask, ChangeScheme(scheme=fewer), PROCTOR)
    venue.ask(ChangeScheme(scheme=fewer, drop_roster=True), PROCTOR)
    assert not venue.state.entries and not venue.state.seats
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    refused("venue.scheme_frozen", venue.ask, ChangeScheme(scheme=shorter), PROCTOR)
    assert venue.state.opened_scheme == venue.state.scheme.digest
    venue.close()


def test_half_a_roster_is_no_roster(tmp_path):
    venue = Venue.create(tmp_path / "c.venue", created())
    good = roster()
    bad = c.ImportRoster(
        candidates=good.candidates[:-1],
        posts=good.posts,
        entries=good.entries,
        rooms=good.rooms,
        seats=good.seats,
        values=good.values,
        sources=(),
    )
    refused("venue.roster_dangling", venue.ask, bad, PROCTOR)
    refused("venue.roster_missing", venue.ask, c.OpenRun(people=PEOPLE), PROCTOR)
    assert venue.state.size == 1 and not venue.state.candidates
    venue.close()


def test_many_hands_at_once_nothing_lost(venue):
    on_floor(venue)
    seats = [f"R1-{n}" for n in range(1, 8)] + [f"OBS-{n:02d}" for n in range(1, 21)]
    with ThreadPoolExecutor(27) as pool:
        receipts = list(pool.map(lambda s: send(venue, s, sub=f"sub-{s}").sheet.receipt, seats))
    assert len(set(receipts)) == 27
    assert {s.receipt for s in venue.state.appearances["R1", 1].sheets.values()} == set(receipts)
    stages_over(venue)
    assert venue.state.appearances["R1", 1].value == "80.00"


def test_close_only_when_everybody_is_done(venue):
    refused("venue.close_too_early", venue.ask, c.CloseRun(people=PEOPLE), PROCTOR)
    for room, lot in list(venue.state.appearances):
        venue.ask(c.MarkAbsent(room=room, lot=lot), PROCTOR)
    venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
    refused("venue.closed", venue.ask, c.CallCandidate(room="R1", lot=1), PROCTOR)
