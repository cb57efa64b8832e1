"""The files together: what is proposed, what must be asked, and that nothing is imported half."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.roster_samples import (
    HEAD,
    PANEL,
    ROOMS,
    SCORES,
    SIX,
    STRANGER,
    A,
    B,
    C,
    D,
    E,
    F,
    book,
    entry,
    swap,
    text,
)
from venue_app.base.errors import Known
from venue_app.roster import (
    ImportedRoster,
    Plan,
    Source,
    check_observers,
    check_together,
    decide,
    read_component,
    read_entries,
    read_marks,
    read_observers,
    read_panel,
    read_rooms,
    replan,
)

Rows = Sequence[Sequence[object]]


def plan(
    people: Rows = SIX, rooms: Rows = ROOMS, panel: Rows = PANEL, points: Rows = SCORES, minimum: int = 2
) -> Plan:
    return check_together(
        read_entries(text((HEAD, *people))),
        read_rooms(text(rooms)),
        read_panel(text(panel)),
        read_component(text(points)),
        minimum,
    )


def refused(made: Plan, **decisions: str) -> str:
    with pytest.raises(Known) as fault:
        decide(made, decisions)
    return fault.value.code


def standings(roster: ImportedRoster) -> dict[str, tuple[str, str]]:
    return {person.name: (person.post, person.standing) for person in roster.people}


def open_ids(made: Plan) -> list[str]:
    return [question.id for question in made.open_questions]


def test_a_post_too_small_is_cancelled_and_its_person_moves() -> None:
    made = plan()
    assert made.ready and (len(made.people), made.unqualified, made.drawing) == (6, 0, 6)
    assert [(move.name, move.post, move.to) for move in made.moves] == [("孙六", "丙职位", "甲职位")]
    roster = decide(made)
    assert [(post.name, post.room, post.cancelled, post.entries, post.draws) for post in roster.posts] == [
        ("甲职位", "第1组", False, 3, 4),
        ("乙职位", "第2组", False, 2, 2),
        ("丙职位", "", True, 1, 0),
    ]
    moved = roster.people[5]
    assert (moved.post, moved.entered_post, moved.draws) == ("甲职位", "丙职位", True)
    assert roster.decisions == ((f"move:{F}", "to:甲职位"), ("post:丙职位", "cancel"))


def test_values_are_exact_and_rooms_are_complete() -> None:
    roster = decide(plan())
    assert [(value.identity, value.title, str(value.value)) for value in roster.values] == [
        (A, "演讲稿得分", "81.5"),
        (B, "演讲稿得分", "80"),
        (C, "演讲稿得分", "79.25"),
        (D, "演讲稿得分", "90"),
        (E, "演讲稿得分", "60"),
        (F, "演讲稿得分", "100"),
    ]
    assert [
        (room.name, room.posts, [(j.seat, j.name, j.chief) for j in room.judges]) for room in roster.rooms
    ] == [
        ("第1组", ("甲职位",), [(1, "评甲", True), (2, "评乙", False)]),
        ("第2组", ("乙职位",), [(1, "评丙", True), (2, "评丁", False)]),
    ]


def test_the_digests_of_the_files_are_kept() -> None:
    from hashlib import sha256

    roster = decide(plan())
    given = [text((HEAD, *SIX)), text(ROOMS), text(PANEL), text(SCORES)]
    assert [(source.kind, source.sha256) for source in roster.sources] == [
        (kind, sha256(file.data).hexdigest())
        for kind, file in zip(("entries", "rooms", "panel", "component"), given, strict=True)
    ]
    assert roster.digest() == decide(plan()).digest()
    assert (
        roster.digest() != decide(plan(swap(SIX, 0, 1, "张乙"), points=swap(SCORES, 1, 1, "张乙"))).digest()
    )


def test_the_post_may_be_kept_when_a_room_is_named() -> None:
    kept = replan(plan(), {"post:丙职位": "keep"})
    assert kept.moves == () and open_ids(kept) == ["room:丙职位"]
    roster = decide(kept, {"room:丙职位": "第2组"})
    assert [(post.name, post.room, post.cancelled) for post in roster.posts][2] == ("丙职位", "第2组", False)
    assert standings(roster)["孙六"] == ("丙职位", "draws")


def test_a_person_of_a_cancelled_post_may_withdraw() -> None:
    roster = decide(plan(), {f"move:{F}": "withdraw"})
    assert standings(roster)["孙六"] == ("丙职位", "withdrawn")
    assert len(roster.drawing) == 5 and F not in [value.identity for value in roster.values]


def test_without_a_wish_somebody_must_decide() -> None:
    made = plan((*SIX[:5], entry(6, "孙六", F, "丙职位")))
    assert open_ids(made) == [f"move:{F}"] and made.people[5].standing == "open"
    assert refused(made) == "roster.questions_open"
    assert standings(decide(made, {f"move:{F}": "to:乙职位"}))["孙六"] == ("乙职位", "draws")


def test_a_wish_for_a_cancelled_post_is_no_answer() -> None:
    made = plan((*SIX[:4], entry(5, "钱五", E, "丁职位", remarks="同意改报丙职位"), SIX[5]), minimum=2)
    assert f"move:{E}" in open_ids(made)
    assert "to:丙职位" not in {choice.id for question in made.questions for choice in question.choices}


def test_an_answer_that_another_answer_took_away_opens_the_question_again() -> None:
    answers = {"post:丙职位": "keep", "room:丙职位": "第1组", "post:乙职位": "cancel", f"move:{D}": "to:丙职位",
               f"move:{E}": "to:甲职位"}  # fmt: skip
    made = replan(plan(minimum=3), answers)
    assert made.ready and [move.to for move in made.moves] == ["丙职位", "甲职位"]
    undone = replan(made, {"post:丙职位": "cancel"})
    assert f"move:{D}" in open_ids(undone)
    assert refused(undone) == "roster.questions_open"


def test_a_word_nobody_knows_is_asked_about() -> None:
    made = plan(swap(SIX, 0, 6, "待定"))
    assert open_ids(made) == [f"qualified:{A}"] and made.people[0].standing == "open"
    no = decide(made, {f"qualified:{A}": "no"})
    assert standings(no)["张一"] == ("甲职位", "unqualified") and A not in [v.identity for v in no.values]
    assert standings(decide(made, {f"qualified:{A}": "yes"}))["张一"][1] == "draws"


def test_the_unqualified_stay_with_their_reason_and_do_not_move() -> None:
    made = plan((*SIX[:5], entry(6, "孙六", F, "丙职位", "不合格", "年龄超过35周岁"), entry(7, "周七", STRANGER, "丙职位", remarks="同意改报乙职位")),
                points=(*SCORES[:-1], (STRANGER, "周七", 70)))  # fmt: skip
    made = replan(made, {"post:丙职位": "cancel"})
    roster = decide(made)
    assert standings(roster)["孙六"] == ("丙职位", "unqualified")
    assert roster.people[5].reason == "年龄超过35周岁"
    assert standings(roster)["周七"] == ("乙职位", "draws")


def test_only_the_unqualified_bring_a_post_below_the_minimum() -> None:
    made = plan(swap(SIX, 4, 6, "不合格"), points=(*SCORES[:5], SCORES[6]))
    assert open_ids(made) == ["post:乙职位"]
    assert refused(made) == "roster.questions_open"
    kept = decide(made, {"post:乙职位": "keep"})
    assert [post.draws for post in kept.posts] == [4, 1, 0]


def test_one_person_twice_must_be_decided() -> None:
    made = plan((*SIX, entry(7, "张一", A, "乙职位")))
    assert open_ids(made) == [f"twice:{A}"] and not made.errors
    assert standings(decide(made, {f"twice:{A}": "1"}))["张一"] == ("甲职位", "draws")
    second = decide(made, {f"twice:{A}": "2"})
    assert standings(second)["张一"] == ("乙职位", "draws") and len(second.people) == 6


def test_namesakes_keep_their_own_points() -> None:
    made = plan(swap(SIX, 1, 1, "张一"), points=swap(SCORES, 2, 1, "张一"))
    assert made.ready
    assert {value.identity: value.value for value in decide(made).values}[B] == Decimal(80)


def test_points_under_another_name_must_be_decided() -> None:
    made = plan(points=swap(SCORES, 1, 1, "张乙"))
    assert f"name:演讲稿得分:{A}" in open_ids(made)
    kept = decide(made, {f"name:演讲稿得分:{A}": "keep"})
    assert {value.identity for value in kept.values} == {A, B, C, D, E, F}
    ignored = replan(made, {f"name:演讲稿得分:{A}": "ignore"})
    assert open_ids(ignored) == [f"missing:演讲稿得分:{A}"]


def test_points_with_a_wrong_number_can_be_given_to_their_person() -> None:
    made = plan(points=swap(SCORES, 1, 0, STRANGER))
    stranger = f"stranger:演讲稿得分:{STRANGER}"
    assert stranger in open_ids(made)
    roster = decide(made, {stranger: f"to:{A}"})
    assert {value.identity: str(value.value) for value in roster.values}[A] == "81.5"


def test_a_person_without_points_waits_or_withdraws() -> None:
    missing = f"missing:演讲稿得分:{A}"
    made = plan(points=(SCORES[0], *SCORES[2:]))
    assert open_ids(made) == [missing]
    later = decide(made, {missing: "later"})
    assert standings(later)["张一"][1] == "draws" and A not in {value.identity for value in later.values}
    assert standings(decide(made, {missing: "withdraw"}))["张一"] == ("甲职位", "withdrawn")


def test_a_spelling_one_slip_apart_is_asked_about() -> None:
    wrong = [entry(4, "赵四", D, "招商局副局長"), entry(5, "钱五", E, "招商局副局長")]
    made = plan((*SIX[:3], *wrong, SIX[5]), swap(ROOMS, 2, 0, "招商局副局长"))
    assert open_ids(made)[0] == "spelling:招商局副局長"
    roster = decide(made, {"spelling:招商局副局長": "same:招商局副局长"})
    assert [(post.name, post.room, post.draws) for post in roster.posts][1] == ("招商局副局长", "第2组", 2)
    assert roster.people[3].entered_post == "招商局副局长"


@pytest.mark.parametrize(
    "made",
    [
        plan(points=swap(SCORES, 1, 2, "101")),
        plan(swap(SIX, 0, 1, "")),
        plan(panel=PANEL[:3]),
        plan(panel=swap(PANEL, 2, 1, 1)),
        plan(panel=swap(PANEL, 2, 4, "主评委")),
        plan(rooms=(*ROOMS, ("甲职位", "第2组"))),
        plan(points=SCORES[:3]),
        plan(points=(("身份证号", "姓名"), (A, "张一"))),
    ],
)
def test_an_error_imports_nothing(made: Plan) -> None:
    assert made.errors
    assert refused(made) == "roster.errors_remain"


def test_nobody_left_is_no_roster() -> None:
    assert refused(plan([entry(1, "张一", A, verdict="不合格")], points=SCORES[:2])) == "roster.nobody"


def test_rooms_panel_and_points_may_come_later() -> None:
    roster = decide(check_together(read_entries(text((HEAD, *SIX))), None, None, minimum=2))
    assert len(roster.drawing) == 6 and roster.rooms == () and roster.values == ()


def test_column_order_names_and_extra_columns_do_not_matter() -> None:
    titles = (
        "备注",
        "联系电话",
        "报名职位",
        "姓  名",
        "公民身份\n号码",
        "籍贯",
        "审查结果",
        "性 别",
        "所在单位",
    )
    rows = [(r[7], "13800000000", r[5], r[1], r[3], "某地", r[6], r[2], r[4]) for r in SIX]
    other = check_together(
        read_entries(book([("某县报名表",), (), titles, *rows, ("合计\uff1a6人",)], name="乱七八糟.xlsx")),
        read_rooms(text([("名额", "考场", "岗位"), (2, "一组", "甲 职位"), ("1名", "二组", "乙职位")])),
        read_panel(text([("职责", "评委姓名", "考场", "工作单位", "席号"), *((r[4], r[2], r[0], r[3], f"{r[1]}号") for r in PANEL[1:])])),
        read_component(text([("备注", "成绩(百分制)", "姓名", "身份证号"), *(("", r[2], r[1], r[0]) for r in SCORES[1:])])),
        2,
    )  # fmt: skip
    one, two = decide(plan()), decide(other)
    assert [(p.identity, p.name, p.sex, p.post, p.unit, p.standing) for p in one.people] == [
        (p.identity, p.name, p.sex, p.post, p.unit, p.standing) for p in two.people
    ]
    assert [[(j.seat, j.name, j.chief) for j in room.judges] for room in two.rooms] == [
        [(1, "评甲", True), (2, "评乙", False)],
        [(1, "评丙", True), (2, "评丁", False)],
    ]
    assert [value.value for value in one.values] == [value.value for value in two.values]
    assert [post.places for post in two.posts] == [2, 1, 1]


def test_merged_posts_are_read_for_every_row() -> None:
    def merge(_: object, sheet: object) -> None:
        sheet.merge_cells("F2:F4")  # type: ignore[attr-defined]

    rows = swap(swap((HEAD, *SIX), 2, 5, None), 3, 5, None)
    assert [row.post for row in read_entries(book(rows, merge)).rows[:4]] == ["甲职位"] * 3 + ["乙职位"]


def test_marks_follow_the_criteria_of_the_scheme() -> None:
    rows = [("表达", "席位", "身份证号", "内容"), ("18.5", "2号", A, "27.50")]
    read = read_marks(
        text(rows), criteria=["内容", "表达"], maxima={"内容": Decimal(30), "表达": Decimal(18)}
    )
    assert [found.code for found in read.errors] == ["number_above"]
    assert read.rows[0].marks == (("内容", Decimal("27.50")), ("表达", None))
    assert read.rows[0].seat == 2


def test_an_empty_paper_is_nothing_and_never_nought() -> None:
    rows = [("身份证号", "票2", "票1", "票10"), (A, "8", "9", ""), (B, "0", "10", "11")]
    read = read_observers(text(rows))
    assert read.rows[0].votes == (Decimal(9), Decimal(8), None)
    assert read.rows[1].votes == (Decimal(10), Decimal(0), None)
    assert [(found.code, found.cell) for found in read.findings] == [("absent", "D2"), ("number_above", "D3")]
    lacking = check_observers(decide(plan()), read)
    assert [found.code for found in lacking] == ["person_without_marks"] * 4


CELLS = ("", A, B, C, D, "张一", "李 二", "甲职位", "乙职位", "第1组", "二组", "1", "2号", "90", "-1", "101", "缺考", "合格", "不合格",
         "待定", "男", "主评委", "同意改报甲职位", "合计", "注\uff1a", "姓名", "\ue863", "9.9E+17", "1990.01", "\ufffd")  # fmt: skip
cells = st.one_of(
    st.sampled_from(CELLS), st.text(alphabet=st.characters(exclude_characters='",\r\n\0'), max_size=5)
)
grids = st.lists(st.lists(cells, max_size=8), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(grids, grids, grids, grids, st.integers(0, 3))
def test_any_grid_gives_findings_and_never_a_crash(
    people: Rows, where: Rows, who: Rows, points: Rows, least: int
) -> None:
    read = (
        read_entries(raw(HEAD[1:], people)),
        read_rooms(raw(ROOMS[0], where)),
        read_panel(raw(PANEL[0], who)),
        read_component(raw(SCORES[0], points)),
    )
    made = check_together(*read, least)
    answers = {question.id: question.choices[-1].id for question in made.questions if question.choices}
    try:
        roster = decide(made, answers)
    except Known as fault:
        assert fault.code in {"roster.errors_remain", "roster.questions_open", "roster.nobody"}
    else:
        assert 0 < len(roster.drawing) <= len(read[0].rows)


@settings(max_examples=100, deadline=None)
@given(grids, grids)
def test_any_marks_and_papers_are_read_or_refused(given_marks: Rows, given_votes: Rows) -> None:
    marks = read_marks(raw(("身份证号", "席位", "内容", "表达"), given_marks))
    votes = read_observers(raw(("身份证号", "票1", "票2"), given_votes))
    for row in marks.rows:
        assert len(row.marks) == 2 and all(mark is None or mark >= 0 for _, mark in row.marks)
    for paper in votes.rows:
        assert len(paper.votes) == 2 and all(vote is None or 0 <= vote <= 10 for vote in paper.votes)


def raw(header: Sequence[object], rows: Rows) -> Source:
    return Source(
        "x.csv", "\n".join(",".join(map(str, row)) for row in (header, *rows)).encode("utf-8", "replace")
    )
