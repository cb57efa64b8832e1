"""The day as it really goes: corrections, paper, recusals, late telling, steps taken back, draws by hand."""

from __future__ import annotations

import msgspec
import pytest

from tests.world import (
    MARKS,
    PEOPLE,
    PROCTOR,
    FakeClock,
    created,
    held_back,
    on_floor,
    prepared,
    roster,
    send,
)
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as f
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.rules import compute
from venue_app.state.facts import facts_of
from venue_app.state.room import next_step, reopened
from venue_app.venue import Venue

NOTARY = Actor(role=Role.NOTARY, name="公证员乙")


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    found = prepared(tmp_path / "a.venue", clock)
    yield found
    entries: list[bytes] = []
    found.with_journal(lambda journal: entries.extend(raw for _, raw in journal.entries()))
    found.close()
    assert all(check.ok is not False for check in audit(entries)), (
        "every journal made here must pass the audit"
    )


def refused(code, venue, command, actor=PROCTOR):
    size = venue.state.size
    with pytest.raises(Known) as caught:
        venue.ask(command, actor)
    assert caught.value.code == code
    assert venue.state.size == size


def finish(venue, lot=1, *, release=True):
    """One candidate from call to the end, all seats marking 80."""
    on_floor(venue, lot=lot)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    venue.ask(c.StartStage(room="R1", stage="questions"), PROCTOR)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    for n in range(1, 8):
        send(venue, f"R1-{n}", lot=lot)
    venue.ask(c.CheckResult(room="R1", lot=lot, checker="核分员"), PROCTOR)
    if release:
        venue.ask(c.ReleaseResult(room="R1", lot=lot), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)


def appearance(venue, lot=1):
    return venue.state.appearances["R1", lot]


def test_a_reopened_sheet_keeps_both_versions(venue):
    finish(venue)
    venue.ask(f.RecordSignature(room="R1", lot=1), PROCTOR)
    assert appearance(venue).signed
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="写错一项", second="监督员甲"), PROCTOR)
    now = appearance(venue)
    assert (now.value, now.checker, now.released) == (None, None, False)
    assert (now.signed, now.refused) == (False, ""), "the candidate signed another result"
    assert [s.total for s in now.superseded] == ["80.0"] and "R1-3" not in now.sheets
    assert [a.lot for a in reopened(venue.state, "R1")] == [1]
    # 90 instead of 80 is now the one highest and is dropped; the mean of five 80s stays.
    send(venue, "R1-3", content="30", language="20")
    assert appearance(venue).value == "80.00"
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    assert reopened(venue.state, "R1") == []


def test_a_correction_never_reaches_another_candidate(venue):
    finish(venue)
    on_floor(venue, lot=2)
    before = appearance(venue, 2)
    venue.ask(f.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="写错", second="监督员甲"), PROCTOR)
    send(venue, "R1-3", lot=1)
    assert appearance(venue, 2) == before


def test_reopening_needs_a_reason_and_another_person(venue):
    finish(venue)
    refused(
        "venue.reason_missing", venue, f.ReopenSheet(room="R1", lot=1, seat="R1-1", reason=" ", second="乙")
    )
    refused(
        "venue.second_person", venue, f.ReopenSheet(room="R1", lot=1, seat="R1-1", reason="错", second="考务")
    )
    refused(
        "venue.no_sheet_yet", venue, f.ReopenSheet(room="R1", lot=1, seat="OBS-01", reason="错", second="乙")
    )


def test_a_paper_sheet_is_typed_twice(venue):
    on_floor(venue)
    other = {**MARKS, "content": "25.0"}
    paper = f.EnterPaperSheet(
        room="R1", lot=1, seat="R1-1", marks=MARKS, again=other, first="计分员", second="核分员"
    )
    refused("venue.typed_differently", venue, paper)
    same = f.EnterPaperSheet(
        room="R1",
        lot=1,
        seat="R1-1",
        marks=MARKS,
        again={**MARKS, "content": "24"},
        first="计分员",
        second="核分员",
    )
    venue.ask(same, PROCTOR)
    assert appearance(venue).sheets["R1-1"].total == "80.0"
    assert venue.state.incidents[-1].kind == "paper"
    alone = f.EnterPaperSheet(
        room="R1", lot=1, seat="R1-2", marks=MARKS, again=MARKS, first="甲", second="甲"
    )
    refused("venue.second_person", venue, alone)
    refused("venue.second_person", venue, msgspec.structs.replace(alone, second="甲\u200b"))


@pytest.mark.parametrize("name", ["考 务", "考\u3000务", "\u200b考务", "\u200b", "\ufeff考\n务"])
def test_another_person_is_not_the_same_name_with_spaces(venue, name):
    finish(venue)
    again = f.ReopenSheet(room="R1", lot=1, seat="R1-1", reason="错", second=name)
    refused("venue.second_person", venue, again)


def test_recusal_from_a_post_holds_for_each_of_its_people(venue):
    venue.ask(f.RecuseFromPost(seat="R1-2", post="P1", reason="本单位职位"), PROCTOR)
    for lot in (1, 2):
        venue.ask(c.CallCandidate(room="R1", lot=lot), PROCTOR)
        assert appearance(venue, lot).excused["R1-2"].kind == "recused"
        venue.ask(c.MarkAbsent(room="R1", lot=lot), PROCTOR)
    refused("venue.already_excused", venue, f.RecuseFromPost(seat="R1-2", post="P1", reason="再次"))


def test_telling_after_the_next(venue):
    venue.ask(f.ChooseAnnouncing(room="R1", announcing="after-next"), PROCTOR)
    finish(venue, release=False)
    assert [a.lot for a in held_back(venue)] == [1]
    refused("venue.told_later", venue, c.ReleaseResult(room="R1", lot=1))
    finish(venue, lot=2, release=False)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    refused("venue.told_later", venue, c.ReleaseResult(room="R1", lot=2))


