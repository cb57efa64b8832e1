"""Every finding there is: a sheet that brings it forth, at the right cell, with a sentence in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

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
    idn,
    swap,
    text,
)
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.domain.nouns import Post
from venue_app.roster import (
    CODES,
    Finding,
    Source,
    check_marks,
    check_together,
    choice_sentence,
    decide,
    group_sentence,
    grouped,
    question_sentence,
    read_component,
    read_entries,
    read_marks,
    read_observers,
    read_panel,
    read_rooms,
    sentence,
)
from venue_app.roster.judges import read_judges
from venue_app.scheme import load_scheme, preset_text

Rows = Sequence[Sequence[object]]
Made = Callable[[], Sequence[Finding]]
PLAIN = (HEAD, *SIX)
MARKS = (
    ("身份证号", "席位", "内容", "表达", "合计"),
    *((who, seat, 50, 40, 90) for who in (A, B, C, D, E, F) for seat in (1, 2)),
)
CHOICES = ("编号", "姓名", "第一志愿", "第二志愿")
VOTES = (("身份证号", "票1", "票2"), *((who, 9, 8) for who in (A, B, C, D, E, F)))


def entries(rows: Rows = PLAIN, change: Callable[[Any, Any], None] | None = None) -> Made:
    return lambda: read_entries(book(rows, change) if change else text(rows)).findings


def lines(*rows: Sequence[object]) -> Made:
    return entries((HEAD, *rows))


def one(name: str = "张一", identity: str = A, post: str = "甲职位", verdict: str = "合格", remarks: str = "",
        sex: str = "") -> Made:  # fmt: skip
    return lines(entry(1, name, identity, post, verdict, remarks, sex))


def rooms(rows: Rows) -> Made:
    return lambda: read_rooms(text(rows)).findings


def panel(rows: Rows) -> Made:
    return lambda: read_panel(text(rows)).findings


def pool(rows: Rows) -> Made:
    plan = load_scheme(preset_text("s0-county-self-nomination"), "s0")
    posts = {"P1": Post(id="P1", title="甲职位")}
    return lambda: read_judges(text(rows), plan, posts).findings


def scores(rows: Rows) -> Made:
    return lambda: read_component(text(rows)).findings


def marks(rows: Rows, criteria: Sequence[str] | None = None) -> Made:
    return lambda: read_marks(text(rows), criteria=criteria).findings


def votes(rows: Rows) -> Made:
    return lambda: read_observers(text(rows)).findings


def together(
    people: Rows = SIX,
    in_rooms: Rows = ROOMS,
    judges: Rows = PANEL,
    points: Rows = SCORES,
    minimum: int = 2,
    seats: int | None = None,
) -> Made:
    def make() -> Sequence[Finding]:
        plan = check_together(
            read_entries(text((HEAD, *people))),
            read_rooms(text(in_rooms)),
            read_panel(text(judges)),
            read_component(text(points)),
            minimum,
            seats=seats,
        )
        for question in plan.questions:
            for lang in LANGUAGES:
                assert said_well(question_sentence(question, lang))
                assert all(said_well(choice_sentence(choice, lang)) for choice in question.choices)
        return plan.findings

    return make


def crossed(rows: Rows) -> Made:
    def make() -> Sequence[Finding]:
        plan = check_together(
            read_entries(text(PLAIN)), read_rooms(text(ROOMS)), read_panel(text(PANEL)), None, minimum=2
        )
        return check_marks(decide(plan), read_marks(text(rows)))

    return make


def hidden_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hidden_sheet(made: Any, _: Any) -> None:
    made.create_sheet("旧").sheet_state = "hidden"


def other_sheet(made: Any, _: Any) -> None:
    made.create_sheet("说明").append(["仅供参考"])


def merged_posts(_: Any, sheet: Any) -> None:
    sheet.merge_cells("F2:F4")


def formula(_: Any, sheet: Any) -> None:
    sheet["B2"] = "=C2"


def fault(_: Any, sheet: Any) -> None:
    sheet["B2"] = "#REF!"
    sheet["B2"].data_type = "e"


def with_macros() -> Sequence[Finding]:
    import io
    import zipfile

    out = io.BytesIO(book(PLAIN).data)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("xl/vbaProject.bin", b"\0")
    return read_entries(Source("x.xlsm", out.getvalue())).findings


def number_identity(value: object) -> Made:
    def stored(_: Any, sheet: Any) -> None:
        sheet["D2"] = value

    return entries(PLAIN, stored)


ENDS_IN_X = next(number for n in range(1, 99) if (number := idn("19900101", f"{n:03d}")).endswith("X"))
BIRTH = ("姓名", "身份证号", "报考职位", "出生年月", "资格审查")

POOL: Rows = (("姓名", "单位", "评委组别", "回避职位"), ("甲", "一院", "", "甲职位"), ("乙", "二院", "", ""))

CASES: dict[str, tuple[Made, str]] = {
    "no_header": (entries((("甲", "乙"), (1, 2))), ""),
    "columns_missing": (entries((("序号", "姓名", "性别"), (1, "张一", "男"))), "A1"),
    "second_header": (entries((*PLAIN, ("姓名", "序号", *HEAD[2:]), entry(7, "周七", STRANGER))), "A8"),
    "column_twice": (entries((("姓名", "身份证号", "报考职位", "备注", "备注"), ("张一", A, "甲职位", "", ""))), "E1"),
    "scores_several": (scores((("身份证号", "笔试成绩", "演讲得分"), (A, 1, 2))), "B1"),
    "scores_missing": (scores((("身份证号", "姓名"), (A, "张一"))), "A1"),
    "criteria_missing": (marks(MARKS, ["内容", "风度"]), ""),
    "votes_missing": (votes((("身份证号", "姓名"), (A, "张一"))), "A1"),
    "header_again": (entries((*PLAIN, HEAD, entry(7, "周七", STRANGER))), "A8"),
    "title_row": (entries((("某县报名表",), *PLAIN)), "A1"),
    "blank_row": (entries((*PLAIN[:3], ("",) * 8, *PLAIN[3:])), ""),
    "note_row": (entries((*PLAIN, ("注\uff1a以上为初审结果",))), "A8"),
    "total_row": (entries((*PLAIN, ("合计", "6人"))), "A8"),
    "total_differs": (entries((*PLAIN, ("合计", "7人"))), "B8"),
    "no_rows": (entries((HEAD, ("注\uff1a无",))), ""),
    "sheet_without_table": (entries(PLAIN, other_sheet), ""),
    "hidden_sheet": (entries(PLAIN, hidden_sheet), ""),
    "hidden_row": (entries(PLAIN, hidden_row), "A3"),
    "columns_unread": (entries((("姓名", "身份证号", "报考职位", "籍贯"), ("张一", A, "甲职位", "某地"))), ""),
    "macros": (with_macros, ""),
    "named_otherwise": (lambda: read_entries(text(PLAIN, name="x.xlsx")).findings, ""),
    "merged_fill": (entries(PLAIN, merged_posts), "F2"),
    "cell_missing": (one(post=""), "F2"),
    "formula_without_result": (entries(PLAIN, formula), "B2"),
    "cell_fault": (entries(PLAIN, fault), "B2"),
    "text_mended": (one(post="甲 职位 "), "F2"),
    "name_spaces": (one(name="张  一"), "B2"),
    "name_form": (one(name="\u2f5c一"), "B2"),
    "name_dot": (one(name="阿古丽•买买提"), "B2"),
    "name_old_character": (one(name="张\ue863"), "B2"),
    "name_space_or_dot": (one(name="阿依古丽 买买提"), "B2"),
    "name_odd": (one(name="张一(女)"), "B2"),
    "unreadable_character": (one(name="张\ue000"), "B2"),
    "identity_fullwidth": (one(identity=A.translate({n + 48: n + 0xFF10 for n in range(10)})), "D2"),
    "identity_spaces": (one(identity=f"{A[:6]} {A[6:]}"), "D2"),
    "identity_x": (one(identity=ENDS_IN_X.lower()), "D2"),
    "identity_form": (one(identity="990000900101001"), "D2"),
    "identity_birth": (one(identity=idn("19900231", "001")), "D2"),
    "identity_check_digit": (one(identity=A[:-1] + ("1" if A[-1] != "1" else "2")), "D2"),
    "identity_as_number": (number_identity(990000900101001), "D2"),
    "identity_digits_lost": (number_identity(9.90000199001010e17), "D2"),
    "identity_twice": (lines(SIX[0], entry(2, "张一", A, "乙职位")), "D3"),
    "sex_unknown": (one(sex="不详"), "C2"),
    "sex_differs": (one(sex="女"), "C2"),
    "birth_differs": (entries((BIRTH, ("张一", A, "甲职位", "1991.01", "合格"))), "D2"),
    "qualified_unknown": (one(verdict="待定"), "G2"),
    "no_qualified_column": (entries((BIRTH[:4], ("张一", A, "甲职位", "1990.01"))), ""),
    "known_by_code": (entries((("编号", "姓名", "报考职位"), ("07", "张一", "甲职位"))), "A1"),
    "choices_above": (
        lambda: check_together(read_entries(text((CHOICES, ("1", "张一", "甲职位", "乙职位")))), None, None).findings, "D2"),
    "namesakes": (lines(SIX[0], entry(2, "张 一", B)), "B3"),
    "move_several": (one(remarks="同意改报乙职位或丙职位"), "H2"),
    "number_mended": (scores(swap(SCORES, 1, 2, "８１．５分")), "C2"),
    "number_unreadable": (scores(swap(SCORES, 1, 2, "优秀")), "C2"),
    "number_negative": (scores(swap(SCORES, 1, 2, "-1")), "C2"),
    "number_above": (scores(swap(SCORES, 1, 2, "100.01")), "C2"),
    "number_missing": (scores(swap(SCORES, 1, 2, "")), "C2"),
    "sum_differs": (marks(swap(MARKS, 1, 4, 91)), "E2"),
    "absent": (scores(swap(SCORES, 1, 2, "缺考")), "C2"),
    "seat_unreadable": (panel(swap(PANEL, 1, 1, "主席")), "B2"),
    "seat_twice": (panel(swap(PANEL, 2, 1, 1)), "B3"),
    "judge_group_unknown": (pool((*POOL, ("戊", "五院", "观察员", ""))), "C4"),
    "judge_post_unknown": (pool((*POOL, ("戊", "五院", "", "丁职位"))), "D4"),
    "judge_twice": (pool((*POOL, ("甲", "一 院", "", ""))), "A4"),
    "judge_namesakes": (pool((*POOL, ("甲", "五院", "", ""))), "A4"),
    "post_in_two_rooms": (rooms((*ROOMS, ("甲职位", "第2组"))), "A4"),
    "row_repeated": (rooms((*ROOMS, ("甲职位", "第一组"))), "A4"),
    "score_twice": (scores((*SCORES, SCORES[1])), "A8"),
    "mark_twice": (marks((*MARKS, MARKS[1])), "A14"),
    "vote_row_twice": (votes((*VOTES, VOTES[1])), "A8"),
    "post_under_minimum": (together(), ""),
    "minimum_straddled": (together((*SIX[:4], entry(5, "钱五", E, "乙职位", "不合格"), SIX[5])), ""),
    "move_without_target": (together((*SIX[:5], entry(6, "孙六", F, "丙职位"))), "H7"),
    "move_target_cancelled": (
        together((*SIX[:4], entry(5, "钱五", E, "丁职位", remarks="同意改报丙职位"), SIX[5])), "H6"),
    "move_target_unknown": (together((*SIX[:5], entry(6, "孙六", F, "丙职位", remarks="同意改报戊局局长"))), "H7"),
    "post_without_room": (together(in_rooms=ROOMS[:2]), "F5"),
    "post_without_entries": (together(in_rooms=(*ROOMS, ("人事局副局长", "第1组"))), "A4"),
    "room_without_panel": (together(judges=PANEL[:3]), ""),
    "panel_without_room": (together(judges=(*PANEL, ("第3组", 1, "评戊", "五局", "主评委"))), "A6"),
    "seat_missing": (together(seats=3), "B2"),
    "seat_gap": (together(judges=swap(PANEL, 2, 1, 3)), "B2"),
    "panel_sizes_differ": (together(judges=(*PANEL, ("第2组", 3, "评戊", "五局", "评委"))), ""),
    "chief_twice": (together(judges=swap(PANEL, 2, 4, "主评委")), "E3"),
    "chief_missing": (together(judges=swap(PANEL, 1, 4, "评委")), "E2"),
    "judge_in_two_rooms": (together(judges=(*PANEL[:4], ("第2组", 2, "评甲", "一局", "评委"))), "C5"),
    "judges_share_unit": (together(judges=swap(PANEL, 2, 3, "一局")), "D3"),
    "judge_shares_unit": (together(judges=swap(PANEL, 1, 3, "某单位")), "D2"),
    "judge_is_candidate": (together(judges=swap(PANEL, 1, 2, "赵四")), "C2"),
    "person_without_score": (together(points=SCORES[:-1]), "B7"),
    "scores_do_not_fit": (together(points=SCORES[:3]), "A2"),
    "score_without_person": (together(points=(*SCORES, (STRANGER, "周七", 70))), "A8"),
    "score_name_differs": (together(points=swap(SCORES, 1, 1, "张乙")), "B2"),
    "score_not_needed": (together((*SIX, entry(7, "周七", STRANGER, verdict="不合格")), points=(*SCORES, (STRANGER, "周七", 70))), "A8"),
    "person_without_marks": (crossed(MARKS[:-2]), ""),
    "marks_without_person": (crossed((*MARKS, (STRANGER, 1, 50, 40, 90))), "A14"),
    "marks_name_differs": (crossed([[*line, "姓名" if i == 0 else "别人"] for i, line in enumerate(MARKS)]), "F2"),
    "mark_seat_unknown": (crossed(swap(MARKS, 1, 1, 9)), "B2"),
    "mark_seat_missing": (crossed(MARKS[:-1]), "A12"),
}  # fmt: skip


def said_well(words: str) -> bool:
    return bool(words) and not re.search(r"[{}]|roster\.\w", words)


@pytest.mark.parametrize("code", CODES)
def test_every_finding_comes_forth_at_its_cell_and_can_be_said(code: str) -> None:
    make, cell = CASES[code]
    found = [item for item in make() if item.code == code]
    assert found, "the case does not bring it forth"
    assert found[0].cell == cell
    assert found[0].severity == CODES[code]
    for lang in LANGUAGES:
        assert said_well(sentence(found[0], lang))
        assert all(said_well(group_sentence(group, lang)) for group in grouped(found))


def test_a_clean_sheet_brings_nothing() -> None:
    assert entries()() == ()
    assert [item.code for item in together()()] == ["post_under_minimum"]


def test_the_sentences_name_what_they_are_about() -> None:
    found = one(identity=f"{A[:6]} {A[6:]}")()[0]
    assert sentence(found, "zh-CN") == f"D2 身份证号中有空格或符号\uff0c已更正为 {A}。"
    assert (found.original, found.mended, found.row) == (f"{A[:6]} {A[6:]}", A, 2)
    missing = CASES["columns_missing"][0]()[0]
    assert "identity number, post" in sentence(missing, "en") and "registration list" in sentence(
        missing, "en"
    )


def test_groups_count_and_put_the_gravest_first() -> None:
    found = lines(entry(1, "张 一", A), entry(2, "李 二", B), entry(3, "", C))()
    groups = grouped(found)
    assert [(group.severity, group.code, group.count) for group in groups] == [
        ("error", "cell_missing", 1),
        ("mended", "name_spaces", 2),
    ]
    assert group_sentence(groups[1], "en") == "Names with stray spaces, mended: 2"


def test_the_three_languages_hold_the_same_keys_and_placeholders() -> None:
    def holes(lang: str) -> dict[str, set[str]]:
        return {
            k: set(re.findall(r"{(\w+)}", v)) for k, v in catalogue(lang).items() if k.startswith("roster.")
        }

    first = holes("zh-CN")
    assert len(first) > 250
    assert first == holes("zh-TW") == holes("en")
    for code in CODES:
        assert {f"roster.finding.{code}", f"roster.group.{code}"} <= first.keys()


def test_two_headers_name_both_places() -> None:
    moved = next(item for item in CASES["second_header"][0]() if item.code == "second_header")
    assert (moved.cell, dict(moved.params)["first"]) == ("A8", "A1")
    again = next(item for item in CASES["header_again"][0]() if item.code == "header_again")
    assert (again.cell, dict(again.params)["first"]) == ("A8", "A1")
