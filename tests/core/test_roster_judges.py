"""The list of judges to draw from (评委库): read with every doubt at its cell, listed, and a panel drawn out of it."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from tests.core.roster_samples import book, text
from tests.drawworld import hold, opened
from tests.world import PROCTOR
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Post
from venue_app.roster.findings import sentence
from venue_app.roster.folder import recognise
from venue_app.roster.judges import counted, judges_listed, read_judges
from venue_app.roster.templates import write_templates
from venue_app.scheme import Scheme, load_scheme, preset_text
from venue_app.scheme.text import Text

HEAD = ("姓名", "工作单位", "身份", "回避职位")
POSTS = {"P01": Post(id="P01", title="教育局局长"), "P02": Post(id="P02", title="水利局 局长")}


@pytest.fixture(scope="module")
def plan() -> Scheme:
    """A county's plan with judges of one group in the rooms."""
    whole = load_scheme(preset_text("s0-county-self-nomination"), "s0")
    return replace(whole, groups=tuple(g for g in whole.groups if g.id == "panel"))


@pytest.fixture(scope="module")
def two(plan: Scheme) -> Scheme:
    """The same with leaders and experts."""
    only = plan.groups[0]
    named = [("leaders", "领导评委"), ("experts", "专家评委")]
    return replace(plan, groups=tuple(replace(only, id=i, title=Text.of(t)) for i, t in named))


def codes(read) -> list[tuple[str, str]]:
    return [(found.code, found.cell) for found in read.errors]


def test_a_list_as_an_office_writes_it(plan):
    rows = [
        ("评委库（2026年）", "", "", ""),
        HEAD,
        ("甲 一", "市一院", "主评委", ""),
        ("乙二", "市二院", "可任主评委", "教育局局长、水利局局长"),
        ("丙三", "市三院", "评委", "无"),
        ("", "", "", ""),
        ("合计3人", "", "", ""),
    ]
    read = read_judges(text(rows, "评委库.csv", "gb18030"), plan, POSTS)
    assert read.errors == ()
    found = [(j.id, j.name, j.unit, j.group, j.chief, j.recuses, j.seat) for j in judges_listed(read.rows)]
    assert found == [
        ("J01", "甲一", "市一院", "panel", "only", (), ""),
        ("J02", "乙二", "市二院", "panel", "yes", ("P01", "P02"), ""),
        ("J03", "丙三", "市三院", "panel", "", (), ""),
    ]


def test_ids_have_one_width_and_follow_the_file(plan):
    read = read_judges(text([HEAD, *((f"评{n}", f"院{n}", "", "") for n in range(100))]), plan, {})
    listed = judges_listed(read.rows)
    assert (listed[0].id, listed[99].id, len(listed)) == ("J001", "J100", 100)


def test_a_group_by_its_column_or_by_the_role(two):
    rows = [
        ("姓名", "单位", "评委组别", "身份"),
        ("甲", "一院", "专家评委", "主评委"),
        ("乙", "二院", "", "领导评委"),
        ("丙", "三院", "experts", ""),
        ("丁", "四院", "", "评委"),
        ("戊", "五院", "群众", "专家评委"),
    ]
    read = read_judges(book(rows), two, {})
    assert codes(read) == [("judge_group_unknown", "C5")]
    assert [row.group for row in read.rows] == ["experts", "leaders", "experts", "", "experts"]
    assert counted(read.rows) == {"experts": 3, "leaders": 1, "": 1}
    for lang in LANGUAGES:
        said = sentence(read.errors[0], lang)
        assert "C5" in said and "领导评委、专家评委" in said


def test_with_one_group_a_wrong_word_in_its_column_is_not_passed_over(plan):
    read = read_judges(
        text([("姓名", "单位", "评委组别"), ("甲", "一院", "观察员"), ("乙", "一院", "")]), plan, {}
    )
    assert codes(read) == [("judge_group_unknown", "C2")]


def test_what_is_wrong_is_told_by_its_cell(plan):
    rows = [
        HEAD,
        ("甲", "一院", "", "教育局长"),
        ("乙", "二院", "", ""),
        ("", "三院", "评委", ""),
        ("乙", "二 院", "", ""),
        ("乙", "四院", "", ""),
    ]
    read = read_judges(book(rows), plan, POSTS)
    assert sorted(codes(read)) == [
        ("cell_missing", "A4"),
        ("judge_post_unknown", "D2"),
        ("judge_twice", "A5"),
    ]
    assert [(f.code, f.cell) for f in read.findings if f.severity == "doubt"] == [("judge_namesakes", "A6")]
    by = {found.code: found for found in read.findings}
    assert "“教育局长”" in sentence(by["judge_post_unknown"], "zh-CN")
    assert "A3" in sentence(by["judge_twice"], "en") and "A5" in sentence(by["judge_twice"], "en")


def test_a_title_with_a_sign_in_it_and_one_that_two_posts_share(plan):
    posts = {
        "P01": Post(id="P01", title="综合科/办公室主任"),
        "P02": Post(id="P02", title="副局长", room="R1"),
        "P03": Post(id="P03", title="副局长", room="R2"),
    }
    rows = [
        HEAD,
        ("甲", "一院", "", "综合科/办公室主任"),
        ("乙", "二院", "", "副局长"),
        ("丙", "三院", "", "P03"),
    ]
    read = read_judges(text(rows), plan, posts)
    assert read.errors == ()
    assert [row.recuses for row in read.rows] == [("P01",), ("P02", "P03"), ("P03",)]


def test_another_file_says_what_is_missing(plan):
    assert codes(read_judges(text([("单位", "职务"), ("一院", "院长")]), plan, {}))[0][0] == "no_header"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_spreadsheet_filled_in_is_read_back(tmp_path, two, lang):
    drawn = replace(two, draw=replace(two.draw, held=("order", "pool")))
    made = {recognise(path): path for path in write_templates(tmp_path, drawn, lang)}
    path = made["judges"]
    roles = tr_in(lang, "templates.list.judge_role").split(",")
    full = openpyxl.load_workbook(path)
    for row, role in enumerate(roles, start=2):
        for column, value in enumerate((f"评{row}", f"院{row}", "专家评委", role, "P02"), start=1):
            full.worksheets[0].cell(row, column).value = value
    full.save(path)
    read = read_judges(path, drawn, POSTS)
    assert read.errors == ()
    assert [(row.group, row.chief, row.recuses) for row in read.rows] == [
        ("experts", "only", ("P02",)),
        ("experts", "yes", ("P02",)),
        ("experts", "", ("P02",)),
    ]


def test_a_plan_that_draws_no_judges_has_no_such_spreadsheet(tmp_path, plan):
    assert "judges" not in {recognise(path) for path in write_templates(tmp_path, plan, "zh-CN")}


def test_a_panel_is_drawn_out_of_the_list(tmp_path):
    venue = opened(tmp_path / "pool.venue", 'held = ["order", "pool"]')
    rows = [HEAD, *((f"专家{n}", f"院{n}", "可任主评委" if n < 5 else "", "") for n in range(1, 21))]
    read = read_judges(text(rows), venue.state.scheme, venue.state.posts)
    assert read.errors == ()
    assert counted(read.rows) == {"panel": 20}, "the observers have no rooms: they are not meant"
    venue.ask(dc.ListJudges(judges=judges_listed(read.rows)), PROCTOR)
    hold(venue, "order", "pool")
    draw = venue.state.draws["pool"]
    assert len(draw.result["panel"]) == 14 and len(draw.reserve) == 6
    assert {*draw.result["panel"], *draw.reserve} == {f"J{n:02d}" for n in range(1, 21)}
    venue.close()