def test_telling_at_the_end(venue):
    venue.ask(f.ChooseAnnouncing(room="R1", announcing="at-end"), PROCTOR)
    for lot in (1, 2):
        finish(venue, lot=lot, release=False)
    refused("venue.told_later", venue, c.ReleaseResult(room="R1", lot=1))
    venue.ask(c.MarkAbsent(room="R1", lot=3), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    assert appearance(venue).released


def test_more_time_changes_the_limit_only(venue, clock):
    on_floor(venue)
    clock.pass_ms(20_000)
    venue.ask(f.ExtendStage(room="R1", add_ms=60_000, reason="话筒故障"), PROCTOR)
    now = appearance(venue).clock
    assert now is not None and now.spent(clock.mono) == 20_000 and now.remaining(clock.mono) == 520_000
    refused("venue.extension_range", venue, f.ExtendStage(room="R1", add_ms=500, reason="x"))


def test_a_wrong_call_is_taken_back(venue):
    before = venue.state
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(f.UndoStep(room="R1"), PROCTOR)
    assert venue.state.appearances == before.appearances and venue.state.floor == before.floor
    refused("venue.nothing_to_undo", venue, f.UndoStep(room="R1"))


def test_a_stage_ended_too_early_runs_on(venue, clock):
    on_floor(venue)
    clock.pass_ms(5_000)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    clock.pass_ms(2_000)
    venue.ask(f.UndoStep(room="R1"), PROCTOR)
    now = appearance(venue).clock
    assert now is not None and now.phase == "running" and now.spent(clock.mono) == 7_000


def test_nothing_is_undone_under_a_mark(venue):
    on_floor(venue)
    venue.ask(c.EndStage(room="R1"), PROCTOR)
    send(venue, "R1-1")
    refused("venue.nothing_to_undo", venue, f.UndoStep(room="R1"))


def test_absence_and_waiver_by_mistake_come_back(venue):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(f.RecallCandidate(room="R1", lot=1), PROCTOR)
    assert appearance(venue).calls == 2
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    venue.ask(f.UndoStep(room="R1"), PROCTOR)
    assert appearance(venue).status == "floor" and venue.state.floor["R1"] == 1
    venue.ask(f.WaiveEntry(room="R1", lot=1, reason="本人放弃", second="监督员甲"), PROCTOR)
    assert appearance(venue).status == "waived" and next_step(venue.state, "R1").lot == 2
    entry = appearance(venue).entry
    assert compute(venue.state.scheme, facts_of(venue.state)).entries[entry].outcome.code == "waived"


def test_identity_incident_signature(venue):
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(f.ConfirmIdentity(room="R1", lot=1, by="引导员"), PROCTOR)
    assert appearance(venue).identified == "引导员"
    refused("venue.not_checked", venue, f.RecordSignature(room="R1", lot=1))
    venue.ask(f.NoteIncident(room="R1", lot=1, text="报出姓名", decision="提醒一次", violation=True), PROCTOR)
    last = venue.state.incidents[-1]
    assert (last.kind, last.text, last.decision) == ("violation", "报出姓名", "提醒一次")


def test_the_candidate_signs_or_says_why_not(venue):
    finish(venue)
    venue.ask(f.RecordSignature(room="R1", lot=1, refused="对分数有异议"), PROCTOR)
    assert not appearance(venue).signed and appearance(venue).refused == "对分数有异议"
    venue.ask(f.RecordSignature(room="R1", lot=1), PROCTOR)
    assert appearance(venue).signed


def test_witnesses_sign_and_nobody_else(venue):
    refused("venue.not_allowed", venue, f.CoSign(milestone="draw"))
    size = venue.state.size
    venue.ask(f.CoSign(milestone="draw"), NOTARY)
    signed = venue.state.witnessed[-1]
    assert (signed.milestone, signed.name, signed.size) == ("draw", "公证员乙", size)
    refused("venue.not_checked", venue, f.CoSign(milestone="result", room="R1", lot=1), NOTARY)


def test_a_draw_held_by_hand(tmp_path, clock):
    venue = Venue.create(tmp_path / "b.venue", created(), clock)
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    order = {"R1": ("E003", "E001", "E005"), "R2": ("E002", "E006", "E004")}

    def typed(**changes):
        given = {"result": order, "again": order, "witnesses": ("甲", "乙"), "means": "乒乓球"} | changes
        return dc.TypeDraw(**given)

    refused("draw.two_witnesses", venue, typed(witnesses=("甲", "甲")))
    refused("draw.typed_differently", venue, typed(again={**order, "R1": ("E001", "E003", "E005")}))
    short = {**order, "R1": ("E003", "E001", "E001")}
    refused("draw.typed_incomplete", venue, typed(result=short, again=short))
    venue.ask(typed(), PROCTOR)
    assert venue.state.lots["E003"].number == 1 and venue.state.appearances["R2", 3].entry == "E004"
    venue.close()


def test_a_redraw_keeps_the_first(venue):
    first = venue.state.draw
    assert first is not None
    venue.ask(dc.DiscardDraw(reason="名单漏人", second="公证员乙"), PROCTOR)
    assert venue.state.draw is None and not venue.state.appearances
    assert venue.state.past_draws[0].result == first.result
    assert venue.state.past_draws[0].set_aside == "名单漏人"
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="271828"), PROCTOR)
    again = venue.state.draw
    assert again is not None and again.seed != first.seed
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    refused("draw.too_late_to_redo", venue, dc.DiscardDraw(reason="x", second="公证员乙"))
