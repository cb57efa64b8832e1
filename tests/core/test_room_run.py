"""A candidate's time before the panel: when the result is made, with marks that come early, late, or under other plans."""

from __future__ import annotations

import threading
import tomllib
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.world import (
    MARKS,
    PROCTOR,
    FakeClock,
    created,
    judge,
    on_floor,
    prepared,
    send,
    stages_over,
)
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain import floor_commands as f
from venue_app.host.audit import audit
from venue_app.rules import compute
from venue_app.scheme import preset_text
from venue_app.state.facts import facts_of
from venue_app.state.room import awaited, next_step
from venue_app.venue import Venue


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    found = prepared(tmp_path / "a.venue", clock)
    yield found
    audited(found)


def audited(venue):
    """Close it; every journal made here must pass the audit."""
    entries: list[bytes] = []
    venue.with_journal(lambda journal: entries.extend(raw for _, raw in journal.entries()))
    venue.close()
    assert all(check.ok is not False for check in audit(entries))


def refused(code, venue, command, actor=PROCTOR):
    size = venue.state.size
    with pytest.raises(Known) as caught:
        venue.ask(command, actor)
    assert caught.value.code == code
    assert venue.state.size == size


def now(venue, lot=1):
    return venue.state.appearances["R1", lot]


def all_send(venue, lot=1):
    for n in range(1, 8):
        send(venue, f"R1-{n}", lot=lot)


def with_stages(tmp_path, count):
    """The county plan with only its first `count` stages; its speech is worth what it was."""
    whole = preset_text("s0-county-self-nomination")
    assert [s["id"] for s in tomllib.loads(whole)["stages"]] == ["speech", "questions"]
    head, *blocks = whole.split("[[stages]]")
    ends = [block.split("\n\n", 1) for block in blocks]
    kept = "".join("[[stages]]" + own + "\n\n" for own, _ in ends[:count])
    event = replace(created(), scheme=head + kept + ends[-1][1])
    return prepared(tmp_path / "b.venue", FakeClock(), event)


def test_marks_sent_in_the_speech_wait_for_the_questions(venue):
    on_floor(venue)
    all_send(venue)
    assert now(venue).value is None
    assert awaited(venue.state, now(venue)) == (("speech", "questions"), ())
    refused("venue.stages_missing", venue, c.CheckResult(room="R1", lot=1, checker="核分员"))
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert now(venue).value is None
    assert next_step(venue.state, "R1").stage == "questions"
    refused("venue.not_released", venue, c.CloseAppearance(room="R1", lot=1))
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    assert awaited(venue.state, now(venue)) == (("questions",), ())
    reply = venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert [r.kind for r in reply.records] == ["stage.ended", "result.computed"]
    assert now(venue).value == "80.00" and next_step(venue.state, "R1").kind == "check"


def test_the_last_mark_after_the_last_stage_makes_the_result(venue):
    on_floor(venue)
    for n in range(1, 7):
        send(venue, f"R1-{n}")
    stages_over(venue)
    assert now(venue).value is None
    assert awaited(venue.state, now(venue)) == ((), ("R1-7",))
    send(venue, "R1-7")
    assert now(venue).value == "80.00"


def test_the_last_awaited_seat_excused_in_the_speech_waits_too(venue):
    on_floor(venue)
    for n in range(1, 7):
        send(venue, f"R1-{n}")
    venue.ask(c.ExcuseSeat(room="R1", lot=1, seat="R1-7", kind="excused", reason="离席"), PROCTOR)
    assert now(venue).value is None
    stages_over(venue)
    assert now(venue).value == "80.00"


def test_a_correction_of_somebody_who_has_left_needs_no_stage(venue):
    on_floor(venue)
    all_send(venue)
    stages_over(venue)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    on_floor(venue, lot=2)
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="写错", second="监督员甲"), PROCTOR)
    send(venue, "R1-3", content="20.0")
    # 80 six times and one 76: one 80 and the 76 go, the mean of five 80s stays.
    assert now(venue).value == "80.00" and now(venue, 2).value is None


def test_paper_typed_in_the_speech_waits_like_the_rest(venue):
    on_floor(venue)
    for n in range(1, 7):
        send(venue, f"R1-{n}")
    paper = f.EnterPaperSheet(
        room="R1", lot=1, seat="R1-7", marks=MARKS, again=MARKS, first="计分员", second="核分员"
    )
    venue.ask(paper, PROCTOR)
    assert now(venue).value is None
    stages_over(venue)
    assert now(venue).value == "80.00"


def test_a_plan_with_one_stage(tmp_path):
    venue = with_stages(tmp_path, 1)
    on_floor(venue)
    all_send(venue)
    assert now(venue).value is None
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    assert now(venue).value == "80.00"
    audited(venue)


def test_a_plan_without_stages_is_marked_from_the_call(tmp_path):
    venue = with_stages(tmp_path, 0)
    early = c.SubmitSheet(room="R1", lot=1, seat="R1-1", marks=MARKS)
    refused("venue.not_open_for_marks", venue, early, judge("R1-1"))
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(f.RecallCandidate(room="R1", lot=1), PROCTOR)  # called is not begun: nobody has come yet
    assert next_step(venue.state, "R1").kind == "wait-marks"
    for n in range(1, 7):
        send(venue, f"R1-{n}")
    refused("venue.absent_too_late", venue, c.MarkAbsent(room="R1", lot=1))
    send(venue, "R1-7")
    assert now(venue).value == "80.00" and next_step(venue.state, "R1").kind == "check"
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=2), PROCTOR)
    assert now(venue, 2).status == "absent"
    audited(venue)


