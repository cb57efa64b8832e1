"""Each form says what it must, at one person and at a hundred and fifty, or is refused."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace

import pdfplumber
import pytest

from tests.core import reports_samples as samples
from tests.core.test_reports_pages import plain, texts
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue, say
from venue_app.reports.models import (
    CandidateSheets,
    Composite,
    DrawLine,
    DrawRecord,
    DrawRoom,
    Form,
    Part,
    SeatMarks,
)

_TITLES = {
    "opening_report": ("开场确认单", "開場確認單", "Opening Report"),
    "draw_record": ("抽签结果表", "抽籤結果表", "Draw Record"),
    "draw_check": ("抽签复核说明", "抽籤複核說明", "How to Check the Draw"),
    "candidate_sheets": ("考生成绩单", "考生成績單", "Candidate's Score Sheet"),
    "room_summary": ("成绩汇总表", "成績彙總表", "Room Summary of Scores"),
    "composite": ("综合成绩表", "綜合成績表", "Composite Results"),
    "shortlist": ("入围考察名单", "入圍考察名單", "Shortlist for Inspection"),
    "room_log": ("考场记录", "考場記錄", "Room Log"),
}


def rows(form: Form) -> list[list[list[str]]]:
    """Rows of all tables, page by page, as another program reads them off the rules."""
    with pdfplumber.open(io.BytesIO(plain(form))) as pdf:
        return [
            [
                [(cell or "").replace("\n", "") for cell in row]
                for table in page.extract_tables()
                for row in table
            ]
            for page in pdf.pages
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_prints_for_one_person_in_each_language(language: str) -> None:
    at = LANGUAGES.index(language)
    for name, form in samples.every(1).items():
        first = texts(plain(form, samples.frame(language)))[0]
        assert _TITLES[name][at] in first
        assert "reports." not in first


def test_all_languages_hold_the_same_words_with_the_same_placeholders() -> None:
    def shape(language: str) -> dict[str, set[str]]:
        words = catalogue(language)
        return {k: set(re.findall(r"{(\w+)}", v)) for k, v in words.items() if k.startswith("reports.")}

    assert len(shape("zh-CN")) > 90
    assert shape("zh-TW") == shape("zh-CN")
    assert shape("en") == shape("zh-CN")


def test_a_long_draw_record_repeats_its_head_and_tears_no_row() -> None:
    pages = rows(samples.draw_record(150))
    assert len(pages) > 8
    lots = []
    for page in pages[:-1]:
        assert page[0] == ["签号", "姓名", "职位", "标识", "本人签名"]
        lots += [row for row in page if row[0].isdigit()]
    lots += [row for row in pages[-1] if len(row) == 5 and row[0].isdigit()]
    assert [int(row[0]) for row in lots] == list(range(1, 151))
    assert [row[1] for row in lots] == [samples.name(n) for n in range(1, 151)]
    assert all(row[4] == "" for row in lots)


def test_rooms_of_a_draw_begin_on_fresh_pages_and_the_transcript_closes() -> None:
    pages = texts(plain(samples.draw_record(6, rooms=3)))
    assert len(pages) == 4
    assert ["第1测试室" in pages[0], "第2测试室" in pages[1], "第3测试室" in pages[2]] == [True] * 3
    flat = re.sub(r"\s", "", pages[3])
    assert samples.SEED in flat
    assert samples.sha("list") in flat
    assert samples.sha("commit") in flat
    assert all(word in flat for word in ("候考室工作人员", "监督员", "公证员"))


def test_the_check_sheet_works_with_a_plain_sha256() -> None:
    """The recipe on the paper, followed with nothing but what stands on it."""
    form = samples.draw_check(50)
    pages = texts(plain(form))
    flat = re.sub(r"\s", "", "".join(pages))
    seed = re.search(r"venue-draw-2,[0-9a-f]{32},([0-9a-f]{64}),\d+,program=[0-9a-f]{64}", flat)
    worked = re.search(r"id=(E\d{3})", "\n".join(pages))
    assert seed and worked
    expected = hashlib.sha256(f"{seed[0]},{worked[1]}".encode()).hexdigest()
    assert expected in flat
    assert """printf '%s,%s' "$seed" "$id" | sha256sum""" in "\n".join(pages)
    text = "\n".join(pages).replace("\r", "")
    tickets = re.findall(r"^(\d+) (E\d{3}) ([0-9a-f]{64})", text, re.MULTILINE)
    assert [int(lot) for lot, _, _ in tickets] == list(range(1, 51))
    assert [t for _, _, t in tickets] == sorted(t for _, _, t in tickets)
    for _, name, ticket in tickets:
        assert hashlib.sha256(f"{seed[0]},{name}".encode()).hexdigest() == ticket
    printed = re.findall(r"(?:item|place|draw),[^\s]+", text)
    listed = "".join(f"{line}\n" for line in sorted(printed))
    assert hashlib.sha256(listed.encode()).hexdigest() == seed[1]


def test_an_order_the_seed_does_not_give_is_never_explained() -> None:
    form = samples.draw_check(5)
    (place,) = form.places
    for wrong in (
        replace(form, places=(replace(place, ids=tuple(reversed(place.ids))),)),
        replace(form, reserve=("E001",)),
        replace(form, list=form.list.replace("absent=lot", "absent=out")),
    ):
        with pytest.raises(Known) as caught:
            plain(wrong)
        assert caught.value.code == "reports.draw_mismatch"


def test_judges_and_what_happened_besides_stand_in_one_table() -> None:
    rooms = tuple(
        DrawRoom(
            title=title,
            lines=tuple(DrawLine(lot=n, name=f"评委{who}{n}", post="审计局", id=f"J{n:02d}") for n in (1, 2)),
        )
        for title, who in (("第1测试室", "甲"), ("后备", "乙"))
    )
    form = DrawRecord(
        rooms=rooms,
        transcript=samples.TRANSCRIPT,
        kind="judges",
        draw="评委席位",
        notes=("此前一次抽签作废。",),
    )
    page = rows(form)[0]
    assert [row[:4] for row in page if row[0] in ("第1测试室", "后备")] == [
        ["第1测试室", "1", "评委甲1", "审计局"],
        ["第1测试室", "2", "评委甲2", "审计局"],
        ["后备", "1", "评委乙1", "审计局"],
        ["后备", "2", "评委乙2", "审计局"],
    ]
    text = "".join(texts(plain(form)))
    assert "此前一次抽签作废" in text and "信封不符" in text


def test_a_draw_held_by_hand_shows_no_seed() -> None:
    form = replace(
        samples.draw_record(3),
        transcript=replace(samples.TRANSCRIPT, seed="", by_hand="手工抽签，见证人：甲、乙"),
    )
    (text,) = texts(plain(form))
    assert "见证人：甲、乙" in text and "种子" not in re.sub(r"\s", "", text)


def test_a_candidate_sheet_shows_every_mark_and_what_became_of_it() -> None:
    (page,) = rows(samples.sheet(1))
    by_seat = {row[0]: row for row in page if row[0].endswith("号") or "主" in row[0]}
    assert by_seat["2 号"] == ["2 号", "26.5", "17.0", "16.5", "17.5", "8.0", "85.5", "去掉最高", "K7F-2Q9"]
    assert by_seat["5 号"][7] == "去掉最低"
    assert by_seat["1 号(主)"][7] == "计入"
    assert by_seat["4 号"][1] == "回避"
    (text,) = texts(plain(samples.sheet(1)))
    assert "85.50" in text
    assert "342.0" in text
    order = [text.index(w) for w in ("计分员", "核分员", "主评委", "监督员", "考生本人")]
    assert order == sorted(order)


def _struck_rules(form: Form) -> int:
    """Rules of the thickness that strikes a mark out, without the one below the page's head."""
    with pdfplumber.open(io.BytesIO(plain(form))) as pdf:
        return sum(1 for line in pdf.pages[0].lines if abs(line["linewidth"] - 1.2) < 0.01) - 1


