"""People who stand for several posts and appear once: lots, sums and what running over costs in each of their entries."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

import pytest
from msgspec.structs import replace

from tests.world import PEOPLE, PROCTOR, FakeClock, created, prepared, roster
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Candidate, Entry
from venue_app.reports.fill import fill
from venue_app.reports.models import Composite, OpeningReport
from venue_app.rules import compute, reason_words
from venue_app.rules.number import Reason
from venue_app.scheme import preset_text
from venue_app.state.balance import balances
from venue_app.state.facts import facts_of
from venue_app.venue import Venue

Kind = TypeVar("Kind")

OVERRUN = '[[components]]\nid = "late"\nkind = "overrun"\ntitle = "超时扣分"\nstage = "speech"\n\n'
PENALTY = 'at_end = "penalty"\npenalties = [{ up_to_s = 30, points = 0.05 }]\n'


def plan() -> str:
    """The county plan with every group marking a person once, and running over as a component of its own."""
    text = preset_text("s0-county-self-nomination").replace("[[groups]]\n", '[[groups]]\nper = "person"\n')
    text = text.replace('at_end = "bell"\n', PENALTY, 1)
    first = text.index("[[components]]")
    return text[:first] + OVERRUN + text[first:]


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    """Two people: one for P1 alone, one for P1 first and P2 next."""
    taken = replace(
        roster(people=0),
        candidates=tuple(Candidate(id=id, identity=f"99{id}", name=id) for id in ("C1", "C2")),
        entries=(
            Entry(id="E1", candidate="C1", post="P1"),
            Entry(id="E2", candidate="C2", post="P1"),
            Entry(id="E2-2", candidate="C2", post="P2", preference=2),
        ),
        values={},
    )
    found = prepared(tmp_path / "a.venue", clock, replace(created(), scheme=plan()), taken)
    yield found
    found.close()


def test_the_sums_want_a_lot_for_a_person_not_for_an_entry(venue):
    assert set(venue.state.lots) == {"E1", "E2"}
    sums = {one.about: one for one in balances(venue.state)}
    assert (sums["lots"].numbers, sums["lots"].off) == ({"lots": 2, "drawing": 2}, 0)
    assert sums["entries"].numbers == {"whole": 3, "drawing": 3, "out": 0}


def test_running_over_costs_the_same_in_every_entry_of_the_person(venue, clock):
    room, lot = venue.state.lots["E2"].room, venue.state.lots["E2"].number
    venue.ask(c.CallCandidate(room=room, lot=lot), PROCTOR)
    venue.ask(c.StartStage(room=room, stage="speech"), PROCTOR)
    clock.pass_ms(480_000 + 7_000)
    venue.ask(c.EndStage(room=room), PROCTOR)
    found = compute(venue.state.scheme, facts_of(venue.state)).entries
    late = {entry: found[entry].values["late"] for entry in ("E1", "E2", "E2-2")}
    assert late == {"E1": Decimal(0), "E2": Decimal("0.05"), "E2-2": Decimal("0.05")}


def made_of(venue: Venue, form: str, kind: type[Kind]) -> Kind:
    (one,) = fill(venue.state, (form,), 480)
    assert isinstance(one.model, kind)
    return one.model


def test_on_paper_every_entry_of_a_person_stands_under_the_one_lot(venue):
    composite = made_of(venue, "composite", Composite)
    lots = {entry: venue.state.lots[entry].number for entry in ("E1", "E2")}
    said = {post.title: {line.number for line in post.lines} for post in composite.posts}
    first, second = (f"第1组 {lots[entry]}号" for entry in ("E1", "E2"))
    assert said == {"文化局副局长": {first, second}, "水利局副局长": {second}}


def test_the_opening_report_counts_people_and_not_what_they_entered_for(venue):
    opening = made_of(venue, "opening-report", OpeningReport)
    counts = dict(opening.counts)
    assert (counts["报名人数"], counts["报名职位次数"], counts["参加抽签人数"]) == ("2", "3", "2")


def test_the_opening_report_lists_stations_room_by_room(venue):
    seats = [seat for seat in venue.state.seats if not seat.endswith(("-6", "-7"))]
    for seat in reversed(seats):
        venue.ask(c.JoinStation(seat=seat, device=seat, device_name=seat), PROCTOR)
    opening = made_of(venue, "opening-report", OpeningReport)
    found = [(line.room, line.seat) for line in opening.stations]
    rooms = [("第1组", f"{n}号") for n in range(1, 6)] + [("第2组", f"{n}号") for n in range(1, 6)]
    assert found[:10] == rooms
    assert [room for room, _ in found[10:]] == ["各考场"] * (len(found) - 10) and len(found) > 10


def test_a_post_left_for_another_is_called_by_its_title():
    reason = Reason("released", {"post": "P1"})
    assert reason_words(reason, "zh-CN", posts={"P1": "文化局副局长"}) == "已在“文化局副局长”入围，放弃本职位"


def test_the_sums_do_not_miss_lots_of_those_who_are_out(tmp_path):
    text = preset_text("s0-county-self-nomination") + '\n[draw]\nabsent = "out"\nlate = "last"\n'
    venue = prepared_without(tmp_path / "o.venue", text, "E005")
    sums = {one.about: one for one in balances(venue.state)}
    assert (sums["lots"].numbers, sums["lots"].off) == ({"lots": 5, "drawing": 5}, 0)
    late = dc.ChangeDraw(change="late", id="E005", place="R1", reason="堵车", second="公证员乙")
    venue.ask(late, PROCTOR)
    sums = {one.about: one for one in balances(venue.state)}
    assert (sums["lots"].numbers, sums["lots"].off) == ({"lots": 6, "drawing": 6}, 0)
    venue.close()


def prepared_without(path, scheme, missing):
    """An event whose lots are drawn without somebody who was not there."""
    venue = Venue.create(path, replace(created(), scheme=scheme))
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    venue.ask(dc.FreezeDraw(missing=(missing,)), PROCTOR)
    venue.ask(dc.HoldDraw(public="42"), PROCTOR)
    return venue
