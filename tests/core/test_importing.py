"""From files to the one command that imports: ids, rooms, seats, values, and what cannot be imported."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import pytest

from venue_app.base.errors import Known
from venue_app.base.paths import resources
from venue_app.host.importing import component_of, import_command, plan_of, read_files
from venue_app.roster.decide import ImportedRoster, decide
from venue_app.roster.source import Source
from venue_app.scheme import load_scheme, preset_text

COUNTY = resources() / "demo" / "county"


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(preset_text("s0-county-self-nomination"), "preset")


@pytest.fixture(scope="module")
def roster(scheme) -> ImportedRoster:
    return decide(plan_of(read_files(COUNTY, scheme), scheme))


def test_everybody_has_an_entry_and_only_the_qualified_draw(roster, scheme) -> None:
    command = import_command(roster, scheme)
    assert len(command.candidates) == len(command.entries) == 154
    assert [c.id for c in command.candidates[:2]] == ["C001", "C002"]
    assert [e.candidate for e in command.entries] == [c.id for c in command.candidates]
    assert sum(c.qualified for c in command.candidates) == 150
    assert all(c.reason for c in command.candidates if not c.qualified)


def test_people_of_the_cancelled_post_are_moved_and_say_from_where(roster, scheme) -> None:
    command = import_command(roster, scheme)
    cancelled = {post.id for post in command.posts if post.cancelled}
    moved = [e for e in command.entries if e.moved_from]
    assert set(command.cancelled) == cancelled
    assert len(cancelled) == 1
    assert len(moved) == 4
    assert {e.moved_from for e in moved} == cancelled
    assert all(e.post not in cancelled for e in moved)


def test_seats_of_rooms_and_of_the_whole_event(roster, scheme) -> None:
    command = import_command(roster, scheme)
    in_rooms = [s.id for s in command.seats if s.room]
    assert in_rooms == [f"R{room}-{seat}" for room in (1, 2, 3) for seat in range(1, 8)]
    assert [s.id for s in command.seats if not s.room] == [f"OBS-{n:02d}" for n in range(1, 21)]
    assert [s.chief for s in command.seats if s.room].count(True) == 3
    assert all(s.name and s.unit for s in command.seats if s.room)


def test_the_brought_points_stand_at_the_right_people(roster, scheme) -> None:
    command = import_command(roster, scheme)
    with (COUNTY / "演讲稿得分.csv").open(encoding="gb18030", newline="") as handle:
        rows = {row["身份证号"].strip(): Decimal(row["演讲稿得分"]) for row in csv.DictReader(handle)}
    by_id = {c.id: c for c in command.candidates}
    drafts = command.values["draft"]
    assert len(drafts) == 150
    for entry in command.entries:
        person = by_id[entry.candidate]
        if person.qualified:
            assert Decimal(drafts[entry.id]) == rows[person.identity]


def test_the_same_files_give_the_same_command(roster, scheme) -> None:
    again = decide(plan_of(read_files(COUNTY, scheme), scheme))
    assert import_command(again, scheme) == import_command(roster, scheme)


def test_one_room_needs_no_list_of_rooms_and_several_do(roster, scheme) -> None:
    posts = tuple(replace(post, room="") for post in roster.posts)
    alone = replace(roster, posts=posts, rooms=roster.rooms[:1])
    command = import_command(alone, scheme)
    assert [room.id for room in command.rooms] == ["R1"]
    assert {post.room for post in command.posts if not post.cancelled} == {"R1"}
    nowhere = import_command(replace(roster, posts=posts, rooms=()), scheme)
    assert len([s for s in nowhere.seats if s.room == "R1"]) == 7
    with pytest.raises(Known) as caught:
        import_command(replace(roster, posts=posts), scheme)
    assert caught.value.code == "importing.rooms_needed"


def test_points_above_full_marks_are_refused(roster, scheme) -> None:
    values = (replace(roster.values[0], value=Decimal("100.5")), *roster.values[1:])
    with pytest.raises(Known) as caught:
        import_command(replace(roster, values=values), scheme)
    assert caught.value.code == "importing.value_above"


def test_a_column_is_matched_to_the_only_component(scheme) -> None:
    assert component_of(scheme, "随便什么分数").id == "draft"


def test_without_a_registration_list_there_is_no_plan(scheme) -> None:
    read = read_files([COUNTY / "分组.csv"], scheme)
    assert read.rooms is not None
    with pytest.raises(Known) as caught:
        plan_of(read, scheme)
    assert caught.value.code == "importing.entries_missing"


def test_whoever_withdraws_keeps_an_entry_with_the_reason(scheme) -> None:
    read = read_files(COUNTY, scheme)
    plan = plan_of(read, scheme)
    move = next(q for q in plan.questions if q.code == "move")
    roster = decide(plan, {move.id: "withdraw"})
    command = import_command(roster, scheme)
    gone = [c for c in command.candidates if c.reason == "所报职位取消后退出"]
    assert len(gone) == 1
    assert not gone[0].qualified


def test_a_post_spelt_otherwise_is_no_move(scheme) -> None:
    text = "姓名,身份证号,报考职位,资格审查意见\n" + "".join(
        f"考生{n},99000019780101{n:03d}X,县水务局副局长,合格\n" for n in range(1, 7)
    )
    rooms = "职位,测试组\n水务局副局长,第1组\n林业局副局长,第1组\n"
    given = [Source("a.csv", text.encode()), Source("b.csv", rooms.encode())]
    plan = plan_of(read_files(given, scheme), scheme)
    spelling = next(q for q in plan.questions if q.code == "post_spelling")
    same = next(c.id for c in spelling.choices if c.id.startswith("same:"))
    command = import_command(decide(plan, {spelling.id: same}), scheme)
    titles = {post.id: post.title for post in command.posts}
    assert [(titles[e.post], e.moved_from) for e in command.entries] == [("水务局副局长", None)] * 6