def test_dropped_marks_are_struck_whole_or_by_criterion() -> None:
    sheet = samples.sheet(1)
    assert _struck_rules(sheet) == 2 * 6
    seats = tuple(
        replace(one, dropped="", struck=(0, 4) if one.seat == "6 号" else ()) for one in sheet.seats
    )
    assert _struck_rules(replace(sheet, seats=seats)) == 2


def test_an_absent_candidate_has_a_page_without_numbers() -> None:
    pages = texts(plain(CandidateSheets(sheets=(samples.sheet(8), samples.sheet(9)))))
    assert len(pages) == 2
    assert "缺 考" in re.sub(" +", " ", pages[1])
    assert "最后得分" not in pages[1]


@pytest.mark.parametrize("seats", [1, 5, 9, 20])
def test_one_candidate_is_one_page(seats: int) -> None:
    assert len(texts(plain(samples.sheet(1, seats)))) == 1


def test_a_hundred_and_fifty_sheets_are_a_hundred_and_fifty_pages() -> None:
    pages = texts(plain(samples.sheets(150)))
    assert len(pages) == 150
    for lot, page in enumerate(pages, 1):
        assert samples.name(lot) in re.sub(r"\s", "", page).replace("LýThịHoa", "Lý Thị Hoa")


def test_a_room_summary_counts_the_absent_and_prints_them_as_such() -> None:
    pages = rows(samples.room_summary(50))
    lines = [row for page in pages for row in page if row[0].isdigit()]
    assert [int(row[0]) for row in lines] == list(range(1, 51))
    assert [int(row[0]) for row in lines if row[-1] == "缺考"] == [9, 29, 49]
    assert lines[0] == ["1", "80.5", "81.5", "82.5", "83.5", "84.5", "85.5", "86.5", "86.5", "80.5", "84.50"]
    assert "到考 47 人，缺考 3 人" in texts(plain(samples.room_summary(50)))[0]


