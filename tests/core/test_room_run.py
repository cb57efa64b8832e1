"""A candidate's time before the panel: when the result is made, with marks that come early, late, or under other plans."""

from __future__ import annotations

import threading
import tomllib
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.waits import WAIT_S
from tests.world import (
    MARKS,
    PROCTOR,
    FakeClock,
    created,
    held_back,
    judge,
    on_floor,
    prepared,
    roster,
    send,
    stages_over,
)
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain import floor_commands as f
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.rules import compute
from venue_app.scheme import preset_text
from venue_app.scheme.attendance import NO_ATTENDANCE
from venue_app.state.facts import facts_of
from venue_app.state.places import SUPERVISOR
from venue_app.state.room import awaited, may_be_told, next_step
from venue_app.venue import Venue
from venue_app.venue.clocks import SLEPT_MS


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
        assert done.wait(WAIT_S)


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
    assert abs(own.slept_ms() - first) < SLEPT_MS


def attended(tmp_path, clock, rules):
    """The county plan with rules of presence."""
    whole = preset_text("s0-county-self-nomination")
    text = whole.replace("[[stages]]", f"[attendance]\n{rules}\n[[stages]]", 1)
    return prepared(tmp_path / "att.venue", clock, replace(created(), scheme=text))


def test_absent_only_after_so_many_calls(tmp_path, clock):
    venue = attended(tmp_path, clock, "calls = 3\n")
    refused("venue.absent_calls", venue, c.MarkAbsent(room="R1", lot=1))
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    for _ in range(2):
        refused("venue.absent_calls", venue, c.MarkAbsent(room="R1", lot=1))
        venue.ask(f.RecallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    assert (now(venue).status, now(venue).calls) == ("absent", 3)
    audited(venue)


def test_absent_only_so_long_after_the_first_call_whatever_the_wall_clock_says(tmp_path, clock):
    venue = attended(tmp_path, clock, "wait_s = 300\n")
    refused("venue.absent_early", venue, c.MarkAbsent(room="R1", lot=1))
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    clock.pass_ms(200_000)
    venue.ask(f.RecallCandidate(room="R1", lot=1), PROCTOR)
    clock.wall += 3_600_000
    clock.pass_ms(99_000)
    with pytest.raises(Known) as caught:
        venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    assert (caught.value.code, caught.value.params["left"]) == ("venue.absent_early", "0:01")
    clock.pass_ms(1_000)
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    assert now(venue).status == "absent"
    audited(venue)


@pytest.mark.parametrize("way", ["screen", "signature"])
def test_no_supervisor_no_session(tmp_path, clock, way):
    venue = attended(tmp_path, clock, "supervisor = true\n")
    call = c.CallCandidate(room="R1", lot=1)
    refused("venue.no_supervisor", venue, call)
    notary = Actor(role=Role.NOTARY, name="公证员乙")
    venue.ask(f.CoSign(milestone="opening"), notary)
    refused("venue.no_supervisor", venue, call)
    if way == "screen":
        join = c.JoinStation(seat=SUPERVISOR, device="d", device_name="电脑", person="监督员甲")
        venue.ask(join, PROCTOR)
    else:
        venue.ask(f.CoSign(milestone="opening"), Actor(role=Role.SUPERVISOR, name="监督员甲"))
    venue.ask(call, PROCTOR)
    assert venue.state.floor == {"R1": 1}
    audited(venue)


def test_a_plan_that_is_silent_asks_for_none_of_it(venue):
    assert venue.state.scheme.attendance == NO_ATTENDANCE
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    assert now(venue).status == "absent" and venue.state.floor == {"R1": 2}


def test_a_wrong_person_is_put_back_as_if_never_called(venue):
    before = venue.state.appearances
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(f.UndoStep(room="R1"), PROCTOR)
    assert venue.state.appearances == before and venue.state.floor == {}
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(f.ConfirmIdentity(room="R1", lot=2, by="引导员"), PROCTOR)
    # Somebody vouched for this person: putting them back would hide it.
    refused("venue.nothing_to_undo", venue, f.UndoStep(room="R1"))
    venue.ask(c.StartStage(room="R1", stage="speech"), PROCTOR)
    send(venue, "R1-1", lot=2)
    refused("venue.nothing_to_undo", venue, f.UndoStep(room="R1"))


def test_the_second_click_the_second_console_and_the_early_call_are_sentences(venue):
    """Each is refused whole: nothing is written, and what it says can be read in every language."""
    on_floor(venue)
    console = Actor(role=Role.PROCTOR, name="二号台", room="R1")
    cases = [
        ("venue.clock_running", c.StartStage(room="R1", stage="speech"), console),
        ("venue.clock_running", c.StartStage(room="R1", stage="questions"), PROCTOR),
        ("venue.floor_taken", c.CallCandidate(room="R1", lot=1), console),
        ("venue.floor_taken", c.CallCandidate(room="R1", lot=2), console),
        ("venue.absent_too_late", c.MarkAbsent(room="R1", lot=1), console),
        ("venue.clock_not_paused", c.ResumeStage(room="R1"), console),
        ("venue.clock_running", c.CloseAppearance(room="R1", lot=1), PROCTOR),
    ]
    for code, command, actor in cases:
        refused(code, venue, command, actor)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    refused("venue.no_clock", venue, c.EndStage(room="R1"), console)
    refused("venue.not_next_stage", venue, c.StartStage(room="R1", stage="speech"), console)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    for n in range(1, 7):
        send(venue, f"R1-{n}")
    refused("venue.floor_taken", venue, c.CallCandidate(room="R1", lot=2), console)
    refused("venue.not_released", venue, c.CloseAppearance(room="R1", lot=1), console)
    refused("venue.result_missing", venue, c.CheckResult(room="R1", lot=1, checker="核分员"), console)
    send(venue, "R1-7")
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), console)
    refused("venue.already_checked", venue, c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    refused("venue.already_released", venue, c.ReleaseResult(room="R1", lot=1), console)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    refused("venue.floor_empty", venue, c.CloseAppearance(room="R1", lot=1), console)
    for code in {code for code, _, _ in cases} | {
        "venue.no_clock",
        "venue.not_next_stage",
        "venue.no_supervisor",
    }:
        for language in LANGUAGES:
            fault = Known(code, stage="speech", lot=1, now=1)
            assert say(fault, language) != code and "{" not in say(fault, language)


@pytest.mark.parametrize("how", ["at-once", "after-next", "after-post", "after-half-day", "at-end"])
def test_each_way_of_announcing_tells_everybody_in_the_end(venue, how):
    """At once, after the next person, at the end of the post or the half-day: checked by another, signed, told."""
    venue.ask(f.ChooseAnnouncing(room="R1", announcing=how), PROCTOR)
    told_when = []
    for lot in (1, 2, 3):
        on_floor(venue, lot=lot)
        all_send(venue, lot)
        stages_over(venue)
        refused("venue.second_person", venue, c.CheckResult(room="R1", lot=lot, checker="考务"))
        refused("venue.not_checked", venue, f.RecordSignature(room="R1", lot=lot))
        venue.ask(c.CheckResult(room="R1", lot=lot, checker="核分员"), PROCTOR)
        if how == "at-once":
            venue.ask(c.ReleaseResult(room="R1", lot=lot), PROCTOR)
        elif (how, lot) != ("after-next", 3):  # nobody comes after the last
            refused("venue.told_later", venue, c.ReleaseResult(room="R1", lot=lot))
        venue.ask(f.RecordSignature(room="R1", lot=lot), PROCTOR)
        venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)
        for held in held_back(venue):
            if may_be_told(venue.state, held):
                venue.ask(c.ReleaseResult(room="R1", lot=held.lot), PROCTOR)
        told_when.append([a.lot for a in venue.state.queue("R1") if a.released])
    expected = {
        "at-once": [[1], [1, 2], [1, 2, 3]],
        "after-next": [[], [1], [1, 2, 3]],
        "after-post": [[], [], [1, 2, 3]],  # all three compete for one post
        "after-half-day": [[], [], [1, 2, 3]],  # the plan has no half-days: the room's only one
        "at-end": [[], [], [1, 2, 3]],
    }
    assert told_when == expected[how]
    assert all(a.signed for a in venue.state.queue("R1"))


def test_after_the_post_means_its_people_and_nobody_else(tmp_path, clock):
    command = roster()
    one_room = tuple(replace(post, room="R1") for post in command.posts)
    venue = prepared(tmp_path / "posts.venue", clock, None, replace(command, posts=one_room))
    venue.ask(f.ChooseAnnouncing(room="R1", announcing="after-post"), PROCTOR)
    posts = [venue.state.entries[a.entry].post for a in venue.state.queue("R1")]
    assert sorted(set(posts)) == ["P1", "P2"]
    for lot in range(1, len(posts) + 1):
        on_floor(venue, lot=lot)
        all_send(venue, lot)
        stages_over(venue)
        venue.ask(c.CheckResult(room="R1", lot=lot, checker="核分员"), PROCTOR)
        venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)
        told = {a.lot for a in held_back(venue) if may_be_told(venue.state, a)}
        over = {p for p in ("P1", "P2") if p not in posts[lot:]}
        assert told == {n for n, p in enumerate(posts[:lot], 1) if p in over}
    audited(venue)