PENALTIES = """at_end = "penalty"
penalties = [{ up_to_s = 10, points = 0.02 }, { up_to_s = 30, points = 0.05 }]
"""


def with_end(end):
    """The county plan whose speech ends in another way, and whose overrun is a component of its own."""
    whole = preset_text("s0-county-self-nomination")
    speech, rest = whole.split('at_end = "bell"\n', 1)
    late = '[[components]]\nid = "late"\nkind = "overrun"\ntitle = "超时扣分"\nstage = "speech"\n\n'
    first = rest.index("[[components]]")
    return replace(created(), scheme=speech + end + rest[:first] + late + rest[first:])


@pytest.mark.parametrize(
    ("over_ms", "points"),
    [(-1, "0"), (0, "0"), (999, "0"), (1_000, "0.02"), (10_999, "0.02"), (11_000, "0.05"), (95_000, "0.05")],
)
def test_running_over_costs_by_whole_seconds(tmp_path, over_ms, points):
    clock = FakeClock()
    venue = prepared(tmp_path / "p.venue", clock, with_end(PENALTIES))
    on_floor(venue)
    clock.pass_ms(480_000 + over_ms)
    over = ended(venue)
    assert (over.over_ms, over.penalty) == (max(0, over_ms), points)
    entry = now(venue).entry
    found = compute(venue.state.scheme, facts_of(venue.state))
    assert found.entries[entry].values["late"] == Decimal(points)
    audited(venue)


def test_more_time_moves_the_penalty(tmp_path):
    clock = FakeClock()
    venue = prepared(tmp_path / "p.venue", clock, with_end(PENALTIES))
    on_floor(venue)
    venue.ask(f.ExtendStage(room="R1", add_ms=60_000, reason="话筒故障"), PROCTOR)
    clock.pass_ms(541_000)
    over = ended(venue)
    assert (over.over_ms, over.penalty) == (1_000, "0.02")
    audited(venue)


def ended(venue):
    """End the stage; the entry that says so."""
    fact = venue.ask(c.EndStage(room="R1"), PROCTOR).records[0].data
    assert isinstance(fact, e.StageEnded)
    return fact


def settled(venue):
    """The venue's thread has been round twice: what it does by itself is done, and its beat is kept."""
    for _ in range(2):
        done = threading.Event()
        venue.with_journal(lambda _, done=done: done.set())
        assert done.wait(10)


def test_the_plan_cuts_at_the_limit_and_not_later(tmp_path):
    clock = FakeClock()
    venue = prepared(tmp_path / "p.venue", clock, with_end('at_end = "cut"\n'))
    on_floor(venue)
    clock.pass_ms(479_999)
    settled(venue)
    assert now(venue).clock is not None
    clock.pass_ms(700)
    settled(venue)
    (over,) = now(venue).ended_stages
    assert (over.stage, over.spent_ms) == ("speech", 480_000)
    assert next_step(venue.state, "R1").stage == "questions"
    audited(venue)


def test_a_pause_after_the_cut_was_due_comes_too_late(tmp_path):
    clock = FakeClock()
    venue = prepared(tmp_path / "p.venue", clock, with_end('at_end = "cut"\n'))
    on_floor(venue)
    clock.pass_ms(480_500)
    with pytest.raises(Known) as caught:
        venue.ask(c.PauseStage(room="R1", reason="停电"), PROCTOR)
    assert caught.value.code == "venue.no_clock"
    assert [s.spent_ms for s in now(venue).ended_stages] == [480_000]
    audited(venue)


def test_the_wall_clock_set_back_an_hour_changes_no_time(venue, clock):
    on_floor(venue)
    clock.pass_ms(60_000)
    clock.wall -= 3_600_000
    clock.pass_ms(20_000)
    running = now(venue).clock
    assert running is not None and running.remaining(clock.mono_ms()) == 400_000
    over = ended(venue)
    assert over.spent_ms == 80_000


@pytest.mark.parametrize("counted", [False, True])
def test_after_five_minutes_asleep_the_clock_stands_where_it_was(venue, clock, counted):
    on_floor(venue)
    clock.pass_ms(60_000)
    settled(venue)
    clock.sleep_ms(300_000, counted=counted)
    settled(venue)
    stopped = now(venue).clock
    assert stopped is not None and (stopped.phase, stopped.reason) == ("paused", "asleep")
    assert 60_000 <= stopped.spent_ms <= 61_000
    clock.pass_ms(5_000)
    venue.ask(c.ResumeStage(room="R1"), PROCTOR)
    clock.pass_ms(10_000)
    running = now(venue).clock
    assert running is not None and running.remaining(clock.mono_ms()) == 410_000 - (stopped.spent_ms - 60_000)
    assert venue.state.incidents[-1].kind == "asleep"


def test_what_was_sent_during_the_sleep_is_decided_after_it_was_noticed(venue, clock):
    on_floor(venue)
    settled(venue)
    clock.sleep_ms(300_000, counted=True)
    over = ended(venue)
    assert over.spent_ms <= 1_000


def test_a_restart_in_the_speech_keeps_the_time(tmp_path, clock):
    path = tmp_path / "r.venue"
    venue = prepared(path, clock)
    on_floor(venue)
    clock.pass_ms(123_000)
    venue.close()
    clock.wall -= 3_600_000
    clock.mono += 40_000
    again = Venue(path, clock)
    stopped = now(again).clock
    assert stopped is not None and (stopped.phase, stopped.reason) == ("paused", "restart")
    assert stopped.remaining(clock.mono_ms()) == 480_000 - 123_000
    audited(again)


def test_the_machine_tells_how_long_it_slept():
    own = SystemClock()
    first = own.slept_ms()
    assert first >= -1 and abs(own.slept_ms() - first) <= 1_000
