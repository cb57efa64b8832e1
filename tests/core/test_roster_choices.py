"""People who stand for several posts: read, decided, imported, and their marks put where the rules look."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.roster_samples import HEAD as LINE
from tests.core.roster_samples import A, B, entry, text
from venue_app.domain.nouns import Entry
from venue_app.host.importing import import_command, plan_of, read_files
from venue_app.roster import Plan, check_together, decide, read_component, read_entries
from venue_app.scheme import Scheme, load_scheme, preset_text

HEAD = ("编号", "姓名", "性别", "第一志愿", "第二志愿")
PEOPLE = (
    (1, "云一", "男", "党政办主任", "农办主任"),
    (2, "苗二", "女", "农办主任", "党政办主任"),
    ("03", "章三", "男", "农办主任", ""),
)
WRITTEN = (("编号", "笔试成绩"), ("1", 81.5), ("２", "缺考"), (3, 80))


def plan(people=PEOPLE, minimum: int = 0, most: int = 2, points=None) -> Plan:
    component = read_component(text(points)) if points else None
    return check_together(read_entries(text((HEAD, *people))), None, None, component, minimum, most=most)


@pytest.fixture(scope="module")
def town() -> Scheme:
    return load_scheme(preset_text("s4-town-mid-level"), "preset")


def test_the_office_s_own_number_says_who_somebody_is() -> None:
    made = plan()
    assert [(p.row.identity, p.row.name, p.post, p.more) for p in made.people] == [
        ("1", "云一", "党政办主任", ("农办主任",)),
        ("2", "苗二", "农办主任", ("党政办主任",)),
        ("3", "章三", "农办主任", ()),
    ]
    assert made.errors == ()
    assert {p.name: (p.entries, p.draws) for p in made.posts} == {"党政办主任": (2, 2), "农办主任": (3, 3)}


def test_a_plan_with_one_post_a_person_says_what_it_leaves_unread() -> None:
    made = plan(most=1)
    assert [p.more for p in made.people] == [(), (), ()]
    assert [(f.code, f.cell) for f in made.findings] == [("choices_above", "E2"), ("choices_above", "E3")]


def test_the_same_post_twice_is_one_choice() -> None:
    assert [p.more for p in plan(((1, "云一", "男", "农办主任", " 农办 主任"),)).people] == [()]


def test_who_has_another_choice_is_not_asked_when_a_post_falls_away() -> None:
    made = plan(minimum=3)  # two for 党政办, three for 农办
    assert {p.name: p.cancelled for p in made.posts} == {"党政办主任": True, "农办主任": False}
    assert [(p.row.identity, p.post, p.more, p.moved) for p in made.people] == [
        ("1", "农办主任", (), False),
        ("2", "农办主任", (), False),
        ("3", "农办主任", (), False),
    ]
    assert made.moves == ()
    assert {p.name: p.entries for p in made.posts} == {"党政办主任": 2, "农办主任": 3}


def test_a_line_for_each_post_is_one_person_where_two_posts_are_allowed() -> None:
    rows = (entry(1, "张一", A, "甲职位"), entry(2, "李二", B, "甲职位"), entry(3, "张一", A, "乙职位"))
    listed = read_entries(text((LINE, *rows)))
    both = check_together(listed, None, None, minimum=0, most=2)
    assert [(p.row.name, p.post, p.more) for p in both.people] == [
        ("张一", "甲职位", ("乙职位",)),
        ("李二", "甲职位", ()),
    ]
    assert not both.errors
    assert not both.open_questions
    assert "identity_twice" not in {f.code for f in both.all_findings}
    one = check_together(listed, None, None, minimum=0)
    assert [q.code for q in one.open_questions] == ["identity_twice"]


def test_absent_from_the_written_test_is_no_zero_and_no_gap() -> None:
    made = plan(points=WRITTEN)
    assert made.open_questions == ()
    assert {v.identity: v.value for v in made.values} == {"1": Decimal("81.5"), "2": None, "3": Decimal(80)}
    later = decide(made, {"missing:笔试成绩:2": "later"})
    assert {v.identity for v in later.values} == {"1", "3"}


def test_the_command_has_an_entry_for_each_choice(town: Scheme) -> None:
    sources = (text((HEAD, *PEOPLE), name="a.csv"), text(WRITTEN, name="b.csv"))
    command = import_command(decide(plan_of(read_files(sources, town), town)), town)
    assert command.entries == (
        Entry(id="E001", candidate="C001", post="P01"),
        Entry(id="E001-2", candidate="C001", post="P02", preference=2),
        Entry(id="E002", candidate="C002", post="P02"),
        Entry(id="E002-2", candidate="C002", post="P01", preference=2),
        Entry(id="E003", candidate="C003", post="P02"),
    )
    assert command.values == {"written": {"E001": "81.5", "E003": "80"}}
    assert command.absences == {"written": ("E002",)}
