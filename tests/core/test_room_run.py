"""A candidate's time before the panel: when the result is made, with marks that come early, late, or under other plans."""

from __future__ import annotations

import tomllib

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
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.host.audit import audit
from venue_app.scheme import preset_text
from venue_app.state.room import awaited, next_step


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
