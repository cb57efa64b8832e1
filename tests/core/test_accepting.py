"""A panel below its minimum: two people decide that the sheets there are count. Every number worked by hand."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.core.rules_world import entries, facts_of, panel_scheme, sheets
from tests.heard import hear
from tests.heard import opened as heard_opened
from tests.world import PROCTOR, judge, on_floor, prepared, send, stages_over
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.domain.floor_entries import PanelAccepted
from venue_app.domain.record import decode, encode
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.host.checking import check_beside
from venue_app.host.history import entries_of
from venue_app.host.reporting import produce
from venue_app.reports.fill import fill
from venue_app.reports.models import CandidateSheets, Composite, RoomSummary
from venue_app.reports.papers import Closing
from venue_app.rules import panel_node, panel_result, sentence
from venue_app.rules.facts import Accepted
from venue_app.rules.facts_json import facts_json
from venue_app.state.deciding import Short, short_in, short_panels
from venue_app.state.facts import facts_of as facts_of_state
from venue_app.state.room import next_step

TWO = ("主考官甲", "监督员甲")
FOUR = ("20", "22", "24", "26")
"""Contents of four sheets; with 56 for the rest 76, 78, 80 and 82: without the ends (78 + 80) ÷ 2 = 79."""


@pytest.fixture
def venue(tmp_path):
    made = prepared(tmp_path / "few.venue")
    yield made
    made.close()


def accept(room: str = "R1", lot: int = 1, **changed: Any) -> f.AcceptPanel:
    given = {"room": room, "lot": lot, "group": "panel", "people": TWO, "reason": "三席回避"}
    return f.AcceptPanel(**{**given, **changed})


def excuse(venue, *seats: int, lot: int = 1, room: str = "R1") -> None:
    for seat in seats:
        command = c.ExcuseSeat(room=room, lot=lot, seat=f"{room}-{seat}", kind="recused", reason="亲属")
        venue.ask(command, PROCTOR)


def few(venue, contents: tuple[str, ...] = FOUR, room: str = "R1", lot: int = 1) -> None:
    """A lot heard to the end, its panel below the minimum of five: nobody else marks."""
    on_floor(venue, room, lot)
    excuse(venue, *range(len(contents) + 1, 8), lot=lot, room=room)
    for seat, content in enumerate(contents, 1):
        send(venue, f"{room}-{seat}", lot, room, content=content)
    stages_over(venue, room)


def refused(code: str, venue, command, actor=PROCTOR) -> Known:
    size = venue.state.size
    with pytest.raises(Known) as caught:
        venue.ask(command, actor)
    assert (caught.value.code, venue.state.size) == (code, size)
    return caught.value


def now(venue, lot: int = 1):
    return venue.state.appearances["R1", lot]


# ---- the rule ----


def _three_of_seven(**more: Any):
    out = [{"entry": "a", "group": "panel", "seat": s, "state": "recused"} for s in (4, 5, 6, 7)]
    scheme = panel_scheme(7, "minimum = 5")
    facts = facts_of(scheme, entries=entries("a"), sheets=sheets("a", 80, 81, 85), out_seats=out, **more)
    return scheme, facts, panel_result(scheme, facts, "a", "panel")


def test_the_working_says_who_decided():
    decided = [{"entry": "a", "group": "panel", "by": ["甲", "乙"], "reason": "四席回避"}]
    scheme, facts, found = _three_of_seven(accepted=decided)
    # 80 81 85 without the ends: 81
    assert (found.state, found.value, found.valid, found.minimum) == ("ok", Decimal("81.00"), 3, 5)
    assert found.accepted == Accepted(by=("甲", "乙"), reason="四席回避")
    node = panel_node(scheme, found)
    assert (node.params["valid"], node.params["minimum"]) == ("3", "5")
    assert "有效评分表3份，少于规定的5份，由甲、乙决定照此计算" in sentence(node, "zh-CN")
    assert "3 valid sheets, fewer than the 5 required" in sentence(node, "en")
    assert "by decision of 甲 and 乙" in sentence(node, "en")
    assert facts_json(scheme, facts)["accepted"] == decided


def test_a_name_with_a_comma_in_it_is_one_name():
    decided = [{"entry": "a", "group": "panel", "by": ["Lee, Ann", "Wu, Bo"], "reason": "ill"}]
    scheme, _, found = _three_of_seven(accepted=decided)
    assert "by decision of Lee, Ann and Wu, Bo" in sentence(panel_node(scheme, found), "en")


def test_a_decision_without_names_is_said_without_names():
    scheme, facts, found = _three_of_seven(accepted=[{"entry": "a", "group": "panel"}])
    said = sentence(panel_node(scheme, found), "zh-CN")
    assert "有效评分表3份，少于规定的5份，经决定照此计算" in said
    assert facts_json(scheme, facts)["accepted"] == [{"entry": "a", "group": "panel"}]


def test_where_the_minimum_is_met_the_decision_says_nothing():
    scheme = panel_scheme(3, "minimum = 3")
    decided = [{"entry": "a", "group": "panel", "by": ["甲", "乙"]}]
    facts = facts_of(scheme, entries=entries("a"), sheets=sheets("a", 80, 81, 85), accepted=decided)
    found = panel_result(scheme, facts, "a", "panel")
    assert (found.value, found.accepted) == (Decimal("81.00"), None)
    assert "少于" not in sentence(panel_node(scheme, found), "zh-CN")


# ---- the decision ----


def test_decided_on_the_floor_the_result_follows_and_the_room_goes_on(venue):
    few(venue)
    assert (now(venue).value, next_step(venue.state, "R1").kind) == (None, "set-aside")
    assert short_panels(venue.state, now(venue)) == (Short("panel", 4, 5, 2),)
    refused("venue.result_undecided", venue, c.CheckResult(room="R1", lot=1, checker="核分员"))
    venue.ask(accept(), PROCTOR)
    assert now(venue).value == "79.00"
    assert now(venue).accepted == {"panel": Accepted(by=TWO, reason="三席回避")}
    assert next_step(venue.state, "R1").kind == "check"
    assert short_panels(venue.state, now(venue)) == ()
    last = venue.state.incidents[-1]
    assert (last.kind, last.lot, last.text) == ("accepted", 1, "三席回避(主考官甲、监督员甲)")
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    refused("venue.already_released", venue, accept())
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    assert next_step(venue.state, "R1").lot == 2


def test_decided_after_the_candidate_has_left(venue):
    few(venue)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(accept(), PROCTOR)
    assert (now(venue).status, now(venue).value) == ("done", "79.00")
    facts = facts_of_state(venue.state)
    assert facts.accepted == {(now(venue).entry, "panel"): Accepted(by=TWO, reason="三席回避")}
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    assert now(venue).released


def test_refused_while_anything_is_still_to_come(venue):
    refused("venue.not_open_for_marks", venue, accept())
    on_floor(venue)
    refused("venue.stages_missing", venue, accept())
    excuse(venue, 5, 6, 7)
    for seat in (1, 2, 3):
        send(venue, f"R1-{seat}")
    stages_over(venue)
    fault = refused("venue.accept_expected", venue, accept())
    assert fault.params["seats"] == "4"
    send(venue, "R1-4")
    refused("venue.accept_no_group", venue, accept(group="nobody"))
    refused("venue.reason_missing", venue, accept(reason=" "))
    for people in (
        (),
        ("甲",),
        ("甲", " "),
        ("甲", "甲 "),
        ("张三", "张　三"),
        ("甲", "甲\u200b"),
        ("甲", "乙", "丙"),
    ):
        refused("venue.accept_two_people", venue, accept(people=people))
    refused("venue.not_allowed", venue, accept(), judge("R1-1"))
    venue.ask(accept(), PROCTOR)
    # four sheets of 80.0
    assert now(venue).value == "80.00"
    assert refused("venue.accept_twice", venue, accept()).params["by"] == "主考官甲、监督员甲"


def test_refused_where_the_minimum_is_met(venue):
    few(venue, ("20", "22", "24", "26", "28"))
    # 76 78 80 82 84: (78 + 80 + 82) ÷ 3 = 80
    assert now(venue).value == "80.00"
    fault = refused("venue.accept_enough", venue, accept())
    assert (fault.params["count"], fault.params["minimum"]) == (5, 5)


def test_refused_where_the_trim_leaves_nobody(venue):
    few(venue, ("20", "22"))
    fault = refused("venue.accept_trim", venue, accept())
    assert (fault.params["count"], fault.params["dropped"]) == (2, 2)
    assert not short_panels(venue.state, now(venue))[0].can_count
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)  # nobody is stuck
    assert now(venue).value is None


def test_refused_without_a_single_sheet(venue):
    on_floor(venue)
    excuse(venue, *range(1, 8))
    stages_over(venue)
    refused("venue.accept_none", venue, accept())


def test_a_sheet_given_back_takes_the_decision_with_it(venue):
    few(venue)
    venue.ask(accept(), PROCTOR)
    again = f.ReopenSheet(room="R1", lot=1, seat="R1-4", reason="笔误", second="监督员甲")
    venue.ask(again, PROCTOR)
    assert (now(venue).value, now(venue).accepted) == (None, {})
    kinds = [i.kind for i in venue.state.incidents if i.lot == 1]
    assert kinds[-3:] == ["accepted", "reopened", "unaccepted"]
    refused("venue.accept_expected", venue, accept())
    send(venue, "R1-4", content="30")
    assert now(venue).value is None  # decided on other sheets
    venue.ask(accept(reason="重新决定"), PROCTOR)
    # 76 78 80 86: (78 + 80) ÷ 2
    assert now(venue).value == "79.00"


def test_an_observers_sheet_given_back_leaves_the_panels_decision(venue):
    few(venue)
    send(venue, "OBS-01")
    venue.ask(accept(), PROCTOR)
    again = f.ReopenSheet(room="R1", lot=1, seat="OBS-01", reason="笔误", second="监督员甲")
    venue.ask(again, PROCTOR)
    assert (now(venue).value, list(now(venue).accepted)) == ("79.00", ["panel"])


def test_a_group_of_the_whole_event_is_decided_on_after_the_result(tmp_path):
    # four observers sit, the plan asks for fifteen; each gives 8 of 10
    host = heard_opened(tmp_path / "o.venue")
    try:
        venue = host.venue
        hear(host, "R1", 1)
        entry = now(venue).entry
        assert short_panels(venue.state, now(venue)) == (Short("observers", 4, 15, 0, everywhere=True),)
        venue.ask(accept(group="observers"), PROCTOR)
        found = panel_result(venue.state.scheme, facts_of_state(venue.state), entry, "observers")
        assert (found.state, found.exact) == ("ok", Decimal(8)) and now(venue).value == "80.00"
    finally:
        host.close()


OBSERVERS = ("R1", 1), ("R1", 2), ("R2", 1)


@pytest.fixture
def hall(tmp_path):
    """Three lots heard in two rooms; four observers sit, the plan asks for fifteen; each gives 8 of 10."""
    host = heard_opened(tmp_path / "h.venue")
    for room, lot in OBSERVERS:
        hear(host, room, lot)
    yield host
    host.close()


def decided(venue) -> list[tuple[str, int]]:
    return sorted(place for place, one in venue.state.appearances.items() if "observers" in one.accepted)


def test_one_decision_covers_the_lots_that_were_looked_at(hall):
    venue = hall.venue
    assert short_in(venue.state, "observers") == OBSERVERS
    size = venue.state.size
    venue.ask(accept(group="observers", also=(*OBSERVERS, ("R2", 1))), PROCTOR)
    assert decided(venue) == [*OBSERVERS] and short_in(venue.state, "observers") == ()
    taken = [decode(entry).data for entry in entries_of(venue)][size:]
    counted = [(one.count, one.people) for one in taken if isinstance(one, PanelAccepted)]
    assert counted == [(4, TWO)] * 3 and len(taken) == 3
    assert {point.code: point.ok for point in audit(entries_of(venue))}["audit.accepted"] is True
    facts = facts_of_state(venue.state)
    for place in OBSERVERS:
        entry = venue.state.appearances[place].entry
        assert panel_result(venue.state.scheme, facts, entry, "observers").exact == Decimal(8)
    hear(hall, "R2", 2)  # what came after was not decided on
    assert short_in(venue.state, "observers") == (("R2", 2),)


def test_for_all_the_lots_or_for_none(hall):
    venue = hall.venue
    venue.ask(accept("R2", group="observers"), PROCTOR)
    refused("venue.accept_twice", venue, accept(group="observers", also=OBSERVERS))
    refused("venue.not_open_for_marks", venue, accept(group="observers", also=(("R1", 3),)))
    refused(
        "venue.accept_two_people", venue, accept(group="observers", also=OBSERVERS[:2], people=("甲", "甲"))
    )
    console = Actor(role=Role.PROCTOR, name="考务一", room="R1")
    hear(hall, "R2", 2)
    refused("venue.not_your_room", venue, accept(group="observers", also=(("R2", 2),)), console)
    assert decided(venue) == [("R2", 1)]
    venue.ask(accept(group="observers", also=(("R1", 2),)), console)
    assert decided(venue) == [*OBSERVERS]


def test_a_rooms_own_panel_is_decided_on_lot_by_lot(venue):
    few(venue)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    few(venue, lot=2)
    refused("venue.accept_one_by_one", venue, accept(also=(("R1", 2),)))
    venue.ask(accept(also=(("R1", 1),)), PROCTOR)  # itself alone
    assert (now(venue).value, now(venue, 2).value) == ("79.00", None)


def test_a_console_decides_for_its_own_room_alone(venue):
    few(venue)
    other = Actor(role=Role.PROCTOR, name="考务二", room="R2")
    refused("venue.not_your_room", venue, accept(), other)


# ---- what rests on it ----


@pytest.mark.parametrize(
    "change",
    [
        {"count": 3},
        {"minimum": 4},
        {"people": ("甲", "甲")},
        {"people": ("甲",)},
        {"reason": ""},
        {"group": "observers"},
        {"entry": "E006"},
    ],
)
def test_the_auditor_follows_the_decision_and_finds_a_false_one(venue, change):
    few(venue)
    venue.ask(accept(), PROCTOR)
    raw = entries_of(venue)
    assert now(venue).entry != "E006"
    assert {point.code: point.ok for point in audit(raw)}["audit.accepted"] is True
    at = next(n for n, entry in enumerate(raw) if b'"kind":"panel.accepted"' in entry)
    record = decode(raw[at])
    raw[at] = encode(replace(record, data=replace(record.data, **change)))
    points = {point.code: point.ok for point in audit(raw)}
    assert False in (points.get("audit.accepted"), points.get("audit.unreadable"))


def test_forms_say_that_there_were_too_few_and_who_decided(tmp_path):
    host = heard_opened(tmp_path / "e.venue")
    try:
        venue = host.venue
        few(venue)
        venue.ask(accept(), PROCTOR)
        venue.ask(c.CheckResult(room="R1", lot=1, checker="核分员丁"), PROCTOR)
        venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
        venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
        hear(host, "R1", 2)
        said = "评委组有效评分4份，少于规定的5份，由主考官甲、监督员甲决定照此计算。原因：三席回避"
        sheet, other = _model(host, "candidate-sheets", CandidateSheets).sheets
        assert (sheet.mean, sheet.few, other.few) == ("79.00", (said,), ())
        assert "由主考官甲、监督员甲决定照此计算" in sheet.working
        summary = _model(host, "room-summary", RoomSummary)
        assert [line.few for line in summary.lines] == [said, ""]
        composite = _model(host, "composite", Composite)
        name = venue.state.candidate_of(now(venue).entry).name
        notes = {line.name: line.few for post in composite.posts for line in post.lines}
        assert notes[name] == (said,) and sum(bool(few) for few in notes.values()) == 1
        results = _model(host, "closing-report", Closing).sums[-1]
        assert results.numbers == "完成 2，核对并公布 2；其中 1 份照现有份数计算"
        for form, starred in (("candidate-sheets", "79.00"), ("room-summary", "79.00*"), ("composite", "*")):
            made = produce(venue, host.keys, (form,), tmp_path / "out")[0]
            done = subprocess.run(["pdftotext", "-raw", str(made.path), "-"], capture_output=True, check=True)
            printed = re.sub(r"\s", "", done.stdout.decode())
            assert starred in printed and re.sub(r"\s", "", said) in printed, form
            points = {point.code: point.ok for point in check_beside(venue, made.path).checks}
            assert False not in points.values(), (form, points)
    finally:
        host.close()


def _model(host, form: str, kind: type):
    model = next(one for one in fill(host.venue.state, (form,), 480)).model
    assert isinstance(model, kind)
    return model


def test_the_same_roster_without_a_decision_says_nothing_of_it(tmp_path):
    host = heard_opened(tmp_path / "p.venue")
    try:
        hear(host, "R1", 1)
        assert _model(host, "candidate-sheets", CandidateSheets).sheets[0].few == ()
        assert _model(host, "room-summary", RoomSummary).lines[0].few == ""
    finally:
        host.close()
