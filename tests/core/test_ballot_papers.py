"""Paper ballots from spreadsheets: read exactly or not at all; two people compared; counted as by hand."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.ballots_world import EVENT, NAMES, SCHEME, close, open_poll, opened, paper, slips
from venue_app.base.errors import Known
from venue_app.roster.ballot_papers import (
    Difference,
    Doubt,
    TypedPaper,
    differences,
    own_code,
    parse_answers,
    read_papers,
)
from venue_app.scheme import load_scheme

SCHEME_READ = load_scheme(SCHEME, "test")
APPRAISAL, DECIDE, CHOOSE, MARKS = (SCHEME_READ.ballot(b) for b in ("appraisal", "decide", "choose", "marks"))
WHO = tuple(zip(NAMES, ("王甲", "李乙", "张丙"), strict=True))

#: Three papers: one full, one with a blank and an over-mark written together, one with a name by place.
LONG = """测评票录入表,,,
票号,编号,德,能
1,1,优秀,称职
1,2,基本称职,不称职
1,3,优秀,优秀
2,王甲,,优秀称职
2,李乙,称职、基本称职,称职
2,3, 优 秀 ,称职
3,1,称职,称职
"""


def test_a_row_a_paper_and_name():
    read = read_papers(LONG.encode("gb18030"), APPRAISAL, WHO)
    assert read.doubts == () and [p.number for p in read.papers] == ["1", "2", "3"]
    assert read.papers[1].marks == {
        "C1": {"能": ("优秀", "称职")},
        "C2": {"德": ("称职", "基本称职"), "能": ("称职",)},
        "C3": {"德": ("优秀",), "能": ("称职",)},
    }
    assert read.papers[2].marks == {"C1": {"德": ("称职",), "能": ("称职",)}}


def test_a_row_a_paper():
    sheet = "票号,王甲 德,王甲能,2德,作废,另选\n7,优秀,称职,不称职,,\n8,,,,√,\n"
    read = read_papers(sheet.encode(), APPRAISAL, WHO)
    assert read.doubts == ()
    assert read.papers[0].marks == {"C1": {"德": ("优秀",), "能": ("称职",)}, "C2": {"德": ("不称职",)}}
    assert read.papers[1].void and read.papers[1].marks == {} and not read.papers[0].void


def test_a_workbook_of_choices_with_names_written_in():
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("票号", "王甲", "李乙", "张丙", "另选他人"),
        (1, "√", None, "○", "丁某、戊某"),
        (2, None, 1, None, None),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    read = read_papers(out.getvalue(), CHOOSE, WHO)
    assert read.doubts == ()
    assert [sorted(p.marks) for p in read.papers] == [["C1", "C3"], ["C2"]]
    assert read.papers[0].others == ("丁某", "戊某")


def test_every_doubtful_cell_is_named_and_none_is_guessed():
    sheet = "票号,编号,德,能\n1,1,优秀,良好\n1,9,优秀,优秀\n,2,优秀,优秀\n1,1,称职,优秀\n"
    read = read_papers(sheet.encode(), APPRAISAL, WHO)
    assert [(d.address, d.reason) for d in read.doubts] == [
        ("D2", "answer"),
        ("B3", "name"),
        ("A4", "paper"),
        ("C5", "twice"),
        ("D5", "twice"),
    ]
    assert read.doubts[0] == Doubt("D2", "良好", "answer")


def test_a_sheet_without_the_columns_is_said_so():
    with pytest.raises(Known) as caught:
        read_papers("姓名,成绩\n王甲,80\n".encode(), APPRAISAL, WHO)
    assert caught.value.code == "ballots.no_columns"


@pytest.mark.parametrize(
    ("ballot", "text", "answers"),
    [
        (APPRAISAL, "", ()),
        (APPRAISAL, "　", ()),
        (APPRAISAL, "基本称职", ("基本称职",)),  # not «基本» and 称职
        (APPRAISAL, "不称职称职", ("不称职", "称职")),
        (APPRAISAL, "优秀/优秀", ("优秀",)),
        (APPRAISAL, "优", None),
        (DECIDE, "同意", ("for",)),
        (DECIDE, "Against", ("against",)),
        (DECIDE, "弃权", ("abstain",)),
        (DECIDE, "同意 反对", ("for", "against")),
        (CHOOSE, "√", ("for",)),
        (CHOOSE, "?", None),
        (MARKS, "9.5", ("9.5",)),
        (MARKS, "9、8", ("9", "8")),
        (MARKS, "９.５／８", ("9.5", "8")),
        (MARKS, "九", None),
        (MARKS, "9_5", None),  # which Python would take for 95
        (MARKS, "1e1", None),
        (CHOOSE, "作废", None),  # a word for a paper, not for a person
    ],
)
def test_what_a_cell_says(ballot, text, answers):
    assert parse_answers(ballot, text) == answers


def test_two_people_are_compared_cell_by_cell():
    first = [TypedPaper("1", {"C1": {"德": ("优秀",)}}), TypedPaper("2"), TypedPaper("3", void=True)]
    second = [TypedPaper("1", {"C1": {"德": ("称职",), "能": ("优秀",)}}), TypedPaper("3")]
    assert differences(first, second, NAMES, ("德", "能")) == (
        Difference("1", "C1", "德", "优秀", "称职"),
        Difference("1", "C1", "能", "", "优秀"),
        Difference("2", "", "", "✓", ""),
        Difference("3", "", "", "✗", ""),
    )
    same = [TypedPaper("1", {"C1": {"德": ("优秀", "称职")}})]
    turned = [TypedPaper("1", {"C1": {"德": ("称职", "优秀")}})]
    assert differences(same, turned, NAMES, ("德", "能")) == ()


def test_the_same_sheet_twice_counts_once_and_as_by_hand(tmp_path):
    """C1 德: 优秀, blank, 称职; C1 能: 称职, over-marked, 称职; C2 德: 基本称职, over-marked."""
    venue = opened(tmp_path / "event.venue")
    try:
        poll = open_poll(venue)
        slips(venue, poll, 0, papers=3)
        for _ in range(2):
            read = read_papers(LONG.encode(), APPRAISAL, WHO)
            venue.polls.enter(
                poll,
                [paper(p.marks, code=own_code(EVENT, poll, read.sha256, p.number)) for p in read.papers],
            )
        close(venue, poll, tellers=("甲", "乙"))
        tally = venue.state.polls[poll].tallies["staff"]
        assert (tally.issued, tally.returned, tally.valid, tally.void) == (3, 3, 3, 0)
        assert tally.votes == {
            "C1": {"德": {"优秀": 1, "称职": 1}, "能": {"称职": 2}},
            "C2": {"德": {"基本称职": 1}, "能": {"不称职": 1, "称职": 1}},
            "C3": {"德": {"优秀": 2}, "能": {"优秀": 1, "称职": 1}},
        }
    finally:
        venue.close()