def test_numbers_of_a_panel_of_thirty_stay_on_one_line_on_a_turned_page() -> None:
    with pdfplumber.open(io.BytesIO(plain(samples.room_summary(3, 30)))) as pdf:
        page = pdf.pages[0]
        assert page.width > page.height
        cells = [cell for table in page.extract_tables() for row in table for cell in row]
    assert "80.5" in cells
    assert "109.5" in cells


def test_a_composite_goes_by_post_and_repeats_the_post_where_a_page_breaks_it() -> None:
    pages = rows(samples.composite(60, per_post=40))
    assert pages[0][0][0] == "名次"
    headings = [[row[0] for row in page if "名额" in row[0]] for page in pages]
    assert headings[0] == ["新安所镇副镇长 名额 1 名，考生 40 人"]
    assert headings[1][0] == "新安所镇副镇长 名额 1 名，考生 40 人（续）"
    lines = [row for page in pages for row in page if len(row) == 10 and row[1][:2] == "1-"]
    assert [row[1] for row in lines] == [f"1-{n:02d}" for n in range(1, 61)]
    assert lines[0][3:9] == ["87.43", "13.11", "85.50", "55.58", "8.35", "77.04"]
    assert lines[8] == ["—", "1-09", "何雪", "87.43", "13.11", "—", "—", "—", "—", "缺考"]


def test_a_provisional_composite_says_so() -> None:
    form = replace(samples.composite(3), provisional="暂定:组织考察尚未完成")
    assert "暂定:组织考察尚未完成" in texts(plain(form))[0]


def test_a_shortlist_names_the_basis_and_an_empty_one_says_nobody() -> None:
    pages = rows(samples.shortlist(29))
    lines = [row for page in pages for row in page if row[2:3] == ["77.04"]]
    assert len(lines) == 29
    assert lines[2][1] == "张𠮷"
    assert "本次无人达到入围条件" in texts(plain(samples.shortlist(0)))[0]


def test_the_opening_report_and_the_room_log_hold_all_they_are_given() -> None:
    opening = "".join(texts(plain(samples.opening_report())))
    assert "吴𠮷祥" in opening
    assert "郑䶮" in opening
    assert samples.sha("scheme") in re.sub(r"\s", "", opening)
    assert opening.count("平板") >= 21
    log = texts(plain(samples.room_log(12)))
    assert "".join(re.sub(r"\s", "", page) for page in log).count("宣布暂停计时") == 12
    assert "9、29" in log[0]
    assert "本场无异常情况" in texts(plain(samples.room_log(0)))[0]


_SHEET = samples.sheet(1)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (CandidateSheets(sheets=()), "reports.empty"),
        (DrawRecord(rooms=(), transcript=samples.TRANSCRIPT), "reports.empty"),
        (Composite(components=(), posts=()), "reports.empty"),
        (replace(samples.room_summary(2), lines=()), "reports.empty"),
        (replace(samples.opening_report(), people=()), "reports.empty"),
        (replace(_SHEET, absent=True), "reports.absent_with_marks"),
        (replace(_SHEET, mean=""), "reports.no_marks"),
        (replace(_SHEET, seats=(SeatMarks(seat="1 号", marks=("1",), total="1"),)), "reports.columns"),
        (replace(samples.room_log(), present=50), "reports.log_counts"),
        (replace(samples.draw_check(3), worked="E004"), "reports.lots"),
        (replace(_SHEET, name="王\U00031350"), "reports.no_glyph"),
    ],
)
def test_a_form_that_cannot_be_true_is_refused_with_a_sentence(form: Form, code: str) -> None:
    with pytest.raises(Known) as caught:
        plain(form)
    assert caught.value.code == code
    for language in LANGUAGES:
        sentence = say(caught.value, language)
        assert "reports.error" not in sentence
        assert "{" not in sentence


def test_lots_twice_in_one_room_are_refused() -> None:
    form = samples.draw_record(2)
    (room,) = form.rooms
    twice = replace(form, rooms=(replace(room, lines=room.lines + room.lines[:1]),))
    with pytest.raises(Known) as caught:
        plain(twice)
    assert caught.value.code == "reports.lots"


def test_the_numbers_of_a_column_are_of_one_size() -> None:
    form = samples.composite(4)
    long = replace(
        form.posts[0].lines[0],
        parts=(Part(raw="67.55", weighted="10.13255"), *form.posts[0].lines[0].parts[1:]),
    )
    post = replace(form.posts[0], lines=(long, *form.posts[0].lines[1:]))
    with pdfplumber.open(io.BytesIO(plain(replace(form, posts=(post,))))) as pdf:
        words = pdf.pages[0].extract_words(extra_attrs=["size"])
    sizes = {w["text"]: w["size"] for w in words if w["text"] in ("10.13255", "13.11", "55.58")}
    assert sizes["10.13255"] == sizes["13.11"] < sizes["55.58"]
