"""The papers around the room: each says what it must, at one person and at a hundred and fifty."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import pdfplumber
import pytest

from tests.core import papers_samples as papers
from tests.core import reports_samples as samples
from tests.core.test_reports_forms import rows
from tests.core.test_reports_pages import plain, texts
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES
from venue_app.reports import page_facts
from venue_app.reports.models import Form
from venue_app.reports.papers import Appointment, Closing, Notice, ScoreSheets, SealingList

_TITLES = {
    "score_sheet": ("评分表", "評分表", "Judge's Score Sheet"),
    "blank_sheet": ("评分表", "評分表", "Judge's Score Sheet"),
    "entry_pass": ("准考证", "准考證", "Entry Pass"),
    "notice": ("成绩公布单", "成績公布單", "Notice of Results"),
    "appointment": ("任前公示", "任前公示", "Notice of Intended Appointment"),
    "site_record": ("现场监督记录", "現場監督記錄", "Notary's On-site Record"),
    "closing": ("封存确认单", "封存確認單", "Closing Report"),
    "sealing_list": ("封存清单", "封存清單", "Sealing List"),
    "sealing_label": ("封存标签", "封存標籤", "Sealing Label"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_prints_in_each_language(language: str) -> None:
    at = LANGUAGES.index(language)
    for name, form in papers.every(1).items():
        first = texts(plain(form, samples.frame(language)))[0]
        assert _TITLES[name][at] in first
        assert "reports." not in first


def test_a_judges_sheet_holds_every_mark_and_what_it_was_before() -> None:
    table = rows(ScoreSheets(sheets=(papers.score_sheet(17, corrected=True),)))[0]
    assert [row[4] for row in table if row[0] in ("演讲内容", "语言表达", "岗位认识")] == [
        "27.5",
        "16.0",
        "18.0",
    ]
    assert next(row for row in table if row[0] == "演讲内容")[5] == "25.0"
    assert [cell for cell in next(row for row in table if row[0] == "合计") if cell] == ["合计", "70", "61.5"]


def test_an_empty_sheet_leaves_lot_marks_and_total_to_the_pen() -> None:
    form = ScoreSheets(sheets=(papers.score_sheet(0),))
    said = texts(plain(form))[0]
    assert "3号" in said and "划去原分" in said
    table = rows(form)[0]
    assert {row[4] for row in table if row[0] in ("演讲内容", "语言表达", "岗位认识")} == {""}


def test_a_sheet_half_filled_is_refused() -> None:
    whole = papers.score_sheet(3)
    half = replace(whole, criteria=(replace(whole.criteria[0], mark=""), *whole.criteria[1:]))
    with pytest.raises(Known) as caught:
        plain(ScoreSheets(sheets=(half,)))
    assert caught.value.code == "reports.no_marks"


def test_a_hundred_and_fifty_repeat_their_head_and_tear_no_row() -> None:
    pages = rows(papers.notice(150))
    assert len(pages) > 3
    lines = [row for page in pages for row in page if row and row[0].startswith("第一考场")]
    assert [row[0] for row in lines] == [f"第一考场{n}号" for n in range(1, 151)]
    for page in pages:
        if any(row[0].startswith("第一考场") for row in page):
            assert page[0][0] == "签号"
    listed = rows(SealingList(bags=papers.bags(150)))
    assert sum(row[0].startswith("考生成绩单") for page in listed for row in page) == 151


@pytest.mark.parametrize("count", [1, 150])
def test_long_and_rare_names_can_be_searched_and_copied(count: int, tmp_path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(plain(papers.appointment(count)))
    out = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout
    said = "".join(out.decode().split())
    wanted = {"".join(samples.name(n).split()) for n in range(count)}
    assert {one for one in wanted if one not in said} == set()


def test_a_notice_names_nobody() -> None:
    form = papers.notice(9)
    said = "".join(texts(plain(form)))
    assert not [n for n in samples.NAMES if n in said]


def test_sums_that_do_not_come_out_say_how_much() -> None:
    table = rows(papers.closing(1))[0]
    assert ["签号", "签号 6，参加抽签 6", "相符"] in table
    assert ["评分表", "应收 42", "差 2"] in table
    assert "有 1 项数目不符" in texts(plain(papers.closing(1)))[0]


def test_a_record_that_was_opened_again_says_so_on_every_page() -> None:
    frame = replace(samples.frame(), reopened=2)
    for page in texts(plain(papers.notice(60), frame)):
        assert "封存后曾重新打开 2 次" in page


def test_signing_boxes_and_page_numbers() -> None:
    last = texts(plain(papers.site_record(60)))
    for number, page in enumerate(last, 1):
        assert f"第 {number} 页 共 {len(last)} 页" in page
    assert last[-1].count("公证员") >= 2
    assert "骑缝签名" in texts(plain(papers.every(1)["sealing_label"]))[0]


@pytest.mark.parametrize("count", [1, 150])
def test_nothing_leaves_the_paper(count: int) -> None:
    for name, form in papers.every(min(count, 20)).items():
        with pdfplumber.open(io.BytesIO(plain(form))) as pdf:
            for page in pdf.pages:
                assert all(c["x0"] >= 0 and c["x1"] <= page.width for c in page.chars), name
                low = min(c["bottom"] for c in page.chars)
                assert low > 0


def test_each_page_has_the_facts_it_prints() -> None:
    facts = page_facts(papers.notice(150), frame=samples.frame())
    said = [f'"第一考场{n}号"'.encode() for n in range(1, 151)]
    assert [sum(one in page.facts for page in facts) for one in said] == [1] * 150


@pytest.mark.parametrize(
    "form",
    [
        Notice(components=(), posts=()),
        Appointment(people=()),
        Closing(opened="", closed="", sums=()),
        SealingList(bags=()),
        replace(papers.site_record(1), people=()),
    ],
)
def test_an_empty_paper_is_refused(form: Form) -> None:
    with pytest.raises(Known) as caught:
        plain(form)
    assert caught.value.code == "reports.empty"
